#include "common/text_letter.h"
#include <string.h>
#include <uninorm.h>

/* Only the first part of a decomposition ever decomposes further. */
size_t letter_parts(ucs4_t c, ucs4_t out[LETTER_PARTS])
{
    ucs4_t step[UC_DECOMPOSITION_MAX_LENGTH];
    size_t count = 1;
    out[0] = c;
    while (out[0] >= 0xc0) {
        int n = uc_canonical_decomposition(out[0], step);
        if (n < 1 || count - 1 + (size_t)n > LETTER_PARTS)
            break;
        memmove(out + n, out + 1, (count - 1) * sizeof *out);
        memcpy(out, step, (size_t)n * sizeof *out);
        count += (size_t)n - 1;
    }
    return count;
}
