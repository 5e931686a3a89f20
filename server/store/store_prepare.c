/* A statement's name is its file's name without ".sql", or "put_member", "fetch_member" ... */
#include "common/target.h"
#include "server/embedded.h"
#include "server/statement.h"
#include "server/store.h"
#include "server/store_kind.h"
#include <stdio.h>
#include <string.h>

static enum err prepare_file(struct db *db, const struct embedded *file, struct fault *f)
{
    char name[STATEMENT_NAME];
    size_t n = strcspn(file->name, ".");
    if (n >= sizeof name)
        return fault(f, ERR_INTERNAL, "the name of %s is too long", file->name);
    memcpy(name, file->name, n);
    name[n] = '\0';
    return db_prepare(db, name, file->text, f);
}

static enum err prepare_built(struct db *db, const char *verb, const struct kind *kind, const char *sql,
                              struct fault *f)
{
    char name[STATEMENT_NAME];
    if (sql == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the statements of kind %s", kind->name);
    statement_name(name, verb, kind);
    return db_prepare(db, name, sql, f);
}

static enum err prepare_kind(struct db *db, struct arena *a, const struct kind *kind, struct fault *f)
{
    enum err err = prepare_built(db, "fetch", kind, statement_fetch(a, kind), f);
    if (err == ERR_OK)
        err = prepare_built(db, "exist", kind, statement_exist(a, kind), f);
    if (err == ERR_OK)
        err = prepare_built(db, "put", kind, statement_put(a, kind), f);
    if (err == ERR_OK)
        err = prepare_built(db, "all", kind, statement_all(a, kind), f);
    return err;
}

static enum err prepare_distinct(struct db *db, struct arena *a, const char *field, struct fault *f)
{
    char name[STATEMENT_NAME];
    const char *text = statement_distinct(a, field);
    snprintf(name, sizeof name, "distinct_%s", field);
    return text != NULL ? db_prepare(db, name, text, f)
                        : fault(f, ERR_NO_MEMORY, "no memory for the statement of a measure");
}

/* By what records are looked up that refer to others: the kind and the field. */
static const struct {
    const struct kind *kind;
    const char *field;
} referring[] = {{&kind_event, "member_id"},
                 {&kind_group, "parent_id"},
                 {&kind_cause, "plan_id"},
                 {&kind_entry, "support_id"}};

static enum err prepare_all(struct db *db, struct arena *a, struct fault *f)
{
    enum err err = ERR_OK;
    for (const struct embedded *file = embedded_sql; file->name != NULL && err == ERR_OK; file++)
        err = prepare_file(db, file, f);
    for (size_t i = 0; i < kind_count && err == ERR_OK; i++)
        err = prepare_kind(db, a, kinds[i], f);
    for (size_t i = 0; i < measure_count && err == ERR_OK; i++)
        if (measures[i].distinct != NULL)
            err = prepare_distinct(db, a, measures[i].distinct, f);
    for (size_t i = 0; i < sizeof referring / sizeof referring[0] && err == ERR_OK; i++)
        err = prepare_built(db, referring[i].field, referring[i].kind,
                            statement_referring(a, referring[i].kind, referring[i].field), f);
    return err;
}

enum err store_prepare(struct db *db, struct fault *f)
{
    struct arena *a = arena_make((size_t)1 << 20);
    if (a == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the statements");
    enum err err = prepare_all(db, a, f);
    arena_free(a);
    return err;
}
