/* An enrolment code becomes a device, once. */
#include "server/store_kind.h"
#include <string.h>

/* enrol_code.sql */
enum { UNIT, REPORTER, OVER, DEVICE, CURVE_KEY, SIGN_KEY, REVOKED };

static bool same(struct bytes x, struct bytes y)
{
    return x.n == y.n && memcmp(x.p, y.p, x.n) == 0;
}

/* The code has been used: the device that used it may ask again, its reply may have been lost. */
static enum err enrol_again(const struct db_result *code, struct bytes curve_key, struct bytes sign_key,
                            int32_t *device, struct fault *f)
{
    if (!same(db_get_bytes(code, 0, CURVE_KEY), curve_key) ||
        !same(db_get_bytes(code, 0, SIGN_KEY), sign_key))
        return fault(f, ERR_CODE_USED, "the code was used by another device");
    *device = db_get_int4(code, 0, DEVICE);
    if (db_get_bool(code, 0, REVOKED))
        return fault(f, ERR_REVOKED, "device %d is revoked", *device);
    return ERR_OK;
}

static enum err enrol_first(struct db *db, struct arena *a, int32_t code_id, struct bytes curve_key,
                            struct bytes sign_key, const char *program, int32_t *device, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    db_params_begin(&p, a);
    db_int4(&p, code_id);
    db_bytea(&p, curve_key);
    db_bytea(&p, sign_key);
    db_text(&p, program != NULL ? program : "");
    enum err err = db_run(db, "enrol_device", &p, &r, f);
    if (err != ERR_OK)
        return err;
    if (db_rows(r) == 0)
        return fault(f, ERR_NOT_ALLOWED, "the key belongs to a device that came in by another code");
    *device = db_get_int4(r, 0, 0);
    return ERR_OK;
}

enum err store_enrol(struct db *db, struct arena *a, int32_t code_id, struct bytes curve_key,
                     struct bytes sign_key, const char *program, int32_t *device, int32_t *unit,
                     bool *reporter, struct fault *f)
{
    struct db_params p;
    DB_RESULT code = NULL;
    db_params_begin(&p, a);
    db_int4(&p, code_id);
    enum err err = db_run(db, "enrol_code", &p, &code, f);
    if (err != ERR_OK)
        return err;
    if (db_rows(code) == 0)
        return fault(f, ERR_NOT_ALLOWED, "there is no enrolment code %d", code_id);
    *unit = db_get_int4(code, 0, UNIT);
    *reporter = db_get_bool(code, 0, REPORTER);
    if (!db_is_null(code, 0, DEVICE))
        return enrol_again(code, curve_key, sign_key, device, f);
    if (db_get_bool(code, 0, OVER))
        return fault(f, ERR_NOT_ALLOWED, "enrolment code %d has expired or was cancelled", code_id);
    return enrol_first(db, a, code_id, curve_key, sign_key, program, device, f);
}
