-- $1 uuid, $2 device
insert into replica (uuid, device) values ($1::uuid, $2::integer) on conflict (uuid) do nothing
