/* The rule of merging (field by field, the later arrival stands). Pure. */
#ifndef HV_MERGE_H
#define HV_MERGE_H

#include "common/value.h"

struct merge_result {
    uint64_t changed;   /* fields whose value is another than before */
    uint64_t conflicts; /* fields that others set since the base, to another value than this change does */
};

/* Puts `c` over `r`, the record as it stands. `others` are the fields that other replicas changed since the
 * change's base. Equal values are no conflict. `r` gets the values of `c` (borrowed). */
struct merge_result merge_change(struct record *r, const struct change *c, uint64_t others);

#endif
