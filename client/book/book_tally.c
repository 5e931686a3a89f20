/* Figures of reports from the rows here, by the rules that both sides share (common/tally.h). */
#include "client/book/book_private.h"
#include "common/target.h"

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

/* By the last report that came, with the figures of the rows here on the day; without one nobody knows, and
 * the commune is not counted as below target. */
static enum err is_below_target(struct book *b, struct arena *a, int32_t day, bool *out, struct fault *f)
{
    Hv__TargetReport *r;
    int64_t *counts = arena_zero(a, measure_count, sizeof *counts);
    *out = false;
    enum err e = counts != NULL ? report_get(b, a, &r, f) : fault(f, ERR_NO_MEMORY, "out of memory");
    if (e != ERR_OK || r == NULL || (e = book_count(b, a, day, counts, f)) != ERR_OK)
        return e;
    for (size_t i = 0; i < r->n_line; i++)
        target_recount(r->line[i], counts);
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
                             .each = each};
    *out = (struct tally){.arena = a};
    enum err e = r->asks_target ? is_below_target(b, a, day, &in.below_target, f) : ERR_OK;
    return e == ERR_OK ? r->rule(&in, out, f) : e;
}
