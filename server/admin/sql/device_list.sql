select d.id, u.code, d.role, to_char(d.enrolled_at at time zone interval '7 hours', 'YYYY-MM-DD HH24:MI'),
       coalesce(to_char(d.last_sync at time zone interval '7 hours', 'YYYY-MM-DD HH24:MI'), ''), d.program,
       coalesce(to_char(d.revoked_at at time zone interval '7 hours', 'YYYY-MM-DD HH24:MI'), ''), left(encode(d.curve_key, 'hex'), 12)
from device d join unit u on u.id = d.unit
order by u.code, d.id
