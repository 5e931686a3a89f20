select member, group_id, category, away, from_day, to_day, flags from standing where unit = $1::int4 order by member, nr
