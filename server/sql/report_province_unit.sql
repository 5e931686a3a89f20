-- A province, and the communes in it that are valid on the day, by district and code: code, name and parent of the
-- province; id, code, name of a commune (null: the province has none), id, code, name of its district, seconds since 1970
-- of its devices' last sync.
-- $1 province, $2 day
select p.code, p.name, p.parent, c.id, c.code, c.name, d.id, d.code, d.name,
       (select extract(epoch from max(v.last_sync))::bigint from device v where v.unit = c.id and v.role = 'commune')
from unit p
left join unit c on c.level = 4 and c.valid_from <= $2::integer and c.valid_to > $2
    and c.parent in (select x.id from unit x where x.id = $1::integer or x.parent = $1)
left join unit d on d.id = c.parent and d.level = 3
where p.id = $1
order by d.code collate "C" nulls first, c.code collate "C"
