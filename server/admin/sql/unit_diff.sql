-- What an import would do: action, code, nothing, what stands, what is to stand, nothing.
select case when u.id is null then 'new'
            when u.valid_from = i.from_day or i.level = 1 then 'renamed'
            else 'succeeds' end,
       i.code, '', coalesce(u.name, ''), i.name, ''
from incoming_unit i
left join unit u on u.level = i.level and u.code = i.code and u.valid_to = 99991231
where u.id is null or u.name <> i.name
order by i.level, i.code
