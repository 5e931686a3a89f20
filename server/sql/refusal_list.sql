-- $1 replica, $2 first and $3 last number
select number, kind, record, code, field, depends_on from refusal
where replica = $1::integer and number between $2::bigint and $3::bigint
order by number
