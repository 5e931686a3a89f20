-- Lines with their ids.
insert into incoming_population (unit, term, type, value, as_of, source, code, term_name)
select u.id as unit, t.id as term, i.type_number::int4 as type, i.value::bigint as value, i.as_of::int4 as as_of, i.source, u.code, i.term as term_name
from incoming i
join unit u on u.code = split_part(i.unit, '@', 1) and u.valid_from <= current_setting('hoivien.today')::int4 and u.valid_to > current_setting('hoivien.today')::int4
join term t on t.name = i.term and t.level = array_position(array['centre', 'province', 'district', 'commune'], i.term_level)
