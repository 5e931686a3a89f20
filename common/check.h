/* Whether a change may stand: the checks of single values and of whole changes that both sides share. Pure.
 */
#ifndef HV_CHECK_H
#define HV_CHECK_H

#include "common/kind.h"

/* Checks one value of field `i` against its type, length, alphabet, code list and date rules. Text must be
 * UTF-8 in NFC without NUL and control characters (newline and tab are allowed by CHECK_LINES only), and not
 * empty: what is not given is cleared. Codes: ERR_BAD_TEXT, ERR_TOO_LONG, ERR_BAD_DATE, ERR_UNKNOWN_VALUE,
 * ERR_BAD_NUMBER, ERR_BAD_FORMAT, ERR_BAD_ID. The fault names the field by its index. */
enum err check_value(const struct kind *kind, size_t i, const struct value *v, struct fault *f) HV_MUST_USE;

/* Checks a change as far as that is possible without the record: kind and fields known, every value, no
 * required field cleared, an append-only kind neither edited nor voided (`creates`: the record is new, so
 * every required field must be set), a relation's id computed from what it joins, no reference to the record
 * itself (ERR_BAD_FORMAT). Codes: those above and ERR_UNKNOWN_KIND, ERR_UNKNOWN_FIELD, ERR_MISSING,
 * ERR_APPEND_ONLY, ERR_BAD_ID. */
enum err check_change(const struct change *c, bool creates, struct fault *f) HV_MUST_USE;

/* A disagreement that is a warning, not a refusal (DOMAIN 9): citizen number against sex or birth year, a
 * date in the future, under 18 at `today` (a partial date only when no day of it is possible). Writes one
 * sentence into `out`, the first that holds, and returns true when there is one. */
bool check_warning(const struct record *r, int32_t today, enum lang lang, char *out, size_t size);

#endif
