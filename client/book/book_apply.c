/* What came down: written over the rows here, except where the clerk's own changes still wait.
 *
 * Numbers must follow one another without a gap, also when a record is gone and takes its waiting changes
 * with it. Those that can't have left this computer are removed, and the ones behind them move up. Those that
 * may have left stay as they are until they are acknowledged, since the server would take other bytes under
 * the same number for another copy of this register; then they lose what they said. */
#include "client/book/book_private.h"
#include "common/date.h"
#include "common/text.h"
#include <string.h>

/* Values that this program can't show or order are passed over like fields that it does not know. */
static bool value_readable(const struct kind *kind, size_t i, const struct value *v)
{
    switch (field_type(kind, i)) {
    case FIELD_TEXT:
        return text_valid(v->p, v->n, true);
    case FIELD_CODE:
        return code_by_value(kind->fields[i].codes, v->i) != NULL;
    case FIELD_DATE:
        return date_valid(v->i, true);
    default:
        return true;
    }
}

static uint64_t unreadable(const struct change *c)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < c->kind->field_count; i++)
        if ((c->set & field_bit(c->kind, i)) && !value_readable(c->kind, i, &c->values[i]))
            mask |= field_bit(c->kind, i);
    return mask;
}

/* The refused ones' fields, which stay as they are here; what the server has of them is kept in mind. */
static enum err refused_fields(struct book *b, struct arena *a, const struct change *c, uint64_t *mask,
                               struct fault *f)
{
    const struct record server = {c->kind, c->id, c->set, c->values};
    struct refusal refused;
    struct bytes stands;
    enum err e = refusal_of(b, &c->id, &refused, f);
    *mask |= refused.mask;
    if (e != ERR_OK || !refused.any)
        return e;
    if (value_list_pack(a, &server, refused.mask & ~unreadable(c), &stands) != ERR_OK)
        return book_no_memory(b, f);
    return book_run(b, SQL_REFUSED_STAND, f, "db", &c->id, stands);
}

/* Fields that waiting and refused changes of the record set or clear. */
static enum err waiting_fields(struct book *b, struct arena *a, const struct change *pulled, uint64_t *mask,
                               struct fault *f)
{
    const struct id *id = &pulled->id;
    enum err e = b->marks.refused ? refused_fields(b, a, pulled, mask, f) : ERR_OK;
    if (e != ERR_OK || b->marks.last == b->marks.acked)
        return e;
    STATEMENT s = NULL;
    bool row;
    struct change c;
    e = book_fixed(b, SQL_OUTBOX_AFTER, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "di", id, (int64_t)b->marks.acked);
    while (e == ERR_OK && (e = book_step(b, s, &row, f)) == ERR_OK && row)
        if (change_unpack(a, column_bytes(s, 1), &c, NULL) == ERR_OK)
            *mask |= c.set | c.cleared;
    return e;
}

static enum err keep_own(struct book *b, struct arena *a, struct record *r, uint64_t mask, struct fault *f)
{
    struct record *here;
    enum err e = row_read(b, a, r->kind, &r->id, &here, f);
    r->set &= ~mask;
    if (e != ERR_OK || here == NULL)
        return e;
    for (size_t i = 0; i < r->kind->field_count; i++)
        if (here->set & mask & field_bit(r->kind, i))
            r->values[i] = here->values[i];
    r->set |= here->set & mask;
    return ERR_OK;
}

static enum err apply_one(struct book *b, struct arena *a, const struct change *c, struct fault *f)
{
    if (c->kind == NULL)
        return ERR_OK;
    struct record r = {c->kind, c->id, c->set, c->values};
    uint64_t own = unreadable(c);
    /* What is written once is as it was written first, which the server knows. */
    enum err e = c->kind->append_only ? ERR_OK : waiting_fields(b, a, c, &own, f);
    if (e == ERR_OK && own != 0)
        e = keep_own(b, a, &r, own, f);
    return e != ERR_OK ? e : row_write(b, a, &r, f);
}

static enum err row_remove(struct book *b, const struct kind *kind, const struct id *id, uint64_t *gone,
                           struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    enum err e = book_of_kind(b, kind, KIND_REMOVE, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "d", id);
    if (e == ERR_OK)
        e = book_step(b, s, &row, f);
    if (e == ERR_OK)
        *gone += (uint64_t)sqlite3_changes64(b->db);
    return e;
}

static enum err entries_remove(struct book *b, struct arena *a, const struct kind *kind, const struct id *id,
                               uint64_t *removed, struct fault *f)
{
    const struct marks *m = &b->marks;
    enum err e = outbox_empty(b, a, kind, id, m->acked, f);
    if (e == ERR_OK)
        e = book_run(b, SQL_OUTBOX_LEAVE, f, "dii", id, (int64_t)m->acked, (int64_t)m->sent);
    if (e == ERR_OK)
        e = book_run(b, SQL_OUTBOX_REMOVE, f, "di", id, (int64_t)m->sent);
    if (e == ERR_OK)
        *removed += (uint64_t)sqlite3_changes64(b->db);
    return e;
}

static enum err gone_one(struct book *b, struct arena *a, const struct gone *g, uint64_t *gone,
                         uint64_t *removed, struct fault *f)
{
    const struct kind *kind = kind_by_number(g->kind_number);
    if (kind == NULL)
        return ERR_OK;
    enum err e = row_remove(b, kind, &g->id, gone, f);
    if (e == ERR_OK)
        e = entries_remove(b, a, kind, &g->id, removed, f);
    if (e == ERR_OK)
        e = book_run(b, SQL_REFUSED_REMOVE, f, "d", &g->id);
    return e != ERR_OK ? e : book_run(b, SQL_CONFLICT_REMOVE, f, "d", &g->id);
}

static enum err numbers_read(struct book *b, uint64_t *out, uint64_t room, uint64_t *count, struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    *count = 0;
    enum err e = book_fixed(b, SQL_OUTBOX_NUMBERS, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "i", (int64_t)b->marks.sent);
    while (e == ERR_OK && (e = book_step(b, s, &row, f)) == ERR_OK && row && *count < room)
        out[(*count)++] = column_u64(s, 0);
    return e;
}

static enum err close_gaps(struct book *b, struct arena *a, struct fault *f)
{
    uint64_t count, room = b->marks.last - b->marks.sent;
    uint64_t *numbers = arena_alloc(a, (size_t)(room + 1) * sizeof *numbers);
    if (numbers == NULL)
        return book_no_memory(b, f);
    enum err e = numbers_read(b, numbers, room, &count, f);
    for (uint64_t i = 0; e == ERR_OK && i < count; i++)
        if (numbers[i] != b->marks.sent + 1 + i)
            e = book_run(b, SQL_OUTBOX_RENUMBER, f, "ii", (int64_t)numbers[i],
                         (int64_t)(b->marks.sent + 1 + i));
    b->marks.last = b->marks.sent + count;
    return e;
}

/* What is gone goes first: a record that left one stream and came in by another stays. */
static enum err apply_all(struct book *b, struct arena *a, const struct batch *pulled, uint64_t *gone,
                          struct fault *f)
{
    uint64_t removed = 0;
    enum err e = marks_load(b, f);
    if (pulled->gone_count > 0)
        memset(b->known, 0, sizeof b->known);
    for (size_t i = 0; e == ERR_OK && i < pulled->gone_count; i++)
        e = gone_one(b, a, &pulled->gone[i], gone, &removed, f);
    if (e == ERR_OK && removed > 0)
        e = close_gaps(b, a, f);
    for (size_t i = 0; e == ERR_OK && i < pulled->count; i++)
        e = apply_one(b, a, &pulled->changes[i], f);
    return e;
}

enum err book_apply(struct book *b, struct arena *a, const struct batch *pulled, uint64_t *gone,
                    struct fault *f)
{
    bool own;
    *gone = 0;
    enum err e = scope_open(b, &own, f);
    return e != ERR_OK ? e : scope_close(b, own, apply_all(b, a, pulled, gone, f), f);
}
