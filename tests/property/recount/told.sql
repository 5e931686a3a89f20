-- The reports on targets, a cell a row: raw_target, raw_commune, raw_province are their CSVs, with period, source and commune in
-- front. The last sync is no figure.
create table told (report text, period integer, source text, code text, key text, col text, value text);
create table target_column (col text primary key);
insert into target_column values ('term'), ('deadline'), ('document'), ('measure'), ('form'), ('comparator'), ('decides'),
    ('baseline'), ('baseline_date'), ('period'), ('units'), ('units_met'), ('units_open'), ('units_comparator'), ('units_threshold'),
    ('numerator'), ('denominator'), ('denominator_type'), ('ratio'), ('threshold'), ('verdict'), ('missing'), ('source'),
    ('source_date');

create table told_line as
select 'target' as report, in_period, in_source, in_code, title as key, term, deadline, document, measure, form, comparator, decides,
       baseline, baseline_date, period, units, units_met, units_open, units_comparator, units_threshold, numerator, denominator,
       denominator_type, ratio, threshold, verdict, missing, source, source_date
from raw_target
union all
select 'commune', in_period, in_source, in_code, 'target ' || name, term, deadline, document, measure, form, comparator, decides,
       baseline, baseline_date, period, units, units_met, units_open, units_comparator, units_threshold, numerator, denominator,
       denominator_type, ratio, threshold, verdict, missing, source, source_date
from raw_commune where "row" = 'target'
union all
select 'result', in_period, in_source, in_code, content, term, deadline, document, measure, form, comparator, decides, baseline,
       baseline_date, period, units, units_met, units_open, units_comparator, units_threshold, numerator, denominator, denominator_type,
       ratio, threshold, verdict, missing, source, source_date
from raw_result
union all
select 'province', in_period, in_source, commune_code, '', null, null, null, null, null, null, null, null, null, null, null, null,
       null, null, null, numerator, denominator, denominator_type, ratio, threshold, verdict, missing, source, source_date
from raw_province;

insert into told
select report, in_period, in_source, in_code, key, col, value
from (select l.*, c.col, case c.col
          when 'term' then term when 'deadline' then deadline when 'document' then document when 'measure' then measure
          when 'form' then form when 'comparator' then comparator when 'decides' then decides when 'baseline' then baseline
          when 'baseline_date' then baseline_date when 'period' then period when 'units' then units when 'units_met' then units_met
          when 'units_open' then units_open when 'units_comparator' then units_comparator
          when 'units_threshold' then units_threshold when 'numerator' then numerator when 'denominator' then denominator
          when 'denominator_type' then denominator_type when 'ratio' then ratio when 'threshold' then threshold
          when 'verdict' then verdict when 'missing' then missing when 'source' then source
          when 'source_date' then source_date end as value
      from told_line l, target_column c)
where value is not null;

insert into told
select 'commune', in_period, in_source, in_code, 'commune', c.column1, case c.column1 when 'as_of' then as_of else standing end
from raw_commune, (values ('as_of'), ('standing')) c where "row" = 'commune';
insert into told
select 'commune', in_period, in_source, in_code, 'group ' || name || ' ' || kind || ' ' || row_number() over (
           partition by in_period, in_source, in_code, name, kind, c.column1
           order by cast(members as integer), cast(honorary as integer)),
       c.column1, case c.column1 when 'members' then members else honorary end
from raw_commune, (values ('members'), ('honorary')) c where "row" = 'group';
insert into told
select 'province', in_period, in_source, commune_code, '', c.column1, case c.column1
    when 'standing' then standing when 'main_cause' then main_cause when 'cause_agreed' then cause_agreed
    when 'remedies' then remedies when 'further_causes' then further_causes
    when 'plan_state' then plan_state when 'plan_deadline' then plan_deadline when 'officer' then officer
    when 'last_progress' then last_progress when 'trained' then trained when 'officers' then officers
    when 'attending' then attending when 'attending_of' then attending_of when 'filled' then filled else cells end
from raw_province, (values ('standing'), ('main_cause'), ('cause_agreed'), ('remedies'), ('further_causes'), ('plan_state'),
    ('plan_deadline'), ('officer'),
    ('last_progress'), ('trained'), ('officers'), ('attending'), ('attending_of'), ('filled'), ('cells')) c;
insert into told
select 'result', in_period, in_source, in_code, content, c.column1, case c.column1
    when 'result_word' then result_word when 'unit_code' then unit_code when 'as_of' then as_of when 'each' then each
    when 'assigned' then assigned when 'assigned_met' then assigned_met when 'assigned_not_met' then assigned_not_met
    else assigned_no_verdict end
from raw_result, (values ('result_word'), ('unit_code'), ('as_of'), ('each'), ('assigned'), ('assigned_met'), ('assigned_not_met'),
    ('assigned_no_verdict')) c;
