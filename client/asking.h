/* Members who may be asked for what is missing in their records, in the order of lists. */
#ifndef HV_ASKING_H
#define HV_ASKING_H

#include "client/selection.h"
#include "common/ask.h"

struct asking;
typedef enum err asking_fn(struct asking *a, const struct record *member, struct fault *f);

/* Those who stand today, with what they were asked. */
struct asking {
    struct client *client;
    struct selection selection;
    struct people people;
    struct asks asks;
    int32_t today;
    asking_fn *fn;
    void *context;
};

/* Opens the register and reads it, with the filter of the options. */
enum err asking_begin(struct asking *a, struct client *c, const struct options *o,
                      struct fault *f) HV_MUST_USE;

/* Calls for each of them that the filter lets pass; a->context is `context`. */
enum err asking_each(struct asking *a, asking_fn *fn, void *context, struct fault *f) HV_MUST_USE;

/* Whether she is to be asked for the field: it is missing, and she has not declined to give it. */
bool asking_is_open(const struct asking *a, const struct record *member, const struct code *field);

#endif
