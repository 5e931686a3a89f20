-- The stream's revision, the day on which its first records came, and the month-ends that are kept, oldest first; one row without a
-- month when there are none, none when nothing has come.
-- $1 commune
select s.rev, to_char(came.at at time zone interval '+07:00', 'YYYYMMDD')::integer, e.month
from stream s
cross join lateral (select k.at from stream_commit k where k.stream = s.id order by k.rev limit 1) came
left join month_end e on e.unit = s.id
where s.id = $1::integer
order by e.month
