-- What all reports stand on, from the exported records: all_TABLE (with the unit whose records they are in `home`), and
-- period (n, first, last). Void records are left out here, once. Days are texts yyyy-mm-dd, whose order is that of time.

-- The last and the first possible day of every partial date that occurs ('' has none).
create table partial (text text primary key, last text, first text);
insert or ignore into partial (text)
select founded from all_groups union select closed from all_groups union select since from all_memberships
union select until from all_memberships union select date from all_events union select residence_since from all_members
union select away_since from all_members union select since from all_posts union select until from all_posts
union select date from all_courses union select date from all_supports union select started from all_models
union select birth from all_members union select since from all_rates union select until from all_rates
union select date from all_replications union select date from all_commendations union select since from all_pairings
union select until from all_pairings;
update partial set last = case length(text)
    when 4 then text || '-12-31'
    when 7 then date(text || '-01', '+1 month', '-1 day')
    when 10 then text end,
    first = case when text <> '' then substr(text || '-01-01', 1, 10) end;

-- Whether something runs on a day: [since, until) of partial dates, where '' does not limit, by join:
--   (since is null or since <= day) and (until is null or until > day)
create table grp as
select g.home, g.id, g.type, g.parent_id, g.basis, g.channel, g.purpose, g.special_model = 'true' as special,
       (select last from partial where text = g.founded) as since, (select last from partial where text = g.closed) as until,
       -- in the order of ids a second "Chi hội 1" is "Chi hội 1 (2)"
       g.name || case when g.n > 1 then ' (' || g.n || ')' else '' end as name
from (select *, row_number() over (partition by home, name order by id) as n from all_groups where voided <> 'true') g;

create table member as
select home, id, name, group_id, case category when '' then 'ordinary' else category end as category, sex,
       core = 'true' as core, card_no <> '' or card_issued <> '' as card, household_id,
       (select last from partial where text = away_since) as away, (select last from partial where text = birth) as birth,
       case residence
           when 'elsewhere' then '9999-12-31'
           when 'temporary' then coalesce(
               -- six calendar months later, or that month's last day
               (select min(date(last, '+6 months'), date(last, 'start of month', '+7 months', '-1 day'))
                from partial where text = residence_since), '9999-12-31')
           else '' end as counts_from
from all_members where voided <> 'true';

-- Programmes lie in the province's stream, and communes name them.
create table programme as
select id, name || case when n > 1 then ' (' || n || ')' else '' end as name, planned_value, planned_persons, planned_communes
from (select *, row_number() over (partition by name order by id) as n from all_programmes where voided <> 'true');

create table joined as
select home, member_id, group_id, (select last from partial where text = since) as since,
       (select last from partial where text = until) as until
from all_memberships where voided <> 'true';

-- ---- standing: when a member counts ----

create table event_type (type text primary key, rank integer, enters integer);
insert into event_type values ('joined', 1, 1), ('moved-in', 2, 1), ('returned', 3, 1), ('moved-out', 4, 0), ('left', 5, 0),
    ('removed', 6, 0), ('died', 7, 0);

-- Her events in their order up to her death. She stood before the first unless it enters.
create table turn as
select home, member_id, n, day, type, enters
from (select e.home, e.member_id, p.last as day, e.type, t.enters, row_number() over w as n,
             coalesce(lag(t.enters) over w, not t.enters) as stood,
             sum(e.type = 'died') over (w rows between unbounded preceding and current row) - (e.type = 'died') as deaths
      from all_events e
      join event_type t on t.type = e.type
      join partial p on p.text = e.date
      where e.voided <> 'true'
      window w as (partition by e.home, e.member_id order by p.last, t.rank, e.id))
where deaths = 0 and stood <> enters; -- an event that changes nothing counts nothing

-- [since, until) in which she stands; begun_by 'resident': no event does.
create table stretch as
select home, member_id, since, until, begun_by, ended_by
from (select m.home, m.id as member_id, max(b.day, m.counts_from) as since,
             case when m.counts_from > b.day then 'resident' else b.type end as begun_by,
             coalesce(e.day, '9999-12-31') as until, e.type as ended_by
      from member m
      join (select home, id as member_id, 0 as n, '' as day, 'resident' as type from member
            where not exists (select 1 from turn t where t.home = member.home and t.member_id = member.id
                              and t.enters and t.n = (select min(n) from turn f where f.home = t.home
                                                      and f.member_id = t.member_id))
            union all
            select home, member_id, n, day, type from turn where enters) b
          on b.home = m.home and b.member_id = m.id
      left join turn e on e.home = m.home and e.member_id = m.id and not e.enters
          and e.n = (select min(n) from turn l where l.home = m.home and l.member_id = m.id and not l.enters and l.n > b.n))
where since < until;

-- Who stands on the last day of a period.
create table person as
select p.n as period, m.*, m.category in ('ordinary', 'organisation') as is_member, coalesce(m.away <= p.last, 0) as is_away
from period p
join stretch s on s.since <= p.last and s.until > p.last
join member m on m.home = s.home and m.id = s.member_id;

-- ---- groups and officers on the last day ----

create table open_group as
select p.n as period, g.*
from period p
join grp g on (g.since is null or g.since <= p.last) and (g.until is null or g.until > p.last);

create table officer as
select o.home, o.id, o.member_id, coalesce(nullif(o.sex, ''), m.sex, '') as sex
from all_officers o
left join member m on m.home = o.home and m.id = o.member_id
where o.voided <> 'true';

create table holds as
select p.n as period, t.home, t.officer_id, t.type, t.group_id
from period p
join (select home, officer_id, type, group_id, (select last from partial where text = since) as since,
             (select last from partial where text = until) as until
      from all_posts where voided <> 'true') t
    on (t.since is null or t.since <= p.last) and (t.until is null or t.until > p.last)
join officer o on o.home = t.home and o.id = t.officer_id;

create table head_type (type text primary key);
insert into head_type values ('chi-hoi-head'), ('to-head'), ('nhom-head'), ('club-head'), ('network-head');

create table headed as
select distinct period, home, group_id from holds where type in (select type from head_type) and group_id <> '';

-- Courses of the province, as communes read them.
create table read_course as
select c.home, c.id from all_courses c join commune m on m.code = c.home
where c.id in (select x.id from all_courses x join province v on v.code = x.home);

-- ---- what comes out ----

-- Every figure that is not 0; and which columns are also a share of which; and sections that only a commune's report has.
create table figure (report text, period integer, home text, section text, key text, col text, value integer);
create table share (report text, section text, col text, whole text);
create table detail (report text, section text);
-- What a sum leaves out of a column: what a commune counts of its province, for which it is counted itself.
create table above (report text, section text, col text, of_above text);
create table recounted (report text primary key, also_province integer);
-- Identities between columns that the recount itself must hold.
create table broken (report text, period integer, home text, section text, key text, col text, value integer, wanted integer);
