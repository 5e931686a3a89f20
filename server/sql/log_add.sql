-- $1 stream, $2 revision, then an array for each column
insert into log (stream, rev, kind, record, replica, number, mask, old)
select $1::integer, $2::bigint, unnest($3::smallint[]), unnest($4::uuid[]), unnest($5::integer[]), unnest($6::bigint[]),
       unnest($7::bigint[]), unnest($8::bytea[])
