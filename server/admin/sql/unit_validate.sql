-- $1: valid_from of rows that do not say it. Faults of the lines: line, column, Vietnamese, English.
select line, 'commune_code', 'mã xã phải gồm 5 chữ số', 'the commune code must have 5 digits'
from incoming where commune_code !~ '^[0-9]{5}$'
union all
select line, 'province_code', 'mã tỉnh phải gồm 2 chữ số', 'the province code must have 2 digits'
from incoming where province_code !~ '^[0-9]{2}$'
union all
select line, 'district_code', 'mã huyện phải gồm 3 chữ số, hoặc để trống nếu không có cấp huyện',
       'the district code must have 3 digits, or be empty where there are no districts'
from incoming where district_code !~ '^([0-9]{3})?$'
union all
select line, 'commune_name', 'thiếu tên xã', 'the name of the commune is missing' from incoming where commune_name = ''
union all
select line, 'province_name', 'thiếu tên tỉnh', 'the name of the province is missing' from incoming where province_name = ''
union all
select line, 'valid_from', 'ngày phải viết dạng dd/mm/yyyy hoặc yyyy-mm-dd', 'the date must be written dd/mm/yyyy or yyyy-mm-dd'
from incoming where valid_from !~ '^([0-9]{8})?$' or (valid_from = '' and $1::int4 = 0)
union all
select max(line), 'commune_code', 'mã xã lặp lại trong tệp', 'the commune code stands twice in the file'
from incoming group by commune_code having count(*) > 1
union all
select i.line, 'valid_from', 'xã đang có hiệu lực từ một ngày muộn hơn', 'the commune is already valid from a later day'
from incoming i join unit u on u.level = 4 and u.code = i.commune_code
where coalesce(nullif(i.valid_from, ''), $1::int4::text) ~ '^[0-9]{8}$'
      and u.valid_from > coalesce(nullif(i.valid_from, ''), $1::int4::text)::int4
order by 1, 2
