select id from unit where level = 4 order by id
