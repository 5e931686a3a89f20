-- What targets count: state (on the last day of a period) and flow (day by day), each in a group where it is of one.

create table state as
select x.period, x.home, m.column1 as measure, x.group_id as grp, count(*) as n
from person x, (values ('members'), ('members-present'), ('members-honorary'), ('members-organisation'), ('core'), ('card'),
                ('women-reached')) m
where case m.column1
    when 'members' then x.is_member
    when 'members-present' then x.is_member and not x.is_away
    when 'members-honorary' then x.category = 'honorary'
    when 'members-organisation' then x.category = 'organisation'
    when 'core' then x.is_member and x.core
    when 'card' then x.is_member and x.card
    else x.is_member or x.category = 'not-yet' end
group by x.period, x.home, m.column1, x.group_id
union all
select x.period, x.home, 'households', '', count(distinct h.id)
from person x join all_households h on h.home = x.home and h.id = x.household_id and h.voided <> 'true'
where x.is_member
group by x.period, x.home
union all
select period, home, 'models', '', count(*) from model group by period, home
union all
select g.period, g.home, m.column1, g.id, 1
from open_group g
join (values ('groups', ''), ('special-models', ''), ('groups-chi-hoi', 'chi-hoi'), ('groups-to', 'to'), ('groups-nhom', 'nhom'),
      ('groups-club', 'cau-lac-bo'), ('groups-network', 'mang-luoi'), ('groups-counselling', 'to-tu-van')) m
    on case m.column1 when 'groups' then 1 when 'special-models' then g.special else g.type = m.column2 end
union all
select h.period, h.home, m.column1, h.group_id, count(*)
from holds h
join (values ('chi-hoi-heads', 'chi-hoi-head'), ('chi-hoi-heads-trained', 'chi-hoi-head'), ('presidents', 'commune-president'),
      ('presidents-trained', 'commune-president')) m on m.column2 = h.type
where m.column1 not like '%-trained' or exists (
    select 1 from lesson l where l.period = h.period and l.home = h.home and l.officer_id = h.officer_id)
group by h.period, h.home, m.column1, h.group_id
union all
-- of the year of the last day
select period, home, 'attending', group_id, sum(is_regular) from attender where span = 'year' group by period, home, group_id;

-- Whose dues of a year are paid in full, from which day on; what is paid ahead counts from the year's first day, what is
-- paid or taken back after its last day changes nothing.
create table paid_up as
with paid as (
    select home, member_id, dues_year as year, day, sum(n * case dues_months when '' then 12 else cast(dues_months as integer) end) as months
    from fund_line
    where type = 'receipt' and source = 'dues' and member_id <> '' and dues_year <> ''
    group by home, member_id, dues_year, day),
full as (
    select *, sum(months) over (partition by home, member_id, year order by day) >= 12 as is_full from paid),
turned as (
    select *, is_full - coalesce(lag(is_full) over (partition by home, member_id, year order by day), 0) as n from full)
select home, max(day, year || '-01-01') as day, n from turned where n <> 0 and substr(day, 1, 4) <= year;

create table flow as
select home, 'activities' as measure, group_id as grp, date as day, 1 as n from all_activities where voided <> 'true'
union all select home, 'commendations', '', day, 1 from commended
union all select home, 'supports', '', day, times from helped
union all select home, 'supported-women', '', day, not_named from helped
union all select home, 'dues-paid', '', day, n from paid_up
-- persons once a calendar year, on the first day
union all select home, 'persons-honoured', '', min(day), 1 from commended where who <> '' group by home, who, substr(day, 1, 4)
union all select home, 'supported-women', '', min(day), 1 from helped where who <> '' group by home, who, substr(day, 1, 4);
