/* Records of the unit above in a register that keeps others of their kind itself. */
#include "client/book/book_private.h"

enum err book_note_above(struct book *b, const struct batch *pulled, uint32_t stream, struct fault *f)
{
    struct identity who;
    enum err e = identity_load(b, &who, f);
    bool is_own = e == ERR_OK && (who.unit_count == 0 || who.units[0].stream == stream);
    key_wipe(&who, sizeof who);
    for (size_t i = 0; e == ERR_OK && i < pulled->gone_count; i++) {
        const struct kind *kind = kind_by_number(pulled->gone[i].kind_number);
        if (kind != NULL && kind->read_below)
            e = book_run(b, SQL_ABOVE_REMOVE, f, "d", &pulled->gone[i].id);
    }
    for (size_t i = 0; e == ERR_OK && i < pulled->count; i++) {
        const struct change *c = &pulled->changes[i];
        if (c->kind == NULL || !c->kind->read_below)
            continue;
        e = is_own ? book_run(b, SQL_ABOVE_REMOVE, f, "d", &c->id)
                   : book_run(b, SQL_ABOVE_PUT, f, "di", &c->id, (int64_t)stream);
    }
    return e;
}

enum err book_above(struct book *b, struct arena *a, const struct record *r, const char **out,
                    struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    *out = NULL;
    if (!r->kind->read_below)
        return ERR_OK;
    enum err e = book_fixed(b, SQL_ABOVE_UNIT, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "d", &r->id);
    if (e == ERR_OK)
        e = book_step(b, s, &row, f);
    if (e != ERR_OK || !row)
        return e;
    struct bytes name = column_bytes(s, 0);
    *out = arena_copy(a, name.n > 0 ? name.p : (const uint8_t *)"", name.n);
    return *out != NULL ? ERR_OK : book_no_memory(b, f);
}
