-- The provinces of the country that are valid on the day, by code.
-- $1 centre, $2 day
select id from unit where parent = $1::integer and level = 2 and valid_from <= $2::integer and valid_to > $2
order by code collate "C"
