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
    return r->rule(&in, out, f);
}
