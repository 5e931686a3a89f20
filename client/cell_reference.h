/* References in files: written so that they read back as the same record. */
#ifndef HV_CELL_REFERENCE_H
#define HV_CELL_REFERENCE_H

#include "client/cell.h"

/* The end of an id in brackets behind a name, as "Lê Thị Hai [4f1c22ab]": its place in `text`, or NULL. */
const char *cell_reference_bracket(const char *text);

/* What the record is called; with x->exact the end of its id stands behind it where the name alone would not
 * find it. */
const char *cell_reference_write(struct cells *x, const struct record *r);

/* Copies what stands between the brackets. */
#define REFERENCE_ROOM 13
void cell_reference_inner(const char *bracket, char out[REFERENCE_ROOM]);

#endif
