/* The sum of a target over units, which can be summed again: communes into a province, provinces into the
 * country. Pure; report.proto says what is summed. */
#ifndef HV_REPORT_SUM_H
#define HV_REPORT_SUM_H

#include "proto/report.pb-c.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct report_sum {
    Hv__TargetLine *line; /* that of the sum: its figures begin at zero (report_sum_begin) */
    size_t units;         /* that the target is for */
    size_t counted;       /* of them, in the figures */
    size_t met;
    size_t not_met;
    size_t open; /* without verdict */
    size_t kept; /* with figures that were kept at a month's end */
    size_t anew; /* with others, unless these are nothing: of who has never synced nothing is kept */
    int64_t missing;
    int64_t each;   /* the threshold of one unit */
    bool each_same; /* for all of them */
    bool one_source;
    bool own; /* the line is the unit's own and no sum: it stands as it is */
};

/* A sum into `line`, whose figures are not set yet. */
void report_sum_begin(struct report_sum *s, Hv__TargetLine *line);

/* Adds a decided line of one unit, or another sum of the same target that has been decided. */
void report_sum_add(struct report_sum *s, const Hv__TargetLine *line);
void report_sum_join(struct report_sum *s, const struct report_sum *other);

/* The sum's own verdict. */
void report_sum_decide(struct report_sum *s);

#endif
