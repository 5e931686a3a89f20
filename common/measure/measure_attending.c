/* Who attends regularly in the year of the day, as the report of activities tells it. It hangs on members,
 * their events and groups, on lists and on a setting, so it is not kept. */
#include "common/measure.h"
#include "common/tally_rules.h"

struct work {
    struct steps *out;
    int32_t day;
};

static enum err count_regular(void *context, const struct interval *stands, struct fault *f)
{
    struct work *w = context;
    return steps_add(w->out, HV__MEASURE__ATTENDING, &stands->group, w->day, 1, f);
}

static enum err run(const struct tally_input *in, struct steps *out, struct fault *f)
{
    struct tally_input year = *in;
    struct work w = {out, in->day};
    year.from = in->day / 10000 * 10000 + 101;
    return activity_regular(&year, count_regular, &w, f);
}

const struct measure_rule measure_of_attending = {
    .kinds = {&kind_member, &kind_event, &kind_group, &kind_membership, &kind_activity, &kind_attendance},
    .measures = {HV__MEASURE__ATTENDING},
    .live = true,
    .run = run};
