#include "client/compare.h"
#include "client/figures.h"
#include "client/report/report.h"
#include "common/codes.h"
#include "common/target.h"
#include <string.h>

/* The same commune on an earlier day. */
struct earlier {
    const Hv__CommuneReport *report; /* NULL: nothing is compared */
    int32_t day;
};

static const Hv__TargetLine *line_then(const struct earlier *x, const Hv__TargetLine *line)
{
    return x->report != NULL ? compare_find(x->report->targets->line, x->report->targets->n_line, line)
                             : NULL;
}

static const Hv__GroupRow *group_then(const struct earlier *x, const Hv__GroupRow *group)
{
    for (size_t i = 0; x->report != NULL && i < x->report->n_group; i++) {
        const Hv__GroupRow *then = x->report->group[i];
        if (then->type == group->type && strcmp(then->name, group->name) == 0)
            return then;
    }
    return NULL;
}

static const char *signed_count(struct reporter *r, int64_t n)
{
    return n > 0 ? arena_print(r->arena, "+%s", words_count(r, n)) : words_count(r, n);
}

static void group_cells(struct reporter *r, struct table *t, const struct earlier *x,
                        const Hv__GroupRow *group)
{
    const Hv__GroupRow *then = group_then(x, group);
    table_cell(t, group->name);
    table_cell(t, words_code(r, group_kind_codes, (int)group->type, false));
    table_cell(t, words_count(r, group->members));
    table_cell(t, words_count(r, group->honorary));
    if (x->report == NULL)
        return;
    table_cell(t, then != NULL ? words_count(r, then->members) : "");
    table_cell(t, then != NULL ? signed_count(r, group->members - then->members) : "");
}

static void print_groups(struct reporter *r, const Hv__CommuneReport *c, const struct earlier *x, FILE *out)
{
    bool en = r->ui.lang == LANG_EN;
    struct table *table = table_make(x->report != NULL ? 6 : 4);
    table_heading(table, 0, en ? "Group" : "Tổ chức", false);
    table_heading(table, 1, en ? "Kind" : "Loại", false);
    table_heading(table, 2, en ? "Members" : "Hội viên", true);
    table_heading(table, 3, en ? "Honorary" : "Danh dự", true);
    if (x->report != NULL) {
        table_heading(table, 4, words_date(r, x->day), true);
        table_heading(table, 5, en ? "Change" : "Thay đổi", true);
    }
    for (size_t i = 0; i < c->n_group; i++)
        group_cells(r, table, x, c->group[i]);
    table_print(table, out);
    table_free(table);
}

static void print_words(struct reporter *r, const Hv__CommuneReport *c, const struct earlier *x, FILE *out)
{
    bool en = r->ui.lang == LANG_EN;
    const Hv__TargetReport *t = c->targets;
    fprintf(out, en ? "%s (%s), as of %s: %s\n" : "%s (%s), tính đến %s: %s\n", t->name, t->code,
            words_date(r, t->as_of), words_standing(r, c->standing));
    fprintf(out, en ? "Last sync: %s\n\n" : "Đồng bộ lần cuối: %s\n\n",
            c->has_last_sync ? words_time(r, c->last_sync, false)
            : en             ? "never"
                             : "chưa lần nào");
    for (size_t i = 0; i < t->n_line; i++) {
        print_target(r, out, t->line[i]);
        if (x->report != NULL)
            compare_print(t->line[i], line_then(x, t->line[i]), x->day, r->ui.lang, out);
    }
    fputc('\n', out);
    print_groups(r, c, x, out);
}

/* ---- CSV: one table, whose first column says what a row is about ---- */

enum row { ROW_COMMUNE, ROW_TARGET, ROW_GROUP };

static const struct code row_codes[] = {
    {ROW_COMMUNE, "commune", {"Xã", "Commune"}},
    {ROW_TARGET, "target", {"Chỉ tiêu", "Target"}},
    {ROW_GROUP, "group", {"Tổ chức", "Group"}},
    {0, NULL, {NULL, NULL}},
};

static const struct text_pair columns_before[] = {
    {"Dòng", "row"},  {"Mã xã", "commune_code"}, {"Tên", "name"},
    {"Loại", "kind"}, {"Hội viên", "members"},   {"Danh dự", "honorary"},
};
static const struct text_pair columns_after[] = {
    {"Tính đến", "as_of"}, {"Phân loại", "standing"}, {"Đồng bộ lần cuối", "last_sync"}};
#define GROUP_COLUMNS 3 /* kind, members, honorary */
#define AFTER         ((int)(sizeof columns_after / sizeof columns_after[0]))

static void csv_head(struct csv_out *csv, enum lang lang, bool compares)
{
    figures_head(csv, lang, columns_before, sizeof columns_before / sizeof columns_before[0]);
    figures_target_headings(csv, lang);
    figures_headings(csv, lang);
    figures_head(csv, lang, columns_after, sizeof columns_after / sizeof columns_after[0]);
    if (compares)
        compare_headings(csv, lang);
    csv_end_row(csv);
}

static void csv_begin_row(struct csv_out *csv, enum lang lang, enum row row, const Hv__CommuneReport *c,
                          const char *name)
{
    figures_code(csv, lang, row_codes, (int)row);
    csv_string(csv, c->targets->code);
    csv_string(csv, name);
}

static void csv_commune(struct csv_out *csv, struct reporter *r, const Hv__CommuneReport *c,
                        const struct earlier *x)
{
    csv_begin_row(csv, r->ui.lang, ROW_COMMUNE, c, c->targets->name);
    figures_blank(csv, GROUP_COLUMNS + FIGURES_TARGET_COLUMNS + FIGURES_COLUMNS);
    csv_date(csv, c->targets->as_of);
    csv_standing(csv, r, c->standing);
    csv_string(csv, words_time(r, c->last_sync, csv->plain));
    if (x->report != NULL)
        figures_blank(csv, COMPARE_COLUMNS);
    csv_end_row(csv);
}

static void csv_target(struct csv_out *csv, struct reporter *r, const Hv__CommuneReport *c,
                       const Hv__TargetLine *line, const struct earlier *x)
{
    csv_begin_row(csv, r->ui.lang, ROW_TARGET, c, line->title);
    figures_blank(csv, GROUP_COLUMNS);
    figures_target(csv, r->ui.lang, line);
    figures_cells(csv, r->ui.lang, line);
    figures_blank(csv, AFTER);
    if (x->report != NULL)
        compare_cells(csv, r->ui.lang, x->day, line, line_then(x, line));
    csv_end_row(csv);
}

/* In the columns of a target: members then, and the change. */
static void csv_group_then(struct csv_out *csv, const Hv__GroupRow *group, const Hv__GroupRow *then,
                           int32_t day)
{
    csv_date(csv, day);
    if (then == NULL) {
        figures_blank(csv, COMPARE_COLUMNS - 1);
        return;
    }
    csv_int(csv, then->members);
    figures_blank(csv, COMPARE_COLUMNS - 3);
    csv_int(csv, group->members - then->members);
}

static void csv_group(struct csv_out *csv, struct reporter *r, const Hv__CommuneReport *c,
                      const Hv__GroupRow *group, const struct earlier *x)
{
    csv_begin_row(csv, r->ui.lang, ROW_GROUP, c, group->name);
    figures_code(csv, r->ui.lang, group_kind_codes, (int)group->type);
    csv_int(csv, group->members);
    csv_int(csv, group->honorary);
    figures_blank(csv, FIGURES_TARGET_COLUMNS + FIGURES_COLUMNS + AFTER);
    if (x->report != NULL)
        csv_group_then(csv, group, group_then(x, group), x->day);
    csv_end_row(csv);
}

static void print_csv(struct reporter *r, const Hv__CommuneReport *c, const struct earlier *x, FILE *out)
{
    struct csv_out csv;
    csv_begin(&csv, out, r->is_plain);
    csv_head(&csv, r->ui.lang, x->report != NULL);
    csv_commune(&csv, r, c, x);
    for (size_t i = 0; i < c->targets->n_line; i++)
        csv_target(&csv, r, c, c->targets->line[i], x);
    for (size_t i = 0; i < c->n_group; i++)
        csv_group(&csv, r, c, c->group[i], x);
}

static enum err fetch(struct reporter *r, Hv__CommuneRequest *commune, const Hv__CommuneReport **out,
                      struct fault *f)
{
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *reply;
    request.commune = commune;
    enum err e = reporter_fetch(r, &request, HV__REPLY__BODY_COMMUNE, &reply, f);
    if (e == ERR_OK && reply->commune->targets == NULL)
        e = fault(f, ERR_MALFORMED, "%s", code_words(ERR_MALFORMED, r->ui.lang));
    if (e == ERR_OK)
        *out = reply->commune;
    return e;
}

enum err cmd_report_commune(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    Hv__CommuneRequest commune = HV__COMMUNE_REQUEST__INIT;
    const Hv__CommuneReport *now;
    struct earlier earlier = {.report = NULL};
    FILE *out;
    enum err e = reporter_begin(
        r, o, (struct text_pair){"hoivien-report commune 31317", "hoivien-report commune 31317"},
        (const char **)&commune.code, &commune.as_of, f);
    if (e == ERR_OK)
        e = compare_day(&r->ui, o, commune.as_of, &earlier.day, f);
    commune.has_as_of = commune.as_of != 0;
    if (e == ERR_OK)
        e = fetch(r, &commune, &now, f);
    if (e == ERR_OK && earlier.day != 0) {
        commune.as_of = earlier.day;
        commune.has_as_of = commune.has_kept = commune.kept = 1;
        e = fetch(r, &commune, &earlier.report, f);
    }
    if (e == ERR_OK)
        e = output_open(r, o, &out, f);
    if (e != ERR_OK)
        return e;
    if (r->is_csv)
        print_csv(r, now, &earlier, out);
    else
        print_words(r, now, &earlier, out);
    return output_close(r, o, out, f);
}
