#include "common/text.h"
#include "common/text_letter.h"
#include <unicase.h>

/* Letters with a stroke don't decompose. */
static ucs4_t without_stroke(ucs4_t c)
{
    switch (letter_with_stroke(c)) {
    case 0x110: /* Đ */
    case 0x111:
        return 'd';
    case 0x243: /* Ƀ, in names of the Central Highlands */
    case 0x180:
        return 'b';
    default:
        return c;
    }
}

static ucs4_t folded(ucs4_t base)
{
    if (base < 0x80)
        return base >= 'A' && base <= 'Z' ? base + ('a' - 'A') : base;
    return without_stroke(uc_tolower(base));
}

/* The most that a character's fold takes: a syllable of Korean, 3 bytes, comes apart into three letters of 3.
 */
#define GROWTH 4

struct fold {
    uint8_t *out;
    size_t used;
    size_t room;
    bool gap; /* a blank is due */
};

static void fold_put(struct fold *o, ucs4_t c)
{
    if (letter_is_blank(c)) {
        o->gap = true;
        return;
    }
    if (letter_is_mark(c) || letter_is_unseen(c))
        return;
    if (o->gap && o->used > 0)
        o->out[o->used++] = ' ';
    o->gap = false;
    int n = u8_uctomb(o->out + o->used, folded(c), (ptrdiff_t)(o->room - o->used));
    o->used += n > 0 ? (size_t)n : 0;
}

enum err text_fold(struct arena *a, const char *p, size_t n, struct bytes *out)
{
    struct fold o = {.room = n * GROWTH + 1};
    ucs4_t c, parts[LETTER_PARTS];
    if (n > SIZE_MAX / GROWTH - 1 || (o.out = arena_alloc(a, o.room)) == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < n;) {
        i += (size_t)u8_mbtouc(&c, (const uint8_t *)p + i, n - i);
        size_t count = letter_parts(c, parts);
        for (size_t k = 0; k < count; k++)
            fold_put(&o, parts[k]);
    }
    o.out[o.used] = '\0';
    *out = (struct bytes){o.out, o.used};
    return ERR_OK;
}
