select standing_fold_unit($1::integer)
