#include "client/result_show.h"
#include "client/figures.h"
#include "common/date.h"

static const struct text_pair headings[] = {
    {"Nội dung", "Content"},
    {"Chỉ tiêu", "Target"},
    {"Kết quả", "Result"},
    {"Vượt / Đạt / Chưa đạt", "Exceeded / Met / Not met"},
};
#define COLUMNS (sizeof headings / sizeof headings[0])

static void table_row(struct table *t, const struct result_pair *p, enum lang lang, bool compares)
{
    char text[RESULT_TEXT];
    const Hv__TargetLine *line = p->now.line;
    const struct code *verdict = code_by_value(verdict_codes, (int)line->verdict);
    table_cell(t, line->title != NULL ? line->title : "");
    result_target(&p->now, lang, text);
    table_cell(t, text);
    result_figure(&p->now, lang, text);
    table_cell(t, text);
    table_cell(t, verdict != NULL ? text_in(lang, verdict->label) : "?");
    if (!compares)
        return;
    struct result_row earlier = p->now;
    earlier.line = p->earlier;
    earlier.summed = false;
    text[0] = '\0';
    if (p->earlier != NULL)
        result_figure(&earlier, lang, text);
    table_cell(t, text);
    text[0] = '\0';
    if (p->earlier != NULL)
        result_change(line, p->earlier, lang, text);
    table_cell(t, text);
}

void result_show_table(const struct result_show *s, FILE *out)
{
    enum lang lang = s->ui->lang;
    struct compare_sources sources = {0};
    char day[DATE_TEXT], earlier[DATE_TEXT];
    struct table *t = table_make(COLUMNS + (s->earlier != 0 ? 2 : 0));
    for (size_t i = 0; i < COLUMNS; i++)
        table_heading(t, i, text_in(lang, headings[i]), false);
    date_format(s->day, false, day);
    if (s->earlier != 0) {
        date_format(s->earlier, false, earlier);
        table_heading(t, COLUMNS, earlier, false);
        table_heading(t, COLUMNS + 1, lang == LANG_EN ? "Change" : "Thay đổi", true);
    }
    fprintf(out, lang == LANG_EN ? "%s (%s), as of %s\n" : "%s (%s), tính đến %s\n", s->name, s->code, day);
    for (size_t i = 0; i < s->count; i++) {
        table_row(t, &s->pairs[i], lang, s->earlier != 0);
        compare_note(&sources, s->pairs[i].earlier);
    }
    if (s->count > 0)
        table_print(t, out);
    else
        fprintf(out,
                lang == LANG_EN ? "No target applies here.\n" : "Chưa có chỉ tiêu nào cho đơn vị này.\n");
    if (s->earlier != 0)
        compare_say(&sources, s->earlier, lang, out);
    table_free(t);
}

static void csv_head(struct csv_out *csv, enum lang lang, bool compares)
{
    static const struct text_pair words[] = {
        {"Nội dung", "content"},
        {"Chỉ tiêu", "target"},
        {"Kết quả", "result"},
        {"Vượt / Đạt / Chưa đạt", "result_word"},
        {"Mã", "unit_code"},
        {"Đơn vị", "unit_name"},
        {"Tính đến", "as_of"},
        {"Chỉ tiêu mỗi đơn vị", "each"},
        {"Số đơn vị được giao", "assigned"},
        {"Đơn vị được giao đạt", "assigned_met"},
        {"Đơn vị được giao chưa đạt", "assigned_not_met"},
        {"Đơn vị được giao chưa đủ số liệu", "assigned_no_verdict"},
    };
    figures_head(csv, lang, words, sizeof words / sizeof words[0]);
    figures_target_headings(csv, lang);
    figures_headings(csv, lang);
    if (compares)
        compare_headings(csv, lang);
    csv_end_row(csv);
}

static void known_cell(struct csv_out *csv, bool known, int64_t n)
{
    if (known)
        csv_int(csv, n);
    else
        csv_string(csv, "");
}

static void csv_row_of(const struct result_show *s, struct csv_out *csv, const struct result_pair *p)
{
    enum lang lang = csv->plain ? LANG_EN : s->ui->lang;
    char text[RESULT_TEXT];
    const struct result_row *r = &p->now;
    csv_string(csv, r->line->title != NULL ? r->line->title : "");
    result_target(r, lang, text);
    csv_string(csv, text);
    result_figure(r, lang, text);
    csv_string(csv, text);
    figures_code(csv, lang, verdict_codes, (int)r->line->verdict);
    csv_string(csv, s->code);
    csv_string(csv, s->name);
    csv_date(csv, s->day);
    if (r->same_each)
        figures_threshold(csv, r->line, r->each);
    else
        csv_string(csv, "");
    known_cell(csv, r->summed, r->units);
    known_cell(csv, r->summed, r->met);
    known_cell(csv, r->summed, r->not_met);
    known_cell(csv, r->summed, r->open);
    figures_target(csv, lang, r->line);
    figures_cells(csv, lang, r->line);
    if (s->earlier != 0)
        compare_cells(csv, lang, s->earlier, r->line, p->earlier);
    csv_end_row(csv);
}

void result_show_csv(const struct result_show *s, bool plain, FILE *out)
{
    struct csv_out csv;
    csv_begin(&csv, out, plain);
    csv_head(&csv, s->ui->lang, s->earlier != 0);
    for (size_t i = 0; i < s->count; i++)
        csv_row_of(s, &csv, &s->pairs[i]);
}
