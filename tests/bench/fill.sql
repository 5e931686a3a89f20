-- :members members over :communes communes, 90 a chi hội, each standing since always; every tenth joined on a day of the last 20 years.
begin;
insert into groups (id, stream, rev, name, type)
select gen_random_uuid(), u.id, 1, 'Chi hội ' || g, 1
from unit u, generate_series(1, greatest(1, :members / :communes / 90)) g where u.level = 4;
create temporary table place as
select id as group_id, stream, row_number() over (order by stream, id) - 1 as n from groups;
create temporary table filled as
select gen_random_uuid() as id, p.stream, p.group_id, i
from generate_series(0, :members - 1) i
join place p on p.n = i % (select count(*) from place);
insert into members (id, stream, rev, name, birth, group_id, residence, citizen_no, phone, permanent_address)
select id, stream, 1, 'Nguyễn Thị Số ' || i, 19500000 + (i % 45) * 10000, group_id, 1, lpad(i::text, 12, '0'), '0912345678', 'Ấp 1' from filled;
insert into standing (unit, member, group_id, category, away, from_day, to_day)
select stream, id, group_id, 1, false, case when i % 10 = 0 then 19990101 + i % 20 * 10000 + i % 12 * 100 + i % 28 else 0 end, 99991231 from filled;
insert into stream_commit (stream, rev, mark) select id, 1, 1 from unit where level = 4;
update stream set rev = 1, mark = 1 from unit where unit.id = stream.id and unit.level = 4;
insert into log (stream, rev, kind, record, replica, number, mask) select stream, 1, 1, id, 0, 0, 6 from groups;
commit;
vacuum analyze;
-- so that the measurement does not meet what the loading left to write
checkpoint;
