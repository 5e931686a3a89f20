#include "server/store_figure.h"
#include "server/store_kind.h"
#include "server/store_report.h"
#include "server/store_tally.h"
#include <stdlib.h>

/* What a rule keeps of one commune's records. */
#define RECORDS_ARENA ((size_t)256 << 20)

#define ARENA __attribute__((cleanup(arena_cleanup))) struct arena *

/* ---- kept ---- */

/* Rules that are kept do not hang on a day. */
static enum err steps_make(struct db *db, struct arena *a, int32_t commune, const struct measure_rule *rule,
                           struct tally_input *in, struct steps *out, struct fault *f)
{
    struct tally_source source = {.db = db, .arena = a, .commune = commune};
    in->arena = a;
    in->source = &source;
    in->each = store_tally_each;
    *out = (struct steps){.arena = a};
    enum err err = rule->run(in, out, f);
    in->source = NULL;
    steps_settle(out);
    return err;
}

enum err store_steps(struct db *db, struct arena *a, int32_t commune, const struct measure_rule *rule,
                     struct steps *out, struct fault *f)
{
    struct tally_input in = {.day = 0};
    return steps_make(db, a, commune, rule, &in, out, f);
}

static int64_t measure_of(const struct step *s)
{
    return s->measure;
}

static int64_t day_of(const struct step *s)
{
    return s->day;
}

static int64_t n_of(const struct step *s)
{
    return s->n;
}

static void number_column(struct db_params *p, unsigned type, int64_t of(const struct step *s),
                          const struct steps *steps)
{
    struct db_array x;
    db_array_begin(&x, p, type, steps->count, 0);
    for (size_t i = 0; i < steps->count; i++)
        db_array_int(&x, of(&steps->list[i]));
    db_array_end(&x);
}

static void group_column(struct db_params *p, const struct steps *steps)
{
    struct db_array x;
    db_array_begin(&x, p, DB_UUID, steps->count, 0);
    for (size_t i = 0; i < steps->count; i++)
        db_array_bytes(&x, steps->list[i].group.b, sizeof steps->list[i].group.b);
    db_array_end(&x);
}

static enum err steps_put(struct db *db, struct arena *a, int32_t commune, const struct measure_rule *rule,
                          const struct steps *steps, struct fault *f)
{
    struct db_params p;
    int32_t numbers[RULE_MEASURES];
    size_t count = 0;
    for (; rule->measures[count] != 0; count++)
        numbers[count] = rule->measures[count];
    db_params_begin(&p, a);
    db_int4(&p, commune);
    param_ints(&p, numbers, count);
    number_column(&p, DB_INT4, measure_of, steps);
    group_column(&p, steps);
    number_column(&p, DB_INT4, day_of, steps);
    number_column(&p, DB_INT8, n_of, steps);
    return db_post(db, "figure_put", &p, f);
}

enum err store_figures_keep(struct db *db, struct arena *a, int32_t commune, const struct measure_rule *rule,
                            struct fault *f)
{
    struct steps steps;
    ARENA work = arena_make(RECORDS_ARENA);
    if (work == NULL)
        return no_memory(f);
    enum err err = store_steps(db, work, commune, rule, &steps, f);
    return err == ERR_OK ? steps_put(db, a, commune, rule, &steps, f) : err;
}

/* ---- asked ---- */

struct asking {
    struct db *db;
    struct arena *arena;
    const struct figures_ask *ask;
    const struct figure_wants *wants;
    size_t *places; /* of the units, by unit */
};

static int unit_compare(const void *a, const void *b, void *context)
{
    const int32_t *units = context;
    const size_t *x = a, *y = b;
    return units[*x] < units[*y] ? -1 : units[*x] > units[*y];
}

/* NULL: a unit that was not asked for. */
static struct figures *figures_at(const struct asking *w, int32_t unit)
{
    size_t low = 0, high = w->ask->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (w->ask->units[w->places[middle]] < unit)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < w->ask->count && w->ask->units[w->places[low]] == unit;
    return found ? &w->ask->of[w->places[low]] : NULL;
}

static enum err read_groups(const struct asking *w, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    db_params_begin(&p, w->arena);
    param_ints(&p, w->ask->units, w->ask->count);
    db_int4(&p, w->ask->day);
    enum err err = db_run(w->db, "report_standing_group", &p, &r, f);
    for (int row = 0; err == ERR_OK && row < db_rows(r); row++) {
        struct figures *x = figures_at(w, db_get_int4(r, row, 0));
        struct id group = db_get_uuid(r, row, 5);
        if (x != NULL)
            err = figures_stand(x, &group, db_get_int4(r, row, 1), db_get_bool(r, row, 2),
                                db_get_int4(r, row, 3), db_get_int8(r, row, 4), f);
    }
    return err;
}

static enum err read_distinct(const struct asking *w, size_t want, struct fault *f)
{
    DB_RESULT r = NULL;
    enum err err = report_distinct(w->db, w->arena, w->wants->list[want].measure, w->ask->units,
                                   w->ask->count, w->ask->day, &r, f);
    for (int row = 0; err == ERR_OK && row < db_rows(r); row++) {
        struct figures *x = figures_at(w, db_get_int4(r, row, 0));
        if (x != NULL)
            err = figures_add(x, want, NULL, db_get_int8(r, row, 1), f);
    }
    return err;
}

static bool is_kept(const struct figure_want *w)
{
    return w->measure->rule != NULL && !w->measure->rule->live;
}

/* Wants that are not kept ask for measure 0, of which nothing is, so that the places stay theirs. */
static void param_wants(struct db_params *p, const struct figure_wants *w)
{
    struct db_array x;
    db_array_begin(&x, p, DB_INT4, w->count, 0);
    for (size_t i = 0; i < w->count; i++)
        db_array_int(&x, is_kept(&w->list[i]) ? (int64_t)w->list[i].measure->measure : 0);
    db_array_end(&x);
    db_array_begin(&x, p, DB_INT4, w->count, 0);
    for (size_t i = 0; i < w->count; i++)
        db_array_int(&x, w->list[i].from);
    db_array_end(&x);
    db_array_begin(&x, p, DB_BOOL, w->count, 0);
    for (size_t i = 0; i < w->count; i++)
        db_array_int(&x, w->list[i].by_group);
    db_array_end(&x);
}

static enum err read_kept(const struct asking *w, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    db_params_begin(&p, w->arena);
    param_ints(&p, w->ask->units, w->ask->count);
    param_wants(&p, w->wants);
    db_int4(&p, w->ask->day);
    enum err err = db_run(w->db, "report_figure", &p, &r, f);
    for (int row = 0; err == ERR_OK && row < db_rows(r); row++) {
        struct figures *x = figures_at(w, db_get_int4(r, row, 0));
        int32_t want = db_get_int4(r, row, 1);
        struct id group = {{0}};
        if (!db_is_null(r, row, 2))
            group = db_get_uuid(r, row, 2);
        if (x != NULL)
            err = figures_add(x, (size_t)want, &group, db_get_int8(r, row, 3), f);
    }
    return err;
}

static bool is_wanted(const struct figure_wants *w, const struct measure_rule *rule)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->list[i].measure->rule == rule)
            return true;
    return false;
}

/* What is not kept is made of each commune's records: as slow as a report, and only when a target asks. */
static enum err make_live(const struct asking *w, struct fault *f)
{
    struct tally_input in = {.day = w->ask->day};
    struct steps steps;
    ARENA work = arena_make(RECORDS_ARENA);
    enum err err = work != NULL ? store_setting(w->db, w->arena, "regular_percent", TALLY_REGULAR_PERCENT,
                                                &in.regular_percent, f)
                                : no_memory(f);
    for (size_t i = 0; i < measure_rule_count; i++) {
        if (!measure_rules[i]->live || !is_wanted(w->wants, measure_rules[i]))
            continue;
        for (size_t u = 0; err == ERR_OK && u < w->ask->count; u++) {
            err = steps_make(w->db, work, w->ask->units[u], measure_rules[i], &in, &steps, f);
            if (err == ERR_OK)
                err = figures_step(&w->ask->of[u], &steps, w->ask->day, f);
            arena_reset(work);
        }
    }
    return err;
}

enum err store_figures(struct db *db, struct arena *a, const struct figures_ask *ask, struct fault *f)
{
    if (ask->count == 0)
        return ERR_OK;
    struct asking w = {db, a, ask, ask->of[0].wants, arena_alloc(a, ask->count * sizeof *w.places)};
    if (w.places == NULL)
        return no_memory(f);
    for (size_t i = 0; i < ask->count; i++)
        w.places[i] = i;
    qsort_r(w.places, ask->count, sizeof *w.places, unit_compare, (void *)(uintptr_t)ask->units);
    enum err err = w.wants->standing_by_group ? read_groups(&w, f) : ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < w.wants->count; i++)
        if (w.wants->list[i].measure->distinct != NULL)
            err = read_distinct(&w, i, f);
    if (err == ERR_OK && w.wants->records)
        err = read_kept(&w, f);
    return err == ERR_OK && w.wants->live ? make_live(&w, f) : err;
}
