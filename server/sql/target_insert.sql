insert into target (key, term, issuer, unit, title, form, measure, comparator, threshold, denominator_type,
       denominator_measure, period, groups, units_comparator, units_threshold,
       baseline_date, deadline, document, decides)
select key, term, issuer, unit, title, form, measure, comparator, threshold, denominator_type,
       denominator_measure, period, groups, units_comparator, units_threshold,
       baseline_date, deadline, document, decides
from incoming_target i
where not exists (select from target t where t.key = i.key and t.superseded_at is null)
