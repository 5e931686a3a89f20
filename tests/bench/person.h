/* A synthetic person as a change, for what is measured below the commands. */
#ifndef HV_BENCH_PERSON_H
#define HV_BENCH_PERSON_H

#include "common/arena.h"
#include "common/value.h"
#include "deploy/example/example.h"

/* A new member with 25 filled fields in the group; her id is a UUIDv7 of the moment `ms` made from `state`.
 * NULL when memory is out. */
struct change *bench_person(struct arena *a, const struct example_names *names, const struct id *group,
                            uint64_t serial, uint64_t ms, uint64_t *state);

/* `count` of them, in a batch of their own: numbers from 1, base 1, one chi hội for each 90. */
struct batch;
void bench_batch(struct arena *a, const struct example_names *names, size_t count, uint64_t *state,
                 struct batch *out);

/* Bytes on the wire of one new member in batches of `count`, framing and encryption of the message included:
 * the mean over BENCH_ROUNDS batches. Each batch is handed to `look` too, unless that is NULL. */
#define BENCH_ROUNDS 10
double bench_bytes_per_member(const struct example_names *names, size_t count,
                              void look(void *context, const struct batch *b), void *context);

/* The names of deploy/data; ends the program when they can't be read. */
void bench_names(struct arena *a, struct example_names *out);

/* Monotonic seconds. */
double bench_seconds(void);

/* Sorts and gives the value below which `share` (0 to 1) of them lie. */
double bench_percentile(double *values, size_t count, double share);

#endif
