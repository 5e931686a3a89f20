-- $1 code, $2 day: units valid on it, the highest level first.
select id, level, code, name from unit where code = $1::text and valid_from <= $2::int4 and valid_to > $2 order by level
