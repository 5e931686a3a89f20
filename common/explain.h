/* How a target's figure arises, to be shown step by step: why each member's record counts or does not, the
 * two numbers that are compared, and how many members change the verdict. Pure.
 *
 * Reasons partition the records: each record has exactly one, the first that applies in the order void,
 * category, what happened to her, residence, presence, what she is besides. Those that count sum to the
 * numerator that standing (common/standing.h) and the measure (common/target.h) give. */
#ifndef HV_EXPLAIN_H
#define HV_EXPLAIN_H

#include "common/explain_rules.h"
#include "common/standing.h"
#include "common/tally.h"
#include "common/target.h"

enum reason {
    REASON_ORDINARY,
    REASON_ORGANISATION,
    REASON_HONORARY,
    REASON_REACHED, /* no member yet, of a measure that counts women reached */
    REASON_VOID,
    REASON_NOT_ORDINARY, /* NOT_*: of a category that this measure leaves out */
    REASON_NOT_ORGANISATION,
    REASON_NOT_HONORARY,
    REASON_NOT_YET,
    REASON_UNKNOWN_CATEGORY,
    REASON_NOT_BEGUN, /* her joining, moving in or returning lies after the day */
    REASON_MOVED_OUT,
    REASON_LEFT,
    REASON_REMOVED,
    REASON_DIED,
    REASON_ELSEWHERE,
    REASON_TEMPORARY_UNKNOWN,
    REASON_TEMPORARY_SHORT,
    REASON_AWAY,
    REASON_NOT_CORE,
    REASON_NO_CARD,
    REASON_COUNT
};

struct reason_row {
    const char *token;
    struct text_pair label;
    bool counts;
    enum rule_name rule;
};
extern const struct reason_row reasons[REASON_COUNT];

/* The reason of one record; sorts `events` in place. */
enum reason reason_of(const struct measure *m, const struct standing_member *who,
                      struct standing_event *events, size_t event_count, int32_t day);

struct reason_counts {
    int64_t by[REASON_COUNT];
    int64_t records;    /* the sum of all */
    int64_t counted;    /* the sum of those that count */
    int64_t numerator;  /* the same; of a measure of what members refer to (target.h): how many different
                           records those who count refer to */
    int64_t unreferred; /* of those who count: refer to none that is here and not void */
    int64_t men;        /* of those who count other than as honorary members, who alone may be men */
    int64_t young;      /* of those who count: surely under 18 on the day */
};

/* What a measure counts instead of members; NULL: members. */
const struct kind *measure_kind(const struct measure *m);

/* What is to be remembered of whom or what the measure counts once; and the rule of a denominator, that of
 * all women where the type is not known. */
enum rule_name measure_rule(const struct measure *m);
enum rule_name denominator_rule(int population_type);

/* Over all members of the input, which here hands over void records too. */
enum err reason_count(const struct tally_input *in, const struct measure *m, struct reason_counts *out,
                      struct fault *f) HV_MUST_USE;

/* The two whole numbers that decide: left * left_factor against right * right_factor, so that nothing is
 * rounded. Of a ratio: numerator * 1,000,000 against threshold * denominator; INCREASE: what was gained over
 * the baseline against the threshold. */
struct explain_sides {
    int64_t left, left_factor;
    int64_t right, right_factor;
    int order; /* of the products: -1 left is less, 0 equal, 1 left is more */
};
/* False when a figure is missing (no verdict), and where units are counted. */
bool explain_sides(const struct target_figure *t, struct explain_sides *out);

/* So many more, or fewer, of the numerator change the verdict to `word`. */
struct explain_step {
    int64_t members;
    bool more;
    Hv__VerdictWord word;
};
#define EXPLAIN_STEPS 4
/* First the steps towards the target, then those away from it, each time the nearest first; steps that nobody
 * could make (fewer members than there are) are left out. */
size_t explain_steps(const struct target_figure *t, struct explain_step out[EXPLAIN_STEPS]);

#endif
