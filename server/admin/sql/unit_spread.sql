-- Spreads the lines over their levels, one row a unit: the temporary table incoming_unit.
create temporary table incoming_unit on commit drop as
with lines as (
    select *, coalesce(nullif(valid_from, ''), current_setting('hoivien.valid_from'))::int4 as from_day from incoming
)
select distinct on (level, code) * from (
    select 1 as level, 'VN' as code, 'Trung ương' as name, '' as type, 0 as parent_level, '' as parent_code, min(from_day) as from_day from lines
    union all
    select 2, province_code, province_name, '', 1, 'VN', from_day from lines
    union all
    select 3, district_code, district_name, '', 2, province_code, from_day from lines where district_code <> ''
    union all
    select 4, commune_code, commune_name, commune_type, case when district_code = '' then 2 else 3 end,
           case when district_code = '' then province_code else district_code end, from_day from lines
) u order by level, code, from_day
