select id, group_id, category, residence, residence_since, away_since, voided from members where stream = $1::int4 order by id
