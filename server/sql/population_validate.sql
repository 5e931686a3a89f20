-- Faults of the lines: line, column, Vietnamese, English. $1: today; $2: only of this unit and those below it, 0: of any.
with recursive below as (
    select id from unit where $2::int4 = 0 or id = $2::int4
    union
    select u.id from below b join unit u on u.parent = b.id
)
select line, 'unit', 'không có đơn vị mang mã này', 'no unit has this code'
from incoming i where not exists (select from unit u join below on below.id = u.id where u.code = split_part(i.unit, '@', 1)
    and u.valid_from <= $1::int4 and u.valid_to > $1)
union all
select line, 'term_level', 'cấp phải là centre, province, district hoặc commune', 'the level must be centre, province, district or commune'
from incoming where term_level not in ('centre', 'province', 'district', 'commune')
union all
select i.line, 'term', 'chưa có nhiệm kỳ này; hãy nhập tệp chỉ tiêu trước', 'this term is not known; import the targets first'
from incoming i where not exists (select from term t where t.name = i.term
    and t.level = array_position(array['centre', 'province', 'district', 'commune'], i.term_level))
union all
select line, 'type', 'loại số liệu không có', 'there is no such type of figure'
from incoming where type_number is null
union all
select line, 'value', 'số phải là số nguyên không âm', 'the value must be a whole number, not negative'
from incoming where value !~ '^[0-9]{1,12}$'
union all
select line, 'as_of', 'ngày phải viết dạng dd/mm/yyyy hoặc yyyy-mm-dd', 'the date must be written dd/mm/yyyy or yyyy-mm-dd'
from incoming where as_of !~ '^[0-9]{8}$'
union all
select line, 'value', 'số lớn hơn dân số cả nước; hãy xem lại', 'the value is larger than the country''s population; check it'
from incoming where value ~ '^[0-9]{1,12}$' and value::bigint > 150000000
union all
select line, 'as_of', 'ngày của số liệu ở tương lai hoặc trước năm 1990; hãy xem lại', 'the date of the figure lies ahead, or before 1990; check it'
from incoming where as_of ~ '^[0-9]{8}$'
    and (as_of::integer < 19900101 or as_of::integer > to_char(now() at time zone interval '7 hours', 'YYYYMMDD')::integer)
union all
select i.line, 'as_of', 'số liệu đang dùng có ngày mới hơn, ' || x.day || '; hãy xem lại ngày',
       'the figure in use is of a later day, ' || x.day || '; correct the date'
from incoming i
join unit u on u.code = split_part(i.unit, '@', 1) and u.valid_from <= $1 and u.valid_to > $1
join below on below.id = u.id
join term t on t.name = i.term and t.level = array_position(array['centre', 'province', 'district', 'commune'], i.term_level)
join population p on p.unit = u.id and p.term = t.id and p.type::text = i.type_number and p.superseded_at is null
cross join lateral (select to_char(to_date(p.as_of::text, 'YYYYMMDD'), 'DD/MM/YYYY') as day) x
where i.as_of ~ '^[0-9]{8}$' and i.as_of::integer < p.as_of
union all
select line, 'source', 'thiếu nguồn số liệu', 'the source of the figure is missing' from incoming where source = ''
union all
select max(line), 'unit', 'số liệu này lặp lại trong tệp', 'this figure stands twice in the file'
from incoming group by unit, term_level, term, type having count(*) > 1
order by 1, 2
