/* How a commune below its target is supported (guidance, tasks 8 and 10): what its province looks at first.
 * The figures are those of the reports on plans, officers, activities and member data, made by their rules.
 * Pure. */
#ifndef HV_SUPPORT_H
#define HV_SUPPORT_H

#include "common/tally.h"

/* Whole numbers, so that a share can be computed from them. */
struct support_share {
    int64_t n;
    int64_t of;
};

struct support_cause {
    const char *cause; /* its word */
    bool agreed;       /* by both sides */
    int64_t remedies;  /* proposed or agreed */
};

/* The plan is the one that runs; of several the one with the earliest deadline; where none runs, the one that
 * was opened last (plan_opened); of equal ones the first by id. Its main cause is the one that both sides
 * agreed to; else the one that is proposed; of equal ones the first by id. Further causes stand in the same
 * order. What lacks is as in the report on plans. Texts are in the input's
 * arena. */
struct support {
    int32_t plan_state;        /* PlanState; 0: no plan at all */
    int32_t deadline;          /* 0: none */
    struct support_cause main; /* cause NULL: none is marked as the main one */
    struct support_cause *further;
    size_t further_count;
    const char *officer;            /* in charge; NULL: nobody */
    int32_t progress;               /* the day of the last progress note about any of its plans; 0: none */
    struct support_share trained;   /* officers who attended a course */
    struct support_share attending; /* members who attend regularly */
    struct support_share complete;  /* cells of members' data that are filled */
    bool no_plan, no_main_cause, no_remedy, no_officer, no_progress;
};

/* ERR_NO_MEMORY and what the input fails with. */
enum err support_of(const struct tally_input *in, struct support *out, struct fault *f) HV_MUST_USE;

#endif
