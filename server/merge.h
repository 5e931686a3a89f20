/* The rule of merging (field by field, the later arrival stands). Pure. */
#ifndef HV_MERGE_H
#define HV_MERGE_H

#include "server/store.h"

struct merge_result {
    uint64_t changed;   /* fields whose value is another than before */
    uint64_t conflicts; /* fields that others set since the base, to another value than this change does */
};

/* Puts `c` over `r`, the record as it stands. `others` are the fields that other replicas changed since the
 * change's base. Equal values are no conflict. `r` gets the values of `c` (borrowed). */
struct merge_result merge_change(struct record *r, const struct change *c, uint64_t others);

/* Fields of a record whose last writer after the revision `base` and before `upto` was another replica. Its
 * rows lie by revision. What this replica wrote last is its own earlier value, and replacing that is no
 * conflict. */
uint64_t merge_others(const struct log_row *rows, size_t count, int32_t replica, uint64_t base,
                      uint64_t upto);

#endif
