/* The one table of named measures, of which targets are made (DOMAIN 5 and 6). Pure.
 *
 * A measure is of one of two sorts:
 *  - of those who stand (common/standing.h): whom it counts is said by columns;
 *  - of records: a rule turns records of a few kinds of one commune into steps, "so many more from this day
 * on". Of a state (groups, heads in post) the figure of a day is the sum of all steps up to it; of a flow
 * (activities, commendations) the sum of those within a period. What is "once in a calendar year" (honoured
 * persons) is a flow whose step lies on the day of the first time in each year; of a longer period years are
 * summed.
 * The server keeps the steps (figure_count), the client makes them anew; both sum them alike. */
#ifndef HV_MEASURE_H
#define HV_MEASURE_H

#include "common/standing.h"
#include "common/tally.h"
#include "proto/report.pb-c.h"

/* From `day` on there are `n` more (or fewer) of the measure, in a group or, with an id of zeros, in none. */
struct step {
    int measure;
    struct id group;
    int32_t day;
    int64_t n;
};

struct steps {
    struct arena *arena;
    struct step *list;
    size_t count;
    size_t room;
};

enum err steps_add(struct steps *s, int measure, const struct id *group, int32_t day, int64_t n,
                   struct fault *f) HV_MUST_USE;

/* Of a state that lasts from the one day to the other, which no longer belongs to it. */
enum err steps_last(struct steps *s, int measure, const struct id *group, int32_t from, int32_t to,
                    struct fault *f) HV_MUST_USE;

/* In order of measure, group, day, each once; zeros left out. */
void steps_settle(struct steps *s);

#define RULE_KINDS    10
#define RULE_MEASURES 10
#define RULE_ROOM     16 /* there are fewer rules */

struct measure_rule {
    const struct kind *kinds[RULE_KINDS + 1]; /* all that it reads */
    int measures[RULE_MEASURES + 1];          /* all that it makes steps of; 0 behind the last */
    bool live; /* hangs on too much to be kept: made when asked for, with one step on the day asked for;
                  reads the year of that day and the share from which somebody attends regularly */
    enum err (*run)(const struct tally_input *in, struct steps *out, struct fault *f);
};
extern const struct measure_rule *const measure_rules[];
extern const size_t measure_rule_count;

struct measure {
    Hv__Measure measure;
    const char *token; /* in the operator's CSV */
    struct text_pair label;
    /* of those who stand */
    uint32_t categories; /* bit n: category n counts */
    bool present_only;
    int32_t flags;        /* counts who has all of these */
    const char *distinct; /* a reference of kind_member: counted are the records that those who count refer
                             to; NULL: the members themselves */
    /* of records */
    const struct measure_rule *rule; /* NULL: of those who stand */
    bool flow;
    struct text_pair counts; /* which records count and which do not, a whole sentence */
    /* of both */
    bool by_group; /* its figures are known by group */
};
#define MEASURE_ROOM 40 /* there are fewer measures */

extern const struct measure measures[];
extern const size_t measure_count;
const struct measure *measure_by_number(int number); /* NULL: unknown */
const struct measure *measure_by_token(const char *token);

/* Of a measure of those who stand. */
bool measure_counts(const struct measure *m, int category, bool away, int32_t flags);

/* Whether it counts groups, so that its figures by group say which there are. */
bool measure_of_groups(const struct measure *m);

extern const struct measure_rule measure_of_activity, measure_of_group, measure_of_officer,
    measure_of_commendation, measure_of_model, measure_of_support, measure_of_dues, measure_of_attending;

#endif
