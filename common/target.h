/* Targets: measures, comparisons on integers, verdict words, ratios for display (DOMAIN 5 and 6). Pure.
 *
 * Enums are those of proto/report.proto; 0 means not given. */
#ifndef HV_TARGET_H
#define HV_TARGET_H

#include "common/kind.h"
#include "proto/report.pb-c.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A named measure over intervals of standing: which categories it counts, and whether those working away are
 * left out. */
struct measure {
    Hv__Measure measure;
    const char *token; /* in the operator's CSV */
    struct text_pair label;
    uint32_t categories; /* bit n: category n counts */
    bool present_only;
    const char *distinct; /* a reference of kind_member: counted are the records that those who count refer
                             to; NULL: the members themselves */
};
#define MEASURE_ROOM 16 /* there are fewer measures */

extern const struct measure measures[];
extern const size_t measure_count;
const struct measure *measure_by_number(int number); /* NULL: unknown */
const struct measure *measure_by_token(const char *token);
bool measure_counts(const struct measure *m, int category, bool away);

/* Words of the other enums, as lists of codes (kind.h) that end with a NULL token. */
extern const struct code form_codes[], comparator_codes[], population_codes[], verdict_codes[];

struct target_figure {
    Hv__Form form;
    Hv__Comparator comparator;
    int64_t threshold; /* RATIO, NONE_BELOW: millionths; NUMBER, INCREASE: a count */
    int64_t numerator;
    bool has_denominator;
    int64_t denominator;
    bool has_baseline;
    int64_t baseline;
};

/* RATIO: numerator/denominator against threshold/1,000,000; NONE_BELOW the same, but knows only Đạt and Chưa
 * đạt; NUMBER: numerator against threshold; INCREASE: numerator - baseline against threshold. `>=` (and `<=`)
 * reached exactly is MET, beyond is EXCEEDED; `>` (and `<`) only MET. No denominator, or zero, or no baseline
 * where one is needed: NO_VERDICT. All products in 128 bits. */
Hv__VerdictWord target_verdict(const struct target_figure *t);

/* How many more (for `<=`, `<`: fewer) of the numerator the target needs; 0 when met, -1 when there is no
 * verdict. */
int64_t target_missing(const struct target_figure *t);

/* đã đạt (MET) when all deciding lines are met, chưa đạt (NOT_MET) when one is not, otherwise NO_VERDICT;
 * lines that do not decide are passed over; no deciding line: NO_VERDICT. */
Hv__VerdictWord target_standing(Hv__TargetLine *const *lines, size_t count);

/* The figure of a line, for the two functions above; and the verdict and missing of a line brought up to
 * date. */
struct target_figure target_figure_of(const Hv__TargetLine *line);
void target_decide(Hv__TargetLine *line);

/* Decides the line anew with a register's own figures: counts[i] is that of measures[i]; a measure that this
 * program does not know keeps the line's numerator. */
void target_recount(Hv__TargetLine *line, const int64_t *counts);

/* 100 * num / den rounded half up to `decimals` (0 to 4) places, as "55,36" (vi) or "55.36" (en); "" when den
 * is 0. */
void ratio_format(int64_t num, int64_t den, int decimals, enum lang lang, char *out, size_t size);

/* With a dot (vi) or comma (en) between thousands; a product of any size is exact. */
void count_format(int64_t n, enum lang lang, char *out, size_t size);
void product_format(int64_t a, int64_t b, enum lang lang, char *out, size_t size);

#endif
