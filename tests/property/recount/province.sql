-- How communes below target are supported: the plan that runs (of several the one with the earliest deadline), or where none
-- runs the one opened last, of equal ones the first by id; its main cause, an agreed one before one that is proposed; figures of the other reports.
create table shown as
select b.period, b.home, (
    select r.id from plan r join period p on p.n = b.period
    where r.home = b.home
    order by not (r.state = 'running' and r.opened <= p.last),
             case when r.state = 'running' and r.opened <= p.last then coalesce(nullif(r.deadline, ''), '9999') end,
             case when r.state = 'running' and r.opened <= p.last then '' else r.opened end desc, r.id limit 1) as plan_id
from below b;

create table main_cause as
select s.period, s.home, (select c.id from cause c where c.home = s.home and c.plan_id = s.plan_id and c.main
                          order by c.agreed desc, c.id limit 1) as id
from shown s;

create table support_cell as
select s.period, s.home, c.column1 as col, cast(coalesce(case c.column1
    when 'main_cause' then m.cause
    when 'cause_agreed' then case m.agreed when 1 then 'yes' when 0 then 'no' end
    when 'plan_state' then r.state when 'plan_deadline' then r.deadline when 'officer' then r.officer
    when 'last_progress' then (select max(t.date) from note t where t.home = s.home and t.date <= p.last)
    else coalesce((select f.value from figure f join (values ('trained', 'officers', 'all', 'trained'),
             ('officers', 'officers', 'all', 'officers'), ('attending', 'activities', 'regular', 'regular'),
             ('attending_of', 'activities', 'regular', 'members'), ('filled', 'data', 'all', 'filled'),
             ('cells', 'data', 'all', 'cells')) w
         on w.column1 = c.column1 and f.report = w.column2 and f.section = w.column3 and f.col = w.column4
         where f.period = s.period and f.home = s.home), 0) end, '') as text) as value
from shown s
join period p on p.n = s.period
left join plan r on r.home = s.home and r.id = s.plan_id
left join main_cause k on k.period = s.period and k.home = s.home
left join cause m on m.home = s.home and m.id = k.id,
     (values ('main_cause'), ('cause_agreed'), ('plan_state'), ('plan_deadline'), ('officer'), ('last_progress'), ('trained'),
      ('officers'), ('attending'), ('attending_of'), ('filled'), ('cells')) c;
insert into fact select 'province', period, home, '', col, value from support_cell;
