/* A province of synthetic people on real units: what the quickstart shows and the benchmarks push.
 *
 * The units are real (deploy/data), the women 18+ and the members of the province sum to the published
 * figures, and how they spread over the communes is invented, and says so. The same seed gives the same
 * province. */
#ifndef HV_EXAMPLE_H
#define HV_EXAMPLE_H

#include "common/arena.h"
#include "common/csv.h"
#include "common/fault.h"
#include "common/value.h"

/* Hậu Giang at the end of 2018, as published: 123,403 of 222,894. */
#define EXAMPLE_WOMEN      222894
#define EXAMPLE_MEMBERS    123403
#define EXAMPLE_BELOW_HALF 8

struct example_commune {
    const char *code;
    const char *name;
    const char *type;
    int64_t women;
    int64_t members;
};

/* Spreads both totals over the communes, the first EXAMPLE_BELOW_HALF chosen ones below one half, all others
 * above it. */
void example_spread(struct example_commune *communes, size_t count, uint64_t seed);

/* Given names, one a line. */
struct example_names {
    const char **given;
    size_t count;
};
enum err example_names_load(struct arena *a, const char *path, struct example_names *out,
                            struct fault *f) HV_MUST_USE;

/* A woman's name. */
#define EXAMPLE_CELL 120
void example_name_make(const struct example_names *names, uint64_t *state, char out[EXAMPLE_CELL]);

/* A person: values for the fields of a member by field index, as a form would take them (dates dd/mm/yyyy,
 * codes as words in Vietnamese). Cells that are not given are "". `serial` makes her citizen number unique;
 * `full`: every field is filled. */
struct example_person {
    char cells[64][EXAMPLE_CELL];
};
void example_person_make(const struct example_names *names, const struct example_commune *commune,
                         const char *group, uint64_t serial, bool full, uint64_t *state,
                         struct example_person *out);

/* splitmix64 */
uint64_t example_random(uint64_t *state, uint64_t below);

/* Writes members of one commune as CSV with Vietnamese headings, about 90 a chi hội. `full`: every column is
 * filled in every row. `ids`: a column with these ids stands first, so that the file updates; NULL: none. */
struct example_file {
    const struct example_names *names;
    const struct example_commune *commune;
    int64_t count;
    uint64_t first_serial;
    bool full;
    const char *const *ids;
};
void example_members_write(struct csv_out *out, const struct example_file *e, uint64_t *state);

/* What a commune union did in 2018, as CSV files in the folder, one a kind: groups, memberships, households
 * with some of their members, questions, activities, officers, posts, courses, trainings, entries of the
 * fund, support, models, replications, commendations. References are names, as an import takes them; they
 * lead to members of `members`, the commune's file from above. */
struct example_work {
    const struct example_names *names;
    const struct example_commune *commune;
    const char *members;
    const char *folder;
    uint64_t seed;
};
enum err example_work_write(const struct example_work *w, struct fault *f) HV_MUST_USE;

/* Indexes of the fields that a full person has, in the order of the registry; returns how many. */
size_t example_columns(size_t columns[64]);

#endif
