/* Kept month-ends in the place of what a report would count. */
#include "server/store_kind.h"
#include "server/store_month.h"
#include <string.h>

/* Columns of month_read. */
enum {
    KEPT_CODE,
    KEPT_TARGET,
    KEPT_NUMERATOR,
    KEPT_DENOMINATOR,
    KEPT_BASELINE,
    KEPT_THRESHOLD,
    KEPT_UNITS,
    KEPT_UNITS_MET,
    KEPT_UNITS_OPEN
};

static enum err kept_read(struct db *db, struct arena *a, int32_t unit, int32_t day, struct db_result **out,
                          struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, unit);
    db_int4(&p, day);
    return month_is_end(day) ? db_run(db, "month_read", &p, out, f) : ERR_OK;
}

/* By code, then target, as the statement orders them; -1: not kept. */
static int kept_find(const struct db_result *r, const char *code, int32_t target)
{
    int low = 0, high = r != NULL ? db_rows(r) : 0;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int order = strcmp(db_get_text(r, middle, KEPT_CODE), code);
        if (order == 0) {
            int32_t here = db_get_int4(r, middle, KEPT_TARGET);
            order = (here > target) - (here < target);
        }
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

static void line_put(const struct db_result *r, const char *code, Hv__TargetLine *line)
{
    int row = kept_find(r, code, (int32_t)line->id);
    if (row < 0)
        return;
    line->has_kept = line->kept = 1;
    line->numerator = db_get_int8(r, row, KEPT_NUMERATOR);
    line->threshold = db_get_int8(r, row, KEPT_THRESHOLD);
    line->has_denominator = !db_is_null(r, row, KEPT_DENOMINATOR);
    line->denominator = line->has_denominator ? db_get_int8(r, row, KEPT_DENOMINATOR) : 0;
    line->has_baseline = !db_is_null(r, row, KEPT_BASELINE);
    line->baseline = line->has_baseline ? db_get_int8(r, row, KEPT_BASELINE) : 0;
    if (db_is_null(r, row, KEPT_UNITS))
        return;
    line->has_units = line->has_units_met = line->has_units_open = 1;
    line->units = db_get_int8(r, row, KEPT_UNITS);
    line->units_met = db_get_int8(r, row, KEPT_UNITS_MET);
    line->units_open = db_get_int8(r, row, KEPT_UNITS_OPEN);
}

enum err store_month_target(struct db *db, struct arena *a, int32_t commune, Hv__TargetReport *r,
                            struct fault *f)
{
    DB_RESULT kept = NULL;
    enum err err = kept_read(db, a, commune, r->as_of, &kept, f);
    for (size_t i = 0; err == ERR_OK && i < r->n_line; i++)
        line_put(kept, r->code, r->line[i]);
    return err;
}

enum err store_month_province(struct db *db, struct arena *a, int32_t province, Hv__ProvinceReport *r,
                              struct fault *f)
{
    DB_RESULT kept = NULL;
    enum err err = kept_read(db, a, province, r->as_of, &kept, f);
    for (size_t i = 0; err == ERR_OK && i < r->n_commune; i++) {
        Hv__CommuneRow *c = r->commune[i];
        if (c->line != NULL)
            line_put(kept, c->code, c->line);
        for (size_t j = 0; j < c->n_other; j++)
            line_put(kept, c->code, c->other[j]);
    }
    return err;
}
