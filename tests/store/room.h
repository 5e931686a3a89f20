/* A test's own database with the world's units, a connection of the server's role and an arena. */
#ifndef HV_TEST_ROOM_H
#define HV_TEST_ROOM_H

#include "common/change.h"
#include "common/date.h"
#include "common/id.h"
#include "server/store.h"
#include "tests/support/support.h"
#include <string.h>

struct room {
    struct database base;
    struct db *db;
    struct arena *a;
    struct fault f;
    int32_t unit;  /* of commune 31317 */
    int32_t other; /* of commune 31318 */
};

/* Demands success and shows the fault's text otherwise. */
#define OK(room, call)                                                                                       \
    do {                                                                                                     \
        enum err err_of_call = (call);                                                                       \
        cr_assert(err_of_call == ERR_OK, "%s: %s", err_name(err_of_call), (room)->f.text);                   \
    } while (0)

static inline struct db *room_connect(struct room *r)
{
    struct db *db;
    const struct db_options o = {.connection = r->base.server, .name = "test"};
    OK(r, db_open(&db, &o, &r->f));
    OK(r, store_prepare(db, &r->f));
    return db;
}

static inline void room_make(struct room *r)
{
    memset(r, 0, sizeof *r);
    database_make(&r->base);
    world_make(&r->base);
    r->unit = world_unit(&r->base, "31317");
    r->other = world_unit(&r->base, "31318");
    r->a = arena_make((size_t)64 << 20);
    cr_assert(r->a != NULL);
    r->db = room_connect(r);
}

static inline void room_free(struct room *r)
{
    db_close(&r->db);
    arena_cleanup(&r->a);
}

static inline int32_t room_device(const struct room *r, int32_t unit)
{
    return (int32_t)sql_int(&r->base,
                            "insert into device (unit, role, curve_key, sign_key) values (%d, 'commune', "
                            "sha256(random()::text::bytea), sha256('sign')) returning id",
                            unit);
}

/* The id whose bytes are all `n`. */
static inline struct id id_of(int n)
{
    struct id id;
    memset(id.b, n, sizeof id.b);
    return id;
}

static inline void record_set_int(struct record *r, const char *field, int64_t v)
{
    int i = kind_field(r->kind, field);
    r->values[i].i = v;
    r->set |= field_bit(r->kind, (size_t)i);
}

static inline void record_set(struct record *r, const char *field, const void *p, size_t n)
{
    int i = kind_field(r->kind, field);
    r->values[i].p = p;
    r->values[i].n = (uint32_t)n;
    r->set |= field_bit(r->kind, (size_t)i);
}

static inline struct record *member_of(struct arena *a, int n, const char *name)
{
    struct record *m = record_make(a, &kind_member);
    m->id = id_of(n);
    record_set(m, "name", name, strlen(name));
    record_set_int(m, "birth", 19800000);
    return m;
}

#endif
