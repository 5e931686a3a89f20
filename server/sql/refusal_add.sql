-- $1 replica, then an array for each column
with added as (
    insert into refusal (replica, number, kind, record, code, field, depends_on)
    select $1::integer, u.*
    from unnest($2::bigint[], $3::smallint[], $4::uuid[], $5::smallint[], $6::smallint[], $7::bigint[]) u
)
update replica set refused = refused + cardinality($2::bigint[]) where id = $1::integer
