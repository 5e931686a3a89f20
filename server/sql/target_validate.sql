-- Faults of the lines: line, column, Vietnamese, English. $1: today; $2: only of this unit and those below it, 0: of any. Who is
-- bound to a unit uses the terms that there are, and corrects no other's target.
with recursive below as (
    select id from unit where $2::int4 = 0 or id = $2::int4
    union
    select u.id from below b join unit u on u.parent = b.id
)
select line, 'key', 'thiếu khoá của chỉ tiêu', 'the key of the target is missing' from incoming where key = ''
union all
select max(line), 'key', 'khoá lặp lại trong tệp', 'the key stands twice in the file' from incoming group by key having count(*) > 1
union all
select line, 'term_level', 'cấp phải là centre, province, district hoặc commune', 'the level must be centre, province, district or commune'
from incoming where term_level not in ('centre', 'province', 'district', 'commune')
union all
select line, 'term', 'thiếu tên nhiệm kỳ', 'the name of the term is missing' from incoming where term = ''
union all
select line, 'term_from', 'ngày phải viết dạng dd/mm/yyyy hoặc yyyy-mm-dd', 'the date must be written dd/mm/yyyy or yyyy-mm-dd'
from incoming where term_from !~ '^[0-9]{8}$'
union all
select line, 'term_to', 'ngày phải viết dạng dd/mm/yyyy hoặc yyyy-mm-dd', 'the date must be written dd/mm/yyyy or yyyy-mm-dd'
from incoming where term_to !~ '^[0-9]{8}$'
union all
select line, 'deadline', 'ngày phải viết dạng dd/mm/yyyy hoặc yyyy-mm-dd', 'the date must be written dd/mm/yyyy or yyyy-mm-dd'
from incoming where deadline !~ '^[0-9]{8}$'
union all
select line, 'deadline', 'hạn phải nằm trong nhiệm kỳ, từ term_from đến term_to', 'the deadline must lie within the term, from term_from to term_to'
from incoming where deadline ~ '^[0-9]{8}$' and term_from ~ '^[0-9]{8}$' and term_to ~ '^[0-9]{8}$'
    and deadline::integer not between term_from::integer and term_to::integer
union all
select line, 'baseline_date', 'ngày phải viết dạng dd/mm/yyyy hoặc yyyy-mm-dd', 'the date must be written dd/mm/yyyy or yyyy-mm-dd'
from incoming where baseline_date !~ '^([0-9]{8})?$'
union all
select line, 'baseline', 'số gốc phải là số nguyên, chỉ dùng cho chỉ tiêu của một đơn vị, và cần ngày gốc',
       'the baseline must be a whole number, only for a target of one unit, and needs a baseline date'
from incoming where baseline <> '' and (baseline !~ '^[0-9]{1,12}$' or unit = '' or baseline_date = '')
union all
select line, 'issuer', 'không có đơn vị mang mã này', 'no unit has this code'
from incoming i where not exists (select from unit u join below on below.id = u.id where u.code = i.issuer and u.valid_from <= $1::int4 and u.valid_to > $1)
union all
select line, 'unit', 'không có đơn vị mang mã này', 'no unit has this code'
from incoming i where unit <> '' and not exists (select from unit u join below on below.id = u.id where u.code = i.unit and u.valid_from <= $1::int4 and u.valid_to > $1)
union all
select line, 'title', 'thiếu nội dung chỉ tiêu', 'the title is missing' from incoming where title = ''
union all
select line, 'form', 'dạng chỉ tiêu không có', 'there is no such form' from incoming where form_number is null
union all
select line, 'measure', 'thước đo không có', 'there is no such measure' from incoming where measure_number is null
union all
select line, 'comparator', 'phép so sánh không có', 'there is no such comparator' from incoming where comparator_number is null
union all
select line, 'threshold', 'ngưỡng phải là một số, phần trăm có nhiều nhất 4 chữ số thập phân', 'the threshold must be a number, a percentage with at most 4 decimals'
from incoming where threshold_number is null
union all
select line, 'threshold', 'tỷ lệ không quá 100 phần trăm', 'a ratio is at most 100 percent'
from incoming where (form in ('ratio', 'none-below') or (denominator <> '' and form not in ('number', 'increase')))
    and measure_flow is distinct from 'yes' and threshold_number::bigint > 1000000
union all
select line, 'denominator', 'chỉ tiêu tỷ lệ cần loại mẫu số đã biết', 'a ratio needs a known type of denominator'
from incoming where denominator_number is null and denominator_measure is null and (denominator <> '' or form in ('ratio', 'none-below'))
union all
select line, 'denominator', 'số lượng không chia cho mẫu số; hãy để trống hoặc dùng dạng ratio',
       'a number is not divided; leave the denominator empty or take the form ratio'
from incoming where denominator_measure is not null and form in ('number', 'increase')
union all
select line, 'denominator', 'số liệu dân số và số hộ không có theo từng tổ chức; hãy dùng một thước đo có theo tổ chức, ví dụ members',
       'this figure is not known by group; take a measure that is, for example members'
from incoming where form = 'each-group' and denominator <> '' and denominator_by_group = 'no'
    and (denominator_number is not null or denominator_measure is not null)
union all
select line, 'measure', 'thước đo này không có theo từng tổ chức', 'this measure is not known by group'
from incoming where form = 'each-group' and measure_by_group = 'no'
union all
select line, 'measure', 'chỉ tiêu tăng thêm cần thước đo của một thời điểm, không phải của một kỳ',
       'an increase needs a measure of a day, not of a period'
from incoming where form = 'increase' and (measure_flow = 'yes' or measure_live = 'yes')
union all
select line, 'period', 'kỳ phải là term, year hoặc quarter', 'the period must be term, year or quarter'
from incoming where period <> '' and period_number is null
union all
select line, 'groups', 'hãy ghi loại tổ chức bằng thước đo của nó, ví dụ groups-chi-hoi',
       'name the groups by the measure that counts them, for example groups-chi-hoi'
from incoming where groups <> '' and groups_number is null
union all
select line, 'groups', 'chỉ dùng cho dạng each-group', 'only for the form each-group' from incoming where groups <> '' and form <> 'each-group'
union all
select line, 'units_comparator', 'dạng units-number và units-share cần phép so sánh số cơ sở',
       'the forms units-number and units-share need a comparator of the units'
from incoming where form in ('units-number', 'units-share') and units_comparator_number is null
union all
select line, 'units_threshold', 'dạng units-number cần một số cơ sở, units-share cần một tỷ lệ phần trăm cơ sở, không quá 100',
       'the form units-number needs a number of units, units-share a percentage of them, at most 100'
from incoming where form in ('units-number', 'units-share')
    and (units_threshold_number is null or (form = 'units-share' and units_threshold_number::bigint > 1000000))
union all
select line, 'units_threshold', 'chỉ dùng cho dạng units-number và units-share', 'only for the forms units-number and units-share'
from incoming where (units_threshold <> '' or units_comparator <> '') and form not in ('units-number', 'units-share')
union all
select i.line, 'unit', 'chỉ tiêu về số cơ sở là của nhiều xã; hãy để trống hoặc ghi mã tỉnh',
       'a target of units is of many communes; leave it empty or give the code of a province'
from incoming i join unit u on u.code = i.unit and u.level = 4 and u.valid_from <= $1::int4 and u.valid_to > $1
where i.form in ('units-number', 'units-share')
union all
select line, 'document', 'thiếu văn bản quy định', 'the source document is missing' from incoming where document = ''
union all
select line, 'decides', 'phải là yes hoặc no', 'must be yes or no' from incoming where decides not in ('yes', 'no', 'có', 'không')
union all
select i.line, 'term', 'nhiệm kỳ này chưa có hoặc khác ngày; hãy hỏi người giữ máy chủ',
       'there is no such term with these days; ask the operator'
from incoming i where $2::int4 <> 0 and not exists (select from term t where t.name = i.term
    and t.level = array_position(array['centre', 'province', 'district', 'commune'], i.term_level)
    and t.from_day::text = i.term_from and t.to_day::text = i.term_to)
union all
select i.line, 'key', 'khoá này là chỉ tiêu của nơi khác; hãy đặt khoá khác', 'the key is that of another''s target; choose another'
from incoming i join target t on t.key = i.key and t.superseded_at is null
where t.issuer not in (select id from below)
order by 1, 2
