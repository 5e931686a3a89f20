/* What others changed since the cursors, and for a commune its target report. */
#include "server/report.h"
#include "server/sync.h"

#define PULL_LIMIT 500
#define STREAMS    4

/* Bytes of a message beside the batch that are left to the report. */
#define REPORT_ROOM ((size_t)24 << 10)

struct pull {
    struct sync *sync;
    const Hv__SyncRequest *request;
    Hv__SyncReply *reply;
    struct stream_head heads[STREAMS]; /* own stream first */
    size_t count;
    size_t records;
    bool more;
};

static const Hv__Cursor *cursor_of(const Hv__SyncRequest *r, int32_t stream)
{
    for (size_t i = 0; i < r->n_cursor; i++)
        if (r->cursor[i]->stream == (uint32_t)stream)
            return r->cursor[i];
    return NULL;
}

static uint64_t since_of(const struct pull *p, const struct stream_head *h)
{
    const Hv__Cursor *c = cursor_of(p->request, h->stream);
    return c != NULL ? c->rev : 0;
}

static enum err mark_of(const struct pull *p, const struct stream_head *h, uint64_t rev, uint64_t *mark,
                        struct fault *f)
{
    const struct sync *s = p->sync;
    bool is_before = h->stream == s->lock.stream && rev == s->lock.rev;
    *mark = is_before ? s->lock.mark : h->mark;
    return is_before || rev == h->rev ? ERR_OK
                                      : store_mark(s->call->db, s->call->arena, h->stream, rev, mark, f);
}

/* A cursor that this database never gave out was given out by one that has been lost since. */
static enum err check_cursor(const struct pull *p, const struct stream_head *h, struct fault *f)
{
    const Hv__Cursor *c = cursor_of(p->request, h->stream);
    uint64_t mark = 0;
    if (c == NULL || c->rev == 0)
        return ERR_OK;
    enum err e = mark_of(p, h, c->rev, &mark, f);
    if (e == ERR_OK && mark != c->mark)
        e = fault(f, ERR_REWOUND, "stream %d knows no such revision with this mark", (int)h->stream);
    return e;
}

static enum err reply_cursor(struct pull *p, const struct stream_head *h, uint64_t rev, struct fault *f)
{
    uint64_t mark = 0;
    Hv__Cursor *c = arena_alloc(p->sync->call->arena, sizeof *c);
    if (c == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the cursor");
    enum err e = mark_of(p, h, rev, &mark, f);
    hv__cursor__init(c);
    c->has_stream = c->has_rev = c->has_mark = true;
    c->stream = (uint32_t)h->stream;
    c->rev = rev;
    c->mark = mark;
    p->reply->cursor[p->reply->n_cursor++] = c;
    return e;
}

/* Fewer records until they fit into a message. */
static enum err pull_fitting(struct pull *p, int32_t stream, uint64_t since, uint64_t *upto, struct fault *f)
{
    struct sync *s = p->sync;
    struct batch b;
    struct bytes packed;
    for (size_t limit = PULL_LIMIT;; limit /= 2) {
        enum err e = store_pull(s->call->db, s->call->arena, stream, s->lock.replica, since, limit,
                                sync_wanted(s, stream), &b, upto, &p->more, f);
        p->records = b.count + b.gone_count;
        if (e != ERR_OK || p->records == 0)
            return e;
        e = wire_batch_pack(s->call->arena, &b, 0, &packed);
        if (e == ERR_TOO_LARGE && limit > 1)
            continue;
        p->reply->has_pulled = e == ERR_OK;
        p->reply->pulled = (ProtobufCBinaryData){packed.n, (uint8_t *)(uintptr_t)packed.p};
        return e == ERR_OK ? e : fault(f, e, "what changed does not fit into a message");
    }
}

/* Behind a cursor that stood at the end until this request wrote, there is nothing but its own. */
static enum err pull_stream(struct pull *p, const struct stream_head *h, struct fault *f)
{
    uint64_t since = since_of(p, h), upto = h->rev;
    bool is_own = h->stream == p->sync->lock.stream && since == p->sync->lock.rev;
    enum err e = check_cursor(p, h, f);
    if (e == ERR_OK && since != h->rev && !is_own)
        e = pull_fitting(p, h->stream, since, &upto, f);
    return e == ERR_OK && upto != since ? reply_cursor(p, h, upto, f) : e;
}

/* One stream's records in a reply; what lies in the others comes with the next. */
static enum err pull_streams(struct pull *p, struct fault *f)
{
    enum err e = ERR_OK;
    size_t i = 0;
    p->reply->cursor = arena_zero(p->sync->call->arena, STREAMS, sizeof *p->reply->cursor);
    if (p->reply->cursor == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the cursors");
    for (; i < p->count && p->records == 0 && e == ERR_OK; i++)
        e = pull_stream(p, &p->heads[i], f);
    for (; i < p->count; i++)
        p->more |= since_of(p, &p->heads[i]) != p->heads[i].rev;
    p->sync->call->pulled = p->records;
    return e;
}

static enum err pull_report(struct pull *p, struct fault *f)
{
    struct call *c = p->sync->call;
    Hv__TargetReport *report;
    enum err e = store_target_report(c->db, c->arena, c->caller->unit, c->today, &report, f);
    if (e != ERR_OK)
        return e;
    report_target_decide(report);
    if (!p->request->has_digest || p->request->digest != wire_report_digest(c->arena, report))
        p->reply->report = report;
    return ERR_OK;
}

enum err sync_pull(struct sync *s, Hv__SyncReply *reply, struct fault *f)
{
    struct call *c = s->call;
    struct pull p = {.sync = s, .request = c->request->sync, .reply = reply};
    bool has_room = sync_reply_size(reply) <= WIRE_MAX_MESSAGE - WIRE_MAX_BATCH - REPORT_ROOM;
    enum err e = store_stream_heads(c->db, c->arena, s->lock.stream, p.heads, &p.count, f);
    if (e == ERR_OK && has_room)
        e = pull_streams(&p, f);
    if (e == ERR_OK && s->seat == SEAT_COMMUNE)
        e = pull_report(&p, f);
    reply->has_more = reply->more = p.more || !has_room;
    return e;
}
