/* Units: looked up by code at the edge, by id inside. */
#include "common/date.h"
#include "server/store_kind.h"
#include <string.h>

static enum err unit_read(struct arena *a, const struct db_result *r, int row, struct unit_row *out,
                          struct fault *f)
{
    *out = (struct unit_row){.id = db_get_int4(r, row, 0),
                             .level = db_get_int4(r, row, 1),
                             .code = arena_print(a, "%s", db_get_text(r, row, 2)),
                             .name = arena_print(a, "%s", db_get_text(r, row, 3))};
    return out->code != NULL && out->name != NULL ? ERR_OK : no_memory(f);
}

enum err store_units_up(struct db *db, struct arena *a, int32_t unit, struct unit_row out[4], size_t *count,
                        struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    *count = 0;
    db_params_begin(&p, a);
    db_int4(&p, unit);
    enum err err = db_run(db, "unit_up", &p, &r, f);
    for (int row = 0; err == ERR_OK && row < db_rows(r) && row < 4; row++) {
        err = unit_read(a, r, row, &out[row], f);
        ++*count;
    }
    return err;
}

/* CODE@YYYY-MM-DD into code and day; `today` without a date. The day is 0 when it is none. */
static const char *code_split(struct arena *a, const char *code, int32_t today, int32_t *day)
{
    const char *at = strchr(code, '@');
    *day = today;
    if (at == NULL)
        return code;
    if (!date_parse(at + 1, day) || !date_valid(*day, false))
        *day = 0;
    return arena_copy(a, code, (size_t)(at - code));
}

enum err store_unit_find(struct db *db, struct arena *a, const char *code, int level, int32_t today,
                         struct unit_row *out, struct fault *f)
{
    int32_t day;
    struct db_params p;
    DB_RESULT r = NULL;
    const char *bare = code_split(a, code, today, &day);
    if (bare == NULL)
        return no_memory(f);
    if (day == 0)
        return fault(f, ERR_NO_SUCH_UNIT, "a unit is named CODE or CODE@YYYY-MM-DD");
    db_params_begin(&p, a);
    db_text(&p, bare);
    db_int4(&p, level);
    db_int4(&p, day);
    enum err err = db_run(db, "unit_find", &p, &r, f);
    if (err != ERR_OK)
        return err;
    if (db_rows(r) == 0)
        return fault(f, ERR_NO_SUCH_UNIT, "no unit of level %d has this code on %d", level, day);
    return unit_read(a, r, 0, out, f);
}

enum err store_unit_below(struct db *db, struct arena *a, int32_t unit, int32_t above, bool *out,
                          struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    db_params_begin(&p, a);
    db_int4(&p, unit);
    db_int4(&p, above);
    enum err err = db_run(db, "unit_below", &p, &r, f);
    if (err == ERR_OK)
        *out = db_get_bool(r, 0, 0);
    return err;
}

enum err store_streams_below(struct db *db, struct arena *a, int32_t unit, int32_t **out, size_t *count,
                             struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    db_params_begin(&p, a);
    db_int4(&p, unit);
    enum err err = db_run(db, "streams_below", &p, &r, f);
    if (err != ERR_OK)
        return err;
    *count = (size_t)db_rows(r);
    *out = arena_zero(a, *count + 1, sizeof **out);
    for (size_t i = 0; *out != NULL && i < *count; i++)
        (*out)[i] = db_get_int4(r, (int)i, 0);
    return *out != NULL ? ERR_OK : no_memory(f);
}

enum err store_communes_known(struct db *db, struct arena *a, int32_t unit, struct bytes codes, int32_t today,
                              int32_t since, bool *out, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    const char *text = arena_copy(a, codes.p, codes.n);
    if (text == NULL)
        return no_memory(f);
    db_params_begin(&p, a);
    db_int4(&p, unit);
    db_text(&p, text);
    db_int4(&p, today);
    db_int4(&p, since != 0 ? date_first_day(since) : today);
    db_int4(&p, since != 0 ? date_last_day(since) : today);
    enum err err = db_run(db, "unit_communes", &p, &r, f);
    if (err == ERR_OK)
        *out = db_get_bool(r, 0, 0);
    return err;
}

enum err store_seen(struct db *db, struct arena *a, int32_t above, const struct id *notice, int32_t today,
                    struct seen_row **out, size_t *count, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    db_params_begin(&p, a);
    db_int4(&p, above);
    db_uuid(&p, notice);
    db_int4(&p, today);
    enum err err = db_run(db, "seen_list", &p, &r, f);
    if (err != ERR_OK)
        return err;
    *count = (size_t)db_rows(r);
    *out = arena_zero(a, *count + 1, sizeof **out);
    if (*out == NULL)
        return no_memory(f);
    for (int row = 0; row < db_rows(r); row++) {
        struct seen_row *s = &(*out)[row];
        *s = (struct seen_row){.code = arena_print(a, "%s", db_get_text(r, row, 0)),
                               .name = arena_print(a, "%s", db_get_text(r, row, 1)),
                               .day = db_is_null(r, row, 2) ? 0 : db_get_int4(r, row, 2),
                               .wording = db_is_null(r, row, 3) ? 0 : db_get_int8(r, row, 3)};
        if (s->code == NULL || s->name == NULL)
            return no_memory(f);
    }
    return ERR_OK;
}
