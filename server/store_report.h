/* What the files of the reports' store share: targets as they are read, and sums of who stands. */
#ifndef HV_STORE_REPORT_H
#define HV_STORE_REPORT_H

#include "server/store_figure.h"

/* A target, with the part of a line that is the same for every unit. */
struct target_row {
    Hv__TargetLine *line;
    int32_t issuer;
    int32_t from_day; /* of its term */
};

/* Columns 0 to 19 of report_target and report_province_target; texts are copied. */
enum { TARGET_COLUMNS = 20 };
enum err target_row_read(struct arena *a, const struct db_result *r, int row, struct target_row *out,
                         struct fault *f) HV_MUST_USE;

/* Whether the target's term is the newest of its issuer's among `rows`: an issuer's targets apply from the
 * day on which their term begins until the next one that has targets. What comes after a term's last day is
 * still its result. */
bool target_row_applies(const struct target_row *rows, size_t count, size_t i);

/* Hands each row of who stands on to the unit's figures: category, away, flags and count begin at `column`.
 */
enum err report_stand(struct figures *x, const struct db_result *r, int row, int column,
                      struct fault *f) HV_MUST_USE;

/* Rows of report_standing for these units: unit, category, away, flags, count. */
enum err report_standing(struct db *db, struct arena *a, const int32_t *units, size_t count, int32_t day,
                         struct db_result **out, struct fault *f) HV_MUST_USE;

/* Rows of a measure that counts what members refer to: unit, count. */
enum err report_distinct(struct db *db, struct arena *a, const struct measure *m, const int32_t *units,
                         size_t count, int32_t day, struct db_result **out, struct fault *f) HV_MUST_USE;

void param_ints(struct db_params *p, const int32_t *list, size_t count);

#endif
