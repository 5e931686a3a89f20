/* What the figures of a report are made from: communes and their records. */
#ifndef HV_STORE_TALLY_H
#define HV_STORE_TALLY_H

#include "common/tally.h"
#include "server/store.h"

struct tally_commune {
    int32_t id;
    const char *code;
    const char *name;
    const char *district_code; /* NULL: in no district */
    const char *district_name;
};

/* The commune itself, or those of the province that are valid on the day, by district and code. */
enum err store_tally_communes(struct db *db, struct arena *a, int32_t unit, int32_t day,
                              struct tally_commune **out, size_t *count, struct fault *f) HV_MUST_USE;

/* Hands each record of the kind that is not void and that the commune's register holds too to `fn`: those of
 * its own stream, and of the kinds that communes read those of the streams above it. By id. */
struct tally_source {
    struct db *db;
    struct arena *arena;
    int32_t commune;
    bool is_above; /* the record that `fn` is being handed lies in a stream above */
};
enum err store_tally_each(void *source, const struct kind *kind, tally_record_fn *fn, void *context,
                          struct fault *f) HV_MUST_USE;
/* tally_input.above of such a source. */
bool store_tally_above(void *source, const struct record *r);

#endif
