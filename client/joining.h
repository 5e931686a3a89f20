/* A woman who is not yet a member becomes one by the event of joining, whichever command notes it: from its
 * date on she counts. A changed category alone would make her a member since always. */
#ifndef HV_JOINING_H
#define HV_JOINING_H

#include "client/cmd.h"

/* book_record, with this rule: the event of joining gives its member the category of an ordinary member in
 * the same transaction and notes that she was not yet one (*made counts them; may be NULL); when it is void,
 * or no joining any more, and no other stands, she is again not yet a member, and bringing it back makes her
 * one once more. Her joining may not lie ahead: ERR_BAD_DATE. An edit that makes a member of her needs the
 * event, known here or just being noted (`joins`): ERR_MISSING otherwise, saying how. */
enum err joining_record(struct client *c, struct arena *a, struct change *change, bool creates, bool joins,
                        size_t *made, struct fault *f) HV_MUST_USE;

/* The same of an event of joining that comes with a change of its member, before either is recorded. */
enum err joining_prepare(struct client *c, struct arena *a, const struct change *member, struct change *event,
                         struct fault *f) HV_MUST_USE;

#endif
