-- The target report of one commune, in one statement because it is asked more often than anything else. Two sorts of rows:
-- targets that apply (columns 0 to 27; one row without id when there is none), and sums of who stands on the day by
-- category, away and flags (columns 28 to 31). A target applies when its issuer is the commune or above it, it is for every
-- commune or for this one, and its term has begun; which of an issuer's terms counts is decided by the reader.
-- The kept counts know days from the fold on; for an earlier day the reader takes report_standing instead.
-- $1 unit, $2 day
select t.id, t.issuer, k.from_day, t.title, k.name, t.form, t.measure, t.comparator, t.threshold, t.denominator_type,
       t.baseline_date, t.deadline, t.document, t.decides, t.key,
       t.denominator_measure, t.period, t.groups, t.units_comparator, t.units_threshold,
       u.code, u.name, p.value, p.as_of, p.source, b.value, (select day from standing_fold),
       (select value from setting where name = 'regular_percent'),
       null::smallint, null::boolean, null::smallint, null::bigint
from unit u
left join unit up on up.id = u.parent
left join unit upper on upper.id = up.parent
left join (target t join term k on k.id = t.term and k.from_day <= $2::integer)
    on t.issuer = any (array[u.id, u.parent, up.parent, upper.parent]) and t.superseded_at is null
       and (t.unit is null or t.unit = u.id)
left join population p on p.unit = u.id and p.term = t.term and p.type = t.denominator_type and p.superseded_at is null
left join baseline b on b.target = t.id and b.unit = u.id
where u.id = $1::integer
union all
select null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
       null, null, null, null, null, null, null, category, away, flags, sum(n)::bigint
from standing_count
where unit = $1 and day <= $2
group by category, away, flags
