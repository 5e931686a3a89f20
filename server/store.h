/* Everything that can be asked of the database: one function a question or write (store_*.c); hand-written
 * statements lie in server/sql, those of the kinds are built from the registry (store_kind.c). All run inside
 * dispatch's transaction. */
#ifndef HV_STORE_H
#define HV_STORE_H

#include "common/change.h"
#include "common/standing.h"
#include "common/wire.h"
#include "server/db.h"

/* Prepares every statement of the server on a fresh connection, so that one that no longer fits the schema
 * stops the start. The reports' statements are among them, so a read-only connection prepares the same. */
enum err store_prepare(struct db *db, struct fault *f) HV_MUST_USE;

/* ---- sync ---- */

/* Locks the replica's row (made when new; it stays with its device: ERR_NOT_ALLOWED otherwise) and then the
 * stream, 0: that of its unit. Whether the device may write there is the caller's to know. ERR_REVOKED when
 * the device is. */
struct sync_lock {
    int32_t replica;
    uint64_t last_number;
    int32_t stream;
    uint64_t rev; /* before this transaction */
    uint64_t mark;
};
enum err store_sync_lock(struct db *db, struct arena *a, int32_t device, const struct id *replica,
                         int32_t stream, struct sync_lock *out, struct fault *f) HV_MUST_USE;

/* Raises the stream by one revision, gives it `mark`, notes the batch (hashes, 8 bytes each) and moves the
 * replica's last number. `rev_moved` false: every change was refused, the stream stays. */
struct sync_done {
    const struct sync_lock *lock;
    uint64_t first;
    uint64_t last;
    struct bytes hashes;
    bool rev_moved;
    uint64_t mark;
};
enum err store_sync_done(struct db *db, struct arena *a, const struct sync_done *d,
                         struct fault *f) HV_MUST_USE;

/* The kept hashes of numbers first..last of a replica, 8 bytes each in order from `first` on; shorter when
 * one was not kept. */
enum err store_hashes(struct db *db, struct arena *a, int32_t replica, uint64_t first, uint64_t last,
                      struct bytes *out, struct fault *f) HV_MUST_USE;

struct refusal {
    uint64_t number;
    uint32_t kind_number;
    struct id record;
    enum err code;
    uint32_t field_number;
    uint64_t depends_on;
};
enum err store_refusals(struct db *db, struct arena *a, int32_t replica, uint64_t first, uint64_t last,
                        struct refusal **out, size_t *count, struct fault *f) HV_MUST_USE;
enum err store_refusals_add(struct db *db, struct arena *a, int32_t replica, const struct refusal *r,
                            size_t count, struct fault *f) HV_MUST_USE;

/* Of `ids`, those whose creation by this replica was refused (number, or 0), for DEPENDS_ON. */
enum err store_refused_records(struct db *db, struct arena *a, int32_t replica, const struct id *ids,
                               size_t count, uint64_t *numbers, struct fault *f) HV_MUST_USE;

/* ---- kinds, from the registry ---- */

struct stored {
    struct record record;
    int32_t stream;
    uint64_t rev;
    bool found;
};
/* out[i] belongs to ids[i]. Reads other communes' rows too, so that NOT_YOURS can be told from new; the
 * caller must not show them. */
enum err store_fetch(struct db *db, struct arena *a, const struct kind *kind, const struct id *ids,
                     size_t count, struct stored *out, struct fault *f) HV_MUST_USE;

/* Whether each id is a record of the kind in this stream; of a kind that only provinces keep, in this one or
 * one above it. A void one is: somebody may refer to it who has not
 * heard of its being void, and a void may be undone. */
enum err store_exist(struct db *db, struct arena *a, const struct kind *kind, int32_t stream,
                     const struct id *ids, size_t count, bool *out, struct fault *f) HV_MUST_USE;

/* Writes whole rows (insert or replace) at (stream, rev); no id twice. A row that belongs to another stream
 * fails the statement as wrong data does (ERR_DB_DATA). Posted, as all writes here are: an error shows at the
 * next question, savepoint or commit. */
enum err store_put(struct db *db, struct arena *a, const struct kind *kind, int32_t stream, uint64_t rev,
                   const struct record *const *records, size_t count, struct fault *f) HV_MUST_USE;

struct log_row {
    uint32_t kind_number;
    struct id record;
    uint64_t rev; /* when read */
    int32_t replica;
    uint64_t number;
    uint64_t mask;
    struct bytes old; /* NULL p: the record was new */
};
enum err store_log_add(struct db *db, struct arena *a, int32_t stream, uint64_t rev,
                       const struct log_row *rows, size_t count, struct fault *f) HV_MUST_USE;
/* Log rows of these records by other replicas with a revision above `base`, by record and revision. */
enum err store_log_since(struct db *db, struct arena *a, int32_t stream, int32_t replica, uint64_t base,
                         const struct id *records, size_t count, struct log_row **out, size_t *found,
                         struct fault *f) HV_MUST_USE;

/* Records of the kind, void ones too, whose `field` is one of `ids`, by it: events by member_id, groups by
 * parent_id, causes by plan_id (store_prepare.c). */
enum err store_referring(struct db *db, struct arena *a, const struct kind *kind, const char *field,
                         int32_t stream, const struct id *ids, size_t count, struct stored **out,
                         size_t *found, struct fault *f) HV_MUST_USE;

/* An interval with its member. Where rows are given, those of one member lie side by side, in order. */
struct standing_row {
    struct id member;
    struct interval interval;
};
/* Puts the intervals of members in place of their former ones. Drop those first whose intervals may have
 * become fewer: what they had beyond the new ones would stay. */
enum err store_standing_put(struct db *db, struct arena *a, int32_t stream, const struct standing_row *rows,
                            size_t count, struct fault *f) HV_MUST_USE;
enum err store_standing_drop(struct db *db, struct arena *a, int32_t stream, const struct id *members,
                             size_t count, struct fault *f) HV_MUST_USE;
/* Only for members that are new and so have none yet. */
enum err store_standing_add(struct db *db, struct arena *a, int32_t stream, const struct standing_row *rows,
                            size_t count, struct fault *f) HV_MUST_USE;

/* What others than `replica` changed in the stream after `since`: at most `limit` records, unless one
 * revision alone has more, cut at a whole revision. `wanted` says of which kinds, NULL: of all; the others'
 * revisions are passed over. *upto is the revision that the cursor may move to, *more whether there is more
 * behind it. */
typedef bool kind_wanted(const struct kind *kind);
enum err store_pull(struct db *db, struct arena *a, int32_t stream, int32_t replica, uint64_t since,
                    size_t limit, kind_wanted *wanted, struct batch *out, uint64_t *upto, bool *more,
                    struct fault *f) HV_MUST_USE;

/* Mark of a revision; ERR_REWOUND when the stream has no such revision. */
enum err store_mark(struct db *db, struct arena *a, int32_t stream, uint64_t rev, uint64_t *mark,
                    struct fault *f) HV_MUST_USE;

/* Newest revision and mark of the unit's stream, then of those of the units above it. */
struct stream_head {
    int32_t stream;
    uint64_t rev;
    uint64_t mark;
};
enum err store_stream_heads(struct db *db, struct arena *a, int32_t unit, struct stream_head out[4],
                            size_t *count, struct fault *f) HV_MUST_USE;

/* Notes that the device spoke (program and schema may be empty, 0). */
enum err store_device_seen(struct db *db, struct arena *a, int32_t device, const char *program,
                           uint32_t schema, struct fault *f) HV_MUST_USE;

/* Folds the counts of all days up to `day` into one row a key, unit by unit, each in a transaction of its
 * own: outside dispatch's, called by the keeper. */
enum err store_fold(struct db *db, struct arena *a, int32_t day, struct fault *f) HV_MUST_USE;

/* ---- gate and enrolment ---- */

struct gate_row {
    uint8_t key[32];
    int32_t id;
    int32_t unit;
    bool is_code;
    bool reporter;
    int64_t expires; /* seconds since 1970; 0: never */
};
enum err store_gate_version(struct db *db, struct arena *a, int64_t *version, struct fault *f) HV_MUST_USE;
/* What the operator has set under the name (hoivien-admin setting), or `usual`. */
enum err store_setting(struct db *db, struct arena *a, const char *name, int32_t usual, int *out,
                       struct fault *f) HV_MUST_USE;

/* How many requests wait in this server. */
enum err store_note(struct db *db, struct arena *a, int32_t waiting, struct fault *f) HV_MUST_USE;
enum err store_gate_rows(struct db *db, struct arena *a, struct gate_row **out, size_t *count,
                         struct fault *f) HV_MUST_USE;

/* What a device asks of an enrolment code. */
struct enrolment {
    int32_t code_id;
    struct bytes curve_key;
    struct bytes sign_key;
    const char *program;
    const char *role;         /* what the code must be for; "": whatever it is */
    int32_t unit;             /* of the register that the device holds already, or 0 */
    const struct id *replica; /* of that register, or NULL */
};
struct enrolled {
    int32_t device;
    int32_t unit;
    bool reporter;
};

/* Uses the code for these keys. The same keys again: the same device. ERR_OTHER_PROGRAM and ERR_OTHER_UNIT,
 * which leave the code as it is; ERR_CODE_USED with other keys, ERR_NOT_ALLOWED when cancelled or expired or
 * when the keys are another device's, ERR_REVOKED when the device has been revoked since. A replica of the
 * unit goes over to the new device, and the one that had it is revoked. Raises the gate's version. */
enum err store_enrol(struct db *db, struct arena *a, const struct enrolment *x, struct enrolled *out,
                     struct fault *f) HV_MUST_USE;

/* The unit and those above it, own first. */
struct unit_row {
    int32_t id;
    int32_t level;
    const char *code;
    const char *name;
};
enum err store_units_up(struct db *db, struct arena *a, int32_t unit, struct unit_row out[4], size_t *count,
                        struct fault *f) HV_MUST_USE;

/* Of the communes below `above`, when each saw the notice; day 0: not. By code. */
struct seen_row {
    const char *code;
    const char *name;
    int32_t day;
    int64_t wording; /* that it saw (common/wording.h) */
};
enum err store_seen(struct db *db, struct arena *a, int32_t above, const struct id *notice, int32_t today,
                    struct seen_row **out, size_t *count, struct fault *f) HV_MUST_USE;

/* ---- reports ---- */

/* A unit by CODE or CODE@YYYY-MM-DD at `level`; ERR_NO_SUCH_UNIT. */
enum err store_unit_find(struct db *db, struct arena *a, const char *code, int level, int32_t today,
                         struct unit_row *out, struct fault *f) HV_MUST_USE;
/* Whether `unit` is `above` or lies below it. */
enum err store_unit_below(struct db *db, struct arena *a, int32_t unit, int32_t above, bool *out,
                          struct fault *f) HV_MUST_USE;

/* The communes below the unit; holds their streams against writers until the end of the transaction. */
enum err store_streams_below(struct db *db, struct arena *a, int32_t unit, int32_t **out, size_t *count,
                             struct fault *f) HV_MUST_USE;

/* Whether every code of 5 digits in `codes` is that of a commune of the province of `unit` that is valid
 * today or on a day of `since`, a date that may be incomplete (0: none). */
enum err store_communes_known(struct db *db, struct arena *a, int32_t unit, struct bytes codes, int32_t today,
                              int32_t since, bool *out, struct fault *f) HV_MUST_USE;

/* The target lines of one commune on a day, verdicts not yet decided (target_decide). */
enum err store_target_report(struct db *db, struct arena *a, int32_t unit, int32_t day,
                             Hv__TargetReport **out, struct fault *f) HV_MUST_USE;
enum err store_province_report(struct db *db, struct arena *a, int32_t province, int32_t day,
                               Hv__ProvinceReport **out, struct fault *f) HV_MUST_USE;
/* The same with what the province's communes have together of the targets that are for the unit above it
 * alone: decided by whoever sums the provinces. What is that unit's own, a denominator of a day or a given
 * baseline, is in each province's line; another baseline is the province's part. */
struct province_above {
    Hv__TargetLine **line;
    bool *baseline_own; /* by line: given for the unit above */
    size_t count;
};
enum err store_province_part(struct db *db, struct arena *a, int32_t province, int32_t day,
                             Hv__ProvinceReport **out, struct province_above *above,
                             struct fault *f) HV_MUST_USE;
enum err store_commune_report(struct db *db, struct arena *a, int32_t commune, int32_t day,
                              Hv__CommuneReport **out, struct fault *f) HV_MUST_USE;

#endif
