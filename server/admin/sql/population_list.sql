-- $1: superseded ones too; $2: a day, only of units that are valid on it, or 0.
select u.code, t.level, t.name, p.type, p.value, p.as_of, p.source, coalesce(to_char(p.superseded_at at time zone interval '7 hours', 'YYYY-MM-DD HH24:MI'), '')
from population p join unit u on u.id = p.unit join term t on t.id = p.term
where ($1::bool or p.superseded_at is null) and ($2::int4 = 0 or (u.valid_from <= $2 and u.valid_to > $2))
order by u.level, u.code, t.level, t.name, p.type, p.id
