update target t set superseded_at = now() from incoming_target i
where t.key = i.key and t.superseded_at is null
      and (t.term, t.issuer, t.unit, t.title, t.form, t.measure, t.comparator, t.threshold, t.denominator_type,
       t.denominator_measure, t.period, t.groups, t.units_comparator, t.units_threshold,
       t.baseline_date, t.deadline, t.document,
           t.decides)
          is distinct from (i.term, i.issuer, i.unit, i.title, i.form, i.measure, i.comparator, i.threshold, i.denominator_type,
       i.denominator_measure, i.period, i.groups, i.units_comparator, i.units_threshold,
       i.baseline_date,
                            i.deadline, i.document, i.decides)
