/* The groups of one commune under names of their own, for rows of figures. Pure. */
#ifndef HV_NAMED_GROUPS_H
#define HV_NAMED_GROUPS_H

#include "common/people.h"

struct named_group {
    const struct record *record;
    const char *name; /* unlike those of all others: a second "Chi hội 1" is "Chi hội 1 (2)" */
};

struct named_groups {
    struct named_group *list; /* by id */
    size_t count;
};

/* All groups of the input. ERR_NO_MEMORY and what the input fails with. */
enum err named_groups_load(const struct tally_input *in, struct named_groups *out,
                           struct fault *f) HV_MUST_USE;

/* The same of another kind whose records have a name, for example of programmes. */
enum err named_records_load(const struct tally_input *in, const struct kind *kind, struct named_groups *out,
                            struct fault *f) HV_MUST_USE;

/* Index of the group with this id; `count` when there is none (or `id` is NULL). */
size_t named_groups_find(const struct named_groups *g, const struct id *id);

/* The word for rows of those whose group is not there (void): the list of keys of a section by group. */
#define NO_GROUP "no-group"
extern const struct code no_group_codes[];

#endif
