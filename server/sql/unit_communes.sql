-- Whether every code of 5 digits in the text is that of a commune of the unit's province (the unit itself or one above it) that
-- is valid on the day, or on a day of a span.
-- $1 unit, $2 text, $3 day, $4 first and $5 last day of the span
with recursive up as (
    select id, level, parent from unit where id = $1::integer
    union
    select u.id, u.level, u.parent from up join unit u on u.id = up.parent
),
below as (
    select c.code, c.valid_from, c.valid_to
    from up p
    join unit x on x.id = p.id or x.parent = p.id
    join unit c on c.parent = x.id and c.level = 4
    where p.level = 2
)
select not exists (
    select from regexp_matches($2::text, '[0-9]{5}', 'g') x
    where not exists (
        select from below b
        where b.code = x[1]
            and ((b.valid_from <= $3::integer and b.valid_to > $3)
                 or (b.valid_from <= $5::integer and b.valid_to > $4::integer))))
