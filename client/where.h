/* Choosing records by what stands in their fields. */
#ifndef HV_WHERE_H
#define HV_WHERE_H

#include "client/cell.h"

#define WHERE_MOST 8

struct where {
    size_t count;
    struct {
        size_t field;
        struct change *want; /* that field alone */
    } list[WHERE_MOST];
};

/* Reads "type=loan,date=2018-03": fields by the names of their options or columns, values as in a list.
 * ERR_USAGE, and what a cell fails with; a sentence that says what to write. */
enum err where_read(struct cells *x, const struct kind *kind, const char *text, struct where *out,
                    struct fault *f) HV_MUST_USE;

/* Whether all of it holds: equal values; a date within the one that was given (2018 holds 03/2018); of a set
 * all that was given. */
bool where_holds(const struct where *w, const struct record *r);

#endif
