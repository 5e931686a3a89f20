/* The family of reports: what each counts stands at the head of its file. */
#ifndef HV_TALLY_RULES_H
#define HV_TALLY_RULES_H

#include "common/tally.h"

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

#endif
