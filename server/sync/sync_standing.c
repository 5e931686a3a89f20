/* Standing behind the rows that were just written: computed by the rule that both sides share, stored in the
 * same transaction. */
#include "common/standing.h"
#include "proto/record.pb-c.h"
#include "server/sync.h"
#include <string.h>

struct standing_work {
    struct sync *sync;
    struct id_map seen;
    struct id *members;            /* to be recomputed */
    const struct record **records; /* theirs, or NULL when not in this batch */
    const struct record **before;  /* as it was, when nothing but the record has changed; otherwise NULL */
    bool *created;                 /* by this batch: nothing of theirs is stored */
    size_t count;
    struct standing_row *fresh; /* of new members without events */
    size_t fresh_count;
};

/* Fields of a member that standing reads. */
static uint64_t standing_fields(void)
{
    static const char *const names[] = {"group_id", "category", "residence", "residence_since", "away_since",
                                        "voided",   "core",     "card_no",   "card_issued"};
    uint64_t mask = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        mask |= field_bit(&kind_member, (size_t)kind_field(&kind_member, names[i]));
    return mask;
}

static void add_fresh(struct standing_work *w, const struct record *r)
{
    struct interval intervals[STANDING_ROOM(0)];
    struct standing_member m = standing_member_of(r);
    size_t n = standing_of(&m, NULL, 0, intervals);
    for (size_t i = 0; i < n; i++)
        w->fresh[w->fresh_count++] = (struct standing_row){r->id, intervals[i]};
}

static void want(struct standing_work *w, const struct id *member, const struct record *r,
                 const struct record *before)
{
    size_t place = id_map_put(&w->seen, kind_member.number, member, w->count);
    if (place == w->count) {
        w->members[w->count] = *member;
        w->before[w->count] = before;
        w->records[w->count++] = r;
    } else if (r != NULL) {
        w->records[place] = r;
    }
}

static void want_member_of(struct standing_work *w, const struct record *event)
{
    const struct id *member = record_id(event, kind_field(&kind_event, "member_id"));
    if (member != NULL)
        want(w, member, NULL, NULL);
}

/* Events first, so that a new member with an event in the same batch is not taken for one without. */
static void gather(struct standing_work *w, const struct entry *const *entries, size_t count)
{
    uint64_t fields = standing_fields();
    for (size_t i = 0; i < count; i++)
        if (entries[i]->change->kind == &kind_event) {
            want_member_of(w, &entries[i]->record);
            if (entries[i]->stored.found)
                want_member_of(w, &entries[i]->stored.record);
        }
    for (size_t i = 0; i < count; i++) {
        const struct entry *e = entries[i];
        if (e->change->kind != &kind_member)
            continue;
        size_t place = id_map_get(&w->seen, kind_member.number, &e->change->id);
        if (place != SIZE_MAX) {
            want(w, &e->change->id, &e->record, NULL);
            w->created[place] = e->creates;
        } else if (e->creates)
            add_fresh(w, &e->record);
        else if ((e->mask & fields) != 0)
            want(w, &e->change->id, &e->record, &e->stored.record);
    }
}

static enum err fetch_missing(struct standing_work *w, struct fault *f)
{
    struct arena *a = w->sync->call->arena;
    struct id *ids = arena_alloc(a, (w->count + 1) * sizeof *ids);
    size_t *places = arena_alloc(a, (w->count + 1) * sizeof *places), n = 0;
    struct stored *rows = arena_zero(a, w->count + 1, sizeof *rows);
    if (ids == NULL || places == NULL || rows == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the members");
    for (size_t i = 0; i < w->count; i++)
        if (w->records[i] == NULL) {
            ids[n] = w->members[i];
            places[n++] = i;
        }
    enum err e = n > 0 ? store_fetch(w->sync->call->db, a, &kind_member, ids, n, rows, f) : ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        if (rows[i].found)
            w->records[places[i]] = &rows[i].record;
    return e;
}

/* Events lie by member; each member's are handed to the rule together. */
struct event_list {
    struct stored *rows;
    size_t count;
    struct standing_event *events; /* sorted with their member */
    size_t *head;                  /* by place of the member: first event plus one */
    size_t *next;
};

static enum err fetch_events(struct standing_work *w, struct event_list *l, struct fault *f)
{
    struct arena *a = w->sync->call->arena;
    enum err e = store_referring(w->sync->call->db, a, &kind_event, "member_id", w->sync->lock.stream,
                                 w->members, w->count, &l->rows, &l->count, f);
    if (e != ERR_OK)
        return e;
    l->head = arena_zero(a, w->count + 1, sizeof *l->head);
    l->next = arena_zero(a, l->count + 1, sizeof *l->next);
    l->events = arena_alloc(a, (l->count + 1) * sizeof *l->events);
    if (l->head == NULL || l->next == NULL || l->events == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the events");
    for (size_t i = 0; i < l->count; i++) {
        const struct id *member = record_id(&l->rows[i].record, kind_field(&kind_event, "member_id"));
        size_t place = member != NULL ? id_map_get(&w->seen, kind_member.number, member) : SIZE_MAX;
        if (place == SIZE_MAX)
            continue;
        l->next[i] = l->head[place];
        l->head[place] = i + 1;
    }
    return ERR_OK;
}

/* Room for the intervals of one member, and her events. */
struct scratch {
    struct interval *now;
    struct interval *before;
};

static bool same_intervals(const struct interval *x, size_t n, const struct interval *y, size_t m)
{
    for (size_t i = 0; n == m && i < n; i++)
        if (!id_equal(&x[i].group, &y[i].group) || x[i].category != y[i].category || x[i].away != y[i].away ||
            x[i].flags != y[i].flags || x[i].from != y[i].from || x[i].to != y[i].to)
            return false;
    return n == m;
}

/* Her intervals as they are now; *same when they were so before; *stored: at most how many are stored. */
static size_t intervals_of(struct standing_work *w, const struct event_list *l, size_t i, struct scratch *x,
                           bool *same, size_t *stored)
{
    size_t events = 0;
    for (size_t k = l->head[i]; k != 0; k = l->next[k - 1])
        l->events[events++] = standing_event_of(&l->rows[k - 1].record);
    struct standing_member m = standing_member_of(w->records[i]);
    size_t n = standing_of(&m, l->events, events, x->now);
    *same = false;
    *stored = w->created[i] ? 0 : SIZE_MAX;
    if (w->before[i] != NULL) {
        m = standing_member_of(w->before[i]);
        *stored = standing_of(&m, l->events, events, x->before);
        *same = same_intervals(x->now, n, x->before, *stored);
    }
    return n;
}

/* The rows of whose intervals have changed, or may have; what is left in `members` is who may have fewer now.
 */
static enum err recompute(struct standing_work *w, const struct event_list *l, struct standing_row **out,
                          size_t *count, struct fault *f)
{
    struct arena *a = w->sync->call->arena;
    struct scratch x = {arena_alloc(a, STANDING_ROOM(l->count) * sizeof *x.now),
                        arena_alloc(a, STANDING_ROOM(l->count) * sizeof *x.before)};
    size_t left = 0;
    *out = arena_alloc(a, (STANDING_ROOM(0) * w->count + l->count + 1) * sizeof **out);
    *count = 0;
    if (x.now == NULL || x.before == NULL || *out == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for standing");
    for (size_t i = 0; i < w->count; i++) {
        bool same = false;
        size_t stored = SIZE_MAX;
        size_t n = w->records[i] != NULL ? intervals_of(w, l, i, &x, &same, &stored) : 0;
        if (same)
            continue;
        for (size_t k = 0; k < n; k++)
            (*out)[(*count)++] = (struct standing_row){w->members[i], x.now[k]};
        if (n < stored)
            w->members[left++] = w->members[i];
    }
    w->count = left;
    return ERR_OK;
}

static enum err replace(struct standing_work *w, struct fault *f)
{
    struct event_list l = {0};
    struct standing_row *rows;
    size_t count;
    enum err e = fetch_missing(w, f);
    if (e == ERR_OK)
        e = fetch_events(w, &l, f);
    if (e == ERR_OK)
        e = recompute(w, &l, &rows, &count, f);
    if (e == ERR_OK)
        e = store_standing_drop(w->sync->call->db, w->sync->call->arena, w->sync->lock.stream, w->members,
                                w->count, f);
    return e == ERR_OK ? store_standing_put(w->sync->call->db, w->sync->call->arena, w->sync->lock.stream,
                                            rows, count, f)
                       : e;
}

enum err sync_standing(struct sync *s, const struct entry *const *entries, size_t count, struct fault *f)
{
    struct arena *a = s->call->arena;
    struct standing_work w = {.sync = s};
    w.members = arena_alloc(a, (2 * count + 1) * sizeof *w.members);
    w.records = arena_zero(a, 2 * count + 1, sizeof *w.records);
    w.before = arena_zero(a, 2 * count + 1, sizeof *w.before);
    w.created = arena_zero(a, 2 * count + 1, sizeof *w.created);
    w.fresh = arena_alloc(a, (STANDING_ROOM(0) * count + 1) * sizeof *w.fresh);
    if (w.members == NULL || w.records == NULL || w.before == NULL || w.created == NULL || w.fresh == NULL ||
        !id_map_make(&w.seen, a, 2 * count + 1))
        return fault(f, ERR_NO_MEMORY, "no memory for standing");
    gather(&w, entries, count);
    enum err e = w.fresh_count > 0
                     ? store_standing_add(s->call->db, a, s->lock.stream, w.fresh, w.fresh_count, f)
                     : ERR_OK;
    return e == ERR_OK && w.count > 0 ? replace(&w, f) : e;
}
