/* Who may write and read what in whose stream. */
#include "server/sync.h"

#define UNIT_LEVELS   4
#define COMMUNE_LEVEL 4

/* Whether the unit is a commune below the caller's own. None at all goes the same way as another's. */
static enum err is_commune_below(struct call *c, int32_t unit, bool *out, struct fault *f)
{
    struct unit_row up[UNIT_LEVELS];
    size_t count;
    enum err e = store_units_up(c->db, c->arena, unit, up, &count, f);
    *out = false;
    for (size_t i = 1; e == ERR_OK && i < count; i++)
        *out |= up[0].level == COMMUNE_LEVEL && up[i].id == c->caller->unit;
    return e;
}

enum err sync_seat(struct sync *s, int32_t *stream, struct fault *f)
{
    struct call *c = s->call;
    const Hv__SyncRequest *r = c->request->sync;
    bool is_below = false;
    enum err e = ERR_OK;
    *stream = r->has_stream ? (int32_t)r->stream : c->caller->unit;
    if (*stream == c->caller->unit) {
        s->seat = c->caller->role == ROLE_COMMUNE ? SEAT_COMMUNE : SEAT_PROVINCE;
        return ERR_OK;
    }
    s->seat = SEAT_PEN;
    if (c->caller->role == ROLE_REPORTER)
        e = is_commune_below(c, *stream, &is_below, f);
    if (e == ERR_OK && !is_below)
        e = fault(f, ERR_NOT_ALLOWED, "this key may not sync the stream %u", (unsigned)r->stream);
    return e;
}

/* What names a unit (that a notice was seen, that a year is closed) is said by each for itself alone: the id
 * comes from the unit, so that one which spoke for another would take that one's place. */
static int foreign_unit(const struct sync *s, const struct change *c)
{
    int unit = kind_field(c->kind, "unit");
    bool is_foreign =
        unit >= 0 && (c->set & field_bit(c->kind, (size_t)unit)) != 0 && c->values[unit].i != s->lock.stream;
    return is_foreign ? unit : -1;
}

void sync_right(const struct sync *s, struct entry *e)
{
    struct fault why = {.field = -1};
    int field = foreign_unit(s, e->change);
    enum err code = right_check(s->seat, e->change, &why);
    if (code != ERR_OK)
        field = why.field;
    if (code != ERR_OK || field >= 0)
        entry_refuse(e, ERR_NOT_ALLOWED, field >= 0 ? field_number(e->change->kind, (size_t)field) : 0, 0);
}

static bool is_shared(const struct kind *kind)
{
    return kind->shared;
}

kind_wanted *sync_wanted(const struct sync *s, int32_t stream)
{
    if (stream != s->lock.stream)
        return kind_is_read_below;
    return s->seat == SEAT_PEN ? is_shared : NULL;
}
