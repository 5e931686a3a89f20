/* Whether the fields of one record fit each other, and the group that it names. */
#include "common/change.h"
#include "common/check.h"
#include "common/date.h"
#include "proto/record.pb-c.h"

static const struct {
    const struct kind *kind;
    const char *begins;
    const char *ends;
} spans[] = {
    {&kind_group, "founded", "closed"}, {&kind_membership, "since", "until"},
    {&kind_post, "since", "until"},     {&kind_programme, "starts", "ends"},
    {&kind_plan, "opened", "deadline"}, {&kind_notice, "issued", "due"},
    {&kind_pairing, "since", "until"},  {&kind_model, "started", "reviewed"},
};

bool check_backwards(const struct record *r, int *begins, int *ends)
{
    for (size_t k = 0; k < sizeof spans / sizeof spans[0]; k++) {
        if (spans[k].kind != r->kind)
            continue;
        *begins = kind_field(r->kind, spans[k].begins);
        *ends = kind_field(r->kind, spans[k].ends);
        if (record_has(r, *begins) && record_has(r, *ends) &&
            date_first_day((int32_t)record_int(r, *begins, 0)) >
                date_last_day((int32_t)record_int(r, *ends, 0)))
            return true;
    }
    return false;
}

#define ONE(type) (UINT32_C(1) << HV__GROUP_KIND__##type)

/* Of which types of groups a post is; none: the post is of no group at all. Who helps (collaborators,
 * volunteers) may do so in any group or in none. */
static const struct {
    int64_t post;
    uint32_t types;
} post_groups[] = {
    {HV__POST_TYPE__COMMUNE_PRESIDENT, 0},
    {HV__POST_TYPE__COMMUNE_DEPUTY, 0},
    {HV__POST_TYPE__CHI_HOI_HEAD, ONE(CHI_HOI)},
    {HV__POST_TYPE__CHI_HOI_DEPUTY, ONE(CHI_HOI)},
    {HV__POST_TYPE__TO_HEAD, ONE(TO) | ONE(TO_TU_VAN)},
    {HV__POST_TYPE__NHOM_HEAD, ONE(NHOM)},
    {HV__POST_TYPE__CLUB_HEAD, ONE(CAU_LAC_BO)},
    {HV__POST_TYPE__NETWORK_HEAD, ONE(MANG_LUOI)},
    {HV__POST_TYPE__DISTRICT_OFFICER, 0},
    {HV__POST_TYPE__PROVINCE_OFFICER, 0},
};

bool check_post_of_province(int64_t type)
{
    return type == HV__POST_TYPE__DISTRICT_OFFICER || type == HV__POST_TYPE__PROVINCE_OFFICER;
}

static enum group_fit fit_of(uint32_t types, int64_t group_type)
{
    if (group_type == 0)
        return types == 0 ? GROUP_FITS : GROUP_MISSING;
    if (types == 0)
        return GROUP_UNWANTED;
    return (types >> group_type & 1) != 0 ? GROUP_FITS : GROUP_OTHER_TYPE;
}

enum group_fit check_group_fit(const struct record *r, int64_t group_type, uint32_t *types)
{
    *types = 0;
    if (r->kind != &kind_group && r->kind != &kind_post)
        return GROUP_FITS;
    int64_t type = record_int(r, kind_field(r->kind, "type"), 0);
    if (r->kind == &kind_group) {
        *types = type == HV__GROUP_KIND__CHI_HOI ? 0 : ONE(CHI_HOI);
        return group_type == 0 ? GROUP_FITS : fit_of(*types, group_type);
    }
    for (size_t k = 0; k < sizeof post_groups / sizeof post_groups[0]; k++)
        if (post_groups[k].post == type) {
            *types = post_groups[k].types;
            return fit_of(*types, group_type);
        }
    return GROUP_FITS;
}
