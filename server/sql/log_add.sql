-- $1 stream, $2 revision, then an array for each column
insert into log (stream, rev, kind, record, replica, number, mask, old)
select $1::integer, $2::bigint, u.*
from unnest($3::smallint[], $4::uuid[], $5::integer[], $6::bigint[], $7::bigint[], $8::bytea[]) u
