/* The people of one commune as rules see them: members with their intervals of standing and their groups.
 * Pure. */
#ifndef HV_PEOPLE_H
#define HV_PEOPLE_H

#include "common/standing.h"
#include "common/tally.h"

struct person {
    const struct record *member;
    const struct interval *intervals; /* in the order of their dates */
    size_t interval_count;
    const struct record *const *events; /* hers, in no order */
    size_t event_count;
};

struct people {
    struct person *list; /* by id */
    size_t count;
};

/* All members of the input with their events. */
enum err people_load(const struct tally_input *in, struct people *out, struct fault *f) HV_MUST_USE;

/* NULL: not here. */
const struct person *people_find(const struct people *p, const struct id *member);

/* The interval in which she stands on the day; NULL: she does not. */
const struct interval *person_on(const struct person *p, int32_t day);

/* Whether the category is one of members of the union: ordinary, or of a member organisation. */
bool category_is_member(int32_t category);

/* Records of a kind, copied into the input's arena, in the order in which they came. */
struct records {
    const struct record **list;
    size_t count;
    size_t room;
};
enum err records_load(const struct tally_input *in, const struct kind *kind, struct records *out,
                      struct fault *f) HV_MUST_USE;

/* By id; NULL: not among them. Sorts at the first call. */
void records_sort(struct records *r);
const struct record *records_find(const struct records *sorted, const struct id *id);

/* Whether [since, until) of partial dates holds the day: `since` counts from its last possible day, `until`
 * ends on its last possible day; an absent one does not limit. */
bool lasts_on(const struct record *r, int since_field, int until_field, int32_t day);

#endif
