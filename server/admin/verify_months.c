#include "server/admin/verify_months.h"
#include "common/target.h"
#include "server/store.h"

/* Columns of verify_months. */
enum {
    KEPT_UNIT,
    KEPT_MONTH,
    KEPT_TARGET,
    KEPT_SAME,
    KEPT_NUMERATOR,
    KEPT_DENOMINATOR,
    KEPT_BASELINE,
    KEPT_THRESHOLD,
    KEPT_VERDICT,
    KEPT_UNITS,
    KEPT_UNITS_MET,
    KEPT_UNITS_OPEN,
};

/* What a recount of one month-end takes. */
#define MONTH_ARENA ((size_t)64 << 20)

struct recount {
    struct db *db;
    struct arena *arena;
    const struct db_result *kept;
    Hv__TargetReport *report; /* of the unit and month at hand; NULL: not counted yet */
    int32_t unit, month;
};

static enum err recount_of(struct recount *x, int row, struct fault *f)
{
    int32_t unit = db_get_int4(x->kept, row, KEPT_UNIT), month = db_get_int4(x->kept, row, KEPT_MONTH);
    if (x->report != NULL && x->unit == unit && x->month == month)
        return ERR_OK;
    arena_reset(x->arena);
    x->unit = unit;
    x->month = month;
    enum err e = store_target_report(x->db, x->arena, unit, month, &x->report, f);
    for (size_t i = 0; e == ERR_OK && i < x->report->n_line; i++)
        target_decide(x->report->line[i]);
    return e;
}

static const Hv__TargetLine *line_of(const struct recount *x, int row)
{
    for (size_t i = 0; i < x->report->n_line; i++)
        if ((int32_t)x->report->line[i]->id == db_get_int4(x->kept, row, KEPT_TARGET))
            return x->report->line[i];
    return NULL;
}

static bool is_same(const struct recount *x, int row, int column, bool known, int64_t n)
{
    return db_is_null(x->kept, row, column) ? !known : known && db_get_int8(x->kept, row, column) == n;
}

/* A baseline may have been found out later. */
static bool equals(const struct recount *x, int row, const Hv__TargetLine *l)
{
    bool baseline = db_is_null(x->kept, row, KEPT_BASELINE) ||
                    is_same(x, row, KEPT_BASELINE, l->has_baseline, l->baseline);
    bool verdict = (db_is_null(x->kept, row, KEPT_BASELINE) && l->has_baseline) ||
                   is_same(x, row, KEPT_VERDICT, true, (int64_t)l->verdict);
    return baseline && verdict && is_same(x, row, KEPT_NUMERATOR, true, l->numerator) &&
           is_same(x, row, KEPT_DENOMINATOR, l->has_denominator, l->denominator) &&
           is_same(x, row, KEPT_THRESHOLD, true, l->threshold) &&
           is_same(x, row, KEPT_UNITS, l->has_units, l->units) &&
           is_same(x, row, KEPT_UNITS_MET, l->has_units, l->units_met) &&
           is_same(x, row, KEPT_UNITS_OPEN, l->has_units, l->units_open);
}

static bool is_live(Hv__Measure number)
{
    const struct measure *m = measure_by_number((int)number);
    return m == NULL || (m->rule != NULL && m->rule->live);
}

/* The line to compare with; NULL: passed over. */
static enum err comparable(struct recount *x, int row, const Hv__TargetLine **out, struct fault *f)
{
    *out = NULL;
    if (!db_get_bool(x->kept, row, KEPT_SAME))
        return ERR_OK;
    enum err e = recount_of(x, row, f);
    const Hv__TargetLine *line = e == ERR_OK ? line_of(x, row) : NULL;
    if (line != NULL && !is_live(line->measure) &&
        !(line->has_denominator_measure && is_live(line->denominator_measure)))
        *out = line;
    return e;
}

static enum err recount_all(struct recount *x, month_differ_fn *differ, void *context,
                            struct verify_months *out, struct fault *f)
{
    enum err e = ERR_OK;
    for (int row = 0; e == ERR_OK && row < db_rows(x->kept); row++) {
        const Hv__TargetLine *line;
        e = comparable(x, row, &line, f);
        out->recounted += line != NULL;
        out->passed_over += line == NULL;
        if (line != NULL && !equals(x, row, line))
            differ(context, x->unit);
    }
    return e;
}

enum err verify_months(struct admin *m, month_differ_fn *differ, void *context, struct verify_months *out,
                       struct fault *f)
{
    DB_RESULT kept = NULL;
    *out = (struct verify_months){0};
    enum err e = admin_run(m, "verify_months", NULL, &kept, f);
    if (e != ERR_OK)
        return e;
    struct recount x = {.db = m->db, .arena = arena_make(MONTH_ARENA), .kept = kept};
    e = x.arena != NULL ? recount_all(&x, differ, context, out, f) : fault(f, ERR_NO_MEMORY, "out of memory");
    arena_free(x.arena);
    return e;
}
