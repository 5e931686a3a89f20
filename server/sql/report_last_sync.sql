-- Seconds since 1970 of the last sync of a commune's devices; null: never.
-- $1 commune
select extract(epoch from max(last_sync))::bigint from device where unit = $1::integer and role = 'commune'
