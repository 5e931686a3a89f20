-- The targets that a unit has issued for those below it and whose term has begun by the day: id, threshold.
-- $1 issuer, $2 day
select t.id, t.threshold
from target t
join term k on k.id = t.term and k.from_day <= $2::integer
where t.issuer = $1::integer and t.superseded_at is null
order by t.id
