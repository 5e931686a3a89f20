/* Persons who count once a calendar year, on the first day of theirs in it. Pure. */
#ifndef HV_ONCE_H
#define HV_ONCE_H

#include "common/measure.h"

struct once {
    struct bytes key; /* the same for the same person */
    int32_t day;
};

struct once_list {
    struct arena *arena;
    struct once *list;
    size_t count;
    size_t room;
};

/* `what` tells keys of different sorts apart; the key is copied. */
enum err once_add(struct once_list *l, char what, const void *key, size_t n, int32_t day,
                  struct fault *f) HV_MUST_USE;

/* One step of the measure for each person and year. */
enum err once_settle(struct once_list *l, int measure, struct steps *out, struct fault *f) HV_MUST_USE;

#endif
