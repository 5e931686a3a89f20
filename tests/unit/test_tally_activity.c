/* Activities by form, topic and channel, who came, and who has not met. */
#include "common/named_groups.h"
#include "tests/unit/tally_scene.h"

static struct scene s;
static struct record *chi_hoi, *to, *club;

static void begin(void)
{
    s = scene_begin(20180101, 20181231);
    chi_hoi = NEW(&s, &kind_group, {"name", .text = "Chi hội 1"}, {"type", .n = HV__GROUP_KIND__CHI_HOI});
    to = NEW(&s, &kind_group, {"name", .text = "Tổ 1"}, {"type", .n = HV__GROUP_KIND__TO},
             {"parent_id", .to = chi_hoi});
    club = NEW(&s, &kind_group, {"name", .text = "CLB Thơ"}, {"type", .n = HV__GROUP_KIND__CAU_LAC_BO});
}

static void end(void)
{
    scene_end(&s);
}

TestSuite(tally_activity, .init = begin, .fini = end);

static struct record *member(struct record *group)
{
    return NEW(&s, &kind_member, {"name", .text = "Nguyễn Thị Hoa"}, {"birth", .n = 19700000},
               {"group_id", .to = group});
}

static struct record *event(struct record *who, int type, int32_t date)
{
    return NEW(&s, &kind_event, {"member_id", .to = who}, {"type", .n = type}, {"date", .n = date});
}

static struct record *joins(struct record *who, struct record *group)
{
    return NEW(&s, &kind_membership, {"member_id", .to = who}, {"group_id", .to = group});
}

static struct record *meets(struct record *group, int32_t date)
{
    return NEW(&s, &kind_activity, {"group_id", .to = group}, {"date", .n = date});
}

static struct record *comes(struct record *who, struct record *activity)
{
    return NEW(&s, &kind_attendance, {"activity_id", .to = activity}, {"member_id", .to = who});
}

static void is(const char *section, const char *key, const char *column, int64_t n)
{
    struct tally t = scene_tally(&s, &tally_activity);
    FIGURE_IS(tally_activity, &t, section, key, column, n);
}

static bool has(const char *section, const char *key)
{
    struct tally t = scene_tally(&s, &tally_activity);
    return scene_row(&tally_activity, &t, section, key) != NULL;
}

Test(tally_activity, a_list_of_who_came_holds_before_a_count)
{
    struct record *one = member(chi_hoi), *two = member(chi_hoi), *listed = meets(chi_hoi, 20180310);
    record_put(listed, (struct given){"attended", .n = 40});
    record_put(meets(to, 20180311), (struct given){"attended", .n = 7});
    meets(club, 20180312);
    comes(one, listed);
    comes(two, listed);
    is("all", "", "activities", 3);
    is("all", "", "listed", 1);
    is("all", "", "attendances", 9);
    is("all", "", "came", 2);
    is("all", "", "members", 2);
    is("group", "Chi hội 1", "attendances", 2);
    is("group", "Tổ 1", "attendances", 7);
    is("group", "CLB Thơ", "activities", 1);
}

Test(tally_activity, void_attendances_members_and_activities_do_not_count)
{
    struct record *one = member(chi_hoi), *two = member(chi_hoi), *a = meets(chi_hoi, 20180310);
    record_put(a, (struct given){"attended", .n = 5});
    record_put(comes(one, a), (struct given){"voided", .n = 1});
    comes(two, a);
    record_put(two, (struct given){"voided", .n = 1});
    is("all", "", "attendances", 5);
    is("all", "", "listed", 0);
    is("all", "", "came", 0);
    is("all", "", "members", 1);
    record_put(a, (struct given){"voided", .n = 1});
    is("all", "", "activities", 0);
    is("all", "", "attendances", 0);
}

Test(tally_activity, the_period_holds_its_first_and_last_day)
{
    meets(chi_hoi, 20171231);
    meets(chi_hoi, 20180101);
    meets(chi_hoi, 20181231);
    meets(chi_hoi, 20190101);
    is("all", "", "activities", 2);
    is("year", "2018", "activities", 2);
    cr_assert(!has("year", "2017") && !has("year", "2019"));
    s.from = 20170101;
    is("year", "2017", "activities", 1);
    is("all", "", "activities", 3);
}

Test(tally_activity, each_form_of_an_activity_counts_and_what_is_not_given_stands_apart)
{
    struct record *a = meets(chi_hoi, 20180310), *b = meets(chi_hoi, 20180410);
    record_put(a, (struct given){"forms", .n = 1 << 0 | 1 << 3});
    record_put(a, (struct given){"topic", .text = "law"});
    record_put(a, (struct given){"channel", .n = HV__CHANNEL__ZALO});
    record_put(b, (struct given){"topic", .text = "Trồng hoa"});
    is("form", "regular", "activities", 1);
    is("form", "games", "activities", 1);
    is("form", "quiz", "activities", 0);
    is("form", "-", "activities", 1);
    is("topic", "law", "activities", 1);
    is("topic", "Trồng hoa", "activities", 1);
    is("topic", "health", "activities", 0);
    is("channel", "zalo", "activities", 1);
    is("channel", "-", "activities", 1);
}

Test(tally_activity, a_group_has_met_until_three_months_have_passed)
{
    meets(to, 20180915);
    s.day = 20181215;
    is("met", "to", "groups", 1);
    is("met", "to", "within-months", 1);
    is("met", "chi-hoi", "within-months", 0);
    s.day = 20181216;
    is("met", "to", "within-months", 0);
    is("met", "to", "in-period", 1);
}

Test(tally_activity, three_months_run_by_the_calendar)
{
    s.from = 20180101;
    meets(to, 20181130);
    s.day = 20190228;
    is("met", "to", "within-months", 1);
    s.day = 20190301;
    is("met", "to", "within-months", 0);
}

Test(tally_activity, groups_that_have_not_met_are_named_while_they_are_open)
{
    member(to);
    joins(member(chi_hoi), club);
    meets(to, 20171105);
    meets(chi_hoi, 20180310);
    is("group-not-met", "Tổ 1", "earlier", 1);
    is("group-not-met", "Tổ 1", "members", 1);
    is("group-not-met", "CLB Thơ", "members", 1);
    cr_assert(!has("group-not-met", "Chi hội 1"));
    is("met", "cau-lac-bo", "not-met", 1);
    record_put(club, (struct given){"closed", .n = 20181231});
    cr_assert(!has("group-not-met", "CLB Thơ"));
    is("met", "cau-lac-bo", "groups", 0);
}

Test(tally_activity, an_activity_of_a_group_that_is_void_counts_under_no_group)
{
    meets(club, 20180310);
    record_put(club, (struct given){"voided", .n = 1});
    is("all", "", "activities", 1);
    is("group", NO_GROUP, "activities", 1);
}

Test(tally_activity, regular_is_who_came_to_the_percentage_exactly)
{
    struct record *half = member(chi_hoi), *third = member(chi_hoi);
    for (int month = 1; month <= 6; month++) {
        struct record *a = meets(chi_hoi, 20180000 + month * 100 + 10);
        if (month <= 3)
            comes(half, a);
        if (month <= 2)
            comes(third, a);
    }
    is("regular", "50", "regular", 1);
    is("regular", "50", "members", 2);
    s.regular_percent = 33;
    is("regular", "33", "regular", 2);
    s.regular_percent = 51;
    is("regular", "51", "regular", 0);
}

Test(tally_activity, only_activities_of_her_groups_while_she_stands_are_hers)
{
    struct record *late = member(chi_hoi), *idle = member(club), *guest = member(club);
    event(late, HV__EVENT_TYPE__JOINED, 20180601);
    meets(chi_hoi, 20180310);
    meets(chi_hoi, 20180410);
    struct record *hers = meets(chi_hoi, 20180601);
    comes(late, hers);
    comes(guest, hers);
    (void)idle;
    is("regular", "50", "regular", 1);
    is("regular", "50", "told", 1);
    is("regular", "50", "members", 3);
    is("all", "", "came", 2);
}

Test(tally_activity, a_membership_makes_a_groups_activities_hers_while_it_runs)
{
    struct record *one = member(chi_hoi), *m = joins(one, club), *first = meets(club, 20180310);
    comes(one, first);
    meets(club, 20180610);
    meets(club, 20180910);
    is("regular", "50", "regular", 0);
    record_put(m, (struct given){"until", .n = 20180610});
    is("regular", "50", "regular", 1);
    record_put(m, (struct given){"until", .n = 20180310});
    is("regular", "50", "regular", 0);
    is("regular", "50", "told", 0);
}

Test(tally_activity, a_membership_in_her_own_group_counts_nothing_twice)
{
    struct record *one = member(club);
    joins(one, club);
    is("group-not-met", "CLB Thơ", "members", 1);
    comes(one, meets(club, 20180310));
    meets(club, 20180410);
    meets(club, 20180510);
    is("regular", "50", "regular", 0);
    s.regular_percent = 33;
    is("regular", "33", "regular", 1);
}

Test(tally_activity, honorary_ones_women_not_yet_members_and_those_who_left_are_no_members)
{
    struct record *honorary = member(chi_hoi), *not_yet = member(chi_hoi), *gone = member(chi_hoi),
                  *a = meets(chi_hoi, 20180310);
    record_put(honorary, (struct given){"category", .n = HV__CATEGORY__HONORARY});
    record_put(not_yet, (struct given){"category", .n = HV__CATEGORY__NOT_YET});
    event(gone, HV__EVENT_TYPE__MOVED_OUT, 20181231);
    comes(honorary, a);
    comes(not_yet, a);
    comes(gone, a);
    is("all", "", "attendances", 3);
    is("all", "", "came", 0);
    is("all", "", "members", 0);
    is("regular", "50", "members", 0);
}

Test(tally_activity, an_empty_register_has_rows_of_zeros)
{
    scene_end(&s);
    s = scene_begin(20180101, 20181231);
    is("all", "", "activities", 0);
    is("regular", "50", "members", 0);
    is("met", "to", "groups", 0);
}
