-- Report "activities": what groups did and who came.
insert into recounted values ('activities', 0);
insert into detail values ('activities', 'group'), ('activities', 'group-not-met');
insert into share values ('activities', 'all', 'came', 'members'), ('activities', 'met', 'within-months', 'groups'),
    ('activities', 'met', 'in-period', 'groups'), ('activities', 'met', 'not-met', 'groups'),
    ('activities', 'regular', 'regular', 'members'), ('activities', 'regular', 'told', 'members');
insert into share select 'activities', s.column1, 'listed', 'activities'
from (values ('all'), ('form'), ('topic'), ('channel'), ('year'), ('group')) s;

create table came as
select distinct a.home, a.activity_id, a.member_id
from all_attendances a join member m on m.home = a.home and m.id = a.member_id
where a.voided <> 'true';

-- Activities up to the last day. The list holds where it names somebody who is still there, the count elsewhere.
create table meeting as
select p.n as period, a.home, a.id, a.group_id, a.date, a.forms, a.topic, a.channel, a.date >= p.first as in_period, a.listed,
       case when a.listed > 0 then a.listed else cast(a.attended as integer) end as attended
from period p
join (select x.*, (select count(*) from came c where c.home = x.home and c.activity_id = x.id) as listed
      from all_activities x where x.voided <> 'true') a on a.date <= p.last;

with form (form) as (values ('regular'), ('topic'), ('interactive'), ('games'), ('feast'), ('performance'), ('visit'), ('quiz'),
                     ('online')),
row as (
    select m.*, 'all' as section, '' as key from meeting m
    union all select m.*, 'form', coalesce(f.form, '-') from meeting m
        left join form f on instr('+' || m.forms || '+', '+' || f.form || '+') > 0
    union all select m.*, 'topic', coalesce(nullif(m.topic, ''), '-') from meeting m
    union all select m.*, 'channel', coalesce(nullif(m.channel, ''), '-') from meeting m
    union all select m.*, 'year', substr(m.date, 1, 4) from meeting m
    union all select m.*, 'group', coalesce(g.name, 'no-group') from meeting m
        left join grp g on g.home = m.home and g.id = m.group_id)
insert into figure
select 'activities', period, home, section, key, c.column1, case c.column1
    when 'activities' then count(*) when 'listed' then sum(listed > 0) else sum(attended) end
from row, (values ('activities'), ('listed'), ('attendances')) c
where in_period
group by period, home, section, key, c.column1;

insert into figure
select 'activities', p.period, p.home, 'all', '', c.column1, case c.column1 when 'members' then count(*) else
    sum(exists (select 1 from came x join meeting m on m.home = x.home and m.id = x.activity_id
                where m.period = p.period and m.in_period and x.home = p.home and x.member_id = p.id)) end
from person p, (values ('came'), ('members')) c
where p.is_member
group by p.period, p.home, c.column1;

-- Groups open on the last day, and their latest activity.
create table last_met as
select g.period, g.home, g.id, g.type, g.name, coalesce(sum(m.in_period), 0) as held, count(m.id) - coalesce(sum(m.in_period), 0) as earlier,
       min(date(max(m.date), '+3 months'), date(max(m.date), 'start of month', '+4 months', '-1 day')) as until
from open_group g left join meeting m on m.period = g.period and m.home = g.home and m.group_id = g.id
group by g.period, g.home, g.id;

insert into figure
select 'activities', l.period, l.home, 'met', l.type, c.column1, case c.column1
    when 'groups' then count(*) when 'within-months' then sum(coalesce(l.until >= p.last, 0))
    when 'in-period' then sum(l.held > 0) else sum(l.held = 0) end
from last_met l join period p on p.n = l.period, (values ('groups'), ('within-months'), ('in-period'), ('not-met')) c
group by l.period, l.home, l.type, c.column1;

insert into figure
select 'activities', l.period, l.home, 'group-not-met', l.name, c.column1, case c.column1 when 'earlier' then l.earlier else
    (select count(*) from person m where m.period = l.period and m.home = l.home and m.is_member
     and (m.group_id = l.id or exists (
         select 1 from joined j where j.home = m.home and j.member_id = m.id and j.group_id = l.id
         and (j.since is null or j.since <= p.last) and (j.until is null or j.until > p.last)))) end
from last_met l join period p on p.n = l.period, (values ('members'), ('earlier')) c
where l.held = 0;

-- Regular attendance, in the period and in the year of its last day: hers is what her groups held while she stood.
create table attender as
with span (span, period, first) as (
    select 'period', n, first from period union all select 'year', n, substr(last, 1, 4) || '-01-01' from period),
hers as (
    select p.period, p.home, p.id as member_id, m.date, m.listed,
        exists (select 1 from came c where c.home = p.home and c.activity_id = m.id and c.member_id = p.id) as came
    from person p
    join meeting m on m.period = p.period and m.home = p.home
        and m.date >= (select min(first) from span s where s.period = p.period)
    join grp g on g.home = m.home and g.id = m.group_id
    where p.is_member
      and exists (select 1 from stretch s where s.home = p.home and s.member_id = p.id and s.since <= m.date and s.until > m.date)
      and (m.group_id = p.group_id or exists (
          select 1 from joined j where j.home = p.home and j.member_id = p.id and j.group_id = m.group_id
          and (j.since is null or j.since <= m.date) and (j.until is null or j.until > m.date))))
select s.span, p.period, p.home, p.id, p.group_id, coalesce(max(h.listed > 0), 0) as told,
       count(h.member_id) > 0 and 100 * coalesce(sum(h.came), 0) >= 50 * count(h.member_id) as is_regular
from person p
join span s on s.period = p.period
left join hers h on h.period = p.period and h.home = p.home and h.member_id = p.id and h.date >= s.first
where p.is_member
group by s.span, p.period, p.home, p.id;

insert into figure
select 'activities', period, home, 'regular', '50', c.column1, case c.column1
    when 'members' then count(*) when 'told' then sum(told) else sum(is_regular) end
from attender, (values ('regular'), ('told'), ('members')) c
where span = 'period'
group by period, home, c.column1;
