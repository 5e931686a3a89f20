/* Where the streams stand that a unit hears. */
#include "server/store_kind.h"

enum err store_stream_heads(struct db *db, struct arena *a, int32_t unit, struct stream_head out[4],
                            size_t *count, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    *count = 0;
    db_params_begin(&p, a);
    db_int4(&p, unit);
    enum err err = db_run(db, "stream_heads", &p, &r, f);
    for (int row = 0; err == ERR_OK && row < db_rows(r) && row < 4; row++)
        out[(*count)++] = (struct stream_head){.stream = db_get_int4(r, row, 0),
                                               .rev = (uint64_t)db_get_int8(r, row, 1),
                                               .mark = (uint64_t)db_get_int8(r, row, 2)};
    return err;
}
