/* Fields that name a unit by its stream, as far as this computer knows the unit: its own and those above. */
#ifndef HV_CELL_UNIT_H
#define HV_CELL_UNIT_H

#include "client/cell.h"

bool cell_is_unit(const struct kind *kind, size_t i);

/* By the unit's code; false when none of the known ones bears it. */
bool cell_unit_read(struct cells *x, struct change *c, size_t i, const char *text);

/* Code and name; the code alone where it is to be read back; the stream's number of an unknown unit. */
const char *cell_unit_write(struct cells *x, int64_t stream);

#endif
