/* Rules of support plans for communes below target (guidance, tasks 8 and 10). Pure. */
#ifndef HV_PLAN_H
#define HV_PLAN_H

#include "common/value.h"

/* A cause or remedy is proposed by the one side and confirmed by the other: agreed when both flags are set.
 * `r` must be of kind_cause, kind_remedy. */
bool cause_agreed(const struct record *r);
bool remedy_agreed(const struct record *r);

/* The day on which the plan was opened; where that was not given, the one on which it was entered, as its id
 * tells; 0: neither is known. */
int32_t plan_opened(const struct record *r);

/* Whether the plan runs on the day: its state is running, and it was not opened later. */
bool plan_runs(const struct record *r, int32_t day);

/* A step whose day has passed and that is neither done nor given up. */
bool step_is_late(const struct record *r, int32_t day);

#endif
