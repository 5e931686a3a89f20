#include "server/report.h"
#include "server/sync.h"

#define PULL_LIMIT 500
#define UNITS      4

struct pull {
    struct sync *sync;
    const Hv__SyncRequest *request;
    Hv__SyncReply *reply;
    size_t limit;
};

static const Hv__Cursor *cursor_of(const Hv__SyncRequest *r, int32_t stream)
{
    for (size_t i = 0; i < r->n_cursor; i++)
        if (r->cursor[i]->stream == (uint32_t)stream)
            return r->cursor[i];
    return NULL;
}

static enum err mark_of(struct sync *s, int32_t stream, uint64_t rev, uint64_t *mark, struct fault *f)
{
    bool own = stream == s->lock.stream;
    if (own && s->rev_moved && rev == s->rev) {
        *mark = s->mark;
        return ERR_OK;
    }
    if (own && rev == s->lock.rev) {
        *mark = s->lock.mark;
        return ERR_OK;
    }
    return store_mark(s->call->db, s->call->arena, stream, rev, mark, f);
}

/* A cursor that this database never gave out was given out by one that has been lost since. */
static enum err check_cursor(struct sync *s, int32_t stream, const Hv__Cursor *c, struct fault *f)
{
    uint64_t mark = 0;
    if (c == NULL || c->rev == 0)
        return ERR_OK;
    enum err e = mark_of(s, stream, c->rev, &mark, f);
    if (e == ERR_OK && mark != c->mark)
        e = fault(f, ERR_REWOUND, "stream %d knows no such revision with this mark", (int)stream);
    return e;
}

static enum err reply_cursor(struct pull *p, int32_t stream, uint64_t rev, struct fault *f)
{
    uint64_t mark = 0;
    Hv__Cursor *c = arena_alloc(p->sync->call->arena, sizeof *c);
    if (c == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the cursor");
    enum err e = mark_of(p->sync, stream, rev, &mark, f);
    hv__cursor__init(c);
    c->has_stream = c->has_rev = c->has_mark = true;
    c->stream = (uint32_t)stream;
    c->rev = rev;
    c->mark = mark;
    p->reply->cursor[p->reply->n_cursor++] = c;
    return e;
}

/* Fewer records until they fit into a message. */
static enum err pull_fitting(struct pull *p, int32_t stream, uint64_t since, uint64_t *upto, bool *more,
                             size_t *records, struct fault *f)
{
    struct sync *s = p->sync;
    struct batch b;
    struct bytes packed;
    for (size_t limit = p->limit;; limit /= 2) {
        enum err e =
            store_pull(s->call->db, s->call->arena, stream, s->lock.replica, since, limit, &b, upto, more, f);
        *records = b.count + b.gone_count;
        if (e != ERR_OK || *records == 0)
            return e;
        e = wire_batch_pack(s->call->arena, &b, 0, &packed);
        if (e == ERR_TOO_LARGE && limit > 1)
            continue;
        p->reply->has_pulled = e == ERR_OK;
        p->reply->pulled = (ProtobufCBinaryData){packed.n, (uint8_t *)(uintptr_t)packed.p};
        return e == ERR_OK ? e : fault(f, e, "what changed does not fit into a message");
    }
}

static enum err pull_stream(struct pull *p, int32_t stream, size_t *records, bool *more, struct fault *f)
{
    const Hv__Cursor *c = cursor_of(p->request, stream);
    uint64_t since = c != NULL ? c->rev : 0, upto = since;
    enum err e = check_cursor(p->sync, stream, c, f);
    if (e == ERR_OK)
        e = pull_fitting(p, stream, since, &upto, more, records, f);
    if (e == ERR_OK && upto != since)
        e = reply_cursor(p, stream, upto, f);
    return e;
}

/* One stream's records in a reply; what lies in the others comes with the next. */
static enum err pull_streams(struct pull *p, const struct unit_row *units, size_t count, struct fault *f)
{
    struct sync *s = p->sync;
    bool more = false;
    size_t records = 0;
    enum err e = ERR_OK;
    p->reply->cursor = arena_zero(s->call->arena, count, sizeof *p->reply->cursor);
    if (p->reply->cursor == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the cursors");
    size_t i = 0;
    for (; i < count && records == 0 && e == ERR_OK; i++)
        e = pull_stream(p, units[i].id, &records, &more, f);
    s->call->pulled = records;
    p->reply->has_more = p->reply->more = more || (records > 0 && i < count);
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
    struct pull p = {.sync = s, .request = s->call->request->sync, .reply = reply, .limit = PULL_LIMIT};
    struct unit_row units[UNITS];
    size_t count;
    const Hv__Request *r = s->call->request;
    enum err e = store_units_up(s->call->db, s->call->arena, s->call->caller->unit, units, &count, f);
    if (e == ERR_OK)
        e = pull_streams(&p, units, count, f);
    if (e == ERR_OK)
        e = pull_report(&p, f);
    if (e == ERR_OK)
        e = store_device_seen(s->call->db, s->call->arena, s->call->caller->device,
                              r->program != NULL ? r->program : "", r->schema, f);
    return e;
}
