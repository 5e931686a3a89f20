-- $1 unit; itself first
with recursive up as (
    select id, level, code, name, parent, 0 as steps from unit where id = $1::integer
    union all
    select u.id, u.level, u.code, u.name, u.parent, up.steps + 1 from up join unit u on u.id = up.parent
)
select id, level, code, name from up order by steps
