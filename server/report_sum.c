#include "server/report_sum.h"
#include "common/target.h"
#include <string.h>

static bool needs_denominator(const Hv__TargetLine *l)
{
    return l->form == HV__FORM__RATIO || l->form == HV__FORM__NONE_BELOW;
}

void report_sum_begin(struct report_sum *s, Hv__TargetLine *line)
{
    *s = (struct report_sum){.line = line, .each_same = true};
    line->has_numerator = 1;
    if (!needs_denominator(line))
        line->threshold = 0;
}

static void source_add(struct report_sum *s, const Hv__TargetLine *l)
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

/* The figures of one unit or of several. */
static void figures_add(struct report_sum *s, const Hv__TargetLine *l)
{
    Hv__TargetLine *t = s->line;
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
}

static void each_add(struct report_sum *s, int64_t each, bool same)
{
    if (s->units == 0)
        s->each = each;
    s->each_same = s->each_same && same && s->each == each;
}

void report_sum_add(struct report_sum *s, const Hv__TargetLine *l)
{
    each_add(s, l->threshold, true);
    s->units++;
    s->met += l->verdict == HV__VERDICT_WORD__MET || l->verdict == HV__VERDICT_WORD__EXCEEDED;
    s->not_met += l->verdict == HV__VERDICT_WORD__NOT_MET;
    s->open += l->verdict == HV__VERDICT_WORD__NO_VERDICT;
    s->missing += l->has_missing ? l->missing : 0;
    if (needs_denominator(l) && (!l->has_denominator || l->denominator <= 0))
        return;
    if (l->form == HV__FORM__INCREASE && !l->has_baseline)
        return;
    figures_add(s, l);
    s->counted++;
}

void report_sum_join(struct report_sum *s, const struct report_sum *other)
{
    if (other->units == 0)
        return;
    each_add(s, other->each, other->each_same);
    s->units += other->units;
    s->met += other->met;
    s->not_met += other->not_met;
    s->open += other->open;
    s->missing += other->missing;
    if (other->counted == 0)
        return;
    figures_add(s, other->line);
    s->counted += other->counted;
}

/* No base below a threshold: the province has reached it when each of its communes has. */
static void none_below_decide(const struct report_sum *s)
{
    Hv__TargetLine *t = s->line;
    t->has_verdict = 1;
    t->verdict = s->not_met > 0                   ? HV__VERDICT_WORD__NOT_MET
                 : s->open > 0 || s->counted == 0 ? HV__VERDICT_WORD__NO_VERDICT
                                                  : HV__VERDICT_WORD__MET;
    t->has_missing = t->verdict != HV__VERDICT_WORD__NO_VERDICT;
    t->missing = t->has_missing ? s->missing : 0;
}

void report_sum_decide(struct report_sum *s)
{
    if (!s->one_source) {
        s->line->denominator_source = NULL;
        s->line->has_denominator_date = 0;
    }
    if (s->line->form == HV__FORM__NONE_BELOW)
        none_below_decide(s);
    else
        target_decide(s->line);
}
