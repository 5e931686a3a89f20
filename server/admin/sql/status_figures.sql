-- Name and figure, in order; -1: not known to this database role.
select 'database_bytes', pg_database_size(current_database())
union all
select 'connections', count(*) from pg_stat_activity where datname = current_database()
union all
select 'longest_transaction_s', coalesce(max(extract(epoch from now() - xact_start))::bigint, 0) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
union all
select 'codes_open', count(*) from enrolment_code where device is null and cancelled_at is null and expires_at > now()
union all
select 'batches_last_day', count(*) from batch where at > now() - interval '1 day'
