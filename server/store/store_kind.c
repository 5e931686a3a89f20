/* Rows of any kind, by statements built from the registry. */
#include "server/store_kind.h"
#include "common/change.h"
#include "server/statement.h"
#include <stdio.h>
#include <string.h>

void statement_name(char out[STATEMENT_NAME], const char *verb, const struct kind *kind)
{
    snprintf(out, STATEMENT_NAME, "%s_%s", verb, kind->name);
}

void param_ids(struct db_params *p, const struct id *ids, size_t count)
{
    struct db_array x;
    db_array_begin(&x, p, DB_UUID, count, 0);
    for (size_t i = 0; i < count; i++)
        db_array_bytes(&x, ids[i].b, sizeof ids[i].b);
    db_array_end(&x);
}

enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the rows of this request");
}

/* ---- rows by id ---- */

struct row_index {
    const struct db_result *rows;
    size_t mask;
    int32_t slots[]; /* row + 1; 0: empty */
};

/* The last bytes of ids are random, computed ones too. */
static size_t id_slot(const struct id *id)
{
    uint64_t word;
    memcpy(&word, id->b + 8, sizeof word);
    return (size_t)(word * UINT64_C(0x9e3779b97f4a7c15) >> 20);
}

struct row_index *row_index_make(struct arena *a, const struct db_result *r)
{
    size_t size = 4;
    while (size < 2 * (size_t)db_rows(r))
        size *= 2;
    struct row_index *x = arena_zero(a, 1, sizeof *x + size * sizeof x->slots[0]);
    if (x == NULL)
        return NULL;
    x->rows = r;
    x->mask = size - 1;
    for (int row = 0; row < db_rows(r); row++) {
        struct id id = db_get_uuid(r, row, 0);
        size_t at = id_slot(&id) & x->mask;
        while (x->slots[at] != 0)
            at = (at + 1) & x->mask;
        x->slots[at] = row + 1;
    }
    return x;
}

int row_index_find(const struct row_index *x, const struct id *id)
{
    for (size_t at = id_slot(id) & x->mask; x->slots[at] != 0; at = (at + 1) & x->mask) {
        struct id other = db_get_uuid(x->rows, x->slots[at] - 1, 0);
        if (id_equal(&other, id))
            return x->slots[at] - 1;
    }
    return -1;
}

/* ---- reading ---- */

static bool value_read(struct arena *a, unsigned type, const struct db_result *r, int row, int column,
                       struct value *v)
{
    if (type == DB_BOOL) {
        v->i = db_get_bool(r, row, column);
        return true;
    }
    if (type != DB_TEXT && type != DB_UUID) {
        v->i = db_get_int8(r, row, column);
        return true;
    }
    struct bytes b = db_get_bytes(r, row, column);
    v->p = arena_copy(a, b.p, b.n);
    v->n = (uint32_t)b.n;
    return v->p != NULL;
}

enum err stored_read(struct arena *a, const struct kind *kind, const struct db_result *r, int row,
                     struct stored *out, struct fault *f)
{
    *out = (struct stored){
        .found = true, .stream = db_get_int4(r, row, 1), .rev = (uint64_t)db_get_int8(r, row, 2)};
    out->record.kind = kind;
    out->record.id = db_get_uuid(r, row, 0);
    out->record.values = arena_zero(a, kind->field_count, sizeof *out->record.values);
    if (out->record.values == NULL)
        return no_memory(f);
    for (size_t i = 0; i < kind->field_count; i++) {
        int column = (int)i + 3;
        if (db_is_null(r, row, column))
            continue;
        if (!value_read(a, statement_type(kind, i), r, row, column, &out->record.values[i]))
            return no_memory(f);
        out->record.set |= field_bit(kind, i);
    }
    return ERR_OK;
}

enum err store_fetch(struct db *db, struct arena *a, const struct kind *kind, const struct id *ids,
                     size_t count, struct stored *out, struct fault *f)
{
    char name[STATEMENT_NAME];
    struct db_params p;
    DB_RESULT r = NULL;
    if (count == 0)
        return ERR_OK;
    statement_name(name, "fetch", kind);
    db_params_begin(&p, a);
    param_ids(&p, ids, count);
    enum err err = db_run(db, name, &p, &r, f);
    if (err != ERR_OK)
        return err;
    const struct row_index *x = row_index_make(a, r);
    if (x == NULL)
        return no_memory(f);
    for (size_t i = 0; i < count && err == ERR_OK; i++) {
        int row = row_index_find(x, &ids[i]);
        if (row < 0)
            out[i] = (struct stored){.record = {.kind = kind, .id = ids[i]}};
        else
            err = stored_read(a, kind, r, row, &out[i], f);
    }
    return err;
}

enum err store_exist(struct db *db, struct arena *a, const struct kind *kind, int32_t stream,
                     const struct id *ids, size_t count, bool *out, struct fault *f)
{
    char name[STATEMENT_NAME];
    struct db_params p;
    DB_RESULT r = NULL;
    if (count == 0)
        return ERR_OK;
    statement_name(name, "exist", kind);
    db_params_begin(&p, a);
    param_ids(&p, ids, count);
    db_int4(&p, stream);
    enum err err = db_run(db, name, &p, &r, f);
    if (err != ERR_OK)
        return err;
    const struct row_index *x = row_index_make(a, r);
    if (x == NULL)
        return no_memory(f);
    for (size_t i = 0; i < count; i++)
        out[i] = row_index_find(x, &ids[i]) >= 0;
    return ERR_OK;
}

enum err store_referring(struct db *db, struct arena *a, const struct kind *kind, const char *field,
                         int32_t stream, const struct id *ids, size_t count, struct stored **out,
                         size_t *found, struct fault *f)
{
    char name[STATEMENT_NAME];
    struct db_params p;
    DB_RESULT r = NULL;
    *found = 0;
    if (count == 0)
        return ERR_OK;
    statement_name(name, field, kind);
    db_params_begin(&p, a);
    param_ids(&p, ids, count);
    db_int4(&p, stream);
    enum err err = db_run(db, name, &p, &r, f);
    if (err != ERR_OK)
        return err;
    *out = arena_zero(a, (size_t)db_rows(r) + 1, sizeof **out);
    if (*out == NULL)
        return no_memory(f);
    for (int row = 0; row < db_rows(r) && err == ERR_OK; row++)
        err = stored_read(a, kind, r, row, &(*out)[row], f);
    *found = (size_t)db_rows(r);
    return err;
}

/* ---- writing ---- */

static size_t text_bytes(const struct record *const *records, size_t count, size_t field, uint64_t bit)
{
    size_t sum = 0;
    for (size_t k = 0; k < count; k++)
        if (records[k]->set & bit)
            sum += records[k]->values[field].n;
    return sum;
}

static void param_column(struct db_params *p, const struct kind *kind, size_t field,
                         const struct record *const *records, size_t count)
{
    struct db_array x;
    unsigned type = statement_type(kind, field);
    uint64_t bit = field_bit(kind, field);
    db_array_begin(&x, p, type, count, type == DB_TEXT ? text_bytes(records, count, field, bit) : 0);
    for (size_t k = 0; k < count; k++) {
        const struct value *v = &records[k]->values[field];
        if (!(records[k]->set & bit))
            db_array_null(&x);
        else if (type == DB_TEXT)
            db_array_bytes(&x, v->p, v->n);
        else if (type == DB_UUID)
            db_array_bytes(&x, v->p, sizeof(struct id));
        else
            db_array_int(&x, v->i);
    }
    db_array_end(&x);
}

enum err store_put(struct db *db, struct arena *a, const struct kind *kind, int32_t stream, uint64_t rev,
                   const struct record *const *records, size_t count, struct fault *f)
{
    char name[STATEMENT_NAME];
    struct db_params p;
    struct db_array x;
    if (count == 0)
        return ERR_OK;
    statement_name(name, "put", kind);
    db_params_begin(&p, a);
    db_int4(&p, stream);
    db_int8(&p, (int64_t)rev);
    db_array_begin(&x, &p, DB_UUID, count, 0);
    for (size_t k = 0; k < count; k++)
        db_array_bytes(&x, records[k]->id.b, sizeof records[k]->id.b);
    db_array_end(&x);
    for (size_t i = 0; i < kind->field_count; i++)
        param_column(&p, kind, i, records, count);
    return db_post(db, name, &p, f);
}
