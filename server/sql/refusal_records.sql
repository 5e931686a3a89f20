-- The latest refusal of each record; an edit of a record that is not there (28 without a field) is none of its making.
-- $1 replica, $2 records
select record, max(number) from refusal
where record = any ($2::uuid[]) and replica = $1::integer and not (code = 28 and field = 0)
group by record
