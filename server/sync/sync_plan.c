/* Support plans and the targets that they name: none ends later than its target or its term. */
#include "common/change.h"
#include "server/sync.h"
#include <string.h>

struct plans {
    struct sync *sync;
    struct entry **list; /* those that are looked at */
    size_t count;
    int target, deadline;
};

static uint64_t touched(const struct change *c, int field)
{
    return (c->set | c->cleared) & field_bit(&kind_plan, (size_t)field);
}

/* The value that the change leaves; NULL: none. */
static const struct value *value_of(const struct entry *e, int field)
{
    const struct change *c = e->change;
    uint64_t bit = field_bit(&kind_plan, (size_t)field);
    if ((c->set & bit) != 0)
        return &c->values[field];
    bool stands = (c->cleared & bit) == 0 && e->stored.found && (e->stored.record.set & bit) != 0;
    return stands ? &e->stored.record.values[field] : NULL;
}

static enum err gather(struct plans *p, size_t begin, size_t end, struct fault *f)
{
    struct sync *s = p->sync;
    p->list = arena_zero(s->call->arena, end - begin, sizeof(struct entry *));
    if (p->list == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the plans");
    for (size_t i = begin; i < end; i++) {
        struct entry *e = &s->entries[i];
        if (e->code == ERR_OK && (touched(e->change, p->target) | touched(e->change, p->deadline)) != 0 &&
            value_of(e, p->target) != NULL && value_of(e, p->deadline) != NULL)
            p->list[p->count++] = e;
    }
    return ERR_OK;
}

static enum err ask(const struct plans *p, struct db_result **out, struct fault *f)
{
    struct db_params q;
    struct db_array keys;
    size_t payload = 0;
    for (size_t i = 0; i < p->count; i++)
        payload += value_of(p->list[i], p->target)->n;
    db_params_begin(&q, p->sync->call->arena);
    db_array_begin(&keys, &q, DB_TEXT, p->count, payload);
    for (size_t i = 0; i < p->count; i++) {
        const struct value *key = value_of(p->list[i], p->target);
        db_array_bytes(&keys, key->p, key->n);
    }
    db_array_end(&keys);
    return db_run(p->sync->call->db, "plan_target", &q, out, f);
}

static void refuse(const struct plans *p, const struct db_result *r)
{
    for (size_t i = 0; i < p->count; i++) {
        const struct value *key = value_of(p->list[i], p->target);
        for (int row = 0; row < db_rows(r); row++) {
            const char *has = db_get_text(r, row, 0);
            if (strlen(has) != key->n || memcmp(has, key->p, key->n) != 0 ||
                value_of(p->list[i], p->deadline)->i <= db_get_int4(r, row, 1))
                continue;
            entry_refuse(p->list[i], ERR_BAD_DATE, field_number(&kind_plan, (size_t)p->deadline), 0);
        }
    }
}

enum err sync_plan(struct sync *s, size_t begin, size_t end, struct fault *f)
{
    struct plans p = {.sync = s,
                      .target = kind_field(&kind_plan, "target"),
                      .deadline = kind_field(&kind_plan, "deadline")};
    DB_RESULT r = NULL;
    if (s->entries[begin].change->kind != &kind_plan)
        return ERR_OK;
    enum err e = gather(&p, begin, end, f);
    if (e == ERR_OK && p.count > 0)
        e = ask(&p, &r, f);
    if (e == ERR_OK && p.count > 0)
        refuse(&p, r);
    return e;
}
