/* Population figures and targets: what the operator loads from files of the statistics authority and of the
 * congresses. */
#include "common/os.h"
#include "common/target.h"
#include "server/admin/admin.h"
#include <stdlib.h>
#include <string.h>

static enum err import_figures(struct admin *m, const char *name, const struct options *o, struct fault *f)
{
    enum err e = admin_open(m, o, f);
    return e == ERR_OK ? import_run(m, NULL, name, o, f) : e;
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
    db_int4(&p, 0);
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

enum err cmd_population_import(void *program, const struct options *o, struct fault *f)
{
    return import_figures(program, "population", o, f);
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

enum err cmd_target_import(void *program, const struct options *o, struct fault *f)
{
    return import_figures(program, "target", o, f);
}

static const struct code decides_codes[] = {
    {0, "no", {"không", "no"}}, {1, "yes", {"có", "yes"}}, {0, NULL, {NULL, NULL}}};

/* Made when first asked for, since measures are a table of their own. A denominator is a population figure
 * (`first`) or a measure, numbered from `from` on. */
static const struct code *measure_list(struct admin *m, const struct code *first, int32_t from)
{
    size_t count = 0;
    while (first != NULL && first[count].token != NULL)
        count++;
    struct code *codes = arena_zero(m->arena, count + measure_count + 1, sizeof *codes);
    if (codes == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        codes[i] = first[i];
    for (size_t i = 0; i < measure_count; i++)
        codes[count + i] =
            (struct code){from + (int32_t)measures[i].measure, measures[i].token, measures[i].label};
    return codes;
}

#define DENOMINATOR_MEASURES 1000 /* target_list.sql */

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
        {{"Thước đo", "measure"}, LIST_CODE, measure_list(m, NULL, 0)},
        {{"So sánh", "comparator"}, LIST_CODE, comparator_codes},
        {{"Ngưỡng", "threshold"}, LIST_TEXT, NULL},
        {{"Mẫu số", "denominator"}, LIST_CODE, measure_list(m, population_codes, DENOMINATOR_MEASURES)},
        {{"Kỳ", "period"}, LIST_CODE, period_codes},
        {{"Tổ chức", "groups"}, LIST_CODE, measure_list(m, NULL, 0)},
        {{"So sánh số cơ sở", "units_comparator"}, LIST_CODE, comparator_codes},
        {{"Ngưỡng số cơ sở", "units_threshold"}, LIST_TEXT, NULL},
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
