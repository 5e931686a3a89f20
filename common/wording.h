/* What a notice says, as one number, so that whoever saw it can be told apart from whoever saw it otherwise.
 */
#ifndef HV_WORDING_H
#define HV_WORDING_H

#include "common/arena.h"
#include "common/kind.h"

/* Of a notice that was withdrawn: it says nothing any more. */
#define WORDING_WITHDRAWN 0

/* Of its title, text, audience and due date; above zero, at most 40 bits. ERR_NO_MEMORY. */
enum err wording_of(struct arena *a, const struct record *notice, int64_t *out) HV_MUST_USE;

#endif
