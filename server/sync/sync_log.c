/* What the log says of the records of a batch: who changed which fields since, and the conflicts that follow.
 */
#include "common/change.h"
#include "server/merge.h"
#include "server/sync.h"
#include <string.h>

/* Nobody has this number: own rows come too. */
#define NO_REPLICA 0

enum err history_read(struct sync *s, uint64_t base, const struct id *ids, size_t count, struct history *out,
                      struct fault *f)
{
    struct call *c = s->call;
    *out = (struct history){0};
    if (count == 0)
        return ERR_OK;
    enum err e = store_log_since(c->db, c->arena, s->lock.stream, NO_REPLICA, base, ids, count, &out->rows,
                                 &out->count, f);
    if (e != ERR_OK)
        return e;
    if (!id_map_make(&out->begins, c->arena, out->count))
        return fault(f, ERR_NO_MEMORY, "no memory for the log");
    for (size_t i = 0; i < out->count; i++)
        id_map_put(&out->begins, out->rows[i].kind_number, &out->rows[i].record, i);
    return ERR_OK;
}

const struct log_row *history_of(const struct history *h, const struct change *c, size_t *count)
{
    *count = 0;
    size_t begin = h->count > 0 ? id_map_get(&h->begins, c->kind_number, &c->id) : SIZE_MAX;
    if (begin == SIZE_MAX)
        return NULL;
    const struct log_row *rows = h->rows + begin;
    while (begin + *count < h->count && rows[*count].kind_number == c->kind_number &&
           id_equal(&rows[*count].record, &c->id))
        ++*count;
    return rows;
}

static enum err conflict_put(struct sync *s, const struct conflict *one, struct fault *f)
{
    if (s->conflict_count == s->conflict_room) {
        size_t room = s->conflict_room == 0 ? 16 : 2 * s->conflict_room;
        struct conflict *more = arena_zero(s->call->arena, room, sizeof *more);
        if (more == NULL)
            return fault(f, ERR_NO_MEMORY, "no memory for the conflicts");
        if (s->conflict_count > 0)
            memcpy(more, s->conflicts, s->conflict_count * sizeof *more);
        s->conflicts = more;
        s->conflict_room = room;
    }
    s->conflicts[s->conflict_count++] = *one;
    return ERR_OK;
}

enum err conflicts_add(struct sync *s, uint64_t number, const struct record *before, uint64_t fields,
                       struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < before->kind->field_count; i++) {
        uint64_t bit = field_bit(before->kind, i);
        struct conflict one = {.number = number, .field = field_number(before->kind, i)};
        if ((fields & bit) == 0)
            continue;
        if ((before->set & bit) != 0 && value_list_pack(s->call->arena, before, bit, &one.other) != ERR_OK)
            return fault(f, ERR_NO_MEMORY, "no memory for the conflicts");
        e = conflict_put(s, &one, f);
    }
    return e;
}

/* ---- of changes that are known ---- */

/* The conflicts of one known change, from the values that its own row in the log kept. */
static enum err recall(struct sync *s, const struct history *h, const struct change *c, struct fault *f)
{
    size_t count, own = 0;
    const struct log_row *rows = history_of(h, c, &count);
    while (own < count && !(rows[own].replica == s->lock.replica && rows[own].number == c->number))
        own++;
    if (own == count || rows[own].old.p == NULL)
        return ERR_OK;
    uint64_t fields = rows[own].mask & merge_others(rows, own, s->lock.replica, c->base, rows[own].rev);
    struct change old;
    enum err e = fields != 0 ? value_list_unpack(s->call->arena, c->kind, rows[own].old, &old, f) : ERR_OK;
    if (e != ERR_OK || fields == 0)
        return e;
    const struct record before = {c->kind, c->id, old.set, old.values};
    return conflicts_add(s, c->number, &before, fields, f);
}

enum err sync_recall(struct sync *s, struct fault *f)
{
    struct id *ids = arena_alloc(s->call->arena, (s->known + 1) * sizeof *ids);
    struct history h;
    size_t n = 0;
    uint64_t base = UINT64_MAX;
    if (ids == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the known changes");
    for (size_t i = 0; i < s->batch.count; i++) {
        const struct change *c = &s->batch.changes[i];
        if (c->number - s->first >= s->known || c->kind == NULL || n == s->known)
            continue;
        ids[n++] = c->id;
        base = c->base < base ? c->base : base;
    }
    enum err e = history_read(s, base, ids, n, &h, f);
    for (size_t i = 0; e == ERR_OK && i < s->batch.count; i++) {
        const struct change *c = &s->batch.changes[i];
        if (c->number - s->first < s->known && c->kind != NULL)
            e = recall(s, &h, c, f);
    }
    return e;
}
