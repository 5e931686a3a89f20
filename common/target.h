/* Targets: comparisons on integers, verdict words, ratios for display (DOMAIN 5 and 6). Pure.
 *
 * Enums are those of proto/report.proto; 0 means not given. */
#ifndef HV_TARGET_H
#define HV_TARGET_H

#include "common/measure.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Words of the other enums, as lists of codes (kind.h) that end with a NULL token. */
extern const struct code form_codes[], comparator_codes[], population_codes[], verdict_codes[],
    period_codes[];

struct target_figure {
    Hv__Form form;
    Hv__Comparator comparator;
    bool ratio;        /* of forms that may be of a ratio or of a number */
    int64_t threshold; /* of a ratio: millionths; otherwise a count */
    int64_t numerator;
    bool has_denominator;
    int64_t denominator;
    bool has_baseline;
    int64_t baseline;
    bool has_units; /* groups or communes are counted, and the count decides */
    int64_t units;
    int64_t units_met;
    int64_t units_open;
    Hv__Comparator units_comparator;
    int64_t units_threshold; /* UNITS_SHARE: millionths; UNITS_NUMBER: a count */
};

/* Whether the figure is a ratio: always of RATIO and NONE_BELOW, never of NUMBER and INCREASE. */
bool target_is_ratio(const struct target_figure *t);

/* RATIO: numerator/denominator against threshold/1,000,000; NUMBER: numerator against threshold; INCREASE:
 * numerator - baseline against threshold; NONE_BELOW, EACH_GROUP, UNITS_*: as RATIO or NUMBER, but these know
 * only Đạt and Chưa đạt. `>=` (and `<=`) reached exactly is MET, beyond is EXCEEDED; `>`, `<` and `=` only
 * MET. No denominator, or zero, or no baseline where one is needed: NO_VERDICT. All products in 128 bits.
 *
 * With units: EACH_GROUP and NONE_BELOW are MET when all units have met, NOT_MET when one has not; UNITS_*
 * are decided as NUMBER or RATIO of the units that have met. Where the verdict hangs on units of which it is
 * not known, there is none. */
Hv__VerdictWord target_verdict(const struct target_figure *t);

/* How many more (for `<=`, `<`: fewer; for `=`: more or fewer) of the numerator, or of the units, the target
 * needs; 0 when met, -1 when there is no verdict. */
int64_t target_missing(const struct target_figure *t);

/* đã đạt (MET) when all deciding lines are met, chưa đạt (NOT_MET) when one is not, otherwise NO_VERDICT;
 * lines that do not decide are passed over; no deciding line: NO_VERDICT. */
Hv__VerdictWord target_standing(Hv__TargetLine *const *lines, size_t count);

/* The figure of a line, for the two functions above; and the verdict and missing of a line brought up to
 * date. */
struct target_figure target_figure_of(const Hv__TargetLine *line);
void target_decide(Hv__TargetLine *line);

/* Whether the line's figure is a ratio. */
bool target_line_is_ratio(const Hv__TargetLine *line);

/* First day of the time that a flow is summed over, up to `day`. */
int32_t target_period_from(const Hv__TargetLine *line, int32_t day);

/* 100 * num / den rounded half up to `decimals` (0 to 4) places, as "55,36" (vi) or "55.36" (en); "" when den
 * is 0. */
void ratio_format(int64_t num, int64_t den, int decimals, enum lang lang, char *out, size_t size);

/* With a dot (vi) or comma (en) between thousands; a product of any size is exact. */
void count_format(int64_t n, enum lang lang, char *out, size_t size);
void product_format(int64_t a, int64_t b, enum lang lang, char *out, size_t size);

#endif
