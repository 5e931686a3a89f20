-- `+ 0`: by the records' own rows, not by the rest of the stream.
-- $1 stream, $2 replica, $3 revision, $4 records
select kind, record, rev, replica, number, mask, old from log
where record = any ($4::uuid[]) and stream + 0 = $1::integer and rev > $3::bigint and replica <> $2::integer and not gone
order by record, rev
