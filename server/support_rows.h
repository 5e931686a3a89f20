/* What a province's summary tells of its communes below target beyond their figures. */
#ifndef HV_SUPPORT_ROWS_H
#define HV_SUPPORT_ROWS_H

#include "server/store.h"

/* Adds it to the rows of the communes that have not met their targets: after report_province_decide. */
enum err support_rows_add(struct db *db, struct arena *a, int32_t province, Hv__ProvinceReport *r,
                          struct fault *f) HV_MUST_USE;

#endif
