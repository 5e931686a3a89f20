-- Name and figure; null: not known to this database role. Of other roles' sessions PostgreSQL shows everybody the program's name and the
-- locks: each transaction holds the lock on its own virtual id.
with session as (
    select pid, application_name, xact_start from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
), under_way as (
    select s.application_name as name, count(*) as n
    from session s join pg_locks l on l.pid = s.pid and l.locktype = 'virtualxid' and l.granted and l.virtualxid = l.virtualtransaction
    group by 1
), waiting as (
    select s.pid, min(l.waitstart) as since from session s join pg_locks l on l.pid = s.pid and not l.granted group by 1
)
select 'database_bytes', pg_database_size(current_database())
union all
select 'connections', (select count(*) from session)
union all
select 'syncs_under_way', coalesce((select n from under_way where name = 'hoivien-sync'), 0)
union all
select 'reports_under_way', coalesce((select n from under_way where name = 'hoivien-report'), 0)
union all
select 'requests_waiting', (select waiting from server_note where at > now() - interval '1 minute')
union all
select 'lock_waits', (select count(*) from waiting)
union all
select 'longest_lock_wait_s', coalesce((select greatest(extract(epoch from now() - min(since))::bigint, 0) from waiting), 0)
union all
select 'longest_transaction_s', case when pg_has_role('pg_read_all_stats', 'usage')
                                     then coalesce((select greatest(extract(epoch from now() - min(xact_start))::bigint, 0) from session), 0) end
union all
select 'batches_last_day', (select count(*) from batch where at > now() - interval '1 day')
union all
select 'codes_open', (select count(*) from enrolment_code where device is null and cancelled_at is null and expires_at > now())
