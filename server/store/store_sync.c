/* Replicas, their numbers and verdicts, streams and their marks. */
#include "server/store_kind.h"
#include <string.h>

#define HASH_SIZE 8

static enum err lock_read(const struct db_result *r, struct sync_lock *out, struct fault *f)
{
    if (!db_get_bool(r, 0, 2))
        return fault(f, ERR_NOT_ALLOWED, "the replica belongs to another device");
    if (db_get_bool(r, 0, 3))
        return fault(f, ERR_REVOKED, "the device is revoked");
    if (db_is_null(r, 0, 4))
        return fault(f, ERR_INTERNAL, "the unit of the device has no stream");
    *out = (struct sync_lock){.replica = db_get_int4(r, 0, 0),
                              .last_number = (uint64_t)db_get_int8(r, 0, 1),
                              .stream = db_get_int4(r, 0, 4),
                              .rev = (uint64_t)db_get_int8(r, 0, 5),
                              .mark = (uint64_t)db_get_int8(r, 0, 6)};
    return ERR_OK;
}

/* When somebody else adds the same replica at the same moment, the insert waits and does nothing. */
static enum err replica_add(struct db *db, struct arena *a, int32_t device, const struct id *replica,
                            const struct db_params *lock, struct db_result **r, struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_uuid(&p, replica);
    db_int4(&p, device);
    enum err err = db_run(db, "sync_replica", &p, NULL, f);
    if (err == ERR_OK)
        err = db_run(db, "sync_lock", lock, r, f);
    if (err == ERR_OK && db_rows(*r) == 0)
        err = fault(f, ERR_DB_RETRY, "the replica's row went away while it was made");
    return err;
}

enum err store_sync_lock(struct db *db, struct arena *a, int32_t device, const struct id *replica,
                         int32_t stream, struct sync_lock *out, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    db_params_begin(&p, a);
    db_uuid(&p, replica);
    db_int4(&p, device);
    db_int4(&p, stream);
    enum err err = db_run(db, "sync_lock", &p, &r, f);
    if (err != ERR_OK)
        return err;
    if (db_rows(r) == 0) {
        db_free(&r);
        err = replica_add(db, a, device, replica, &p, &r, f);
    }
    return err == ERR_OK ? lock_read(r, out, f) : err;
}

enum err store_sync_done(struct db *db, struct arena *a, const struct sync_done *d, struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, d->lock->stream);
    db_bool(&p, d->rev_moved);
    db_int8(&p, (int64_t)d->mark);
    db_int4(&p, d->lock->replica);
    db_int8(&p, (int64_t)d->first);
    db_int8(&p, (int64_t)d->last);
    db_bytea(&p, d->hashes);
    return db_post(db, "sync_done", &p, f);
}

static void params_of_range(struct db_params *p, struct arena *a, int32_t replica, uint64_t first,
                            uint64_t last)
{
    db_params_begin(p, a);
    db_int4(p, replica);
    db_int8(p, (int64_t)first);
    db_int8(p, (int64_t)last);
}

/* Copies what a kept batch (from..upto) has from *next on, as long as nothing is left out. */
static void hashes_take(const struct db_result *r, int row, uint64_t last, uint64_t *next, uint8_t *out)
{
    uint64_t from = (uint64_t)db_get_int8(r, row, 0);
    uint64_t upto = (uint64_t)db_get_int8(r, row, 1);
    struct bytes kept = db_get_bytes(r, row, 2);
    for (; *next >= from && *next <= upto && *next <= last; (*next)++) {
        if ((*next - from + 1) * HASH_SIZE > kept.n)
            return;
        memcpy(out, kept.p + (*next - from) * HASH_SIZE, HASH_SIZE);
        out += HASH_SIZE;
    }
}

enum err store_hashes(struct db *db, struct arena *a, int32_t replica, uint64_t first, uint64_t last,
                      struct bytes *out, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    *out = (struct bytes){NULL, 0};
    if (last < first)
        return ERR_OK;
    params_of_range(&p, a, replica, first, last);
    enum err err = db_run(db, "sync_hashes", &p, &r, f);
    if (err != ERR_OK)
        return err;
    uint8_t *all = arena_zero(a, last - first + 1, HASH_SIZE);
    if (all == NULL)
        return no_memory(f);
    uint64_t next = first;
    for (int row = 0; row < db_rows(r); row++)
        hashes_take(r, row, last, &next, all + (next - first) * HASH_SIZE);
    *out = (struct bytes){all, (next - first) * HASH_SIZE};
    return ERR_OK;
}

enum err store_refusals(struct db *db, struct arena *a, int32_t replica, uint64_t first, uint64_t last,
                        struct refusal **out, size_t *count, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    *count = 0;
    params_of_range(&p, a, replica, first, last);
    enum err err = db_run(db, "refusal_list", &p, &r, f);
    if (err != ERR_OK)
        return err;
    *out = arena_zero(a, (size_t)db_rows(r) + 1, sizeof **out);
    if (*out == NULL)
        return no_memory(f);
    *count = (size_t)db_rows(r);
    for (int row = 0; row < db_rows(r); row++)
        (*out)[row] = (struct refusal){.number = (uint64_t)db_get_int8(r, row, 0),
                                       .kind_number = (uint32_t)db_get_int4(r, row, 1),
                                       .record = db_get_uuid(r, row, 2),
                                       .code = (enum err)db_get_int4(r, row, 3),
                                       .field_number = (uint32_t)db_get_int4(r, row, 4),
                                       .depends_on = (uint64_t)db_get_int8(r, row, 5)};
    return ERR_OK;
}

static int64_t number_of(const struct refusal *r)
{
    return (int64_t)r->number;
}

static int64_t kind_of(const struct refusal *r)
{
    return r->kind_number;
}

static int64_t code_of(const struct refusal *r)
{
    return r->code;
}

static int64_t field_of(const struct refusal *r)
{
    return r->field_number;
}

static int64_t depends_on_of(const struct refusal *r)
{
    return (int64_t)r->depends_on;
}

static void refusal_column(struct db_params *p, unsigned type, int64_t of(const struct refusal *r),
                           const struct refusal *r, size_t count)
{
    struct db_array x;
    db_array_begin(&x, p, type, count, 0);
    for (size_t i = 0; i < count; i++)
        db_array_int(&x, of(&r[i]));
    db_array_end(&x);
}

enum err store_refusals_add(struct db *db, struct arena *a, int32_t replica, const struct refusal *r,
                            size_t count, struct fault *f)
{
    struct db_params p;
    struct db_array x;
    if (count == 0)
        return ERR_OK;
    db_params_begin(&p, a);
    db_int4(&p, replica);
    refusal_column(&p, DB_INT8, number_of, r, count);
    refusal_column(&p, DB_INT2, kind_of, r, count);
    db_array_begin(&x, &p, DB_UUID, count, 0);
    for (size_t i = 0; i < count; i++)
        db_array_bytes(&x, r[i].record.b, sizeof r[i].record.b);
    db_array_end(&x);
    refusal_column(&p, DB_INT2, code_of, r, count);
    refusal_column(&p, DB_INT2, field_of, r, count);
    refusal_column(&p, DB_INT8, depends_on_of, r, count);
    return db_post(db, "refusal_add", &p, f);
}

enum err store_refused_records(struct db *db, struct arena *a, int32_t replica, const struct id *ids,
                               size_t count, uint64_t *numbers, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    if (count == 0)
        return ERR_OK;
    db_params_begin(&p, a);
    db_int4(&p, replica);
    param_ids(&p, ids, count);
    enum err err = db_run(db, "refusal_records", &p, &r, f);
    if (err != ERR_OK)
        return err;
    const struct row_index *x = row_index_make(a, r);
    if (x == NULL)
        return no_memory(f);
    for (size_t i = 0; i < count; i++) {
        int row = row_index_find(x, &ids[i]);
        numbers[i] = row < 0 ? 0 : (uint64_t)db_get_int8(r, row, 1);
    }
    return ERR_OK;
}

/* Revision 0 is the beginning of every stream. */
enum err store_mark(struct db *db, struct arena *a, int32_t stream, uint64_t rev, uint64_t *mark,
                    struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    *mark = 0;
    if (rev == 0)
        return ERR_OK;
    db_params_begin(&p, a);
    db_int4(&p, stream);
    db_int8(&p, (int64_t)rev);
    enum err err = db_run(db, "sync_mark", &p, &r, f);
    if (err != ERR_OK)
        return err;
    if (db_rows(r) == 0)
        return fault(f, ERR_REWOUND, "stream %d has no revision %llu", stream, (unsigned long long)rev);
    *mark = (uint64_t)db_get_int8(r, 0, 0);
    return ERR_OK;
}

enum err store_device_seen(struct db *db, struct arena *a, int32_t device, const char *program,
                           uint32_t schema, struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, device);
    db_text(&p, program != NULL ? program : "");
    db_int4(&p, (int32_t)schema);
    return db_post(db, "sync_device_seen", &p, f);
}
