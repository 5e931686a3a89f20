/* What the server said of the changes: acknowledged, refused, in conflict; and how a refused one is mended.
 *
 * A refused change stays with the clerk: its fields are remembered in `refused` until a later change of the
 * record takes them along. A change that was refused because it depends on another goes again by itself once
 * the other one has been mended; since numbers only grow, it goes under a new number behind it. */
#include "client/book/book_private.h"
#include "common/date.h"
#include "common/os.h"

/* Acknowledged changes are kept so long, for a server that was restored from a backup. */
#define KEEP_DAYS 90

enum err refusal_of(struct book *b, const struct id *id, struct refusal *out, struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    *out = (struct refusal){0};
    enum err e = book_fixed(b, SQL_REFUSED_OF_RECORD, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "d", id);
    while (e == ERR_OK && (e = book_step(b, s, &row, f)) == ERR_OK && row) {
        out->any = true;
        out->mask |= column_u64(s, 0);
        out->whole |= (sqlite3_column_int(s, 1) & ENTRY_WHOLE) != 0;
    }
    return e;
}

/* One record to be sent again, and which of its fields. */
struct again {
    struct again *next;
    const struct kind *kind;
    struct id id;
    uint64_t mask;
    bool whole;
};

static enum err again_add(struct book *b, struct arena *a, struct again ***end, struct again *first,
                          const struct again *row, struct fault *f)
{
    struct again *it = first;
    while (it != NULL && !id_equal(&it->id, &row->id))
        it = it->next;
    if (it == NULL) {
        it = arena_alloc(a, sizeof *it);
        if (it == NULL)
            return book_no_memory(b, f);
        *it = (struct again){.kind = row->kind, .id = row->id};
        **end = it;
        *end = &it->next;
    }
    it->mask |= row->mask;
    it->whole |= row->whole;
    return ERR_OK;
}

/* All that depends on the record's refused changes, however far; in the order in which it was made, which
 * puts what is referred to first. */
static enum err dependents(struct book *b, struct arena *a, const struct id *id, struct again **out,
                           struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    struct again **end = out;
    *out = NULL;
    enum err e = book_fixed(b, SQL_REFUSED_DEPENDENT, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "di", id, (int64_t)ERR_DEPENDS_ON);
    while (e == ERR_OK && (e = book_step(b, s, &row, f)) == ERR_OK && row) {
        struct again one = {.kind = kind_by_number((uint32_t)sqlite3_column_int64(s, 0)),
                            .mask = column_u64(s, 2),
                            .whole = (sqlite3_column_int(s, 3) & ENTRY_WHOLE) != 0};
        if (one.kind != NULL && column_id(s, 1, &one.id))
            e = again_add(b, a, &end, *out, &one, f);
    }
    return e;
}

static enum err send_again(struct book *b, struct arena *a, const struct again *x, struct fault *f)
{
    struct record *r;
    enum err e = row_read(b, a, x->kind, &x->id, &r, f);
    if (e == ERR_OK)
        e = book_run(b, SQL_REFUSED_REMOVE, f, "d", &x->id);
    if (e != ERR_OK || r == NULL)
        return e;
    struct change c = {.kind = x->kind, .kind_number = x->kind->number, .id = x->id, .values = r->values};
    c.set = x->whole ? r->set : x->mask & r->set;
    c.cleared = x->whole ? 0 : x->mask & ~r->set;
    return outbox_put(b, a, &c, x->whole ? ENTRY_WHOLE : 0, false, f);
}

enum err refusal_mended(struct book *b, struct arena *a, const struct id *id, struct fault *f)
{
    struct again *first;
    enum err e = dependents(b, a, id, &first, f);
    if (e == ERR_OK)
        e = book_run(b, SQL_REFUSED_REMOVE, f, "d", id);
    for (struct again *x = first; e == ERR_OK && x != NULL; x = x->next)
        e = send_again(b, a, x, f);
    return e;
}

/* A change as it was sent, for its verdict. kind NULL: not to be bothered with. */
struct sent {
    const struct kind *kind;
    struct id id;
    unsigned flags;
    uint64_t mask;
};

static enum err sent_read(struct book *b, struct arena *a, uint64_t number, struct sent *out, struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    struct change c;
    *out = (struct sent){0};
    enum err e = book_fixed(b, SQL_OUTBOX_BY_NUMBER, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "i", (int64_t)number);
    if (e == ERR_OK)
        e = book_step(b, s, &row, f);
    if (e != ERR_OK || !row || !column_id(s, 1, &out->id))
        return e;
    out->flags = (unsigned)sqlite3_column_int(s, 2);
    if (out->flags & ENTRY_LEAVING || change_unpack(a, column_bytes(s, 3), &c, NULL) != ERR_OK)
        return ERR_OK;
    out->kind = c.kind;
    out->mask = c.set | c.cleared;
    return ERR_OK;
}

/* Fields that later changes of the record set anyway need no mending. */
static enum err not_covered(struct book *b, struct arena *a, uint64_t number, struct sent *x, bool *open,
                            struct fault *f)
{
    STATEMENT s = NULL;
    bool row, whole = false;
    struct change c;
    uint64_t left = x->mask;
    enum err e = book_fixed(b, SQL_OUTBOX_AFTER, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "di", &x->id, (int64_t)number);
    while (e == ERR_OK && (e = book_step(b, s, &row, f)) == ERR_OK && row) {
        whole |= (sqlite3_column_int(s, 0) & ENTRY_WHOLE) != 0;
        if (change_unpack(a, column_bytes(s, 1), &c, NULL) == ERR_OK)
            left &= ~(c.set | c.cleared);
    }
    if (!(x->flags & ENTRY_WHOLE))
        x->mask = left;
    *open = !whole && (left != 0 || (x->flags & ENTRY_WHOLE) != 0);
    return e;
}

static enum err refused_put(struct book *b, struct arena *a, const Hv__Verdict *v, struct fault *f)
{
    struct sent x;
    bool open = false;
    enum err e = sent_read(b, a, v->number, &x, f);
    if (e == ERR_OK && x.kind != NULL)
        e = not_covered(b, a, v->number, &x, &open, f);
    if (e != ERR_OK || !open)
        return e;
    b->marks.refused = true;
    const struct bytes stands = {v->stands.data, v->stands.len};
    return book_run(b, SQL_REFUSED_PUT, f, v->has_stands ? "iidiiiiib" : "iidiiiiin", (int64_t)v->number,
                    (int64_t)x.kind->number, &x.id, (int64_t)v->code, (int64_t)(v->has_field ? v->field : 0),
                    (int64_t)v->depends_on, (int64_t)x.mask, (int64_t)x.flags, stands);
}

/* The number of a record's first refused change, or of its newest entry; 0: none. */
static enum err number_of(struct book *b, enum book_sql which, const struct id *id, uint64_t *out,
                          struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    *out = 0;
    enum err e = book_fixed(b, which, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "d", id);
    if (e == ERR_OK)
        e = book_step(b, s, &row, f);
    if (e == ERR_OK && row)
        *out = column_u64(s, 0);
    return e;
}

/* What `v` depends on may have been mended while `v` was on its way: then it goes again at once, provided
 * that the mended change lies behind it, so that it can't be refused like this for ever. */
static enum err depend(struct book *b, struct arena *a, const Hv__Verdict *v, struct fault *f)
{
    struct sent on, x;
    uint64_t refused, newest = 0, still;
    enum err e = sent_read(b, a, v->depends_on, &on, f);
    if (e == ERR_OK)
        e = sent_read(b, a, v->number, &x, f);
    if (e != ERR_OK || on.kind == NULL || x.kind == NULL)
        return e;
    if ((e = number_of(b, SQL_REFUSED_FIRST, &on.id, &refused, f)) != ERR_OK)
        return e;
    if (refused != 0)
        return book_run(b, SQL_REFUSED_POINT, f, "ii", (int64_t)v->number, (int64_t)refused);
    e = number_of(b, SQL_OUTBOX_WHERE, &on.id, &newest, f);
    if (e == ERR_OK)
        e = number_of(b, SQL_REFUSED_FIRST, &x.id, &still, f);
    if (e != ERR_OK || newest <= v->number || still == 0)
        return e;
    struct refusal all;
    if ((e = refusal_of(b, &x.id, &all, f)) != ERR_OK)
        return e;
    const struct again again = {.kind = x.kind, .id = x.id, .mask = all.mask, .whole = all.whole};
    return send_again(b, a, &again, f);
}

static bool refuses(const Hv__Verdict *v, uint64_t after, uint64_t last)
{
    return v->number > after && v->number <= last && v->code != HV__CODE__OK;
}

static enum err take_verdicts(struct book *b, struct arena *a, const Hv__SyncReply *reply, uint64_t after,
                              struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < reply->n_verdict; i++)
        if (refuses(reply->verdict[i], after, reply->last))
            e = refused_put(b, a, reply->verdict[i], f);
    for (size_t i = 0; e == ERR_OK && i < reply->n_verdict; i++) {
        const Hv__Verdict *v = reply->verdict[i];
        if (refuses(v, after, reply->last) && v->code == HV__CODE__DEPENDS_ON && v->depends_on != 0)
            e = depend(b, a, v, f);
    }
    return e;
}

static enum err take_conflicts(struct book *b, struct arena *a, const Hv__SyncReply *reply, uint64_t after,
                               struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < reply->n_conflict; i++) {
        const Hv__Conflict *c = reply->conflict[i];
        struct sent x = {0};
        if (c->number > after && c->number <= reply->last)
            e = sent_read(b, a, c->number, &x, f);
        if (e != ERR_OK || x.kind == NULL)
            continue;
        b->marks.conflicts = true;
        struct bytes other = {c->other.data, c->other.len};
        e = book_run(b, SQL_CONFLICT_PUT, f, c->has_other ? "iiidb" : "iiidn", (int64_t)c->number,
                     (int64_t)c->field, (int64_t)x.kind->number, &x.id, other);
    }
    return e;
}

/* The first record that is gone and whose changes, up to `last`, were still to be acknowledged. */
static enum err leaving_next(struct book *b, uint64_t last, const struct kind **kind, struct id *id,
                             struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    *kind = NULL;
    enum err e = book_fixed(b, SQL_OUTBOX_LEAVING, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "i", (int64_t)last);
    if (e == ERR_OK)
        e = book_step(b, s, &row, f);
    if (e == ERR_OK && row && column_id(s, 1, id))
        *kind = kind_by_number((uint32_t)sqlite3_column_int64(s, 0));
    return e;
}

static enum err empty_leaving(struct book *b, struct arena *a, uint64_t last, struct fault *f)
{
    const struct kind *kind;
    struct id id;
    enum err e = leaving_next(b, last, &kind, &id, f);
    while (e == ERR_OK && kind != NULL) {
        e = outbox_empty(b, a, kind, &id, last, f);
        if (e == ERR_OK)
            e = leaving_next(b, last, &kind, &id, f);
    }
    return e;
}

static enum err prune(struct book *b, int32_t today, struct fault *f)
{
    int64_t before = date_add_days(today, -KEEP_DAYS);
    enum err e = book_run(b, SQL_OUTBOX_PRUNE, f, "i", before);
    return e != ERR_OK ? e : book_run(b, SQL_ACK_DAY_PRUNE, f, "i", before);
}

/* Remembers by the day what was acknowledged; the first time on a day, what is too old goes. */
static enum err remember_day(struct book *b, uint64_t last, struct fault *f)
{
    int32_t today = os_today();
    bool known;
    {
        STATEMENT s = NULL;
        enum err e = book_fixed(b, SQL_ACK_DAY_KNOWN, &s, f);
        if (e == ERR_OK)
            e = book_bind(b, s, f, "i", (int64_t)today);
        if (e == ERR_OK)
            e = book_step(b, s, &known, f);
        if (e != ERR_OK)
            return e;
    }
    enum err e = known ? ERR_OK : prune(b, today, f);
    return e != ERR_OK ? e : book_run(b, SQL_ACK_DAY_PUT, f, "ii", (int64_t)today, (int64_t)last);
}

static enum err move_acked(struct book *b, struct arena *a, uint64_t last, struct fault *f)
{
    enum err e = book_put_number(b, "outbox.acked", last, f);
    if (e == ERR_OK && last > b->marks.sent)
        e = book_put_number(b, "outbox.sent", last, f);
    if (e == ERR_OK)
        e = empty_leaving(b, a, last, f);
    if (e == ERR_OK)
        e = remember_day(b, last, f);
    b->marks.acked = last;
    if (b->marks.sent < last)
        b->marks.sent = last;
    return e;
}

static enum err acknowledge(struct book *b, struct arena *a, const Hv__SyncReply *reply, struct fault *f)
{
    enum err e = marks_load(b, f);
    if (e != ERR_OK || reply->last <= b->marks.acked)
        return e;
    if (reply->last > b->marks.last)
        return ui_fault(
            b->ui, f, ERR_FORK,
            "Máy chủ đã nhận từ sổ này nhiều thay đổi hơn sổ đang có: đây là một bản sao cũ của sổ. "
            "Đừng nhập thêm; hãy báo người giữ máy chủ.",
            "The server has more changes of this register than the register itself: this is an old "
            "copy of it. Enter nothing more; tell the server's operator.");
    uint64_t after = b->marks.acked;
    e = take_verdicts(b, a, reply, after, f);
    if (e == ERR_OK)
        e = take_conflicts(b, a, reply, after, f);
    return e != ERR_OK ? e : move_acked(b, a, reply->last, f);
}

enum err outbox_ack(struct book *b, struct arena *a, const Hv__SyncReply *reply, struct fault *f)
{
    bool own;
    enum err e = scope_open(b, &own, f);
    return e != ERR_OK ? e : scope_close(b, own, acknowledge(b, a, reply, f), f);
}

enum err outbox_each_refused(struct book *b, refused_fn *fn, void *context, struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    enum err e = book_fixed(b, SQL_REFUSED_EACH, &s, f);
    while (e == ERR_OK && (e = book_step(b, s, &row, f)) == ERR_OK && row) {
        struct refused r = {.number = column_u64(s, 0),
                            .kind = kind_by_number((uint32_t)sqlite3_column_int64(s, 1)),
                            .code = (enum err)sqlite3_column_int(s, 3)};
        if (r.kind == NULL || !column_id(s, 2, &r.id))
            continue;
        r.field = kind_field_by_number(r.kind, (uint32_t)sqlite3_column_int64(s, 4));
        e = fn(context, &r, f);
    }
    return e;
}
