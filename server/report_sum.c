#include "server/report_sum.h"
#include "common/target.h"
#include <string.h>

/* Thresholds of these are summed; that of a ratio, and of each group or commune, stays what it is. */
static bool sums_threshold(const Hv__TargetLine *l)
{
    return l->form == HV__FORM__NUMBER || l->form == HV__FORM__INCREASE;
}

void report_sum_begin(struct report_sum *s, Hv__TargetLine *line)
{
    *s = (struct report_sum){.line = line, .each_same = true};
    line->has_numerator = 1;
    if (sums_threshold(line))
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
    if (target_line_is_ratio(l)) {
        source_add(s, l);
        t->has_denominator = 1;
        t->denominator += l->denominator;
    }
    if (sums_threshold(l))
        t->threshold += l->threshold;
    if (l->has_baseline) {
        t->has_baseline = 1;
        t->baseline += l->baseline;
    }
    t->numerator += l->numerator;
}

/* A sum is one of kept figures when nothing else is in it. */
static void kept_add(struct report_sum *s, size_t kept, size_t anew)
{
    s->kept += kept;
    s->anew += anew;
    s->line->has_kept = s->line->kept = s->kept > 0 && s->anew == 0;
}

/* Groups of one unit or of several. */
static void groups_add(Hv__TargetLine *t, const Hv__TargetLine *l)
{
    if (t->form != HV__FORM__EACH_GROUP)
        return;
    t->has_units = t->has_units_met = t->has_units_open = 1;
    t->units += l->units;
    t->units_met += l->units_met;
    t->units_open += l->units_open;
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
    groups_add(s->line, l);
    if (target_line_is_ratio(l) && (!l->has_denominator || l->denominator <= 0))
        return;
    if (l->form == HV__FORM__INCREASE && !l->has_baseline)
        return;
    figures_add(s, l);
    kept_add(s, l->kept ? 1 : 0, !l->kept && l->numerator != 0 ? 1 : 0);
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
    groups_add(s->line, other->line);
    if (other->counted == 0)
        return;
    figures_add(s, other->line);
    kept_add(s, other->kept, other->anew);
    s->counted += other->counted;
}

/* Communes are counted, each by its own verdict. */
static void units_fill(const struct report_sum *s)
{
    Hv__TargetLine *t = s->line;
    t->has_units = t->has_units_met = t->has_units_open = 1;
    t->units = (int64_t)s->units;
    t->units_met = (int64_t)s->met;
    t->units_open = (int64_t)s->open;
}

void report_sum_decide(struct report_sum *s)
{
    Hv__TargetLine *t = s->line;
    bool none_below = t->form == HV__FORM__NONE_BELOW;
    if (!s->one_source) {
        t->denominator_source = NULL;
        t->has_denominator_date = 0;
    }
    if (none_below || t->form == HV__FORM__UNITS_NUMBER || t->form == HV__FORM__UNITS_SHARE)
        units_fill(s);
    target_decide(t);
    if (none_below && t->has_missing)
        t->missing = s->missing;
}
