-- Targets: of each commune on the last day of each period, decided on whole numbers; and the province's summary.
-- target_file and population_file are what was imported, in the order in which it was.

-- Issued by the commune or above it, for every commune or this one, its term begun; of an issuer's terms the latest.
create table applying as
select t.rowid as seq, t.*, p.n as of_period, p.last, c.code as home,
       -- the first day of what happens
       case t.period when 'year' then substr(p.last, 1, 4) || '-01-01'
            when 'quarter' then date(p.last, 'start of month', '-' || ((substr(p.last, 6, 2) + 2) % 3) || ' months')
            else t.term_from end as since,
       t.denominator not in ('', 'women-18-plus', 'women-18-eligible', 'women-18-present', 'households-with-woman-18-plus') as of_measure,
       t.form in ('ratio', 'none-below') or (t.form not in ('number', 'increase') and t.denominator <> '') as is_ratio
from target_file t, period p, commune c
where t.unit in ('', c.code) and t.term_from <= p.last
  and not exists (select 1 from target_file l where l.issuer = t.issuer and l.term_from > t.term_from and l.term_from <= p.last);

create table counted as
select a.seq, a.of_period as period, a.home, w.column1 as part, s.grp, s.n
from applying a, (values ('numerator'), ('denominator')) w
join state s on s.period = a.of_period and s.home = a.home
    and s.measure = case w.column1 when 'numerator' then a.measure else a.denominator end
union all
select a.seq, a.of_period, a.home, w.column1, f.grp, f.n
from applying a, (values ('numerator'), ('denominator')) w
join flow f on f.home = a.home and f.day between a.since and a.last
    and f.measure = case w.column1 when 'numerator' then a.measure else a.denominator end;

create index counted_line on counted (seq, period, home, part);

-- The figure of the commune (grp is null), and that of each group that must reach it.
create table given as
with place as (
    select seq, of_period as period, home, null as grp from applying
    union all
    select a.seq, a.of_period, a.home, s.grp from applying a
    join state s on a.form = 'each-group' and s.period = a.of_period and s.home = a.home
        and s.measure = coalesce(nullif(a."groups", ''), 'groups'))
select a.seq, x.period, a.home, x.grp, a.title, a.term, a.deadline, a.document, a.measure, a.form, a.comparator, a.decides, a.baseline,
       a.baseline_date, a.denominator as denominator_type, a.period as every, a.units_comparator, a.units_threshold, a.is_ratio,
       (select coalesce(sum(n), 0) from counted c where c.seq = x.seq and c.period = x.period and c.home = x.home
        and c.part = 'numerator' and (x.grp is null or c.grp = x.grp)) as numerator,
       case when a.of_measure then
           (select coalesce(sum(n), 0) from counted c where c.seq = x.seq and c.period = x.period and c.home = x.home
            and c.part = 'denominator' and (x.grp is null or c.grp = x.grp))
           else cast(f.value as integer) end as denominator, f.source, f.as_of as source_date,
       case when a.is_ratio then cast(round(cast(a.threshold as real) * 10000) as integer)
            else cast(a.threshold as integer) end as wanted,
       case when a.comparator in ('at-least', 'above') then 1 else -1 end as sign,
       a.comparator in ('above', 'below') as strict
from place x
join applying a on a.seq = x.seq and a.of_period = x.period and a.home = x.home
left join population_file f on f.unit = a.home and f.term = a.term and f.term_level = a.term_level and f.type = a.denominator;

-- How far beyond the threshold, in steps of which `step` make one member; null: not enough data.
create view decided as
with beyond as (
    select *, case when is_ratio then 1000000 else 1 end as step, case
        when is_ratio then case when denominator > 0 then numerator * 1000000 - wanted * denominator end
        when form = 'increase' then numerator - cast(nullif(baseline, '') as integer) - wanted
        else numerator - wanted end as more
    from given),
reached as (
    select *, case comparator when 'equal' then -abs(more) else sign * more end as over from beyond)
select *, case when over is null then 'no-verdict'
               when over < 0 or (over = 0 and strict) then 'not-met'
               when over > 0 and not strict and form in ('ratio', 'number', 'increase') then 'exceeded'
               else 'met' end as word,
       case when over is null then null
            when over > 0 or (over = 0 and not strict) then 0
            when strict then -over / step + 1
            else (-over + step - 1) / step end as lacking,
       -- 100 n / d rounded half up to 4 places
       case when denominator > 0 then printf('%d.%04d', (2 * numerator * 1000000 + denominator) / (2 * denominator) / 10000,
                                             (2 * numerator * 1000000 + denominator) / (2 * denominator) % 10000) else '' end as ratio
from reached;

create table line as
with grouped as (
    select seq, period, home, count(*) as units, sum(word = 'met') as units_met, sum(word = 'no-verdict') as units_open
    from decided where grp is not null group by seq, period, home)
-- each group counts, and its count decides
select d.*, case when d.form = 'each-group' then coalesce(g.units, 0) end as units,
       case when d.form = 'each-group' then coalesce(g.units_met, 0) end as units_met,
       case when d.form = 'each-group' then coalesce(g.units_open, 0) end as units_open,
       case when d.form <> 'each-group' then d.word
            when g.units_met + g.units_open < g.units then 'not-met'
            when g.units is null or g.units_open > 0 then 'no-verdict'
            else 'met' end as verdict,
       case when d.form <> 'each-group' then d.lacking
            when g.units_met + g.units_open < g.units then g.units - g.units_met
            when g.units is null or g.units_open > 0 then null
            else 0 end as missing
from decided d
left join grouped g on g.seq = d.seq and g.period = d.period and g.home = d.home
where d.grp is null;

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

create view line_cell as
select l.period, l.home, l.seq, l.title, c.column1 as col, cast(coalesce(case c.column1
    when 'term' then l.term when 'deadline' then l.deadline when 'document' then l.document when 'measure' then l.measure
    when 'form' then l.form when 'comparator' then l.comparator when 'decides' then case l.decides when 'yes' then 'true' else 'false' end
    when 'baseline' then l.baseline when 'baseline_date' then case when l.baseline <> '' then l.baseline_date end
    when 'numerator' then l.numerator when 'denominator' then l.denominator when 'denominator_type' then nullif(l.denominator_type, '')
    when 'ratio' then l.ratio
    when 'threshold' then case when l.step = 1 then l.wanted else printf('%d.%04d', l.wanted / 10000, l.wanted % 10000) end
    when 'period' then coalesce(nullif(l.every, ''), 'term') when 'units' then l.units when 'units_met' then l.units_met
    when 'units_open' then l.units_open when 'units_comparator' then l.units_comparator
    when 'units_threshold' then case l.form when 'units-share' then printf('%.4f', l.units_threshold) else l.units_threshold end
    when 'verdict' then l.verdict when 'missing' then l.missing when 'source' then l.source
    when 'source_date' then l.source_date end, '') as text) as value
from line l,
     (values ('term'), ('deadline'), ('document'), ('measure'), ('form'), ('comparator'), ('decides'), ('baseline'),
      ('baseline_date'), ('period'), ('units'), ('units_met'), ('units_open'), ('units_comparator'), ('units_threshold'),
      ('numerator'), ('denominator'), ('denominator_type'), ('ratio'), ('threshold'), ('verdict'), ('missing'),
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
