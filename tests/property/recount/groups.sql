-- Report "groups": the groups of a commune and the people in them.
insert into recounted values ('groups', 0);
insert into detail values ('groups', 'core-group');
insert into share values ('groups', 'heads', 'with-head', 'groups'), ('groups', 'heads', 'without-head', 'groups'),
    ('groups', 'core', 'core', 'counted'), ('groups', 'core-group', 'core', 'counted');

-- The group of her record, whatever has become of it, and those joined besides that run on the day in open groups.
create table belongs as
select period, home, id, group_id, is_member, core from person where category <> 'honorary'
union all
select p.period, p.home, p.id, j.group_id, p.is_member, p.core
from person p
join period d on d.n = p.period
join joined j on j.home = p.home and j.member_id = p.id and j.group_id <> p.group_id
    and (j.since is null or j.since <= d.last) and (j.until is null or j.until > d.last)
join open_group g on g.period = p.period and g.home = p.home and g.id = j.group_id
where p.category <> 'honorary';

create table place as
select home, id as group_id, 'type' as section, type as key from grp
union all select home, id, 'basis', coalesce(nullif(basis, ''), '-') from grp
union all select home, id, 'purpose', coalesce(nullif(purpose, ''), '-') from grp
union all select home, id, 'channel', coalesce(nullif(channel, ''), '-') from grp
union all select home, id, 'special-model', '' from grp where special
union all select home, id, 'all', '' from grp;

insert into figure
select 'groups', g.period, g.home, p.section, p.key, 'groups', count(*)
from open_group g join place p on p.home = g.home and p.group_id = g.id
group by g.period, g.home, p.section, p.key;

-- Who belongs to a void group is among all, and in no other row.
with row as (
    select b.*, p.section, p.key
    from belongs b join place p on p.home = b.home and p.group_id = b.group_id and p.section <> 'all'
    union all select b.*, 'all', '' from belongs b)
insert into figure
select 'groups', period, home, section, key, c.column1, case c.column1
    when 'persons' then count(distinct case when is_member then id end)
    when 'memberships' then sum(is_member)
    else count(distinct case when not is_member then id end) end
from row, (values ('persons'), ('memberships'), ('not-yet')) c
group by period, home, section, key, c.column1;

insert into figure
select 'groups', g.period, g.home, 'heads', g.type, c.column1, case c.column1
    when 'groups' then count(*) when 'with-head' then count(h.group_id) else count(*) - count(h.group_id) end
from open_group g
left join headed h on h.period = g.period and h.home = g.home and h.group_id = g.id,
     (values ('groups'), ('with-head'), ('without-head')) c
group by g.period, g.home, g.type, c.column1;

-- Core members of open groups; who holds a post is in neither number of the share.
with one as (
    select distinct b.period, b.home, s.section, case s.section when 'core' then g.type else g.name end as key, b.id, b.core,
        exists (select 1 from holds h join officer o on o.home = h.home and o.id = h.officer_id
                where h.period = b.period and h.home = b.home and o.member_id = b.id) as is_officer
    from belongs b
    join open_group g on g.period = b.period and g.home = b.home and g.id = b.group_id,
         (select 'core' as section union all select 'core-group') s
    where b.is_member)
insert into figure
select 'groups', period, home, section, key, c.column1, case c.column1
    when 'members' then count(*) when 'officers' then sum(is_officer) when 'counted' then sum(not is_officer)
    else sum(core and not is_officer) end
from one, (values ('members'), ('officers'), ('counted'), ('core')) c
group by period, home, section, key, c.column1;
