#include "common/text.h"
#include "common/text_letter.h"
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include <uniwidth.h>

static bool is_control(ucs4_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* The character at p, and its length; 0 when the bytes are no UTF-8. */
static size_t next_character(const char *p, size_t n, ucs4_t *c)
{
    if ((unsigned char)*p < 0x80) {
        *c = (ucs4_t)*p;
        return 1;
    }
    int length = u8_mbtoucr(c, (const uint8_t *)p, n);
    return length > 0 ? (size_t)length : 0;
}

bool text_valid(const char *p, size_t n, bool lines)
{
    ucs4_t c;
    for (size_t i = 0, step; i < n; i += step) {
        step = next_character(p + i, n - i, &c);
        if (step == 0 || (is_control(c) && !(lines && (c == '\n' || c == '\t'))))
            return false;
    }
    return true;
}

/* Is NFC whatever stands beside it, unless that is no such character: all below the first combining mark, the
 * block of the Vietnamese letters, and common punctuation. */
static bool surely_nfc(ucs4_t c)
{
    return c < 0x300 || (c >= 0x1e00 && c <= 0x1eff) || (c >= 0x2010 && c <= 0x2027);
}

static bool is_own_nfc(const char *p, size_t n)
{
    uint8_t room[1024];
    size_t length = sizeof room;
    uint8_t *made = u8_normalize(UNINORM_NFC, (const uint8_t *)p, n, room, &length);
    bool same = made != NULL && length == n && memcmp(made, p, n) == 0;
    if (made != room)
        free(made);
    return same;
}

bool text_is_nfc(const char *p, size_t n)
{
    ucs4_t c;
    for (size_t i = 0, step; i < n; i += step) {
        step = next_character(p + i, n - i, &c);
        if (step == 0)
            return false;
        if (!surely_nfc(c))
            return is_own_nfc(p, n);
    }
    return true;
}

/* The letters that stand for Đ are as long as it is. */
static size_t put_character(char *out, const char *p, size_t step, ucs4_t c)
{
    ucs4_t meant = letter_with_stroke(c);
    if (meant == c)
        memcpy(out, p, step);
    else
        u8_uctomb((uint8_t *)out, meant, (ptrdiff_t)step);
    return step;
}

/* Copies without needless blanks and unseen characters; SIZE_MAX when the text is not valid. */
static size_t squeeze(const char *p, size_t n, char *out)
{
    size_t used = 0;
    char gap = 0; /* the blank that is due before the next character */
    ucs4_t c;
    for (size_t i = 0, step; i < n; i += step) {
        step = next_character(p + i, n - i, &c);
        if (step == 0 || (is_control(c) && !letter_is_blank(c)))
            return SIZE_MAX;
        if (letter_is_unseen(c))
            continue;
        if (letter_is_blank(c)) {
            gap = gap == '\n' || letter_is_line_break(c) ? '\n' : ' ';
            continue;
        }
        if (gap != 0 && used > 0)
            out[used++] = gap;
        gap = 0;
        used += put_character(out + used, p + i, step, c);
    }
    out[used] = '\0';
    return used;
}

static enum err compose(struct arena *a, struct bytes *text)
{
    size_t length = 0;
    uint8_t *made = u8_normalize(UNINORM_NFC, text->p, text->n, NULL, &length);
    if (made == NULL)
        return ERR_NO_MEMORY;
    text->p = arena_copy(a, made, length);
    text->n = length;
    free(made);
    return text->p == NULL ? ERR_NO_MEMORY : ERR_OK;
}

enum err text_clean(struct arena *a, const char *p, size_t n, struct bytes *out, struct fault *f)
{
    char *copy = arena_alloc(a, n + 1); /* a blank is never longer than what it stands for */
    if (copy == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    size_t used = squeeze(p, n, copy);
    if (used == SIZE_MAX)
        return fault(f, ERR_BAD_TEXT, "the text is not UTF-8 or holds control characters");
    *out = (struct bytes){(const uint8_t *)copy, used};
    if (!text_is_nfc(copy, used) && compose(a, out) != ERR_OK)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    return ERR_OK;
}

size_t text_width(const char *p, size_t n)
{
    return (size_t)u8_width((const uint8_t *)p, n, "UTF-8");
}
