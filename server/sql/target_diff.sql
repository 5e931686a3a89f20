select case when t.id is null then 'new' else 'supersedes' end, i.key, i.title,
       coalesce(case when (t.form in (1, 4) or (t.form >= 5 and coalesce(t.denominator_type, t.denominator_measure) is not null))
            then trim(trailing '.' from trim(trailing '0' from (t.threshold / 10000.0)::numeric(20, 4)::text)) || ' %' else t.threshold::text end, ''),
       case when (i.form in (1, 4) or (i.form >= 5 and coalesce(i.denominator_type, i.denominator_measure) is not null))
            then trim(trailing '.' from trim(trailing '0' from (i.threshold / 10000.0)::numeric(20, 4)::text)) || ' %' else i.threshold::text end, ''
from incoming_target i left join target t on t.key = i.key and t.superseded_at is null
where t.id is null or (t.term, t.issuer, t.unit, t.title, t.form, t.measure, t.comparator, t.threshold, t.denominator_type,
       t.denominator_measure, t.period, t.groups, t.units_comparator, t.units_threshold,
       t.baseline_date, t.deadline,
                       t.document, t.decides)
                      is distinct from (i.term, i.issuer, i.unit, i.title, i.form, i.measure, i.comparator, i.threshold, i.denominator_type,
       i.denominator_measure, i.period, i.groups, i.units_comparator, i.units_threshold,
       i.baseline_date, i.deadline, i.document, i.decides)
order by i.key
