-- $1 replica, $2 first and $3 last number
select first, last, hashes from batch
where replica = $1::integer and first <= $3::bigint and last >= $2::bigint
  and first >= (select coalesce(max(first), 0) from batch where replica = $1::integer and first <= $2::bigint)
order by first
