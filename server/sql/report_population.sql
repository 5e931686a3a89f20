-- The figures that are current for these units: unit, term, type, value, date, source.
-- $1 units
select unit, term, type, value, as_of, source
from population
where unit = any ($1::integer[]) and superseded_at is null
