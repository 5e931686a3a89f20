#include "server/report.h"
#include "common/target.h"
#include <string.h>

void report_target_decide(Hv__TargetReport *r)
{
    for (size_t i = 0; i < r->n_line; i++)
        target_decide(r->line[i]);
}

static enum err commune_decide(struct arena *a, Hv__CommuneRow *c, struct fault *f)
{
    size_t count = 0;
    Hv__TargetLine **all = arena_zero(a, c->n_other + 1, sizeof(Hv__TargetLine *));
    if (all == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the lines of a commune");
    if (c->line != NULL)
        all[count++] = c->line;
    for (size_t i = 0; i < c->n_other; i++)
        all[count++] = c->other[i];
    for (size_t i = 0; i < count; i++)
        target_decide(all[i]);
    c->has_standing = 1;
    c->standing = target_standing(all, count);
    return ERR_OK;
}

/* The sum of a target over the communes that it is for. */
struct sum {
    Hv__TargetLine *line; /* of the province */
    size_t counted;       /* communes in the sum */
    size_t not_met;
    size_t open; /* without verdict */
    int64_t missing;
    bool one_source;
};

static bool needs_denominator(const Hv__TargetLine *l)
{
    return l->form == HV__FORM__RATIO || l->form == HV__FORM__NONE_BELOW;
}

static void source_add(struct sum *s, const Hv__TargetLine *l)
{
    if (s->counted == 0) {
        s->line->denominator_source = l->denominator_source;
        s->line->has_denominator_date = l->has_denominator_date;
        s->line->denominator_date = l->denominator_date;
        s->one_source = true;
        return;
    }
    const char *x = s->line->denominator_source, *y = l->denominator_source;
    if (x == NULL || y == NULL || strcmp(x, y) != 0 || s->line->denominator_date != l->denominator_date)
        s->one_source = false;
}

static void line_add(struct sum *s, const Hv__TargetLine *l)
{
    Hv__TargetLine *t = s->line;
    s->not_met += l->verdict == HV__VERDICT_WORD__NOT_MET;
    s->open += l->verdict == HV__VERDICT_WORD__NO_VERDICT;
    s->missing += l->has_missing ? l->missing : 0;
    if (needs_denominator(l) && (!l->has_denominator || l->denominator <= 0))
        return;
    if (l->form == HV__FORM__INCREASE && !l->has_baseline)
        return;
    if (needs_denominator(l)) {
        source_add(s, l);
        t->has_denominator = 1;
        t->denominator += l->denominator;
    } else {
        t->threshold += l->threshold;
    }
    if (l->has_baseline) {
        t->has_baseline = 1;
        t->baseline += l->baseline;
    }
    t->numerator += l->numerator;
    s->counted++;
}

static void each_line(struct sum *s, const Hv__ProvinceReport *r)
{
    for (size_t i = 0; i < r->n_commune; i++) {
        const Hv__CommuneRow *c = r->commune[i];
        if (c->line != NULL && c->line->id == s->line->id)
            line_add(s, c->line);
        for (size_t j = 0; j < c->n_other; j++)
            if (c->other[j]->id == s->line->id)
                line_add(s, c->other[j]);
    }
}

/* No base below a threshold: the province has reached it when each of its communes has. */
static void none_below_decide(const struct sum *s)
{
    Hv__TargetLine *t = s->line;
    t->has_verdict = 1;
    t->verdict = s->not_met > 0                   ? HV__VERDICT_WORD__NOT_MET
                 : s->open > 0 || s->counted == 0 ? HV__VERDICT_WORD__NO_VERDICT
                                                  : HV__VERDICT_WORD__MET;
    t->has_missing = t->verdict != HV__VERDICT_WORD__NO_VERDICT;
    t->missing = t->has_missing ? s->missing : 0;
}

static void sum_decide(Hv__TargetLine *line, const Hv__ProvinceReport *r)
{
    struct sum s = {.line = line};
    line->has_numerator = 1;
    if (!needs_denominator(line))
        line->threshold = 0;
    each_line(&s, r);
    if (!s.one_source) {
        line->denominator_source = NULL;
        line->has_denominator_date = 0;
    }
    if (line->form == HV__FORM__NONE_BELOW)
        none_below_decide(&s);
    else
        target_decide(line);
}

enum err report_province_decide(struct arena *a, Hv__ProvinceReport *r, struct fault *f)
{
    for (size_t i = 0; i < r->n_commune; i++) {
        enum err err = commune_decide(a, r->commune[i], f);
        if (err != ERR_OK)
            return err;
    }
    for (size_t i = 0; i < r->n_target; i++) {
        if (r->target[i]->has_numerator)
            target_decide(r->target[i]);
        else
            sum_decide(r->target[i], r);
    }
    return ERR_OK;
}
