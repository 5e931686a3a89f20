#include "common/right.h"

bool right_kind(enum seat seat, const struct kind *kind)
{
    switch (seat) {
    case SEAT_COMMUNE:
        return kind->home != HOME_PROVINCE;
    case SEAT_PROVINCE:
        return kind->home != HOME_COMMUNE;
    case SEAT_PEN:
        return kind->shared;
    }
    return false;
}

static bool is_owner(enum seat seat, enum owner owner)
{
    return seat == SEAT_PROVINCE || owner == OWNER_BOTH ||
           owner == (seat == SEAT_COMMUNE ? OWNER_COMMUNE : OWNER_PROVINCE);
}

bool right_field(enum seat seat, const struct kind *kind, size_t i)
{
    return right_kind(seat, kind) && is_owner(seat, kind->fields[i].owner);
}

bool right_edits(enum seat seat, const struct kind *kind)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (right_field(seat, kind, i))
            return true;
    return false;
}

bool right_creates(enum seat seat, const struct kind *kind)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (kind->fields[i].required && !right_field(seat, kind, i))
            return false;
    return right_edits(seat, kind);
}

enum err right_check(enum seat seat, const struct change *c, struct fault *f)
{
    uint64_t named = c->set | c->cleared;
    if (!right_kind(seat, c->kind))
        return fault_field(f, ERR_NOT_ALLOWED, -1, "the kind %s is not the writer's", c->kind->name);
    for (size_t i = 0; i < c->kind->field_count; i++)
        if ((named & field_bit(c->kind, i)) != 0 && !right_field(seat, c->kind, i))
            return fault_field(f, ERR_NOT_ALLOWED, (int)i, "the field %s is not the writer's",
                               c->kind->fields[i].name);
    return ERR_OK;
}
