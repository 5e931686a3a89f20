#include "client/figures.h"
#include "common/target.h"
#include <stdio.h>

static const struct text_pair target_headings[FIGURES_TARGET_COLUMNS] = {
    {"Nhiệm kỳ", "term"},
    {"Hạn", "deadline"},
    {"Văn bản", "document"},
    {"Thước đo", "measure"},
    {"Dạng", "form"},
    {"So sánh", "comparator"},
    {"Chỉ tiêu quyết định", "decides"},
    {"Số gốc", "baseline"},
    {"Ngày số gốc", "baseline_date"},
    {"Kỳ", "period"},
    {"Số đơn vị", "units"},
    {"Số đơn vị đạt mức", "units_met"},
    {"Số đơn vị chưa đủ số liệu", "units_open"},
    {"So sánh số đơn vị", "units_comparator"},
    {"Ngưỡng số đơn vị", "units_threshold"},
};

static const struct text_pair headings[FIGURES_COLUMNS] = {
    {"Tử số", "numerator"},   {"Mẫu số", "denominator"},     {"Loại mẫu số", "denominator_type"},
    {"Tỷ lệ %", "ratio"},     {"Mức chỉ tiêu", "threshold"}, {"Kết quả xét", "verdict"},
    {"Còn thiếu", "missing"}, {"Nguồn mẫu số", "source"},    {"Ngày mẫu số", "source_date"},
};

void figures_head(struct csv_out *csv, enum lang lang, const struct text_pair *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        csv_string(csv, csv->plain ? texts[i].en : text_in(lang, texts[i]));
}

void figures_code(struct csv_out *csv, enum lang lang, const struct code *codes, int value)
{
    const struct code *code = code_by_value(codes, value);
    const char *label = code != NULL ? text_in(lang, code->label) : "";
    csv_string(csv, csv->plain && code != NULL ? code->token : label);
}

void figures_blank(struct csv_out *csv, int cells)
{
    for (int i = 0; i < cells; i++)
        csv_string(csv, "");
}

static void known_int(struct csv_out *csv, bool known, int64_t n)
{
    if (known)
        csv_int(csv, n);
    else
        csv_string(csv, "");
}

static void text_or_none(struct csv_out *csv, const char *text)
{
    csv_string(csv, text != NULL ? text : "");
}

static void measure_cell(struct csv_out *csv, enum lang lang, Hv__Measure number)
{
    const struct measure *m = measure_by_number((int)number);
    const char *label = m != NULL ? text_in(lang, m->label) : "";
    csv_string(csv, csv->plain && m != NULL ? m->token : label);
}

static void yes_or_no(struct csv_out *csv, enum lang lang, bool yes)
{
    static const struct text_pair words[] = {{"không", "no"}, {"có", "yes"}};
    csv_string(csv, csv->plain ? (yes ? "true" : "false") : text_in(lang, words[yes]));
}

void figures_target_headings(struct csv_out *csv, enum lang lang)
{
    figures_head(csv, lang, target_headings, FIGURES_TARGET_COLUMNS);
}

/* For Excel with a decimal comma, as csv_ratio. */
static void share_cell(struct csv_out *csv, int64_t millionths)
{
    char ratio[40], percent[48];
    if (csv->plain) {
        csv_ratio(csv, millionths, 1000000, 4);
        return;
    }
    ratio_format(millionths, 1000000, 2, LANG_VI, ratio, sizeof ratio);
    snprintf(percent, sizeof percent, "%s %%", ratio);
    csv_string(csv, percent);
}

/* Groups or communes that are counted, and how many of them are wanted. */
static void units_cells(struct csv_out *csv, enum lang lang, const Hv__TargetLine *line)
{
    figures_code(csv, lang, period_codes, line->has_period ? (int)line->period : HV__PERIOD__TERM);
    known_int(csv, line->has_units, line->units);
    known_int(csv, line->has_units, line->units_met);
    known_int(csv, line->has_units, line->units_open);
    figures_code(csv, lang, comparator_codes, (int)line->units_comparator * line->has_units_comparator);
    if (line->form == HV__FORM__UNITS_SHARE && line->has_units_threshold)
        share_cell(csv, line->units_threshold);
    else
        known_int(csv, line->has_units_threshold, line->units_threshold);
}

void figures_target(struct csv_out *csv, enum lang lang, const Hv__TargetLine *line)
{
    text_or_none(csv, line->term);
    csv_date(csv, line->deadline);
    text_or_none(csv, line->document);
    measure_cell(csv, lang, line->measure);
    figures_code(csv, lang, form_codes, (int)line->form);
    figures_code(csv, lang, comparator_codes, (int)line->comparator);
    yes_or_no(csv, lang, line->decides);
    known_int(csv, line->has_baseline, line->baseline);
    csv_date(csv, line->has_baseline ? line->baseline_date : 0);
    units_cells(csv, lang, line);
}

void figures_headings(struct csv_out *csv, enum lang lang)
{
    figures_head(csv, lang, headings, FIGURES_COLUMNS);
}

void figures_threshold(struct csv_out *csv, const Hv__TargetLine *line, int64_t threshold)
{
    if (target_line_is_ratio(line))
        share_cell(csv, threshold);
    else
        csv_int(csv, threshold);
}

void figures_cells(struct csv_out *csv, enum lang lang, const Hv__TargetLine *line)
{
    csv_int(csv, line->numerator);
    known_int(csv, line->has_denominator, line->denominator);
    if (line->has_denominator_measure)
        measure_cell(csv, lang, line->denominator_measure);
    else if (line->has_denominator_type)
        figures_code(csv, lang, population_codes, (int)line->denominator_type);
    else
        csv_string(csv, "");
    csv_ratio(csv, line->numerator, line->has_denominator ? line->denominator : 0, 4);
    figures_threshold(csv, line, line->threshold);
    figures_code(csv, lang, verdict_codes, (int)line->verdict);
    known_int(csv, line->has_missing, line->missing);
    text_or_none(csv, line->denominator_source);
    csv_date(csv, line->denominator_date);
}
