-- One row a commune: last sync of its devices; how many days ago, null: never, 0 also where the clock of a sync ran ahead ($1: now in days
-- since 1970 at +07:00); devices, refused changes, versions.
select u.code, u.name, coalesce(to_char(max(d.last_sync) at time zone interval '7 hours', 'YYYY-MM-DD HH24:MI'), ''),
       greatest($1::int4 - (max(d.last_sync at time zone interval '7 hours')::date - date '1970-01-01'), case when max(d.last_sync) is not null then 0 end),
       count(d.id) filter (where d.revoked_at is null),
       coalesce((select sum(r.refused) from replica r join device x on x.id = r.device where x.unit = u.id), 0)::bigint,
       coalesce(string_agg(distinct nullif(d.program, ''), ' '), '')
from unit u
left join device d on d.unit = u.id and d.role = 'commune'
where u.level = 4 and u.valid_to = 99991231
group by u.id
having count(d.id) > 0 or exists (select from enrolment_code c where c.unit = u.id)
order by u.code
