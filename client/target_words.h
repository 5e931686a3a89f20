/* What a target asks and how far it has come, in words that both programs say. In the arena; NULL: no memory.
 */
#ifndef HV_TARGET_WORDS_H
#define HV_TARGET_WORDS_H

#include "common/arena.h"
#include "common/target.h"

/* "Hội viên cư trú tại địa bàn từ 50,00 %"; of each group, of each year, of so many communes where it is. */
const char *target_wish(struct arena *a, enum lang lang, const Hv__TargetLine *line);

/* The kind of the denominator; "" when there is none. */
const char *target_denominator(enum lang lang, const Hv__TargetLine *line);

/* "Chi hội đạt mức: 3 trên 4"; "" when none are counted. */
const char *target_units(struct arena *a, enum lang lang, const Hv__TargetLine *line);

#endif
