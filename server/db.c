/* One connection. libpq's pipeline mode is always on: statements queue up, and their results are read when
 * somebody needs one (settle). */
#include "server/db.h"
#include "server/db_result.h"
#include "server/schema.h"
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLEAR __attribute__((cleanup(result_clear))) PGresult *

struct prepared {
    char *name;
    int count;
    Oid *types;
};

/* What was sent and not yet read: the statement's name, or SYNC. */
#define QUEUE_MAX 64
static const char SYNC[] = "sync";

struct db {
    PGconn *conn;
    struct prepared *prepared; /* sorted by name */
    size_t prepared_count;
    const char *queue[QUEUE_MAX];
    size_t queued;
    bool read_only; /* the transaction under way */
};

static void result_clear(PGresult **r)
{
    PQclear(*r);
}

/* ---- errors ---- */

static enum err code_of_state(const char *state)
{
    static const struct {
        const char *prefix;
        enum err code;
    } codes[] = {{"40001", ERR_DB_RETRY}, {"40P01", ERR_DB_RETRY}, {"22", ERR_DB_DATA}, {"23", ERR_DB_DATA},
                 {"57P", ERR_DB_GONE},    {"08", ERR_DB_GONE},     {"57014", ERR_BUSY}};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strncmp(state, codes[i].prefix, strlen(codes[i].prefix)) == 0)
            return codes[i].code;
    return ERR_DB;
}

static enum err fault_gone(struct fault *f)
{
    return fault(f, ERR_DB_GONE, "the connection to the database is lost");
}

static const char *text_or(const char *text, const char *other)
{
    return text != NULL ? text : other;
}

/* PostgreSQL's own sentence may quote a value, so it is used only where no data is about (`words`). */
static enum err fault_of(struct db *db, const PGresult *r, const char *name, bool words, struct fault *f)
{
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
    if (PQstatus(db->conn) != CONNECTION_OK || state == NULL)
        return fault_gone(f);
    const char *constraint = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
    return fault(f, code_of_state(state), "statement %s failed: SQLSTATE %s%s%s%s%s", name, state,
                 constraint != NULL ? ", constraint " : "", text_or(constraint, ""), words ? ": " : "",
                 words ? text_or(PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY), "") : "");
}

/* ---- the pipeline ---- */

/* Reads what stands at the head of the queue. *result is its result; NULL for a sync or a lost connection. */
static void read_one(struct db *db, const char *name, PGresult **result)
{
    *result = PQgetResult(db->conn);
    if (name == SYNC) {
        PQclear(*result);
        *result = NULL;
        return;
    }
    PGresult *next;
    while (*result != NULL && (next = PQgetResult(db->conn)) != NULL)
        PQclear(next);
}

static bool result_good(const PGresult *r)
{
    ExecStatusType status = PQresultStatus(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Reads all outstanding results. The first error is the fault; *last is the result of the last statement. */
static enum err settle(struct db *db, bool words, PGresult **last, struct fault *f)
{
    enum err err = ERR_OK;
    size_t queued = db->queued;
    db->queued = 0;
    for (size_t i = 0; i < queued && PQstatus(db->conn) == CONNECTION_OK; i++) {
        CLEAR r = NULL;
        read_one(db, db->queue[i], &r);
        if (r == NULL)
            continue;
        if (!result_good(r) && err == ERR_OK)
            err = fault_of(db, r, db->queue[i], words, f);
        if (last != NULL) {
            PQclear(*last);
            *last = r;
            r = NULL;
        }
    }
    if (err == ERR_OK && PQstatus(db->conn) != CONNECTION_OK)
        err = fault_gone(f);
    return err;
}

static enum err sync_and_settle(struct db *db, bool words, PGresult **last, struct fault *f)
{
    if (!PQpipelineSync(db->conn))
        return fault_gone(f);
    db->queue[db->queued++] = SYNC;
    return settle(db, words, last, f);
}

/* Two places stay free: for a statement and its sync. */
static enum err queue_room(struct db *db, struct fault *f)
{
    if (PQstatus(db->conn) != CONNECTION_OK)
        return fault_gone(f);
    return db->queued + 2 < QUEUE_MAX ? ERR_OK : sync_and_settle(db, false, NULL, f);
}

/* Queues a statement without parameters. */
static enum err queue_text(struct db *db, const char *text, struct fault *f)
{
    enum err err = queue_room(db, f);
    if (err != ERR_OK)
        return err;
    if (!PQsendQueryParams(db->conn, text, 0, NULL, NULL, NULL, NULL, 1))
        return fault_gone(f);
    db->queue[db->queued++] = text;
    return ERR_OK;
}

/* ---- connection ---- */

static void ignore_notice(void *arg, const PGresult *r)
{
    (void)arg;
    (void)r;
}

static enum err session_connect(struct db *db, const struct db_options *o, struct fault *f)
{
    const char *keys[] = {"connect_timeout",  "keepalives_idle", "dbname",
                          "application_name", "client_encoding", NULL};
    const char *values[] = {"10", "30", o->connection, o->name, "UTF8", NULL};
    db->conn = PQconnectdbParams(keys, values, 1);
    if (db->conn == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for a connection to the database");
    if (PQstatus(db->conn) != CONNECTION_OK)
        return fault(f, ERR_DB_GONE, "cannot connect to the database: %.*s",
                     (int)strcspn(PQerrorMessage(db->conn), "\n"), PQerrorMessage(db->conn));
    PQsetNoticeReceiver(db->conn, ignore_notice, NULL);
    if (!PQenterPipelineMode(db->conn))
        return fault_gone(f);
    return ERR_OK;
}

/* A plan made while a table was small must not read the whole table when it has grown: where an index serves,
 * it is used, except for reports, which do read whole tables. */
static enum err session_set(struct db *db, const struct db_options *o, struct fault *f)
{
    char text[400];
    snprintf(text, sizeof text,
             "set timezone = 'UTC'; set statement_timeout = %d; set default_transaction_read_only = %s; "
             "set enable_seqscan = %s; set client_min_messages = warning",
             o->statement_timeout_ms, o->read_only ? "on" : "off",
             o->read_only || o->migrator ? "on" : "off");
    return db_script(db, text, f);
}

static enum err session_open(struct db *db, const struct db_options *o, struct fault *f)
{
    enum err err = session_connect(db, o, f);
    if (err == ERR_OK)
        err = session_set(db, o, f);
    if (err == ERR_OK && !o->migrator)
        err = schema_lock(db, true, f);
    if (err == ERR_OK && !o->migrator)
        err = schema_check(db, f);
    return err;
}

enum err db_open(struct db **out, const struct db_options *o, struct fault *f)
{
    struct db *db = calloc(1, sizeof *db);
    if (db == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for a connection to the database");
    enum err err = session_open(db, o, f);
    if (err != ERR_OK)
        db_close(&db);
    *out = db;
    return err;
}

void db_close(struct db **db)
{
    if (*db == NULL)
        return;
    for (size_t i = 0; i < (*db)->prepared_count; i++) {
        free((*db)->prepared[i].name);
        free((*db)->prepared[i].types);
    }
    free((*db)->prepared);
    PQfinish((*db)->conn);
    free(*db);
    *db = NULL;
}

bool db_is_alive(const struct db *db)
{
    return PQstatus(db->conn) == CONNECTION_OK;
}

/* ---- transactions ---- */

enum err db_begin(struct db *db, bool read_only, struct fault *f)
{
    db->read_only = read_only;
    return queue_text(db, read_only ? "begin isolation level repeatable read read only" : "begin", f);
}

/* A transaction that failed answers `commit` by rolling back, without an error. */
enum err db_commit(struct db *db, struct fault *f)
{
    enum err err = queue_text(db, "commit", f);
    if (err != ERR_OK)
        return err;
    if (db->read_only) {
        if (!PQpipelineSync(db->conn))
            return fault_gone(f);
        db->queue[db->queued++] = SYNC;
        return ERR_OK;
    }
    CLEAR r = NULL;
    err = sync_and_settle(db, false, &r, f);
    if (err == ERR_OK && (r == NULL || strcmp(PQcmdStatus(r), "COMMIT") != 0))
        err = fault(f, ERR_DB, "the transaction had failed and was rolled back");
    return err;
}

void db_rollback(struct db *db)
{
    if (sync_and_settle(db, false, NULL, NULL) == ERR_DB_GONE)
        return;
    if (queue_text(db, "rollback", NULL) == ERR_OK && sync_and_settle(db, false, NULL, NULL) != ERR_OK)
        return;
}

/* An error of what was posted before must not count for what comes after the savepoint. */
enum err db_savepoint(struct db *db, struct fault *f)
{
    enum err err = sync_and_settle(db, false, NULL, f);
    return err != ERR_OK ? err : queue_text(db, "savepoint s", f);
}

enum err db_savepoint_undo(struct db *db, struct fault *f)
{
    if (sync_and_settle(db, false, NULL, NULL) == ERR_DB_GONE)
        return fault_gone(f);
    enum err err = queue_text(db, "rollback to savepoint s", f);
    if (err == ERR_OK)
        err = queue_text(db, "release savepoint s", f);
    return err != ERR_OK ? err : sync_and_settle(db, false, NULL, f);
}

enum err db_savepoint_keep(struct db *db, struct fault *f)
{
    enum err err = queue_text(db, "release savepoint s", f);
    return err != ERR_OK ? err : sync_and_settle(db, false, NULL, f);
}

/* ---- statements ---- */

static int prepared_compare(const void *name, const void *p)
{
    return strcmp(name, ((const struct prepared *)p)->name);
}

static const struct prepared *prepared_find(const struct db *db, const char *name)
{
    return db->prepared_count == 0
               ? NULL
               : bsearch(name, db->prepared, db->prepared_count, sizeof *db->prepared, prepared_compare);
}

/* Keeps what PostgreSQL says of the parameters, so that a wrong one is told as the program's mistake and not
 * taken for wrong data. */
static enum err prepared_keep(struct db *db, const char *name, const PGresult *described, struct fault *f)
{
    struct prepared *wider = realloc(db->prepared, (db->prepared_count + 1) * sizeof *wider);
    if (wider == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for statement %s", name);
    db->prepared = wider;
    size_t at = 0;
    while (at < db->prepared_count && strcmp(wider[at].name, name) < 0)
        at++;
    struct prepared p = {.name = strdup(name), .count = PQnparams(described)};
    p.types = calloc((size_t)p.count + 1, sizeof *p.types);
    if (p.name == NULL || p.types == NULL) {
        free(p.name);
        free(p.types);
        return fault(f, ERR_NO_MEMORY, "no memory for statement %s", name);
    }
    for (int i = 0; i < p.count; i++)
        p.types[i] = PQparamtype(described, i);
    memmove(wider + at + 1, wider + at, (db->prepared_count - at) * sizeof *wider);
    wider[at] = p;
    db->prepared_count++;
    return ERR_OK;
}

enum err db_prepare(struct db *db, const char *name, const char *sql, struct fault *f)
{
    if (prepared_find(db, name) != NULL)
        return ERR_OK;
    enum err err = queue_room(db, f);
    if (err == ERR_OK && db->queued > 0)
        err = sync_and_settle(db, false, NULL, f);
    if (err != ERR_OK)
        return err;
    if (!PQsendPrepare(db->conn, name, sql, 0, NULL) || !PQsendDescribePrepared(db->conn, name))
        return fault_gone(f);
    db->queue[db->queued++] = name;
    db->queue[db->queued++] = name;
    CLEAR r = NULL;
    err = sync_and_settle(db, true, &r, f);
    return err != ERR_OK ? err : prepared_keep(db, name, r, f);
}

static enum err params_check(const struct prepared *s, const char *name, const struct db_params *p,
                             struct fault *f)
{
    if (s == NULL)
        return fault(f, ERR_INTERNAL, "statement %s is not prepared", name);
    int count = p != NULL ? p->count : 0;
    if (p != NULL && p->failed)
        return fault(f, ERR_NO_MEMORY, "no memory for the parameters of statement %s", name);
    if (s->count != count)
        return fault(f, ERR_INTERNAL, "statement %s wants %d parameters, not %d", name, s->count, count);
    for (int i = 0; i < count; i++)
        if (s->types[i] != p->types[i])
            return fault(f, ERR_INTERNAL, "parameter %d of statement %s is of type %u, not %u", i + 1, name,
                         s->types[i], p->types[i]);
    return ERR_OK;
}

static enum err queue_prepared(struct db *db, const char *name, const struct db_params *p, struct fault *f)
{
    const struct prepared *s = prepared_find(db, name);
    enum err err = params_check(s, name, p, f);
    if (err == ERR_OK)
        err = queue_room(db, f);
    if (err != ERR_OK)
        return err;
    int formats[DB_MAX_PARAMS];
    for (int i = 0; i < s->count; i++)
        formats[i] = 1;
    if (!PQsendQueryPrepared(db->conn, name, s->count, p != NULL ? p->values : NULL,
                             p != NULL ? p->lengths : NULL, formats, 1))
        return fault_gone(f);
    db->queue[db->queued++] = s->name;
    return ERR_OK;
}

enum err db_run(struct db *db, const char *name, const struct db_params *p, struct db_result **out,
                struct fault *f)
{
    if (out != NULL)
        *out = NULL;
    PGresult *r = NULL;
    enum err err = queue_prepared(db, name, p, f);
    if (err == ERR_OK)
        err = sync_and_settle(db, false, &r, f);
    if (err != ERR_OK || out == NULL) {
        PQclear(r);
        return err;
    }
    *out = db_result_make(r);
    return *out != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "no memory for the rows of statement %s", name);
}

/* Flushed at once, so that PostgreSQL works while this program goes on. */
enum err db_post(struct db *db, const char *name, const struct db_params *p, struct fault *f)
{
    enum err err = queue_prepared(db, name, p, f);
    return err == ERR_OK && PQflush(db->conn) < 0 ? fault_gone(f) : err;
}

enum err db_script(struct db *db, const char *sql, struct fault *f)
{
    enum err err = sync_and_settle(db, false, NULL, f);
    if (err != ERR_OK)
        return err;
    if (!PQexitPipelineMode(db->conn))
        return fault_gone(f);
    CLEAR r = PQexec(db->conn, sql);
    if (!result_good(r))
        err = fault_of(db, r, "script", true, f);
    if (PQstatus(db->conn) == CONNECTION_OK && !PQenterPipelineMode(db->conn))
        return fault_gone(f);
    return err;
}
