-- Report "data": what is missing in members' records.
insert into recounted values ('data', 0);
insert into detail values ('data', 'groups');
insert into share values ('data', 'fields', 'filled', 'members'), ('data', 'fields', 'missing', 'members'),
    ('data', 'fields', 'asked', 'missing'), ('data', 'fields', 'declined', 'missing');
insert into share select 'data', s.column1, c.column1, c.column2
from (values ('all'), ('groups')) s, (values ('complete', 'members'), ('filled', 'cells'), ('missing', 'cells'),
                                      ('asked', 'missing'), ('declined', 'missing')) c;

-- What may be asked for, by the words of its option and of a question.
create table cell as
with field as (
    select home, id, 'sex' as field, sex as value from all_members
    union all select home, id, 'citizen-no', citizen_no from all_members
    union all select home, id, 'card-no', card_no from all_members
    union all select home, id, 'residence', residence from all_members
    union all select home, id, 'permanent-address', permanent_address from all_members
    union all select home, id, 'present-address', present_address from all_members
    union all select home, id, 'phone', phone from all_members
    union all select home, id, 'ethnic-code', ethnic_code from all_members
    union all select home, id, 'religion', religion from all_members
    union all select home, id, 'education', education from all_members
    union all select home, id, 'profession', profession from all_members
    union all select home, id, 'political-theory', political_theory from all_members
    union all select home, id, 'occupation', occupation from all_members
    union all select home, id, 'nationality', nationality from all_members
    union all select home, id, 'household-head', household_head from all_members
    union all select home, id, 'household-relation', household_relation from all_members)
select p.period, p.home, p.id, coalesce(g.name, 'no-group') as grp, f.field, f.value <> '' as filled, q.state
from person p
join field f on f.home = p.home and f.id = p.id
left join grp g on g.home = p.home and g.id = p.group_id
left join all_households h on h.home = p.home and h.id = p.household_id and h.voided <> 'true'
left join all_questions q on q.home = p.home and q.member_id = p.id and q.field = f.field and q.voided <> 'true'
where p.category <> 'not-yet'
  and (f.value <> '' or case f.field
       when 'nationality' then p.category = 'honorary'  -- whom the Charter does not ask to be Vietnamese
       when 'household-head' then h.id is null          -- else the household names its head
       when 'household-relation' then h.id is null or h.name <> p.name
       else 1 end);

with one as (
    select *, not filled as missing, not filled and state = 'asked' as asked, not filled and state = 'declined' as declined from cell)
insert into figure
select 'data', period, home, 'fields', field, c.column1, case c.column1
    when 'members' then count(*) when 'filled' then sum(filled) when 'missing' then sum(missing)
    when 'asked' then sum(coalesce(asked, 0)) else sum(coalesce(declined, 0)) end
from one, (values ('members'), ('filled'), ('missing'), ('asked'), ('declined')) c
group by period, home, field, c.column1;

with one as (
    select period, home, id, grp, count(*) as cells, sum(filled) as filled, sum(not filled) as missing,
           sum(not filled and coalesce(state, '') = 'asked') as asked, sum(not filled and coalesce(state, '') = 'declined') as declined
    from cell group by period, home, id),
row as (
    select *, 'all' as section, '' as key from one
    union all select *, 'groups', grp from one)
insert into figure
select 'data', period, home, section, key, c.column1, case c.column1
    when 'members' then count(*) when 'complete' then sum(missing = 0) when 'cells' then sum(cells)
    when 'filled' then sum(filled) when 'missing' then sum(missing) when 'asked' then sum(asked) else sum(declined) end
from row, (values ('members'), ('complete'), ('cells'), ('filled'), ('missing'), ('asked'), ('declined')) c
group by period, home, section, key, c.column1;
