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
static const char *threshold_number(struct importer *m, const char *form, const char *text)
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

static enum err target_derive(struct importer *m, const char *const *cells, const char **extra,
                              struct fault *f)
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
         .extra_count = sizeof target_extra / sizeof target_extra[0],
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
