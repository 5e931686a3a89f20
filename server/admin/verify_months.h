/* Kept month-ends against a recount, where nothing they were counted from has moved since. */
#ifndef HV_VERIFY_MONTHS_H
#define HV_VERIFY_MONTHS_H

#include "server/admin/admin.h"

typedef void month_differ_fn(void *context, int32_t unit);

/* Passed over are those of streams that have moved on, of targets and population figures that were corrected
 * since, and of measures that are made when asked for. */
struct verify_months {
    uint64_t recounted;
    uint64_t passed_over;
};
enum err verify_months(struct admin *m, month_differ_fn *differ, void *context, struct verify_months *out,
                       struct fault *f) HV_MUST_USE;

#endif
