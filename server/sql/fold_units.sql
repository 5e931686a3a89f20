-- Units that have days to fold.
select distinct c.unit from standing_count c, standing_fold f where c.day > 0 and c.day <= f.day order by 1
