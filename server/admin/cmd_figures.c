/* Population figures and targets: what the operator loads from files of the statistics authority and of the
 * congresses. */
#include "common/os.h"
#include "common/target.h"
#include "server/admin/admin.h"
#include <stdlib.h>
#include <string.h>

static enum err open_for_import(struct admin *m, const struct options *o, struct fault *f)
{
    enum err e = admin_open(m, o, f);
    return e == ERR_OK
               ? db_script(m->db, arena_print(m->arena, "set hoivien.today = '%d'", (int)os_today()), f)
               : e;
}

static enum err run_each(struct admin *m, const char *const *names, struct fault *f)
{
    enum err e = ERR_OK;
    for (; e == ERR_OK && *names != NULL; names++)
        e = admin_run(m, *names, NULL, NULL, f);
    return e;
}

/* $1: superseded ones too; $2: a day, only of units that are valid on it, or 0. */
static enum err rows_of(struct admin *m, const char *statement, bool all, int32_t day,
                        const struct options *o, struct db_result **out, struct fault *f)
{
    struct db_params p;
    enum err e = admin_open(m, o, f);
    if (e != ERR_OK)
        return e;
    db_params_begin(&p, m->arena);
    db_bool(&p, all);
    db_int4(&p, day);
    return admin_run(m, statement, &p, out, f);
}

static enum err show(struct admin *m, const char *statement, const struct list_column *list, size_t count,
                     const struct options *o, struct fault *f)
{
    DB_RESULT r = NULL;
    enum err e = rows_of(m, statement, option(o, "all") != NULL, 0, o, &r, f);
    return e == ERR_OK ? admin_list(m, o, r, list, count, f) : e;
}

/* A code in an import is that of a unit of today, so an export names no other. The columns of an import file
 * are those of the list but for the last: when a figure was superseded. */
static enum err export_figures(struct admin *m, const char *statement, const struct list_column *list,
                               size_t count, const struct options *o, struct fault *f)
{
    DB_RESULT r = NULL;
    enum err e = rows_of(m, statement, false, os_today(), o, &r, f);
    if (e == ERR_OK)
        admin_export(m, o, r, list, count - 1);
    return e;
}

/* ---- population ---- */

static const struct import_column population_columns[] = {
    {.name = "unit"},   {.name = "term_level"},
    {.name = "term"},   {.name = "type", .codes = population_codes},
    {.name = "value"},  {.name = "as_of", .is_date = true},
    {.name = "source"},
};

static enum err population_prepare(struct admin *m, struct fault *f)
{
    return run_each(m, (const char *const[]){"population_spread", NULL}, f);
}

static enum err population_apply(struct admin *m, struct fault *f)
{
    return run_each(m, (const char *const[]){"population_supersede", "population_insert", NULL}, f);
}

enum err cmd_population_import(void *program, const struct options *o, struct fault *f)
{
    const struct import i = {.name = "population",
                             .columns = population_columns,
                             .column_count = sizeof population_columns / sizeof population_columns[0],
                             .prepare = population_prepare,
                             .apply = population_apply,
                             .argument = os_today()};
    enum err e = open_for_import(program, o, f);
    return e == ERR_OK ? import_run(program, &i, o, f) : e;
}

static const struct list_column population_list[] = {
    {{"Đơn vị", "unit"}, LIST_TEXT, NULL},   {{"Cấp nhiệm kỳ", "term_level"}, LIST_CODE, level_codes},
    {{"Nhiệm kỳ", "term"}, LIST_TEXT, NULL}, {{"Loại", "type"}, LIST_CODE, population_codes},
    {{"Số", "value"}, LIST_NUMBER, NULL},    {{"Tính đến", "as_of"}, LIST_DATE, NULL},
    {{"Nguồn", "source"}, LIST_TEXT, NULL},  {{"Thay thế lúc", "superseded"}, LIST_TEXT, NULL},
};
#define POPULATION_LIST (sizeof population_list / sizeof population_list[0])

enum err cmd_population_list(void *program, const struct options *o, struct fault *f)
{
    return show(program, "population_list", population_list, POPULATION_LIST, o, f);
}

enum err cmd_population_export(void *program, const struct options *o, struct fault *f)
{
    return export_figures(program, "population_list", population_list, POPULATION_LIST, o, f);
}

/* ---- targets ---- */

static const struct import_column target_columns[] = {
    {.name = "key"},
    {.name = "term_level"},
    {.name = "term"},
    {.name = "term_from", .is_date = true},
    {.name = "term_to", .is_date = true},
    {.name = "issuer"},
    {.name = "unit", .optional = true},
    {.name = "title"},
    {.name = "form", .codes = form_codes},
    {.name = "measure"},
    {.name = "comparator", .codes = comparator_codes},
    {.name = "threshold"},
    {.name = "denominator", .optional = true, .codes = population_codes},
    {.name = "baseline_date", .optional = true, .is_date = true},
    {.name = "baseline", .optional = true},
    {.name = "deadline", .is_date = true},
    {.name = "document"},
    {.name = "decides"},
};
#define TARGET_COLUMNS (sizeof target_columns / sizeof target_columns[0])

static const char *const target_extra[] = {"measure_number", "measure_categories", "measure_present",
                                           "threshold_number"};

/* A percentage with up to 4 decimals as millionths, a count as it stands; NULL when it is none. */
static const char *threshold_number(struct admin *m, const char *form, const char *text)
{
    bool ratio = strcmp(form, "ratio") == 0 || strcmp(form, "none-below") == 0;
    size_t whole = strspn(text, "0123456789");
    const char *rest = text + whole;
    size_t decimals = *rest == ',' || *rest == '.' ? strspn(rest + 1, "0123456789") : 0;
    if (whole == 0 || whole > 12 || decimals > 4 ||
        (*rest != '\0' && (decimals == 0 || rest[1 + decimals] != '\0')) || (!ratio && decimals > 0))
        return NULL;
    long long value = strtoll(text, NULL, 10);
    if (!ratio)
        return arena_print(m->arena, "%lld", value);
    long long fraction = decimals > 0 ? strtoll(rest + 1, NULL, 10) : 0;
    for (size_t k = decimals; k < 4; k++)
        fraction *= 10;
    return arena_print(m->arena, "%lld", value * 10000 + fraction);
}

static enum err target_derive(struct admin *m, const char *const *cells, const char **extra, struct fault *f)
{
    static const struct import shape = {.columns = target_columns, .column_count = TARGET_COLUMNS};
    const struct measure *measure = measure_by_token(import_cell(&shape, cells, "measure"));
    (void)f;
    extra[0] = measure != NULL ? arena_print(m->arena, "%d", (int)measure->measure) : NULL;
    extra[1] = measure != NULL ? arena_print(m->arena, "%u", measure->categories) : NULL;
    extra[2] = measure != NULL && measure->present_only ? "yes" : "no";
    extra[3] =
        threshold_number(m, import_cell(&shape, cells, "form"), import_cell(&shape, cells, "threshold"));
    return ERR_OK;
}

static enum err target_prepare(struct admin *m, struct fault *f)
{
    return run_each(m, (const char *const[]){"target_term", "target_spread", NULL}, f);
}

static enum err target_apply(struct admin *m, struct fault *f)
{
    return run_each(m, (const char *const[]){"target_supersede", "target_insert", "target_baseline", NULL},
                    f);
}

enum err cmd_target_import(void *program, const struct options *o, struct fault *f)
{
    const struct import i = {.name = "target",
                             .columns = target_columns,
                             .column_count = TARGET_COLUMNS,
                             .extra = target_extra,
                             .extra_count = sizeof target_extra / sizeof target_extra[0],
                             .derive = target_derive,
                             .prepare = target_prepare,
                             .apply = target_apply,
                             .argument = os_today()};
    enum err e = open_for_import(program, o, f);
    return e == ERR_OK ? import_run(program, &i, o, f) : e;
}

static const struct code decides_codes[] = {
    {0, "no", {"không", "no"}}, {1, "yes", {"có", "yes"}}, {0, NULL, {NULL, NULL}}};

/* Made when first asked for, since measures are a table of their own. */
static const struct code *measure_list(struct admin *m)
{
    struct code *codes = arena_zero(m->arena, measure_count + 1, sizeof *codes);
    for (size_t i = 0; codes != NULL && i < measure_count; i++)
        codes[i] = (struct code){(int32_t)measures[i].measure, measures[i].token, measures[i].label};
    return codes;
}

/* The same columns serve a list and an export. */
typedef enum err list_fn(struct admin *m, const char *statement, const struct list_column *list, size_t count,
                         const struct options *o, struct fault *f);

static enum err targets(struct admin *m, list_fn *how, const struct options *o, struct fault *f)
{
    const struct list_column list[] = {
        {{"Khoá", "key"}, LIST_TEXT, NULL},
        {{"Cấp nhiệm kỳ", "term_level"}, LIST_CODE, level_codes},
        {{"Nhiệm kỳ", "term"}, LIST_TEXT, NULL},
        {{"Nhiệm kỳ từ", "term_from"}, LIST_DATE, NULL},
        {{"Nhiệm kỳ đến", "term_to"}, LIST_DATE, NULL},
        {{"Nơi ban hành", "issuer"}, LIST_TEXT, NULL},
        {{"Đơn vị", "unit"}, LIST_TEXT, NULL},
        {{"Nội dung", "title"}, LIST_TEXT, NULL},
        {{"Dạng", "form"}, LIST_CODE, form_codes},
        {{"Thước đo", "measure"}, LIST_CODE, measure_list(m)},
        {{"So sánh", "comparator"}, LIST_CODE, comparator_codes},
        {{"Ngưỡng", "threshold"}, LIST_TEXT, NULL},
        {{"Mẫu số", "denominator"}, LIST_CODE, population_codes},
        {{"Ngày gốc", "baseline_date"}, LIST_DATE, NULL},
        {{"Số gốc", "baseline"}, LIST_NUMBER, NULL},
        {{"Hạn", "deadline"}, LIST_DATE, NULL},
        {{"Văn bản", "document"}, LIST_TEXT, NULL},
        {{"Quyết định", "decides"}, LIST_CODE, decides_codes},
        {{"Thay thế lúc", "superseded"}, LIST_TEXT, NULL},
    };
    return how(m, "target_list", list, sizeof list / sizeof list[0], o, f);
}

enum err cmd_target_list(void *program, const struct options *o, struct fault *f)
{
    return targets(program, show, o, f);
}

enum err cmd_target_export(void *program, const struct options *o, struct fault *f)
{
    return targets(program, export_figures, o, f);
}
