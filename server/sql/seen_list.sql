-- The communes below a unit, by code, and when each saw a notice that lies in the unit's stream or in one above it; null: not.
-- Then the wording that it saw.
-- Without a row when there is no such notice.
-- $1 unit, $2 notice, $3 day
with recursive up as (
    select id, parent from unit where id = $1::integer
    union
    select u.id, u.parent from up join unit u on u.id = up.parent
), down as (
    select id, level, code, name, valid_from, valid_to from unit where id = $1::integer
    union
    select u.id, u.level, u.code, u.name, u.valid_from, u.valid_to from down d join unit u on u.parent = d.id
)
select distinct on (d.code) d.code, d.name, s.date, s.wording
from down d left join notices_seen s on s.stream = d.id and s.notice_id = $2::uuid and s.voided is not true
where d.level = 4 and d.valid_from <= $3::integer and d.valid_to > $3::integer
  and exists (select from notices n join up on up.id = n.stream where n.id = $2::uuid)
order by d.code, s.date desc nulls last
