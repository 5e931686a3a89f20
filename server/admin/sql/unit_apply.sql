-- Level by level, since a unit needs the id of the one above: run once for each level ($1).
with now as (
    select i.*, u.id as old_id, u.name as old_name, u.valid_from as old_from, p.id as parent
    from incoming_unit i
    left join unit u on u.level = i.level and u.code = i.code and u.valid_to = 99991231
    left join unit p on p.level = i.parent_level and p.code = i.parent_code and p.valid_to = 99991231
    where i.level = $1::int4
), renamed as (
    update unit set name = now.name, type = now.type from now
    where unit.id = now.old_id and now.old_name <> now.name and (now.old_from = now.from_day or now.level = 1)
), closed as (
    update unit set valid_to = now.from_day from now
    where unit.id = now.old_id and now.old_name <> now.name and now.old_from < now.from_day and now.level > 1
), made as (
    insert into unit (level, code, name, type, parent, valid_from)
    select level, code, name, type, parent, from_day from now
    where old_id is null or (old_name <> name and old_from < from_day and level > 1)
    returning id
)
insert into stream (id) select id from made
