-- $1 unit, $2 members
delete from standing where unit = $1::integer and member = any ($2::uuid[])
