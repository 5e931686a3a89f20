-- $1: level or 0; $2: a unit's code, or '': only what lies below it.
with recursive below as (
    select id from unit where $2::text = '' or code = $2
    union
    select u.id from unit u join below b on u.parent = b.id
)
select u.level, u.code, u.name, u.type, coalesce(p.code, ''), u.valid_from, u.valid_to
from unit u left join unit p on p.id = u.parent
where ($1::int4 = 0 or u.level = $1) and u.id in (select id from below)
order by u.level, u.code, u.valid_from
