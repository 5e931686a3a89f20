-- $1 device, $2 program or '', $3 schema or 0
update device set last_sync = now(), program = coalesce(nullif($2::text, ''), program),
                  schema = coalesce(nullif($3::integer, 0), schema)
where id = $1::integer
