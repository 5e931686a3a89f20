-- A given baseline stands for its unit. A target with a baseline date and no figure takes the figure of that day, for each commune that
-- has ever synced: from the intervals of standing, or from what is kept of records.
-- A province or the country without a given one takes the sum of its communes on that day whenever a report is made: they come one by one.
insert into baseline (target, unit, value)
select t.id, c.id, coalesce(nullif(i.baseline, '')::bigint, b.value)
from target t
join incoming i on i.key = t.key and t.superseded_at is null
join unit c on c.valid_to = 99991231 and (c.id = t.unit or (t.unit is null and c.level = 4))
cross join lateral (
    with recursive below as (
        select c.id
        union
        select u.id from below x join unit u on u.parent = x.id
    ), stood as (
        select s.member from below x join standing s on s.unit = x.id
        where i.measure_categories::int4 >> s.category & 1 = 1 and not (s.away and i.measure_present = 'yes')
              and s.flags & i.measure_flags::int4 = i.measure_flags::int4
              and s.from_day <= t.baseline_date and s.to_day > t.baseline_date
    )
    select case when i.measure_categories is null
                then (select coalesce(sum(k.n), 0) from below x join figure_count k on k.unit = x.id
                      where k.measure = t.measure and k.day <= t.baseline_date)
                when i.measure_distinct = 'household_id'
                then (select count(distinct h.id) from stood join members m on m.id = stood.member
                      join households h on h.id = m.household_id and h.voided is not true)
                else (select count(*) from stood) end as value,
           exists (select from below x join stream_commit k on k.stream = x.id) as heard) b
where t.baseline_date is not null and (i.baseline <> '' or (b.heard and c.level = 4))
on conflict do nothing
