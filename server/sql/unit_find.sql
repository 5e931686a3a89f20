-- $1 code, $2 level, $3 day
select id, level, code, name from unit
where code = $1::text and level = $2::integer and valid_from <= $3::integer and valid_to > $3::integer
