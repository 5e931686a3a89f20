#include "client/asking.h"
#include "common/os.h"

static enum err each(void *source, const struct kind *kind, tally_record_fn *fn, void *context,
                     struct fault *f)
{
    struct client *c = source;
    struct book_filter all = {.kind = kind, .missing_field = -1};
    return book_each(c->book, c->arena, &all, fn, context, f);
}

enum err asking_begin(struct asking *a, struct client *c, const struct options *o, struct fault *f)
{
    struct tally_input in = {.arena = c->arena, .source = c, .each = each};
    *a = (struct asking){.client = c, .today = os_today()};
    enum err e = client_open(c, o, f);
    if (e == ERR_OK)
        e = selection_begin(&a->selection, c, o, &kind_member, f);
    if (e == ERR_OK)
        e = people_load(&in, &a->people, f);
    if (e == ERR_OK)
        e = asks_load(&in, &a->asks, f);
    return e;
}

static enum err pass(void *context, const struct record *r, struct fault *f)
{
    struct asking *a = context;
    const struct person *p = people_find(&a->people, &r->id);
    const struct interval *now = p != NULL ? person_on(p, a->today) : NULL;
    return now != NULL && category_is_asked(now->category) ? a->fn(a, p->member, f) : ERR_OK;
}

enum err asking_each(struct asking *a, asking_fn *fn, void *context, struct fault *f)
{
    a->fn = fn;
    a->context = context;
    return selection_each(&a->selection, pass, a, f);
}

bool asking_is_open(const struct asking *a, const struct record *member, const struct code *field)
{
    int i = kind_field_by_number(&kind_member, (uint32_t)field->value);
    enum ask_cell cell = ask_cell(&a->asks, member, (size_t)i);
    return cell == ASK_MISSING || cell == ASK_ASKED;
}
