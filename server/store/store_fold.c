#include "server/store.h"

static enum err fold_in_transaction(struct db *db, struct arena *a, const char *statement, int32_t argument,
                                    struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, argument);
    enum err e = db_begin(db, false, f);
    if (e == ERR_OK && (e = db_run(db, statement, &p, NULL, f)) == ERR_OK)
        e = db_commit(db, f);
    if (e != ERR_OK)
        db_rollback(db);
    return e;
}

static enum err fold_units(struct db *db, struct arena *a, const struct db_result *units, struct fault *f)
{
    enum err e = ERR_OK;
    for (int row = 0; e == ERR_OK && row < db_rows(units); row++)
        e = fold_in_transaction(db, a, "fold_unit", db_get_int4(units, row, 0), f);
    return e;
}

enum err store_fold(struct db *db, struct arena *a, int32_t day, struct fault *f)
{
    DB_RESULT units = NULL;
    struct db_params none;
    enum err e = fold_in_transaction(db, a, "fold_note", day, f);
    db_params_begin(&none, a);
    if (e == ERR_OK)
        e = db_begin(db, true, f);
    if (e != ERR_OK)
        return e;
    e = db_run(db, "fold_units", &none, &units, f);
    db_rollback(db);
    return e == ERR_OK ? fold_units(db, a, units, f) : e;
}
