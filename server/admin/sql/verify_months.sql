-- Kept month-ends, and whether nothing they were counted from has moved since: unit, month, target, same, numerator, denominator,
-- baseline, threshold, verdict, units, units met, units of which it is not known.
select f.unit, f.month, f.target,
       e.rev = s.rev and t.superseded_at is null
       and not exists (select from population p where p.unit = f.unit and p.term = t.term and p.entered_at > e.kept_at),
       f.numerator, f.denominator, f.baseline, f.threshold, f.verdict, f.units, f.units_met, f.units_open
from month_figure f
join month_end e on e.unit = f.unit and e.month = f.month
join stream s on s.id = f.unit
join target t on t.id = f.target
order by f.unit, f.month, f.target
