-- Report "fund": opening + receipts - payments = closing, where the money came from and went to, dues, loans, closed years.
-- Provinces have funds of their own.
insert into recounted values ('fund', 1);
insert into detail values ('fund', 'group');
insert into share values ('fund', 'dues', 'paid', 'liable'), ('fund', 'dues', 'part', 'liable'), ('fund', 'dues', 'unpaid', 'liable');

-- Every entry on its day, and once more with the opposite sign on the day of its reversal.
create table entry as
select e.home, e.id, e.type, e.source, e.purpose, e.member_id, e.support_id, e.dues_year, e.dues_months,
       case when e.level <> '' then e.level when c.code is null then 'province' else 'commune' end as level,
       case when e.level = 'group' then e.group_id else '' end as group_id,
       e.date, r.date as reversed, cast(e.amount as integer) as amount
from all_entries e
left join commune c on c.code = e.home
left join all_reversals r on r.home = e.home and r.entry_id = e.id;
create table fund_line as
select *, date as day, 1 as n from entry
union all
select home, id, type, source, purpose, member_id, support_id, dues_year, dues_months, level, group_id, date, reversed, -amount,
       reversed, -1
from entry where reversed is not null;

-- Each chi hội or tổ has its own balance; what counts is that at the end of a day.
create table fund_day as
select home, level, group_id, day, sum(sum(case type when 'receipt' then amount when 'payment' then -amount else 0 end))
           over (partition by home, level, group_id order by day) as balance,
       coalesce(lead(day) over (partition by home, level, group_id order by day), '9999-12-31') as until
from fund_line group by home, level, group_id, day;

create table fund_row as
select p.n as period, f.home, f.level, f.group_id,
       coalesce((select d.balance from fund_day d where d.home = f.home and d.level = f.level and d.group_id = f.group_id
                 and d.day < p.first and d.until >= p.first), 0) as opening,
       coalesce((select d.balance from fund_day d where d.home = f.home and d.level = f.level and d.group_id = f.group_id
                 and d.day <= p.last and d.until > p.last), 0) as closing,
       coalesce((select sum(l.amount) from fund_line l where l.home = f.home and l.level = f.level and l.group_id = f.group_id
                 and l.type = 'receipt' and l.day between p.first and p.last), 0) as receipts,
       coalesce((select sum(l.amount) from fund_line l where l.home = f.home and l.level = f.level and l.group_id = f.group_id
                 and l.type = 'payment' and l.day between p.first and p.last), 0) as payments,
       coalesce((select sum(julianday(min(d.until, date(p.last, '+1 day'))) - julianday(max(d.day, p.first))) from fund_day d
                 where d.home = f.home and d.level = f.level and d.group_id = f.group_id and d.balance < 0
                 and d.day <= p.last and d.until > p.first), 0) as red
from period p, (select distinct home, level, group_id from entry) f;

with row as (
    select r.*, 'balance' as section, r.level as key from fund_row r
    union all
    select r.*, 'group', coalesce(g.name, '-') from fund_row r left join grp g on g.home = r.home and g.id = r.group_id where r.level = 'group')
insert into figure
select 'fund', period, home, section, key, c.column1, cast(case c.column1
    when 'opening' then sum(opening) when 'receipts' then sum(receipts) when 'payments' then sum(payments)
    when 'closing' then sum(closing) when 'units-in-red' then max(red > 0) else sum(red) end as integer)
from row, (values ('opening'), ('receipts'), ('payments'), ('closing'), ('units-in-red'), ('days-in-red')) c
where not (section = 'group' and c.column1 = 'units-in-red')
group by period, home, section, key, c.column1;

insert into broken
select 'fund', period, home, section, key, 'opening + receipts - payments',
       sum(case col when 'payments' then -value when 'opening' then value when 'receipts' then value else 0 end),
       sum(case col when 'closing' then value else 0 end)
from figure where report = 'fund' and section in ('balance', 'group')
group by period, home, section, key;

insert into figure
select 'fund', p.n, l.home, case l.type when 'receipt' then 'source' when 'payment' then 'purpose' else 'in-kind' end as section,
       case when l.type = 'receipt' then coalesce(nullif(l.source, ''), '-') when l.type = 'payment' then coalesce(nullif(l.purpose, ''), '-')
            else l.type end as key, c.column1, case c.column1 when 'amount' then sum(l.amount) else sum(l.n) end
from period p join fund_line l on l.day between p.first and p.last, (values ('amount'), ('entries')) c
group by p.n, l.home, section, key, c.column1;

-- ---- dues of the year of the last day ----

create table rate as
select p.n as period, (
    select r.id from all_rates r
    join partial b on b.text = r.since
    left join partial e on e.text = r.until
    where r.voided <> 'true' and b.first <= p.last and (e.last is null or e.last >= p.last)
    order by b.first desc limit 1) as id
from period p;

create table dues_entry as
select p.n as period, e.home, e.member_id, e.amount, case e.dues_months when '' then 12 else cast(e.dues_months as integer) end as months
from period p
join entry e on e.type = 'receipt' and e.source = 'dues' and e.dues_year = substr(p.last, 1, 4) and e.date <= p.last
    and (e.reversed is null or e.reversed > p.last);

create table owing as
select p.period, p.home, cast(r.monthly as integer) as monthly,
       min(12, coalesce((select sum(d.months) from dues_entry d where d.period = p.period and d.home = p.home and d.member_id = p.id), 0)) as months,
       coalesce(instr('+' || r.exempt || '+', '+honorary+') > 0 and p.category = 'honorary'
        or instr('+' || r.exempt || '+', '+' || h.standard || '+') > 0 and h.standard in ('poor', 'near-poor', 'policy')
        or instr('+' || r.exempt || '+', '+away+') > 0 and p.is_away
        or instr('+' || r.exempt || '+', '+over-60+') > 0 and date(p.birth, '+60 years') <= d.last
        or instr('+' || r.exempt || '+', '+over-80+') > 0 and date(p.birth, '+80 years') <= d.last, 0) as exempt
from person p
join period d on d.n = p.period
left join rate x on x.period = p.period
left join all_rates r on r.id = x.id
left join all_households h on h.home = p.home and h.id = p.household_id and h.voided <> 'true'
where p.category <> 'not-yet';

insert into figure
select 'fund', period, home, 'dues', '', c.column1, case c.column1
    when 'liable' then sum(not exempt) when 'exempt' then sum(exempt) when 'paid' then sum(not exempt and months = 12)
    when 'part' then sum(not exempt and months between 1 and 11) when 'unpaid' then sum(not exempt and months = 0)
    else sum(case when exempt then 0 else (12 - months) * coalesce(monthly, 0) end) end
from owing, (values ('liable'), ('exempt'), ('paid'), ('part'), ('unpaid'), ('owed')) c
group by period, home, c.column1;
insert into figure
select 'fund', period, home, 'dues', '', 'received', sum(amount) from dues_entry group by period, home;

-- Whole đồng; what division leaves over goes to the largest remainders, one each.
with part as (
    select d.period, d.home, d.received, s.column1 as key, d.received * cast(case s.column1
        when 'group' then r.share_group when 'commune' then r.share_commune when 'district' then r.share_district
        when 'province' then r.share_province else r.share_centre end as integer) as hundredths
    from (select period, home, sum(amount) as received from dues_entry group by period, home) d
    join rate x on x.period = d.period join all_rates r on r.id = x.id,
         (values ('group'), ('commune'), ('district'), ('province'), ('centre')) s),
ranked as (
    select *, row_number() over (partition by period, home order by hundredths % 100 desc) as place,
           received - sum(hundredths / 100) over (partition by period, home) as left_over
    from part)
insert into figure
select 'fund', period, home, 'share', key, 'amount', hundredths / 100 + (place <= left_over) from ranked;

-- ---- money collected while a loan was paid out; closed years ----

insert into figure
select 'fund', p.n, e.home, 'loan', '', c.column1, case c.column1 when 'receipts' then count(*) else sum(e.amount) end
from period p
join entry e on e.type = 'receipt' and e.date between p.first and p.last and (e.reversed is null or e.reversed > p.last),
     (values ('receipts'), ('amount')) c
where exists (select 1 from all_supports s where s.home = e.home and s.voided <> 'true' and s.type = 'loan'
              and (s.id = e.support_id or (s.member_id = e.member_id and e.member_id <> '' and s.date = e.date)))
group by p.n, e.home, c.column1;

insert into figure
select 'fund', p.n, x.home, 'closed', x.year, c.column1, case c.column1 when 'units' then count(*) else sum(cast(x.balance as integer)) end
from period p, all_closings x, (values ('units'), ('balance')) c
group by p.n, x.home, x.year, c.column1;
-- A year is closed with the balance of its last day.
insert into broken
select 'fund', p.n, x.home, 'closed', x.year, 'balance', cast(x.balance as integer), coalesce((
    select sum(case l.type when 'receipt' then l.amount when 'payment' then -l.amount end) from fund_line l
    where l.home = x.home and l.day <= x.year || '-12-31'), 0)
from period p, all_closings x;
