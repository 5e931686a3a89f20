/* The change log. */
#include "server/store_kind.h"

enum column { KIND, RECORD, REPLICA, NUMBER, MASK, OLD };

static const unsigned types[] = {[KIND] = DB_INT2,   [RECORD] = DB_UUID, [REPLICA] = DB_INT4,
                                 [NUMBER] = DB_INT8, [MASK] = DB_INT8,   [OLD] = DB_BYTEA};

static void cell_add(struct db_array *x, enum column column, const struct log_row *row)
{
    switch (column) {
    case KIND:
        db_array_int(x, row->kind_number);
        break;
    case RECORD:
        db_array_bytes(x, row->record.b, sizeof row->record.b);
        break;
    case REPLICA:
        db_array_int(x, row->replica);
        break;
    case NUMBER:
        db_array_int(x, (int64_t)row->number);
        break;
    case MASK:
        db_array_int(x, (int64_t)row->mask);
        break;
    case OLD:
        if (row->old.p == NULL)
            db_array_null(x);
        else
            db_array_bytes(x, row->old.p, row->old.n);
        break;
    }
}

static size_t old_bytes(const struct log_row *rows, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += rows[i].old.n;
    return sum;
}

enum err store_log_add(struct db *db, struct arena *a, int32_t stream, uint64_t rev,
                       const struct log_row *rows, size_t count, struct fault *f)
{
    struct db_params p;
    struct db_array x;
    if (count == 0)
        return ERR_OK;
    db_params_begin(&p, a);
    db_int4(&p, stream);
    db_int8(&p, (int64_t)rev);
    for (enum column c = KIND; c <= OLD; c++) {
        db_array_begin(&x, &p, types[c], count, c == OLD ? old_bytes(rows, count) : 0);
        for (size_t i = 0; i < count; i++)
            cell_add(&x, c, &rows[i]);
        db_array_end(&x);
    }
    return db_post(db, "log_add", &p, f);
}

static enum err log_row_read(struct arena *a, const struct db_result *r, int row, struct log_row *out,
                             struct fault *f)
{
    *out = (struct log_row){.kind_number = (uint32_t)db_get_int4(r, row, 0),
                            .record = db_get_uuid(r, row, 1),
                            .rev = (uint64_t)db_get_int8(r, row, 2),
                            .replica = db_get_int4(r, row, 3),
                            .number = (uint64_t)db_get_int8(r, row, 4),
                            .mask = (uint64_t)db_get_int8(r, row, 5)};
    if (db_is_null(r, row, 6))
        return ERR_OK;
    struct bytes old = db_get_bytes(r, row, 6);
    out->old = (struct bytes){arena_copy(a, old.p, old.n), old.n};
    return out->old.p != NULL ? ERR_OK : no_memory(f);
}

enum err store_log_since(struct db *db, struct arena *a, int32_t stream, int32_t replica, uint64_t base,
                         const struct id *records, size_t count, struct log_row **out, size_t *found,
                         struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    *found = 0;
    if (count == 0)
        return ERR_OK;
    db_params_begin(&p, a);
    db_int4(&p, stream);
    db_int4(&p, replica);
    db_int8(&p, (int64_t)base);
    param_ids(&p, records, count);
    enum err err = db_run(db, "log_since", &p, &r, f);
    if (err != ERR_OK)
        return err;
    *out = arena_zero(a, (size_t)db_rows(r) + 1, sizeof **out);
    if (*out == NULL)
        return no_memory(f);
    for (int row = 0; row < db_rows(r) && err == ERR_OK; row++)
        err = log_row_read(a, r, row, &(*out)[row], f);
    *found = (size_t)db_rows(r);
    return err;
}
