/* Which keys may enter; notes and settings of the whole server. */
#include "server/store_kind.h"
#include <string.h>

enum err store_gate_version(struct db *db, struct arena *a, int64_t *version, struct fault *f)
{
    (void)a;
    DB_RESULT r = NULL;
    enum err err = db_run(db, "gate_version", NULL, &r, f);
    if (err == ERR_OK)
        *version = db_get_int8(r, 0, 0);
    return err;
}

enum err store_setting(struct db *db, struct arena *a, const char *name, int32_t usual, int *out,
                       struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    db_params_begin(&p, a);
    db_text(&p, name);
    db_int4(&p, usual);
    enum err err = db_run(db, "setting_get", &p, &r, f);
    if (err == ERR_OK)
        *out = db_get_int4(r, 0, 0);
    return err;
}

enum err store_note(struct db *db, struct arena *a, int32_t waiting, struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, waiting);
    return db_post(db, "note_put", &p, f);
}

enum err store_gate_rows(struct db *db, struct arena *a, struct gate_row **out, size_t *count,
                         struct fault *f)
{
    DB_RESULT r = NULL;
    *count = 0;
    enum err err = db_run(db, "gate_rows", NULL, &r, f);
    if (err != ERR_OK)
        return err;
    *out = arena_zero(a, (size_t)db_rows(r) + 1, sizeof **out);
    if (*out == NULL)
        return no_memory(f);
    *count = (size_t)db_rows(r);
    for (int row = 0; row < db_rows(r); row++) {
        struct gate_row *g = &(*out)[row];
        *g = (struct gate_row){.id = db_get_int4(r, row, 1),
                               .unit = db_get_int4(r, row, 2),
                               .is_code = db_get_bool(r, row, 3),
                               .reporter = db_get_bool(r, row, 4),
                               .expires = db_get_int8(r, row, 5)};
        memcpy(g->key, db_get_bytes(r, row, 0).p, sizeof g->key); /* 32 bytes, says the table */
    }
    return ERR_OK;
}
