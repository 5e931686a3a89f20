/* Canonical bytes: what can be read is written back as it was. */
#include "common/change.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = fuzz_arena();
    struct change c, again;
    struct bytes packed, twice;
    struct fault f;
    if (change_unpack(a, (struct bytes){data, size}, &c, &f) != ERR_OK)
        return 0;
    if (change_pack(a, &c, &packed) != ERR_OK || change_unpack(a, packed, &again, &f) != ERR_OK ||
        change_pack(a, &again, &twice) != ERR_OK)
        __builtin_trap();
    if (packed.n != twice.n || memcmp(packed.p, twice.p, packed.n) != 0)
        __builtin_trap();
    return 0;
}
