-- The commune itself, or the communes of a province that are valid on the day, by district and code: id, code, name, code and
-- name of the district (null: none).
-- $1 commune or province, $2 day
select c.id, c.code, c.name, d.code, d.name
from unit c
left join unit d on d.id = c.parent and d.level = 3
where c.level = 4
    and (c.id = $1::integer
         or (c.valid_from <= $2::integer and c.valid_to > $2
             and c.parent in (select x.id from unit x where x.id = $1 or x.parent = $1)))
order by d.code collate "C" nulls first, c.code collate "C"
