/* Support plans and the targets that they name. */
#ifndef HV_PLAN_CHECK_H
#define HV_PLAN_CHECK_H

#include "server/sync.h"

/* Refuses (ERR_BAD_DATE, the deadline) plans that would end later than the target whose key they name, or its
 * term, and what depends on them; after sync_check. A key that is nobody's says nothing. */
enum err plan_check(struct sync *s, struct fault *f) HV_MUST_USE;

#endif
