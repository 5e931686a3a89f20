/* What the store's files share about rows of kinds and arrays of ids. */
#ifndef HV_STORE_KIND_H
#define HV_STORE_KIND_H

#include "server/store.h"

#define STATEMENT_NAME 64
void statement_name(char out[STATEMENT_NAME], const char *verb, const struct kind *kind);

void param_ids(struct db_params *p, const struct id *ids, size_t count);

enum err no_memory(struct fault *f);

/* Row of a statement of statement_fetch's shape; texts and ids are copied to the arena. */
enum err stored_read(struct arena *a, const struct kind *kind, const struct db_result *r, int row,
                     struct stored *out, struct fault *f) HV_MUST_USE;

/* Finds the rows of a result by the id in its first column. */
struct row_index;
struct row_index *row_index_make(struct arena *a, const struct db_result *r); /* NULL: no memory */
int row_index_find(const struct row_index *x, const struct id *id);           /* -1: none */

#endif
