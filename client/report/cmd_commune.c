#include "client/figures.h"
#include "client/report/report.h"
#include "common/codes.h"
#include "common/target.h"

static void print_words(struct reporter *r, const Hv__CommuneReport *c, FILE *out)
{
    bool en = r->ui.lang == LANG_EN;
    const Hv__TargetReport *t = c->targets;
    fprintf(out, en ? "%s (%s), as of %s: %s\n" : "%s (%s), tính đến %s: %s\n", t->name, t->code,
            words_date(r, t->as_of), words_standing(r, c->standing));
    fprintf(out, en ? "Last sync: %s\n\n" : "Đồng bộ lần cuối: %s\n\n",
            c->has_last_sync ? words_time(r, c->last_sync, false)
            : en             ? "never"
                             : "chưa lần nào");
    for (size_t i = 0; i < t->n_line; i++)
        print_target(r, out, t->line[i]);
    fputc('\n', out);
    struct table *table = table_make(4);
    table_heading(table, 0, en ? "Group" : "Tổ chức", false);
    table_heading(table, 1, en ? "Kind" : "Loại", false);
    table_heading(table, 2, en ? "Members" : "Hội viên", true);
    table_heading(table, 3, en ? "Honorary" : "Danh dự", true);
    for (size_t i = 0; i < c->n_group; i++) {
        table_cell(table, c->group[i]->name);
        table_cell(table, words_code(r, group_kind_codes, (int)c->group[i]->type, false));
        table_cell(table, words_count(r, c->group[i]->members));
        table_cell(table, words_count(r, c->group[i]->honorary));
    }
    table_print(table, out);
    table_free(table);
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

static void csv_head(struct csv_out *csv, enum lang lang)
{
    figures_head(csv, lang, columns_before, sizeof columns_before / sizeof columns_before[0]);
    figures_target_headings(csv, lang);
    figures_headings(csv, lang);
    figures_head(csv, lang, columns_after, sizeof columns_after / sizeof columns_after[0]);
    csv_end_row(csv);
}

static void csv_begin_row(struct csv_out *csv, enum lang lang, enum row row, const Hv__CommuneReport *c,
                          const char *name)
{
    figures_code(csv, lang, row_codes, (int)row);
    csv_string(csv, c->targets->code);
    csv_string(csv, name);
}

static void csv_commune(struct csv_out *csv, struct reporter *r, const Hv__CommuneReport *c)
{
    csv_begin_row(csv, r->ui.lang, ROW_COMMUNE, c, c->targets->name);
    figures_blank(csv, GROUP_COLUMNS + FIGURES_TARGET_COLUMNS + FIGURES_COLUMNS);
    csv_date(csv, c->targets->as_of);
    csv_standing(csv, r, c->standing);
    csv_string(csv, words_time(r, c->last_sync, csv->plain));
    csv_end_row(csv);
}

static void csv_target(struct csv_out *csv, struct reporter *r, const Hv__CommuneReport *c,
                       const Hv__TargetLine *line)
{
    csv_begin_row(csv, r->ui.lang, ROW_TARGET, c, line->title);
    figures_blank(csv, GROUP_COLUMNS);
    figures_target(csv, r->ui.lang, line);
    figures_cells(csv, r->ui.lang, line);
    figures_blank(csv, AFTER);
    csv_end_row(csv);
}

static void csv_group(struct csv_out *csv, struct reporter *r, const Hv__CommuneReport *c,
                      const Hv__GroupRow *group)
{
    csv_begin_row(csv, r->ui.lang, ROW_GROUP, c, group->name);
    figures_code(csv, r->ui.lang, group_kind_codes, (int)group->type);
    csv_int(csv, group->members);
    csv_int(csv, group->honorary);
    figures_blank(csv, FIGURES_TARGET_COLUMNS + FIGURES_COLUMNS + AFTER);
    csv_end_row(csv);
}

static void print_csv(struct reporter *r, const Hv__CommuneReport *c, FILE *out)
{
    struct csv_out csv;
    csv_begin(&csv, out, r->is_plain);
    csv_head(&csv, r->ui.lang);
    csv_commune(&csv, r, c);
    for (size_t i = 0; i < c->targets->n_line; i++)
        csv_target(&csv, r, c, c->targets->line[i]);
    for (size_t i = 0; i < c->n_group; i++)
        csv_group(&csv, r, c, c->group[i]);
}

enum err cmd_report_commune(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    Hv__CommuneRequest commune = HV__COMMUNE_REQUEST__INIT;
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *reply;
    FILE *out;
    enum err e = reporter_begin(
        r, o, (struct text_pair){"hoivien-report commune 31317", "hoivien-report commune 31317"},
        (const char **)&commune.code, &commune.as_of, f);
    commune.has_as_of = commune.as_of != 0;
    request.commune = &commune;
    if (e == ERR_OK)
        e = reporter_fetch(r, &request, HV__REPLY__BODY_COMMUNE, &reply, f);
    if (e == ERR_OK && reply->commune->targets == NULL)
        e = fault(f, ERR_MALFORMED, "%s", code_words(ERR_MALFORMED, r->ui.lang));
    if (e == ERR_OK)
        e = output_open(r, o, &out, f);
    if (e != ERR_OK)
        return e;
    if (r->is_csv)
        print_csv(r, reply->commune, out);
    else
        print_words(r, reply->commune, out);
    return output_close(r, o, out, f);
}
