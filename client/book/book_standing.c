/* Standing and figures from the rows here, by the rules that both sides share (common/standing.h). */
#include "client/book/book_private.h"
#include <stdlib.h>
#include <string.h>

struct gathered {
    struct standing_event *events;
    size_t count;
    size_t room;
    struct arena *arena;
};

static enum err gather_event(void *context, const struct record *r, struct fault *f)
{
    struct gathered *g = context;
    if (g->count == g->room) {
        size_t room = g->room == 0 ? 16 : 2 * g->room;
        struct standing_event *more = arena_alloc(g->arena, room * sizeof *more);
        if (more == NULL)
            return fault(f, ERR_NO_MEMORY, "out of memory");
        if (g->count > 0)
            memcpy(more, g->events, g->count * sizeof *more);
        g->events = more;
        g->room = room;
    }
    g->events[g->count++] = standing_event_of(r);
    return ERR_OK;
}

static enum err intervals_make(struct book *b, struct arena *a, const struct record *member,
                               struct standing_event *events, size_t event_count, struct interval **out,
                               size_t *count, struct fault *f)
{
    struct standing_member m = standing_member_of(member);
    *out = arena_alloc(a, STANDING_ROOM(event_count) * sizeof **out);
    if (*out == NULL)
        return book_no_memory(b, f);
    *count = standing_of(&m, events, event_count, *out);
    return ERR_OK;
}

enum err book_standing(struct book *b, struct arena *a, const struct id *member, struct interval **out,
                       size_t *count, struct fault *f)
{
    struct record *r;
    struct gathered g = {.arena = a};
    const struct book_filter filter = {.kind = &kind_event, .member = member, .missing_field = -1};
    enum err e = book_find(b, a, &kind_member, member, &r, f);
    if (e == ERR_OK)
        e = book_each(b, a, &filter, gather_event, &g, f);
    return e != ERR_OK ? e : intervals_make(b, a, r, g.events, g.count, out, count, f);
}

/* What members refer to, each time; of one want. */
struct seen {
    struct id *ids;
    size_t count;
    size_t room;
};

/* All events by member; the members come by id too, so one walk through both pairs them. */
struct counting {
    struct book *book;
    sqlite3_stmt *events;
    bool more; /* `event` holds the next one */
    struct record *event;
    struct record *member;
    struct arena *arena; /* of one member, reset between them */
    int32_t day;
    struct figures *out;
    struct seen *seen;  /* by want */
    struct arena *kept; /* of them */
};

static enum err event_step(struct counting *c, struct fault *f)
{
    bool row;
    enum err e;
    do {
        e = book_step(c->book, c->events, &row, f);
        c->more = e == ERR_OK && row;
    } while (c->more && !column_id(c->events, 0, &c->event->id));
    if (c->more)
        record_of_row(c->event, c->events, 1);
    return e;
}

/* The events of one member, passing over those whose member is not here. */
static enum err events_of(struct counting *c, const struct id *member, struct gathered *g, struct fault *f)
{
    int field = kind_field(&kind_event, "member_id");
    enum err e = ERR_OK;
    while (e == ERR_OK && c->more) {
        const struct id *of = record_id(c->event, field);
        int order = of == NULL ? -1 : id_compare(of, member);
        if (order > 0)
            return ERR_OK;
        if (order == 0)
            e = gather_event(g, c->event, f);
        if (e == ERR_OK)
            e = event_step(c, f);
    }
    return e;
}

static const char *distinct_of(const struct counting *c, size_t want)
{
    return c->out->wants->list[want].measure->distinct;
}

static enum err see(struct counting *c, size_t want, struct fault *f)
{
    struct seen *s = &c->seen[want];
    const struct id *id = record_id(c->member, kind_field(&kind_member, distinct_of(c, want)));
    if (id == NULL)
        return ERR_OK;
    if (s->count == s->room) {
        size_t room = s->room == 0 ? 256 : 2 * s->room;
        struct id *more = arena_zero(c->kept, room, sizeof *more);
        if (more == NULL)
            return book_no_memory(c->book, f);
        if (s->count > 0)
            memcpy(more, s->ids, s->count * sizeof *more);
        s->ids = more;
        s->room = room;
    }
    s->ids[s->count++] = *id;
    return ERR_OK;
}

static enum err count_interval(struct counting *c, const struct interval *v, struct fault *f)
{
    if (c->day < v->from || c->day >= v->to)
        return ERR_OK;
    enum err e = figures_stand(c->out, NULL, v->category, v->away, v->flags, 1, f);
    if (e == ERR_OK && c->out->wants->standing_by_group)
        e = figures_stand(c->out, &v->group, v->category, v->away, v->flags, 1, f);
    for (size_t i = 0; e == ERR_OK && i < c->out->wants->count; i++)
        if (distinct_of(c, i) != NULL &&
            measure_counts(c->out->wants->list[i].measure, v->category, v->away, v->flags))
            e = see(c, i, f);
    return e;
}

static int id_order(const void *x, const void *y)
{
    return id_compare(x, y);
}

/* Each record once, void ones and those that are not here not at all. */
static enum err count_seen(struct counting *c, size_t want, struct fault *f)
{
    const struct kind *kind =
        kind_by_name(kind_member.fields[kind_field(&kind_member, distinct_of(c, want))].refers);
    struct id *ids = c->seen[want].ids;
    int64_t n = 0;
    if (c->seen[want].count > 1)
        qsort(ids, c->seen[want].count, sizeof *ids, id_order);
    for (size_t i = 0; i < c->seen[want].count; i++) {
        struct record *r;
        if (i > 0 && id_equal(&ids[i - 1], &ids[i]))
            continue;
        arena_reset(c->arena);
        enum err e = book_find(c->book, c->arena, kind, &ids[i], &r, f);
        if (e == ERR_OK)
            n += record_int(r, kind_field(kind, "voided"), 0) == 0;
        else if (e != ERR_NO_SUCH_RECORD)
            return e;
    }
    return figures_add(c->out, want, NULL, n, f);
}

static enum err count_member(struct counting *c, struct fault *f)
{
    struct interval *intervals;
    size_t count = 0;
    struct gathered g = {.arena = c->arena};
    enum err e = events_of(c, &c->member->id, &g, f);
    if (e == ERR_OK)
        e = intervals_make(c->book, c->arena, c->member, g.events, g.count, &intervals, &count, f);
    for (size_t i = 0; e == ERR_OK && i < count; i++)
        e = count_interval(c, &intervals[i], f);
    arena_reset(c->arena);
    return e;
}

/* Every row of a kind by `order`; the id stands first. */
static enum err all_by(struct book *b, const struct kind *kind, const char *order, sqlite3_stmt **out,
                       struct fault *f)
{
    sqlite3_str *sql = sqlite3_str_new(b->db);
    sqlite3_str_appendf(sql, "SELECT x.id, ");
    sql_columns(sql, kind, "x.");
    sqlite3_str_appendf(sql, " FROM %s x ORDER BY %s", kind->table, order);
    char *text = sqlite3_str_finish(sql);
    int rc = text == NULL ? SQLITE_NOMEM : sqlite3_prepare_v2(b->db, text, -1, out, NULL);
    sqlite3_free(text);
    return rc == SQLITE_OK ? ERR_OK : book_fault(b, f);
}

static enum err count_all(struct counting *c, struct fault *f)
{
    STATEMENT_ALONE members = NULL;
    bool row;
    enum err e = all_by(c->book, &kind_member, "x.id", &members, f);
    if (e == ERR_OK)
        e = event_step(c, f);
    while (e == ERR_OK && (e = book_step(c->book, members, &row, f)) == ERR_OK && row) {
        if (!column_id(members, 0, &c->member->id))
            continue;
        record_of_row(c->member, members, 1);
        e = count_member(c, f);
    }
    return e;
}

enum err book_count(struct book *b, struct arena *a, int32_t day, struct figures *out, struct fault *f)
{
    STATEMENT_ALONE events = NULL;
    struct counting c = {.book = b,
                         .day = day,
                         .out = out,
                         .kept = a,
                         .seen = arena_zero(a, out->wants->count + 1, sizeof *c.seen),
                         .member = record_make(a, &kind_member),
                         .event = record_make(a, &kind_event)};
    c.arena = arena_make((size_t)16 << 20);
    if (c.arena == NULL || c.seen == NULL || c.member == NULL || c.event == NULL) {
        arena_free(c.arena);
        return book_no_memory(b, f);
    }
    enum err e = all_by(b, &kind_event, "x.member_id", &events, f);
    c.events = events;
    if (e == ERR_OK)
        e = count_all(&c, f);
    for (size_t i = 0; i < out->wants->count && e == ERR_OK; i++)
        if (distinct_of(&c, i) != NULL)
            e = count_seen(&c, i, f);
    arena_free(c.arena);
    return e;
}
