-- What measures of records count in these units: unit, place in the list of what is asked, group (null: all together), count.
-- $1 units; $2 measures, $3 first days, $4 whether by group; $5 day
select c.unit, q.nr::integer, case when q.by_group then c.group_id end, sum(c.n)::bigint
from (select generate_subscripts($2::integer[], 1) - 1 as nr, unnest($2::integer[]) as measure, unnest($3::integer[]) as from_day,
             unnest($4::boolean[]) as by_group) q
join figure_count c on c.unit = any ($1::integer[]) and c.measure = q.measure and c.day >= q.from_day and c.day <= $5::integer
group by 1, 2, 3
