-- Report "support": care for the lives of members and women, in times and persons.
insert into recounted values ('support', 0);
insert into detail values ('support', 'group');
insert into share select 'support', s.column1, c.column1, 'persons'
from (values ('all'), ('type'), ('programme'), ('source'), ('quarter'), ('group')) s, (values ('members'), ('others'), ('not-named')) c;

-- Names without tones and capitals, of those that differ in nothing else.
create table folded (name text primary key, fold text);
insert into folded values ('Lê Thị Hòa', 'le thi hoa'), ('LÊ THỊ HOÀ', 'le thi hoa'), ('Lê Thị Hoa', 'le thi hoa'),
    ('Phạm Thị Đào', 'pham thi dao'), ('Phạm thị dao', 'pham thi dao');

-- Each with whom it is about: a member by her record, another woman by her name; '': nobody is named.
create table helped as
select s.home, s.id, s.type, s.source, s.programme_id, d.last as day, cast(s.value as integer) as value,
       max(cast(s.persons as integer), 1) as times, s.member_id,
       case when s.member_id <> '' then 'member ' || s.member_id when s.name <> '' then 'name ' || coalesce(f.fold, s.name) else '' end as who,
       case when s.member_id <> '' or s.name <> '' then max(cast(s.persons as integer) - 1, 0) else cast(s.persons as integer) end as not_named,
       exists (select 1 from stretch t join member m on m.home = t.home and m.id = t.member_id and m.category <> 'not-yet'
               where t.home = s.home and t.member_id = s.member_id and t.since <= d.last and t.until > d.last) as as_member
from all_supports s
join partial d on d.text = s.date
left join folded f on f.name = s.name
where s.voided <> 'true';

with row as (
    select h.*, 'all' as section, '' as key from helped h
    union all select h.*, 'type', coalesce(nullif(h.type, ''), '-') from helped h
    union all select h.*, 'programme', coalesce(p.name, '-') from helped h left join programme p on p.id = h.programme_id
    union all select h.*, 'source', coalesce(nullif(h.source, ''), '-') from helped h
    union all select h.*, 'quarter', substr(h.day, 1, 4) || '-Q' || ((cast(substr(h.day, 6, 2) as integer) + 2) / 3) from helped h
    union all select h.*, 'group', coalesce(g.name, 'no-group') from helped h
        left join member m on m.home = h.home and m.id = h.member_id
        left join grp g on g.home = m.home and g.id = m.group_id)
insert into figure
select 'support', p.n, r.home, r.section, r.key, c.column1, case c.column1
    when 'times' then sum(r.times)
    when 'persons' then count(distinct nullif(r.who, '')) + sum(r.not_named)
    when 'members' then count(distinct case when r.as_member then r.who end)
    -- nobody is both: who once was helped as a member is among them
    when 'others' then count(distinct nullif(r.who, '')) - count(distinct case when r.as_member then r.who end)
    when 'not-named' then sum(r.not_named)
    else sum(r.value) end
from period p join row r on r.day between p.first and p.last,
     (values ('times'), ('persons'), ('members'), ('others'), ('not-named'), ('value')) c
group by p.n, r.home, r.section, r.key, c.column1;
