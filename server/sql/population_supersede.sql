update population p set superseded_at = now() from incoming_population i
where p.unit = i.unit and p.term = i.term and p.type = i.type and p.superseded_at is null
      and (p.value, p.as_of, p.source) is distinct from (i.value, i.as_of, i.source)
