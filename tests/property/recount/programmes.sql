-- Report "programmes": planned and done. What is planned, and the pairings, count once, in the province's own part.
insert into recounted values ('programmes', 1);
insert into share values ('programmes', 'programme', 'value', 'planned-value'), ('programmes', 'programme', 'persons', 'planned-persons'),
    ('programmes', 'programme', 'members', 'persons'), ('programmes', 'work', 'steps-done', 'steps'),
    ('programmes', 'pairing', 'communes', 'planned-communes');

-- Payments on their days, and taken off on the days of their reversals.
create table paid as
select e.home, e.id, e.programme_id, e.date as day, cast(e.amount as integer) as amount, e.support_id
from all_entries e where e.type = 'payment'
union all
select e.home, e.id, e.programme_id, r.date, -cast(e.amount as integer), e.support_id
from all_reversals r join all_entries e on e.home = r.home and e.id = r.entry_id and e.type = 'payment';

create table done as
select p.n as period, h.home, h.programme_id, 'programme' as section, 'times' as col, h.times as value
from period p join helped h on h.day between p.first and p.last
union all select p.n, h.home, h.programme_id, 'programme', 'support-value', h.value
from period p join helped h on h.day between p.first and p.last
union all select p.n, h.home, h.programme_id, 'programme', 'value', h.value
from period p join helped h on h.day between p.first and p.last
union all select p.n, h.home, h.programme_id, 'programme', 'persons', h.not_named
from period p join helped h on h.day between p.first and p.last
union all select distinct p.n, h.home, h.programme_id, 'programme', 'persons', count(distinct nullif(h.who, ''))
from period p join helped h on h.day between p.first and p.last group by p.n, h.home, h.programme_id
union all select p.n, h.home, h.programme_id, 'programme', 'members', count(distinct case when h.as_member then h.who end)
from period p join helped h on h.day between p.first and p.last group by p.n, h.home, h.programme_id
union all select p.n, x.home, x.programme_id, 'programme', 'paid', x.amount
from period p join paid x on x.day between p.first and p.last
-- less those for a support of the same programme that is valued itself
union all select p.n, x.home, x.programme_id, 'programme', 'value', x.amount
from period p join paid x on x.day between p.first and p.last
where not exists (select 1 from helped h where h.home = x.home and h.id = x.support_id and h.programme_id = x.programme_id and h.value > 0)
union all select p.n, r.home, r.programme_id, 'programme', 'resources', cast(r.value as integer)
from period p join plan l on l.opened <= p.last
join all_resources r on r.home = l.home and r.plan_id = l.id and r.voided <> 'true'
union all select m.period, m.home, a.programme_id, 'work', c.column1, case c.column1 when 'activities' then 1 else m.attended end
from meeting m join all_activities a on a.home = m.home and a.id = m.id, (values ('activities'), ('attendances')) c where m.in_period
union all select p.n, c.home, c.programme_id, 'work', 'courses', 1
from period p join all_courses c on c.voided <> 'true' join partial d on d.text = c.date and d.last between p.first and p.last
where not exists (select 1 from read_course r where r.home = c.home and r.id = c.id)
union all select period, home, programme_id, 'work', 'commendations', 1 from praise
union all select m.period, m.home, a.programme_id, 'work', 'models', 1
from model m join all_models a on a.home = m.home and a.id = m.id
union all select p.n, s.home, s.programme_id, 'work', c.column1, case c.column1 when 'steps' then 1 else
    s.state = 'done' and s.done_on <= p.last end
from period p join plan l on l.opened <= p.last
join all_steps s on s.home = l.home and s.plan_id = l.id and s.voided <> 'true', (values ('steps'), ('steps-done')) c
union all select p.n, v.code, g.id, c.column2, c.column1, cast(case c.column1
    when 'planned-value' then g.planned_value when 'planned-persons' then g.planned_persons else g.planned_communes end as integer)
from period p, province v, programme g,
     (values ('planned-value', 'programme'), ('planned-persons', 'programme'), ('planned-communes', 'pairing')) c;

-- Pairings that run on a day of the period: codes between commas, helping units by name.
create table paired as
select p.n as period, a.home, a.id, a.programme_id, a.partner, a.communes
from period p
join (select x.*, (select last from partial where text = x.since) as begun, (select last from partial where text = x.until) as ended
      from all_pairings x where x.voided <> 'true') a
    on (a.begun is null or a.begun <= p.last) and (a.ended is null or a.ended > p.first);
insert into done
with recursive code (period, home, programme_id, code, rest) as (
    select period, home, programme_id, '', replace(communes, ' ', '') || ',' from paired
    union all
    select period, home, programme_id, substr(rest, 1, instr(rest, ',') - 1), substr(rest, instr(rest, ',') + 1) from code where rest <> '')
select period, home, programme_id, 'pairing', 'communes', count(distinct nullif(code, '')) from code group by period, home, programme_id
union all select period, home, programme_id, 'pairing', 'pairings', count(*) from paired group by period, home, programme_id
union all select period, home, programme_id, 'pairing', 'partners', count(distinct partner) from paired group by period, home, programme_id;

insert into figure
select 'programmes', d.period, d.home, d.section, g.name, d.col, sum(d.value)
from done d join programme g on g.id = d.programme_id
group by d.period, d.home, d.section, g.name, d.col;
