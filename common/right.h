/* Whose record and whose field it is, from the registry: the same rule at the desk and at the server. */
#ifndef HV_RIGHT_H
#define HV_RIGHT_H

#include "common/kind.h"

/* Where the writer sits. */
enum seat {
    SEAT_COMMUNE,  /* a commune, in its own stream */
    SEAT_PROVINCE, /* a province, in its own stream */
    SEAT_PEN       /* a province, in the stream of a commune below it */
};

/* Whether the writer may touch records of the kind at all, and set this field of theirs. */
bool right_kind(enum seat seat, const struct kind *kind);
bool right_field(enum seat seat, const struct kind *kind, size_t i);

/* Whether there is a field that the writer may set, and whether that goes for all that a new record needs. */
bool right_edits(enum seat seat, const struct kind *kind);
bool right_creates(enum seat seat, const struct kind *kind);

/* ERR_NOT_ALLOWED with the field, or with field -1 when the kind is not the writer's. */
enum err right_check(enum seat seat, const struct change *c, struct fault *f) HV_MUST_USE;

/* Whether field `i` is of what the sides agree to where they agree on a record (by_province, by_commune). */
bool right_agreed(const struct kind *kind, size_t i);

/* What the other side has agreed to (by_province, by_commune) stands as it is: the index of the field of its
 * substance (what is required, `voided`, and `main_cause`) that the change would alter, or -1. */
int right_held(enum seat seat, const struct record *stored, const struct change *c);

#endif
