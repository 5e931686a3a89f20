insert into population (unit, term, type, value, as_of, source)
select unit, term, type, value, as_of, source from incoming_population i
where not exists (select from population p where p.unit = i.unit and p.term = i.term and p.type = i.type and p.superseded_at is null)
