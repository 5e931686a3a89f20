with cancelled as (
    update enrolment_code set cancelled_at = now() where id = $1::int4 and device is null and cancelled_at is null returning id
), raised as (
    update gate set version = version + 1 where exists (select from cancelled)
)
select id from cancelled
