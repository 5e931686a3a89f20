/* The keys that may enter, in memory: an immutable table, made anew when the database says that something has
 * changed. */
#ifndef HV_GATE_H
#define HV_GATE_H

#include "server/store.h"

struct gate;

/* A table of these rows; NULL when memory is out. */
struct gate *gate_make(const struct gate_row *rows, size_t count);

/* Reads the rows from the database, in a transaction of its own. */
enum err gate_load(struct db *db, struct arena *a, struct gate **out, struct fault *f) HV_MUST_USE;

/* Whom a key belongs to; NULL when it is unknown or has expired by `now` (seconds since 1970). A NULL gate
 * knows nobody. */
const struct gate_row *gate_find(const struct gate *g, const uint8_t key[32], int64_t now);

void gate_free(struct gate *g);

#endif
