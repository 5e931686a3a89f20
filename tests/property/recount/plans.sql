-- Report "plans": support plans of communes below target.
insert into recounted values ('plans', 0);
insert into share select 'plans', 'state', c.column1, 'communes'
from (values ('with-plan'), ('without-plan'), ('without-main-cause'), ('without-remedy'), ('without-officer'),
      ('without-progress'), ('past-deadline')) c;
insert into share values ('plans', 'plans', 'late', 'plans'), ('plans', 'causes', 'agreed', 'causes'),
    ('plans', 'causes', 'main', 'causes'), ('plans', 'causes', 'with-remedy', 'causes'),
    ('plans', 'remedies', 'agreed', 'remedies'), ('plans', 'steps', 'late', 'steps'), ('plans', 'steps', 'integrated', 'steps');

-- Opened on its day, or else on the one of its entry, which the first 48 bits of its id tell in milliseconds.
create table plan as
select home, id, name, deadline, officer, case state when '' then 'draft' else state end as state,
       case when opened <> '' then opened else date(entered / 1000, 'unixepoch', '+7 hours') end as opened
from (select p.*, (with recursive digit (i, n) as (
                       select 1, 0 union all
                       select i + 1, n * 16 + instr('0123456789abcdef', substr(replace(p.id, '-', ''), i, 1)) - 1
                       from digit where i <= 12)
                   select max(n) from digit) as entered
      from all_plans p where p.voided <> 'true');

create table running as
select p.n as period, p.last, r.*, r.deadline <> '' and r.deadline < p.last as late
from period p join plan r on r.state = 'running' and r.opened <= p.last;

insert into figure
select 'plans', p.n, r.home, 'plans', r.state, c.column1, case c.column1 when 'plans' then count(*) else
    sum(r.state = 'running' and r.deadline <> '' and r.deadline < p.last) end
from period p join plan r on r.opened <= p.last, (values ('plans'), ('late')) c
group by p.n, r.home, r.state, c.column1;

create table remedy as
select home, id, cause_id, remedy, by_province = 'true' and by_commune = 'true' as agreed from all_remedies where voided <> 'true';
create table cause as
select c.home, c.id, c.plan_id, c.cause, c.main_cause = 'true' as main, c.by_province = 'true' and c.by_commune = 'true' as agreed,
       exists (select 1 from remedy r where r.home = c.home and r.cause_id = c.id and r.agreed) as remedied
from all_causes c where c.voided <> 'true';

insert into figure
select 'plans', p.period, p.home, 'causes', x.cause, c.column1, case c.column1
    when 'causes' then count(*) when 'agreed' then sum(x.agreed) when 'main' then sum(x.main) else sum(x.remedied) end
from running p join cause x on x.home = p.home and x.plan_id = p.id, (values ('causes'), ('agreed'), ('main'), ('with-remedy')) c
group by p.period, p.home, x.cause, c.column1;

insert into figure
select 'plans', p.period, p.home, 'remedies', r.remedy, c.column1, case c.column1 when 'remedies' then count(*) else sum(r.agreed) end
from running p
join cause x on x.home = p.home and x.plan_id = p.id
join remedy r on r.home = p.home and r.cause_id = x.id, (values ('remedies'), ('agreed')) c
group by p.period, p.home, r.remedy, c.column1;

insert into figure
select 'plans', p.period, p.home, 'steps', case s.state when '' then 'planned' else s.state end as key, c.column1, case c.column1
    when 'steps' then count(*) when 'integrated' then sum(s.programme_id <> '')
    else sum(s.due <> '' and s.due < p.last and s.state not in ('done', 'given-up')) end
from running p join all_steps s on s.home = p.home and s.plan_id = p.id and s.voided <> 'true',
     (values ('steps'), ('late'), ('integrated')) c
group by p.period, p.home, key, c.column1;

-- Visits and notes of the period, about whichever plan.
create table visit as
select p.n as period, v.home from period p
join all_visits v on v.voided <> 'true' and v.date between p.first and p.last
join plan r on r.home = v.home and r.id = v.plan_id;
create table note as
select g.home, g.plan_id, g.date from all_progresses g join plan r on r.home = g.home and r.id = g.plan_id where g.voided <> 'true';
insert into figure
select 'plans', period, home, 'visits', '', c.column1, case c.column1 when 'communes' then 1 else count(*) end
from visit, (values ('communes'), ('visits')) c group by period, home, c.column1;
insert into figure
select 'plans', p.n, t.home, 'visits', '', 'notes', count(*)
from period p join note t on t.date between p.first and p.last group by p.n, t.home;
