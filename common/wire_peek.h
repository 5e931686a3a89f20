/* A look at a request without unpacking it: who takes messages in must not spend time on them. */
#ifndef HV_WIRE_PEEK_H
#define HV_WIRE_PEEK_H

#include "common/value.h"

/* Number of the request's body field (HV__REQUEST__BODY_...), 0 when there is none; and its id, 0 when it has
 * none. Reads only the tags of the outermost message and stops at the first that can't be read. */
int wire_peek(struct bytes message, uint32_t *id);

#endif
