-- $1 stream, $2 revision
select mark from stream_commit where stream = $1::integer and rev = $2::bigint
