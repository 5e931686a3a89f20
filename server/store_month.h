/* Month-ends of targets, kept as they stood: what a commune's figures were on a month's last day, with the
 * revision of its stream from which they were counted. A kept figure is never changed afterwards, whatever is
 * corrected later. */
#ifndef HV_STORE_MONTH_H
#define HV_STORE_MONTH_H

#include "server/store.h"

#define MONTHS_KEPT 12 /* how far back the first run goes */

/* Whether the day is a month's last. */
bool month_is_end(int32_t day);

/* The last day of the newest month that has ended by the day. */
int32_t month_ended(int32_t day);

/* Keeps what is due of at most `limit` communes that have sent records: every month that has ended since the
 * last kept one, the last MONTHS_KEPT of one that has none; with `month`, a month's last day, that month
 * alone. A month that had ended before the first records came is never kept: an empty register says nothing
 * of it, and reports count it anew. Each commune in a transaction of its own under its stream's lock: outside
 * dispatch's. *kept counts them; fewer than `limit`: none is left. */
enum err store_month_keep(struct db *db, struct arena *a, int32_t today, int32_t month, size_t limit,
                          size_t *kept, struct fault *f) HV_MUST_USE;

/* Puts kept figures into the lines of a report of that day, marked so; lines without one stay as they were
 * counted. Before verdicts are decided. A target that was corrected since keeps its figures as long as it
 * still counts the same. */
enum err store_month_target(struct db *db, struct arena *a, int32_t commune, Hv__TargetReport *r,
                            struct fault *f) HV_MUST_USE;
enum err store_month_province(struct db *db, struct arena *a, int32_t province, Hv__ProvinceReport *r,
                              struct fault *f) HV_MUST_USE;

#endif
