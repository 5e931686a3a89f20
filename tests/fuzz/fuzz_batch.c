/* A batch behind a compression that is right, so that the fuzzer gets at the columns. The first byte says
 * which way it goes. */
#include "common/change.h"
#include "common/check.h"
#include "tests/fuzz/fuzz.h"
#include <zstd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = fuzz_arena();
    struct batch b;
    struct fault f;
    struct bytes again;
    if (size == 0)
        return 0;
    uint64_t first = data[0] % 2 == 0 ? 0 : 7;
    size_t room = ZSTD_compressBound(size);
    uint8_t *packed = arena_alloc(a, room);
    if (packed == NULL)
        return 0;
    size_t n = ZSTD_compress(packed, room, data + 1, size - 1, 1);
    if (ZSTD_isError(n) || wire_batch_unpack(a, (struct bytes){packed, n}, first, &b, &f) != ERR_OK)
        return 0;
    for (size_t i = 0; i < b.count; i++)
        if (b.changes[i].kind != NULL && check_change(&b.changes[i], true, &f) == ERR_OK &&
            change_pack(a, &b.changes[i], &again) != ERR_OK)
            __builtin_trap();
    return 0;
}
