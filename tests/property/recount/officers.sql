-- Report "officers": who does the union's work, and what she was taught. Provinces keep officers too.
insert into recounted values ('officers', 1);
insert into detail values ('officers', 'group-vacant');
insert into share select 'officers', s.column1, c.column1, 'officers'
from (values ('all'), ('post')) s,
     (values ('women'), ('men'), ('members'), ('not-members'), ('trained'), ('trained-in-period')) c;
insert into share values ('officers', 'topic', 'trained', 'officers'), ('officers', 'topic', 'trained-in-period', 'officers'),
    ('officers', 'topic', 'presidents-trained', 'presidents'), ('officers', 'topic', 'heads-trained', 'heads'),
    ('officers', 'year', 'trained', 'officers'), ('officers', 'year', 'presidents-trained', 'presidents'),
    ('officers', 'year', 'heads-trained', 'heads'), ('officers', 'vacant', 'vacant', 'places'),
    ('officers', 'president-untrained', 'untrained', 'communes');

insert into above values ('officers', 'year', 'courses', 'courses-of-province'),
    ('officers', 'year', 'courses-of-province', 'courses-of-province');

-- Who attended which course up to the last day; a course without a full date counts from its last possible day.
create table lesson as
select p.n as period, t.home, o.id as officer_id, c.id as course_id, c.topics, d.last as day, d.last >= p.first as in_period
from period p
join all_trainings t on t.voided <> 'true'
join all_courses c on c.home = t.home and c.id = t.course_id and c.voided <> 'true'
join partial d on d.text = c.date and d.last <= p.last
join officer o on o.home = t.home and o.id = t.officer_id;

create table in_post as
select h.period, o.home, o.id, o.sex,
       exists (select 1 from person p where p.period = h.period and p.home = o.home and p.id = o.member_id and p.is_member) as is_member,
       exists (select 1 from lesson l where l.period = h.period and l.home = o.home and l.officer_id = o.id) as trained,
       exists (select 1 from lesson l where l.period = h.period and l.home = o.home and l.officer_id = o.id and l.in_period) as lately,
       max(h.type = 'commune-president') as president, max(h.type = 'chi-hoi-head') as head
from holds h join officer o on o.home = h.home and o.id = h.officer_id
group by h.period, o.home, o.id;

with row as (
    select *, 'all' as section, '' as key from in_post
    union all
    select i.*, 'post', h.type from in_post i
    join (select distinct period, home, officer_id, type from holds) h on h.period = i.period and h.home = i.home and h.officer_id = i.id)
insert into figure
select 'officers', period, home, section, key, c.column1, case c.column1
    when 'officers' then count(*) when 'women' then sum(sex = 'female') when 'men' then sum(sex = 'male')
    when 'members' then sum(is_member) when 'not-members' then sum(not is_member)
    when 'trained' then sum(trained) else sum(lately) end
from row, (values ('officers'), ('women'), ('men'), ('members'), ('not-members'), ('trained'), ('trained-in-period')) c
group by period, home, section, key, c.column1;

create table course_topic (topic text primary key);
insert into course_topic values ('categories'), ('ratio'), ('forms'), ('activities'), ('communication'), ('clubs'),
    ('leadership'), ('law'), ('digital'), ('livelihood');
create table learnt as
select distinct l.period, l.home, l.officer_id, t.topic, l.in_period
from lesson l join course_topic t on instr('+' || l.topics || '+', '+' || t.topic || '+') > 0;

with one as (
    select i.*, t.topic,
        exists (select 1 from learnt l where l.period = i.period and l.home = i.home and l.officer_id = i.id and l.topic = t.topic) as knows,
        exists (select 1 from learnt l where l.period = i.period and l.home = i.home and l.officer_id = i.id and l.topic = t.topic
                and l.in_period) as knows_lately
    from in_post i, course_topic t)
insert into figure
select 'officers', period, home, 'topic', topic, c.column1, case c.column1
    when 'officers' then count(*) when 'trained' then sum(knows) when 'trained-in-period' then sum(knows_lately)
    when 'presidents' then sum(president) when 'presidents-trained' then sum(president and knows)
    when 'heads' then sum(head) else sum(head and knows) end
from one, (values ('officers'), ('trained'), ('trained-in-period'), ('presidents'), ('presidents-trained'), ('heads'),
           ('heads-trained')) c
group by period, home, topic, c.column1;

-- By the years of the period: what was held and who came, besides those in a post on the last day.
create table year as
with recursive y (period, year, last) as (
    select n, cast(substr(first, 1, 4) as integer), cast(substr(last, 1, 4) as integer) from period
    union all select period, year + 1, last from y where year < last)
select period, cast(year as text) as year from y;

insert into figure
select 'officers', l.period, l.home, 'year', substr(l.day, 1, 4), c.column1, case c.column1
    when 'courses' then count(distinct l.course_id) when 'courses-of-province' then count(distinct r.id) when 'persons' then count(distinct l.officer_id)
    when 'trained' then count(distinct i.id)
    when 'presidents-trained' then count(distinct case when i.president then i.id end)
    else count(distinct case when i.head then i.id end) end
from lesson l
left join in_post i on i.period = l.period and i.home = l.home and i.id = l.officer_id
left join read_course r on r.home = l.home and r.id = l.course_id,
     (values ('courses'), ('courses-of-province'), ('persons'), ('trained'), ('presidents-trained'), ('heads-trained')) c
where l.in_period and not (c.column1 = 'courses' and l.home in (select code from province))
group by l.period, l.home, substr(l.day, 1, 4), c.column1;

-- A province's are those that it held, whoever came.
insert into figure
select 'officers', p.n, v.code, 'year', substr(d.last, 1, 4), 'courses', count(*)
from period p
join province v
join all_courses c on c.home = v.code and c.voided <> 'true'
join partial d on d.text = c.date and d.last between p.first and p.last
group by p.n, v.code, substr(d.last, 1, 4);

insert into figure
select 'officers', i.period, i.home, 'year', y.year, c.column1, case c.column1
    when 'officers' then count(*) when 'presidents' then sum(president) else sum(head) end
from in_post i join year y on y.period = i.period, (values ('officers'), ('presidents'), ('heads')) c
group by i.period, i.home, y.year, c.column1;

-- Posts that open groups need, and the commune's president.
create table needed as
select g.period, g.home, t.column2 as post, g.name,
       not exists (select 1 from headed h where h.period = g.period and h.home = g.home and h.group_id = g.id) as vacant
from open_group g
join (values ('chi-hoi', 'chi-hoi-head'), ('to', 'to-head'), ('nhom', 'nhom-head'), ('cau-lac-bo', 'club-head'),
      ('mang-luoi', 'network-head'), ('to-tu-van', 'to-head')) t on t.column1 = g.type
union all
select p.n, c.code, 'commune-president', null,
       not exists (select 1 from holds h where h.period = p.n and h.home = c.code and h.type = 'commune-president')
from period p, commune c;

insert into figure
select 'officers', period, home, 'vacant', post, c.column1, case c.column1 when 'places' then count(*) else sum(vacant) end
from needed, (values ('places'), ('vacant')) c
group by period, home, post, c.column1;
insert into figure
select 'officers', period, home, 'group-vacant', name, 'vacant', 1 from needed where name is not null and vacant;
