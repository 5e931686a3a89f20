-- The register: units, streams, devices, kinds, log, standing, targets.
-- Rows that every batch rewrites (stream, replica, device, standing_count) lie in half-filled pages, so that a new
-- version finds room beside the old one and no index is touched.
-- Run by the owner role. What the server's role may do is granted anew at the end of every run (server/schema.c).

-- Units. The internal id is what streams, devices and figures use; (code, level, valid_from) is how people name one.
create table unit (
    id          integer generated always as identity primary key,
    level       smallint not null check (level between 1 and 4), -- centre, province, district, commune
    code        text not null,
    name        text not null,
    type        text not null default '',  -- Phường, Xã, Thị trấn ...
    parent      integer references unit,
    valid_from  integer not null,          -- yyyymmdd
    valid_to    integer not null default 99991231, -- first day on which it is no longer valid
    unique (code, level, valid_from)
);
create index unit_parent on unit (parent);

-- One stream a unit. rev rises by one in each transaction that writes to it, under the lock on this row.
create table stream (
    id    integer primary key references unit,
    rev   bigint not null default 0,
    mark  bigint not null default 0
) with (fillfactor = 50);
create table stream_commit (
    stream   integer not null references stream,
    rev      bigint not null,
    mark     bigint not null,
    replica  integer,
    at       timestamptz not null default now(),
    primary key (stream, rev)
);

-- Devices and how they came in.
create table device (
    id           integer generated always as identity primary key,
    unit         integer not null references unit,
    role         text not null check (role in ('commune', 'reporter')),
    curve_key    bytea not null unique check (length(curve_key) = 32),
    sign_key     bytea not null check (length(sign_key) = 32),
    enrolled_at  timestamptz not null default now(),
    revoked_at   timestamptz,
    program      text not null default '',
    schema       integer not null default 0,
    last_sync    timestamptz
) with (fillfactor = 50);
create index device_unit on device (unit);
create table enrolment_code (
    id            integer generated always as identity primary key,
    unit          integer not null references unit,
    role          text not null check (role in ('commune', 'reporter')),
    one_time_key  bytea not null unique check (length(one_time_key) = 32),
    created_at    timestamptz not null default now(),
    expires_at    timestamptz not null,
    cancelled_at  timestamptz,
    device        integer references device -- set when used
);
-- Raised by whoever changes what the gate must know; the gate's memory is refreshed when it differs.
create table gate (
    only_row  boolean primary key default true check (only_row),
    version   bigint not null default 1
);
insert into gate default values;
-- What the running server says of itself from time to time.
create table server_note (
    only_row  boolean primary key default true check (only_row),
    at        timestamptz not null default now(),
    waiting   integer not null -- requests
);

-- Exactly once.
create table replica (
    id           integer generated always as identity primary key,
    uuid         uuid not null unique,
    device       integer not null references device,
    last_number  bigint not null default 0,
    refused      bigint not null default 0
) with (fillfactor = 50);
create index replica_device on replica (device);
create table batch (
    replica  integer not null references replica,
    first    bigint not null,
    last     bigint not null,
    hashes   bytea not null, -- 8 bytes a change
    at       timestamptz not null default now(),
    primary key (replica, first)
);
alter table batch alter column hashes set storage external;
create table refusal (
    replica     integer not null references replica,
    number      bigint not null,
    kind        smallint not null,
    record      uuid not null,
    code        smallint not null,
    field       smallint not null default 0,
    depends_on  bigint not null default 0,
    primary key (replica, number)
);
create index refusal_record on refusal (record);

-- The change log, which is the feed too: one row a change and stream.
create table log (
    stream   integer not null,
    rev      bigint not null,
    kind     smallint not null,
    record   uuid not null,
    replica  integer not null,
    number   bigint not null,
    mask     bigint not null,        -- bit n: the field with number n was set or cleared
    old      bytea,                  -- values before (common/change.h); null: the record was new
    gone     boolean not null default false -- the record left this stream
);
create index log_stream on log (stream, rev);
create index log_record on log (record, rev);

-- Kinds. A column is a field of proto/record.proto: text, integer (code, date), bigint, boolean, uuid.
create table groups (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    name       text,
    type       integer,
    parent_id  uuid,
    basis      integer,
    channel    integer,
    founded    integer,
    closed     integer,
    note       text,
    voided     boolean
);
create table members (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    name               text,
    birth              integer,
    group_id           uuid,
    category           integer,
    sex                integer,
    citizen_no         text,
    citizen_issued     integer,
    card_no            text,
    card_issued        integer,
    residence          integer,
    residence_since    integer,
    away_since         integer,
    permanent_address  text,
    present_address    text,
    phone              text,
    ethnic_code        text,
    ethnic_list        integer,
    religion           text,
    education          integer,
    profession         integer,
    political_theory   integer,
    party_since        integer,
    occupation         text,
    core               boolean,
    nationality        text,
    household_head     text,
    household_relation text,
    note               text,
    voided             boolean
);
create table memberships (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    member_id  uuid,
    group_id   uuid,
    since      integer,
    until      integer,
    voided     boolean
);
create index memberships_member on memberships (member_id);
create table events (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    member_id  uuid,
    type       integer,
    date       integer,
    reason     text,
    decision   text,
    place      text,
    voided     boolean,
    was_not_yet boolean
);
create index events_member on events (member_id);

-- Standing: computed by common/standing.c, stored by the transaction that changes a member or her events. Intervals are numbered
-- by member and the days are in no index, so that a changed interval finds room beside the old one.
create table standing (
    unit      integer not null,
    member    uuid not null,
    nr        smallint not null default 0,
    group_id  uuid not null,
    category  smallint not null,
    away      boolean not null,
    flags     smallint not null default 0, -- common/standing.h: core, holds a card
    from_day  integer not null,
    to_day    integer not null,
    primary key (unit, member, nr)
) with (fillfactor = 50);
-- Kept counts: + at from_day, - at to_day; the sum up to a day is how many stand on it. Only the trigger writes it.
-- Days up to standing_fold.day have been folded into day 0.
create table standing_count (
    unit      integer not null,
    group_id  uuid not null,
    category  smallint not null,
    away      boolean not null,
    flags     smallint not null,
    day       integer not null,
    n         bigint not null,
    primary key (unit, group_id, category, away, flags, day)
) with (fillfactor = 50);
create table standing_fold (
    only_row  boolean primary key default true check (only_row),
    day       integer not null default 0
);
insert into standing_fold default values;

-- Only adds and subtracts; rows are taken in the order of the key, so that two writers never wait crosswise. It runs
-- with the owner's rights, so that nobody else can write the counts.
create function standing_count_add() returns trigger language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    if tg_op = 'UPDATE' then
        insert into standing_count as c (unit, group_id, category, away, flags, day, n)
        select unit, group_id, category, away, flags, day, sum(n) from (
            select unit, group_id, category, away, flags, from_day as day, 1 as n from new_rows
            union all select unit, group_id, category, away, flags, to_day, -1 from new_rows where to_day < 99991231
            union all select unit, group_id, category, away, flags, from_day, -1 from old_rows
            union all select unit, group_id, category, away, flags, to_day, 1 from old_rows where to_day < 99991231) d
        group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0 order by 1, 2, 3, 4, 5, 6
        on conflict (unit, group_id, category, away, flags, day) do update set n = c.n + excluded.n;
    elsif tg_op = 'INSERT' then
        insert into standing_count as c (unit, group_id, category, away, flags, day, n)
        select unit, group_id, category, away, flags, day, sum(n) from (
            select unit, group_id, category, away, flags, from_day as day, 1 as n from new_rows
            union all select unit, group_id, category, away, flags, to_day, -1 from new_rows where to_day < 99991231) d
        group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0 order by 1, 2, 3, 4, 5, 6
        on conflict (unit, group_id, category, away, flags, day) do update set n = c.n + excluded.n;
    else
        insert into standing_count as c (unit, group_id, category, away, flags, day, n)
        select unit, group_id, category, away, flags, day, sum(n) from (
            select unit, group_id, category, away, flags, from_day as day, -1 as n from old_rows
            union all select unit, group_id, category, away, flags, to_day, 1 from old_rows where to_day < 99991231) d
        group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0 order by 1, 2, 3, 4, 5, 6
        on conflict (unit, group_id, category, away, flags, day) do update set n = c.n + excluded.n;
    end if;
    return null;
end $$;
create trigger standing_inserted after insert on standing
    referencing new table as new_rows for each statement execute function standing_count_add();
create trigger standing_deleted after delete on standing
    referencing old table as old_rows for each statement execute function standing_count_add();
create trigger standing_updated after update on standing
    referencing old table as old_rows new table as new_rows for each statement execute function standing_count_add();

-- Folding. First the day is noted, so that reports of earlier days turn to the intervals; then one unit after another is folded, each in a
-- transaction under its stream's lock. With the owner's rights, since nobody else may write the counts.
create function standing_fold_note(new_day integer) returns void language sql security definer set search_path = public, pg_temp
as $$ update standing_fold set day = new_day where day < new_day $$;
create function standing_fold_unit(of_unit integer) returns bigint language sql security definer set search_path = public, pg_temp
as $$
    with locked as (
        select id from stream where id = of_unit for update
    ), past as (
        delete from standing_count c using locked, standing_fold f
        where c.unit = locked.id and c.day > 0 and c.day <= f.day
        returning c.unit, c.group_id, c.category, c.away, c.flags, c.n
    ), folded as (
        insert into standing_count as c (unit, group_id, category, away, flags, day, n)
        select unit, group_id, category, away, flags, 0, sum(n) from past group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
        on conflict (unit, group_id, category, away, flags, day) do update set n = c.n + excluded.n
        returning 1
    )
    select count(*) from folded
$$;

-- What measures of records (common/measure.h) count: so many more from the day on, in a group or, with an id of zeros, in none.
-- Made anew by the transaction that writes to a kind that the measure reads, under the stream's lock.
create table figure_count (
    unit      integer not null,
    measure   integer not null,
    group_id  uuid not null,
    day       integer not null,
    n         bigint not null,
    primary key (unit, measure, group_id, day)
) with (fillfactor = 50);

-- Terms, figures, targets. A corrected row supersedes; the old one stays.
create table term (
    id          integer generated always as identity primary key,
    level       smallint not null check (level between 1 and 4),
    name        text not null, -- "2016-2021"
    from_day    integer not null,
    to_day      integer not null,
    unique (level, name)
);
create table population (
    id             integer generated always as identity primary key,
    unit           integer not null references unit,
    term           integer not null references term, -- the term for which the figure is frozen
    type           integer not null,                 -- enum PopulationType
    value          bigint not null check (value >= 0),
    as_of          integer not null,
    source         text not null,
    entered_at     timestamptz not null default now(),
    superseded_at  timestamptz
);
create unique index population_current on population (unit, term, type) where superseded_at is null;
create table target (
    id                integer generated always as identity primary key,
    key               text not null,                 -- the operator's name for it, by which a correction finds it
    term              integer not null references term,
    issuer            integer not null references unit, -- whose target it is
    unit              integer references unit,       -- the one unit it is for; null: each commune below the issuer
    title             text not null,
    form              integer not null,
    measure           integer not null,
    comparator        integer not null,
    threshold         bigint not null,
    denominator_type  integer,
    denominator_measure integer,
    period            integer,                       -- null: the term
    groups            integer,                       -- of which groups each is to reach the threshold
    units_comparator  integer,
    units_threshold   bigint,
    baseline_date     integer,
    deadline          integer not null,
    document          text not null,
    decides           boolean not null default false,
    entered_at        timestamptz not null default now(),
    superseded_at     timestamptz
);
create unique index target_current on target (key) where superseded_at is null;
create index target_issuer on target (issuer) where superseded_at is null;
create table baseline (
    target  integer not null references target,
    unit    integer not null references unit,
    value   bigint not null,
    primary key (target, unit)
);

-- Every act of an operator; ids only.
create table act (
    id       bigint generated always as identity primary key,
    at       timestamptz not null default now(),
    os_user  text not null,
    verb     text not null,
    subject  text not null
);
