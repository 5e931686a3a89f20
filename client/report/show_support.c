#include "client/report/show_support.h"
#include "client/figures.h"
#include "common/codes.h"
#include "common/noun.h"

/* ---- table ---- */

static const struct text_pair headings[] = {
    {"Mã", "Code"},
    {"Xã", "Commune"},
    {"Nguyên nhân chính", "Main cause"},
    {"Nguyên nhân khác", "Further causes"},
    {"Hạn kế hoạch", "Plan's deadline"},
    {"Tình trạng", "State"},
    {"Cán bộ phụ trách", "Officer in charge"},
    {"Tiến độ gần nhất", "Last progress"},
    {"Đã tập huấn", "Trained"},
    {"Dự thường xuyên", "Attend regularly"},
    {"Đủ dữ liệu", "Data complete"},
};
#define COLUMNS       (sizeof headings / sizeof headings[0])
#define FIRST_SHARE   8
#define NOTHING_KNOWN "-"

static const char *or_none(const char *text)
{
    return text != NULL && text[0] != '\0' ? text : NOTHING_KNOWN;
}

/* A word that this program does not know stands as it is. */
static const char *cause_words(struct reporter *r, const char *cause)
{
    const struct code *code = cause != NULL ? code_by_token(cause_codes, cause) : NULL;
    return code != NULL ? text_in(r->ui.lang, code->label) : cause;
}

/* "Nghèo (đề xuất; 1 giải pháp)"; NULL: there is none. */
static const char *cause_cell(struct reporter *r, const char *cause, bool agreed, int64_t remedies)
{
    const char *words = cause_words(r, cause);
    if (words == NULL)
        return NULL;
    return arena_print(r->arena, "%s (%s%s)", words,
                       agreed                  ? ""
                       : r->ui.lang == LANG_EN ? "proposed; "
                                               : "đề xuất; ",
                       COUNTED((uint64_t)remedies, noun_remedy, r->ui.lang));
}

/* One behind the other; plain: "far-work agreed 1; poverty proposed 0". */
static const char *further_cell(struct reporter *r, const Hv__SupportLine *line, bool plain)
{
    const char *text = "";
    for (size_t i = 0; i < line->n_further && text != NULL; i++) {
        const Hv__SupportCause *c = line->further[i];
        const char *one = plain ? arena_print(r->arena, "%s %s %lld", c->cause,
                                              c->agreed ? "agreed" : "proposed", (long long)c->remedies)
                                : cause_cell(r, c->cause, c->agreed, c->remedies);
        if (one != NULL)
            text = arena_print(r->arena, "%s%s%s", text, i == 0 ? "" : "; ", one);
    }
    return text;
}

static const char *state_cell(struct reporter *r, const Hv__SupportLine *line)
{
    if (line->has_plan_state)
        return words_code(r, plan_state_codes, (int)line->plan_state, false);
    return text_in(r->ui.lang, (struct text_pair){"Chưa có kế hoạch", "No plan"});
}

static void table_row(struct table *t, struct reporter *r, const Hv__CommuneRow *c)
{
    const Hv__SupportLine *line = c->support;
    table_cell(t, c->code);
    table_cell(t, c->name);
    table_cell(t, or_none(cause_cell(r, line->cause, line->cause_agreed, line->remedies)));
    table_cell(t, or_none(further_cell(r, line, false)));
    table_cell(t, or_none(words_date(r, line->deadline)));
    table_cell(t, state_cell(r, line));
    table_cell(t, or_none(line->officer));
    table_cell(t, or_none(words_date(r, line->progress)));
    table_cell(t, or_none(words_ratio(r, line->trained, line->officers)));
    table_cell(t, or_none(words_ratio(r, line->attending, line->members)));
    table_cell(t, or_none(words_ratio(r, line->filled, line->cells)));
}

struct lacking {
    long communes, plan, main_cause, remedy, officer, progress;
};

static void count_row(struct lacking *n, const Hv__SupportLine *line)
{
    n->communes++;
    n->plan += line->without_plan;
    n->main_cause += line->without_main_cause;
    n->remedy += line->without_remedy;
    n->officer += line->without_officer;
    n->progress += line->without_progress;
}

static void print_lacking(struct reporter *r, const struct lacking *n, FILE *out)
{
    fprintf(
        out,
        r->ui.lang == LANG_EN
            ? "Communes below target: %ld. Without a running plan: %ld; without an agreed main cause: %ld; "
              "with an agreed cause that lacks an agreed remedy: %ld; without an officer in charge: %ld; "
              "without "
              "progress in 30 days: %ld.\n"
            : "Số xã chưa đạt: %ld. Chưa có kế hoạch đang thực hiện: %ld; chưa thống nhất nguyên nhân "
              "chính: %ld; có nguyên nhân đã thống nhất mà chưa thống nhất giải pháp: %ld; chưa có cán bộ "
              "phụ trách: "
              "%ld; không báo tiến độ trong 30 ngày: %ld.\n",
        n->communes, n->plan, n->main_cause, n->remedy, n->officer, n->progress);
}

void support_print(struct reporter *r, const Hv__ProvinceReport *p, FILE *out)
{
    struct lacking lacking = {0};
    struct table *t = table_make(COLUMNS);
    for (size_t i = 0; i < COLUMNS; i++)
        table_heading(t, i, text_in(r->ui.lang, headings[i]), i >= FIRST_SHARE);
    for (size_t i = 0; i < p->n_commune; i++) {
        if (p->commune[i]->support == NULL)
            continue;
        count_row(&lacking, p->commune[i]->support);
        table_row(t, r, p->commune[i]);
    }
    if (lacking.communes > 0) {
        fprintf(out, "\n%s\n",
                text_in(r->ui.lang, (struct text_pair){"Hỗ trợ các xã chưa đạt",
                                                       "Support of the communes below target"}));
        table_print(t, out);
        print_lacking(r, &lacking, out);
    }
    table_free(t);
}

/* ---- CSV ---- */

static const struct text_pair csv_headings[] = {
    {"Nguyên nhân chính", "main_cause"},
    {"Hai bên thống nhất", "cause_agreed"},
    {"Số giải pháp", "remedies"},
    {"Nguyên nhân khác", "further_causes"},
    {"Tình trạng kế hoạch", "plan_state"},
    {"Hạn kế hoạch", "plan_deadline"},
    {"Cán bộ phụ trách", "officer"},
    {"Tiến độ gần nhất", "last_progress"},
    {"Cán bộ đã tập huấn", "trained"},
    {"Cán bộ", "officers"},
    {"Hội viên dự thường xuyên", "attending"},
    {"Hội viên để tính mức dự", "attending_of"},
    {"Mục dữ liệu đã có", "filled"},
    {"Mục dữ liệu cần có", "cells"},
};
#define CSV_COLUMNS (sizeof csv_headings / sizeof csv_headings[0])

void support_csv_head(struct reporter *r, struct csv_out *csv)
{
    figures_head(csv, r->ui.lang, csv_headings, CSV_COLUMNS);
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static void csv_plan(struct reporter *r, struct csv_out *csv, const Hv__SupportLine *line)
{
    const char *cause = csv->plain ? line->cause : cause_words(r, line->cause);
    static const struct text_pair yes = {"có", "yes"}, no = {"không", "no"};
    const char *agreed = text_in(csv->plain ? LANG_EN : r->ui.lang, line->cause_agreed ? yes : no);
    csv_string(csv, cause != NULL ? cause : "");
    csv_string(csv, cause != NULL ? agreed : "");
    if (cause != NULL)
        csv_int(csv, line->remedies);
    else
        csv_string(csv, "");
    csv_string(csv, or_empty(further_cell(r, line, csv->plain)));
    if (line->has_plan_state)
        csv_string(csv, words_code(r, plan_state_codes, (int)line->plan_state, csv->plain));
    else
        csv_string(csv, "");
    csv_date(csv, line->deadline);
    csv_string(csv, line->officer != NULL ? line->officer : "");
    csv_date(csv, line->progress);
}

void support_csv_cells(struct reporter *r, struct csv_out *csv, const Hv__SupportLine *line)
{
    if (line == NULL) {
        figures_blank(csv, (int)CSV_COLUMNS);
        return;
    }
    const int64_t shares[] = {line->trained, line->officers, line->attending,
                              line->members, line->filled,   line->cells};
    csv_plan(r, csv, line);
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++)
        csv_int(csv, shares[i]);
}
