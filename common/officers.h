/* The officers of one commune with their posts and courses, as rules see them. Pure. */
#ifndef HV_OFFICERS_H
#define HV_OFFICERS_H

#include "common/named_groups.h"

struct officer {
    const struct record *record;
    const struct person *person; /* her record as a member; NULL: none here */
    uint32_t posts;              /* bit n: holds a post of type n on the day */
    uint32_t topics;             /* of all courses that she attended by the day */
    uint32_t topics_in_period;   /* of those in the period */
    bool trained;
    bool trained_in_period;
    int32_t year; /* for the rule that counts by year: the last one under which she was counted */
};

/* That an officer attended a course, which counts from its last possible day. */
struct lesson {
    const struct record *course;
    struct officer *officer;
    int32_t day;
    bool is_above; /* the course is the province's */
};

struct officers {
    struct officer *list; /* by id */
    size_t count;
    struct lesson *lessons; /* up to the last day, by day, then course */
    size_t lesson_count;
    bool *headed; /* of each group, and of the one that is not there: has a head on the day */
};

/* ERR_NO_MEMORY and what the input fails with. */
enum err officers_load(const struct tally_input *in, const struct people *people,
                       const struct named_groups *groups, struct officers *out, struct fault *f) HV_MUST_USE;

#define SET_BIT(n) (UINT32_C(1) << (n))
bool officer_holds(const struct officer *o, int post_type);

/* Whether who holds a post of this type heads a group. */
bool post_is_head(int64_t type);

#endif
