-- $1 name, $2 what holds when nobody has set it
select coalesce((select value from setting where name = $1::text), $2::integer)
