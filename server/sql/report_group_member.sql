-- Who stands in the commune on the day, by the groups she belongs to: group, category, away, since, until, count. Her own
-- group comes first, without dates; then her further groups, a membership's dates as they were given (partial ones are
-- the reader's business).
-- $1 commune, $2 day
with here as materialized (
    select member, group_id, category, away
    from standing
    where unit = $1::integer and from_day <= $2::integer and to_day > $2
)
select group_id, category, away, null::integer, null::integer, count(*)
from here
group by group_id, category, away
union all
select m.group_id, h.category, h.away, m.since, m.until, count(*)
from here h
join memberships m on m.member_id = h.member and m.stream = $1 and m.voided is not true and m.group_id <> h.group_id
group by m.group_id, h.category, h.away, m.since, m.until
