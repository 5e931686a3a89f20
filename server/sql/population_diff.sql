select case when p.id is null then 'new' else 'supersedes' end, i.code, i.term_name, coalesce(p.value::text, ''), i.value::text, i.type::text
from incoming_population i
left join population p on p.unit = i.unit and p.term = i.term and p.type = i.type and p.superseded_at is null
where p.id is null or (p.value, p.as_of, p.source) is distinct from (i.value, i.as_of, i.source)
order by i.code, i.term_name
