/* A character as its base letter and the marks on it: what the sort key and the search fold start from.
 * Private to text_*.c. */
#ifndef HV_TEXT_LETTER_H
#define HV_TEXT_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <unistr.h>

#define LETTER_PARTS 8

/* Full canonical decomposition of one character, the base first; the number of parts. */
size_t letter_parts(ucs4_t c, ucs4_t out[LETTER_PARTS]);

static inline bool letter_is_mark(ucs4_t c)
{
    return c >= 0x300 && c <= 0x36f;
}

static inline bool letter_is_line_break(ucs4_t c)
{
    return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

static inline bool letter_is_blank(ucs4_t c)
{
    if (c < 0x80)
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    return c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f ||
           c == 0x3000 || letter_is_line_break(c);
}

/* Left behind by web pages and word processors; two names that differ by one look the same. */
static inline bool letter_is_unseen(ucs4_t c)
{
    return c == 0xad || c == 0x200b || c == 0x2060 || c == 0xfeff;
}

/* Đ, or đ, for the Icelandic and African letters that look like it and were typed for it on old keyboards. */
static inline ucs4_t letter_with_stroke(ucs4_t c)
{
    if (c == 0xd0 || c == 0x189)
        return 0x110;
    return c == 0xf0 || c == 0x256 ? 0x111 : c;
}

#define MARK_CIRCUMFLEX 0x302u
#define MARK_BREVE      0x306u
#define MARK_HORN       0x31bu

#endif
