/* Verdicts of whole reports: what the store leaves open. Pure. */
#ifndef HV_REPORT_H
#define HV_REPORT_H

#include "common/arena.h"
#include "common/fault.h"
#include "proto/report.pb-c.h"
#include "server/report_sum.h"

/* Decides every line of a commune's report (target_decide), so that its digest is the same wherever it is
 * asked for. */
void report_target_decide(Hv__TargetReport *r);

/* Decides every commune's lines and standing, sums them into the province's lines (report.proto says how) and
 * decides these. A line of the province that has a numerator already is the province's own. ERR_NO_MEMORY. */
enum err report_province_decide(struct arena *a, Hv__ProvinceReport *r, struct fault *f) HV_MUST_USE;

/* The same, and the sum behind each of the province's lines, in their order. */
enum err report_province_sum(struct arena *a, Hv__ProvinceReport *r, struct report_sum **sums,
                             struct fault *f) HV_MUST_USE;

#endif
