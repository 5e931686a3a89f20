-- $1 unit, $2 role, $3 public half of the one-time key, $4 days.
with made as (
    insert into enrolment_code (unit, role, one_time_key, expires_at)
    values ($1::int4, $2::text, $3::bytea, now() + $4::int4 * interval '1 day') returning id
), raised as (
    update gate set version = version + 1
)
select id from made
