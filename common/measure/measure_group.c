/* Groups, each from its founding to its closing (common/people.h: lasts_on). */
#include "common/change.h"
#include "common/date.h"
#include "common/measure.h"
#include "proto/record.pb-c.h"

static const struct {
    int64_t type;
    int measure;
} by_type[] = {
    {HV__GROUP_KIND__CHI_HOI, HV__MEASURE__GROUPS_CHI_HOI},
    {HV__GROUP_KIND__TO, HV__MEASURE__GROUPS_TO},
    {HV__GROUP_KIND__NHOM, HV__MEASURE__GROUPS_NHOM},
    {HV__GROUP_KIND__CAU_LAC_BO, HV__MEASURE__GROUPS_CLUB},
    {HV__GROUP_KIND__MANG_LUOI, HV__MEASURE__GROUPS_NETWORK},
    {HV__GROUP_KIND__TO_TU_VAN, HV__MEASURE__GROUPS_COUNSELLING},
};

static enum err count_group(void *context, const struct record *r, struct fault *f)
{
    struct steps *out = context;
    int founded = kind_field(&kind_group, "founded"), closed = kind_field(&kind_group, "closed");
    int32_t from = record_has(r, founded) ? date_last_day((int32_t)record_int(r, founded, 0)) : DATE_MIN;
    int32_t to = record_has(r, closed) ? date_last_day((int32_t)record_int(r, closed, 0)) : DATE_MAX;
    int64_t type = record_int(r, kind_field(&kind_group, "type"), 0);
    enum err e = steps_last(out, HV__MEASURE__GROUPS, &r->id, from, to, f);
    for (size_t i = 0; e == ERR_OK && i < sizeof by_type / sizeof by_type[0]; i++)
        if (by_type[i].type == type)
            e = steps_last(out, by_type[i].measure, &r->id, from, to, f);
    if (e == ERR_OK && record_int(r, kind_field(&kind_group, "special_model"), 0) != 0)
        e = steps_last(out, HV__MEASURE__SPECIAL_MODELS, &r->id, from, to, f);
    return e;
}

static enum err run(const struct tally_input *in, struct steps *out, struct fault *f)
{
    return in->each(in->source, &kind_group, count_group, out, f);
}

const struct measure_rule measure_of_group = {
    .kinds = {&kind_group},
    .measures = {HV__MEASURE__GROUPS, HV__MEASURE__GROUPS_CHI_HOI, HV__MEASURE__GROUPS_TO,
                 HV__MEASURE__GROUPS_NHOM, HV__MEASURE__GROUPS_CLUB, HV__MEASURE__GROUPS_NETWORK,
                 HV__MEASURE__GROUPS_COUNSELLING, HV__MEASURE__SPECIAL_MODELS},
    .run = run};
