/* A woman who is not yet a member becomes one by the event of joining, whichever command notes it: from its
 * date on she counts. A changed category alone would make her a member since always. */
#ifndef HV_JOINING_H
#define HV_JOINING_H

#include "client/cmd.h"

/* book_record, with this rule: the event of joining gives its member the category of an ordinary member in
 * the same transaction (*made counts them; may be NULL), and an edit that makes a member of her needs that
 * event, known here or just being noted (`joins`): ERR_MISSING otherwise, saying how. */
enum err joining_record(struct client *c, struct arena *a, struct change *change, bool creates, bool joins,
                        size_t *made, struct fault *f) HV_MUST_USE;

#endif
