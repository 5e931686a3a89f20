-- The latest refusal of each record. $1 replica, $2 records
select record, max(number) from refusal where record = any ($2::uuid[]) and replica = $1::integer group by record
