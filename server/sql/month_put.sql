-- Keeps one month-end; one that is kept already stays as it is.
-- $1 commune, $2 the month's last day, $3 revision, $4 targets, $5 numerators, $6 denominators, $7 baselines, $8 thresholds, $9 verdicts,
-- $10 units, $11 units met, $12 units of which it is not known
with kept as (
    insert into month_end (unit, month, rev) values ($1::integer, $2::integer, $3::bigint)
    on conflict do nothing
    returning unit, month
), figures as (
    select unnest($4::bigint[])::integer as target, unnest($5::bigint[]) as numerator, unnest($6::bigint[]) as denominator,
           unnest($7::bigint[]) as baseline, unnest($8::bigint[]) as threshold, unnest($9::bigint[])::integer as verdict,
           unnest($10::bigint[]) as units, unnest($11::bigint[]) as units_met, unnest($12::bigint[]) as units_open
)
insert into month_figure (unit, month, target, numerator, denominator, baseline, threshold, verdict, units, units_met, units_open)
select k.unit, k.month, x.target, x.numerator, x.denominator, x.baseline, x.threshold, x.verdict, x.units, x.units_met, x.units_open
from kept k cross join figures x
