insert into term (level, name, from_day, to_day)
select distinct array_position(array['centre', 'province', 'district', 'commune'], term_level), term, term_from::int4, term_to::int4 from incoming
on conflict (level, name) do update set from_day = excluded.from_day, to_day = excluded.to_day
