#include "common/change.h"
#include "server/sync.h"
#include <string.h>

/* A change of a kind or with a field that this program does not know has no canonical bytes here; what is
 * known of it is hashed. */
static enum err hash_of(struct arena *a, const struct change *c, uint64_t *out)
{
    struct bytes packed;
    uint8_t head[20];
    if (c->kind == NULL) {
        memcpy(head, &c->kind_number, 4);
        memcpy(head + 4, c->id.b, 16);
        *out = content_hash((struct bytes){head, sizeof head});
        return ERR_OK;
    }
    enum err e = change_pack(a, c, &packed);
    if (e == ERR_OK)
        *out = content_hash(packed);
    return e;
}

/* Numbers must be first, first+1 ... each once; that none repeats has been seen to when unpacking. */
static enum err hash_all(struct sync *s, struct fault *f)
{
    size_t count = s->batch.count;
    s->hashes = arena_zero(s->call->arena, count + 1, sizeof *s->hashes);
    if (s->hashes == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the hashes");
    for (size_t i = 0; i < count; i++) {
        const struct change *c = &s->batch.changes[i];
        if (c->number < s->first || c->number - s->first >= count)
            return fault(f, ERR_BAD_REQUEST, "the batch's numbers do not run on from its first");
        if (hash_of(s->call->arena, c, &s->hashes[c->number - s->first]) != ERR_OK)
            return fault(f, ERR_NO_MEMORY, "no memory for the hashes");
    }
    return ERR_OK;
}

/* A change of which only a part was understood has no hash to compare: this program may have learned the rest
 * since. */
static bool was_understood(const struct sync *s, size_t i, size_t *refusal)
{
    while (*refusal < s->refusal_count && s->refusals[*refusal].number < s->first + i)
        ++*refusal;
    if (*refusal == s->refusal_count || s->refusals[*refusal].number != s->first + i)
        return true;
    enum err code = s->refusals[*refusal].code;
    return code != ERR_UNKNOWN_KIND && code != ERR_UNKNOWN_FIELD;
}

static enum err compare_known(struct sync *s, struct fault *f)
{
    struct bytes kept;
    size_t refusal = 0;
    uint64_t last = s->first + s->known - 1;
    enum err e = store_hashes(s->call->db, s->call->arena, s->lock.replica, s->first, last, &kept, f);
    if (e == ERR_OK)
        e = store_refusals(s->call->db, s->call->arena, s->lock.replica, s->first, last, &s->refusals,
                           &s->refusal_count, f);
    bool is_same = e == ERR_OK && kept.n == s->known * sizeof *s->hashes;
    for (size_t i = 0; is_same && i < s->known; i++)
        is_same = memcmp(kept.p + i * sizeof *s->hashes, &s->hashes[i], sizeof *s->hashes) == 0 ||
                  !was_understood(s, i, &refusal);
    if (e == ERR_OK && !is_same)
        e = fault(f, ERR_FORK, "numbers known here came with another content");
    return e;
}

static enum err take_new(struct sync *s, struct fault *f)
{
    s->entries = arena_zero(s->call->arena, s->batch.count - s->known + 1, sizeof *s->entries);
    if (s->entries == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the changes");
    for (size_t i = 0; i < s->batch.count; i++)
        if (s->batch.changes[i].number - s->first >= s->known)
            s->entries[s->count++].change = &s->batch.changes[i];
    return ERR_OK;
}

static enum err gap(const struct sync *s, struct fault *f)
{
    enum err e = fault(f, ERR_GAP, "the next number of this replica is %llu",
                       (unsigned long long)s->lock.last_number + 1);
    if (f != NULL)
        f->expected = s->lock.last_number + 1;
    return e;
}

enum err sync_prefix(struct sync *s, struct fault *f)
{
    if (s->first > s->lock.last_number + 1)
        return gap(s, f);
    if (s->batch.count == 0)
        return s->first == 0 || s->first == s->lock.last_number + 1
                   ? ERR_OK
                   : fault(f, ERR_FORK, "this replica has sent more changes than it knows of");
    if (s->first == 0)
        return fault(f, ERR_BAD_REQUEST, "the batch has no first number");
    enum err e = hash_all(s, f);
    if (e != ERR_OK)
        return e;
    uint64_t known = s->lock.last_number + 1 - s->first;
    s->known = known < s->batch.count ? (size_t)known : s->batch.count;
    if (s->known > 0)
        e = compare_known(s, f);
    return e == ERR_OK ? take_new(s, f) : e;
}
