-- Communes that have sent records and have fewer month-ends kept in a time than it has months, not counting those that had ended before
-- the first records came: what was then nobody knows.
-- $1 last day of its first month, $2 of its last, $3 how many months, $4 how many communes at most
select u.id
from unit u
cross join lateral (
    select to_char(k.at at time zone interval '+07:00', 'YYYYMM')::integer as month
    from stream_commit k where k.stream = u.id order by k.rev limit 1
) came
where u.level = 4 and came.month <= $2::integer / 100
    and (select count(*) from month_end e where e.unit = u.id and e.month between $1::integer and $2::integer)
        < least($3::integer, ($2 / 10000 - came.month / 100) * 12 + $2 / 100 % 100 - came.month % 100 + 1)
order by u.id
limit $4::bigint
