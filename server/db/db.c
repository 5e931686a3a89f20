/* One connection. libpq's pipeline mode is always on: statements queue up, and their results are read when
 * somebody needs one (settle). */
#include "server/db.h"
#include "server/db/db_private.h"
#include "server/schema.h"
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLEAR __attribute__((cleanup(result_clear))) PGresult *

/* What was sent and not yet read: the statement's name, or SYNC. */
#define QUEUE_MAX 64
static const char SYNC[] = "sync";

struct db {
    PGconn *conn;
    struct prepared_list prepared;
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
             "set enable_seqscan = %s; set jit = off; set client_min_messages = warning",
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
    prepared_free(&(*db)->prepared);
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

static enum err prepared_keep(struct db *db, const char *name, const PGresult *described, struct fault *f)
{
    struct prepared *made = prepared_add(&db->prepared, name, PQnparams(described));
    if (made == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for statement %s", name);
    for (int i = 0; i < made->count; i++)
        made->types[i] = PQparamtype(described, i);
    return ERR_OK;
}

enum err db_prepare(struct db *db, const char *name, const char *sql, struct fault *f)
{
    if (prepared_find(&db->prepared, name) != NULL)
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

static enum err queue_prepared(struct db *db, const char *name, const struct db_params *p, struct fault *f)
{
    const struct prepared *s = prepared_find(&db->prepared, name);
    enum err err = prepared_check(s, name, p, f);
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
