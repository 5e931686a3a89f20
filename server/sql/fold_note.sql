-- $1: the last day to fold.
select standing_fold_note($1::integer)
