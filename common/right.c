#include "common/right.h"
#include "common/change.h"

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
    return right_kind(seat, kind) && i < kind->field_count && is_owner(seat, kind->fields[i].owner);
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

/* What the sides agree to: what is required, that it is not void, and whether the cause is the main one,
 * which is determined together (guidance, task 10). */
bool right_agreed(const struct kind *kind, size_t i)
{
    return kind->fields[i].required || (int)i == kind_field(kind, "voided") ||
           (int)i == kind_field(kind, "main_cause");
}

int right_held(enum seat seat, const struct record *stored, const struct change *c)
{
    int agreed = kind_field(c->kind, seat == SEAT_COMMUNE ? "by_province" : "by_commune");
    if (seat == SEAT_PROVINCE || agreed < 0 || record_int(stored, agreed, 0) == 0)
        return -1;
    for (size_t i = 0; i < c->kind->field_count; i++)
        if (right_agreed(c->kind, i) && change_alters(c, stored, i))
            return (int)i;
    return -1;
}
