/* What targets ask of a unit's measures, and their lines filled in from the answers: the client fills them
 * from its register, the server from kept counts, and both decide alike. Pure. */
#ifndef HV_FIGURE_H
#define HV_FIGURE_H

#include "common/target.h"

/* One figure that is asked for. */
struct figure_want {
    const struct measure *measure;
    int32_t from;  /* first day of a flow; DATE_MIN of anything else */
    bool by_group; /* of each group, not of all together */
};

struct figure_wants {
    struct figure_want *list;
    size_t count;
    bool standing_by_group; /* of those who stand by group */
    bool records;           /* of kept measures of records */
    bool live;              /* of measures of records that are not kept */
};

/* What these lines ask on the day, each once; lines of measures that this program does not know ask nothing.
 * ERR_NO_MEMORY. */
enum err figure_wants_make(struct arena *a, Hv__TargetLine *const *lines, size_t count, int32_t day,
                           struct figure_wants *out, struct fault *f) HV_MUST_USE;

/* The figure of one group. */
struct figure_part {
    size_t want;
    struct id group;
    int64_t n;
};

/* The answers of one unit. */
struct figures {
    struct arena *arena;
    const struct figure_wants *wants;
    int64_t *totals; /* by want; of those by group: in all groups */
    struct figure_part *parts;
    size_t count;
    size_t room;
};
enum err figures_begin(struct arena *a, const struct figure_wants *wants, struct figures *out,
                       struct fault *f) HV_MUST_USE;

/* Adds to one want; `group` is NULL or an id of zeros where there is none. */
enum err figures_add(struct figures *x, size_t want, const struct id *group, int64_t n,
                     struct fault *f) HV_MUST_USE;

/* `n` who stand on the day: adds to the wants of all together when `group` is NULL, else to those by group.
 * What members refer to is not counted here (struct measure: distinct). */
enum err figures_stand(struct figures *x, const struct id *group, int category, bool away, int32_t flags,
                       int64_t n, struct fault *f) HV_MUST_USE;

/* Adds the steps up to the day to the wants of their measures. */
enum err figures_step(struct figures *x, const struct steps *steps, int32_t day, struct fault *f) HV_MUST_USE;

/* Sets numerator, denominator (where it is a measure) and groups of a line; one whose measure this program
 * does not know stays as it is. The verdict is left to target_decide. */
void figures_fill(const struct figures *x, Hv__TargetLine *line, int32_t day);

#endif
