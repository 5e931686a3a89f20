/* Figures of reports from the rows here, by the rules that both sides share (common/tally.h). */
#include "client/book/book_private.h"

struct source {
    struct book *book;
    struct arena *arena;
};

static enum err each(void *source, const struct kind *kind, tally_record_fn *fn, void *context,
                     struct fault *f)
{
    const struct source *s = source;
    const struct book_filter filter = {.kind = kind, .missing_field = -1};
    return book_each(s->book, s->arena, &filter, fn, context, f);
}

static bool above(void *source, const struct record *r)
{
    const struct source *s = source;
    const char *unit;
    return book_above(s->book, s->arena, r, &unit, NULL) == ERR_OK && unit != NULL;
}

static bool asks_standing(const struct figure_wants *w)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->list[i].measure->rule == NULL)
            return true;
    return false;
}

static bool asks_rule(const struct figure_wants *w, const struct measure_rule *rule)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->list[i].measure->rule == rule)
            return true;
    return false;
}

/* The records that a rule reads are let go of behind it. */
static enum err count_rule(struct book *b, int32_t day, int regular_percent, const struct measure_rule *rule,
                           struct figures *out, struct fault *f)
{
    struct arena *a = arena_make((size_t)256 << 20);
    if (a == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    struct source source = {b, a};
    struct steps steps = {.arena = a};
    struct tally_input in = {
        .arena = a, .day = day, .regular_percent = regular_percent, .source = &source, .each = each};
    enum err e = rule->run(&in, &steps, f);
    if (e == ERR_OK)
        e = figures_step(out, &steps, day, f);
    arena_free(a);
    return e;
}

enum err book_figures(struct book *b, struct arena *a, int32_t day, int regular_percent, struct figures *out,
                      struct fault *f)
{
    enum err e = asks_standing(out->wants) ? book_count(b, a, day, out, f) : ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < measure_rule_count; i++)
        if (asks_rule(out->wants, measure_rules[i]))
            e = count_rule(b, day, regular_percent, measure_rules[i], out, f);
    return e;
}

enum err book_recount(struct book *b, struct arena *a, int32_t day, Hv__TargetReport *r, struct fault *f)
{
    struct figure_wants wants;
    struct figures figures;
    int percent = r->has_regular_percent ? (int)r->regular_percent : TALLY_REGULAR_PERCENT;
    enum err e = figure_wants_make(a, r->line, r->n_line, day, &wants, f);
    if (e == ERR_OK)
        e = figures_begin(a, &wants, &figures, f);
    if (e == ERR_OK)
        e = book_figures(b, a, day, percent, &figures, f);
    for (size_t i = 0; e == ERR_OK && i < r->n_line; i++) {
        figures_fill(&figures, r->line[i], day);
        target_decide(r->line[i]);
    }
    return e;
}

/* By the last report that came, with the figures of the rows here on the day; without one nobody knows, and
 * the commune is not counted as below target. */
static enum err is_below_target(struct book *b, struct arena *a, int32_t day, bool *out, struct fault *f)
{
    Hv__TargetReport *r;
    *out = false;
    enum err e = report_get(b, a, &r, f);
    if (e != ERR_OK || r == NULL || (e = book_recount(b, a, day, r, f)) != ERR_OK)
        return e;
    *out = target_standing(r->line, r->n_line) == HV__VERDICT_WORD__NOT_MET;
    return ERR_OK;
}

enum err book_tally(struct book *b, struct arena *a, const struct tally_report *r, int32_t from, int32_t day,
                    int regular_percent, struct tally *out, struct fault *f)
{
    struct source source = {b, a};
    struct tally_input in = {.arena = a,
                             .from = from,
                             .day = day,
                             .regular_percent = regular_percent,
                             .source = &source,
                             .each = each,
                             .above = above};
    *out = (struct tally){.arena = a};
    enum err e = r->asks_target ? is_below_target(b, a, day, &in.below_target, f) : ERR_OK;
    return e == ERR_OK ? r->rule(&in, out, f) : e;
}
