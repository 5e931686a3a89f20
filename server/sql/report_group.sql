-- Groups of a commune that are not void, by name in Vietnamese order: id, name, type.
-- $1 commune
select id, name, type
from groups
where stream = $1::integer and voided is not true
order by name collate "vi-x-icu", id
