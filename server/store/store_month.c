/* Keeping month-ends. */
#include "server/store_month.h"
#include "common/date.h"
#include "common/target.h"
#include "server/store_kind.h"

bool month_is_end(int32_t day)
{
    return day == date_last_day(day / 100 * 100);
}

/* The last day of the month that begins `months` after the day's. */
static int32_t month_end(int32_t day, int months)
{
    return date_last_day(date_add_months(day / 100 * 100 + 1, months) / 100 * 100);
}

int32_t month_ended(int32_t day)
{
    return month_end(day, -1);
}

static enum err due(struct db *db, struct arena *a, int32_t first, int32_t last, int32_t months, size_t limit,
                    struct db_result **out, struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, first);
    db_int4(&p, last);
    db_int4(&p, months);
    db_int8(&p, (int64_t)limit);
    enum err err = db_begin(db, true, f);
    if (err == ERR_OK)
        err = db_run(db, "month_due", &p, out, f);
    db_rollback(db);
    return err;
}

/* What is kept of one line, as arrays; NULL is not known. */
static void param_known(struct db_params *p, const Hv__TargetReport *r,
                        bool (*of)(const Hv__TargetLine *line, int64_t *out))
{
    struct db_array x;
    db_array_begin(&x, p, DB_INT8, r->n_line, 0);
    for (size_t i = 0; i < r->n_line; i++) {
        int64_t n;
        if (of(r->line[i], &n))
            db_array_int(&x, n);
        else
            db_array_null(&x);
    }
    db_array_end(&x);
}

static bool target_of(const Hv__TargetLine *l, int64_t *out)
{
    *out = l->id;
    return true;
}

static bool numerator_of(const Hv__TargetLine *l, int64_t *out)
{
    *out = l->numerator;
    return true;
}

static bool denominator_of(const Hv__TargetLine *l, int64_t *out)
{
    *out = l->denominator;
    return l->has_denominator;
}

static bool baseline_of(const Hv__TargetLine *l, int64_t *out)
{
    *out = l->baseline;
    return l->has_baseline;
}

static bool threshold_of(const Hv__TargetLine *l, int64_t *out)
{
    *out = l->threshold;
    return true;
}

static bool verdict_of(const Hv__TargetLine *l, int64_t *out)
{
    *out = (int64_t)l->verdict;
    return true;
}

static bool units_of(const Hv__TargetLine *l, int64_t *out)
{
    *out = l->units;
    return l->has_units;
}

static bool units_met_of(const Hv__TargetLine *l, int64_t *out)
{
    *out = l->units_met;
    return l->has_units;
}

static bool units_open_of(const Hv__TargetLine *l, int64_t *out)
{
    *out = l->units_open;
    return l->has_units;
}

static enum err put(struct db *db, struct arena *a, int32_t unit, int64_t rev, const Hv__TargetReport *r,
                    struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, unit);
    db_int4(&p, r->as_of);
    db_int8(&p, rev);
    param_known(&p, r, target_of);
    param_known(&p, r, numerator_of);
    param_known(&p, r, denominator_of);
    param_known(&p, r, baseline_of);
    param_known(&p, r, threshold_of);
    param_known(&p, r, verdict_of);
    param_known(&p, r, units_of);
    param_known(&p, r, units_met_of);
    param_known(&p, r, units_open_of);
    return db_run(db, "month_put", &p, NULL, f);
}

static enum err keep_one(struct db *db, struct arena *a, int32_t unit, int64_t rev, int32_t month,
                         struct fault *f)
{
    Hv__TargetReport *r;
    enum err err = store_target_report(db, a, unit, month, &r, f);
    for (size_t i = 0; err == ERR_OK && i < r->n_line; i++)
        target_decide(r->line[i]);
    return err == ERR_OK ? put(db, a, unit, rev, r, f) : err;
}

/* Columns of month_kept. */
enum { KEPT_REV, KEPT_CAME, KEPT_MONTH };

static bool holds(const struct db_result *kept, int32_t month)
{
    for (int row = 0; row < db_rows(kept); row++)
        if (!db_is_null(kept, row, KEPT_MONTH) && db_get_int4(kept, row, KEPT_MONTH) == month)
            return true;
    return false;
}

/* The months from `first` on that are not kept, and what lies between the newest kept one and `first`; none
 * that had ended before the first records came. */
static enum err keep_months(struct db *db, struct arena *a, int32_t unit, const struct db_result *kept,
                            int32_t first, int32_t last, struct fault *f)
{
    enum err err = ERR_OK;
    int newest = db_rows(kept) - 1;
    int64_t rev = db_get_int8(kept, 0, KEPT_REV);
    int32_t came = db_get_int4(kept, 0, KEPT_CAME);
    if (first != last && !db_is_null(kept, newest, KEPT_MONTH) &&
        db_get_int4(kept, newest, KEPT_MONTH) < first)
        first = month_end(db_get_int4(kept, newest, KEPT_MONTH), 1);
    if (first < came)
        first = month_end(came, 0);
    for (int32_t month = first; err == ERR_OK && month <= last; month = month_end(month, 1))
        if (!holds(kept, month))
            err = keep_one(db, a, unit, rev, month, f);
    return err;
}

/* Locks the stream, so that what is counted stands exactly at its revision. */
static enum err keep_unit(struct db *db, struct arena *a, int32_t unit, int32_t first, int32_t last,
                          struct fault *f)
{
    struct db_params p;
    DB_RESULT rev = NULL;
    DB_RESULT kept = NULL;
    db_params_begin(&p, a);
    db_int4(&p, unit);
    enum err err = db_begin(db, false, f);
    if (err == ERR_OK)
        err = db_run(db, "month_lock", &p, &rev, f);
    if (err == ERR_OK)
        err = db_run(db, "month_kept", &p, &kept, f);
    if (err == ERR_OK && db_rows(kept) > 0)
        err = keep_months(db, a, unit, kept, first, last, f);
    if (err == ERR_OK)
        return db_commit(db, f);
    db_rollback(db);
    return err;
}

enum err store_month_keep(struct db *db, struct arena *a, int32_t today, int32_t month, size_t limit,
                          size_t *kept, struct fault *f)
{
    DB_RESULT units = NULL;
    int32_t last = month != 0 ? month : month_ended(today);
    int32_t first = month != 0 ? month : month_end(last, 1 - MONTHS_KEPT);
    *kept = 0;
    enum err err = due(db, a, first, last, month != 0 ? 1 : MONTHS_KEPT, limit, &units, f);
    for (int row = 0; err == ERR_OK && row < db_rows(units); row++) {
        err = keep_unit(db, a, db_get_int4(units, row, 0), first, last, f);
        ++*kept;
    }
    return err;
}
