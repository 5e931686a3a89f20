#include "common/os.h"
#include "server/sync.h"
#include <string.h>

static enum err check_request(const Hv__SyncRequest *r, struct id *replica, struct fault *f)
{
    if (r->replica.len != sizeof replica->b)
        return fault(f, ERR_BAD_REQUEST, "a replica has 16 bytes");
    memcpy(replica->b, r->replica.data, sizeof replica->b);
    return ERR_OK;
}

static enum err unpack(struct sync *s, const Hv__SyncRequest *r, struct fault *f)
{
    s->first = r->has_first ? r->first : 0;
    if (!r->has_batch)
        return ERR_OK;
    if (s->first == 0)
        return fault(f, ERR_BAD_REQUEST, "the batch has no first number");
    return wire_batch_unpack(s->call->arena, (struct bytes){r->batch.data, r->batch.len}, s->first, &s->batch,
                             f);
}

static enum err keep_refusals(struct sync *s, struct fault *f)
{
    struct refusal *list = arena_alloc(s->call->arena, (s->count + 1) * sizeof *list);
    size_t count = 0;
    if (list == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the verdicts");
    for (size_t i = 0; i < s->count; i++) {
        const struct entry *e = &s->entries[i];
        if (e->code != ERR_OK)
            list[count++] = (struct refusal){.number = e->change->number,
                                             .kind_number = e->change->kind_number,
                                             .record = e->change->id,
                                             .code = e->code,
                                             .field_number = e->field_number,
                                             .depends_on = e->depends_on};
    }
    s->call->refused = count;
    return count > 0 ? store_refusals_add(s->call->db, s->call->arena, s->lock.replica, list, count, f)
                     : ERR_OK;
}

static enum err keep_batch(struct sync *s, struct fault *f)
{
    const struct sync_done done = {
        .lock = &s->lock,
        .first = s->first + s->known,
        .last = s->first + s->batch.count - 1,
        .hashes = {(const uint8_t *)(s->hashes + s->known), s->count * sizeof *s->hashes},
        .rev_moved = s->rev_moved,
        .mark = s->mark,
    };
    enum err e = keep_refusals(s, f);
    if (e == ERR_OK)
        e = store_sync_done(s->call->db, s->call->arena, &done, f);
    if (e == ERR_OK)
        s->lock.last_number = done.last;
    return e;
}

static enum err apply(struct sync *s, struct fault *f)
{
    s->rev = s->lock.rev + 1;
    os_random(&s->mark, sizeof s->mark);
    s->call->changes = s->count;
    enum err e = sync_check(s, f);
    if (e == ERR_OK)
        e = s->call->careful ? sync_write_careful(s, f) : sync_write(s, f);
    if (e == ERR_OK)
        e = sync_figure(s, f);
    return e == ERR_OK ? keep_batch(s, f) : e;
}

/* The program is named once a connection, and a device counts as seen when it asks for what is new. */
static enum err note_device(struct call *c, struct fault *f)
{
    const Hv__Request *r = c->request;
    bool is_named = r->program != NULL && r->program[0] != '\0';
    return is_named || r->sync->pull ? store_device_seen(c->db, c->arena, c->caller->device,
                                                         is_named ? r->program : "", r->schema, f)
                                     : ERR_OK;
}

enum err handle_sync(struct call *c, struct fault *f)
{
    const Hv__SyncRequest *r = c->request->sync;
    struct sync s = {.call = c};
    struct id replica;
    int32_t stream = 0;
    Hv__SyncReply *reply = arena_alloc(c->arena, sizeof *reply);
    if (reply == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the reply");
    hv__sync_reply__init(reply);
    enum err e = check_request(r, &replica, f);
    if (e == ERR_OK)
        e = sync_seat(&s, &stream, f);
    if (e == ERR_OK)
        e = unpack(&s, r, f);
    if (e == ERR_OK)
        e = store_sync_lock(c->db, c->arena, c->caller->device, &replica, stream, &s.lock, f);
    if (e == ERR_OK)
        e = sync_prefix(&s, f);
    if (e == ERR_OK && s.count > 0)
        e = apply(&s, f);
    if (e == ERR_OK)
        e = sync_reply(&s, reply, f);
    if (e == ERR_OK && r->pull)
        e = sync_pull(&s, reply, f);
    if (e == ERR_OK)
        e = note_device(c, f);
    if (e != ERR_OK)
        return e;
    reply->has_last = true;
    reply->last = s.lock.last_number;
    c->reply->body_case = HV__REPLY__BODY_SYNC;
    c->reply->sync = reply;
    return ERR_OK;
}
