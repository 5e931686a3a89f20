/* Places by (kind, id) within one batch: open addressing, sized once. */
#ifndef HV_ID_MAP_H
#define HV_ID_MAP_H

#include "common/arena.h"
#include "common/value.h"

struct id_map {
    struct id_slot *slots;
    size_t mask;
};

/* Room for `count` entries. False when the budget is used up. */
bool id_map_make(struct id_map *m, struct arena *a, size_t count);

/* Puts `place` unless the key is there; gives the place that stands then. */
size_t id_map_put(struct id_map *m, uint32_t kind, const struct id *id, size_t place);

/* SIZE_MAX when it is not there. */
size_t id_map_get(const struct id_map *m, uint32_t kind, const struct id *id);

#endif
