/* What `target` shows of other days: beside an earlier one, and on the line of the last month-ends. */
#ifndef HV_CMD_TARGET_DAYS_H
#define HV_CMD_TARGET_DAYS_H

#include "client/targets.h"

/* Whether --compare or --forecast was given; then target_days is the whole command. */
bool target_asks_days(const struct options *o);
enum err target_days(struct client *c, const struct options *o, bool is_csv, struct fault *f) HV_MUST_USE;

#endif
