/* What the fuzz targets share. */
#ifndef HV_FUZZ_H
#define HV_FUZZ_H

#include "common/wire.h"
#include <stddef.h>
#include <stdint.h>

/* The arena of the run, empty again. */
static inline struct arena *fuzz_arena(void)
{
    static struct arena *a;
    if (a == NULL)
        a = arena_make(WIRE_ARENA);
    arena_reset(a);
    return a;
}

/* What does not hold is a finding. */
static inline void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
