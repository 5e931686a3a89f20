-- $1 unit, $2 the one above
with recursive up as (
    select id, parent from unit where id = $1::integer
    union
    select u.id, u.parent from up join unit u on u.id = up.parent
)
select exists (select from up where id = $2::integer)
