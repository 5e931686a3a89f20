-- What the reports say of communes below target alone.

-- Report "officers". A commune below target with a president counts once, whichever of two presidents lacks the topic.
insert into figure
select 'officers', b.period, b.home, 'president-untrained', t.topic, c.column1, case c.column1 when 'communes' then 1 else
    exists (select 1 from in_post i where i.period = b.period and i.home = b.home and i.president and not exists (
        select 1 from learnt l where l.period = i.period and l.home = i.home and l.officer_id = i.id and l.topic = t.topic)) end
from below b, course_topic t, (values ('communes'), ('untrained')) c
where exists (select 1 from in_post i where i.period = b.period and i.home = b.home and i.president);

-- Report "plans". What a commune below target lacks: what one of its running plans lacks; one without a running plan lacks all but a remedy.
create table lacking as
select p.period, p.home,
       not exists (select 1 from cause c where c.home = p.home and c.plan_id = p.id and c.main and c.agreed) as main_cause,
       exists (select 1 from cause c where c.home = p.home and c.plan_id = p.id and c.agreed and not c.remedied) as remedy,
       p.officer = '' as officer,
       not exists (select 1 from note t where t.home = p.home and t.plan_id = p.id
                   and t.date between date(p.last, '-30 days') and p.last) as progress,
       p.late
from running p;
insert into figure
select 'plans', b.period, b.home, 'state', '', c.column1, case c.column1
    when 'communes' then 1 when 'with-plan' then count(l.home) > 0 when 'without-plan' then count(l.home) = 0
    when 'without-main-cause' then coalesce(max(l.main_cause), 1) when 'without-remedy' then coalesce(max(l.remedy), 0)
    when 'without-officer' then coalesce(max(l.officer), 1) when 'without-progress' then coalesce(max(l.progress), 1)
    else coalesce(max(l.late), 0) end
from below b left join lacking l on l.period = b.period and l.home = b.home,
     (values ('communes'), ('with-plan'), ('without-plan'), ('without-main-cause'), ('without-remedy'), ('without-officer'),
      ('without-progress'), ('past-deadline')) c
group by b.period, b.home, c.column1;

-- The province's summary. How communes below target are supported: the plan that runs (of several the one with the earliest deadline), or where none
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
    when 'remedies' then (select count(*) from remedy y where y.home = m.home and y.cause_id = m.id having m.id is not null)
    when 'further_causes' then (
        select group_concat(word, '; ') from (
            select g.cause || case g.agreed when 1 then ' agreed ' else ' proposed ' end
                   || (select count(*) from remedy y where y.home = g.home and y.cause_id = g.id) as word
            from cause g where g.home = s.home and g.plan_id = s.plan_id and g.id is not k.id order by g.agreed desc, g.id))
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
     (values ('main_cause'), ('cause_agreed'), ('remedies'), ('further_causes'), ('plan_state'), ('plan_deadline'), ('officer'), ('last_progress'), ('trained'),
      ('officers'), ('attending'), ('attending_of'), ('filled'), ('cells')) c;
insert into fact select 'province', period, home, '', col, value from support_cell;
