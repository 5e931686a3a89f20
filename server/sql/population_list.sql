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
select u.code, t.level, t.name, p.type, p.value, p.as_of, p.source, coalesce(to_char(p.superseded_at at time zone interval '7 hours', 'YYYY-MM-DD HH24:MI'), '')
from population p join unit u on u.id = p.unit join term t on t.id = p.term
where ($1::bool or p.superseded_at is null) and ($2::int4 = 0 or (u.valid_from <= $2 and u.valid_to > $2))
      and ($3::int4 = 0 or p.unit in (select id from near))
order by u.level, u.code, t.level, t.name, p.type, p.id
