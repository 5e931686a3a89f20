-- Locks the replica, then the stream: always in this order. `lateral` with both of them makes the stream wait for the
-- replica's row.
-- $1 uuid of the replica, $2 device, $3 stream; 0: that of the device's unit
with r as materialized (
    select id, device, last_number from replica where uuid = $1::uuid for update
)
select r.id, r.last_number, d.id is not null, d.revoked_at is not null, s.id, s.rev, s.mark
from r
left join device d on d.id = r.device and d.id = $2::integer
left join lateral (
    select id, rev, mark from stream where stream.id = coalesce(nullif($3::integer, 0), d.unit) and r.id is not null
    for update
) s on true
