-- The fund, support, models, commendations, and what programmes plan. Each kind is read by its stream.
alter table programmes add column planned_value bigint, add column planned_persons integer,
    add column planned_communes integer;
alter table activities add column programme_id uuid;
alter table courses add column programme_id uuid;
create table pairings (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    programme_id uuid,
    partner text,
    communes text,
    since integer,
    until integer,
    note text,
    voided boolean
);
create index pairings_stream on pairings (stream);
create table rates (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    name text,
    since integer,
    until integer,
    monthly bigint,
    share_group integer,
    share_commune integer,
    share_district integer,
    share_province integer,
    share_centre integer,
    exempt integer,
    voided boolean
);
create index rates_stream on rates (stream);
create table resources (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    plan_id uuid,
    name text,
    programme_id uuid,
    value bigint,
    persons integer,
    voided boolean
);
create index resources_stream on resources (stream);
create table supports (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    member_id uuid,
    name text,
    persons integer,
    type text,
    date integer,
    value bigint,
    programme_id uuid,
    source text,
    result text,
    note text,
    voided boolean
);
create index supports_stream on supports (stream);
create table entries (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    type integer,
    date integer,
    amount bigint,
    source text,
    purpose text,
    voucher text,
    level integer,
    group_id uuid,
    member_id uuid,
    party text,
    activity_id uuid,
    support_id uuid,
    programme_id uuid,
    dues_year integer,
    dues_months integer,
    note text
);
create index entries_stream on entries (stream);
create index entries_support on entries (support_id) where support_id is not null;
create table reversals (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    entry_id uuid,
    date integer,
    voucher text,
    reason text
);
create index reversals_stream on reversals (stream);
create table closings (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    unit integer,
    year integer,
    balance bigint,
    date integer,
    note text
);
create index closings_stream on closings (stream);
create table models (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    name text,
    started integer,
    group_id uuid,
    place text,
    topic text,
    programme_id uuid,
    reviewed integer,
    effect integer,
    lessons text,
    note text,
    voided boolean
);
create index models_stream on models (stream);
create table replications (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    model_id uuid,
    place text,
    group_id uuid,
    date integer,
    result text,
    voided boolean
);
create index replications_stream on replications (stream);
create table commendations (
    id      uuid primary key,
    stream  integer not null,
    rev     bigint not null,
    member_id uuid,
    officer_id uuid,
    group_id uuid,
    name text,
    award text,
    level integer,
    decision text,
    date integer,
    ground text,
    programme_id uuid,
    model_id uuid,
    voided boolean
);
create index commendations_stream on commendations (stream);

-- Month-ends of targets as they stood: each commune's on a month's last day, counted from its stream at that revision. A row is
-- never changed: what is corrected later shows in a recount, not here. Months that had ended before the first records came have none.
create table month_end (
    unit    integer not null references unit,
    month   integer not null,                        -- its last day
    rev     bigint not null,
    kept_at timestamptz not null default now(),
    primary key (unit, month)
);
create table month_figure (
    unit        integer not null,
    month       integer not null,
    target      integer not null references target,
    numerator   bigint not null,
    denominator bigint,
    baseline    bigint,
    threshold   bigint not null,
    verdict     integer not null,                    -- enum VerdictWord
    units       bigint,                              -- groups, where each is to reach the threshold
    units_met   bigint,
    units_open  bigint,
    primary key (unit, month, target),
    foreign key (unit, month) references month_end
);
