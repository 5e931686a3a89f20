/* The report of all communes of a province: a few statements for all of them, put together here. */
#include "server/store_kind.h"
#include "server/store_report.h"
#include <stdlib.h>

struct commune {
    int32_t id;
    int32_t district; /* 0: none */
    Hv__CommuneRow *row;
};

struct province_target {
    struct target_row target;
    int32_t unit; /* the one it is for; 0: each commune below its issuer */
    int32_t term;
    bool applies;
};

/* All that was read, before it becomes a report. */
struct province_read {
    struct arena *arena;
    int32_t province;
    int32_t parent; /* 0: none */
    int32_t day;
    struct commune *communes;
    size_t commune_count;
    struct figure_wants wants;
    struct figures *figures; /* of each commune */
    int32_t *units;          /* communes, their districts, the province, what is above it */
    size_t unit_count;
    struct province_target *targets;
    size_t target_count;
    struct db_result *populations;
    struct db_result *baselines;
};

/* Columns of report_province_unit. */
enum {
    UNIT_PROVINCE_CODE,
    UNIT_PROVINCE_NAME,
    UNIT_PARENT,
    UNIT_ID,
    UNIT_CODE,
    UNIT_NAME,
    UNIT_DISTRICT,
    UNIT_DISTRICT_CODE,
    UNIT_DISTRICT_NAME,
    UNIT_LAST_SYNC
};

static char *text_read(struct arena *a, const struct db_result *r, int row, int column)
{
    return arena_print(a, "%s", db_get_text(r, row, column));
}

static enum err commune_read(struct arena *a, const struct db_result *r, int row, struct commune *out,
                             struct fault *f)
{
    Hv__CommuneRow *x = arena_zero(a, 1, sizeof *x);
    if (x == NULL)
        return no_memory(f);
    hv__commune_row__init(x);
    x->code = text_read(a, r, row, UNIT_CODE);
    x->name = text_read(a, r, row, UNIT_NAME);
    out->id = db_get_int4(r, row, UNIT_ID);
    out->row = x;
    if (!db_is_null(r, row, UNIT_LAST_SYNC)) {
        x->has_last_sync = 1;
        x->last_sync = db_get_int8(r, row, UNIT_LAST_SYNC);
    }
    if (!db_is_null(r, row, UNIT_DISTRICT)) {
        out->district = db_get_int4(r, row, UNIT_DISTRICT);
        x->district_code = text_read(a, r, row, UNIT_DISTRICT_CODE);
        x->district_name = text_read(a, r, row, UNIT_DISTRICT_NAME);
        if (x->district_code == NULL || x->district_name == NULL)
            return no_memory(f);
    }
    return x->code != NULL && x->name != NULL ? ERR_OK : no_memory(f);
}

/* Rows come by district, so each district is new when it differs from the one before. */
static enum err units_list(struct province_read *p, struct fault *f)
{
    p->units = arena_zero(p->arena, 2 * p->commune_count + 2, sizeof *p->units);
    if (p->units == NULL)
        return no_memory(f);
    for (size_t i = 0; i < p->commune_count; i++)
        p->units[p->unit_count++] = p->communes[i].id;
    for (size_t i = 0; i < p->commune_count; i++)
        if (p->communes[i].district != 0 &&
            (i == 0 || p->communes[i].district != p->communes[i - 1].district))
            p->units[p->unit_count++] = p->communes[i].district;
    p->units[p->unit_count++] = p->province;
    if (p->parent != 0)
        p->units[p->unit_count++] = p->parent;
    return ERR_OK;
}

static enum err units_read(struct db *db, int32_t day, struct province_read *p, Hv__ProvinceReport *report,
                           struct fault *f)
{
    DB_RESULT r = NULL;
    struct db_params params;
    db_params_begin(&params, p->arena);
    db_int4(&params, p->province);
    db_int4(&params, day);
    enum err err = db_run(db, "report_province_unit", &params, &r, f);
    if (err != ERR_OK)
        return err;
    if (db_rows(r) == 0)
        return fault(f, ERR_NO_SUCH_UNIT, "there is no such unit");
    report->code = text_read(p->arena, r, 0, UNIT_PROVINCE_CODE);
    report->name = text_read(p->arena, r, 0, UNIT_PROVINCE_NAME);
    p->parent = db_is_null(r, 0, UNIT_PARENT) ? 0 : db_get_int4(r, 0, UNIT_PARENT);
    p->communes = arena_zero(p->arena, (size_t)db_rows(r), sizeof *p->communes);
    if (report->code == NULL || report->name == NULL || p->communes == NULL)
        return no_memory(f);
    for (int row = 0; row < db_rows(r) && err == ERR_OK; row++)
        if (!db_is_null(r, row, UNIT_ID))
            err = commune_read(p->arena, r, row, &p->communes[p->commune_count++], f);
    return err == ERR_OK ? units_list(p, f) : err;
}

static enum err targets_read(struct db *db, int32_t day, struct province_read *p, struct fault *f)
{
    DB_RESULT r = NULL;
    struct db_params params;
    db_params_begin(&params, p->arena);
    param_ints(&params, p->units, p->unit_count);
    db_int4(&params, day);
    enum err err = db_run(db, "report_province_target", &params, &r, f);
    if (err != ERR_OK)
        return err;
    size_t count = (size_t)db_rows(r);
    struct target_row *rows = arena_zero(p->arena, count, sizeof *rows);
    p->targets = arena_zero(p->arena, count, sizeof *p->targets);
    if (rows == NULL || p->targets == NULL)
        return no_memory(f);
    for (size_t i = 0; i < count && err == ERR_OK; i++) {
        err = target_row_read(p->arena, r, (int)i, &rows[i], f);
        p->targets[i].target = rows[i];
        p->targets[i].unit =
            db_is_null(r, (int)i, TARGET_COLUMNS) ? 0 : db_get_int4(r, (int)i, TARGET_COLUMNS);
        p->targets[i].term = db_get_int4(r, (int)i, TARGET_COLUMNS + 1);
    }
    p->target_count = count;
    for (size_t i = 0; i < count && err == ERR_OK; i++)
        p->targets[i].applies = target_row_applies(rows, count, i);
    return err;
}

static enum err figures_read(struct db *db, struct province_read *p, struct fault *f)
{
    struct db_params params;
    int32_t *ids = arena_zero(p->arena, p->target_count, sizeof *ids);
    if (ids == NULL)
        return no_memory(f);
    for (size_t i = 0; i < p->target_count; i++)
        ids[i] = (int32_t)p->targets[i].target.line->id;
    db_params_begin(&params, p->arena);
    param_ints(&params, p->units, p->unit_count);
    enum err err = db_run(db, "report_population", &params, &p->populations, f);
    if (err != ERR_OK)
        return err;
    db_params_begin(&params, p->arena);
    param_ints(&params, ids, p->target_count);
    param_ints(&params, p->units, p->unit_count);
    return db_run(db, "report_baseline", &params, &p->baselines, f);
}

/* What the targets that apply ask of each commune. */
static enum err wants_read(struct province_read *p, struct fault *f)
{
    size_t count = 0;
    Hv__TargetLine **lines = arena_zero(p->arena, p->target_count + 1, sizeof(Hv__TargetLine *));
    p->figures = arena_zero(p->arena, p->commune_count + 1, sizeof *p->figures);
    if (lines == NULL || p->figures == NULL)
        return no_memory(f);
    for (size_t i = 0; i < p->target_count; i++)
        if (p->targets[i].applies)
            lines[count++] = p->targets[i].target.line;
    enum err err = figure_wants_make(p->arena, lines, count, p->day, &p->wants, f);
    for (size_t i = 0; err == ERR_OK && i < p->commune_count; i++)
        err = figures_begin(p->arena, &p->wants, &p->figures[i], f);
    return err;
}

/* Rows come in no order; communes lie in the order of their codes. */
static struct figures *figures_of(const struct province_read *p, int32_t unit, size_t *hint)
{
    for (size_t i = 0; i < p->commune_count; i++) {
        size_t at = (*hint + i) % p->commune_count;
        if (p->communes[at].id == unit) {
            *hint = at;
            return &p->figures[at];
        }
    }
    return NULL;
}

static enum err sums_read(struct db *db, struct province_read *p, struct fault *f)
{
    DB_RESULT r = NULL;
    size_t hint = 0;
    enum err err = wants_read(p, f);
    const struct figures_ask ask = {p->units, p->commune_count, p->day, p->figures};
    if (err == ERR_OK)
        err = report_standing(db, p->arena, p->units, p->commune_count, p->day, &r, f);
    for (int row = 0; err == ERR_OK && row < db_rows(r); row++) {
        struct figures *x = figures_of(p, db_get_int4(r, row, 0), &hint);
        if (x != NULL)
            err = report_stand(x, r, row, 1, f);
    }
    return err == ERR_OK ? store_figures(db, p->arena, &ask, f) : err;
}

/* Population and baseline of one unit, where there are any. */
static enum err figures_put(const struct province_read *p, const struct province_target *t, int32_t unit,
                            Hv__TargetLine *line, struct fault *f)
{
    for (int row = 0; line->has_denominator_type && row < db_rows(p->populations); row++) {
        if (db_get_int4(p->populations, row, 0) != unit || db_get_int4(p->populations, row, 1) != t->term ||
            db_get_int4(p->populations, row, 2) != (int32_t)line->denominator_type)
            continue;
        line->has_denominator = line->has_denominator_date = 1;
        line->denominator = db_get_int8(p->populations, row, 3);
        line->denominator_date = db_get_int4(p->populations, row, 4);
        line->denominator_source = text_read(p->arena, p->populations, row, 5);
        if (line->denominator_source == NULL)
            return no_memory(f);
    }
    for (int row = 0; row < db_rows(p->baselines); row++)
        if (db_get_int4(p->baselines, row, 0) == (int32_t)line->id &&
            db_get_int4(p->baselines, row, 1) == unit) {
            line->has_baseline = 1;
            line->baseline = db_get_int8(p->baselines, row, 2);
        }
    return ERR_OK;
}

static bool is_for_commune(const struct province_read *p, const struct province_target *t,
                           const struct commune *c)
{
    int32_t issuer = t->target.issuer;
    bool above = issuer == c->id || issuer == c->district || issuer == p->province || issuer == p->parent;
    return t->applies && above && (t->unit == 0 || t->unit == c->id);
}

/* The line of a commune leaves title, term and document to the province's line. */
static enum err line_make(const struct province_read *p, const struct province_target *t,
                          const struct commune *c, Hv__TargetLine **out, struct fault *f)
{
    Hv__TargetLine *line = arena_copy(p->arena, t->target.line, sizeof *line);
    if (line == NULL)
        return no_memory(f);
    line->title = line->term = line->document = NULL;
    line->has_numerator = 1;
    figures_fill(&p->figures[c - p->communes], line, p->day);
    *out = line;
    return figures_put(p, t, c->id, line, f);
}

static enum err commune_fill(const struct province_read *p, struct commune *c, struct fault *f)
{
    Hv__CommuneRow *row = c->row;
    row->other = arena_zero(p->arena, p->target_count, sizeof *row->other);
    if (row->other == NULL)
        return no_memory(f);
    for (size_t i = 0; i < p->target_count; i++) {
        Hv__TargetLine *line;
        if (!is_for_commune(p, &p->targets[i], c))
            continue;
        enum err err = line_make(p, &p->targets[i], c, &line, f);
        if (err != ERR_OK)
            return err;
        if (line->decides && row->line == NULL)
            row->line = line;
        else
            row->other[row->n_other++] = line;
    }
    return ERR_OK;
}

/* What the communes had together on the baseline's day, where none is given. */
static enum err baseline_count(struct db *db, const struct province_read *p, Hv__TargetLine *line,
                               struct fault *f)
{
    struct province_read then = *p;
    then.day = line->baseline_date;
    enum err err = sums_read(db, &then, f);
    for (size_t i = 0; err == ERR_OK && i < then.commune_count; i++) {
        Hv__TargetLine part = *line;
        figures_fill(&then.figures[i], &part, then.day);
        line->baseline += part.numerator;
    }
    line->has_baseline = err == ERR_OK;
    return err;
}

/* A target of the province itself, or of what is above it: everybody in it counts, against its own figure, or
 * where it has none against the figures of its communes. Then only communes with a figure count. Where groups
 * or communes are counted, those of the province are. */
static void own_units_add(Hv__TargetLine *line, Hv__TargetLine *part)
{
    target_decide(part);
    bool by_group = line->form == HV__FORM__EACH_GROUP;
    bool met = part->verdict == HV__VERDICT_WORD__MET;
    line->has_units = line->has_units_met = line->has_units_open = 1;
    line->units += by_group ? part->units : 1;
    line->units_met += by_group ? part->units_met : met;
    line->units_open += by_group ? part->units_open : part->verdict == HV__VERDICT_WORD__NO_VERDICT;
}

static enum err own_line_fill(struct db *db, const struct province_read *p, const struct province_target *t,
                              bool *baseline_own, struct fault *f)
{
    Hv__TargetLine *line = t->target.line, blank = *line;
    struct province_target of_part = *t;
    of_part.target.line = &blank;
    enum err err = figures_put(p, t, t->unit, line, f);
    *baseline_own = line->has_baseline;
    bool own = !target_line_is_ratio(line) || line->has_denominator;
    line->has_numerator = 1;
    for (size_t i = 0; i < p->commune_count && err == ERR_OK; i++) {
        Hv__TargetLine *part;
        if ((err = line_make(p, &of_part, &p->communes[i], &part, f)) != ERR_OK)
            break;
        if (line->form > HV__FORM__NONE_BELOW)
            own_units_add(line, part);
        if (!own && !part->has_denominator)
            continue;
        line->numerator += part->numerator;
        if (!own) {
            line->has_denominator = 1;
            line->denominator += part->denominator;
        }
    }
    bool counts = line->form == HV__FORM__INCREASE && !line->has_baseline && line->has_baseline_date;
    return err == ERR_OK && counts ? baseline_count(db, p, line, f) : err;
}

/* Of one commune alone: its title says of which. */
static enum err title_name(const struct province_read *p, const struct province_target *t, struct fault *f)
{
    for (size_t i = 0; t->unit != 0 && i < p->commune_count; i++) {
        if (p->communes[i].id != t->unit)
            continue;
        Hv__TargetLine *line = t->target.line;
        line->title = arena_print(p->arena, "%s (%s)", line->title, p->communes[i].row->name);
        return line->title != NULL ? ERR_OK : no_memory(f);
    }
    return ERR_OK;
}

static enum err above_fill(struct db *db, struct province_read *p, struct province_above *above,
                           struct fault *f)
{
    enum err err = ERR_OK;
    above->count = 0;
    above->line = arena_zero(p->arena, p->target_count + 1, sizeof(Hv__TargetLine *));
    above->baseline_own = arena_zero(p->arena, p->target_count + 1, sizeof *above->baseline_own);
    if (above->line == NULL || above->baseline_own == NULL)
        return no_memory(f);
    for (size_t i = 0; i < p->target_count && err == ERR_OK; i++) {
        struct province_target *t = &p->targets[i];
        if (!t->applies || t->unit == 0 || t->unit != p->parent)
            continue;
        above->line[above->count] = t->target.line;
        err = own_line_fill(db, p, t, &above->baseline_own[above->count++], f);
    }
    return err;
}

static bool any_commune_has(const struct province_read *p, const struct province_target *t)
{
    for (size_t i = 0; i < p->commune_count; i++)
        if (is_for_commune(p, t, &p->communes[i]))
            return true;
    return false;
}

static enum err report_fill(struct db *db, struct province_read *p, Hv__ProvinceReport *report,
                            struct fault *f)
{
    enum err err = ERR_OK;
    report->commune = arena_zero(p->arena, p->commune_count, sizeof *report->commune);
    report->target = arena_zero(p->arena, p->target_count, sizeof *report->target);
    if (report->commune == NULL || report->target == NULL)
        return no_memory(f);
    for (size_t i = 0; i < p->commune_count && err == ERR_OK; i++) {
        err = commune_fill(p, &p->communes[i], f);
        report->commune[report->n_commune++] = p->communes[i].row;
    }
    for (size_t i = 0; i < p->target_count && err == ERR_OK; i++) {
        struct province_target *t = &p->targets[i];
        bool own = t->applies && t->unit == p->province, baseline_own;
        err = own ? own_line_fill(db, p, t, &baseline_own, f) : title_name(p, t, f);
        if (own || any_commune_has(p, t))
            report->target[report->n_target++] = t->target.line;
    }
    return err;
}

enum err store_province_part(struct db *db, struct arena *a, int32_t province, int32_t day,
                             Hv__ProvinceReport **out, struct province_above *above, struct fault *f)
{
    struct province_read p = {.arena = a, .province = province, .day = day};
    Hv__ProvinceReport *report = arena_zero(a, 1, sizeof *report);
    if (report == NULL)
        return no_memory(f);
    hv__province_report__init(report);
    report->has_as_of = 1;
    report->as_of = day;
    *out = report;
    enum err err = units_read(db, day, &p, report, f);
    if (err == ERR_OK)
        err = targets_read(db, day, &p, f);
    if (err == ERR_OK)
        err = figures_read(db, &p, f);
    if (err == ERR_OK)
        err = sums_read(db, &p, f);
    if (err == ERR_OK)
        err = report_fill(db, &p, report, f);
    if (err == ERR_OK && above != NULL)
        err = above_fill(db, &p, above, f);
    db_free(&p.populations);
    db_free(&p.baselines);
    return err;
}

enum err store_province_report(struct db *db, struct arena *a, int32_t province, int32_t day,
                               Hv__ProvinceReport **out, struct fault *f)
{
    return store_province_part(db, a, province, day, out, NULL, f);
}
