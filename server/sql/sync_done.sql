-- $1 stream, $2 whether it moves on, $3 its new mark, $4 replica, $5 first and $6 last number, $7 their hashes
with moved as (
    update stream set rev = rev + 1, mark = $3::bigint where id = $1::integer and $2::boolean returning rev
), committed as (
    insert into stream_commit (stream, rev, mark, replica) select $1::integer, rev, $3::bigint, $4::integer from moved
), noted as (
    insert into batch (replica, first, last, hashes) values ($4::integer, $5::bigint, $6::bigint, $7::bytea)
)
update replica set last_number = $6::bigint where id = $4::integer
