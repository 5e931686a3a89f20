/* Fields that another computer edited at the same time, as the server told. */
#include "client/book/book_private.h"

/* False when this program does not know the kind or the field, or can't read what stood there. */
static bool conflict_of_row(struct arena *a, sqlite3_stmt *s, struct conflict *out)
{
    struct change stood;
    out->kind = kind_by_number((uint32_t)sqlite3_column_int64(s, 0));
    if (out->kind == NULL || !column_id(s, 1, &out->id))
        return false;
    out->field = kind_field_by_number(out->kind, (uint32_t)sqlite3_column_int64(s, 2));
    out->stood = record_make(a, out->kind);
    struct bytes other = column_bytes(s, 3);
    other.p = arena_copy(a, other.n > 0 ? other.p : (const uint8_t *)"", other.n);
    if (out->field < 0 || out->stood == NULL || other.p == NULL ||
        value_list_unpack(a, out->kind, other, &stood, NULL) != ERR_OK)
        return false;
    change_apply(out->stood, &stood);
    return true;
}

enum err outbox_each_conflict(struct book *b, struct arena *a, size_t limit, conflict_fn *fn, void *context,
                              struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    struct conflict c;
    enum err e = book_fixed(b, SQL_CONFLICT_EACH, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "i", (int64_t)limit);
    while (e == ERR_OK && (e = book_step(b, s, &row, f)) == ERR_OK && row)
        if (conflict_of_row(a, s, &c))
            e = fn(context, &c, f);
    return e;
}
