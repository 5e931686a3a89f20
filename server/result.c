/* A commune's own lines, a province's sums, and the country's: the provinces' sums summed again, one province
 * at a time. */
#include "server/result.h"
#include "common/target.h"
#include "server/report.h"
#include "server/store_month.h"
#include "server/store_report.h"
#include <stdlib.h>

/* What the report of one province takes. */
#define PROVINCE_ARENA ((size_t)256 << 20)

#define ARENA __attribute__((cleanup(arena_cleanup))) struct arena *

static enum err no_room(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the results");
}

static Hv__ResultRow *row_add(struct arena *a, Hv__ResultDay *day, Hv__TargetLine *line)
{
    Hv__ResultRow *row = arena_zero(a, 1, sizeof *row);
    if (row == NULL)
        return NULL;
    hv__result_row__init(row);
    row->line = line;
    day->row[day->n_row++] = row;
    return row;
}

static bool rows_make(struct arena *a, Hv__ResultDay *day, size_t count)
{
    day->row = arena_zero(a, count + 1, sizeof *day->row);
    return day->row != NULL;
}

static enum err sums_put(struct arena *a, const struct report_sum *sums, size_t count, Hv__ResultDay *day,
                         struct fault *f)
{
    if (!rows_make(a, day, count))
        return no_room(f);
    for (size_t i = 0; i < count; i++) {
        const struct report_sum *s = &sums[i];
        Hv__ResultRow *row = row_add(a, day, s->line);
        if (row == NULL)
            return no_room(f);
        row->has_each = s->own || s->each_same;
        row->each = s->own ? s->line->threshold : s->each;
        if (s->own)
            continue;
        row->has_units = row->has_units_met = row->has_units_not_met = row->has_units_open = 1;
        row->units = (int64_t)s->units;
        row->units_met = (int64_t)s->met;
        row->units_not_met = (int64_t)s->not_met;
        row->units_open = (int64_t)s->open;
        row->has_units_counted = 1;
        row->units_counted = (int64_t)s->counted;
    }
    return ERR_OK;
}

static enum err commune_rows(struct db *db, struct arena *a, int32_t unit, bool kept, Hv__ResultDay *day,
                             struct fault *f)
{
    Hv__TargetReport *report;
    enum err err = store_target_report(db, a, unit, day->day, &report, f);
    if (err == ERR_OK && kept)
        err = store_month_target(db, a, unit, report, f);
    if (err != ERR_OK)
        return err;
    report_target_decide(report);
    if (!rows_make(a, day, report->n_line))
        return no_room(f);
    for (size_t i = 0; i < report->n_line; i++) {
        Hv__ResultRow *row = row_add(a, day, report->line[i]);
        if (row == NULL)
            return no_room(f);
        row->has_each = 1;
        row->each = report->line[i]->threshold;
    }
    return ERR_OK;
}

static enum err province_sums(struct db *db, struct arena *a, int32_t unit, int32_t day, bool kept,
                              struct report_sum **sums, size_t *count, struct province_above *above,
                              struct fault *f)
{
    Hv__ProvinceReport *report;
    enum err err = store_province_part(db, a, unit, day, &report, above, f);
    if (err == ERR_OK && kept)
        err = store_month_province(db, a, unit, report, f);
    if (err == ERR_OK)
        err = report_province_sum(a, report, sums, f);
    *count = err == ERR_OK ? report->n_target : 0;
    return err;
}

/* ---- the country ---- */

struct country {
    struct arena *arena;
    struct report_sum *sums; /* by target, in the order of their ids */
    size_t count;
};

static bool text_keep(struct arena *a, char **text)
{
    if (*text != NULL)
        *text = arena_print(a, "%s", *text);
    return *text != NULL;
}

/* What the target is, without any figure. */
static bool sum_begin(struct arena *a, const Hv__TargetLine *like, int64_t threshold, struct report_sum *out)
{
    Hv__TargetLine *line = arena_copy(a, like, sizeof *like);
    if (line == NULL)
        return false;
    line->threshold = threshold;
    line->numerator = line->denominator = line->baseline = line->missing = 0;
    line->has_denominator = line->has_denominator_date = line->has_baseline = line->has_verdict = 0;
    line->has_kept = line->kept = 0;
    line->denominator_source = NULL;
    report_sum_begin(out, line);
    return text_keep(a, &line->title) && text_keep(a, &line->term) && text_keep(a, &line->document) &&
           text_keep(a, &line->key);
}

/* A line that is the country's own begins with the first province's. */
static bool own_begin(struct arena *a, const Hv__TargetLine *like, struct report_sum *out)
{
    Hv__TargetLine *line = arena_copy(a, like, sizeof *like);
    if (line == NULL)
        return false;
    *out = (struct report_sum){.line = line, .own = true};
    return text_keep(a, &line->title) && text_keep(a, &line->term) && text_keep(a, &line->document) &&
           text_keep(a, &line->key) &&
           (line->denominator_source == NULL || text_keep(a, &line->denominator_source));
}

/* What is the country's own is in each of them, the rest is added up. */
static void own_add(Hv__TargetLine *to, const Hv__TargetLine *part, bool baseline_own)
{
    to->numerator += part->numerator;
    if (part->has_denominator && !part->has_denominator_date) {
        to->denominator += part->denominator;
        to->has_denominator = 1;
    }
    if (!baseline_own)
        to->baseline += part->baseline;
    to->has_units |= part->has_units;
    to->has_units_met |= part->has_units_met;
    to->has_units_open |= part->has_units_open;
    to->units += part->units;
    to->units_met += part->units_met;
    to->units_open += part->units_open;
}

static struct report_sum *sum_of(struct country *c, uint32_t target)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->sums[i].line != NULL && c->sums[i].line->id == target)
            return &c->sums[i];
    return NULL;
}

/* The sum's texts are the province's, whose memory ends. */
static enum err province_join(struct country *c, const struct db_result *targets,
                              const struct report_sum *sums, size_t count, struct fault *f)
{
    for (int row = 0; row < db_rows(targets); row++)
        for (size_t i = 0; i < count; i++) {
            uint32_t id = (uint32_t)db_get_int4(targets, row, 0);
            if (sums[i].own || sums[i].line->id != id)
                continue;
            struct report_sum *s = sum_of(c, id);
            if (s == NULL) {
                s = &c->sums[c->count++];
                if (!sum_begin(c->arena, sums[i].line, db_get_int8(targets, row, 1), s))
                    return no_room(f);
            }
            report_sum_join(s, &sums[i]);
            if (s->line->denominator_source != NULL &&
                s->line->denominator_source == sums[i].line->denominator_source &&
                !text_keep(c->arena, &s->line->denominator_source))
                return no_room(f);
        }
    return ERR_OK;
}

static enum err own_join(struct country *c, const struct province_above *above, struct fault *f)
{
    for (size_t i = 0; i < above->count; i++) {
        struct report_sum *s = sum_of(c, above->line[i]->id);
        if (s != NULL)
            own_add(s->line, above->line[i], above->baseline_own[i]);
        else if (!own_begin(c->arena, above->line[i], &c->sums[c->count++]))
            return no_room(f);
    }
    return ERR_OK;
}

static int sum_compare(const void *a, const void *b)
{
    const struct report_sum *x = a, *y = b;
    return (x->line->id > y->line->id) - (x->line->id < y->line->id);
}

static void country_decide(struct country *c)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->sums[i].own)
            target_decide(c->sums[i].line);
        else
            report_sum_decide(&c->sums[i]);
    qsort(c->sums, c->count, sizeof *c->sums, sum_compare);
}

static enum err run_unit(struct db *db, struct arena *a, const char *statement, int32_t unit, int32_t day,
                         struct db_result **out, struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, unit);
    db_int4(&p, day);
    return db_run(db, statement, &p, out, f);
}

static enum err provinces_join(struct db *db, struct country *c, const struct db_result *provinces,
                               const struct db_result *targets, int32_t day, bool kept, struct fault *f)
{
    ARENA work = arena_make(PROVINCE_ARENA);
    enum err err = work != NULL ? ERR_OK : no_room(f);
    for (int row = 0; err == ERR_OK && row < db_rows(provinces); row++) {
        struct report_sum *sums;
        struct province_above above;
        size_t count;
        err = province_sums(db, work, db_get_int4(provinces, row, 0), day, kept, &sums, &count, &above, f);
        if (err == ERR_OK)
            err = province_join(c, targets, sums, count, f);
        if (err == ERR_OK)
            err = own_join(c, &above, f);
        arena_reset(work);
    }
    country_decide(c);
    return err;
}

static enum err centre_rows(struct db *db, struct arena *a, int32_t unit, bool kept, Hv__ResultDay *day,
                            struct fault *f)
{
    DB_RESULT provinces = NULL;
    DB_RESULT targets = NULL;
    struct country c = {.arena = a};
    enum err err = run_unit(db, a, "result_province", unit, day->day, &provinces, f);
    if (err == ERR_OK)
        err = run_unit(db, a, "result_target", unit, day->day, &targets, f);
    if (err != ERR_OK)
        return err;
    c.sums = arena_zero(a, (size_t)db_rows(targets) + 1, sizeof *c.sums);
    if (c.sums == NULL)
        return no_room(f);
    err = provinces_join(db, &c, provinces, targets, day->day, kept, f);
    return err == ERR_OK ? sums_put(a, c.sums, c.count, day, f) : err;
}

enum err result_rows(struct db *db, struct arena *a, const struct unit_row *unit, int32_t day, bool kept,
                     Hv__ResultDay **out, struct fault *f)
{
    struct report_sum *sums;
    size_t count;
    *out = arena_zero(a, 1, sizeof **out);
    if (*out == NULL)
        return no_room(f);
    hv__result_day__init(*out);
    (*out)->has_day = 1;
    (*out)->day = day;
    if (unit->level == LEVEL_COMMUNE)
        return commune_rows(db, a, unit->id, kept, *out, f);
    if (unit->level == LEVEL_CENTRE)
        return centre_rows(db, a, unit->id, kept, *out, f);
    enum err err = province_sums(db, a, unit->id, day, kept, &sums, &count, NULL, f);
    return err == ERR_OK ? sums_put(a, sums, count, *out, f) : err;
}
