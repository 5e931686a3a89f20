-- After standing_drop: what is still there under the same key is the same.
-- $1 unit, then an array for each column
insert into standing (unit, member, group_id, category, away, from_day, to_day)
select $1::integer, unnest($2::uuid[]), unnest($3::uuid[]), unnest($4::smallint[]), unnest($5::boolean[]),
       unnest($6::integer[]), unnest($7::integer[])
on conflict (unit, member, from_day) do nothing
