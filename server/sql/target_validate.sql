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
from incoming where form in ('ratio', 'none-below') and threshold_number::bigint > 1000000
union all
select line, 'denominator', 'chỉ tiêu tỷ lệ cần loại mẫu số đã biết', 'a ratio needs a known type of denominator'
from incoming where denominator_number is null and (denominator <> '' or form in ('ratio', 'none-below'))
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
