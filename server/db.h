/* The only room that sees libpq: one connection, prepared statements, binary parameters, typed results. */
#ifndef HV_DB_H
#define HV_DB_H

#include "common/arena.h"
#include "common/fault.h"
#include "common/value.h"

struct db;        /* a connection with its prepared statements */
struct db_result; /* rows of one statement */

/* Connects, sets the session up (UTC, statement_timeout in ms or 0, application name), takes the shared
 * schema lock unless `migrator`, checks the schema version (ERR_SCHEMA says what to do). ERR_DB_GONE when
 * nobody answers. */
struct db_options {
    const char *connection; /* libpq string, without password in logs */
    const char *name;
    int statement_timeout_ms;
    bool migrator;
    bool read_only;
};
enum err db_open(struct db **out, const struct db_options *o, struct fault *f) HV_MUST_USE;
void db_close(struct db **db);
bool db_is_alive(const struct db *db);

/* A transaction. Statements are sent one behind the other without waiting for answers that nobody needs:
 * begin and savepoint travel with the next statement, and a read-only commit is not waited for. A read-only
 * transaction sees one snapshot. After an error only db_savepoint_undo and db_rollback work. */
enum err db_begin(struct db *db, bool read_only, struct fault *f) HV_MUST_USE;
enum err db_commit(struct db *db, struct fault *f) HV_MUST_USE;
void db_rollback(struct db *db);
enum err db_savepoint(struct db *db, struct fault *f) HV_MUST_USE;      /* SAVEPOINT s */
enum err db_savepoint_undo(struct db *db, struct fault *f) HV_MUST_USE; /* ROLLBACK TO s; RELEASE s */
/* RELEASE s; an error of a posted statement since db_savepoint shows here at the latest. */
enum err db_savepoint_keep(struct db *db, struct fault *f) HV_MUST_USE;

/* Parameters are made in an arena, in binary. */
#define DB_MAX_PARAMS 80
struct db_params {
    struct arena *arena;
    int count;
    bool failed; /* the arena was used up: db_run then returns ERR_NO_MEMORY */
    unsigned types[DB_MAX_PARAMS];
    const char *values[DB_MAX_PARAMS];
    int lengths[DB_MAX_PARAMS];
};
void db_params_begin(struct db_params *p, struct arena *a);
void db_null(struct db_params *p, unsigned type);
void db_int4(struct db_params *p, int32_t v);
void db_int8(struct db_params *p, int64_t v);
void db_bool(struct db_params *p, bool v);
void db_text(struct db_params *p, const char *v); /* NULL: null */
void db_bytea(struct db_params *p, struct bytes v);
void db_uuid(struct db_params *p, const struct id *v);

/* One array parameter, filled element by element; `count` and `payload_bytes` (of texts and bytea) are what
 * is expected, more is taken too. */
struct db_array {
    struct db_params *params;
    unsigned type; /* of an element: DB_INT4 ... */
    uint8_t *start;
    size_t used;
    size_t room;
    uint32_t count;
    bool has_null;
};
enum {
    DB_BOOL = 16,
    DB_BYTEA = 17,
    DB_INT8 = 20,
    DB_INT2 = 21,
    DB_INT4 = 23,
    DB_TEXT = 25,
    DB_INT2_ARRAY = 1005,
    DB_UUID = 2950
};
void db_array_begin(struct db_array *x, struct db_params *p, unsigned type, size_t count,
                    size_t payload_bytes);
void db_array_null(struct db_array *x);
void db_array_int(struct db_array *x, int64_t v); /* bool, int2, int4, int8 by the array's type */
void db_array_bytes(struct db_array *x, const void *p, size_t n); /* text, bytea, uuid */
void db_array_end(struct db_array *x);

/* Prepares `sql` under `name`; a name that is prepared already stays as it is. */
enum err db_prepare(struct db *db, const char *name, const char *sql, struct fault *f) HV_MUST_USE;

/* Runs a prepared statement. ERR_DB_DATA, ERR_DB_RETRY, ERR_DB_GONE, ERR_BUSY (statement_timeout) or ERR_DB;
 * the fault's text has the SQLSTATE and the statement's name, never a value. An error may be that of a
 * statement posted before. *out may be NULL. */
enum err db_run(struct db *db, const char *name, const struct db_params *p, struct db_result **out,
                struct fault *f) HV_MUST_USE;

/* Sends a statement that gives no rows and does not wait: how it went shows at the next db_run,
 * db_savepoint, db_savepoint_keep or db_commit. */
enum err db_post(struct db *db, const char *name, const struct db_params *p, struct fault *f) HV_MUST_USE;

/* Unprepared text, several statements allowed; for migrations and set-up. The fault has PostgreSQL's own
 * words, so the text must hold no personal data. */
enum err db_script(struct db *db, const char *sql, struct fault *f) HV_MUST_USE;

int db_rows(const struct db_result *r);
int64_t db_affected(const struct db_result *r);
bool db_is_null(const struct db_result *r, int row, int column);
int32_t db_get_int4(const struct db_result *r, int row, int column); /* int2 too */
int64_t db_get_int8(const struct db_result *r, int row, int column); /* any integer */
bool db_get_bool(const struct db_result *r, int row, int column);
const char *db_get_text(const struct db_result *r, int row,
                        int column); /* "" for null; valid until db_free */
struct bytes db_get_bytes(const struct db_result *r, int row, int column);
struct id db_get_uuid(const struct db_result *r, int row, int column);
void db_free(struct db_result **r);
#define DB_RESULT __attribute__((cleanup(db_free))) struct db_result *

#endif
