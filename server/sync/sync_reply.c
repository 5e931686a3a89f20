/* What became of the changes, told to who sent them. */
#include "server/sync.h"

static Hv__Verdict *add_verdict(struct arena *a, Hv__SyncReply *reply, uint64_t number, enum err code,
                                uint32_t field, uint64_t depends_on)
{
    Hv__Verdict *v = arena_alloc(a, sizeof *v);
    if (v == NULL)
        return NULL;
    hv__verdict__init(v);
    v->has_number = v->has_code = true;
    v->number = number;
    v->code = (Hv__Code)code;
    v->has_field = field != 0;
    v->field = field;
    v->has_depends_on = depends_on != 0;
    v->depends_on = depends_on;
    reply->verdict[reply->n_verdict++] = v;
    return v;
}

/* What was refused leaves the record as it is, which its writer may not have: so that it can be set back. */
static enum err put_stands(const struct sync *s, Hv__Verdict *v, const struct change *c,
                           const struct stored *stored, struct fault *f)
{
    struct bytes packed;
    if (c->kind == NULL || !right_kind(s->seat, c->kind) || !stored->found ||
        stored->stream != s->lock.stream)
        return ERR_OK;
    if (value_list_pack(s->call->arena, &stored->record, c->set | c->cleared, &packed) != ERR_OK)
        return fault(f, ERR_NO_MEMORY, "no memory for the verdicts");
    v->has_stands = true;
    v->stands = (ProtobufCBinaryData){packed.n, (uint8_t *)(uintptr_t)packed.p};
    return ERR_OK;
}

/* A known one is among those that were sent again; its record may have changed since. */
static enum err put_stands_known(struct sync *s, Hv__Verdict *v, const struct refusal *r, struct fault *f)
{
    struct stored stored = {0};
    for (size_t i = 0; i < s->batch.count; i++) {
        const struct change *c = &s->batch.changes[i];
        if (c->number != r->number || c->kind == NULL)
            continue;
        enum err e = store_fetch(s->call->db, s->call->arena, c->kind, &c->id, 1, &stored, f);
        return e == ERR_OK ? put_stands(s, v, c, &stored, f) : e;
    }
    return ERR_OK;
}

/* The known ones' as they were given the first time, then the new ones'. */
static enum err reply_verdicts(struct sync *s, Hv__SyncReply *reply, struct fault *f)
{
    struct arena *a = s->call->arena;
    Hv__Verdict *v = NULL;
    enum err e = ERR_OK;
    reply->verdict = arena_zero(a, s->refusal_count + s->count + 1, sizeof *reply->verdict);
    if (reply->verdict == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the verdicts");
    for (size_t i = 0; e == ERR_OK && i < s->refusal_count; i++) {
        const struct refusal *r = &s->refusals[i];
        v = add_verdict(a, reply, r->number, r->code, r->field_number, r->depends_on);
        e = v != NULL ? put_stands_known(s, v, r, f) : fault(f, ERR_NO_MEMORY, "no memory for the verdicts");
    }
    for (size_t i = 0; e == ERR_OK && i < s->count; i++) {
        const struct entry *x = &s->entries[i];
        if (x->code == ERR_OK)
            continue;
        v = add_verdict(a, reply, x->change->number, x->code, x->field_number, x->depends_on);
        e = v != NULL ? put_stands(s, v, x->change, &x->stored, f)
                      : fault(f, ERR_NO_MEMORY, "no memory for the verdicts");
    }
    return e;
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
    for (size_t i = 0; i < reply->n_verdict; i++)
        size += reply->verdict[i]->stands.len;
    return size;
}
