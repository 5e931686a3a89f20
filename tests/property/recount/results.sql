-- The table of results: of a commune its own lines; of the province the sums of its communes' lines, decided anew.

-- What a commune gives to the sum; one without a denominator or baseline gives nothing.
create table part as
select *, not (is_ratio and coalesce(denominator, 0) <= 0) and not (form = 'increase' and baseline = '') as is_known from line;

create table total as
select period, seq, form, units_comparator, units_threshold, decides, count(*) as communes,
       sum(verdict in ('met', 'exceeded')) as communes_met, sum(verdict = 'not-met') as communes_not_met,
       sum(verdict = 'no-verdict') as communes_open, sum(missing) as missing, sum(is_known) as known,
       sum(case when is_known then numerator else 0 end) as numerator, sum(case when is_known and is_ratio then denominator end) as denominator,
       coalesce(sum(case when is_known then cast(nullif(baseline, '') as integer) end), '') as baseline,
       -- what is told of all in the same words
       case when min(case when is_known then coalesce(source, '') || source_date end)
                 = max(case when is_known then coalesce(source, '') || source_date end)
            then max(case when is_known then source end) end as source,
       case when min(case when is_known then coalesce(source, '') || source_date end)
                 = max(case when is_known then coalesce(source, '') || source_date end)
            then max(case when is_known then source_date end) end as source_date,
       case when form in ('number', 'increase') then sum(case when is_known then wanted else 0 end) else max(wanted) end as wanted,
       case form when 'each-group' then sum(units) when 'none-below' then count(*) when 'units-number' then count(*)
            when 'units-share' then count(*) end as units,
       case form when 'each-group' then sum(units_met) else sum(verdict in ('met', 'exceeded')) end as units_met,
       case form when 'each-group' then sum(units_open) else sum(verdict = 'no-verdict') end as units_open
from part group by period, seq;

-- Decided by the same comparisons: the sum itself (grp is null); of communes that are counted those that have met it, at least and
-- at most, as a figure of their own.
insert into given (seq, period, home, grp, title, term, deadline, document, measure, form, comparator, decides, baseline, baseline_date,
       denominator_type, every, units_comparator, units_threshold, is_ratio, numerator, denominator, source, source_date, wanted, sign,
       strict)
select t.seq, t.period, v.code, null, g.title || coalesce(' (' || u.column2 || ')', ''), g.term, g.deadline, g.document, g.measure,
       g.form, g.comparator, g.decides, t.baseline,
       g.baseline_date, g.denominator_type, g.every, g.units_comparator, g.units_threshold, g.is_ratio, t.numerator, t.denominator,
       t.source, t.source_date, t.wanted, g.sign, g.strict
from total t, province v
join given g on g.seq = t.seq and g.period = t.period and g.grp is null
    and g.home = (select min(home) from line l where l.seq = t.seq and l.period = t.period)
-- a target of one commune alone says of which
join target_file f on f.rowid = t.seq
left join (values ('31317', 'Phường I'), ('31318', 'Phường III')) u on u.column1 = f.unit
union all
select t.seq, t.period, v.code, c.column1, null, null, null, null, null, case t.form when 'units-share' then 'ratio' else 'number' end,
       t.units_comparator, null, '', null, null, null, null, null, t.form = 'units-share',
       t.units_met + case c.column1 when 'most' then t.units_open else 0 end, t.units, null, null,
       case t.form when 'units-share' then cast(round(cast(t.units_threshold as real) * 10000) as integer)
            else cast(t.units_threshold as integer) end,
       case when t.units_comparator in ('at-least', 'above') then 1 else -1 end, t.units_comparator in ('above', 'below')
from total t, province v, (values ('least'), ('most')) c
where t.form in ('units-number', 'units-share');

insert into line
select d.*, t.units, case when t.units is not null then t.units_met end, case when t.units is not null then t.units_open end, case
    when d.form in ('units-number', 'units-share') then case when a.word = b.word then a.word else 'no-verdict' end
    when t.units is null then d.word
    when t.units_met + t.units_open < t.units then 'not-met'
    when t.units_open > 0 or t.units = 0 then 'no-verdict'
    else 'met' end, case
    when d.form in ('units-number', 'units-share') then case when a.word = b.word then a.lacking end
    when t.units is null then d.lacking
    when t.units_met + t.units_open = t.units and (t.units_open > 0 or t.units = 0) then null
    when d.form = 'none-below' then coalesce(t.missing, 0)
    else t.units - t.units_met end
from decided d
join total t on t.seq = d.seq and t.period = d.period
left join decided a on a.seq = d.seq and a.period = d.period and a.home = d.home and a.grp = 'least'
left join decided b on b.seq = d.seq and b.period = d.period and b.home = d.home and b.grp = 'most'
where d.grp is null and d.home = (select code from province);

insert into fact select 'result', period, home, title, col, value from line_cell;
insert into fact
select 'result', l.period, l.home, l.title, c.column1, cast(coalesce(case c.column1
    when 'result_word' then l.verdict when 'unit_code' then l.home when 'as_of' then p.last
    -- of each commune
    when 'each' then (select case x.step when 1 then x.wanted else printf('%d.%04d', x.wanted / 10000, x.wanted % 10000) end
                      from line x join commune m on m.code = x.home where x.seq = l.seq and x.period = l.period)
    else case when l.home = v.code then case c.column1 when 'assigned' then t.communes when 'assigned_met' then t.communes_met
        when 'assigned_not_met' then t.communes_not_met else t.communes_open end end end, '') as text)
from line l
join period p on p.n = l.period
join total t on t.seq = l.seq and t.period = l.period, province v,
     (values ('result_word'), ('unit_code'), ('as_of'), ('each'), ('assigned'), ('assigned_met'), ('assigned_not_met'),
      ('assigned_no_verdict')) c;
