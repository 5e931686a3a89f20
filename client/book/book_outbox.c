/* The outbox: numbering changes, joining them while they have not left, handing them out in batches. */
#include "client/book/book_private.h"
#include <string.h>

static enum err entry_insert(struct book *b, struct arena *a, struct change *c, unsigned flags,
                             struct fault *f)
{
    struct bytes body;
    c->number = b->marks.last + 1;
    c->base = b->marks.base;
    if (change_pack(a, c, &body) != ERR_OK)
        return book_no_memory(b, f);
    enum err e = book_run(b, SQL_OUTBOX_INSERT, f, "iidib", (int64_t)c->number, (int64_t)c->kind->number,
                          &c->id, (int64_t)flags, body);
    if (e == ERR_OK)
        b->marks.last = c->number;
    return e;
}

/* The newest entry of a record. number 0: there is none. */
struct entry {
    uint64_t number;
    unsigned flags;
    struct change change;
};

static enum err entry_latest(struct book *b, struct arena *a, const struct id *id, struct entry *out,
                             struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    *out = (struct entry){0};
    enum err e = book_fixed(b, SQL_OUTBOX_LATEST, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "d", id);
    if (e == ERR_OK)
        e = book_step(b, s, &row, f);
    if (e != ERR_OK || !row || column_u64(s, 0) <= b->marks.sent)
        return e;
    struct bytes body = column_bytes(s, 2);
    body.p = arena_copy(a, body.p, body.n);
    if (body.p == NULL)
        return book_no_memory(b, f);
    e = change_unpack(a, body, &out->change, f);
    if (e == ERR_UNKNOWN_FIELD || e == ERR_UNKNOWN_KIND)
        return ERR_OK; /* a newer program wrote it: it stays as it is */
    out->number = column_u64(s, 0);
    out->flags = (unsigned)sqlite3_column_int(s, 1);
    return e;
}

/* Moving a change to an earlier number must not put it before the creation of a record that it refers to. */
static enum err references_precede(struct book *b, const struct change *c, uint64_t number, bool *out,
                                   struct fault *f)
{
    *out = true;
    for (size_t i = 0; i < c->kind->field_count && *out; i++) {
        if (field_type(c->kind, i) != FIELD_ID || !(c->set & field_bit(c->kind, i)))
            continue;
        STATEMENT s = NULL;
        bool row;
        enum err e = book_fixed(b, SQL_OUTBOX_WHERE, &s, f);
        if (e == ERR_OK)
            e = book_bind(b, s, f, "d", (const struct id *)c->values[i].p);
        if (e == ERR_OK)
            e = book_step(b, s, &row, f);
        if (e != ERR_OK)
            return e;
        *out = column_u64(s, 0) < number;
    }
    return ERR_OK;
}

/* What the earlier change sets and the later one does not touch is taken along. */
static void join(struct change *c, const struct change *earlier, bool whole)
{
    uint64_t keep = ~(c->set | c->cleared);
    for (size_t i = 0; i < c->kind->field_count; i++)
        if (earlier->set & keep & field_bit(c->kind, i))
            c->values[i] = earlier->values[i];
    c->set |= earlier->set & keep;
    c->cleared = whole ? 0 : c->cleared | (earlier->cleared & keep);
}

static enum err entry_join(struct book *b, struct arena *a, struct change *c, unsigned flags,
                           const struct entry *to, struct fault *f)
{
    struct bytes body;
    c->values = arena_copy(a, c->values, c->kind->field_count * sizeof *c->values);
    if (c->values == NULL)
        return book_no_memory(b, f);
    if (!(flags & ENTRY_WHOLE))
        join(c, &to->change, to->flags & ENTRY_WHOLE);
    flags |= to->flags;
    c->number = to->number;
    c->base = to->change.base;
    if (change_pack(a, c, &body) != ERR_OK)
        return book_no_memory(b, f);
    return book_run(b, SQL_OUTBOX_REWRITE, f, "iib", (int64_t)to->number, (int64_t)flags, body);
}

enum err outbox_put(struct book *b, struct arena *a, struct change *c, unsigned flags, bool fresh,
                    struct fault *f)
{
    struct entry latest = {0};
    bool joins = false;
    enum err e = marks_load(b, f);
    if (e == ERR_OK && !fresh && b->marks.last > b->marks.sent)
        e = entry_latest(b, a, &c->id, &latest, f);
    /* Nobody else knows a record that never left, so its base says nothing. */
    if (e == ERR_OK && latest.number != 0 &&
        ((latest.flags & ENTRY_WHOLE) != 0 || latest.change.base == b->marks.base))
        e = references_precede(b, c, latest.number, &joins, f);
    if (e != ERR_OK)
        return e;
    return joins ? entry_join(b, a, c, flags, &latest, f) : entry_insert(b, a, c, flags, f);
}

enum err outbox_empty(struct book *b, struct arena *a, const struct kind *kind, const struct id *id,
                      uint64_t last, struct fault *f)
{
    struct bytes body;
    const struct change c = {.kind = kind, .kind_number = kind->number, .id = *id};
    if (change_pack(a, &c, &body) != ERR_OK)
        return book_no_memory(b, f);
    return book_run(b, SQL_OUTBOX_EMPTY, f, "dib", id, (int64_t)last, body);
}

enum err outbox_state(struct book *b, struct outbox_state *out, struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    *out = (struct outbox_state){0};
    enum err e = marks_load(b, f);
    if (e == ERR_OK)
        e = book_fixed(b, SQL_OUTBOX_COUNTS, &s, f);
    if (e == ERR_OK)
        e = book_step(b, s, &row, f);
    if (e != ERR_OK)
        return e;
    out->last = b->marks.last;
    out->acked = b->marks.acked;
    out->waiting = out->last - out->acked;
    out->refused = column_u64(s, 0);
    out->conflicts = column_u64(s, 1);
    return ERR_OK;
}

/* Ids of the batch being gathered, by a hash of their random end. */
struct seen {
    const struct id **slots;
    size_t mask;
};

static bool seen_add(struct seen *s, const struct id *id)
{
    uint64_t h;
    memcpy(&h, id->b + 8, sizeof h);
    h *= UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(h >> 32) & s->mask;
    while (s->slots[at] != NULL) {
        if (id_equal(s->slots[at], id))
            return false;
        at = (at + 1) & s->mask;
    }
    s->slots[at] = id;
    return true;
}

static enum err seen_make(struct book *b, struct arena *a, size_t limit, struct seen *out, struct fault *f)
{
    size_t slots = 16;
    while (slots < 2 * limit)
        slots *= 2;
    out->slots = arena_zero(a, slots, sizeof *out->slots);
    out->mask = slots - 1;
    return out->slots == NULL ? book_no_memory(b, f) : ERR_OK;
}

static enum err entry_read(struct book *b, struct arena *a, sqlite3_stmt *s, struct change *out,
                           struct fault *f)
{
    struct bytes body = column_bytes(s, 1);
    body.p = arena_copy(a, body.p, body.n);
    if (body.p == NULL)
        return book_no_memory(b, f);
    enum err e = change_unpack(a, body, out, f);
    if (e == ERR_UNKNOWN_KIND || e == ERR_UNKNOWN_FIELD)
        return ui_fault(b->ui, f, ERR_SCHEMA,
                        "Có thay đổi do bản chương trình mới hơn ghi; hãy cài bản mới của %s rồi đồng bộ.",
                        "A newer program wrote a change that waits; install the new %s, then sync.",
                        b->ui->program);
    out->number = column_u64(s, 0);
    return e;
}

static enum err gather(struct book *b, struct arena *a, uint64_t after, size_t limit, struct batch *out,
                       struct fault *f)
{
    STATEMENT s = NULL;
    struct seen seen;
    bool row;
    enum err e = seen_make(b, a, limit, &seen, f);
    if (e == ERR_OK)
        e = book_fixed(b, SQL_OUTBOX_NEXT, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "ii", (int64_t)after, (int64_t)limit);
    while (e == ERR_OK && (e = book_step(b, s, &row, f)) == ERR_OK && row) {
        struct change *c = &out->changes[out->count];
        e = entry_read(b, a, s, c, f);
        if (e == ERR_OK && !seen_add(&seen, &c->id))
            break;
        out->count++;
    }
    return e;
}

/* By kind in the registry's order; within a kind the order of the numbers stays. */
static enum err sort_by_kind(struct book *b, struct arena *a, struct batch *batch, struct fault *f)
{
    struct change *sorted = arena_alloc(a, (batch->count + 1) * sizeof *sorted);
    if (sorted == NULL)
        return book_no_memory(b, f);
    size_t n = 0;
    for (size_t k = 0; k < kind_count; k++)
        for (size_t i = 0; i < batch->count; i++)
            if (batch->changes[i].kind == kinds[k])
                sorted[n++] = batch->changes[i];
    batch->changes = sorted;
    return ERR_OK;
}

/* Everything that waits counts as sent from now on: a sync means to send it all, and one write to the disk
 * then serves all its batches. */
static enum err mark_sent(struct book *b, uint64_t last, struct fault *f)
{
    if (last <= b->marks.sent)
        return ERR_OK;
    b->marks.sent = b->marks.last;
    return book_put_number(b, "outbox.sent", b->marks.last, f);
}

static enum err take_next(struct book *b, struct arena *a, uint64_t after, size_t limit, struct batch *out,
                          uint64_t *last, struct fault *f)
{
    enum err e = marks_load(b, f);
    if (e == ERR_OK)
        e = gather(b, a, after, limit, out, f);
    if (e != ERR_OK || out->count == 0)
        return e;
    *last = out->changes[out->count - 1].number;
    e = mark_sent(b, *last, f);
    return e != ERR_OK ? e : sort_by_kind(b, a, out, f);
}

enum err outbox_next(struct book *b, struct arena *a, uint64_t after, size_t limit, struct batch *out,
                     uint64_t *last, struct fault *f)
{
    bool own;
    if (limit > WIRE_MAX_CHANGES)
        limit = WIRE_MAX_CHANGES;
    *out = (struct batch){.changes = arena_zero(a, limit + 1, sizeof *out->changes)};
    *last = after;
    if (out->changes == NULL)
        return book_no_memory(b, f);
    enum err e = scope_open(b, &own, f);
    return e != ERR_OK ? e : scope_close(b, own, take_next(b, a, after, limit, out, last, f), f);
}
