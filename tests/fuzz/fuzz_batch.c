/* A batch behind a compression that is right, so that the fuzzer gets at the columns. The first byte says
 * which way it goes. What could be read is packed again and must come back the same. */
#include "common/check.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/sample.h"
#include <zstd.h>

static bool all_known(const struct batch *b)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->changes[i].kind == NULL || b->changes[i].unknown_field != 0)
            return false;
    for (size_t i = 0; i < b->gone_count; i++)
        if (kind_by_number(b->gone[i].kind_number) == NULL)
            return false;
    return true;
}

/* With the whole budget for what comes back. */
static struct arena *second_arena(void)
{
    static struct arena *a;
    if (a == NULL)
        a = arena_make(WIRE_ARENA);
    arena_reset(a);
    return a;
}

static void check_round(struct arena *a, const struct batch *b, uint64_t first)
{
    struct batch back;
    struct bytes packed;
    struct fault f;
    enum err err = wire_batch_pack(a, b, first, &packed);
    if (err == ERR_TOO_LARGE || err == ERR_NO_MEMORY)
        return;
    must(err == ERR_OK);
    err = wire_batch_unpack(second_arena(), packed, first, &back, &f);
    must(err == ERR_OK && back.count == b->count && back.gone_count == b->gone_count);
    for (size_t i = 0; i < b->count; i++)
        must(sample_same(&b->changes[i], &back.changes[i]) &&
             back.changes[i].number == b->changes[i].number && back.changes[i].base == b->changes[i].base);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = fuzz_arena();
    struct batch b;
    struct fault f;
    if (size == 0)
        return 0;
    uint64_t first = data[0] % 2 == 0 ? 0 : 7;
    size_t room = ZSTD_compressBound(size);
    uint8_t *packed = arena_alloc(a, room);
    must(packed != NULL);
    size_t n = ZSTD_compress(packed, room, data + 1, size - 1, 1);
    must(!ZSTD_isError(n));
    if (wire_batch_unpack(a, (struct bytes){packed, n}, first, &b, &f) != ERR_OK)
        return 0;
    for (size_t i = 0; i < b.count; i++)
        if (check_change(&b.changes[i], true, &f) == ERR_OK)
            must(b.changes[i].kind != NULL && b.changes[i].unknown_field == 0);
    if (all_known(&b))
        check_round(a, &b, first);
    return 0;
}
