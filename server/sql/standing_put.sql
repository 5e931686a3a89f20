-- In place of those with the same number, where they differ. $1 unit, then an array for each column
insert into standing as s (unit, member, nr, group_id, category, away, flags, from_day, to_day)
select $1::integer, unnest($2::uuid[]), unnest($3::smallint[]), unnest($4::uuid[]), unnest($5::smallint[]),
       unnest($6::boolean[]), unnest($7::smallint[]), unnest($8::integer[]), unnest($9::integer[])
on conflict (unit, member, nr) do update
    set group_id = excluded.group_id, category = excluded.category, away = excluded.away, flags = excluded.flags,
        from_day = excluded.from_day, to_day = excluded.to_day
    where (s.group_id, s.category, s.away, s.flags, s.from_day, s.to_day)
        is distinct from (excluded.group_id, excluded.category, excluded.away, excluded.flags, excluded.from_day, excluded.to_day)
