#include "common/support.h"
#include "common/change.h"
#include "common/codes.h"
#include "common/people.h"
#include "common/plan.h"
#include "common/tally_rules.h"
#include "proto/record.pb-c.h"
#include <string.h>

/* ---- figures of the reports ---- */

static int column_of(const struct tally_section *s, const char *token)
{
    int i = 0;
    while (s->columns[i].token != NULL && strcmp(s->columns[i].token, token) != 0)
        i++;
    return i;
}

/* The figure in the section's first row, which is the commune's. */
static int64_t figure(const struct tally_report *r, const struct tally *t, const char *section,
                      const char *column)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct tally_section *s = &r->sections[t->rows[i].section];
        if (strcmp(s->token, section) == 0)
            return t->rows[i].v[column_of(s, column)];
    }
    return 0;
}

static enum err share(const struct tally_input *in, const struct tally_report *r, const char *section,
                      const char *part, const char *whole, struct support_share *out, struct fault *f)
{
    struct tally t = {.arena = in->arena};
    enum err e = r->rule(in, &t, f);
    if (e == ERR_OK)
        *out = (struct support_share){figure(r, &t, section, part), figure(r, &t, section, whole)};
    return e;
}

static enum err lacks(const struct tally_input *in, struct support *out, struct fault *f)
{
    struct tally t = {.arena = in->arena};
    enum err e = tally_plan.rule(in, &t, f);
    if (e != ERR_OK)
        return e;
    out->no_plan = figure(&tally_plan, &t, "state", "without-plan") != 0;
    out->no_main_cause = figure(&tally_plan, &t, "state", "without-main-cause") != 0;
    out->no_remedy = figure(&tally_plan, &t, "state", "without-remedy") != 0;
    out->no_officer = figure(&tally_plan, &t, "state", "without-officer") != 0;
    out->no_progress = figure(&tally_plan, &t, "state", "without-progress") != 0;
    return ERR_OK;
}

/* ---- the plan ---- */

/* Whether `a` is to be shown rather than `b`. */
static bool comes_first(const struct record *a, const struct record *b, int32_t day)
{
    bool runs = plan_runs(a, day);
    int64_t x = record_number(a, "deadline"), y = record_number(b, "deadline");
    if (runs != plan_runs(b, day))
        return runs;
    if (!runs)
        return plan_opened(a) > plan_opened(b);
    return x != 0 && (y == 0 || x < y);
}

static const struct record *plan_shown(const struct tally_input *in, const struct records *plans)
{
    const struct record *shown = NULL;
    for (size_t i = 0; i < plans->count; i++)
        if (shown == NULL || comes_first(plans->list[i], shown, in->day))
            shown = plans->list[i];
    return shown;
}

static enum err copy_text(const struct tally_input *in, const struct record *r, const char *field,
                          const char **out, struct fault *f)
{
    struct bytes text = record_text(r, kind_field(r->kind, field));
    *out = text.n > 0 ? arena_copy(in->arena, text.p, text.n) : NULL;
    return text.n == 0 || *out != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "no memory for the plan");
}

static enum err take_plan(const struct tally_input *in, const struct record *plan, struct support *out,
                          struct fault *f)
{
    int64_t state = record_number(plan, "state");
    out->plan_state = state != 0 ? (int32_t)state : HV__PLAN_STATE__DRAFT;
    out->deadline = (int32_t)record_number(plan, "deadline");
    return copy_text(in, plan, "officer", &out->officer, f);
}

static bool is_of(const struct record *part, const struct record *plan)
{
    const struct id *id = record_id(part, kind_field(part->kind, "plan_id"));
    return id != NULL && id_equal(id, &plan->id);
}

static size_t remedies_of(const struct records *remedies, const struct record *cause)
{
    size_t n = 0;
    for (size_t i = 0; i < remedies->count; i++) {
        const struct id *id = record_id(remedies->list[i], kind_field(&kind_remedy, "cause_id"));
        n += id != NULL && id_equal(id, &cause->id);
    }
    return n;
}

static const struct record *main_cause_of(const struct records *causes, const struct record *plan)
{
    const struct record *best = NULL;
    for (size_t i = 0; i < causes->count; i++) {
        const struct record *c = causes->list[i];
        if (is_of(c, plan) && record_number(c, "main_cause") != 0 &&
            (best == NULL || (cause_agreed(c) && !cause_agreed(best))))
            best = c;
    }
    return best;
}

static enum err take_cause(const struct tally_input *in, const struct record *cause,
                           const struct records *remedies, struct support_cause *out, struct fault *f)
{
    out->agreed = cause_agreed(cause);
    out->remedies = (int64_t)remedies_of(remedies, cause);
    return copy_text(in, cause, "cause", &out->cause, f);
}

static enum err take_causes(const struct tally_input *in, const struct record *plan, struct support *out,
                            struct fault *f)
{
    struct records causes = {0}, remedies = {0};
    enum err e = records_load(in, &kind_cause, &causes, f);
    if (e == ERR_OK)
        e = records_load(in, &kind_remedy, &remedies, f);
    if (e != ERR_OK)
        return e;
    records_sort(&causes);
    out->further = arena_zero(in->arena, causes.count + 1, sizeof *out->further);
    if (out->further == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the causes");
    const struct record *main_cause = main_cause_of(&causes, plan);
    if (main_cause != NULL)
        e = take_cause(in, main_cause, &remedies, &out->main, f);
    for (int agreed = 1; agreed >= 0; agreed--)
        for (size_t i = 0; e == ERR_OK && i < causes.count; i++) {
            const struct record *c = causes.list[i];
            if (c != main_cause && is_of(c, plan) && cause_agreed(c) == (agreed == 1))
                e = take_cause(in, c, &remedies, &out->further[out->further_count++], f);
        }
    return e;
}

struct noting {
    int32_t day;
    const struct records *plans; /* sorted */
    struct support *out;
};

static enum err take_note(void *context, const struct record *r, struct fault *f)
{
    struct noting *n = context;
    const struct id *plan = record_id(r, kind_field(&kind_progress, "plan_id"));
    int32_t date = (int32_t)record_number(r, "date");
    (void)f;
    if (plan != NULL && records_find(n->plans, plan) != NULL && date <= n->day && date > n->out->progress)
        n->out->progress = date;
    return ERR_OK;
}

static enum err take_plans(const struct tally_input *in, struct support *out, struct fault *f)
{
    struct records plans = {0};
    enum err e = records_load(in, &kind_plan, &plans, f);
    const struct record *shown = e == ERR_OK ? plan_shown(in, &plans) : NULL;
    if (shown == NULL)
        return e;
    if ((e = take_plan(in, shown, out, f)) == ERR_OK)
        e = take_causes(in, shown, out, f);
    records_sort(&plans);
    struct noting noting = {in->day, &plans, out};
    return e == ERR_OK ? in->each(in->source, &kind_progress, take_note, &noting, f) : e;
}

enum err support_of(const struct tally_input *in, struct support *out, struct fault *f)
{
    *out = (struct support){0};
    enum err e = take_plans(in, out, f);
    if (e == ERR_OK)
        e = lacks(in, out, f);
    if (e == ERR_OK)
        e = share(in, &tally_officer, "all", "trained", "officers", &out->trained, f);
    if (e == ERR_OK)
        e = share(in, &tally_activity, "regular", "regular", "members", &out->attending, f);
    return e == ERR_OK ? share(in, &tally_data, "all", "filled", "cells", &out->complete, f) : e;
}
