-- Groups in full, activities, officers and training, questions, programmes, notices and support plans. Each kind is read by its stream.
-- Rules that are the operator's to set, for all communes (hoivien-admin setting).
create table setting (
    name   text primary key,
    value  integer not null
);
alter table groups add column purpose text, add column special_model boolean;
create table activities (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    group_id uuid,
    date integer,
    forms integer,
    topic text,
    channel integer,
    place text,
    attended integer,
    duration integer,
    minutes text,
    voided boolean
);
create index activities_stream on activities (stream);
create table attendances (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    activity_id uuid,
    member_id uuid,
    voided boolean
);
create index attendances_stream on attendances (stream);
create table officers (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    name text,
    sex integer,
    birth integer,
    phone text,
    member_id uuid,
    note text,
    voided boolean
);
create index officers_stream on officers (stream);
create table posts (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    officer_id uuid,
    type integer,
    group_id uuid,
    since integer,
    until integer,
    communes text,
    voided boolean
);
create index posts_stream on posts (stream);
create table courses (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    name text,
    date integer,
    topics integer,
    days integer,
    organiser text,
    note text,
    voided boolean
);
create index courses_stream on courses (stream);
create table trainings (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    course_id uuid,
    officer_id uuid,
    voided boolean
);
create index trainings_stream on trainings (stream);
create table questions (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    member_id uuid,
    field integer,
    state integer,
    date integer,
    voided boolean
);
create index questions_stream on questions (stream);
create table programmes (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    name text,
    starts integer,
    ends integer,
    partner text,
    note text,
    voided boolean
);
create index programmes_stream on programmes (stream);
create table notices (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    name text,
    body text,
    audience integer,
    due integer,
    issued integer,
    voided boolean
);
create index notices_stream on notices (stream);
create table plans (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    name text,
    target text,
    figure bigint,
    opened integer,
    deadline integer,
    state integer,
    resources text,
    officer text,
    note text,
    voided boolean
);
create index plans_stream on plans (stream);
create table causes (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    plan_id uuid,
    cause text,
    main_cause boolean,
    by_province boolean,
    by_commune boolean,
    note text,
    voided boolean
);
create index causes_stream on causes (stream);
create table remedies (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    cause_id uuid,
    remedy text,
    by_province boolean,
    by_commune boolean,
    note text,
    voided boolean
);
create index remedies_stream on remedies (stream);
create table steps (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    plan_id uuid,
    name text,
    due integer,
    state integer,
    done_on integer,
    programme_id uuid,
    resources text,
    voided boolean
);
create index steps_stream on steps (stream);
create table visits (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    plan_id uuid,
    date integer,
    persons text,
    agreed text,
    voided boolean
);
create index visits_stream on visits (stream);
create table progresses (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    plan_id uuid,
    date integer,
    note text,
    voided boolean
);
create index progresses_stream on progresses (stream);
create table notices_seen (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    notice_id uuid,
    unit integer,
    date integer,
    voided boolean,
    wording bigint
);
create index notices_seen_stream on notices_seen (stream);
create index attendances_activity on attendances (activity_id);
create index groups_stream on groups (stream);
create index members_stream on members (stream);
create index memberships_stream on memberships (stream);
create index events_stream on events (stream);
