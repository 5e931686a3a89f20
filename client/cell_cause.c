#include "client/cell_cause.h"
#include "common/codes.h"
#include "common/text.h"
#include <string.h>

struct search {
    struct cells *cells;
    struct bytes fold;
    const struct code *code; /* whose words they are; NULL: of none that is in the list */
    book_fn *fn;
    void *context;
};

static bool is_same(const struct search *s, const char *text, size_t n)
{
    struct bytes fold;
    return text_fold(s->cells->arena, text, n, &fold) == ERR_OK && fold.n == s->fold.n &&
           memcmp(fold.p, s->fold.p, fold.n) == 0;
}

static enum err look_at(void *context, const struct record *r, struct fault *f)
{
    struct search *s = context;
    struct bytes text = record_text(r, kind_field(&kind_cause, "cause"));
    bool is_token =
        s->code != NULL && strlen(s->code->token) == text.n && memcmp(s->code->token, text.p, text.n) == 0;
    return is_token || is_same(s, (const char *)text.p, text.n) ? s->fn(s->context, r, f) : ERR_OK;
}

enum err cell_cause_each(struct cells *x, const char *text, book_fn *fn, void *context, struct fault *f)
{
    struct search s = {.cells = x, .fn = fn, .context = context};
    struct book_filter all = {.kind = &kind_cause, .missing_field = -1};
    if (text_fold(x->arena, text, strlen(text), &s.fold) != ERR_OK)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    for (const struct code *k = cause_codes; k->token != NULL && s.code == NULL; k++)
        if (strcmp(k->token, text) == 0 || is_same(&s, k->label.vi, strlen(k->label.vi)) ||
            is_same(&s, k->label.en, strlen(k->label.en)))
            s.code = k;
    return book_each(x->book, x->arena, &all, look_at, &s, f);
}
