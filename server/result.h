/* The rows of a table of results on a day (result.proto). */
#ifndef HV_RESULT_SERVER_H
#define HV_RESULT_SERVER_H

#include "proto/result.pb-c.h"
#include "server/store.h"

enum { LEVEL_CENTRE = 1, LEVEL_PROVINCE = 2, LEVEL_COMMUNE = 4 };

/* Of a commune, a province or the centre; `kept`: as they were kept, where they are. */
enum err result_rows(struct db *db, struct arena *a, const struct unit_row *unit, int32_t day, bool kept,
                     Hv__ResultDay **out, struct fault *f) HV_MUST_USE;

#endif
