insert into setting (name, value) values ($1::text, $2::integer) on conflict (name) do update set value = excluded.value
