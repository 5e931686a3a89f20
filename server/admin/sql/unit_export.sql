-- The columns of an import file.
select coalesce(p2.code, p.code), coalesce(p2.name, p.name), case when p.level = 3 then p.code else '' end,
       case when p.level = 3 then p.name else '' end, u.code, u.name, u.type, u.valid_from
from unit u
join unit p on p.id = u.parent
left join unit p2 on p.level = 3 and p2.id = p.parent
where u.level = 4 and u.valid_to = 99991231
order by 1, 3, 5
