-- Kept figures of a commune, or of the communes of a province, on a month's last day: code, target, numerator, denominator,
-- baseline, threshold, units, units met, units of which it is not known. Of a target that was corrected since, under its present id, if it still counts the same.
-- $1 commune or province, $2 day
with counts_the_same as materialized (
    select old.id as old, now.id as now
    from target old
    join target now on now.key = old.key and now.superseded_at is null
    where to_jsonb(old) - '{id,title,threshold,units_threshold,deadline,document,decides,baseline_date,entered_at,superseded_at}'::text[]
        = to_jsonb(now) - '{id,title,threshold,units_threshold,deadline,document,decides,baseline_date,entered_at,superseded_at}'::text[]
)
select distinct on (u.code collate "C", t.now) u.code collate "C", t.now, f.numerator, f.denominator, f.baseline, f.threshold,
    f.units, f.units_met, f.units_open
from unit u
join month_figure f on f.unit = u.id and f.month = $2::integer
join counts_the_same t on t.old = f.target
where u.level = 4 and (u.id = $1::integer or u.parent in (select x.id from unit x where x.id = $1 or x.parent = $1))
order by u.code collate "C", t.now, t.old desc
