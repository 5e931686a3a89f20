/* The province's summary: communes by standing, then by district; the same rows as table and as CSV. */
#include "client/compare.h"
#include "client/figures.h"
#include "client/report/report.h"
#include "client/report/show_support.h"
#include "common/target.h"
#include <stdlib.h>
#include <string.h>

struct sum {
    int64_t communes;
    int64_t heard_from;
    int64_t numerator; /* of communes that have a denominator */
    int64_t denominator;
    int64_t without;        /* members in communes without one */
    int64_t then_numerator; /* on the earlier day */
    int64_t then_denominator;
};

/* What is shown: the province, and the same on an earlier day. */
struct view {
    const Hv__ProvinceReport *now;
    const Hv__ProvinceReport *earlier; /* NULL: nothing is compared */
    int32_t day;
    const Hv__TargetLine **then; /* by commune: the deciding line; NULL: none */
};

static enum err view_then(struct arena *a, struct view *v, struct fault *f)
{
    v->then = arena_zero(a, v->now->n_commune + 1, sizeof *v->then);
    if (v->then == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    for (size_t i = 0; v->earlier != NULL && i < v->now->n_commune; i++) {
        const Hv__CommuneRow *c = v->now->commune[i];
        for (size_t k = 0; c->line != NULL && k < v->earlier->n_commune; k++) {
            const Hv__CommuneRow *then = v->earlier->commune[k];
            if (strcmp(then->code, c->code) == 0 && then->line != NULL && then->line->id == c->line->id)
                v->then[i] = then->line;
        }
    }
    return ERR_OK;
}

static void sum_add(struct sum *s, const Hv__CommuneRow *c, const Hv__TargetLine *then)
{
    s->communes++;
    s->heard_from += c->has_last_sync;
    if (then != NULL && then->has_denominator && then->denominator > 0) {
        s->then_numerator += then->numerator;
        s->then_denominator += then->denominator;
    }
    if (c->line == NULL)
        return;
    if (c->line->has_denominator && c->line->denominator > 0) {
        s->numerator += c->line->numerator;
        s->denominator += c->line->denominator;
    } else {
        s->without += c->line->numerator;
    }
}

/* ---- CSV ---- */

static void csv_head(struct reporter *r, struct csv_out *csv, bool compares)
{
    static const struct text_pair before[] = {{"Mã huyện", "district_code"},
                                              {"Huyện", "district"},
                                              {"Mã xã", "commune_code"},
                                              {"Xã", "commune"},
                                              {"Phân loại", "standing"}},
                                  last_sync = {"Đồng bộ lần cuối", "last_sync"};
    figures_head(csv, r->ui.lang, before, sizeof before / sizeof before[0]);
    figures_headings(csv, r->ui.lang);
    figures_head(csv, r->ui.lang, &last_sync, 1);
    support_csv_head(r, csv);
    if (compares)
        compare_headings(csv, r->ui.lang);
    csv_end_row(csv);
}

static void csv_commune(struct csv_out *csv, struct reporter *r, const struct view *v, size_t i)
{
    const Hv__CommuneRow *c = v->now->commune[i];
    csv_string(csv, c->district_code != NULL ? c->district_code : "");
    csv_string(csv, c->district_name != NULL ? c->district_name : "");
    csv_string(csv, c->code);
    csv_string(csv, c->name);
    csv_standing(csv, r, c->standing);
    if (c->line != NULL)
        figures_cells(csv, r->ui.lang, c->line);
    else
        figures_blank(csv, FIGURES_COLUMNS);
    csv_string(csv, words_time(r, c->last_sync, csv->plain));
    support_csv_cells(r, csv, c->support);
    if (v->earlier != NULL)
        compare_cells(csv, r->ui.lang, v->day, c->line, v->then[i]);
    csv_end_row(csv);
}

static void print_csv(struct reporter *r, const struct view *v, FILE *out)
{
    struct csv_out csv;
    csv_begin(&csv, out, r->is_plain);
    csv_head(r, &csv, v->earlier != NULL);
    for (size_t i = 0; i < v->now->n_commune; i++)
        csv_commune(&csv, r, v, i);
}

/* ---- table ---- */

static const struct text_pair table_headings[] = {
    {"Mã", "Code"},     {"Xã", "Commune"},     {"Hội viên", "Members"},  {"Mẫu số", "Women"},
    {"Tỷ lệ", "Ratio"}, {"Kết quả", "Result"}, {"Còn thiếu", "Missing"}, {"Đồng bộ lần cuối", "Last sync"},
};
#define TABLE_COLUMNS (sizeof table_headings / sizeof table_headings[0])

/* The earlier ratio and the change of the figure and in points. */
static void table_then(struct table *t, struct reporter *r, int64_t numerator, int64_t denominator,
                       const Hv__TargetLine *then)
{
    char change[RESULT_TEXT] = "";
    Hv__TargetLine now = HV__TARGET_LINE__INIT;
    now.numerator = numerator;
    now.has_denominator = denominator > 0;
    now.denominator = denominator;
    if (then != NULL)
        result_change(&now, then, r->ui.lang, change);
    table_cell(t, then != NULL ? words_ratio(r, then->numerator, then->denominator) : "");
    table_cell(t, change);
}

static void table_sum(struct table *t, struct reporter *r, const struct view *v, const char *name,
                      const struct sum *s)
{
    Hv__TargetLine then = HV__TARGET_LINE__INIT;
    then.numerator = s->then_numerator;
    then.has_denominator = s->then_denominator > 0;
    then.denominator = s->then_denominator;
    table_cell(t, "");
    table_cell(t, name);
    table_cell(t, words_count(r, s->numerator + s->without));
    table_cell(t, words_count(r, s->denominator));
    table_cell(t, words_ratio(r, s->numerator, s->denominator));
    for (int i = 0; i < 3; i++)
        table_cell(t, "");
    if (v->earlier != NULL)
        table_then(t, r, s->numerator, s->denominator, then.has_denominator ? &then : NULL);
}

static void table_commune(struct table *t, struct reporter *r, const struct view *v, size_t i)
{
    const Hv__CommuneRow *c = v->now->commune[i];
    const Hv__TargetLine *line = c->line;
    bool has = line != NULL && line->has_denominator;
    table_cell(t, c->code);
    table_cell(t, c->name);
    table_cell(t, line != NULL ? words_count(r, line->numerator) : "");
    table_cell(t, has ? words_count(r, line->denominator) : "");
    table_cell(t, has ? words_ratio(r, line->numerator, line->denominator) : "");
    table_cell(t, line != NULL ? words_code(r, verdict_codes, (int)line->verdict, false) : "");
    table_cell(t, line != NULL && line->missing > 0 ? words_count(r, line->missing) : "");
    table_cell(t, words_time(r, c->last_sync, false));
    if (v->earlier != NULL)
        table_then(t, r, line != NULL ? line->numerator : 0, has ? line->denominator : 0, v->then[i]);
}

static const char *district_of(const Hv__CommuneRow *c)
{
    return c->district_name != NULL ? c->district_name : "";
}

/* Communes of one standing; they come by district, and each district ends with its sum. */
static void table_group(struct table *t, struct reporter *r, const struct view *v, Hv__VerdictWord standing,
                        struct sum *total)
{
    const Hv__ProvinceReport *p = v->now;
    struct sum district = {0};
    const Hv__CommuneRow *last = NULL;
    for (size_t i = 0; i < p->n_commune; i++) {
        const Hv__CommuneRow *c = p->commune[i];
        if (c->standing != standing)
            continue;
        if (last != NULL && strcmp(district_of(last), district_of(c)) != 0) {
            table_sum(t, r, v, arena_print(r->arena, "= %s", district_of(last)), &district);
            district = (struct sum){0};
        }
        table_commune(t, r, v, i);
        sum_add(&district, c, v->then[i]);
        sum_add(total, c, v->then[i]);
        last = c;
    }
    if (last != NULL)
        table_sum(t, r, v, arena_print(r->arena, "= %s", district_of(last)), &district);
}

static void print_group(struct reporter *r, const struct view *v, Hv__VerdictWord standing, FILE *out)
{
    struct sum total = {0};
    struct table *t = table_make(TABLE_COLUMNS + (v->earlier != NULL ? 2 : 0));
    for (size_t i = 0; i < TABLE_COLUMNS; i++)
        table_heading(t, i, text_in(r->ui.lang, table_headings[i]), i >= 2 && i <= 6 && i != 5);
    if (v->earlier != NULL) {
        table_heading(t, TABLE_COLUMNS, words_date(r, v->day), true);
        table_heading(t, TABLE_COLUMNS + 1, r->ui.lang == LANG_EN ? "Change" : "Thay đổi", true);
    }
    table_group(t, r, v, standing, &total);
    fprintf(out, r->ui.lang == LANG_EN ? "\n%s: %lld communes\n" : "\n%s: %lld xã\n",
            words_standing(r, standing), (long long)total.communes);
    if (total.communes > 0) {
        table_sum(t, r, v, arena_print(r->arena, "== %s", words_standing(r, standing)), &total);
        table_print(t, out);
    }
    table_free(t);
}

static void print_totals(struct reporter *r, const Hv__ProvinceReport *p, FILE *out)
{
    bool en = r->ui.lang == LANG_EN;
    struct sum all = {0};
    for (size_t i = 0; i < p->n_commune; i++)
        sum_add(&all, p->commune[i], NULL);
    fprintf(out, en ? "\nProvince: %s of %s = %s\n" : "\nToàn tỉnh: %s trên %s = %s\n",
            words_count(r, all.numerator), words_count(r, all.denominator),
            words_ratio(r, all.numerator, all.denominator));
    if (all.without > 0)
        fprintf(out,
                en ? "Members in communes without a denominator: %s\n"
                   : "Hội viên ở các xã chưa có mẫu số: %s\n",
                words_count(r, all.without));
    fprintf(out, en ? "Communes heard from: %s of %s = %s\n" : "Xã đã gửi số liệu: %s trên %s = %s\n",
            words_count(r, all.heard_from), words_count(r, all.communes),
            words_ratio(r, all.heard_from, all.communes));
}

static void print_targets(struct reporter *r, const struct view *v, FILE *out)
{
    const Hv__ProvinceReport *p = v->now;
    struct compare_sources sources = {0};
    for (size_t i = 0; i < p->n_target; i++) {
        print_target(r, out, p->target[i]);
        if (v->earlier != NULL)
            compare_print(p->target[i], compare_find(v->earlier->target, v->earlier->n_target, p->target[i]),
                          v->day, r->ui.lang, out);
    }
    for (size_t i = 0; v->earlier != NULL && i < p->n_commune; i++)
        compare_note(&sources, v->then[i]);
    if (v->earlier != NULL)
        compare_say(&sources, v->day, r->ui.lang, out);
}

static void print_table(struct reporter *r, const struct view *v, FILE *out)
{
    const Hv__ProvinceReport *p = v->now;
    static const Hv__VerdictWord order[] = {HV__VERDICT_WORD__MET, HV__VERDICT_WORD__NOT_MET,
                                            HV__VERDICT_WORD__NO_VERDICT};
    fprintf(out, r->ui.lang == LANG_EN ? "%s (%s), as of %s\n" : "%s (%s), tính đến %s\n", p->name, p->code,
            words_date(r, p->as_of));
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        print_group(r, v, order[i], out);
    support_print(r, p, out);
    print_totals(r, p, out);
    fputc('\n', out);
    print_targets(r, v, out);
}

static enum err fetch(struct reporter *r, Hv__ProvinceRequest *province, const Hv__ProvinceReport **out,
                      struct fault *f)
{
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *reply;
    request.province = province;
    enum err e = reporter_fetch(r, &request, HV__REPLY__BODY_PROVINCE, &reply, f);
    if (e == ERR_OK)
        *out = reply->province;
    return e;
}

/* Support is asked for once: it is of today. */
static enum err fetch_both(struct reporter *r, Hv__ProvinceRequest *province, struct view *v, struct fault *f)
{
    province->has_as_of = province->as_of != 0;
    province->has_support = province->support = 1;
    enum err e = fetch(r, province, &v->now, f);
    if (e == ERR_OK && v->day != 0) {
        province->as_of = v->day;
        province->has_as_of = province->has_kept = province->kept = 1;
        province->has_support = province->support = 0;
        e = fetch(r, province, &v->earlier, f);
    }
    return e == ERR_OK ? view_then(r->arena, v, f) : e;
}

enum err cmd_report_province(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    Hv__ProvinceRequest province = HV__PROVINCE_REQUEST__INIT;
    struct view v = {.earlier = NULL};
    FILE *out;
    enum err e =
        reporter_begin(r, o, (struct text_pair){"hoivien-report province 93", "hoivien-report province 93"},
                       (const char **)&province.code, &province.as_of, f);
    if (e == ERR_OK)
        e = compare_day(&r->ui, o, province.as_of, &v.day, f);
    if (e == ERR_OK)
        e = fetch_both(r, &province, &v, f);
    if (e == ERR_OK)
        e = output_open(r, o, &out, f);
    if (e != ERR_OK)
        return e;
    if (r->is_csv)
        print_csv(r, &v, out);
    else
        print_table(r, &v, out);
    return output_close(r, o, out, f);
}
