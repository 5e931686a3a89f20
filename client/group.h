/* What holds between groups, households and those in them. */
#ifndef HV_GROUP_H
#define HV_GROUP_H

#include "client/cmd.h"

/* Refuses a group's change that puts it below itself or below one of the groups under it (ERR_BAD_FORMAT, a
 * sentence). Changes of other kinds pass. */
enum err group_parent_check(struct client *c, struct arena *a, const struct change *change,
                            struct fault *f) HV_MUST_USE;

/* Refuses to void groups that members, memberships or groups which stay still name: ERR_EXISTS, a sentence
 * with how many and what to do. */
enum err group_void_check(struct client *c, const struct id *ids, size_t count, struct fault *f) HV_MUST_USE;

/* The same for households and their members. */
enum err household_void_check(struct client *c, const struct id *ids, size_t count,
                              struct fault *f) HV_MUST_USE;

/* How many groups that are not void lie directly below this one. */
enum err group_count_below(struct client *c, struct arena *a, const struct id *group, size_t *count,
                           struct fault *f) HV_MUST_USE;

/* Tells of groups that stand twice: same name, type and group above, none of them closed, as two devices make
 * them that do not know of each other. */
enum err group_tell_twins(struct client *c, struct fault *f) HV_MUST_USE;

#endif
