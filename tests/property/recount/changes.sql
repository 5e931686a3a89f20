-- Report "changes": opening + joined + moved in + returned + resident - moved out - left - removed - died = closing.
insert into recounted values ('changes', 0);
insert into detail values ('changes', 'group');

with one as (
    select s.*, coalesce(g.name, 'no-group') as grp
    from stretch s
    join member m on m.home = s.home and m.id = s.member_id and m.category in ('ordinary', 'organisation')
    left join grp g on g.home = m.home and g.id = m.group_id),
move as (
    select p.n as period, o.home, o.grp, 'opening' as col
    from period p join one o on o.since < p.first and o.until >= p.first
    union all select p.n, o.home, o.grp, o.begun_by from period p join one o on o.since between p.first and p.last
    union all select p.n, o.home, o.grp, o.ended_by from period p join one o on o.until between p.first and p.last
    union all select p.n, o.home, o.grp, 'closing' from period p join one o on o.since <= p.last and o.until > p.last)
insert into figure
select 'changes', period, home, 'all', '', col, count(*) from move group by period, home, col
union all
select 'changes', period, home, 'group', grp, col, count(*) from move group by period, home, grp, col;

-- The identity between the columns, of its own.
insert into broken
select 'changes', period, home, section, key, 'opening + ... = closing', sum(case
    when col in ('opening', 'joined', 'moved-in', 'returned', 'resident') then value
    when col = 'closing' then 0 else -value end), sum(case col when 'closing' then value else 0 end)
from figure where report = 'changes'
group by period, home, section, key;
