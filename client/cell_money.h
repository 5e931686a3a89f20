/* Sums of money as people write them: "1.250.000", "1250000", "1.250.000 đ". Part of cell.h. */
#ifndef HV_CELL_MONEY_H
#define HV_CELL_MONEY_H

#include "client/cell.h"

/* Whether the field is a sum of money. */
bool cell_is_money(const struct kind *kind, size_t i);

/* As in common/number.h. ERR_BAD_NUMBER, a sentence. */
enum err cell_money_read(struct cells *x, struct change *c, size_t i, const char *text,
                         struct fault *f) HV_MUST_USE;

/* With points between thousands (commas in English), or digits alone. In the arena. */
const char *cell_money_write(struct cells *x, int64_t v);

#endif
