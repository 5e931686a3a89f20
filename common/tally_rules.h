/* The family of reports: what each counts stands at the head of its file. */
#ifndef HV_TALLY_RULES_H
#define HV_TALLY_RULES_H

#include "common/people.h"

extern const struct tally_report tally_group;    /* groups by kind, basis, purpose, channel */
extern const struct tally_report tally_activity; /* meetings, who came, who has not met */
extern const struct tally_report tally_officer;  /* posts and training */
extern const struct tally_report tally_data;     /* what is missing in members' records */
extern const struct tally_report tally_change;   /* who came, who went */
extern const struct tally_report tally_plan;     /* support plans of communes below target */
extern const struct tally_report tally_support;  /* what was given to members and women */
extern const struct tally_report tally_model;    /* models, their reviews and where they were replicated */
extern const struct tally_report tally_commendation; /* who was commended, by whom, for what */
extern const struct tally_report tally_programme;    /* programmes: planned and done */
extern const struct tally_report tally_fund;         /* the fund: balances, sources, dues, loans */

/* Hands over who attends regularly in the period, by where they stand on its last day; the rule stands at the
 * head of common/tally/tally_activity.c. */
typedef enum err regular_fn(void *context, const struct interval *stands, struct fault *f);
enum err activity_regular(const struct tally_input *in, regular_fn *fn, void *context,
                          struct fault *f) HV_MUST_USE;

#endif
