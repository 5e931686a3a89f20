#include "common/figure.h"
#include "common/date.h"
#include "common/id.h"
#include <string.h>

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the figures");
}

/* ---- what is asked ---- */

/* A line asks for at most numerator and denominator, each in all and by group, and which groups there are. */
#define WANTS_OF_LINE 5

static int32_t want_from(const struct measure *m, const Hv__TargetLine *line, int32_t day)
{
    return m->flow ? target_period_from(line, day) : DATE_MIN;
}

static size_t want_find(const struct figure_wants *w, const struct measure *m, int32_t from, bool by_group)
{
    size_t i = 0;
    while (i < w->count &&
           (w->list[i].measure != m || w->list[i].from != from || w->list[i].by_group != by_group))
        i++;
    return i;
}

static void want_add(struct figure_wants *w, const struct measure *m, const Hv__TargetLine *line, int32_t day,
                     bool by_group)
{
    if (m == NULL)
        return;
    int32_t from = want_from(m, line, day);
    size_t i = want_find(w, m, from, by_group);
    if (i == w->count)
        w->list[w->count++] = (struct figure_want){m, from, by_group};
    w->standing_by_group |= by_group && m->rule == NULL;
    w->records |= m->rule != NULL && !m->rule->live;
    w->live |= m->rule != NULL && m->rule->live;
}

static const struct measure *numerator_of(const Hv__TargetLine *line)
{
    return line->has_measure ? measure_by_number((int)line->measure) : NULL;
}

static const struct measure *denominator_of(const Hv__TargetLine *line)
{
    return line->has_denominator_measure ? measure_by_number((int)line->denominator_measure) : NULL;
}

static const struct measure *groups_of(const Hv__TargetLine *line)
{
    return measure_by_number(line->has_groups ? (int)line->groups : HV__MEASURE__GROUPS);
}

enum err figure_wants_make(struct arena *a, Hv__TargetLine *const *lines, size_t count, int32_t day,
                           struct figure_wants *out, struct fault *f)
{
    *out = (struct figure_wants){.list = arena_zero(a, WANTS_OF_LINE * count + 1, sizeof *out->list)};
    if (out->list == NULL)
        return no_memory(f);
    for (size_t i = 0; i < count; i++) {
        const Hv__TargetLine *line = lines[i];
        want_add(out, numerator_of(line), line, day, false);
        want_add(out, denominator_of(line), line, day, false);
        if (line->form != HV__FORM__EACH_GROUP)
            continue;
        want_add(out, numerator_of(line), line, day, true);
        want_add(out, denominator_of(line), line, day, true);
        want_add(out, groups_of(line), line, day, true);
    }
    return ERR_OK;
}

/* ---- the answers ---- */

enum err figures_begin(struct arena *a, const struct figure_wants *wants, struct figures *out,
                       struct fault *f)
{
    *out = (struct figures){
        .arena = a, .wants = wants, .totals = arena_zero(a, wants->count + 1, sizeof *out->totals)};
    return out->totals != NULL ? ERR_OK : no_memory(f);
}

static struct figure_part *part_find(const struct figures *x, size_t want, const struct id *group)
{
    for (size_t i = 0; i < x->count; i++)
        if (x->parts[i].want == want && id_equal(&x->parts[i].group, group))
            return &x->parts[i];
    return NULL;
}

static enum err part_add(struct figures *x, size_t want, const struct id *group, int64_t n, struct fault *f)
{
    struct figure_part *known = part_find(x, want, group);
    if (known != NULL) {
        known->n += n;
        return ERR_OK;
    }
    if (x->count == x->room) {
        size_t room = x->room == 0 ? 32 : 2 * x->room;
        struct figure_part *more = arena_alloc(x->arena, room * sizeof *more);
        if (more == NULL)
            return no_memory(f);
        if (x->count > 0)
            memcpy(more, x->parts, x->count * sizeof *more);
        x->parts = more;
        x->room = room;
    }
    x->parts[x->count++] = (struct figure_part){want, *group, n};
    return ERR_OK;
}

enum err figures_add(struct figures *x, size_t want, const struct id *group, int64_t n, struct fault *f)
{
    static const struct id none;
    x->totals[want] += n;
    bool in_group = x->wants->list[want].by_group && group != NULL && !id_equal(group, &none);
    return in_group ? part_add(x, want, group, n, f) : ERR_OK;
}

enum err figures_stand(struct figures *x, const struct id *group, int category, bool away, int32_t flags,
                       int64_t n, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < x->wants->count; i++) {
        const struct figure_want *w = &x->wants->list[i];
        if (w->measure->rule == NULL && w->measure->distinct == NULL && w->by_group == (group != NULL) &&
            measure_counts(w->measure, category, away, flags))
            e = figures_add(x, i, group, n, f);
    }
    return e;
}

enum err figures_step(struct figures *x, const struct steps *steps, int32_t day, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t s = 0; s < steps->count; s++) {
        const struct step *step = &steps->list[s];
        for (size_t i = 0; step->day <= day && e == ERR_OK && i < x->wants->count; i++) {
            const struct figure_want *w = &x->wants->list[i];
            if (w->measure->rule != NULL && (int)w->measure->measure == step->measure && step->day >= w->from)
                e = figures_add(x, i, &step->group, step->n, f);
        }
    }
    return e;
}

/* ---- lines ---- */

static int64_t total_of(const struct figures *x, const struct measure *m, const Hv__TargetLine *line,
                        int32_t day)
{
    size_t want = want_find(x->wants, m, want_from(m, line, day), false);
    return want < x->wants->count ? x->totals[want] : 0;
}

static int64_t part_of(const struct figures *x, const struct measure *m, const Hv__TargetLine *line,
                       int32_t day, const struct id *group)
{
    const struct figure_part *p = part_find(x, want_find(x->wants, m, want_from(m, line, day), true), group);
    return p != NULL ? p->n : 0;
}

/* The figure of one group, decided like a unit's. */
static Hv__VerdictWord group_verdict(const struct figures *x, const Hv__TargetLine *line, int32_t day,
                                     const struct id *group)
{
    struct target_figure t = target_figure_of(line);
    const struct measure *denominator = denominator_of(line);
    t.has_units = false;
    t.numerator = part_of(x, numerator_of(line), line, day, group);
    t.has_denominator = denominator != NULL;
    t.denominator = denominator != NULL ? part_of(x, denominator, line, day, group) : 0;
    return target_verdict(&t);
}

static void groups_fill(const struct figures *x, Hv__TargetLine *line, int32_t day)
{
    const struct measure *groups = groups_of(line);
    line->has_units = line->has_units_met = line->has_units_open = 1;
    line->units = line->units_met = line->units_open = 0;
    size_t want = groups != NULL ? want_find(x->wants, groups, DATE_MIN, true) : x->wants->count;
    for (size_t i = 0; i < x->count; i++) {
        if (x->parts[i].want != want || x->parts[i].n <= 0)
            continue;
        Hv__VerdictWord word = group_verdict(x, line, day, &x->parts[i].group);
        line->units++;
        line->units_met += word == HV__VERDICT_WORD__MET;
        line->units_open += word == HV__VERDICT_WORD__NO_VERDICT;
    }
}

void figures_fill(const struct figures *x, Hv__TargetLine *line, int32_t day)
{
    const struct measure *numerator = numerator_of(line), *denominator = denominator_of(line);
    if (numerator == NULL || (line->has_denominator_measure && denominator == NULL))
        return;
    line->has_numerator = 1;
    line->numerator = total_of(x, numerator, line, day);
    if (denominator != NULL) {
        line->has_denominator = 1;
        line->denominator = total_of(x, denominator, line, day);
    }
    if (line->form == HV__FORM__EACH_GROUP)
        groups_fill(x, line, day);
}
