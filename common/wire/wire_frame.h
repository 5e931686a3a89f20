/* Messages as one zstd frame. Private to the wire. */
#ifndef HV_WIRE_FRAME_H
#define HV_WIRE_FRAME_H

#include "common/arena.h"
#include "common/fault.h"
#include "common/value.h"

/* Packs a message into a frame that names its content's size. ERR_TOO_LARGE beyond WIRE_MAX_RAW,
 * ERR_NO_MEMORY. */
enum err frame_pack(struct arena *a, const ProtobufCMessage *m, struct bytes *out) HV_MUST_USE;

/* The content of exactly one frame without dictionary: refused before anything is decompressed when it names
 * no size or more than WIRE_MAX_RAW. ERR_MALFORMED, ERR_TOO_LARGE, ERR_NO_MEMORY. */
enum err frame_unpack(struct arena *a, struct bytes in, struct bytes *out, struct fault *f) HV_MUST_USE;

#endif
