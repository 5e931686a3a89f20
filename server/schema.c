/* Migrations: numbered, forward only, one transaction each, remembered with their checksums. */
#include "server/schema.h"
#include "common/arena.h"
#include "common/keys.h"
#include "common/kind.h"
#include "common/os.h"
#include "server/db.h"
#include "server/embedded.h"
#include "server/statement.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* "hoivien": the advisory lock that stands for the schema of a database. */
#define LOCK_TRIES  20
#define LOCK_MS     50
#define SCHEMA_LOCK INT64_C(0x686f697669656e)

#define SCHEMA_ARENA ((size_t)1 << 20)
#define ARENA        __attribute__((cleanup(arena_cleanup))) struct arena *

static int migration_number(const struct embedded *m)
{
    return (int)strtol(m->name, NULL, 10);
}

int schema_version(void)
{
    int newest = 0;
    for (const struct embedded *m = embedded_migrations; m->name != NULL; m++)
        newest = migration_number(m);
    return newest;
}

static enum err lock_try(struct db *db, struct arena *a, const char *name, bool *got, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    db_params_begin(&p, a);
    db_int8(&p, SCHEMA_LOCK);
    enum err err = db_run(db, name, &p, &r, f);
    *got = err == ERR_OK && db_get_bool(r, 0, 0);
    return err;
}

/* Tried for a moment: whoever has just closed its connection still holds the lock until its backend has
 * ended. */
enum err schema_lock(struct db *db, bool shared, struct fault *f)
{
    const char *name = shared ? "schema_lock_shared" : "schema_lock";
    bool got = false;
    ARENA a = arena_make(SCHEMA_ARENA);
    if (a == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory");
    enum err err = db_prepare(db, name,
                              shared ? "select pg_try_advisory_lock_shared($1::bigint)"
                                     : "select pg_try_advisory_lock($1::bigint)",
                              f);
    for (int i = 0; err == ERR_OK && !got && i < LOCK_TRIES; i++) {
        if (i > 0 && !os_sleep_ms(LOCK_MS))
            break;
        err = lock_try(db, a, name, &got, f);
    }
    if (err != ERR_OK || got)
        return err;
    if (shared)
        return fault(f, ERR_SCHEMA,
                     "the database is being migrated: start again when hoivien-admin migrate has ended");
    return fault(f, ERR_BUSY,
                 "servers or other programs of hoivien use the database: stop them, then run hoivien-admin "
                 "migrate again");
}

/* ---- version ---- */

/* 0: a database in which nothing was ever migrated. */
static enum err version_read(struct db *db, int *out, struct fault *f)
{
    *out = 0;
    enum err err = db_prepare(db, "schema_there", "select to_regclass('schema_migration') is not null", f);
    DB_RESULT there = NULL;
    if (err == ERR_OK)
        err = db_run(db, "schema_there", NULL, &there, f);
    if (err != ERR_OK || !db_get_bool(there, 0, 0))
        return err;
    err = db_prepare(db, "schema_version", "select coalesce(max(number), 0) from schema_migration", f);
    DB_RESULT r = NULL;
    if (err == ERR_OK)
        err = db_run(db, "schema_version", NULL, &r, f);
    if (err == ERR_OK)
        *out = db_get_int4(r, 0, 0);
    return err;
}

static enum err fault_newer(int version, struct fault *f)
{
    return fault(f, ERR_SCHEMA,
                 "the database has schema version %d, this program knows %d: install the newer version of "
                 "hoivien",
                 version, schema_version());
}

enum err schema_check(struct db *db, struct fault *f)
{
    int version;
    enum err err = version_read(db, &version, f);
    if (err != ERR_OK)
        return err;
    if (version > schema_version())
        return fault_newer(version, f);
    if (version < schema_version())
        return fault(f, ERR_SCHEMA,
                     "the database has schema version %d, this program needs %d: run hoivien-admin migrate",
                     version, schema_version());
    return ERR_OK;
}

/* ---- roles ---- */

/* The server's role owns nothing and can make nothing, not even temporary tables. What the connecting role
 * may not change stays as the operator set it up. */
static const char roles_script[] =
    "do $$ begin "
    "if not exists (select from pg_roles where rolname = 'hoivien_owner') then "
    "create role hoivien_owner nologin; end if; "
    "if not exists (select from pg_roles where rolname = 'hoivien_server') then "
    "create role hoivien_server login; end if; "
    "if not pg_has_role(current_user, 'hoivien_owner', 'usage') then grant hoivien_owner to current_user; "
    "end if; "
    "if not has_schema_privilege('hoivien_owner', 'public', 'create') then "
    "grant create on schema public to hoivien_owner; end if; "
    "if has_schema_privilege('hoivien_server', 'public', 'create') then "
    "revoke create on schema public from public; end if; "
    "if has_database_privilege('hoivien_server', current_database(), 'temporary') then "
    "execute format('revoke temporary on database %I from public', current_database()); end if; "
    "end $$; "
    "set role hoivien_owner; "
    "create table if not exists schema_migration (number integer primary key, name text not null, "
    "checksum text not null, at timestamptz not null default now())";

struct grant {
    const char *rights;
    const char *tables;
};

/* Beside these the tables of the kinds: select, insert, update. */
static const struct grant grants[] = {
    {"select",
     "schema_migration, unit, stream, stream_commit, device, enrolment_code, gate, setting, server_note, "
     "replica, batch, "
     "refusal, log, standing, standing_count, standing_fold, figure_count, term, population, target, "
     "baseline, month_end, month_figure, incoming, "
     "incoming_population, incoming_target"},
    {"insert", "month_end, month_figure, incoming, incoming_population, incoming_target, population, target, "
               "term, baseline, act, "
               "stream_commit, device, replica, batch, refusal, log, standing, figure_count, server_note"},
    {"update",
     "population, target, term, stream, device, enrolment_code, gate, replica, standing, figure_count, "
     "server_note"},
    {"delete", "standing, figure_count, incoming, incoming_population, incoming_target"},
};

static enum err grants_renew(struct db *db, struct arena *a, struct fault *f)
{
    char *text = arena_print(a, "begin; revoke all on all tables in schema public from hoivien_server;");
    for (size_t i = 0; i < sizeof grants / sizeof *grants && text != NULL; i++)
        text =
            arena_print(a, "%s grant %s on %s to hoivien_server;", text, grants[i].rights, grants[i].tables);
    for (size_t i = 0; i < kind_count && text != NULL; i++)
        text =
            arena_print(a, "%s grant select, insert, update on %s to hoivien_server;", text, kinds[i]->table);
    text = text != NULL ? arena_print(a, "%s commit", text) : NULL;
    return text != NULL ? db_script(db, text, f) : fault(f, ERR_NO_MEMORY, "no memory");
}

/* ---- migrations ---- */

static void checksum_of(const struct embedded *m, char out[2 * KEY_SIZE + 1])
{
    uint8_t hash[KEY_SIZE];
    crypto_generichash(hash, sizeof hash, (const uint8_t *)m->text, strlen(m->text), NULL, 0);
    key_format(hash, out);
}

static enum err migration_note(struct db *db, struct arena *a, const struct embedded *m, const char *checksum,
                               struct fault *f)
{
    enum err err = db_prepare(db, "migration_note",
                              "insert into schema_migration (number, name, checksum) "
                              "values ($1::integer, $2::text, $3::text)",
                              f);
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, migration_number(m));
    db_text(&p, m->name);
    db_text(&p, checksum);
    return err == ERR_OK ? db_run(db, "migration_note", &p, NULL, f) : err;
}

static enum err migration_run(struct db *db, struct arena *a, const struct embedded *m, const char *checksum,
                              struct fault *f)
{
    enum err err = db_begin(db, false, f);
    if (err == ERR_OK)
        err = db_script(db, m->text, f);
    if (err == ERR_OK)
        err = migration_note(db, a, m, checksum, f);
    if (err == ERR_OK)
        err = db_commit(db, f);
    if (err != ERR_OK)
        db_rollback(db);
    return err;
}

/* "": not yet applied. */
static enum err migration_applied(struct db *db, struct arena *a, int number, char **checksum,
                                  struct fault *f)
{
    enum err err = db_prepare(db, "migration_applied",
                              "select checksum from schema_migration where number = $1::integer", f);
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, number);
    DB_RESULT r = NULL;
    if (err == ERR_OK)
        err = db_run(db, "migration_applied", &p, &r, f);
    if (err != ERR_OK)
        return err;
    *checksum = arena_print(a, "%s", db_rows(r) > 0 ? db_get_text(r, 0, 0) : "");
    return *checksum != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "no memory");
}

static enum err migration_apply(struct db *db, struct arena *a, const struct embedded *m, struct fault *f)
{
    char ours[2 * KEY_SIZE + 1];
    char *theirs;
    checksum_of(m, ours);
    enum err err = migration_applied(db, a, migration_number(m), &theirs, f);
    if (err != ERR_OK)
        return err;
    if (theirs[0] == '\0')
        return migration_run(db, a, m, ours, f);
    if (strcmp(theirs, ours) != 0)
        return fault(
            f, ERR_SCHEMA,
            "migration %s was applied with another content: the database belongs to another build of "
            "hoivien",
            m->name);
    return ERR_OK;
}

static enum err migrations_apply(struct db *db, struct arena *a, struct fault *f)
{
    int version;
    enum err err = version_read(db, &version, f);
    if (err == ERR_OK && version > schema_version())
        err = fault_newer(version, f);
    for (const struct embedded *m = embedded_migrations; m->name != NULL && err == ERR_OK; m++)
        err = migration_apply(db, a, m, f);
    return err;
}

/* ---- does the registry fit? ---- */

static enum err column_check(const struct db_result *columns, const char *table, const char *name,
                             unsigned type, struct fault *f)
{
    for (int row = 0; row < db_rows(columns); row++) {
        if (strcmp(db_get_text(columns, row, 0), name) != 0)
            continue;
        if ((unsigned)db_get_int8(columns, row, 1) == type)
            return ERR_OK;
        return fault(f, ERR_SCHEMA, "column %s of table %s must be %s: a migration must change it", name,
                     table, statement_type_name(type));
    }
    return fault(f, ERR_SCHEMA, "table %s has no column %s (%s): a migration must add it", table, name,
                 statement_type_name(type));
}

static enum err kind_check(struct db *db, struct arena *a, const struct kind *kind, struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_text(&p, kind->table);
    DB_RESULT r = NULL;
    enum err err = db_run(db, "schema_columns", &p, &r, f);
    if (err != ERR_OK)
        return err;
    if (db_rows(r) == 0)
        return fault(f, ERR_SCHEMA, "there is no table %s for kind %s: a migration must make it", kind->table,
                     kind->name);
    static const struct {
        const char *name;
        unsigned type;
    } own[] = {{"id", DB_UUID}, {"stream", DB_INT4}, {"rev", DB_INT8}};
    for (size_t i = 0; i < sizeof own / sizeof *own && err == ERR_OK; i++)
        err = column_check(r, kind->table, own[i].name, own[i].type, f);
    for (size_t i = 0; i < kind->field_count && err == ERR_OK; i++)
        err = column_check(r, kind->table, kind->fields[i].name, statement_type(kind, i), f);
    return err;
}

static enum err registry_check(struct db *db, struct arena *a, struct fault *f)
{
    enum err err = db_prepare(db, "schema_columns",
                              "select attname::text, atttypid::bigint from pg_attribute "
                              "where attrelid = to_regclass($1::text) and attnum > 0 and not attisdropped",
                              f);
    for (size_t i = 0; i < kind_count && err == ERR_OK; i++)
        err = kind_check(db, a, kinds[i], f);
    return err;
}

/* ---- the whole ---- */

static enum err migrate(struct db *db, struct arena *a, struct fault *f)
{
    enum err err = schema_lock(db, false, f);
    if (err == ERR_OK)
        err = db_script(db, roles_script, f);
    if (err == ERR_OK)
        err = migrations_apply(db, a, f);
    if (err == ERR_OK)
        err = registry_check(db, a, f);
    if (err == ERR_OK)
        err = grants_renew(db, a, f);
    return err;
}

enum err schema_migrate(const char *connection, struct fault *f)
{
    const struct db_options o = {.connection = connection, .name = "hoivien-migrate", .migrator = true};
    ARENA a = arena_make(SCHEMA_ARENA);
    if (a == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory");
    struct db *db;
    enum err err = db_open(&db, &o, f);
    if (err != ERR_OK)
        return err;
    err = migrate(db, a, f);
    db_close(&db);
    return err;
}
