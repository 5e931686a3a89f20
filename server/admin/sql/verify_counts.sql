-- Kept counts against the intervals: unit, group, category, away, flags, day, kept, counted. Days up to the fold may lie in day 0, so they are summed.
with fold as (
    select day from standing_fold
), counted as (
    select unit, group_id, category, away, flags, case when d <= fold.day then 0 else d end as day, sum(n)::bigint as n
    from (select unit, group_id, category, away, flags, from_day as d, 1 as n from standing
          union all
          select unit, group_id, category, away, flags, to_day, -1 from standing where to_day < 99991231) s, fold
    group by 1, 2, 3, 4, 5, 6
), kept as (
    select unit, group_id, category, away, flags, case when c.day <= fold.day then 0 else c.day end as day, sum(n)::bigint as n
    from standing_count c, fold
    group by 1, 2, 3, 4, 5, 6
)
select unit, group_id, category, away, flags, day, coalesce(k.n, 0), coalesce(c.n, 0)
from counted c full join kept k using (unit, group_id, category, away, flags, day)
where coalesce(k.n, 0) <> coalesce(c.n, 0)
order by 1, 2, 3, 4, 5, 6
