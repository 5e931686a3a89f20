#include "tests/support/talk.h"
#include "common/os.h"
#include <stdlib.h>
#include <string.h>

void talk_make(struct talk *t, const struct database *db, const char *commune)
{
    memset(t, 0, sizeof *t);
    peer_device(db, commune, "commune", &t->keys);
    t->replica = os_new_id();
    t->stream = world_unit(db, commune);
}

void talk_make_pen(struct talk *t, const struct database *db, const char *province, const char *unit)
{
    memset(t, 0, sizeof *t);
    peer_device(db, province, "reporter", &t->keys);
    t->replica = os_new_id();
    t->stream = world_unit(db, unit);
    t->is_pen = true;
}

void talk_open(struct talk *t, const struct server *s)
{
    peer_open(&t->peer, s->endpoint, s->key, &t->keys);
}

void talk_close(struct talk *t)
{
    peer_close(&t->peer);
}

struct change *talk_change(struct talk *t, const struct kind *kind, struct id id)
{
    struct change *c = change_make(t->peer.arena, kind);
    cr_assert(c != NULL && t->made < TALK_MAX);
    c->id = id;
    c->base = t->base;
    c->number = t->made + 1;
    t->changes[t->made++] = c;
    return c;
}

static int index_of(const struct change *c, const char *field)
{
    int i = kind_field(c->kind, field);
    cr_assert(i >= 0, "%s has no field %s", c->kind->name, field);
    return i;
}

void put_text(struct talk *t, struct change *c, const char *field, const char *text)
{
    size_t n = strlen(text);
    change_set_text(c, index_of(c, field), arena_copy(t->peer.arena, text, n), n);
}

void put_int(struct change *c, const char *field, int64_t v)
{
    change_set_int(c, index_of(c, field), v);
}

void put_id(struct talk *t, struct change *c, const char *field, struct id id)
{
    change_set_id(c, index_of(c, field), arena_copy(t->peer.arena, &id, sizeof id));
}

void put_nothing(struct change *c, const char *field)
{
    change_clear(c, index_of(c, field));
}

struct change *talk_group(struct talk *t, struct id id, const char *name)
{
    struct change *c = talk_change(t, &kind_group, id);
    put_text(t, c, "name", name);
    put_int(c, "type", 1);
    return c;
}

struct change *talk_member(struct talk *t, struct id id, struct id group, const char *name)
{
    struct change *c = talk_change(t, &kind_member, id);
    put_text(t, c, "name", name);
    put_int(c, "birth", 19700000);
    put_id(t, c, "group_id", group);
    return c;
}

static int by_kind(const void *x, const void *y)
{
    const struct change *a = x, *b = y;
    size_t m = kind_index(a->kind), n = kind_index(b->kind);
    if (m != n)
        return m < n ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

struct bytes talk_batch(struct talk *t, uint64_t first, uint64_t last)
{
    struct bytes out;
    struct batch b = {.changes = arena_zero(t->peer.arena, last - first + 1, sizeof *b.changes)};
    for (uint64_t n = first; n <= last; n++)
        b.changes[b.count++] = *t->changes[n - 1];
    qsort(b.changes, b.count, sizeof *b.changes, by_kind);
    cr_assert(wire_batch_pack(t->peer.arena, &b, first, &out) == ERR_OK);
    return out;
}

Hv__Reply *talk_ask(struct talk *t, uint64_t first, struct bytes batch, bool pull)
{
    Hv__Request r = HV__REQUEST__INIT;
    Hv__SyncRequest sync = HV__SYNC_REQUEST__INIT;
    Hv__Cursor cursor = HV__CURSOR__INIT, *cursors[] = {&cursor};
    sync.has_replica = true;
    sync.replica = (ProtobufCBinaryData){sizeof t->replica.b, t->replica.b};
    sync.has_first = first != 0;
    sync.first = first;
    sync.has_batch = batch.p != NULL;
    sync.batch = (ProtobufCBinaryData){batch.n, (uint8_t *)(uintptr_t)batch.p};
    sync.has_pull = sync.pull = pull;
    cursor.has_stream = cursor.has_rev = cursor.has_mark = true;
    cursor.stream = (uint32_t)t->stream;
    cursor.rev = t->rev;
    cursor.mark = t->mark;
    sync.n_cursor = t->rev != 0;
    sync.cursor = cursors;
    sync.has_stream = t->is_pen;
    sync.stream = (uint32_t)t->stream;
    r.body_case = HV__REQUEST__BODY_SYNC;
    r.sync = &sync;
    return peer_ask(&t->peer, &r);
}

static const Hv__SyncReply *converse(struct talk *t, bool pull)
{
    struct bytes batch = {NULL, 0};
    if (t->made > t->kept)
        batch = talk_batch(t, t->kept + 1, t->made);
    const Hv__Reply *r = talk_ask(t, t->kept + 1, batch, pull);
    cr_assert(r->body_case == HV__REPLY__BODY_SYNC, "error %d: %s", (int)peer_code(r), r->error->text);
    cr_assert_eq(r->sync->last, t->made);
    t->kept = r->sync->last;
    for (size_t i = 0; i < r->sync->n_cursor; i++)
        if (r->sync->cursor[i]->stream == (uint32_t)t->stream) {
            t->rev = r->sync->cursor[i]->rev;
            t->mark = r->sync->cursor[i]->mark;
        }
    return r->sync;
}

const Hv__SyncReply *talk_push(struct talk *t)
{
    return converse(t, false);
}

const Hv__SyncReply *talk_pull(struct talk *t)
{
    return converse(t, true);
}

const Hv__Verdict *talk_verdict(const Hv__SyncReply *r, uint64_t number)
{
    for (size_t i = 0; i < r->n_verdict; i++)
        if (r->verdict[i]->number == number)
            return r->verdict[i];
    return NULL;
}

Hv__Code talk_code(const Hv__SyncReply *r, uint64_t number)
{
    const Hv__Verdict *v = talk_verdict(r, number);
    return v != NULL ? v->code : HV__CODE__OK;
}

struct batch talk_records(struct talk *t, const Hv__SyncReply *r)
{
    struct batch b = {0};
    if (r->has_pulled)
        cr_assert(wire_batch_unpack(t->peer.arena, (struct bytes){r->pulled.data, r->pulled.len}, 0, &b,
                                    NULL) == ERR_OK);
    return b;
}
