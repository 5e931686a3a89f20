-- Where an import of figures lays down its lines inside its transaction. Empty for everybody else: the server's role makes no
-- temporary tables. The columns of all such files side by side, as texts.
create table incoming (
    line bigint,
    unit text, term_level text, term text, type text, type_number text, value text, as_of text, source text,
    key text, term_from text, term_to text, issuer text, title text, form text, form_number text, measure text,
    measure_number text, measure_categories text, measure_present text, measure_flags text, measure_distinct text,
    measure_flow text, measure_live text, measure_by_group text, comparator text, comparator_number text, threshold text,
    threshold_number text, denominator text, denominator_number text, denominator_measure text, denominator_by_group text,
    period text, period_number text, groups text, groups_number text, units_comparator text, units_comparator_number text,
    units_threshold text, units_threshold_number text, baseline_date text, baseline text, deadline text, document text, decides text
);
create table incoming_population (
    unit integer, term integer, type integer, value bigint, as_of integer, source text, code text, term_name text
);
create table incoming_target (
    key text, term integer, issuer integer, unit integer, title text, form integer, measure integer, comparator integer,
    threshold bigint, denominator_type integer, denominator_measure integer, period integer, groups integer,
    units_comparator integer, units_threshold bigint, baseline_date integer, deadline integer, document text, decides boolean
);
