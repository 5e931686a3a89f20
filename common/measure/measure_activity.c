/* Activities, each on its date for the group that held it. */
#include "common/change.h"
#include "common/measure.h"

static enum err count_activity(void *context, const struct record *r, struct fault *f)
{
    int date = kind_field(&kind_activity, "date");
    if (!record_has(r, date))
        return ERR_OK;
    return steps_add(context, HV__MEASURE__ACTIVITIES, record_id(r, kind_field(&kind_activity, "group_id")),
                     (int32_t)record_int(r, date, 0), 1, f);
}

static enum err run(const struct tally_input *in, struct steps *out, struct fault *f)
{
    return in->each(in->source, &kind_activity, count_activity, out, f);
}

const struct measure_rule measure_of_activity = {
    .kinds = {&kind_activity}, .measures = {HV__MEASURE__ACTIVITIES}, .run = run};
