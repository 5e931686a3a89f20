/* What the server refused of records that are written once: they may be written anew or taken back as long as
 * the server keeps none of them. */
#include "client/book/book_private.h"

struct looking {
    const struct id *id;
    enum err code;
};

static enum err look(void *context, const struct refused *r, struct fault *f)
{
    struct looking *x = context;
    (void)f;
    if (id_equal(&r->id, x->id))
        x->code = r->code;
    return ERR_OK;
}

enum err refused_code(struct book *b, const struct id *id, enum err *out, struct fault *f)
{
    struct looking x = {id, ERR_OK};
    enum err e = outbox_each_refused(b, look, &x, f);
    *out = x.code;
    return e;
}

enum err book_withdraw(struct book *b, const struct kind *kind, const struct id *id, struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    enum err e = book_of_kind(b, kind, KIND_REMOVE, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "d", id);
    if (e == ERR_OK)
        e = book_step(b, s, &row, f);
    return e == ERR_OK ? book_run(b, SQL_REFUSED_REMOVE, f, "d", id) : e;
}

/* The first that is settled by what came down; there are few. */
static enum err find_settled(void *context, const struct refused *r, struct fault *f)
{
    struct id *out = context;
    (void)f;
    if (r->code == ERR_EXISTS && r->kind->append_only && r->kind->relation)
        *out = r->id;
    return ERR_OK;
}

enum err refused_settle(struct book *b, struct fault *f)
{
    static const struct id none;
    for (;;) {
        struct id id = none;
        enum err e = outbox_each_refused(b, find_settled, &id, f);
        if (e != ERR_OK || id_equal(&id, &none))
            return e;
        if ((e = book_run(b, SQL_REFUSED_REMOVE, f, "d", &id)) != ERR_OK)
            return e;
    }
}
