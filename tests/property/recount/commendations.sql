-- Report "commendations": who was commended, by whom and for what. Provinces commend too.
insert into recounted values ('commendations', 1);
insert into detail values ('commendations', 'group');
insert into share select 'commendations', s.column1, c.column1, c.column2
from (values ('all'), ('level'), ('award'), ('ground'), ('year'), ('group')) s,
     (values ('to-persons', 'commendations'), ('to-groups', 'commendations'), ('to-others', 'commendations'), ('members', 'persons')) c;
insert into share select 'commendations', 'communes', c.column1, 'communes'
from (values ('with-commendations'), ('with-person'), ('with-2-persons')) c;

-- A person comes before a group, and a group before another name; an officer who is a member is one person.
create table commended as
select c.home, c.id, c.level, c.award, c.ground, c.programme_id, d.last as day, c.group_id,
       case when c.member_id <> '' or c.officer_id <> '' then 'to-persons' when c.group_id <> '' then 'to-groups' else 'to-others' end as whom,
       coalesce(nullif(c.member_id, ''), nullif(o.member_id, ''), '') as member_id,
       coalesce(nullif(c.member_id, ''), nullif(o.member_id, ''), nullif(c.officer_id, ''), '') as who
from all_commendations c
join partial d on d.text = c.date
left join officer o on o.home = c.home and o.id = c.officer_id
where c.voided <> 'true';

create table praise as
select p.n as period, c.*, coalesce(g.name, case c.group_id when '' then h.name end, 'no-group') as grp,
       exists (select 1 from stretch t join member x on x.home = t.home and x.id = t.member_id and x.category <> 'not-yet'
               where t.home = c.home and t.member_id = c.member_id and t.since <= c.day and t.until > c.day) as as_member
from period p
join commended c on c.day between p.first and p.last
left join grp g on g.home = c.home and g.id = c.group_id
left join member m on m.home = c.home and m.id = c.member_id
left join grp h on h.home = m.home and h.id = m.group_id;

with row as (
    select p.*, 'all' as section, '' as key from praise p
    union all select p.*, 'level', p.level from praise p
    union all select p.*, 'award', p.award from praise p
    union all select p.*, 'ground', coalesce(nullif(p.ground, ''), '-') from praise p
    union all select p.*, 'year', substr(p.day, 1, 4) from praise p
    union all select p.*, 'group', p.grp from praise p)
insert into figure
select 'commendations', period, home, section, key, c.column1, case c.column1
    when 'commendations' then count(*) when 'persons' then count(distinct nullif(who, ''))
    when 'members' then count(distinct case when as_member then who end)
    else sum(whom = c.column1) end
from row, (values ('commendations'), ('to-persons'), ('to-groups'), ('to-others'), ('persons'), ('members')) c
group by period, home, section, key, c.column1;

insert into figure
select 'commendations', p.n, m.code, 'communes', '', c.column1, case c.column1
    when 'communes' then 1 when 'with-commendations' then count(x.id) > 0 when 'with-person' then count(distinct nullif(x.who, '')) > 0
    else count(distinct nullif(x.who, '')) >= 2 end
from period p, commune m
left join praise x on x.period = p.n and x.home = m.code,
     (values ('communes'), ('with-commendations'), ('with-person'), ('with-2-persons')) c
group by p.n, m.code, c.column1;
