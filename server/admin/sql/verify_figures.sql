-- What is kept of a unit's records: measure, group, day, n. $1 unit
select measure, group_id, day, n from figure_count where unit = $1::int4 order by measure, group_id, day
