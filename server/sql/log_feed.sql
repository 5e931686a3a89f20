-- What others changed, each record at its last revision only; the stream's own revision in every row, so that there is
-- one row even when nothing changed. `+ 0` keeps the planner, which knows nothing of a young table, from reading the
-- rest of the stream for each record instead of the record's own few rows.
-- $1 stream, $2 replica, $3 after this revision, $4 up to this one, $5 rows at most, $6 kinds; null: all
select s.rev, l.rev, l.kind, l.record, l.gone
from stream s
left join lateral (
    select log.rev, log.kind, log.record, log.gone from log
    where log.stream = s.id and log.rev > $3::bigint and log.rev <= $4::bigint and log.replica <> $2::integer
      and ($6::smallint[] is null or log.kind = any ($6::smallint[]))
      and not exists (
          select from log later
          where later.record = log.record and later.rev > log.rev and later.stream + 0 = s.id
            and later.replica <> $2::integer)
    order by log.rev
    limit $5::integer
) l on true
where s.id = $1::integer
order by l.rev
