/* Models from the last possible day of their start on; one without a date was always there. */
#include "common/change.h"
#include "common/date.h"
#include "common/measure.h"

static enum err count_model(void *context, const struct record *r, struct fault *f)
{
    int started = kind_field(&kind_model, "started");
    int32_t from = record_has(r, started) ? date_last_day((int32_t)record_int(r, started, 0)) : DATE_MIN;
    return steps_last(context, HV__MEASURE__MODELS, record_id(r, kind_field(&kind_model, "group_id")), from,
                      DATE_MAX, f);
}

static enum err run(const struct tally_input *in, struct steps *out, struct fault *f)
{
    return in->each(in->source, &kind_model, count_model, out, f);
}

const struct measure_rule measure_of_model = {
    .kinds = {&kind_model}, .measures = {HV__MEASURE__MODELS}, .run = run};
