-- What was said against what was recounted. A row that a report leaves out has zeros; nothing may be said twice.
-- said (report, period, source, scope, code, section, key, col, value, whole); scope: 'commune' or 'province'.

create table expected as
select f.report, f.period, 'commune' as scope, f.home as code, f.section, f.key, f.col, f.value
from figure f join commune c on c.code = f.home
union all
select f.report, f.period, 'province', case when c.code is null then f.home || '-own' else f.home end, f.section, f.key, f.col, f.value
from figure f
join recounted r on r.report = f.report
left join commune c on c.code = f.home
where not exists (select 1 from detail d where d.report = f.report and d.section = f.section)
  and (c.code is not null or r.also_province)
union all
-- a province's figures are the sums of its communes' and of what it keeps itself
select f.report, f.period, 'province', (select code from province), f.section, f.key, f.col, sum(f.value)
from (select * from figure
      union all
      select g.report, g.period, g.home, g.section, g.key, a.col, -g.value
      from figure g join above a on a.report = g.report and a.section = g.section and a.of_above = g.col) f
join recounted r on r.report = f.report
left join commune c on c.code = f.home
where not exists (select 1 from detail d where d.report = f.report and d.section = f.section)
  and (c.code is not null or r.also_province)
group by f.report, f.period, f.section, f.key, f.col;
create index expected_cell on expected (report, period, scope, code, section, key, col);
create index said_cell on said (report, period, scope, code, section, key, col);

select 'told wrong: ' || s.report || ' of ' || s.source || ', period ' || s.period || ', ' || s.code || ': ' || s.section || ' "' || s.key
       || '" ' || s.col || ' is ' || s.value || ', recounted ' || coalesce(e.value, 0)
from said s
left join expected e using (report, period, scope, code, section, key, col)
where coalesce(nullif(s.value, ''), '0') <> cast(coalesce(e.value, 0) as text);

select 'not told: ' || e.report || ' of ' || o.source || ', period ' || e.period || ', ' || e.code || ': ' || e.section || ' "' || e.key
       || '" ' || e.col || ', recounted ' || e.value
from expected e
join (select distinct report, period, source, scope, code from said) o
    on o.report = e.report and o.period = e.period and o.scope = e.scope and o.code = e.code
where e.value <> 0 and not exists (
    select 1 from said s where s.report = e.report and s.period = e.period and s.source = o.source and s.scope = e.scope
    and s.code = e.code and s.section = e.section and s.key = e.key and s.col = e.col);

select 'told twice: ' || report || ' of ' || source || ', period ' || period || ', ' || code || ': ' || section || ' "' || key || '" ' || col
from said group by report, period, source, scope, code, section, key, col having count(*) > 1;

select 'share of what: ' || s.report || ' of ' || s.source || ', period ' || s.period || ', ' || s.code || ': ' || s.section || ' "' || s.key
       || '" ' || s.col || ' is of ' || coalesce(s.whole, '') || ', recounted ' || coalesce(h.whole || ' ' || coalesce(e.value, 0), 'nothing')
from said s
left join share h on h.report = s.report and h.section = s.section and h.col = s.col
left join expected e on e.report = s.report and e.period = s.period and e.scope = s.scope and e.code = s.code
    and e.section = s.section and e.key = s.key and e.col = h.whole
where coalesce(s.whole, '') <> case when h.whole is null then '' else cast(coalesce(e.value, 0) as text) end;

select 'does not add up: ' || report || ', period ' || period || ', ' || home || ': ' || section || ' "' || key || '" ' || col || ' makes '
       || value || ' and is ' || wanted
from broken where value <> wanted;

-- told (report, period, source, code, key, col, value): the cells of the reports on targets.
select 'told wrong: ' || t.report || ' of ' || t.source || ', period ' || t.period || ', ' || t.code || ': "' || t.key || '" ' || t.col
       || ' is "' || t.value || '", recounted "' || coalesce(f.value, '') || '"'
from told t
left join fact f using (report, period, code, key, col)
where t.value <> coalesce(f.value, '');

select 'not told: ' || f.report || ' of ' || o.source || ', period ' || f.period || ', ' || f.code || ': "' || f.key || '" ' || f.col
       || ', recounted "' || f.value || '"'
from fact f
join (select distinct report, period, source, code from told) o on o.report = f.report and o.period = f.period and o.code = f.code
where f.value <> '' and not exists (
    select 1 from told t where t.report = f.report and t.period = f.period and t.source = o.source and t.code = f.code
    and t.key = f.key and t.col = f.col);

select 'not recounted: ' || report from said where report not in (select report from recounted) group by report;

-- What was compared, so that nothing is taken for everything.
select '= figures ' || (select count(*) from said) || ', not zero ' || (select count(*) from said where value <> '0') || ', cells of targets '
       || (select count(*) from told) || ', records ' || (select sum(n) from exported);

select '= only zeros: ' || coalesce(group_concat(name, ', '), 'nowhere')
from (select report || ' ' || section || ' ' || col as name from said group by report, section, col having max(value <> '0' and value <> '') = 0);
