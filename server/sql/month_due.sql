-- Communes that have ever synced and have fewer month-ends kept in a time than it has months.
-- $1 last day of its first month, $2 of its last, $3 how many months, $4 how many communes at most
select u.id
from unit u
where u.level = 4
    and u.id in (select d.unit from device d where d.role = 'commune' and d.last_sync is not null)
    and (select count(*) from month_end e where e.unit = u.id and e.month between $1::integer and $2::integer) < $3::integer
order by u.id
limit $4::bigint
