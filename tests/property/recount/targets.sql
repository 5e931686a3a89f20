-- Targets: of each commune on the last day of each period, decided on whole numbers; and the province's summary.
-- target_file and population_file are what was imported, in the order in which it was.

-- What happened, day by day: `n` of the measure, and persons, each once a calendar year.
create table flow as
select home, 'activities' as measure, date as day, 1 as n, null as who from all_activities where voided <> 'true'
union all select home, 'commendations', day, 1, null from commended
union all select home, 'persons-honoured', day, 0, nullif(who, '') from commended
union all select home, 'supports', day, times, null from helped
union all select home, 'supported-women', day, not_named, nullif(who, '') from helped;

create table line as
with counted as (
    select p.n as period, p.last, c.code as home, m.column1 as measure, case
        when m.column1 in ('members', 'members-present', 'members-honorary', 'members-organisation', 'core', 'card', 'women-reached') then (
            select count(*) from person x where x.period = p.n and x.home = c.code and case m.column1
                when 'members' then x.is_member
                when 'members-present' then x.is_member and not x.is_away
                when 'members-honorary' then x.category = 'honorary'
                when 'members-organisation' then x.category = 'organisation'
                when 'core' then x.is_member and x.core
                when 'card' then x.is_member and x.card
                else x.is_member or x.category = 'not-yet' end)
        when m.column1 = 'households' then (
            select count(distinct h.id) from person x
            join all_households h on h.home = x.home and h.id = x.household_id and h.voided <> 'true'
            where x.period = p.n and x.home = c.code and x.is_member)
        when m.column1 = 'models' then (select count(*) from model x where x.period = p.n and x.home = c.code)
        when m.column1 in ('groups', 'special-models') or m.column2 in ('chi-hoi', 'to', 'nhom', 'cau-lac-bo', 'mang-luoi', 'to-tu-van') then (
            select count(*) from open_group g where g.period = p.n and g.home = c.code and case m.column1
                when 'groups' then 1 when 'special-models' then g.special else g.type = m.column2 end)
        when m.column2 in ('chi-hoi-head', 'commune-president') then (
            select count(*) from holds h where h.period = p.n and h.home = c.code and h.type = m.column2
            and (m.column1 not like '%-trained' or exists (
                select 1 from lesson l where l.period = h.period and l.home = h.home and l.officer_id = h.officer_id)))
        end as numerator
    from period p, commune c,
         (values ('members', ''), ('members-present', ''), ('members-honorary', ''), ('members-organisation', ''), ('households', ''),
          ('core', ''), ('card', ''), ('women-reached', ''), ('models', ''), ('groups', ''), ('special-models', ''),
          ('groups-chi-hoi', 'chi-hoi'), ('groups-to', 'to'), ('groups-nhom', 'nhom'), ('groups-club', 'cau-lac-bo'),
          ('groups-network', 'mang-luoi'), ('groups-counselling', 'to-tu-van'), ('chi-hoi-heads', 'chi-hoi-head'),
          ('chi-hoi-heads-trained', 'chi-hoi-head'), ('presidents', 'commune-president'),
          ('presidents-trained', 'commune-president')) m),
-- Issued by the commune or above it, for every commune or this one, its term begun; of an issuer's terms the latest.
applying as (
    select t.rowid as seq, t.*, p.n as period, p.last, c.code as home
    from target_file t, period p, commune c
    where t.unit in ('', c.code) and t.term_from <= p.last
      and not exists (select 1 from target_file l where l.issuer = t.issuer and l.term_from > t.term_from and l.term_from <= p.last)),
given as (
    select a.seq, a.period, a.home, a.title, a.term, a.deadline, a.document, a.measure, a.form, a.comparator, a.decides, a.baseline,
           a.baseline_date, a.denominator as denominator_type,
           case when a.measure not in (select measure from counted) then coalesce((
               select sum(w.n) + count(distinct w.who || substr(w.day, 1, 4)) from flow w
               where w.home = a.home and w.measure = a.measure and w.day between a.term_from and a.last), 0)
           else n.numerator end as numerator, cast(f.value as integer) as denominator, f.source, f.as_of as source_date,
           case when a.form in ('ratio', 'none-below') then cast(round(cast(a.threshold as real) * 10000) as integer)
                else cast(a.threshold as integer) end as wanted,
           case when a.comparator in ('at-least', 'above') then 1 else -1 end as sign,
           a.comparator in ('above', 'below') as strict
    from applying a
    left join counted n on n.period = a.period and n.home = a.home and n.measure = a.measure
    left join population_file f on f.unit = a.home and f.term = a.term and f.term_level = a.term_level and f.type = a.denominator),
-- How far beyond the threshold, in steps of which `step` make one member; null: not enough data.
reached as (
    select *, case when form in ('ratio', 'none-below') then 1000000 else 1 end as step, sign * case form
        when 'number' then numerator - wanted
        when 'increase' then numerator - cast(nullif(baseline, '') as integer) - wanted
        else case when denominator > 0 then numerator * 1000000 - wanted * denominator end end as over
    from given)
select *, case when over is null then 'no-verdict'
               when over < 0 or (over = 0 and strict) then 'not-met'
               when over > 0 and not strict and form <> 'none-below' then 'exceeded'
               else 'met' end as verdict,
       case when over is null then null
            when over > 0 or (over = 0 and not strict) then 0
            when strict then -over / step + 1
            else (-over + step - 1) / step end as missing,
       -- 100 n / d rounded half up to 4 places
       case when denominator > 0 then printf('%d.%04d', (2 * numerator * 1000000 + denominator) / (2 * denominator) / 10000,
                                             (2 * numerator * 1000000 + denominator) / (2 * denominator) % 10000) else '' end as ratio
from reached;

create table standing as
select p.n as period, c.code as home, case
    when coalesce(sum(l.decides = 'yes' and l.verdict = 'not-met'), 0) > 0 then 'not-met'
    when coalesce(sum(l.decides = 'yes'), 0) = 0 or sum(l.decides = 'yes' and l.verdict = 'no-verdict') > 0 then 'no-verdict'
    else 'met' end as word
from period p join commune c left join line l on l.period = p.n and l.home = c.code
group by p.n, c.code;

create table below as select period, home from standing where word = 'not-met';

-- ---- cells of the reports on targets, all as texts ----

create table fact (report text, period integer, code text, key text, col text, value text);

create table line_cell as
select l.period, l.home, l.seq, l.title, c.column1 as col, cast(coalesce(case c.column1
    when 'term' then l.term when 'deadline' then l.deadline when 'document' then l.document when 'measure' then l.measure
    when 'form' then l.form when 'comparator' then l.comparator when 'decides' then case l.decides when 'yes' then 'true' else 'false' end
    when 'baseline' then l.baseline when 'baseline_date' then case when l.baseline <> '' then l.baseline_date end
    when 'numerator' then l.numerator when 'denominator' then l.denominator when 'denominator_type' then nullif(l.denominator_type, '')
    when 'ratio' then l.ratio
    when 'threshold' then case when l.step = 1 then l.wanted else printf('%d.%04d', l.wanted / 10000, l.wanted % 10000) end
    when 'verdict' then l.verdict when 'missing' then l.missing when 'source' then l.source
    when 'source_date' then l.source_date end, '') as text) as value
from line l,
     (values ('term'), ('deadline'), ('document'), ('measure'), ('form'), ('comparator'), ('decides'), ('baseline'),
      ('baseline_date'), ('numerator'), ('denominator'), ('denominator_type'), ('ratio'), ('threshold'), ('verdict'), ('missing'),
      ('source'), ('source_date')) c;

insert into fact select 'target', period, home, title, col, value from line_cell where period = (select max(n) from period);

-- One commune in full: its targets, and its groups with who belongs to them on the day.
insert into fact select 'commune', period, home, 'target ' || title, col, value from line_cell;
insert into fact select 'commune', period, home, 'commune', 'standing', word from standing;
insert into fact select 'commune', n, code, 'commune', 'as_of', last from period, commune;
with member_of as (
    select period, home, id, group_id, category from person
    union all
    select p.period, p.home, p.id, j.group_id, p.category
    from person p join period d on d.n = p.period
    join joined j on j.home = p.home and j.member_id = p.id and j.group_id <> p.group_id
        and (j.since is null or j.since <= d.last) and (j.until is null or j.until > d.last)),
one as (
    select p.n as period, g.home, a.name, g.type,
           (select count(*) from member_of m where m.period = p.n and m.home = g.home and m.group_id = g.id
            and m.category in ('ordinary', 'organisation')) as members,
           (select count(*) from member_of m where m.period = p.n and m.home = g.home and m.group_id = g.id
            and m.category = 'honorary') as honorary
    from period p, grp g join all_groups a on a.home = g.home and a.id = g.id)
insert into fact
select 'commune', period, home, 'group ' || name || ' ' || type || ' '
       || row_number() over (partition by period, home, name, type, c.column1 order by members, honorary),
       c.column1, case c.column1 when 'members' then members else honorary end
from one, (values ('members'), ('honorary')) c;

-- The first target that decides stands in the province's row of a commune.
insert into fact
select 'province', period, home, '', col, value
from line_cell l
where l.seq = (select min(seq) from line x where x.period = l.period and x.home = l.home and x.decides = 'yes')
  and l.col in ('numerator', 'denominator', 'denominator_type', 'ratio', 'threshold', 'verdict', 'missing', 'source', 'source_date');
insert into fact select 'province', period, home, '', 'standing', word from standing;
