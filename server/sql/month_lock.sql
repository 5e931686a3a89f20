-- Holds the commune's stream until the transaction ends.
-- $1 commune
select rev from stream where id = $1::integer for update
