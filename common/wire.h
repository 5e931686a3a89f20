/* The only room that packs and unpacks messages. Unpacking is bounded: by the message's size, by the arena's
 * budget, by a walk that checks every text (UTF-8, no NUL, no control characters) and every enum. */
#ifndef HV_WIRE_H
#define HV_WIRE_H

#include "common/arena.h"
#include "common/fault.h"
#include "common/kind.h"
#include "proto/request.pb-c.h"

#define WIRE_PROTOCOL    1u
#define WIRE_MAX_MESSAGE (1u << 20)   /* bytes of one message on the socket */
#define WIRE_MAX_RAW     (8u << 20)   /* bytes of one batch before compression */
#define WIRE_MAX_CHANGES 2000u        /* changes or records in one batch */
#define WIRE_MAX_BATCH   (960u << 10) /* bytes of one batch compressed: leaves room in the message */
#define WIRE_MAX_SPAN    65536u       /* numbers of a batch lie less than this behind its first */
#define WIRE_ARENA       (64u << 20) /* budget that unpacking one message of the largest size needs at most */

/* ERR_TOO_LARGE, ERR_MALFORMED (too many parts for the arena's budget, too), ERR_BAD_TEXT,
 * ERR_UNKNOWN_REQUEST (no body that this program knows), and of requests ERR_UNKNOWN_VALUE: a client takes an
 * enum value from a newer server as it is. *out is set whenever the message as such could be read, for its id
 * and protocol, otherwise NULL. */
enum err wire_request_unpack(struct arena *a, struct bytes in, Hv__Request **out,
                             struct fault *f) HV_MUST_USE;
enum err wire_reply_unpack(struct arena *a, struct bytes in, Hv__Reply **out, struct fault *f) HV_MUST_USE;
enum err wire_report_unpack(struct arena *a, struct bytes in, Hv__TargetReport **out,
                            struct fault *f) HV_MUST_USE;

/* Packs into the arena. ERR_TOO_LARGE beyond WIRE_MAX_MESSAGE, ERR_NO_MEMORY. */
enum err wire_request_pack(struct arena *a, const Hv__Request *m, struct bytes *out) HV_MUST_USE;
enum err wire_reply_pack(struct arena *a, const Hv__Reply *m, struct bytes *out) HV_MUST_USE;
enum err wire_report_pack(struct arena *a, const Hv__TargetReport *m, struct bytes *out) HV_MUST_USE;

/* 8-byte digest of a report without its as_of; 0, which is no report's digest, when the budget is used up. */
uint64_t wire_report_digest(struct arena *a, const Hv__TargetReport *m);

struct gone {
    uint32_t kind_number;
    struct id id;
};

/* A batch in memory. Up: changes with number and base. Down: records as changes that set every field they
 * have. */
struct batch {
    struct change *changes; /* by kind in the registry's order, within a kind by number */
    size_t count;
    struct gone *gone;
    size_t gone_count;
};

/* Packs and compresses. The changes must lie in the order above; `first` is what numbers count from (0 for a
 * batch on its way down: no numbers and bases). ERR_TOO_LARGE (take fewer), ERR_NO_MEMORY, ERR_INTERNAL: not
 * in that order, or of no kind. */
enum err wire_batch_pack(struct arena *a, const struct batch *b, uint64_t first,
                         struct bytes *out) HV_MUST_USE;

/* Decompresses within bounds and unpacks. What is wrong with the structure refuses the whole (ERR_MALFORMED,
 * ERR_TOO_LARGE, ERR_NO_MEMORY); what is wrong with one value is left to check_change. Changes of kinds and
 * fields that this program does not know come with kind NULL and no values, or unknown_field set. Numbers
 * must rise strictly within a block and not repeat in the batch. A number is any int64, a bool 0 to 255, a
 * text any bytes of any length, just as they came. `first` 0 means a batch on its way down. */
enum err wire_batch_unpack(struct arena *a, struct bytes in, uint64_t first, struct batch *out,
                           struct fault *f) HV_MUST_USE;

#endif
