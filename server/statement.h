/* Statements of the kinds, built from the registry: no layer holds a second list of columns. All return NULL
 * when the arena's budget is used up. */
#ifndef HV_STATEMENT_H
#define HV_STATEMENT_H

#include "common/arena.h"
#include "common/kind.h"

/* Type of field i's column, of those in db.h (DB_TEXT ...), and its name in SQL. */
unsigned statement_type(const struct kind *kind, size_t i);
const char *statement_type_name(unsigned type);

/* $1 uuid[]: id, stream, rev, then the fields in the registry's order. */
char *statement_fetch(struct arena *a, const struct kind *kind);

/* $1 uuid[], $2 stream: ids of those that are there, void or not; of a kind that only provinces keep, in the
 * streams above too. */
char *statement_exist(struct arena *a, const struct kind *kind);

/* $1 stream, $2 rev, $3 uuid[], $4 ... an array for each field. */
char *statement_put(struct arena *a, const struct kind *kind);

/* $1 uuid[], $2 stream: rows as those of statement_fetch whose FIELD_ID `field` is one of $1, by it. */
char *statement_referring(struct arena *a, const struct kind *kind, const char *field);

/* $1 stream: rows as those of statement_fetch that are not void, by id; of a kind that only provinces keep,
 * those of the streams above it too. */
char *statement_all(struct arena *a, const struct kind *kind);

/* The records that `field` of those who stand in some units refers to, counted once each, void ones not:
 * unit, count. $1 units, $2 day, $3 mask of categories, $4 whether those away are left out. */
char *statement_distinct(struct arena *a, const char *field);

#endif
