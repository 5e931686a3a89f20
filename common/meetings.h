/* The activities of one commune with who came, as rules see them. Pure. */
#ifndef HV_MEETINGS_H
#define HV_MEETINGS_H

#include "common/named_groups.h"

struct meeting {
    const struct record *record;
    int32_t date;
    size_t group;   /* its number among the groups; their count: it is not there */
    int64_t listed; /* persons on its list */
};

/* That a person came to a meeting: their numbers. */
struct visit {
    size_t person;
    size_t meeting;
};

/* The meetings of one group, in the order of their dates. */
struct meeting_range {
    size_t first;
    size_t count;
};

struct meetings {
    struct meeting *list; /* by group, then date */
    size_t count;
    struct meeting_range *of_group; /* of each group, and of the one that is not there */
    struct visit *visits;           /* by person, then meeting */
    size_t visit_count;
};

/* Activities up to the input's last day, with those of the people who are on their lists. ERR_NO_MEMORY and
 * what the input fails with. */
enum err meetings_load(const struct tally_input *in, const struct people *people,
                       const struct named_groups *groups, struct meetings *out, struct fault *f) HV_MUST_USE;

/* Persons attending: those on the list; where it names nobody, the count that was given. */
int64_t meeting_attended(const struct meeting *m);

bool meeting_visited(const struct meetings *m, size_t person, size_t meeting);

#endif
