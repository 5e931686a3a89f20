with recursive below as (
    select id, level from unit where id = $1::int4
    union
    select u.id, u.level from unit u join below b on u.parent = b.id where u.valid_from <= $2::int4 and u.valid_to > $2
)
select u.id, u.level, u.code, u.name from below b join unit u on u.id = b.id where u.level = 4 order by u.code
