-- Streams whose revision is not that of their newest commit, or that hold a row beyond it; replicas whose last number is not that of their batches.
select 'stream', s.id::bigint from stream s
where s.rev <> coalesce((select max(c.rev) from stream_commit c where c.stream = s.id), 0)
   or exists (select from log l where l.stream = s.id and l.rev > s.rev)
union all
select 'replica', r.id from replica r
where r.last_number <> coalesce((select max(b.last) from batch b where b.replica = r.id), 0)
union all
select 'refused', r.id from replica r
where r.refused <> (select count(*) from refusal f where f.replica = r.id)
order by 1, 2
