#include "server/id_map.h"
#include <string.h>

struct id_slot {
    struct id id;
    uint32_t kind;
    bool used;
    size_t place;
};

bool id_map_make(struct id_map *m, struct arena *a, size_t count)
{
    size_t size = 16;
    while (size < 2 * count)
        size *= 2;
    m->slots = arena_zero(a, size, sizeof *m->slots);
    m->mask = size - 1;
    return m->slots != NULL;
}

/* The end of an id is random, its beginning a time. */
static struct id_slot *slot_of(const struct id_map *m, uint32_t kind, const struct id *id)
{
    uint64_t hash;
    memcpy(&hash, id->b + 8, sizeof hash);
    size_t at = (size_t)((hash ^ kind) * UINT64_C(0x9e3779b97f4a7c15) >> 20) & m->mask;
    while (m->slots[at].used && !(m->slots[at].kind == kind && id_equal(&m->slots[at].id, id)))
        at = (at + 1) & m->mask;
    return &m->slots[at];
}

size_t id_map_put(struct id_map *m, uint32_t kind, const struct id *id, size_t place)
{
    struct id_slot *slot = slot_of(m, kind, id);
    if (!slot->used)
        *slot = (struct id_slot){*id, kind, true, place};
    return slot->place;
}

size_t id_map_get(const struct id_map *m, uint32_t kind, const struct id *id)
{
    const struct id_slot *slot = slot_of(m, kind, id);
    return slot->used ? slot->place : SIZE_MAX;
}
