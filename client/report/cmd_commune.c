#include "client/report/report.h"
#include "common/codes.h"
#include "common/csv.h"
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

/* Groups, the rows that there are many of; the targets are one line each in the province's CSV. */
static void print_csv(struct reporter *r, const Hv__CommuneReport *c, FILE *out, bool plain)
{
    static const struct text_pair headings[] = {
        {"Tổ chức", "group"}, {"Loại", "kind"}, {"Hội viên", "members"}, {"Danh dự", "honorary"}};
    struct csv_out csv;
    csv_begin(&csv, out, plain);
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
        csv_string(&csv, plain ? headings[i].en : text_in(r->ui.lang, headings[i]));
    csv_end_row(&csv);
    for (size_t i = 0; i < c->n_group; i++) {
        csv_string(&csv, c->group[i]->name);
        csv_string(&csv, words_code(r, group_kind_codes, (int)c->group[i]->type, plain));
        csv_int(&csv, c->group[i]->members);
        csv_int(&csv, c->group[i]->honorary);
        csv_end_row(&csv);
    }
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
    if (wants_csv(o))
        print_csv(r, reply->commune, out, option(o, "plain") != NULL);
    else
        print_words(r, reply->commune, out);
    return output_close(r, o, out, f);
}
