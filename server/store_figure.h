/* Figures of targets: what is kept of records, and what targets ask of one or several units. */
#ifndef HV_STORE_FIGURE_H
#define HV_STORE_FIGURE_H

#include "common/figure.h"
#include "server/store.h"

/* The steps of a commune's measures by one rule, made from its records and settled; in the arena, in which
 * the records lie too. */
enum err store_steps(struct db *db, struct arena *a, int32_t commune, const struct measure_rule *rule,
                     struct steps *out, struct fault *f) HV_MUST_USE;

/* Makes them and keeps them in place of the former ones. Posted, as all writes are. Under the stream's lock.
 */
enum err store_figures_keep(struct db *db, struct arena *a, int32_t commune, const struct measure_rule *rule,
                            struct fault *f) HV_MUST_USE;

/* What `of[i]` wants of units[i] on the day, all but how many stand in all: by group, what they refer to,
 * what is kept of records, and what is made of them now. All of them have the same wants. */
struct figures_ask {
    const int32_t *units;
    size_t count;
    int32_t day;
    struct figures *of;
};
enum err store_figures(struct db *db, struct arena *a, const struct figures_ask *ask,
                       struct fault *f) HV_MUST_USE;

#endif
