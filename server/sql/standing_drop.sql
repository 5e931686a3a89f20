-- Takes away the intervals of these members that are not among those given.
-- $1 unit, $2 members, then an array for each column
delete from standing s
where s.unit = $1::integer and s.member = any ($2::uuid[])
  and not exists (
      select
      from unnest($3::uuid[], $4::uuid[], $5::smallint[], $6::boolean[], $7::integer[], $8::integer[])
           as n (member, group_id, category, away, from_day, to_day)
      where n.member = s.member and n.from_day = s.from_day and n.to_day = s.to_day and n.group_id = s.group_id
        and n.category = s.category and n.away = s.away)
