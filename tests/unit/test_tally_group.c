#include "tests/unit/tally_scene.h"

#define DAY 20200630

static struct scene s;
static struct record *first, *second, *club;

static void begin(void)
{
    s = scene_begin(20200101, DAY);
    first = NEW(&s, &kind_group, {"name", .text = "Chi hội 1"}, {"type", .n = HV__GROUP_KIND__CHI_HOI},
                {"basis", .n = HV__BASIS__RESIDENCE});
    second = NEW(&s, &kind_group, {"name", .text = "Chi hội 2"}, {"type", .n = HV__GROUP_KIND__CHI_HOI});
    club = NEW(&s, &kind_group, {"name", .text = "CLB Dân vũ"}, {"type", .n = HV__GROUP_KIND__CAU_LAC_BO},
               {"basis", .n = HV__BASIS__HOBBY}, {"channel", .n = HV__CHANNEL__ZALO},
               {"purpose", .text = "culture"}, {"special_model", .n = 1});
}

static void end(void)
{
    scene_end(&s);
}

TestSuite(tally_group, .init = begin, .fini = end);

static struct record *member_in(const struct record *group)
{
    return NEW(&s, &kind_member, {"name", .text = "Lê Thị Một"}, {"birth", .n = 19700000},
               {"group_id", .to = group});
}

static struct record *joins(const struct record *member, const struct record *group)
{
    return NEW(&s, &kind_membership, {"member_id", .to = member}, {"group_id", .to = group});
}

static struct record *happens(const struct record *member, int32_t type, int32_t date)
{
    return NEW(&s, &kind_event, {"member_id", .to = member}, {"type", .n = type}, {"date", .n = date});
}

static struct record *post(const struct record *member, int32_t type, const struct record *group)
{
    struct record *officer = NEW(&s, &kind_officer, {"name", .text = "Lê Thị Một"});
    if (member != NULL)
        record_put(officer, (struct given){"member_id", .to = member});
    struct record *p = NEW(&s, &kind_post, {"officer_id", .to = officer}, {"type", .n = type});
    if (group != NULL)
        record_put(p, (struct given){"group_id", .to = group});
    return p;
}

static void put(struct record *r, const char *field, int64_t n)
{
    record_put(r, (struct given){field, .n = n});
}

static void row_is(const struct tally *t, const char *section, const char *key, const int64_t expected[4])
{
    static const char *const columns[] = {"groups", "persons", "memberships", "not-yet"};
    for (size_t i = 0; i < 4; i++)
        FIGURE_IS(tally_group, t, section, key, columns[i], expected[i]);
}
#define ROW_IS(t, section, key, ...) row_is(t, section, key, (const int64_t[4]){__VA_ARGS__})

Test(tally_group, a_person_in_several_groups_is_one_person_and_several_memberships)
{
    struct record *a = member_in(first), *b = member_in(second);
    joins(a, club);
    joins(b, club);
    joins(b, second);
    struct tally t = scene_tally(&s, &tally_group);
    ROW_IS(&t, "all", "", 3, 2, 4, 0);
    ROW_IS(&t, "type", "chi-hoi", 2, 2, 2, 0);
    ROW_IS(&t, "type", "cau-lac-bo", 1, 2, 2, 0);
    ROW_IS(&t, "type", "to", 0, 0, 0, 0);
    ROW_IS(&t, "basis", "residence", 1, 1, 1, 0);
    ROW_IS(&t, "basis", "-", 1, 1, 1, 0);
    ROW_IS(&t, "channel", "zalo", 1, 2, 2, 0);
    ROW_IS(&t, "channel", "-", 2, 2, 2, 0);
    ROW_IS(&t, "purpose", "culture", 1, 2, 2, 0);
    ROW_IS(&t, "special-model", "", 1, 2, 2, 0);
}

Test(tally_group, in_two_groups_of_one_kind_she_is_one_person_there)
{
    joins(member_in(first), second);
    struct tally t = scene_tally(&s, &tally_group);
    ROW_IS(&t, "type", "chi-hoi", 2, 1, 2, 0);
    ROW_IS(&t, "all", "", 3, 1, 2, 0);
}

Test(tally_group, who_is_reached_only_through_a_club_counts)
{
    member_in(club);
    struct tally t = scene_tally(&s, &tally_group);
    ROW_IS(&t, "all", "", 3, 1, 1, 0);
    ROW_IS(&t, "type", "cau-lac-bo", 1, 1, 1, 0);
    ROW_IS(&t, "type", "chi-hoi", 2, 0, 0, 0);
}

Test(tally_group, women_not_yet_members_are_counted_apart_and_honorary_members_nowhere)
{
    struct record *a = member_in(club), *b = member_in(first);
    put(a, "category", HV__CATEGORY__NOT_YET);
    put(b, "category", HV__CATEGORY__HONORARY);
    joins(a, first);
    joins(b, club);
    put(member_in(first), "category", HV__CATEGORY__ORGANISATION);
    struct tally t = scene_tally(&s, &tally_group);
    ROW_IS(&t, "all", "", 3, 1, 1, 1);
    ROW_IS(&t, "type", "cau-lac-bo", 1, 0, 0, 1);
    ROW_IS(&t, "type", "chi-hoi", 2, 1, 1, 1);
    FIGURE_IS(tally_group, &t, "core", "chi-hoi", "members", 1);
    FIGURE_IS(tally_group, &t, "core", "cau-lac-bo", "members", 0);
}

Test(tally_group, only_who_stands_on_the_day_counts)
{
    happens(member_in(first), HV__EVENT_TYPE__JOINED, DAY);
    happens(member_in(first), HV__EVENT_TYPE__JOINED, DAY + 1);
    happens(member_in(first), HV__EVENT_TYPE__LEFT, DAY);
    happens(member_in(first), HV__EVENT_TYPE__LEFT, DAY + 1);
    put(member_in(first), "voided", 1);
    put(member_in(first), "residence", HV__RESIDENCE__ELSEWHERE);
    struct tally t = scene_tally(&s, &tally_group);
    ROW_IS(&t, "all", "", 3, 2, 2, 0);
}

Test(tally_group, a_membership_counts_while_it_runs)
{
    struct record *m = joins(member_in(first), club);
    put(m, "since", DAY);
    m = joins(member_in(first), club);
    put(m, "since", 20200700);
    m = joins(member_in(first), club);
    put(m, "until", DAY);
    m = joins(member_in(first), club);
    put(m, "until", 20200000);
    put(joins(member_in(first), club), "voided", 1);
    struct tally t = scene_tally(&s, &tally_group);
    ROW_IS(&t, "type", "cau-lac-bo", 1, 2, 2, 0);
    ROW_IS(&t, "all", "", 3, 5, 7, 0);
}

Test(tally_group, a_group_is_open_from_its_founding_to_its_closing)
{
    put(first, "founded", DAY);
    put(second, "founded", DAY + 1);
    put(club, "closed", DAY);
    struct tally t = scene_tally(&s, &tally_group);
    ROW_IS(&t, "all", "", 1, 0, 0, 0);
    put(second, "founded", 20200600);
    put(club, "closed", 20200700);
    t = scene_tally(&s, &tally_group);
    ROW_IS(&t, "all", "", 3, 0, 0, 0);
    ROW_IS(&t, "special-model", "", 1, 0, 0, 0);
}

Test(tally_group, closing_ends_memberships_and_takes_nobody_out_of_her_home)
{
    joins(member_in(first), club);
    member_in(club);
    put(club, "closed", 20191231);
    struct tally t = scene_tally(&s, &tally_group);
    ROW_IS(&t, "all", "", 2, 2, 2, 0);
    ROW_IS(&t, "type", "cau-lac-bo", 0, 1, 1, 0);
}

Test(tally_group, who_belongs_to_a_void_group_counts_among_all)
{
    joins(member_in(club), first);
    put(club, "voided", 1);
    struct tally t = scene_tally(&s, &tally_group);
    ROW_IS(&t, "all", "", 2, 1, 2, 0);
    ROW_IS(&t, "type", "cau-lac-bo", 0, 0, 0, 0);
    ROW_IS(&t, "type", "chi-hoi", 2, 1, 1, 0);
}

Test(tally_group, a_purpose_of_their_own_has_a_row)
{
    record_put(first, (struct given){"purpose", .text = "Nuôi dế"});
    struct tally t = scene_tally(&s, &tally_group);
    ROW_IS(&t, "purpose", "Nuôi dế", 1, 0, 0, 0);
    ROW_IS(&t, "purpose", "law", 0, 0, 0, 0);
}

Test(tally_group, without_any_record_there_are_zeros)
{
    s.count = 0;
    struct tally t = scene_tally(&s, &tally_group);
    ROW_IS(&t, "all", "", 0, 0, 0, 0);
    ROW_IS(&t, "special-model", "", 0, 0, 0, 0);
    ROW_IS(&t, "type", "mang-luoi", 0, 0, 0, 0);
    cr_assert(scene_row(&tally_group, &t, "basis", "-") == NULL);
}

static void core_is(const struct tally *t, const char *section, const char *key, const int64_t expected[4])
{
    static const char *const columns[] = {"members", "officers", "counted", "core"};
    for (size_t i = 0; i < 4; i++)
        FIGURE_IS(tally_group, t, section, key, columns[i], expected[i]);
}
#define CORE_IS(t, section, key, ...) core_is(t, section, key, (const int64_t[4]){__VA_ARGS__})

Test(tally_group, officers_are_left_out_of_both_numbers_of_the_core_share)
{
    for (int i = 0; i < 4; i++)
        member_in(first);
    struct record *core = member_in(first), *head = member_in(first), *past = member_in(first);
    put(core, "core", 1);
    put(head, "core", 1);
    put(past, "core", 1);
    post(head, HV__POST_TYPE__CHI_HOI_HEAD, first);
    put(post(past, HV__POST_TYPE__CHI_HOI_DEPUTY, first), "until", DAY);
    joins(core, club);
    joins(core, second);
    struct tally t = scene_tally(&s, &tally_group);
    CORE_IS(&t, "core-group", "Chi hội 1", 7, 1, 6, 2);
    CORE_IS(&t, "core-group", "Chi hội 2", 1, 0, 1, 1);
    CORE_IS(&t, "core-group", "CLB Dân vũ", 1, 0, 1, 1);
    CORE_IS(&t, "core", "chi-hoi", 7, 1, 6, 2);
    CORE_IS(&t, "core", "cau-lac-bo", 1, 0, 1, 1);
}

Test(tally_group, a_void_officer_or_post_makes_no_officer)
{
    struct record *a = member_in(first);
    put(post(a, HV__POST_TYPE__VOLUNTEER, NULL), "voided", 1);
    struct record *officer =
        NEW(&s, &kind_officer, {"name", .text = "A"}, {"member_id", .to = a}, {"voided", .n = 1});
    NEW(&s, &kind_post, {"officer_id", .to = officer}, {"type", .n = HV__POST_TYPE__CHI_HOI_HEAD},
        {"group_id", .to = first});
    struct tally t = scene_tally(&s, &tally_group);
    CORE_IS(&t, "core-group", "Chi hội 1", 1, 0, 1, 0);
    FIGURE_IS(tally_group, &t, "heads", "chi-hoi", "with-head", 0);
}

Test(tally_group, a_head_is_one_whose_post_runs_in_an_open_group)
{
    struct record *to = NEW(&s, &kind_group, {"name", .text = "Tổ 1"}, {"type", .n = HV__GROUP_KIND__TO});
    post(NULL, HV__POST_TYPE__CHI_HOI_HEAD, first);
    post(NULL, HV__POST_TYPE__CHI_HOI_HEAD, first);
    post(NULL, HV__POST_TYPE__CHI_HOI_DEPUTY, second);
    put(post(NULL, HV__POST_TYPE__CLUB_HEAD, club), "since", DAY + 1);
    put(post(NULL, HV__POST_TYPE__TO_HEAD, to), "until", DAY + 1);
    struct tally t = scene_tally(&s, &tally_group);
    FIGURE_IS(tally_group, &t, "heads", "chi-hoi", "groups", 2);
    FIGURE_IS(tally_group, &t, "heads", "chi-hoi", "with-head", 1);
    FIGURE_IS(tally_group, &t, "heads", "chi-hoi", "without-head", 1);
    FIGURE_IS(tally_group, &t, "heads", "cau-lac-bo", "without-head", 1);
    FIGURE_IS(tally_group, &t, "heads", "to", "with-head", 1);
    put(to, "closed", DAY);
    t = scene_tally(&s, &tally_group);
    FIGURE_IS(tally_group, &t, "heads", "to", "groups", 0);
    FIGURE_IS(tally_group, &t, "heads", "to", "with-head", 0);
}

Test(tally_group, groups_of_one_name_have_a_row_each)
{
    struct record *same =
        NEW(&s, &kind_group, {"name", .text = "Chi hội 1"}, {"type", .n = HV__GROUP_KIND__CHI_HOI});
    NEW(&s, &kind_group, {"name", .text = "Chi hội 1"}, {"type", .n = HV__GROUP_KIND__CHI_HOI});
    member_in(same);
    struct tally t = scene_tally(&s, &tally_group);
    CORE_IS(&t, "core-group", "Chi hội 1", 0, 0, 0, 0);
    CORE_IS(&t, "core-group", "Chi hội 1 (2)", 1, 0, 1, 0);
    CORE_IS(&t, "core-group", "Chi hội 1 (3)", 0, 0, 0, 0);
}

Test(tally_group, a_province_is_the_sum_of_its_communes_without_single_groups)
{
    struct fault f = {0};
    joins(member_in(first), club);
    struct tally one = scene_tally(&s, &tally_group), sum = {.arena = s.arena};
    cr_assert_eq(tally_sum(&sum, &tally_group, &one, &f), ERR_OK);
    cr_assert_eq(tally_sum(&sum, &tally_group, &one, &f), ERR_OK);
    ROW_IS(&sum, "all", "", 6, 2, 4, 0);
    cr_assert(scene_row(&tally_group, &sum, "core-group", "Chi hội 1") == NULL);
}
