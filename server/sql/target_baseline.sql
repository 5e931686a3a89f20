-- A given baseline stands for its unit. A target with a baseline date and no figure takes the count of that day from the intervals of
-- standing, for each commune that has ever synced.
insert into baseline (target, unit, value)
select t.id, c.id, coalesce(nullif(i.baseline, '')::bigint, b.value)
from target t
join incoming i on i.key = t.key and t.superseded_at is null
join unit c on c.level = 4 and c.valid_to = 99991231 and (t.unit is null or t.unit = c.id)
cross join lateral (select count(*) as value from standing s
                    where s.unit = c.id and i.measure_categories::int4 >> s.category & 1 = 1 and not (s.away and i.measure_present = 'yes')
                          and s.from_day <= t.baseline_date and s.to_day > t.baseline_date) b
where t.baseline_date is not null and (i.baseline <> '' or exists (select from stream_commit k where k.stream = c.id))
on conflict do nothing
