/* What the province tells its communes: shown to the clerk once, at a sync. */
#ifndef HV_NOTICES_H
#define HV_NOTICES_H

#include "client/cmd.h"

/* Shows the notices that are for this commune (all, or by how it stood in the last report) and were not seen
 * here yet, and notes that they were: the note goes up with the next sync. */
enum err notices_say(struct client *c, struct fault *f) HV_MUST_USE;

#endif
