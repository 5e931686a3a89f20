-- Of members that have none yet. $1 unit, then an array for each column
insert into standing (unit, member, nr, group_id, category, away, flags, from_day, to_day)
select $1::integer, unnest($2::uuid[]), unnest($3::smallint[]), unnest($4::uuid[]), unnest($5::smallint[]),
       unnest($6::boolean[]), unnest($7::smallint[]), unnest($8::integer[]), unnest($9::integer[])
