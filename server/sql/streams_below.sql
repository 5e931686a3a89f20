-- The streams of the communes below a unit, each held against writers until the end of the transaction.
-- $1 unit
with recursive down as (
    select id, level from unit where id = $1::integer
    union
    select u.id, u.level from down join unit u on u.parent = down.id
)
select s.id from stream s where s.id in (select id from down where level = 4) order by s.id for update
