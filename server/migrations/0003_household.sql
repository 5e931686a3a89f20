-- Households, and which one a member belongs to.
create table households (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    name      text,
    standard  integer,
    address   text,
    note      text,
    voided    boolean
);
create index households_stream on households (stream);
alter table members add column household_id uuid;
