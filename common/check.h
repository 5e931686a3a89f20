/* Whether a change may stand: the checks of single values and of whole changes that both sides share. Pure.
 */
#ifndef HV_CHECK_H
#define HV_CHECK_H

#include "common/kind.h"
#include "common/standing.h"

/* The most that a count may be. */
#define COUNT_MAX 10000000

/* The most that one sum of money may be, in đồng: sums of millions of them stay within 64 bits. */
#define MONEY_MAX INT64_C(1000000000000)

#define YEAR_FIRST 1930
#define YEAR_LAST  2200

/* Checks one value of field `i` against its type, length, alphabet, code list and date rules. Text must be
 * UTF-8 in NFC without NUL and control characters (newline and tab are allowed by CHECK_LINES only), and not
 * empty: what is not given is cleared. Codes: ERR_BAD_TEXT, ERR_TOO_LONG, ERR_BAD_DATE, ERR_UNKNOWN_VALUE,
 * ERR_BAD_NUMBER, ERR_BAD_FORMAT, ERR_BAD_ID. The fault names the field by its index. */
enum err check_value(const struct kind *kind, size_t i, const struct value *v, struct fault *f) HV_MUST_USE;

/* Checks a change as far as that is possible without the record: kind and fields known, every value, no
 * required field cleared, an append-only kind neither edited nor voided (`creates`: the record is new, so
 * every required field must be set), a relation's id computed from what it joins, no reference to the record
 * itself (ERR_BAD_FORMAT), no end before its beginning where both stand in it (ERR_BAD_DATE, the end's
 * field). Codes: those above and ERR_UNKNOWN_KIND, ERR_UNKNOWN_FIELD, ERR_MISSING, ERR_APPEND_ONLY,
 * ERR_BAD_ID. */
enum err check_change(const struct change *c, bool creates, struct fault *f) HV_MUST_USE;

/* What the fields of a record must be to each other, as it will be after a change: shares of dues sum to 100
 * %; support and commendations are for somebody; an entry of the fund has a source or a purpose, and dues say
 * whose and for which year, that of a group's fund which group. ERR_MISSING, ERR_BAD_FORMAT, ERR_BAD_NUMBER
 * with the field at fault. Kinds without such rules always fit. */
enum whole_fault {
    WHOLE_FITS,
    WHOLE_SHARES,
    WHOLE_WHOM,
    WHOLE_SOURCE,
    WHOLE_PURPOSE,
    WHOLE_DUES,
    WHOLE_DUES_MONEY,
    WHOLE_NO_DUES,
    WHOLE_GROUP
};
bool check_has_whole(const struct kind *kind); /* whether there is such a rule */
enum err check_whole(const struct record *r, enum whole_fault *why, int *field) HV_MUST_USE;
const char *whole_words(enum whole_fault why, enum lang lang); /* behind "FIELD: " */

/* From this age on a woman may be a member (DOMAIN 4). */
#define ADULT_MONTHS (18 * 12)

/* A disagreement that is a warning, not a refusal (DOMAIN 9): citizen number against sex or birth year, a
 * date in the future, under 18 at `today` (a partial date only when no day of it is possible). Writes one
 * sentence into `out`, the first that holds, and returns true when there is one. */
bool check_warning(const struct record *r, int32_t today, enum lang lang, char *out, size_t size);

/* The same for an activity and its group: before the group was founded or after it was closed. */
bool check_activity_warning(const struct record *activity, const struct record *group, enum lang lang,
                            char *out, size_t size);

/* The same for a post, a membership or a member and the group: it goes on after the group was closed. */
bool check_closed_warning(const struct record *r, const struct record *group, enum lang lang, char *out,
                          size_t size);

/* The same for a replication and its model: before the model had started. */
bool check_replication_warning(const struct record *replication, const struct record *model, enum lang lang,
                               char *out, size_t size);

/* Whether a span of the record (founded to closed, since to until ...) ends before every day on which it may
 * begin; the indices of its two fields. */
bool check_backwards(const struct record *r, int *begins, int *ends);

/* The least and the most that a number of the field may be; false when its check sets no bounds. */
bool check_bounds(const struct field *field, int64_t *least, int64_t *most);

/* The part of a text of CHECK_COMMUNES that is no code of 5 digits; n 0: the part is empty; p NULL: all are
 * codes. */
struct bytes check_communes(const char *p, size_t n);

/* How a post fits its group, and a group the one above it: heads are of groups of their own type, officers of
 * the commune, district or province of none; only a chi hội has groups below it, and is itself below none. */
enum group_fit { GROUP_FITS, GROUP_MISSING, GROUP_UNWANTED, GROUP_OTHER_TYPE };

/* `group_type`: of the group that the record names; 0: it names none. *types: those that would fit, bit n for
 * type n. Records of other kinds fit. */
enum group_fit check_group_fit(const struct record *r, int64_t group_type, uint32_t *types);

/* Whether posts of the type are those that a province notes of its own; all others are a commune's. */
bool check_post_of_province(int64_t type);

/* What is doubtful in one of a member's events. Sorts `events` (standing_order). */
enum event_doubt { EVENT_COUNTS, EVENT_SAME_DAY, EVENT_CHANGES_NOTHING, EVENT_AFTER_DEATH };
enum event_doubt check_event_doubt(struct standing_event *events, size_t count, const struct id *which);

#endif
