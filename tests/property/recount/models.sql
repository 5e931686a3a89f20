-- Report "models": models, their review and replication, as of the last day.
insert into recounted values ('models', 0);
insert into detail values ('models', 'model');
insert into share select 'models', s.column1, c.column1, 'models'
from (values ('all'), ('topic')) s,
     (values ('started'), ('reviewed'), ('effective'), ('not-effective'), ('not-reviewed'), ('replicated')) c;

create table model as
select p.n as period, p.first, p.last, m.home, m.id, m.topic, m.started, d.last as start,
       m.name || case when m.n > 1 then ' (' || m.n || ')' else '' end as name,
       case when m.reviewed <= p.last then m.reviewed else '' end as reviewed,
       case when m.reviewed <= p.last then m.effect else '' end as effect, -- a verdict without a date counts
       d.last between p.first and p.last as is_new, m.reviewed between p.first and p.last as is_reviewed
from period p
join (select *, row_number() over (partition by home, name order by id) as n from all_models where voided <> 'true') m
join partial d on d.text = m.started and d.last <= p.last;

create table replicated as
select m.period, m.home, m.id, d.last as day, d.last >= m.first as in_period
from model m
join all_replications r on r.home = m.home and r.model_id = m.id and r.voided <> 'true'
join partial d on d.text = r.date and d.last <= m.last;

create table reviewed_model as
select m.*, (select count(*) from replicated r where r.period = m.period and r.home = m.home and r.id = m.id) as times,
       (select count(*) from replicated r where r.period = m.period and r.home = m.home and r.id = m.id and r.in_period) as lately,
       -- 12 months after its review, or its start when it never was; the anniversary itself is not yet too late
       min(date(coalesce(nullif(reviewed, ''), start), '+12 months'),
           date(coalesce(nullif(reviewed, ''), start), 'start of month', '+13 months', '-1 day')) < last as is_late
from model m;

with row as (
    select m.*, 'all' as section, '' as key from reviewed_model m
    union all select m.*, 'topic', coalesce(nullif(m.topic, ''), '-') from reviewed_model m)
insert into figure
select 'models', period, home, section, key, c.column1, case c.column1
    when 'models' then count(*) when 'started' then sum(is_new) when 'reviewed' then sum(is_reviewed)
    when 'effective' then sum(effect = 'effective') when 'not-effective' then sum(effect = 'not-effective')
    when 'not-reviewed' then sum(is_late) when 'replicated' then sum(times > 0) when 'replications' then sum(times)
    else sum(lately) end
from row, (values ('models'), ('started'), ('reviewed'), ('effective'), ('not-effective'), ('not-reviewed'), ('replicated'),
           ('replications'), ('replications-in-period')) c
group by period, home, section, key, c.column1;

insert into figure
select 'models', period, home, 'year', year, col, count(*) from (
    select period, home, substr(start, 1, 4) as year, 'started' as col from model where is_new
    union all select period, home, substr(reviewed, 1, 4), 'reviewed' from model where is_reviewed
    union all select period, home, substr(day, 1, 4), 'replications' from replicated where in_period)
group by period, home, year, col;

insert into figure
select 'models', period, home, 'model', name, c.column1, case c.column1
    when 'started' then started when 'reviewed' then nullif(reviewed, '') when 'effective' then effect = 'effective'
    when 'not-effective' then effect = 'not-effective' when 'not-reviewed' then is_late else times end
from reviewed_model, (values ('started'), ('reviewed'), ('effective'), ('not-effective'), ('not-reviewed'), ('replications')) c;
delete from figure where value is null;
