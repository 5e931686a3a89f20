/* Population figures and targets: what comes from files of the statistics authority and of the congresses. */
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

static enum err population_prepare(struct importer *m, struct fault *f)
{
    return run_each(m, (const char *const[]){"population_spread", NULL}, f);
}

static enum err population_apply(struct importer *m, struct fault *f)
{
    return run_each(m, (const char *const[]){"population_supersede", "population_insert", NULL}, f);
}

/* ---- targets ---- */

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
    const struct import shape = {.columns = target_columns, .column_count = target_column_count};
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
        {.name = "population", .prepare = population_prepare, .apply = population_apply},
        {.name = "target",
         .extra = target_extra,
         .extra_count = EXTRA_COUNT,
         .derive = target_derive,
         .prepare = target_prepare,
         .apply = target_apply},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].name, name) == 0) {
            *out = all[i];
            out->columns = import_columns(name, &out->column_count);
            out->argument = today;
            out->is_limited = out->is_kept = true;
            return db_script(m->db, arena_print(m->arena, "set local hoivien.today = '%d'", (int)today), f);
        }
    return fault(f, ERR_BAD_REQUEST, "there are no such figures");
}

/* ---- what stands ---- */

#define DENOMINATOR_MEASURES 1000 /* target_list.sql */

static const char *number_word(const struct import_column *c, int64_t number)
{
    const struct code *codes = c->codes != NULL ? c->codes : c->words;
    const struct measure *measure = NULL;
    if (c->measures != MEASURES_NONE && (codes == NULL || number > DENOMINATOR_MEASURES))
        measure = measure_by_number((int)(codes == NULL ? number : number - DENOMINATOR_MEASURES));
    const struct code *code = codes != NULL ? code_by_value(codes, number) : NULL;
    return measure != NULL ? measure->token : code != NULL ? code->token : "";
}

static void put_cell(struct csv_out *csv, const struct import_column *c, const struct db_result *r, int row,
                     int at)
{
    if (db_is_null(r, row, at))
        csv_string(csv, "");
    else if (c->is_date)
        csv_date(csv, (int32_t)db_get_int8(r, row, at));
    else if (c->is_number)
        csv_int(csv, db_get_int8(r, row, at));
    else
        csv_string(csv,
                   import_takes_words(c) ? number_word(c, db_get_int8(r, row, at)) : db_get_text(r, row, at));
}

static void put_rows(FILE *file, const struct import_column *columns, size_t count, const struct db_result *r)
{
    struct csv_out csv;
    csv_begin(&csv, file, true);
    for (size_t c = 0; c < count; c++)
        csv_string(&csv, columns[c].name);
    csv_end_row(&csv);
    for (int row = 0; row < db_rows(r); row++) {
        for (size_t c = 0; c < count; c++)
            put_cell(&csv, &columns[c], r, row, (int)c);
        csv_end_row(&csv);
    }
}

enum err figures_list(struct importer *m, const char *name, int32_t today, struct bytes *out, struct fault *f)
{
    DB_RESULT r = NULL;
    struct db_params p;
    size_t count = 0, size = 0;
    char *text = NULL;
    const struct import_column *columns = import_columns(name, &count);
    if (columns == NULL)
        return fault(f, ERR_BAD_REQUEST, "there are no such figures");
    db_params_begin(&p, m->arena);
    db_bool(&p, false);
    db_int4(&p, today);
    db_int4(&p, m->above);
    enum err e = m->run(m, arena_print(m->arena, "%s_list", name), &p, &r, f);
    FILE *file = e == ERR_OK ? open_memstream(&text, &size) : NULL;
    if (e == ERR_OK && file == NULL)
        e = fault(f, ERR_NO_MEMORY, "no memory for the list");
    if (e != ERR_OK)
        return e;
    put_rows(file, columns, count, r);
    bool written = fclose(file) == 0;
    out->p = written ? (const uint8_t *)arena_copy(m->arena, (const uint8_t *)text, size) : NULL;
    out->n = size;
    free(text);
    return out->p != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "no memory for the list");
}
