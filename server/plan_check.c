#include "server/plan_check.h"
#include "common/change.h"
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

static enum err gather(struct plans *p, struct fault *f)
{
    struct sync *s = p->sync;
    p->list = arena_zero(s->call->arena, s->count + 1, sizeof(struct entry *));
    if (p->list == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the plans");
    for (size_t i = 0; i < s->count; i++) {
        struct entry *e = &s->entries[i];
        if (e->code == ERR_OK && e->change->kind == &kind_plan &&
            (touched(e->change, p->target) | touched(e->change, p->deadline)) != 0 &&
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

/* Whether there was one to refuse. */
static bool refuse(const struct plans *p, const struct db_result *r)
{
    bool any = false;
    for (size_t i = 0; i < p->count; i++) {
        const struct value *key = value_of(p->list[i], p->target);
        for (int row = 0; row < db_rows(r); row++) {
            const char *has = db_get_text(r, row, 0);
            if (strlen(has) != key->n || memcmp(has, key->p, key->n) != 0 ||
                value_of(p->list[i], p->deadline)->i <= db_get_int4(r, row, 1))
                continue;
            entry_refuse(p->list[i], ERR_BAD_DATE, field_number(&kind_plan, (size_t)p->deadline), 0);
            any = true;
        }
    }
    return any;
}

static bool hangs_on_refused(const struct sync *s, const struct change *c, size_t field, uint64_t *number)
{
    const struct kind *to = kind_by_name(c->kind->fields[field].refers);
    size_t place = id_map_get(&s->places, to->number, (const struct id *)(const void *)c->values[field].p);
    const struct entry *other = place != SIZE_MAX ? &s->entries[place] : NULL;
    *number = other != NULL ? other->change->number : 0;
    return other != NULL && other->creates && other->code != ERR_OK;
}

/* In a batch references point backwards. */
static void follow(struct sync *s)
{
    for (size_t i = 0; i < s->count; i++) {
        struct entry *e = &s->entries[i];
        const struct change *c = e->change;
        uint64_t number;
        for (size_t k = 0; e->code == ERR_OK && k < c->kind->field_count; k++)
            if (field_type(c->kind, k) == FIELD_ID && (c->set & field_bit(c->kind, k)) != 0 &&
                hangs_on_refused(s, c, k, &number))
                entry_refuse(e, ERR_DEPENDS_ON, field_number(c->kind, k), number);
    }
}

enum err plan_check(struct sync *s, struct fault *f)
{
    struct plans p = {.sync = s,
                      .target = kind_field(&kind_plan, "target"),
                      .deadline = kind_field(&kind_plan, "deadline")};
    DB_RESULT r = NULL;
    enum err e = gather(&p, f);
    if (e == ERR_OK && p.count > 0)
        e = ask(&p, &r, f);
    if (e != ERR_OK || p.count == 0 || !refuse(&p, r))
        return e;
    follow(s);
    return ERR_OK;
}
