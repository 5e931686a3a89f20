-- A register goes on with new keys: the keys that it had are over, and all replicas that were theirs belong to the new ones.
-- Only within the unit.
-- $1 uuid of the replica, $2 the new device
with held as (
    select d.id from replica r join device d on d.id = r.device
    where r.uuid = $1::uuid and d.id <> $2::integer and d.unit = (select unit from device where id = $2::integer)
), locked as materialized (
    select r.id from replica r join held on r.device = held.id order by r.id for update of r
), taken as (
    update replica set device = $2::integer from locked where replica.id = locked.id
)
update device set revoked_at = coalesce(device.revoked_at, now()) from held where device.id = held.id
