-- No row when another device has the key. $1 code, $2 curve key, $3 signing key, $4 program
with made as (
    insert into device (unit, role, curve_key, sign_key, program)
    select unit, role, $2::bytea, $3::bytea, $4::text from enrolment_code where id = $1::integer
    on conflict (curve_key) do nothing
    returning id
), used as (
    update enrolment_code set device = made.id from made where enrolment_code.id = $1::integer
), raised as (
    update gate set version = version + 1 from made
)
select id from made
