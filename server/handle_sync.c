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

/* ---- verdicts ---- */

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
    return e == ERR_OK ? keep_batch(s, f) : e;
}

static bool add_verdict(struct arena *a, Hv__SyncReply *reply, uint64_t number, enum err code, uint32_t field,
                        uint64_t depends_on)
{
    Hv__Verdict *v = arena_alloc(a, sizeof *v);
    if (v == NULL)
        return false;
    hv__verdict__init(v);
    v->has_number = v->has_code = true;
    v->number = number;
    v->code = (Hv__Code)code;
    v->has_field = field != 0;
    v->field = field;
    v->has_depends_on = depends_on != 0;
    v->depends_on = depends_on;
    reply->verdict[reply->n_verdict++] = v;
    return true;
}

/* The known ones' as they were given the first time, then the new ones'. */
static enum err reply_verdicts(struct sync *s, Hv__SyncReply *reply, struct fault *f)
{
    struct arena *a = s->call->arena;
    bool fine =
        (reply->verdict = arena_zero(a, s->refusal_count + s->count + 1, sizeof *reply->verdict)) != NULL;
    for (size_t i = 0; fine && i < s->refusal_count; i++) {
        const struct refusal *r = &s->refusals[i];
        fine = add_verdict(a, reply, r->number, r->code, r->field_number, r->depends_on);
    }
    for (size_t i = 0; fine && i < s->count; i++) {
        const struct entry *e = &s->entries[i];
        if (e->code != ERR_OK)
            fine = add_verdict(a, reply, e->change->number, e->code, e->field_number, e->depends_on);
    }
    return fine ? ERR_OK : fault(f, ERR_NO_MEMORY, "no memory for the verdicts");
}

static enum err reply_conflicts(struct sync *s, Hv__SyncReply *reply, struct fault *f)
{
    struct arena *a = s->call->arena;
    Hv__Conflict *all = arena_zero(a, s->conflict_count + 1, sizeof *all);
    reply->conflict = arena_zero(a, s->conflict_count + 1, sizeof *reply->conflict);
    if (all == NULL || reply->conflict == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the conflicts");
    for (size_t i = 0; i < s->conflict_count; i++) {
        const struct conflict *c = &s->conflicts[i];
        hv__conflict__init(&all[i]);
        all[i].has_number = all[i].has_field = true;
        all[i].number = c->number;
        all[i].field = c->field;
        all[i].has_other = c->other.p != NULL;
        all[i].other = (ProtobufCBinaryData){c->other.n, (uint8_t *)(uintptr_t)c->other.p};
        reply->conflict[i] = &all[i];
    }
    reply->n_conflict = s->conflict_count;
    return ERR_OK;
}

enum err handle_sync(struct call *c, struct fault *f)
{
    const Hv__SyncRequest *r = c->request->sync;
    struct sync s = {.call = c};
    struct id replica;
    Hv__SyncReply *reply = arena_alloc(c->arena, sizeof *reply);
    if (reply == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the reply");
    hv__sync_reply__init(reply);
    enum err e = check_request(r, &replica, f);
    if (e == ERR_OK)
        e = unpack(&s, r, f);
    if (e == ERR_OK)
        e = store_sync_lock(c->db, c->arena, c->caller->device, &replica, &s.lock, f);
    if (e == ERR_OK)
        e = sync_prefix(&s, f);
    if (e == ERR_OK && s.count > 0)
        e = apply(&s, f);
    if (e == ERR_OK)
        e = reply_verdicts(&s, reply, f);
    if (e == ERR_OK)
        e = reply_conflicts(&s, reply, f);
    if (e == ERR_OK && r->pull)
        e = sync_pull(&s, reply, f);
    if (e != ERR_OK)
        return e;
    reply->has_last = true;
    reply->last = s.lock.last_number;
    c->reply->body_case = HV__REPLY__BODY_SYNC;
    c->reply->sync = reply;
    return ERR_OK;
}
