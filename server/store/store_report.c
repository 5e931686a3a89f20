/* Reports of one commune, and what all reports share. */
#include "server/store_report.h"
#include "common/date.h"
#include "common/tally.h"
#include "common/target.h"
#include "server/statement.h"
#include "server/store_kind.h"
#include <stdio.h>
#include <stdlib.h>

/* Columns of report_target behind those that every target has. */
enum {
    COLUMN_CODE = TARGET_COLUMNS,
    COLUMN_NAME,
    COLUMN_POPULATION,
    COLUMN_POPULATION_DATE,
    COLUMN_POPULATION_SOURCE,
    COLUMN_BASELINE,
    COLUMN_FOLD,
    COLUMN_REGULAR,
    COLUMN_CATEGORY
};

static char *text_read(struct arena *a, const struct db_result *r, int row, int column)
{
    return arena_print(a, "%s", db_get_text(r, row, column));
}

/* What not every target has. `term_from` is told only where a figure hangs on it. */
static void form_read(const struct db_result *r, int row, int32_t term_from, Hv__TargetLine *line)
{
    const struct measure *numerator = measure_by_number((int)line->measure), *denominator = NULL;
    if ((line->has_denominator_measure = !db_is_null(r, row, 15))) {
        line->denominator_measure = (Hv__Measure)db_get_int4(r, row, 15);
        denominator = measure_by_number((int)line->denominator_measure);
    }
    if ((line->has_period = !db_is_null(r, row, 16)))
        line->period = (Hv__Period)db_get_int4(r, row, 16);
    if ((line->has_groups = !db_is_null(r, row, 17)))
        line->groups = (Hv__Measure)db_get_int4(r, row, 17);
    if ((line->has_units_comparator = !db_is_null(r, row, 18)))
        line->units_comparator = (Hv__Comparator)db_get_int4(r, row, 18);
    if ((line->has_units_threshold = !db_is_null(r, row, 19)))
        line->units_threshold = db_get_int8(r, row, 19);
    bool flows = (numerator != NULL && numerator->flow) || (denominator != NULL && denominator->flow);
    line->has_term_from = flows && !line->has_period;
    line->term_from = line->has_term_from ? term_from : 0;
}

enum err target_row_read(struct arena *a, const struct db_result *r, int row, struct target_row *out,
                         struct fault *f)
{
    Hv__TargetLine *line = arena_zero(a, 1, sizeof *line);
    if (line == NULL)
        return no_memory(f);
    hv__target_line__init(line);
    line->has_id = line->has_form = line->has_measure = line->has_comparator = line->has_threshold = 1;
    line->has_deadline = line->has_decides = 1;
    line->id = (uint32_t)db_get_int4(r, row, 0);
    line->title = text_read(a, r, row, 3);
    line->term = text_read(a, r, row, 4);
    line->form = (Hv__Form)db_get_int4(r, row, 5);
    line->measure = (Hv__Measure)db_get_int4(r, row, 6);
    line->comparator = (Hv__Comparator)db_get_int4(r, row, 7);
    line->threshold = db_get_int8(r, row, 8);
    if (!db_is_null(r, row, 9)) {
        line->has_denominator_type = 1;
        line->denominator_type = (Hv__PopulationType)db_get_int4(r, row, 9);
    }
    if (!db_is_null(r, row, 10)) {
        line->has_baseline_date = 1;
        line->baseline_date = db_get_int4(r, row, 10);
    }
    line->deadline = db_get_int4(r, row, 11);
    line->document = text_read(a, r, row, 12);
    line->decides = db_get_bool(r, row, 13);
    line->key = text_read(a, r, row, 14);
    form_read(r, row, db_get_int4(r, row, 2), line);
    *out = (struct target_row){line, db_get_int4(r, row, 1), db_get_int4(r, row, 2)};
    bool whole = line->title != NULL && line->term != NULL && line->document != NULL && line->key != NULL;
    return whole ? ERR_OK : no_memory(f);
}

bool target_row_applies(const struct target_row *rows, size_t count, size_t i)
{
    for (size_t j = 0; j < count; j++)
        if (rows[j].issuer == rows[i].issuer && rows[j].from_day > rows[i].from_day)
            return false;
    return true;
}

enum err report_stand(struct figures *x, const struct db_result *r, int row, int column, struct fault *f)
{
    return figures_stand(x, NULL, db_get_int4(r, row, column), db_get_bool(r, row, column + 1),
                         db_get_int4(r, row, column + 2), db_get_int8(r, row, column + 3), f);
}

void param_ints(struct db_params *p, const int32_t *list, size_t count)
{
    struct db_array x;
    db_array_begin(&x, p, DB_INT4, count, 0);
    for (size_t i = 0; i < count; i++)
        db_array_int(&x, list[i]);
    db_array_end(&x);
}

enum err report_standing(struct db *db, struct arena *a, const int32_t *units, size_t count, int32_t day,
                         struct db_result **out, struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    param_ints(&p, units, count);
    db_int4(&p, day);
    return db_run(db, "report_standing", &p, out, f);
}

enum err report_distinct(struct db *db, struct arena *a, const struct measure *m, const int32_t *units,
                         size_t count, int32_t day, struct db_result **out, struct fault *f)
{
    struct db_params p;
    char name[STATEMENT_NAME];
    snprintf(name, sizeof name, "distinct_%s", m->distinct);
    db_params_begin(&p, a);
    param_ints(&p, units, count);
    db_int4(&p, day);
    db_int4(&p, (int32_t)m->categories);
    db_bool(&p, m->present_only);
    db_int4(&p, m->flags);
    return db_run(db, name, &p, out, f);
}

static enum err run_unit_day(struct db *db, struct arena *a, const char *name, int32_t unit, int32_t day,
                             struct db_result **out, struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, unit);
    db_int4(&p, day);
    return db_run(db, name, &p, out, f);
}

/* The commune's own figures of a target. */
static enum err figures_read(struct arena *a, const struct db_result *r, int row, Hv__TargetLine *line,
                             struct fault *f)
{
    if (!db_is_null(r, row, COLUMN_BASELINE)) {
        line->has_baseline = 1;
        line->baseline = db_get_int8(r, row, COLUMN_BASELINE);
    }
    if (db_is_null(r, row, COLUMN_POPULATION))
        return ERR_OK;
    line->has_denominator = line->has_denominator_date = 1;
    line->denominator = db_get_int8(r, row, COLUMN_POPULATION);
    line->denominator_date = db_get_int4(r, row, COLUMN_POPULATION_DATE);
    line->denominator_source = text_read(a, r, row, COLUMN_POPULATION_SOURCE);
    return line->denominator_source != NULL ? ERR_OK : no_memory(f);
}

/* What one run of report_target gives. */
struct commune_read {
    struct target_row *rows;
    size_t count;
    int32_t fold;
};

static enum err commune_read(struct arena *a, const struct db_result *r, Hv__TargetReport *report,
                             struct commune_read *out, struct fault *f)
{
    enum err err = ERR_OK;
    *out = (struct commune_read){.rows = arena_zero(a, (size_t)db_rows(r), sizeof *out->rows)};
    if (out->rows == NULL)
        return no_memory(f);
    for (int row = 0; row < db_rows(r) && err == ERR_OK; row++) {
        if (!db_is_null(r, row, COLUMN_CATEGORY))
            continue;
        if (report->code == NULL) {
            report->code = text_read(a, r, row, COLUMN_CODE);
            report->name = text_read(a, r, row, COLUMN_NAME);
            out->fold = db_get_int4(r, row, COLUMN_FOLD);
            report->has_regular_percent = 1;
            report->regular_percent = db_is_null(r, row, COLUMN_REGULAR)
                                          ? TALLY_REGULAR_PERCENT
                                          : (uint32_t)db_get_int4(r, row, COLUMN_REGULAR);
        }
        if (db_is_null(r, row, 0))
            continue;
        struct target_row *x = &out->rows[out->count];
        err = target_row_read(a, r, row, x, f);
        if (err == ERR_OK)
            err = figures_read(a, r, row, x->line, f);
        out->count++;
    }
    if (err == ERR_OK && (report->code == NULL || report->name == NULL))
        return fault(f, ERR_NO_SUCH_UNIT, "there is no such unit");
    return err;
}

static int line_compare(const void *a, const void *b)
{
    const Hv__TargetLine *const *x = a, *const *y = b;
    return (*x)->id < (*y)->id ? -1 : (*x)->id > (*y)->id;
}

/* Those that apply, in the order in which they were made. */
static enum err lines_make(struct arena *a, const struct commune_read *c, Hv__TargetReport *report,
                           struct fault *f)
{
    report->line = arena_zero(a, c->count, sizeof *report->line);
    if (report->line == NULL)
        return no_memory(f);
    for (size_t i = 0; i < c->count; i++)
        if (target_row_applies(c->rows, c->count, i))
            report->line[report->n_line++] = c->rows[i].line;
    if (report->n_line > 1)
        qsort(report->line, report->n_line, sizeof *report->line, line_compare);
    return ERR_OK;
}

/* Who stands came with the targets; of a day before the fold it is read again. */
static enum err stand_read(struct db *db, struct arena *a, int32_t unit, int32_t day, int32_t fold,
                           const struct db_result *r, struct figures *out, struct fault *f)
{
    DB_RESULT past = NULL;
    enum err err = day < fold ? report_standing(db, a, &unit, 1, day, &past, f) : ERR_OK;
    for (int row = 0; past != NULL && err == ERR_OK && row < db_rows(past); row++)
        err = report_stand(out, past, row, 1, f);
    for (int row = 0; past == NULL && err == ERR_OK && row < db_rows(r); row++)
        if (!db_is_null(r, row, COLUMN_CATEGORY))
            err = report_stand(out, r, row, COLUMN_CATEGORY, f);
    return err;
}

static enum err lines_fill(struct db *db, struct arena *a, int32_t unit, int32_t fold,
                           const struct db_result *r, Hv__TargetReport *report, struct fault *f)
{
    struct figure_wants wants;
    struct figures figures;
    const struct figures_ask ask = {&unit, 1, report->as_of, &figures};
    enum err err = figure_wants_make(a, report->line, report->n_line, report->as_of, &wants, f);
    if (err == ERR_OK)
        err = figures_begin(a, &wants, &figures, f);
    if (err == ERR_OK)
        err = stand_read(db, a, unit, report->as_of, fold, r, &figures, f);
    if (err == ERR_OK)
        err = store_figures(db, a, &ask, f);
    for (size_t i = 0; err == ERR_OK && i < report->n_line; i++) {
        report->line[i]->has_numerator = 1;
        figures_fill(&figures, report->line[i], report->as_of);
    }
    return err;
}

enum err store_target_report(struct db *db, struct arena *a, int32_t unit, int32_t day,
                             Hv__TargetReport **out, struct fault *f)
{
    DB_RESULT r = NULL;
    struct commune_read c;
    Hv__TargetReport *report = arena_zero(a, 1, sizeof *report);
    if (report == NULL)
        return no_memory(f);
    hv__target_report__init(report);
    report->has_as_of = 1;
    report->as_of = day;
    enum err err = run_unit_day(db, a, "report_target", unit, day, &r, f);
    if (err == ERR_OK)
        err = commune_read(a, r, report, &c, f);
    if (err == ERR_OK)
        err = lines_make(a, &c, report, f);
    if (err == ERR_OK)
        err = lines_fill(db, a, unit, c.fold, r, report, f);
    *out = report;
    return err;
}

/* A group and who belongs to it. */
struct group_sums {
    struct id id;
    Hv__GroupRow *row;
};

/* Columns of report_group_member. */
enum { MEMBER_GROUP, MEMBER_CATEGORY, MEMBER_AWAY, MEMBER_SINCE, MEMBER_UNTIL, MEMBER_COUNT };

static bool belongs_on(const struct db_result *r, int row, int32_t day)
{
    if (!db_is_null(r, row, MEMBER_SINCE) && date_last_day(db_get_int4(r, row, MEMBER_SINCE)) > day)
        return false;
    return db_is_null(r, row, MEMBER_UNTIL) || date_last_day(db_get_int4(r, row, MEMBER_UNTIL)) > day;
}

static void members_add(const struct db_result *r, int32_t day, struct group_sums *groups, size_t count)
{
    const struct measure *members = measure_by_number(HV__MEASURE__MEMBERS),
                         *honorary = measure_by_number(HV__MEASURE__MEMBERS_HONORARY);
    for (int row = 0; row < db_rows(r); row++) {
        int32_t category = db_get_int4(r, row, MEMBER_CATEGORY);
        struct id id = db_get_uuid(r, row, MEMBER_GROUP);
        int64_t n = db_get_int8(r, row, MEMBER_COUNT);
        if (!belongs_on(r, row, day))
            continue;
        for (size_t g = 0; g < count; g++) {
            if (!id_equal(&groups[g].id, &id))
                continue;
            groups[g].row->members += measure_counts(members, category, false, 0) ? n : 0;
            groups[g].row->honorary += measure_counts(honorary, category, false, 0) ? n : 0;
        }
    }
}

static enum err group_read(struct arena *a, const struct db_result *r, int row, struct group_sums *out,
                           struct fault *f)
{
    out->id = db_get_uuid(r, row, 0);
    out->row = arena_zero(a, 1, sizeof *out->row);
    if (out->row == NULL)
        return no_memory(f);
    hv__group_row__init(out->row);
    out->row->name = text_read(a, r, row, 1);
    out->row->has_type = !db_is_null(r, row, 2);
    if (out->row->has_type)
        out->row->type = (uint32_t)db_get_int4(r, row, 2);
    return out->row->name != NULL ? ERR_OK : no_memory(f);
}

static enum err groups_make(struct arena *a, const struct db_result *groups, const struct db_result *members,
                            int32_t day, Hv__CommuneReport *report, struct fault *f)
{
    size_t count = (size_t)db_rows(groups);
    struct group_sums *list = arena_zero(a, count, sizeof *list);
    report->group = arena_zero(a, count, sizeof *report->group);
    if (list == NULL || report->group == NULL)
        return no_memory(f);
    for (size_t i = 0; i < count; i++) {
        enum err err = group_read(a, groups, (int)i, &list[i], f);
        if (err != ERR_OK)
            return err;
    }
    members_add(members, day, list, count);
    for (size_t i = 0; i < count; i++) {
        list[i].row->has_members = list[i].row->has_honorary = 1;
        report->group[report->n_group++] = list[i].row;
    }
    return ERR_OK;
}

static enum err run_unit(struct db *db, struct arena *a, const char *name, int32_t unit,
                         struct db_result **out, struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, unit);
    return db_run(db, name, &p, out, f);
}

enum err store_commune_report(struct db *db, struct arena *a, int32_t commune, int32_t day,
                              Hv__CommuneReport **out, struct fault *f)
{
    DB_RESULT groups = NULL;
    DB_RESULT members = NULL;
    DB_RESULT sync = NULL;
    Hv__CommuneReport *report = arena_zero(a, 1, sizeof *report);
    if (report == NULL)
        return no_memory(f);
    hv__commune_report__init(report);
    *out = report;
    enum err err = store_target_report(db, a, commune, day, &report->targets, f);
    if (err == ERR_OK)
        err = run_unit(db, a, "report_group", commune, &groups, f);
    if (err == ERR_OK)
        err = run_unit_day(db, a, "report_group_member", commune, day, &members, f);
    if (err == ERR_OK)
        err = groups_make(a, groups, members, day, report, f);
    if (err == ERR_OK)
        err = run_unit(db, a, "report_last_sync", commune, &sync, f);
    if (err == ERR_OK && !db_is_null(sync, 0, 0)) {
        report->has_last_sync = 1;
        report->last_sync = db_get_int8(sync, 0, 0);
    }
    return err;
}
