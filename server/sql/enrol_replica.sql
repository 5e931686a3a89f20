-- A register goes on with new keys: its replica belongs to them, and the keys that it had are over. Only within the unit.
-- $1 uuid of the replica, $2 the new device
with held as (
    select r.id, r.device from replica r join device d on d.id = r.device
    where r.uuid = $1::uuid and d.id <> $2::integer and d.unit = (select unit from device where id = $2::integer)
    for update of r
), taken as (
    update replica set device = $2::integer from held where replica.id = held.id
)
update device set revoked_at = coalesce(device.revoked_at, now()) from held where device.id = held.device
