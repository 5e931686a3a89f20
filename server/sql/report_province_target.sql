-- Targets that apply in a province: columns 0 to 19 as in report_target, then the one unit that the target is for, and its
-- term's id.
-- $1 units that may have issued it: the province, those above and below it; $2 day
select t.id, t.issuer, k.from_day, t.title, k.name, t.form, t.measure, t.comparator, t.threshold, t.denominator_type,
       t.baseline_date, t.deadline, t.document, t.decides, t.key,
       t.denominator_measure, t.period, t.groups, t.units_comparator, t.units_threshold,
       t.unit, t.term
from target t
join term k on k.id = t.term and k.from_day <= $2::integer
where t.issuer = any ($1::integer[]) and t.superseded_at is null and (t.unit is null or t.unit = any ($1))
order by t.id
