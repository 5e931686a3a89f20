-- How many stand on any day in each of these communes: unit, category, away, flags, count. The kept counts know days from the
-- fold on; for an earlier day the intervals are counted.
-- $1 units, $2 day
select unit, category, away, flags, sum(n)::bigint
from standing_count
where unit = any ($1::integer[]) and day <= $2::integer and $2 >= (select day from standing_fold)
group by unit, category, away, flags
union all
select unit, category, away, flags, count(*)
from standing
where unit = any ($1) and from_day <= $2 and to_day > $2 and $2 < (select day from standing_fold)
group by unit, category, away, flags
