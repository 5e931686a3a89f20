-- Lines with their ids.
insert into incoming_target (key, term, issuer, unit, title, form, measure, comparator, threshold, denominator_type,
                             denominator_measure, period, groups, units_comparator, units_threshold, baseline_date, deadline, document, decides)
select i.key, t.id as term, u.id as issuer, o.id as unit, i.title, i.form_number::int4 as form, i.measure_number::int4 as measure,
       i.comparator_number::int4 as comparator, i.threshold_number::bigint as threshold, nullif(i.denominator_number, '')::int4 as denominator_type,
       i.denominator_measure::int4 as denominator_measure, nullif(i.period_number::int4, 1) as period, i.groups_number::int4 as groups,
       i.units_comparator_number::int4 as units_comparator, i.units_threshold_number::bigint as units_threshold,
       nullif(i.baseline_date, '')::int4 as baseline_date, i.deadline::int4 as deadline, i.document, i.decides in ('yes', 'có') as decides
from incoming i
left join term t on t.name = i.term and t.level = array_position(array['centre', 'province', 'district', 'commune'], i.term_level)
join unit u on u.code = i.issuer and u.valid_from <= current_setting('hoivien.today')::int4 and u.valid_to > current_setting('hoivien.today')::int4
left join unit o on o.code = i.unit and o.valid_from <= current_setting('hoivien.today')::int4 and o.valid_to > current_setting('hoivien.today')::int4
