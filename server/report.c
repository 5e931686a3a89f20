#include "server/report.h"
#include "common/target.h"

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

static void each_line(struct report_sum *s, const Hv__ProvinceReport *r)
{
    for (size_t i = 0; i < r->n_commune; i++) {
        const Hv__CommuneRow *c = r->commune[i];
        if (c->line != NULL && c->line->id == s->line->id)
            report_sum_add(s, c->line);
        for (size_t j = 0; j < c->n_other; j++)
            if (c->other[j]->id == s->line->id)
                report_sum_add(s, c->other[j]);
    }
}

static void line_decide(struct report_sum *s, Hv__TargetLine *line, const Hv__ProvinceReport *r)
{
    if (line->has_numerator) {
        *s = (struct report_sum){.line = line, .own = true};
        target_decide(line);
        return;
    }
    report_sum_begin(s, line);
    each_line(s, r);
    report_sum_decide(s);
}

enum err report_province_sum(struct arena *a, Hv__ProvinceReport *r, struct report_sum **sums,
                             struct fault *f)
{
    for (size_t i = 0; i < r->n_commune; i++) {
        enum err err = commune_decide(a, r->commune[i], f);
        if (err != ERR_OK)
            return err;
    }
    *sums = arena_zero(a, r->n_target + 1, sizeof **sums);
    if (*sums == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the sums of a province");
    for (size_t i = 0; i < r->n_target; i++)
        line_decide(&(*sums)[i], r->target[i], r);
    return ERR_OK;
}

enum err report_province_decide(struct arena *a, Hv__ProvinceReport *r, struct fault *f)
{
    struct report_sum *sums;
    return report_province_sum(a, r, &sums, f);
}
