/* Two communes, their province in its own stream and in one of theirs, and a stranger, all speaking by hand.
 */
#ifndef HV_OWNERSHIP_SCENE_H
#define HV_OWNERSHIP_SCENE_H

#include "common/os.h"
#include "tests/support/talk.h"

static struct server server;
static struct talk commune, other; /* of 31317 and 31318 */
static struct talk province, pen;  /* of 93 in its own stream, and in that of 31317 */
static struct talk stranger;       /* of 94 in the stream of 31317 */

static void ownership_begin(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    sql(&db,
        "insert into unit (level, code, name, type, parent, valid_from) select 2, '94', 'Tỉnh Sóc Trăng', "
        "'Tỉnh', id, 20040101 from unit where level = 1; insert into stream (id) select id from unit "
        "where code = '94'");
    talk_make(&commune, &db, "31317");
    talk_make(&other, &db, "31318");
    talk_make_pen(&province, &db, "93", "93");
    talk_make_pen(&pen, &db, "93", "31317");
    talk_make_pen(&stranger, &db, "94", "31317");
    server_start(&server, &db, NULL);
    talk_open(&commune, &server);
    talk_open(&other, &server);
    talk_open(&province, &server);
    talk_open(&pen, &server);
    talk_open(&stranger, &server);
}

static void ownership_end(void)
{
    talk_close(&commune);
    talk_close(&other);
    talk_close(&province);
    talk_close(&pen);
    talk_close(&stranger);
    server_stop(&server);
}

static inline int64_t rows_in(const char *table)
{
    return sql_int(&server.db, "select count(*) from %s", table);
}

static inline struct change *named(struct talk *t, const struct kind *kind, struct id id)
{
    struct change *c = talk_change(t, kind, id);
    put_text(t, c, "name", "Hỗ trợ 2019");
    return c;
}

static inline struct change *step_of(struct talk *t, struct id id, struct id plan)
{
    struct change *c = named(t, &kind_step, id);
    put_id(t, c, "plan_id", plan);
    return c;
}

static inline struct id relation_of(const struct change *c)
{
    struct id id;
    bool any;
    cr_assert(kind_relation_id(c->kind, c->set, c->values, &id, &any));
    return id;
}

static inline struct change *seen_of(struct talk *t, struct id notice, int32_t unit)
{
    struct change *c = talk_change(t, &kind_seen, (struct id){{0}});
    put_id(t, c, "notice_id", notice);
    put_int(c, "unit", unit);
    c->id = relation_of(c);
    return c;
}

static inline void expect(const Hv__SyncReply *r, const struct talk *t, Hv__Code code, const char *field)
{
    const Hv__Verdict *v = talk_verdict(r, t->made);
    const struct change *c = t->changes[t->made - 1];
    uint32_t number = field != NULL ? field_number(c->kind, (size_t)kind_field(c->kind, field)) : 0;
    cr_assert(v != NULL, "a change of %s is not refused", c->kind->name);
    cr_assert_eq(v->code, code);
    cr_assert_eq(v->field, number, "field %u of %s", v->field, c->kind->name);
}

static inline void taken(struct talk *t)
{
    const Hv__SyncReply *r = talk_pull(t);
    cr_assert_eq(r->n_verdict, 0, "code %d", (int)talk_code(r, t->made));
    t->base = t->rev;
}

/* A plan of the commune, entered by its province; the commune has heard of it. */
static inline struct id plan_made(void)
{
    struct id plan = os_new_id();
    named(&pen, &kind_plan, plan);
    taken(&pen);
    talk_pull(&commune);
    commune.base = commune.rev;
    return plan;
}

/* All that comes down, whatever the stream. */
static inline size_t pulled(struct talk *t, const struct kind *kind)
{
    size_t found = 0;
    struct batch b = talk_records(t, talk_pull(t));
    for (size_t i = 0; i < b.count; i++)
        found += kind == NULL || b.changes[i].kind == kind;
    return found;
}

#endif
