/* Single records: reading, writing, looking one up. */
#include "client/book/book_private.h"
#include "common/id.h"
#include "common/text.h"
#include <string.h>

enum err name_keys(struct arena *a, const struct record *r, struct bytes *key, struct bytes *fold)
{
    struct bytes name = record_text(r, kind_name_field(r->kind));
    const char *p = (const char *)name.p;
    enum err e =
        r->kind == &kind_member ? text_name_key(a, p, name.n, key) : text_sort_key(a, p, name.n, key);
    return e != ERR_OK ? e : text_fold(a, p, name.n, fold);
}

static int bind_value(sqlite3_stmt *s, int at, enum field_type type, const struct value *v)
{
    switch (type) {
    case FIELD_TEXT:
        return sqlite3_bind_text64(s, at, v->n == 0 ? "" : v->p, v->n, SQLITE_STATIC, SQLITE_UTF8);
    case FIELD_ID:
        return sqlite3_bind_blob(s, at, v->p, sizeof(struct id), SQLITE_STATIC);
    default:
        return sqlite3_bind_int64(s, at, v->i);
    }
}

static enum err bind_record(struct book *b, struct arena *a, sqlite3_stmt *s, const struct record *r,
                            struct fault *f)
{
    const struct kind *kind = r->kind;
    bool good = sqlite3_bind_blob(s, 1, r->id.b, sizeof r->id.b, SQLITE_STATIC) == SQLITE_OK;
    for (size_t i = 0; i < kind->field_count; i++)
        if (r->set & field_bit(kind, i))
            good &= bind_value(s, (int)i + 2, field_type(kind, i), &r->values[i]) == SQLITE_OK;
    if (kind_name_field(kind) >= 0) {
        struct bytes key, fold;
        if (name_keys(a, r, &key, &fold) != ERR_OK)
            return book_no_memory(b, f);
        int at = (int)kind->field_count + 2;
        good &= sqlite3_bind_blob64(s, at, key.p, key.n, SQLITE_STATIC) == SQLITE_OK;
        good &= sqlite3_bind_text64(s, at + 1, (const char *)fold.p, fold.n, SQLITE_STATIC, SQLITE_UTF8) ==
                SQLITE_OK;
    }
    return good ? ERR_OK : book_fault(b, f);
}

enum err row_insert(struct book *b, struct arena *a, const struct record *r, bool *exists, struct fault *f)
{
    STATEMENT s = NULL;
    *exists = false;
    enum err e = book_of_kind(b, r->kind, KIND_INSERT, &s, f);
    if (e == ERR_OK)
        e = bind_record(b, a, s, r, f);
    if (e != ERR_OK)
        return e;
    if (sqlite3_step(s) == SQLITE_DONE)
        return ERR_OK;
    *exists = sqlite3_extended_errcode(b->db) == SQLITE_CONSTRAINT_PRIMARYKEY;
    return *exists ? ERR_OK : book_fault(b, f);
}

enum err row_write(struct book *b, struct arena *a, const struct record *r, struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    enum err e = book_of_kind(b, r->kind, KIND_UPSERT, &s, f);
    if (e == ERR_OK)
        e = bind_record(b, a, s, r, f);
    return e != ERR_OK ? e : book_step(b, s, &row, f);
}

/* Looked up once a transaction: many records refer to few others. */
enum err row_exists(struct book *b, const struct kind *kind, const struct id *id, bool *out, struct fault *f)
{
    struct known_record *known = &b->known[id->b[sizeof id->b - 1] % KNOWN_SIZE];
    *out = !sqlite3_get_autocommit(b->db) && known->kind == kind && id_equal(&known->id, id);
    if (*out)
        return ERR_OK;
    STATEMENT s = NULL;
    enum err e = book_of_kind(b, kind, KIND_EXISTS, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "d", id);
    if (e == ERR_OK)
        e = book_step(b, s, out, f);
    if (e == ERR_OK && *out)
        *known = (struct known_record){kind, *id};
    return e;
}

void record_of_row(struct record *r, sqlite3_stmt *s, int column)
{
    r->set = 0;
    for (size_t i = 0; i < r->kind->field_count; i++) {
        int at = column + (int)i;
        struct value *v = &r->values[i];
        switch (sqlite3_column_type(s, at)) {
        case SQLITE_INTEGER:
            v->i = sqlite3_column_int64(s, at);
            break;
        case SQLITE_TEXT:
        case SQLITE_BLOB:
            v->p = sqlite3_column_blob(s, at);
            v->n = (uint32_t)sqlite3_column_bytes(s, at);
            if (v->n == 0)
                v->p = "";
            break;
        default:
            continue;
        }
        r->set |= field_bit(r->kind, i);
    }
}

enum err row_read(struct book *b, struct arena *a, const struct kind *kind, const struct id *id,
                  struct record **out, struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    *out = NULL;
    enum err e = book_of_kind(b, kind, KIND_FIND, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "d", id);
    if (e == ERR_OK)
        e = book_step(b, s, &row, f);
    if (e != ERR_OK || !row)
        return e;
    struct record *r = record_make(a, kind);
    if (r == NULL)
        return book_no_memory(b, f);
    r->id = *id;
    record_of_row(r, s, 0);
    if (!record_keep(a, r))
        return book_no_memory(b, f);
    *out = r;
    return ERR_OK;
}

enum err book_find(struct book *b, struct arena *a, const struct kind *kind, const struct id *id,
                   struct record **out, struct fault *f)
{
    enum err e = row_read(b, a, kind, id, out, f);
    if (e != ERR_OK || *out != NULL)
        return e;
    char text[ID_TEXT];
    id_format(id, text);
    return ui_fault(b->ui, f, ERR_NO_SUCH_RECORD,
                    "%s: trong sổ không có hồ sơ mang mã %s; hãy xem lại mã trong danh sách.",
                    "%s: the register has no record with the id %s; look the id up in the list.",
                    text_in(b->ui->lang, kind->label), text);
}
