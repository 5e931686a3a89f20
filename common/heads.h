/* Who stands behind the figures of a report, each person once in every row: persons are not times. Pure. */
#ifndef HV_HEADS_H
#define HV_HEADS_H

#include "common/people.h"

/* Whom a record is about. `key` is the same for the same person: the member's id, the officer's where she is
 * no member, or else the name without tones and capitals, so two namesakes without records count once. */
struct who {
    struct bytes key;            /* in the arena; n is 0: nobody is named */
    bool member;                 /* of the union, on the day in question */
    const struct person *person; /* NULL: no record of a member here */
};

/* By the record's member_id, officer_id (with her own member_id, from `officers`, which is sorted; NULL: the
 * kind has none) or name, the first that there is. ERR_NO_MEMORY. */
enum err who_of(struct arena *a, const struct people *people, const struct records *officers,
                const struct record *r, int32_t day, struct who *out, struct fault *f) HV_MUST_USE;

struct head {
    size_t row;
    struct who who;
};

struct heads {
    struct arena *arena;
    struct head *list;
    size_t count;
    size_t room;
};

/* Of a record of support: how many times it counts, and how many of its persons nobody has named. */
int64_t support_times(const struct record *r);
int64_t support_unnamed(const struct record *r, const struct who *who);

/* That the row is about her; nothing when nobody is named. */
enum err heads_add(struct heads *h, size_t row, const struct who *who, struct fault *f) HV_MUST_USE;

/* Adds each row's persons to its column `persons`; who was a member once is among `members`, the rest among
 * `others` (-1: no such column). */
void heads_settle(struct heads *h, struct tally *t, int persons, int members, int others);

/* Whether [from, day] of the input holds the date; a partial one counts from its last possible day. */
bool period_holds(const struct tally_input *in, int64_t date);

/* The word of a record's open list for rows of figures, in the arena; "-" when it is not given. NULL: no
 * memory. */
const char *row_key_of(struct arena *a, const struct record *r, const char *field);

#endif
