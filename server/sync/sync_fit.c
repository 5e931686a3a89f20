#include "server/sync_fit.h"
#include "common/change.h"
#include <string.h>

#define NONE SIZE_MAX

struct looked {
    struct entry *entry;
    struct record record;
    size_t key; /* its place among the keys, or NONE */
};

/* The others of one key hang together. */
struct node {
    const struct fit_other *other;
    size_t next;
};

struct fit_state {
    const struct fit_rule *rule;
    int by; /* index of the field, or -1: the id */
    struct looked *list;
    size_t count;
    struct id_map places; /* of the keys */
    struct id *keys;
    size_t *heads; /* first node of each key, or NONE */
    size_t key_count;
    struct node *nodes;
    size_t node_count;
};

/* ---- who is woken ---- */

static uint64_t waking_fields(const struct fit_rule *rule)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < FIT_FIELDS && rule->fields[i] != NULL; i++)
        mask |= field_bit(rule->kind, (size_t)kind_field(rule->kind, rule->fields[i]));
    return mask;
}

static bool is_ours(const struct sync *s, const struct stored *stored)
{
    return stored->found && (stored->stream == s->lock.stream || kind_is_read_below(stored->record.kind));
}

static bool becomes(struct arena *a, const struct entry *e, struct record *out)
{
    const struct change *c = e->change;
    if (e->creates) {
        *out = (struct record){c->kind, c->id, c->set, c->values};
        return true;
    }
    struct value *values = arena_copy(a, e->stored.record.values, c->kind->field_count * sizeof *values);
    if (values == NULL)
        return false;
    *out = (struct record){c->kind, c->id, e->stored.record.set, values};
    change_apply(out, c);
    return true;
}

static size_t key_place(const struct sync *s, struct fit_state *x, const struct record *r)
{
    struct id id;
    if (!x->rule->key(s, r, &id))
        return NONE;
    size_t place = id_map_put(&x->places, 0, &id, x->key_count);
    if (place == x->key_count) {
        x->heads[x->key_count] = NONE;
        x->keys[x->key_count++] = id;
    }
    return place;
}

static bool state_make(struct arena *a, struct fit_state *x, size_t count)
{
    x->list = arena_alloc(a, count * sizeof *x->list);
    x->keys = arena_alloc(a, count * sizeof *x->keys);
    x->heads = arena_alloc(a, count * sizeof *x->heads);
    return x->list != NULL && x->keys != NULL && x->heads != NULL && id_map_make(&x->places, a, count);
}

static enum err wake(struct sync *s, struct fit_state *x, size_t begin, size_t end, struct fault *f)
{
    uint64_t mask = waking_fields(x->rule);
    for (size_t i = begin; i < end; i++) {
        struct entry *e = &s->entries[i];
        if (e->code != ERR_OK || ((e->change->set | e->change->cleared) & mask) == 0)
            continue;
        struct looked *l =
            x->list != NULL || state_make(s->call->arena, x, end - i) ? &x->list[x->count] : NULL;
        if (l == NULL || !becomes(s->call->arena, e, &l->record))
            return fault(f, ERR_NO_MEMORY, "no memory for the rules");
        l->entry = e;
        l->key = key_place(s, x, &l->record);
        x->count++;
    }
    return ERR_OK;
}

/* ---- the others ---- */

static const struct id *key_of(const struct fit_state *x, const struct record *r)
{
    return x->by < 0 ? &r->id : record_id(r, x->by);
}

static void hang(struct fit_state *x, const struct fit_other *o, const struct record *r)
{
    const struct id *key = r != NULL ? key_of(x, r) : NULL;
    size_t place = key != NULL ? id_map_get(&x->places, 0, key) : NONE;
    if (place == NONE)
        return;
    x->nodes[x->node_count] = (struct node){o, x->heads[place]};
    x->heads[place] = x->node_count++;
}

/* Under the key that it has and the one that it gets. */
static void hang_both(struct fit_state *x, const struct fit_other *o)
{
    const struct id *before = o->before != NULL ? key_of(x, o->before) : NULL,
                    *after = o->after != NULL ? key_of(x, o->after) : NULL;
    hang(x, o, o->before);
    if (before == NULL || after == NULL || !id_equal(before, after))
        hang(x, o, o->after);
}

static bool other_read(struct sync *s, struct entry *e, const struct record *before, struct fit_other *out)
{
    struct record *after = NULL;
    if (e != NULL && e->code == ERR_OK) {
        after = arena_alloc(s->call->arena, sizeof *after);
        if (after == NULL || !becomes(s->call->arena, e, after))
            return false;
    }
    *out = (struct fit_other){after != NULL ? e : NULL, before, after};
    return true;
}

/* The rows that are stored, then what the batch adds to them. */
static enum err hang_all(struct sync *s, struct fit_state *x, const struct stored *rows, size_t count,
                         size_t end, struct fault *f)
{
    struct arena *a = s->call->arena;
    struct fit_other *others = arena_alloc(a, (count + end) * sizeof *others);
    struct id_map known;
    uint32_t kind = x->rule->others->number;
    size_t n = 0;
    x->nodes = arena_alloc(a, 2 * (count + end) * sizeof *x->nodes);
    bool room = others != NULL && x->nodes != NULL && id_map_make(&known, a, count);
    for (size_t i = 0; room && i < count; i++) {
        size_t place = id_map_get(&s->places, kind, &rows[i].record.id);
        if (!is_ours(s, &rows[i]))
            continue;
        id_map_put(&known, 0, &rows[i].record.id, i);
        room = other_read(s, place < end ? &s->entries[place] : NULL, &rows[i].record, &others[n]);
        n++;
    }
    for (size_t i = 0; room && i < end; i++) {
        struct entry *e = &s->entries[i];
        if (e->change->kind != x->rule->others || e->code != ERR_OK ||
            id_map_get(&known, 0, &e->change->id) != SIZE_MAX)
            continue;
        room = other_read(s, e, is_ours(s, &e->stored) ? &e->stored.record : NULL, &others[n]);
        n++;
    }
    for (size_t i = 0; room && i < n; i++)
        hang_both(x, &others[i]);
    return room ? ERR_OK : fault(f, ERR_NO_MEMORY, "no memory for the rules");
}

static enum err look_up(struct sync *s, struct fit_state *x, size_t end, struct fault *f)
{
    struct call *c = s->call;
    struct stored *rows = NULL;
    size_t count = x->key_count;
    enum err e = ERR_OK;
    if (count == 0)
        return ERR_OK;
    if (x->by >= 0)
        e = store_referring(c->db, c->arena, x->rule->others, x->rule->by, s->lock.stream, x->keys, count,
                            &rows, &count, f);
    else if ((rows = arena_zero(c->arena, count, sizeof *rows)) == NULL)
        e = fault(f, ERR_NO_MEMORY, "no memory for the rules");
    else
        e = store_fetch(c->db, c->arena, x->rule->others, x->keys, count, rows, f);
    return e == ERR_OK ? hang_all(s, x, rows, count, end, f) : e;
}

/* ---- asking the rules ---- */

bool fit_next(struct fitting *x)
{
    while (x->node != NONE) {
        const struct node *node = &x->state->nodes[x->node];
        const struct fit_other *o = node->other;
        const struct record *now = o->entry != NULL && o->entry->code == ERR_OK ? o->after : o->before;
        const struct id *key = now != NULL ? key_of(x->state, now) : NULL;
        x->node = node->next;
        if (key == NULL || !id_equal(key, x->key) || id_equal(&now->id, &x->record->id))
            continue;
        x->other = o;
        x->now = now;
        return true;
    }
    return false;
}

/* Whether somebody was refused. */
static bool ask(const struct sync *s, const struct fit_state *x)
{
    bool refused = false;
    for (size_t i = 0; i < x->count; i++) {
        const struct looked *l = &x->list[i];
        struct fitting one = {.sync = s, .entry = l->entry, .record = &l->record, .state = x, .node = NONE};
        if (l->entry->code != ERR_OK)
            continue;
        if (l->key != NONE) {
            one.key = &x->keys[l->key];
            one.node = x->heads[l->key];
        }
        x->rule->check(&one);
        refused |= l->entry->code != ERR_OK;
    }
    return refused;
}

#define RULES_MAX 8 /* of one kind */

/* The rules that somebody woke, with all that they look at. */
static enum err prepare(struct sync *s, size_t begin, size_t end, struct fit_state *states, size_t *count,
                        struct fault *f)
{
    enum err e = ERR_OK;
    for (const struct fit_rule *rule = fit_rules; e == ERR_OK && rule->kind != NULL; rule++) {
        if (rule->kind != s->entries[begin].change->kind)
            continue;
        if (*count == RULES_MAX)
            return fault(f, ERR_INTERNAL, "kind %s has more rules than there is room for", rule->kind->name);
        struct fit_state *x = &states[*count];
        *x = (struct fit_state){.rule = rule,
                                .by = rule->by != NULL ? kind_field(rule->others, rule->by) : -1};
        if ((e = wake(s, x, begin, end, f)) != ERR_OK || x->count == 0)
            continue;
        e = look_up(s, x, end, f);
        ++*count;
    }
    return e;
}

/* A refusal leaves more in its place, which others may not fit: again until nothing changes. */
enum err sync_fit(struct sync *s, size_t begin, size_t end, bool *refused, struct fault *f)
{
    struct fit_state states[RULES_MAX];
    size_t count = 0;
    enum err e = prepare(s, begin, end, states, &count, f);
    for (bool again = e == ERR_OK; again;) {
        again = false;
        for (size_t i = 0; i < count; i++)
            again |= ask(s, &states[i]);
        *refused |= again;
        if (again)
            sync_follow_refusals(s, begin, end);
    }
    return e;
}
