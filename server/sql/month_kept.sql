-- The stream's revision, and the month-ends that are kept, oldest first; one row without a month when there are none.
-- $1 commune
select s.rev, e.month
from stream s
left join month_end e on e.unit = s.id
where s.id = $1::integer
order by e.month
