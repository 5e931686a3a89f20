/* What tables and CSV of reports have in common: the rows of a section in their order, and words. */
#ifndef HV_TALLY_ROWS_H
#define HV_TALLY_ROWS_H

#include "client/tally_show.h"

struct tally_rows {
    const struct tally_row **list;
    size_t count;
};

/* The rows of a section: by the order of its list of keys, or names in Vietnamese order, whichever side has
 * counted. */
enum err tally_rows_of(const struct tally_show *s, const struct tally *t, size_t section,
                       struct tally_rows *out, struct fault *f) HV_MUST_USE;

/* The word of a row's key; "-" and, among other keys, "" stand for what is not given. */
const char *tally_key_words(enum lang lang, const struct tally_section *section, const char *key);

/* A partial date, "" when there is none; ISO for programs. NULL: out of memory. */
const char *tally_date_words(const struct tally_show *s, int64_t date, bool iso);

/* The figures of the same row in the earlier period; NULL: nothing is compared. */
const int64_t *tally_row_then(const struct tally_unit *unit, const struct tally_row *row);

/* Whether the column is also shown as a share of another. */
bool tally_has_share(const struct tally_column *c);

#endif
