/* Tallies: the figures of a report, made by pure rules from records. Both sides run the same rules: the
 * client over its register, the server over a commune's stream; a province's figures are the sums of its
 * communes', and of what it keeps itself. */
#ifndef HV_TALLY_H
#define HV_TALLY_H

#include "common/arena.h"
#include "common/kind.h"

#define TALLY_COLUMNS         12
#define TALLY_REGULAR_PERCENT 50 /* unless whoever asks says otherwise */

/* A column with `of` is also shown as a share of that column (an index into the section's columns; -1: none).
 * One whose `of` is TALLY_DATE has dates (0: none), and belongs into details, which nobody sums. */
#define TALLY_DATE (-2)
struct tally_column {
    const char *token; /* NULL behind the last one */
    struct text_pair label;
    int of;
};

struct tally_section {
    const char *token;
    struct text_pair label;
    const struct code *keys; /* words of the rows' keys, which are its tokens; NULL: keys are names */
    /* A column that counts what is its own and of these, in column `above`, what is of the unit above, where
     * it stands too: a sum has only the former, and 0 in `above`. 0: there is none. */
    int with_above, above;
    bool detail; /* rows of single groups or persons: only in the report of one commune */
    struct tally_column columns[TALLY_COLUMNS + 1];
};

/* One line of figures. Rows of a section differ by key. */
struct tally_row {
    size_t section;
    const char *key; /* token of the section's list, or a name; "": the section's only row */
    int64_t v[TALLY_COLUMNS];
};

struct tally {
    struct arena *arena;
    struct tally_row *rows;
    size_t count;
    size_t room;
};

typedef enum err tally_record_fn(void *context, const struct record *r, struct fault *f);

/* What a rule reads: records of one commune, void ones left out, and the period. Records are borrowed for the
 * call. */
struct tally_input {
    struct arena *arena; /* for what the rule keeps */
    bool below_target;   /* the commune has not met its targets on the last day; only of reports that ask */
    bool of_province;    /* the records are a province's own, which is no commune */
    int32_t from;        /* first day of the period */
    int32_t day;         /* its last day, which is the day of all states */
    int regular_percent; /* attends regularly who came to at least this share of her group's activities */
    void *source;
    enum err (*each)(void *source, const struct kind *kind, tally_record_fn *fn, void *context,
                     struct fault *f);
    /* Whether the record that `each` is handing over is another's, of a stream above; NULL: none is. */
    bool (*above)(void *source, const struct record *r);
};

static inline bool tally_is_above(const struct tally_input *in, const struct record *r)
{
    return in->above != NULL && in->above(in->source, r);
}

typedef enum err tally_rule(const struct tally_input *in, struct tally *out, struct fault *f);

struct tally_report {
    const char *token; /* the command's word */
    struct text_pair label;
    struct text_pair note; /* what to know of the rows of single groups and persons; NULLs: nothing */
    const struct tally_section *sections;
    size_t section_count;
    tally_rule *rule;
    bool asks_target;   /* the rule needs to know whether the commune is below target */
    bool also_province; /* provinces keep records of these kinds too, which count for the province itself */
};

/* Fills in what is 0: the period runs from the first day of the year of its last day, which is today. False
 * when a day does not exist or the period ends before it begins. */
bool tally_period(int32_t today, int32_t *from, int32_t *day);

/* The first day of a period that ends on `then` and is as long as the one from `from` to `day`: by whole
 * months where both end with a month and the period begins with one, otherwise by days. */
int32_t tally_earlier(int32_t from, int32_t day, int32_t then);

/* All reports; one file of rules a report (tally_group.c ...). */
extern const struct tally_report *const tally_reports[];
extern const size_t tally_report_count;
const struct tally_report *tally_report_by_token(const char *token); /* NULL: none */

/* The row of the section with the key, made with zeros when new (the key is copied). ERR_NO_MEMORY. */
enum err tally_row(struct tally *t, size_t section, const char *key, struct tally_row **out,
                   struct fault *f) HV_MUST_USE;

/* tally_row, and adds to one column. */
enum err tally_add(struct tally *t, size_t section, const char *key, int column, int64_t n,
                   struct fault *f) HV_MUST_USE;

/* A row for each code of the section's list and, where the list is open, none for others: so that zeros show.
 */
enum err tally_rows_of_codes(struct tally *t, const struct tally_report *r, size_t section,
                             struct fault *f) HV_MUST_USE;

/* Adds all rows of `part`; sections of details are left out. */
enum err tally_sum(struct tally *t, const struct tally_report *r, const struct tally *part,
                   struct fault *f) HV_MUST_USE;

#endif
