/* What lists and `show` tell of a record beyond its own fields: how many members it has, who leads it, who
 * agreed to it. */
#ifndef HV_EXTRA_H
#define HV_EXTRA_H

#include "client/cell.h"
#include "common/people.h"

struct extras;

struct extra {
    const struct kind *kind;
    const char *name; /* as a column; no field of the kind bears it */
    struct text_pair label;
    const char *fields; /* between commas: what stands in its place where a program reads; NULL: nothing */
    const char *(*write)(struct extras *x, const struct record *r);
};

/* What the values are made from. */
struct extras {
    struct cells *cells;
    int32_t today;
    struct people people;
    struct records posts;
    struct id *at; /* households and groups, once for each member who counts there today; sorted */
    size_t at_count;
};

/* Reads what the kind's extras need; nothing for kinds that have none. */
enum err extras_load(struct extras *x, struct cells *cells, const struct kind *kind,
                     struct fault *f) HV_MUST_USE;

/* The kind's, by name; NULL: none. And the one behind `previous` (NULL: the first). */
const struct extra *extra_find(const struct kind *kind, const char *name);
const struct extra *extra_next(const struct kind *kind, const struct extra *previous);

/* The value of a record, in the arena; "" when there is nothing to say. */
const char *extra_write(struct extras *x, const struct extra *e, const struct record *r);

#endif
