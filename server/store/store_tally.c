#include "server/store_tally.h"
#include "common/change.h"
#include "server/statement.h"
#include "server/store_kind.h"

/* NULL for null. */
static const char *text_read(struct arena *a, const struct db_result *r, int row, int column)
{
    return db_is_null(r, row, column) ? NULL : arena_print(a, "%s", db_get_text(r, row, column));
}

enum err store_tally_communes(struct db *db, struct arena *a, int32_t unit, int32_t day,
                              struct tally_commune **out, size_t *count, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    db_params_begin(&p, a);
    db_int4(&p, unit);
    db_int4(&p, day);
    *count = 0;
    enum err err = db_run(db, "tally_commune", &p, &r, f);
    if (err != ERR_OK)
        return err;
    *out = arena_zero(a, (size_t)db_rows(r) + 1, sizeof **out);
    for (int row = 0; *out != NULL && row < db_rows(r); row++) {
        struct tally_commune *c = &(*out)[(*count)++];
        *c = (struct tally_commune){.id = db_get_int4(r, row, 0),
                                    .code = text_read(a, r, row, 1),
                                    .name = text_read(a, r, row, 2),
                                    .district_code = text_read(a, r, row, 3),
                                    .district_name = text_read(a, r, row, 4)};
        if (c->code == NULL || c->name == NULL)
            return no_memory(f);
    }
    return *out != NULL ? ERR_OK : no_memory(f);
}

/* Columns as those of statement_fetch; texts and ids stay in the result. */
static void record_borrow(struct record *r, const struct db_result *rows, int row)
{
    r->id = db_get_uuid(rows, row, 0);
    r->set = 0;
    for (size_t i = 0; i < r->kind->field_count; i++) {
        int column = (int)i + 3;
        unsigned type = statement_type(r->kind, i);
        if (db_is_null(rows, row, column))
            continue;
        r->set |= field_bit(r->kind, i);
        if (type == DB_TEXT || type == DB_UUID) {
            struct bytes b = db_get_bytes(rows, row, column);
            r->values[i] = (struct value){.p = (const char *)b.p, .n = (uint32_t)b.n};
        } else {
            r->values[i].i =
                type == DB_BOOL ? db_get_bool(rows, row, column) : db_get_int8(rows, row, column);
        }
    }
}

enum err store_tally_each(void *source, const struct kind *kind, tally_record_fn *fn, void *context,
                          struct fault *f)
{
    struct tally_source *s = source;
    char name[STATEMENT_NAME];
    struct db_params p;
    DB_RESULT r = NULL;
    struct record *record = record_make(s->arena, kind);
    if (record == NULL)
        return no_memory(f);
    statement_name(name, "all", kind);
    db_params_begin(&p, s->arena);
    db_int4(&p, s->commune);
    enum err err = db_run(s->db, name, &p, &r, f);
    for (int row = 0; err == ERR_OK && row < db_rows(r); row++) {
        record_borrow(record, r, row);
        s->is_above = db_get_int4(r, row, 1) != s->commune;
        err = fn(context, record, f);
    }
    return err;
}

bool store_tally_above(void *source, const struct record *r)
{
    const struct tally_source *s = source;
    (void)r;
    return s->is_above;
}
