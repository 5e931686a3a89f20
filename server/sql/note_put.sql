-- What the running server says of itself. $1 requests that wait
insert into server_note as n (waiting) values ($1::integer)
on conflict (only_row) do update set waiting = excluded.waiting, at = now()
