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

static enum err overlay(struct book *b, struct arena *a, sqlite3_stmt *s, struct record *r, uint64_t *mask,
                        bool *known, struct fault *f)
{
    struct change stands;
    struct bytes body = column_bytes(s, 1);
    *mask |= column_u64(s, 0);
    *known &= sqlite3_column_type(s, 1) == SQLITE_BLOB;
    body.p = arena_copy(a, body.n > 0 ? body.p : (const uint8_t *)"", body.n);
    if (body.p == NULL)
        return book_no_memory(b, f);
    if (*known && value_list_unpack(a, r->kind, body, &stands, NULL) == ERR_OK)
        change_apply(r, &stands);
    return ERR_OK;
}

enum err refused_stands(struct book *b, struct arena *a, const struct record *here, uint64_t *mask,
                        struct record **out, struct fault *f)
{
    STATEMENT s = NULL;
    bool row, known = true;
    struct record *r = record_copy(a, here);
    *mask = 0;
    *out = NULL;
    if (r == NULL)
        return book_no_memory(b, f);
    enum err e = book_fixed(b, SQL_REFUSED_STANDS, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "d", &here->id);
    while (e == ERR_OK && (e = book_step(b, s, &row, f)) == ERR_OK && row)
        e = overlay(b, a, s, r, mask, &known, f);
    *out = known ? r : NULL;
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
