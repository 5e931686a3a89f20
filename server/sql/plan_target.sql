-- Until when a plan for a target may run: key, the target's deadline or its term's end, whichever comes first.
-- $1 keys
select t.key, least(t.deadline, k.to_day)
from target t
join term k on k.id = t.term
where t.superseded_at is null and t.key = any ($1::text[])
