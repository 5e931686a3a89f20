/* A sync: batches of what waits, several under way; the last request also asks for what others changed. Each
 * reply is stored in one transaction. */
#include "client/exchange_private.h"
#include "common/os.h"
#include "common/wire.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define WINDOW      4 /* requests under way */
#define BUSY_TRIES  20
#define BUSY_MS     500
#define SMALL_BATCH 10
#define BATCH_ROOM  ((size_t)96 << 20)

struct syncing {
    struct book *book;
    const struct ui *ui;
    struct exchange x;
    struct arena *out; /* of the request that is being made */
    struct identity who;
    bool is_pen; /* a province's, which names the stream it means */
    size_t limit;
    uint64_t total; /* number of the newest change when the sync began */
    uint64_t from;  /* acknowledged when it began */
    uint64_t after; /* sent up to here */
    unsigned under_way;
    bool asked; /* the request that pulls is under way or answered */
    bool more;  /* and there is more to pull */
    progress_fn *on_progress;
    void *context;
    struct sync_result *result;
};

/* ---- requests ---- */

static enum err put_cursors(struct syncing *s, Hv__SyncRequest *r, struct fault *f)
{
    Hv__Cursor *all = arena_zero(s->out, s->who.unit_count, sizeof *all);
    r->cursor = arena_zero(s->out, s->who.unit_count, sizeof *r->cursor);
    if (all == NULL || r->cursor == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < s->who.unit_count; i++) {
        enum err e = cursor_get(s->book, s->who.units[i].stream, &all[i].rev, &all[i].mark, f);
        if (e != ERR_OK)
            return e;
        if (all[i].rev == 0)
            continue;
        uint64_t rev = all[i].rev, mark = all[i].mark;
        hv__cursor__init(&all[i]);
        all[i].has_stream = all[i].has_rev = all[i].has_mark = true;
        all[i].stream = s->who.units[i].stream;
        all[i].rev = rev;
        all[i].mark = mark;
        r->cursor[r->n_cursor++] = &all[i];
    }
    return ERR_OK;
}

static enum err put_pull(struct syncing *s, Hv__SyncRequest *r, struct fault *f)
{
    Hv__TargetReport *report;
    enum err e = report_get(s->book, s->out, &report, f);
    if (e != ERR_OK)
        return e;
    r->has_pull = r->pull = true;
    r->has_digest = report != NULL;
    r->digest = report != NULL ? wire_report_digest(s->out, report) : 0;
    return put_cursors(s, r, f);
}

/* The next changes that fit into a message; none is fine. */
static enum err put_batch(struct syncing *s, Hv__SyncRequest *r, uint64_t *last, struct fault *f)
{
    struct batch b;
    struct bytes packed;
    for (;;) {
        enum err e = outbox_next(s->book, s->out, s->after, s->limit, &b, last, f);
        if (e != ERR_OK || b.count == 0)
            return e;
        e = wire_batch_pack(s->out, &b, s->after + 1, &packed);
        if (e == ERR_TOO_LARGE && s->limit > 1) {
            s->limit /= 2;
            arena_reset(s->out);
            continue;
        }
        if (e != ERR_OK)
            return exchange_fault(s->ui, e, f);
        r->has_batch = true;
        r->batch = (ProtobufCBinaryData){packed.n, (uint8_t *)(uintptr_t)packed.p};
        return ERR_OK;
    }
}

static enum err send_next(struct syncing *s, struct fault *f)
{
    Hv__SyncRequest sync = HV__SYNC_REQUEST__INIT;
    Hv__Request request = HV__REQUEST__INIT;
    uint64_t last = s->after;
    arena_reset(s->out);
    enum err e = s->after < s->total ? put_batch(s, &sync, &last, f) : ERR_OK;
    sync.has_replica = sync.has_first = true;
    sync.replica = (ProtobufCBinaryData){sizeof s->who.replica.b, s->who.replica.b};
    sync.first = s->after + 1;
    sync.has_stream = s->is_pen;
    sync.stream = s->who.units[0].stream;
    bool is_last = last >= s->total || last == s->after;
    if (e == ERR_OK && is_last)
        e = put_pull(s, &sync, f);
    request.body_case = HV__REQUEST__BODY_SYNC;
    request.sync = &sync;
    if (e == ERR_OK)
        e = exchange_send(&s->x, &request, f);
    if (e != ERR_OK)
        return e;
    s->after = last;
    s->asked = is_last;
    s->under_way++;
    return ERR_OK;
}

/* ---- replies ---- */

static enum err store_pulled(struct syncing *s, const Hv__SyncReply *r, struct fault *f)
{
    struct batch b;
    uint64_t gone;
    if (!r->has_pulled)
        return ERR_OK;
    enum err e = wire_batch_unpack(s->x.arena, (struct bytes){r->pulled.data, r->pulled.len}, 0, &b, f);
    if (e != ERR_OK)
        return exchange_fault(s->ui, e, f);
    if ((e = book_apply(s->book, s->x.arena, &b, &gone, f)) != ERR_OK)
        return e;
    /* A reply has records of one stream, whose cursor comes last. */
    if (r->n_cursor > 0 &&
        (e = book_note_above(s->book, &b, r->cursor[r->n_cursor - 1]->stream, f)) != ERR_OK)
        return e;
    s->result->received += b.count;
    s->result->gone += gone;
    return ERR_OK;
}

static enum err store_rest(struct syncing *s, const Hv__SyncReply *r, bool complete, struct fault *f)
{
    char now[24];
    enum err e = ERR_OK;
    for (size_t i = 0; i < r->n_cursor && e == ERR_OK; i++)
        e = cursor_put(s->book, r->cursor[i]->stream, r->cursor[i]->rev, r->cursor[i]->mark, f);
    if (e == ERR_OK && r->report != NULL)
        e = report_put(s->book, s->x.arena, r->report, f);
    int n = snprintf(now, sizeof now, "%" PRIu64, os_now_ms());
    if (e == ERR_OK && complete)
        e = book_put(s->book, "last_sync", (struct bytes){(const uint8_t *)now, (size_t)n}, f);
    return e;
}

static enum err store(struct syncing *s, const Hv__SyncReply *r, bool complete, struct fault *f)
{
    enum err e = book_begin(s->book, f);
    if (e != ERR_OK)
        return e;
    e = outbox_ack(s->book, s->x.arena, r, f);
    if (e == ERR_OK)
        e = store_pulled(s, r, f);
    if (e == ERR_OK)
        e = store_rest(s, r, complete, f);
    if (e == ERR_OK)
        return book_commit(s->book, f);
    book_rollback(s->book);
    return e;
}

static enum err take_reply(struct syncing *s, struct fault *f)
{
    Hv__Reply *reply;
    arena_reset(s->x.arena);
    enum err e = exchange_receive(&s->x, &reply, f);
    if (reply != NULL)
        s->under_way--;
    if (e != ERR_OK)
        return e;
    if (reply->body_case != HV__REPLY__BODY_SYNC)
        return exchange_fault(s->ui, ERR_MALFORMED, f);
    const Hv__SyncReply *r = reply->sync;
    bool is_last = s->asked && s->under_way == 0;
    if ((e = store(s, r, is_last && !r->more, f)) != ERR_OK)
        return e;
    s->more = is_last && r->more;
    s->result->sent = r->last > s->from ? r->last - s->from : 0;
    s->result->refused += r->n_verdict;
    s->result->conflicts += r->n_conflict;
    if (s->on_progress != NULL)
        s->on_progress(s->context, s->result->sent, s->total - s->from, s->result->received);
    return ERR_OK;
}

/* After one went wrong the others under way are still answered; what was kept of them counts. */
static void drain(struct syncing *s)
{
    struct fault ignored;
    while (s->under_way > 0) {
        unsigned before = s->under_way;
        enum err e = take_reply(s, &ignored);
        if (e != ERR_OK && s->under_way == before)
            return;
    }
}

/* ---- the whole ---- */

static enum err run_once(struct syncing *s, struct fault *f)
{
    struct outbox_state state;
    enum err e = outbox_state(s->book, &state, f);
    if (e != ERR_OK)
        return e;
    s->after = state.acked;
    s->asked = s->more = false;
    while (e == ERR_OK && (!s->asked || s->under_way > 0 || s->more)) {
        bool may_send = (!s->asked || (s->more && s->under_way == 0)) && s->under_way < WINDOW;
        if (may_send) {
            s->more = false;
            e = send_next(s, f);
        } else {
            e = take_reply(s, f);
        }
    }
    if (e != ERR_OK && e != ERR_NO_LINK && e != ERR_STOPPED && e != ERR_KEY_REFUSED && e != ERR_OTHER_SERVER)
        drain(s);
    return e;
}

/* Whether it is worth trying again, after what. */
static bool try_again(struct syncing *s, enum err e, const struct fault *f, unsigned *tries)
{
    struct outbox_state state;
    uint16_t jitter;
    bool gap_closed =
        e == ERR_GAP && outbox_state(s->book, &state, NULL) == ERR_OK && f->expected == state.acked + 1;
    if (e == ERR_TOO_LARGE && s->limit > SMALL_BATCH) {
        s->limit /= 2;
        return true;
    }
    if ((e != ERR_BUSY && !gap_closed) || ++*tries > BUSY_TRIES)
        return false;
    os_random(&jitter, sizeof jitter);
    return os_sleep_ms(BUSY_MS + jitter % (3 * BUSY_MS));
}

static enum err run(struct syncing *s, struct fault *f)
{
    unsigned tries = 0;
    enum err e = exchange_open(&s->x, s->ui, s->who.endpoints, s->who.server_key, &s->who.curve, f);
    if (e == ERR_OK)
        do {
            e = run_once(s, f);
        } while (e != ERR_OK && try_again(s, e, f, &tries));
    struct link_count count = s->x.link != NULL ? link_counted(s->x.link) : (struct link_count){0, 0};
    s->result->bytes_up = count.up;
    s->result->bytes_down = count.down;
    exchange_close(&s->x);
    return e == ERR_BUSY ? ui_fault(s->ui, f, ERR_NO_LINK,
                                    "Máy chủ đang bận; mọi thay đổi vẫn được giữ, hãy đồng bộ lại sau.",
                                    "The server is busy; everything is kept, sync again later.")
                         : e;
}

static enum err begin(struct syncing *s, struct fault *f)
{
    struct outbox_state state;
    enum err e = identity_load(s->book, &s->who, f);
    if (e == ERR_OK && s->who.device == 0)
        return ui_fault(s->ui, f, ERR_NO_SUCH_RECORD, "Máy này chưa ghi danh; hãy chạy: %s init MÃ",
                        "This computer is not enrolled; run: %s init CODE", s->ui->program);
    if (e == ERR_OK)
        e = outbox_state(s->book, &state, f);
    if (e != ERR_OK)
        return e;
    s->is_pen = strcmp(s->who.role, "reporter") == 0;
    s->total = state.last;
    s->from = state.acked;
    s->out = arena_make(BATCH_ROOM);
    return s->out != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "out of memory");
}

enum err sync_run(struct book *b, const struct ui *ui, const char *folder, size_t batch_limit,
                  progress_fn *on_progress, void *context, struct sync_result *out, struct fault *f)
{
    struct fault own;
    struct syncing s = {.book = b,
                        .ui = ui,
                        .limit = batch_limit,
                        .on_progress = on_progress,
                        .context = context,
                        .result = out};
    char path[4096];
    int lock = -1;
    uint64_t from = os_monotonic_ms();
    f = f != NULL ? f : &own;
    *out = (struct sync_result){0};
    snprintf(path, sizeof path, "%s/sync.lock", folder);
    enum err e = os_lock(path, &lock, f);
    if (e == ERR_BUSY)
        return ui_fault(ui, f, e, "Một lần đồng bộ khác đang chạy trên sổ này; hãy đợi nó xong.",
                        "Another sync of this register is running; wait until it is done.");
    if (e == ERR_OK)
        e = begin(&s, f);
    if (e == ERR_OK)
        e = run(&s, f);
    arena_free(s.out);
    key_wipe(&s.who, sizeof s.who);
    if (lock >= 0)
        os_unlock(&lock);
    out->seconds = (double)(os_monotonic_ms() - from) / 1000;
    return e;
}
