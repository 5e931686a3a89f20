select member_id, id, type, date, voided from events where stream = $1::int4 order by member_id
