-- Baselines of these targets in these units: target, unit, value.
-- $1 targets, $2 units
select target, unit, value
from baseline
where target = any ($1::integer[]) and unit = any ($2::integer[])
