/* One gate for all texts and enums of a message. Private to the wire. */
#ifndef HV_WIRE_GATE_H
#define HV_WIRE_GATE_H

#include "common/fault.h"
#include "common/value.h"
#include <protobuf-c/protobuf-c.h>

/* Looks through a packed message and those inside it. ERR_BAD_TEXT: a text that is not UTF-8 or holds control
 * characters; ERR_UNKNOWN_VALUE, only with `enums`: an enum value that this program does not know. The fault
 * names message and field. ERR_MALFORMED: no message. */
enum err wire_gate(const ProtobufCMessageDescriptor *d, struct bytes in, bool enums,
                   struct fault *f) HV_MUST_USE;

#endif
