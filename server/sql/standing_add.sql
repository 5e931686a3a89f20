-- $1 unit, then an array for each column
insert into standing (unit, member, group_id, category, away, from_day, to_day)
select $1::integer, u.*
from unnest($2::uuid[], $3::uuid[], $4::smallint[], $5::boolean[], $6::integer[], $7::integer[]) u
