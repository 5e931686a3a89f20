/* What the server does with foreign bytes before it asks the database: the message, the batch inside, the
 * checks of every change. */
#include "common/change.h"
#include "common/check.h"
#include "common/wire_peek.h"
#include "tests/fuzz/fuzz.h"

static void check_all(struct arena *a, const struct batch *b)
{
    struct fault f;
    struct bytes packed;
    for (size_t i = 0; i < b->count; i++) {
        const struct change *c = &b->changes[i];
        if (c->kind == NULL)
            continue;
        bool fine = check_change(c, true, &f) == ERR_OK;
        fine |= check_change(c, false, &f) == ERR_OK;
        if (fine && change_pack(a, c, &packed) == ERR_OK)
            (void)content_hash(packed);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = fuzz_arena();
    Hv__Request *r;
    struct fault f;
    struct batch b;
    uint32_t id;
    (void)wire_peek((struct bytes){data, size}, &id);
    if (wire_request_unpack(a, (struct bytes){data, size}, &r, &f) != ERR_OK ||
        r->body_case != HV__REQUEST__BODY_SYNC || !r->sync->has_batch)
        return 0;
    struct bytes batch = {r->sync->batch.data, r->sync->batch.len};
    if (wire_batch_unpack(a, batch, r->sync->first, &b, &f) == ERR_OK)
        check_all(a, &b);
    return 0;
}
