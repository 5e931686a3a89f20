-- Makes a unit's counts of these measures those given; what is as it was is not written.
-- $1 unit, $2 measures; then an array for each column: $3 measure, $4 group, $5 day, $6 n
with fresh as (
    select unnest($3::integer[]) as measure, unnest($4::uuid[]) as group_id, unnest($5::integer[]) as day, unnest($6::bigint[]) as n
), gone as (
    delete from figure_count c
    where c.unit = $1::integer and c.measure = any ($2::integer[])
          and not exists (select from fresh f where f.measure = c.measure and f.group_id = c.group_id and f.day = c.day)
)
insert into figure_count as c (unit, measure, group_id, day, n)
select $1, measure, group_id, day, n from fresh
on conflict (unit, measure, group_id, day) do update set n = excluded.n where c.n <> excluded.n
