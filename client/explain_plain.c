#include "client/explain_plain.h"
#include "client/figures.h"

static const struct text_pair target_headings[] = {
    {"Bước", "step"},
    {"Mục", "key"},
    {"Giá trị", "value"},
    {"Được tính", "counts"},
    {"Quy tắc", "rule"},
    {"Nguồn", "source"},
    {"Ngày nguồn", "source_date"},
    {"Hiệu lực từ", "in_force_since"},
};

static const struct text_pair rule_headings[] = {
    {"Chủ đề", "topic"},
    {"Quy tắc", "rule"},
    {"Nội dung", "text"},
    {"Cơ sở", "basis"},
    {"Nguồn", "source"},
    {"Ngày nguồn", "source_date"},
    {"Hiệu lực từ", "in_force_since"},
};

#define COLUMNS (sizeof target_headings / sizeof target_headings[0])

/* What every program reads: no language changes a heading or a token, only sentences. */
static void begin(struct csv_out *csv, enum lang lang, const struct text_pair *headings, size_t count)
{
    csv_begin(csv, stdout, true);
    figures_head(csv, lang, headings, count);
    csv_end_row(csv);
}

static void rule_cells(struct csv_out *csv, enum lang lang, const struct rule *r)
{
    csv_string(csv, text_in(lang, rule_source(r)));
    csv_date(csv, r->said);
    csv_date(csv, r->since);
}

static void end_figure(struct csv_out *csv)
{
    figures_blank(csv, (int)COLUMNS - 3);
    csv_end_row(csv);
}

static void text_row(struct csv_out *csv, const char *step, const char *key, const char *value)
{
    csv_string(csv, step);
    csv_string(csv, key);
    csv_string(csv, value != NULL ? value : "");
    end_figure(csv);
}

static void int_row(struct csv_out *csv, const char *step, const char *key, int64_t value)
{
    csv_string(csv, step);
    csv_string(csv, key);
    csv_int(csv, value);
    end_figure(csv);
}

static void rule_row(struct csv_out *csv, enum lang lang, const char *step, const char *key,
                     const char *value, enum rule_name rule)
{
    csv_string(csv, step);
    csv_string(csv, key);
    csv_string(csv, value);
    csv_string(csv, "");
    csv_string(csv, rules[rule].token);
    rule_cells(csv, lang, &rules[rule]);
    csv_end_row(csv);
}

static void date_row(struct csv_out *csv, const char *step, const char *key, int32_t value)
{
    csv_string(csv, step);
    csv_string(csv, key);
    csv_date(csv, value);
    end_figure(csv);
}

static const char *token_of(const struct code *codes, int value)
{
    const struct code *code = code_by_value(codes, value);
    return code != NULL ? code->token : "";
}

static void target_rows(struct csv_out *csv, const struct explained *x)
{
    const Hv__TargetLine *line = x->line;
    int_row(csv, "target", "number", (int64_t)x->number);
    text_row(csv, "target", "title", line->title);
    text_row(csv, "target", "term", line->term);
    text_row(csv, "target", "measure", x->measure != NULL ? x->measure->token : "");
    text_row(csv, "target", "form", token_of(form_codes, (int)line->form));
    text_row(csv, "target", "comparator", token_of(comparator_codes, (int)line->comparator));
    int_row(csv, "target", targets_is_ratio(line) ? "threshold-millionths" : "threshold", line->threshold);
    int_row(csv, "target", "not-sent", (int64_t)x->targets.state.waiting);
}

/* What a measure of records is counted from, and since when. */
static void record_rows(struct csv_out *csv, enum lang lang, const struct explained *x)
{
    rule_row(csv, lang, "records", "counted", text_in(lang, x->measure->counts), RULE_RECORDS);
    if (x->measure->flow)
        date_row(csv, "records", "from", target_period_from(x->line, x->targets.day));
    int_row(csv, "records", "numerator", x->line->numerator);
}

/* Of those who count: who should be looked at. */
static void although_row(struct csv_out *csv, enum lang lang, const char *key, int64_t count)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)count);
    rule_row(csv, lang, "members", key, text, RULE_AS_LISTED);
}

static void member_rows(struct csv_out *csv, enum lang lang, const struct explained *x)
{
    if (x->measure != NULL && x->measure->rule != NULL) {
        record_rows(csv, lang, x);
        return;
    }
    for (size_t i = 0; x->measure != NULL && i < REASON_COUNT; i++) {
        const struct rule *r = &rules[reasons[i].rule];
        csv_string(csv, "members");
        csv_string(csv, reasons[i].token);
        csv_int(csv, x->counts.by[i]);
        csv_string(csv, reasons[i].counts ? "true" : "false");
        csv_string(csv, r->token);
        rule_cells(csv, lang, r);
        csv_end_row(csv);
    }
    int_row(csv, "members", "numerator", x->line->numerator);
    if (x->measure == NULL)
        return;
    const struct kind *kind = measure_kind(x->measure);
    int_row(csv, "members", "records", x->counts.records);
    although_row(csv, lang, "although-male", x->counts.men);
    although_row(csv, lang, "although-young", x->counts.young);
    rule_row(csv, lang, "members", "counted-once", (kind != NULL ? kind : &kind_member)->name,
             measure_rule(x->measure));
    if (kind != NULL)
        int_row(csv, "members", "unreferred", x->counts.unreferred);
}

static void base_rows(struct csv_out *csv, enum lang lang, const Hv__TargetLine *line)
{
    if (line->has_denominator_type)
        rule_row(csv, lang, "base", "denominator-type",
                 token_of(population_codes, (int)line->denominator_type),
                 denominator_rule((int)line->denominator_type));
    if (line->has_denominator_measure) {
        const struct measure *m = measure_by_number((int)line->denominator_measure);
        text_row(csv, "base", "denominator-measure", m != NULL ? m->token : "");
        int_row(csv, "base", "denominator", line->denominator);
    } else if (line->has_denominator) {
        int_row(csv, "base", "denominator", line->denominator);
        text_row(csv, "base", "denominator-source", line->denominator_source);
        date_row(csv, "base", "denominator-date", line->denominator_date);
    }
    if (line->has_baseline) {
        int_row(csv, "base", "baseline", line->baseline);
        date_row(csv, "base", "baseline-date", line->baseline_date);
    }
}

static void verdict_rows(struct csv_out *csv, const struct explained *x)
{
    struct target_figure t = target_figure_of(x->line);
    struct explain_sides s;
    struct explain_step steps[EXPLAIN_STEPS];
    size_t count = explain_steps(&t, steps);
    if (explain_sides(&t, &s)) {
        int_row(csv, "compare", "left", s.left);
        int_row(csv, "compare", "left-factor", s.left_factor);
        int_row(csv, "compare", "right", s.right);
        int_row(csv, "compare", "right-factor", s.right_factor);
        int_row(csv, "compare", "order", s.order);
    }
    if (x->line->has_units) {
        int_row(csv, "compare", "units", x->line->units);
        int_row(csv, "compare", "units-met", x->line->units_met);
        int_row(csv, "compare", "units-open", x->line->units_open);
    }
    text_row(csv, "compare", "verdict", token_of(verdict_codes, (int)x->line->verdict));
    for (size_t i = 0; i < count; i++)
        int_row(csv, "change", token_of(verdict_codes, (int)steps[i].word),
                steps[i].more ? steps[i].members : -steps[i].members);
}

void explain_plain_target(enum lang lang, const struct explained *x)
{
    struct csv_out csv;
    begin(&csv, lang, target_headings, COLUMNS);
    target_rows(&csv, x);
    member_rows(&csv, lang, x);
    base_rows(&csv, lang, x->line);
    verdict_rows(&csv, x);
}

void explain_plain_rules(enum lang lang)
{
    struct csv_out csv;
    begin(&csv, lang, rule_headings, sizeof rule_headings / sizeof rule_headings[0]);
    for (size_t i = 0; i < RULE_COUNT; i++) {
        csv_string(&csv, token_of(topic_words, (int)rules[i].topic));
        csv_string(&csv, rules[i].token);
        csv_string(&csv, text_in(lang, rules[i].text));
        csv_string(&csv, token_of(basis_words, (int)rules[i].basis));
        rule_cells(&csv, lang, &rules[i]);
        csv_end_row(&csv);
    }
}
