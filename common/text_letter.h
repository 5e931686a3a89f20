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

#define MARK_CIRCUMFLEX 0x302u
#define MARK_BREVE      0x306u
#define MARK_HORN       0x31bu

#endif
