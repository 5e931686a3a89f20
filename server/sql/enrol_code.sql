-- $1 code
select c.unit, c.role = 'reporter', c.cancelled_at is not null or c.expires_at <= now(),
       d.id, d.curve_key, d.sign_key, d.revoked_at is not null
from enrolment_code c left join device d on d.id = c.device
where c.id = $1::integer
for update of c
