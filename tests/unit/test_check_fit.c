/* What a record must fit beyond itself, and what is said of it. */
#include "tests/unit/draft.h"

/* ---- posts and groups ---- */

static enum group_fit fit(const struct kind *kind, int64_t type, int64_t group_type)
{
    struct draft d;
    uint32_t types;
    draft_begin(&d, kind);
    draft_number(&d, "type", type);
    const struct record r = {kind, d.change.id, d.change.set, d.values};
    return check_group_fit(&r, group_type, &types);
}

Test(check_fit, heads_are_of_groups_of_their_type)
{
    static const struct {
        int64_t post, fits, also;
    } rows[] = {
        {HV__POST_TYPE__CHI_HOI_HEAD, HV__GROUP_KIND__CHI_HOI, 0},
        {HV__POST_TYPE__CHI_HOI_DEPUTY, HV__GROUP_KIND__CHI_HOI, 0},
        {HV__POST_TYPE__TO_HEAD, HV__GROUP_KIND__TO, HV__GROUP_KIND__TO_TU_VAN},
        {HV__POST_TYPE__NHOM_HEAD, HV__GROUP_KIND__NHOM, 0},
        {HV__POST_TYPE__CLUB_HEAD, HV__GROUP_KIND__CAU_LAC_BO, 0},
        {HV__POST_TYPE__NETWORK_HEAD, HV__GROUP_KIND__MANG_LUOI, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_assert_eq(fit(&kind_post, rows[i].post, 0), GROUP_MISSING, "row %zu", i);
        for (int64_t type = 1; type <= 6; type++)
            cr_assert_eq(fit(&kind_post, rows[i].post, type),
                         type == rows[i].fits || type == rows[i].also ? GROUP_FITS : GROUP_OTHER_TYPE,
                         "row %zu, type %d", i, (int)type);
    }
}

Test(check_fit, officers_of_a_unit_have_no_group_and_helpers_may)
{
    static const int64_t units[] = {HV__POST_TYPE__COMMUNE_PRESIDENT, HV__POST_TYPE__COMMUNE_DEPUTY,
                                    HV__POST_TYPE__DISTRICT_OFFICER, HV__POST_TYPE__PROVINCE_OFFICER};
    static const int64_t helpers[] = {HV__POST_TYPE__COLLABORATOR, HV__POST_TYPE__VOLUNTEER};
    for (int64_t type = 0; type <= 6; type++) {
        for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
            cr_assert_eq(fit(&kind_post, units[i], type), type == 0 ? GROUP_FITS : GROUP_UNWANTED);
        for (size_t i = 0; i < sizeof helpers / sizeof helpers[0]; i++)
            cr_assert_eq(fit(&kind_post, helpers[i], type), GROUP_FITS);
    }
}

Test(check_fit, district_and_province_officers_are_the_provinces_to_note)
{
    for (int64_t type = 1; type <= HV__POST_TYPE__VOLUNTEER || type <= HV__POST_TYPE__PROVINCE_OFFICER;
         type++)
        cr_assert_eq(check_post_of_province(type),
                     type == HV__POST_TYPE__DISTRICT_OFFICER || type == HV__POST_TYPE__PROVINCE_OFFICER);
}

Test(check_fit, only_a_chi_hoi_has_groups_below_it)
{
    for (int64_t type = 1; type <= 6; type++) {
        cr_assert_eq(fit(&kind_group, type, 0), GROUP_FITS);
        cr_assert_eq(fit(&kind_group, type, HV__GROUP_KIND__CHI_HOI),
                     type == HV__GROUP_KIND__CHI_HOI ? GROUP_UNWANTED : GROUP_FITS);
        if (type != HV__GROUP_KIND__CHI_HOI)
            cr_assert_eq(fit(&kind_group, type, HV__GROUP_KIND__TO), GROUP_OTHER_TYPE);
    }
    cr_assert_eq(fit(&kind_event, 1, 2), GROUP_FITS, "other kinds");
}

/* ---- doubts ---- */

static enum event_doubt doubt(size_t which, size_t count, const int32_t (*rows)[2])
{
    struct standing_event events[8];
    for (size_t i = 0; i < count; i++)
        events[i] =
            (struct standing_event){.id = {{(uint8_t)(i + 1)}}, .type = rows[i][0], .date = rows[i][1]};
    return check_event_doubt(events, count, &(struct id){{(uint8_t)(which + 1)}});
}

Test(check_fit, events_that_change_nothing)
{
    static const int32_t died[][2] = {{HV__EVENT_TYPE__DIED, 20180301},
                                      {HV__EVENT_TYPE__RETURNED, 20180401},
                                      {HV__EVENT_TYPE__DIED, 20180501}};
    static const int32_t left[][2] = {{HV__EVENT_TYPE__LEFT, 20170000},
                                      {HV__EVENT_TYPE__MOVED_OUT, 20180401},
                                      {HV__EVENT_TYPE__RETURNED, 20180501},
                                      {HV__EVENT_TYPE__JOINED, 20180601}};
    cr_assert_eq(doubt(0, 3, died), EVENT_COUNTS);
    cr_assert_eq(doubt(1, 3, died), EVENT_AFTER_DEATH);
    cr_assert_eq(doubt(2, 3, died), EVENT_AFTER_DEATH);
    cr_assert_eq(doubt(0, 4, left), EVENT_COUNTS);
    cr_assert_eq(doubt(1, 4, left), EVENT_CHANGES_NOTHING);
    cr_assert_eq(doubt(2, 4, left), EVENT_COUNTS);
    cr_assert_eq(doubt(3, 4, left), EVENT_CHANGES_NOTHING);
    cr_assert_eq(doubt(3, 4,
                       (const int32_t[][2]){{HV__EVENT_TYPE__LEFT, 20170000},
                                            {HV__EVENT_TYPE__LEFT, 20170000},
                                            {HV__EVENT_TYPE__LEFT, 20170000},
                                            {HV__EVENT_TYPE__JOINED, 20100000}}),
                 EVENT_COUNTS, "the first of all says that she was not there before");
}

Test(check_fit, events_of_one_day_whose_order_decides)
{
    static const int32_t year[][2] = {{HV__EVENT_TYPE__LEFT, 20180000}, {HV__EVENT_TYPE__RETURNED, 20180000}};
    static const int32_t days[][2] = {{HV__EVENT_TYPE__LEFT, 20180301}, {HV__EVENT_TYPE__RETURNED, 20181231}};
    static const int32_t same[][2] = {{HV__EVENT_TYPE__LEFT, 20180000},
                                      {HV__EVENT_TYPE__MOVED_OUT, 20180000}};
    cr_assert_eq(doubt(1, 2, year), EVENT_SAME_DAY);
    cr_assert_eq(doubt(0, 2, year), EVENT_SAME_DAY);
    cr_assert_eq(doubt(1, 2, days), EVENT_COUNTS);
    cr_assert_neq(doubt(1, 2, same), EVENT_SAME_DAY);
}

static bool outside(int64_t founded, int64_t closed, int64_t day)
{
    char text[400];
    struct draft group, activity;
    draft_begin(&group, &kind_group);
    draft_number(&group, "founded", founded);
    draft_number(&group, "closed", closed);
    draft_begin(&activity, &kind_activity);
    draft_number(&activity, "date", day);
    const struct record g = {&kind_group, a_group, group.change.set, group.values},
                        a = {&kind_activity, a_member, activity.change.set, activity.values};
    return check_activity_warning(&a, &g, LANG_VI, text, sizeof text);
}

Test(check_fit, activities_outside_the_life_of_their_group)
{
    cr_assert(!outside(20180000, 20181231, 20180101));
    cr_assert(outside(20180000, 20181231, 20171231));
    cr_assert(!outside(20170101, 20180000, 20181231));
    cr_assert(outside(20170101, 20180000, 20190101));
}
