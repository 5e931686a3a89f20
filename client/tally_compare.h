/* A report beside the same report over an earlier period. */
#ifndef HV_TALLY_COMPARE_H
#define HV_TALLY_COMPARE_H

#include "client/tally_show.h"

#define TALLY_COMPARE_OPTIONS                                                                                \
    {"as-of", 0, "DATE", {"như --to", "the same as --to"}},                                                  \
    {                                                                                                        \
        "compare", 0, "MONTH|DATE",                                                                          \
        {                                                                                                    \
            "so với kỳ trước kết thúc vào ngày này, và mức thay đổi",                                        \
                "beside the earlier period that ends on this day, and the change"                            \
        }                                                                                                    \
    }

/* The earlier period that --compare asks for, 0 and 0 when it does not. It begins with its year, or where
 * --from says when the period begins (`from` not 0) as long before its own end as that one. ERR_USAGE with a
 * sentence. */
enum err tally_compare_period(const struct ui *ui, const struct options *o, int32_t from, int32_t day,
                              int32_t *then_from, int32_t *then_day, struct fault *f) HV_MUST_USE;

/* Gives the unit the earlier figures; rows that only these have come into its own with zeros. */
enum err tally_compare_put(const struct tally_show *s, struct tally_unit *unit, const struct tally *then,
                           struct fault *f) HV_MUST_USE;

/* The earlier values of the row; zeros where it had none. */
const int64_t *tally_compare_row(const struct tally *then, const struct tally_row *row);

#endif
