with revoked as (
    update device set revoked_at = now() where id = $1::int4 and revoked_at is null returning id
), raised as (
    update gate set version = version + 1 where exists (select from revoked)
)
select id from revoked
