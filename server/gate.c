#include "server/gate.h"
#include <stdlib.h>
#include <string.h>

struct gate {
    size_t mask;
    uint32_t *slots; /* place plus one */
    struct gate_row *rows;
};

/* Keys are random. */
static size_t slot_of(const struct gate *g, const uint8_t key[32])
{
    uint64_t hash;
    memcpy(&hash, key, sizeof hash);
    size_t at = (size_t)hash & g->mask;
    while (g->slots[at] != 0 && memcmp(g->rows[g->slots[at] - 1].key, key, 32) != 0)
        at = (at + 1) & g->mask;
    return at;
}

struct gate *gate_make(const struct gate_row *rows, size_t count)
{
    struct gate *g = calloc(1, sizeof *g);
    size_t size = 16;
    while (size < 2 * count)
        size *= 2;
    if (g == NULL)
        return NULL;
    g->mask = size - 1;
    g->slots = calloc(size, sizeof *g->slots);
    g->rows = calloc(count + 1, sizeof *g->rows);
    if (g->slots == NULL || g->rows == NULL) {
        gate_free(g);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        g->rows[i] = rows[i];
        g->slots[slot_of(g, rows[i].key)] = (uint32_t)i + 1;
    }
    return g;
}

enum err gate_load(struct db *db, struct arena *a, struct gate **out, struct fault *f)
{
    struct gate_row *rows = NULL;
    size_t count = 0;
    enum err e = db_begin(db, true, f);
    if (e == ERR_OK)
        e = store_gate_rows(db, a, &rows, &count, f);
    db_rollback(db);
    if (e != ERR_OK)
        return e;
    *out = gate_make(rows, count);
    return *out != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "no memory for the gate");
}

const struct gate_row *gate_find(const struct gate *g, const uint8_t key[32], int64_t now)
{
    if (g == NULL)
        return NULL;
    uint32_t place = g->slots[slot_of(g, key)];
    if (place == 0)
        return NULL;
    const struct gate_row *row = &g->rows[place - 1];
    return row->expires == 0 || now < row->expires ? row : NULL;
}

void gate_free(struct gate *g)
{
    if (g == NULL)
        return;
    free(g->slots);
    free(g->rows);
    free(g);
}
