select id, group_id, category, residence, residence_since, away_since, voided, core is true, card_no is not null or card_issued is not null from members where stream = $1::int4 order by id
