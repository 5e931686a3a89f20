/* Population figures and targets: what comes from files of the statistics authority and of the congresses. */
#include "common/codes.h"
#include "common/target.h"
#include "server/import.h"
#include <stdlib.h>
#include <string.h>

static enum err run_each(struct importer *m, const char *const *names, struct fault *f)
{
    enum err e = ERR_OK;
    for (; e == ERR_OK && *names != NULL; names++)
        e = m->run(m, *names, NULL, NULL, f);
    return e;
}

/* ---- population ---- */

static const struct import_column population_columns[] = {
    {.name = "unit"},   {.name = "term_level"},
    {.name = "term"},   {.name = "type", .codes = population_codes},
    {.name = "value"},  {.name = "as_of", .is_date = true},
    {.name = "source"},
};

static enum err population_prepare(struct importer *m, struct fault *f)
{
    return run_each(m, (const char *const[]){"population_spread", NULL}, f);
}

static enum err population_apply(struct importer *m, struct fault *f)
{
    return run_each(m, (const char *const[]){"population_supersede", "population_insert", NULL}, f);
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
    {.name = "period", .optional = true, .codes = period_codes},
    {.name = "groups", .optional = true},
    {.name = "units_comparator", .optional = true, .codes = comparator_codes},
    {.name = "units_threshold", .optional = true},
    {.name = "baseline_date", .optional = true, .is_date = true},
    {.name = "baseline", .optional = true},
    {.name = "deadline", .is_date = true},
    {.name = "document"},
    {.name = "decides"},
};
#define TARGET_COLUMNS (sizeof target_columns / sizeof target_columns[0])

enum extra {
    MEASURE_NUMBER,
    MEASURE_CATEGORIES, /* null: of records */
    MEASURE_PRESENT,
    MEASURE_FLAGS,
    MEASURE_DISTINCT,
    MEASURE_FLOW,
    MEASURE_LIVE,
    MEASURE_BY_GROUP,
    DENOMINATOR_MEASURE,
    DENOMINATOR_BY_GROUP,
    GROUPS_NUMBER,
    THRESHOLD_NUMBER,
    UNITS_THRESHOLD_NUMBER,
    EXTRA_COUNT
};

static const char *const target_extra[EXTRA_COUNT] = {
    [MEASURE_NUMBER] = "measure_number",
    [MEASURE_CATEGORIES] = "measure_categories",
    [MEASURE_PRESENT] = "measure_present",
    [MEASURE_FLAGS] = "measure_flags",
    [MEASURE_DISTINCT] = "measure_distinct",
    [MEASURE_FLOW] = "measure_flow",
    [MEASURE_LIVE] = "measure_live",
    [MEASURE_BY_GROUP] = "measure_by_group",
    [DENOMINATOR_MEASURE] = "denominator_measure",
    [DENOMINATOR_BY_GROUP] = "denominator_by_group",
    [GROUPS_NUMBER] = "groups_number",
    [THRESHOLD_NUMBER] = "threshold_number",
    [UNITS_THRESHOLD_NUMBER] = "units_threshold_number",
};

/* A percentage with up to 4 decimals as millionths, a count as it stands; NULL when it is none. */
static const char *threshold_number(struct importer *m, bool ratio, const char *text)
{
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

static const char *yes_no(bool yes)
{
    return yes ? "yes" : "no";
}

static const char *number_of(struct importer *m, const struct measure *measure)
{
    return measure != NULL ? arena_print(m->arena, "%d", (int)measure->measure) : NULL;
}

static void measure_derive(struct importer *m, const struct measure *measure, const char **extra)
{
    extra[MEASURE_NUMBER] = number_of(m, measure);
    if (measure == NULL)
        return;
    if (measure->rule == NULL)
        extra[MEASURE_CATEGORIES] = arena_print(m->arena, "%u", measure->categories);
    extra[MEASURE_PRESENT] = yes_no(measure->present_only);
    extra[MEASURE_FLAGS] = arena_print(m->arena, "%d", (int)measure->flags);
    extra[MEASURE_DISTINCT] = measure->distinct;
    extra[MEASURE_FLOW] = yes_no(measure->flow);
    extra[MEASURE_LIVE] = yes_no(measure->rule != NULL && measure->rule->live);
    extra[MEASURE_BY_GROUP] = yes_no(measure->by_group);
}

static bool form_is(const char *form, Hv__Form wanted)
{
    const struct code *code = code_by_token(form_codes, form);
    return code != NULL && code->value == (int32_t)wanted;
}

static enum err target_derive(struct importer *m, const char *const *cells, const char **extra,
                              struct fault *f)
{
    static const struct import shape = {.columns = target_columns, .column_count = TARGET_COLUMNS};
    const char *form = import_cell(&shape, cells, "form"), *below = import_cell(&shape, cells, "denominator"),
               *of_groups = import_cell(&shape, cells, "groups");
    const struct measure *denominator = measure_by_token(below), *groups = measure_by_token(of_groups);
    bool plain = form_is(form, HV__FORM__NUMBER) || form_is(form, HV__FORM__INCREASE);
    bool ratio =
        form_is(form, HV__FORM__RATIO) || form_is(form, HV__FORM__NONE_BELOW) || (!plain && below[0] != '\0');
    (void)f;
    measure_derive(m, measure_by_token(import_cell(&shape, cells, "measure")), extra);
    extra[DENOMINATOR_MEASURE] = number_of(m, denominator);
    extra[DENOMINATOR_BY_GROUP] = yes_no(denominator != NULL && denominator->by_group);
    extra[GROUPS_NUMBER] = number_of(m, groups != NULL && measure_of_groups(groups) ? groups : NULL);
    extra[THRESHOLD_NUMBER] = threshold_number(m, ratio, import_cell(&shape, cells, "threshold"));
    extra[UNITS_THRESHOLD_NUMBER] = threshold_number(m, form_is(form, HV__FORM__UNITS_SHARE),
                                                     import_cell(&shape, cells, "units_threshold"));
    return ERR_OK;
}

static enum err target_prepare(struct importer *m, struct fault *f)
{
    return run_each(m, (const char *const[]){"target_term", "target_spread", NULL}, f);
}

static enum err target_apply(struct importer *m, struct fault *f)
{
    return run_each(m, (const char *const[]){"target_supersede", "target_insert", "target_baseline", NULL},
                    f);
}

enum err figures_import(struct importer *m, const char *name, int32_t today, struct import *out,
                        struct fault *f)
{
    static const struct import all[] = {
        {.name = "population",
         .columns = population_columns,
         .column_count = sizeof population_columns / sizeof population_columns[0],
         .prepare = population_prepare,
         .apply = population_apply},
        {.name = "target",
         .columns = target_columns,
         .column_count = TARGET_COLUMNS,
         .extra = target_extra,
         .extra_count = EXTRA_COUNT,
         .derive = target_derive,
         .prepare = target_prepare,
         .apply = target_apply},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].name, name) == 0) {
            *out = all[i];
            out->argument = today;
            out->is_limited = out->is_kept = true;
            return db_script(m->db, arena_print(m->arena, "set local hoivien.today = '%d'", (int)today), f);
        }
    return fault(f, ERR_BAD_REQUEST, "there are no such figures");
}
