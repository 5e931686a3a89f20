select c.id, u.code, c.role, to_char(c.created_at at time zone interval '7 hours', 'YYYY-MM-DD HH24:MI'), to_char(c.expires_at at time zone interval '7 hours', 'YYYY-MM-DD HH24:MI'),
       case when c.device is not null then 'used' when c.cancelled_at is not null then 'cancelled' when c.expires_at < now() then 'expired' else 'open' end,
       coalesce(c.device, 0)
from enrolment_code c join unit u on u.id = c.unit
order by c.id
