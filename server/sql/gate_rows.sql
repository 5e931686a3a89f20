-- Keys that may enter. A code that was used stays until it expires, so that a device whose reply was lost can ask
-- again; what it may still do says enrol_code.sql.
select curve_key, id, unit, false, role = 'reporter', 0::bigint from device where revoked_at is null
union all
select one_time_key, id, unit, true, role = 'reporter', ceil(extract(epoch from expires_at))::bigint
from enrolment_code where cancelled_at is null and expires_at > now()
