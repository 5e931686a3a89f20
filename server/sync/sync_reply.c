/* What became of the changes, told to who sent them. */
#include "server/sync.h"

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

enum err sync_reply(struct sync *s, Hv__SyncReply *reply, struct fault *f)
{
    enum err e = s->known > 0 ? sync_recall(s, f) : ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < s->count; i++) {
        const struct entry *x = &s->entries[i];
        if (x->code == ERR_OK && x->conflicts != 0)
            e = conflicts_add(s, x->change->number, &x->stored.record, x->conflicts, f);
    }
    if (e == ERR_OK)
        e = reply_verdicts(s, reply, f);
    return e == ERR_OK ? reply_conflicts(s, reply, f) : e;
}

size_t sync_reply_size(const Hv__SyncReply *reply)
{
    static const size_t verdict = 32, conflict = 24;
    size_t size = reply->n_verdict * verdict + reply->n_conflict * conflict;
    for (size_t i = 0; i < reply->n_conflict; i++)
        size += reply->conflict[i]->other.len;
    return size;
}
