-- $1 unit; its own stream first, then those of the units above it
with recursive up as (
    select id, parent, 0 as steps from unit where id = $1::integer
    union all
    select u.id, u.parent, up.steps + 1 from up join unit u on u.id = up.parent
)
select s.id, s.rev, s.mark from up join stream s on s.id = up.id order by up.steps
