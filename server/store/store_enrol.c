/* An enrolment code becomes a device, once. */
#include "server/store_kind.h"
#include <string.h>

/* enrol_code.sql */
enum { UNIT, REPORTER, OVER, DEVICE, CURVE_KEY, SIGN_KEY, REVOKED };

static bool same(struct bytes x, struct bytes y)
{
    return x.n == y.n && memcmp(x.p, y.p, x.n) == 0;
}

static enum err check_purpose(const struct enrolment *x, const struct enrolled *code, struct fault *f)
{
    if (*x->role != '\0' && strcmp(x->role, code->reporter ? "reporter" : "commune") != 0)
        return fault(f, ERR_OTHER_PROGRAM, "enrolment code %d is for another program", x->code_id);
    if (x->unit != 0 && x->unit != code->unit)
        return fault(f, ERR_OTHER_UNIT, "enrolment code %d is for another unit than the register",
                     x->code_id);
    return ERR_OK;
}

/* The code has been used: the device that used it may ask again, its reply may have been lost. */
static enum err enrol_again(const struct db_result *code, const struct enrolment *x, struct enrolled *out,
                            struct fault *f)
{
    if (!same(db_get_bytes(code, 0, CURVE_KEY), x->curve_key) ||
        !same(db_get_bytes(code, 0, SIGN_KEY), x->sign_key))
        return fault(f, ERR_CODE_USED, "the code was used by another device");
    out->device = db_get_int4(code, 0, DEVICE);
    if (db_get_bool(code, 0, REVOKED))
        return fault(f, ERR_REVOKED, "device %d is revoked", out->device);
    return ERR_OK;
}

static enum err enrol_first(struct db *db, struct arena *a, const struct enrolment *x, struct enrolled *out,
                            struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    db_params_begin(&p, a);
    db_int4(&p, x->code_id);
    db_bytea(&p, x->curve_key);
    db_bytea(&p, x->sign_key);
    db_text(&p, x->program);
    enum err err = db_run(db, "enrol_device", &p, &r, f);
    if (err != ERR_OK)
        return err;
    if (db_rows(r) == 0)
        return fault(f, ERR_NOT_ALLOWED, "the key belongs to a device that came in by another code");
    out->device = db_get_int4(r, 0, 0);
    return ERR_OK;
}

static enum err replica_take(struct db *db, struct arena *a, const struct enrolment *x, int32_t device,
                             struct fault *f)
{
    struct db_params p;
    if (x->unit == 0 || x->replica == NULL)
        return ERR_OK;
    db_params_begin(&p, a);
    db_uuid(&p, x->replica);
    db_int4(&p, device);
    return db_run(db, "enrol_replica", &p, NULL, f);
}

enum err store_enrol(struct db *db, struct arena *a, const struct enrolment *x, struct enrolled *out,
                     struct fault *f)
{
    struct db_params p;
    DB_RESULT code = NULL;
    db_params_begin(&p, a);
    db_int4(&p, x->code_id);
    enum err err = db_run(db, "enrol_code", &p, &code, f);
    if (err != ERR_OK)
        return err;
    if (db_rows(code) == 0)
        return fault(f, ERR_NOT_ALLOWED, "there is no enrolment code %d", x->code_id);
    out->unit = db_get_int4(code, 0, UNIT);
    out->reporter = db_get_bool(code, 0, REPORTER);
    if ((err = check_purpose(x, out, f)) != ERR_OK)
        return err;
    if (!db_is_null(code, 0, DEVICE))
        return enrol_again(code, x, out, f);
    if (db_get_bool(code, 0, OVER))
        return fault(f, ERR_NOT_ALLOWED, "enrolment code %d has expired or was cancelled", x->code_id);
    err = enrol_first(db, a, x, out, f);
    return err == ERR_OK ? replica_take(db, a, x, out->device, f) : err;
}
