/* Vietnamese text: normal form, sort key, search fold. One of each for the whole project. Pure. */
#ifndef HV_TEXT_H
#define HV_TEXT_H

#include "common/arena.h"
#include "common/fault.h"
#include "common/value.h"

/* Valid UTF-8 without NUL and control characters; newline and tab only if `lines`. */
bool text_valid(const char *p, size_t n, bool lines);

/* Valid UTF-8 in NFC. */
bool text_is_nfc(const char *p, size_t n);

/* NFC, outer blanks off, inner runs of blanks made one blank, or one newline if the run holds a line break;
 * blanks of all kinds count, characters that nobody sees (zero width, soft hyphen) go. Letters that old
 * keyboards wrote for Đ (U+00D0 and its like) become it. ERR_BAD_TEXT when it is not UTF-8 or holds other
 * control characters. */
enum err text_clean(struct arena *a, const char *p, size_t n, struct bytes *out, struct fault *f) HV_MUST_USE;

/* Key whose byte order (memcmp, the shorter first) is the Vietnamese order of whole texts: letters first (a ă
 * â b c d đ e ê ...), then tones (none, huyền, hỏi, ngã, sắc, nặng), then case. Agrees with PostgreSQL's
 * vi-x-icu on ASCII, Vietnamese letters, Latin letters with the usual marks, and the common punctuation;
 * letters of other scripts follow z by their code points. U+00D0 and its like sort as the Đ that they were
 * typed for. Holds no 0 byte. ERR_NO_MEMORY only. */
enum err text_sort_key(struct arena *a, const char *p, size_t n, struct bytes *out) HV_MUST_USE;

/* Key of a person's name: by the given (last) word, then by the rest (DOMAIN 9), as lists with a column for
 * each are sorted. */
enum err text_name_key(struct arena *a, const char *p, size_t n, struct bytes *out) HV_MUST_USE;

/* What search compares: lower case, without tones and marks, đ as d, one blank between words; so "hoà", "hòa"
 * and "HOA" are the same. */
enum err text_fold(struct arena *a, const char *p, size_t n, struct bytes *out) HV_MUST_USE;

/* Columns that a terminal needs for the text. */
size_t text_width(const char *p, size_t n);

#endif
