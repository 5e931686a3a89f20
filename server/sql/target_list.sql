-- $1: superseded ones too; $2: a day, only of units that are valid on it, or 0; $3: only of this unit, of those below and of those above it, or 0.
with recursive below as (
    select id from unit where id = $3::int4
    union
    select u.id from below b join unit u on u.parent = b.id
), above as (
    select id, parent from unit where id = $3::int4
    union
    select u.id, u.parent from above a join unit u on u.id = a.parent
), near as (
    select id from below union select id from above
)
select t.key, m.level, m.name, m.from_day, m.to_day, u.code, coalesce(o.code, ''), t.title, t.form, t.measure, t.comparator,
       case when t.form in (1, 4) or (t.form >= 5 and coalesce(t.denominator_type, t.denominator_measure) is not null) then trim(trailing '.' from trim(trailing '0' from (t.threshold / 10000.0)::numeric(20, 4)::text)) else t.threshold::text end,
       coalesce(t.denominator_type, 1000 + t.denominator_measure, 0), coalesce(t.period, 0), coalesce(t.groups, 0), coalesce(t.units_comparator, 0),
       case when t.form = 7 then trim(trailing '.' from trim(trailing '0' from (t.units_threshold / 10000.0)::numeric(20, 4)::text)) else coalesce(t.units_threshold::text, '') end,
       coalesce(t.baseline_date, 0),
       case when t.baseline_date is not null then (select b.value from baseline b where b.target = t.id and b.unit = t.unit) end, t.deadline, t.document, t.decides::int4,
       coalesce(to_char(t.superseded_at at time zone interval '7 hours', 'YYYY-MM-DD HH24:MI'), '')
from target t join term m on m.id = t.term join unit u on u.id = t.issuer left join unit o on o.id = t.unit
where ($1::bool or t.superseded_at is null)
      and ($2::int4 = 0 or (u.valid_from <= $2 and u.valid_to > $2 and (o.id is null or (o.valid_from <= $2 and o.valid_to > $2))))
      and ($3::int4 = 0 or (t.issuer in (select id from near) and (t.unit is null or t.unit in (select id from near))))
order by m.level, m.name, t.key, t.id
