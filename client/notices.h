/* What the province tells its communes: shown to the clerk at a sync, once in each wording. */
#ifndef HV_NOTICES_H
#define HV_NOTICES_H

#include "client/cmd.h"

/* Shows the notices that are for this commune (all, or by how it stood in the last report) and were not seen
 * here yet or have changed since, and which of those seen are withdrawn; notes that they were shown, and in
 * which wording: the note goes up with the next sync. */
enum err notices_say(struct client *c, struct fault *f) HV_MUST_USE;

#endif
