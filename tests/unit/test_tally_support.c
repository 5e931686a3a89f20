/* Support in times and in persons, each person once. */
#include "common/named_groups.h"
#include "tests/unit/tally_scene.h"

static struct scene s;
static struct record *chi_hoi, *programme;

static void begin(void)
{
    s = scene_begin(20180101, 20181231);
    chi_hoi = NEW(&s, &kind_group, {"name", .text = "Chi hội 1"}, {"type", .n = HV__GROUP_KIND__CHI_HOI});
    programme = NEW(&s, &kind_programme, {"name", .text = "Biên cương"});
}

static void end(void)
{
    scene_end(&s);
}

TestSuite(tally_support, .init = begin, .fini = end);

static struct record *member(void)
{
    return NEW(&s, &kind_member, {"name", .text = "Nguyễn Thị Hoa"}, {"birth", .n = 19700000},
               {"group_id", .to = chi_hoi});
}

static struct record *gives(struct record *to, const char *type, int32_t date, int64_t value)
{
    return NEW(&s, &kind_support, {"member_id", .to = to}, {"type", .text = type}, {"date", .n = date},
               {"value", .n = value});
}

static struct record *gives_other(const char *name, const char *type, int32_t date)
{
    return NEW(&s, &kind_support, {"name", .text = name}, {"type", .text = type}, {"date", .n = date});
}

static struct record *gives_many(int64_t persons, const char *type, int32_t date)
{
    return NEW(&s, &kind_support, {"persons", .n = persons}, {"type", .text = type}, {"date", .n = date});
}

static void is(const char *section, const char *key, const char *column, int64_t n)
{
    struct tally t = scene_tally(&s, &tally_support);
    FIGURE_IS(tally_support, &t, section, key, column, n);
}

static bool has(const char *section, const char *key)
{
    struct tally t = scene_tally(&s, &tally_support);
    return scene_row(&tally_support, &t, section, key) != NULL;
}

Test(tally_support, one_woman_helped_twice_is_one_person_and_two_times)
{
    struct record *hoa = member();
    gives(hoa, "loan", 20180310, 50000000);
    gives(hoa, "loan", 20180410, 20000000);
    gives(hoa, "visit", 20180510, 500000);
    is("type", "loan", "times", 2);
    is("type", "loan", "persons", 1);
    is("type", "loan", "value", 70000000);
    is("type", "visit", "persons", 1);
    is("type", "start-up", "times", 0);
    is("all", "", "times", 3);
    is("all", "", "persons", 1);
    is("all", "", "members", 1);
    is("all", "", "value", 70500000);
}

Test(tally_support, other_women_are_told_apart_by_name_without_tones)
{
    gives_other("Lê Thị Hòa", "visit", 20180310);
    gives_other("LÊ THỊ HOÀ", "loan", 20180311);
    gives_other("Lê Thị Hai", "visit", 20180312);
    is("all", "", "persons", 2);
    is("all", "", "others", 2);
    is("all", "", "members", 0);
    is("all", "", "times", 3);
}

Test(tally_support, a_count_counts_whole_less_the_one_who_is_named)
{
    gives_many(30, "visit", 20180120);
    record_put(gives(member(), "training", 20180121, 1), (struct given){"persons", .n = 4});
    is("type", "visit", "times", 30);
    is("type", "visit", "persons", 30);
    is("type", "visit", "not-named", 30);
    is("type", "training", "times", 4);
    is("type", "training", "persons", 4);
    is("type", "training", "not-named", 3);
    is("all", "", "persons", 34);
    is("all", "", "members", 1);
}

Test(tally_support, persons_are_members_and_others_and_those_not_named)
{
    struct record *not_yet = member(), *honorary = member(), *gone = member();
    record_put(not_yet, (struct given){"category", .n = HV__CATEGORY__NOT_YET});
    record_put(honorary, (struct given){"category", .n = HV__CATEGORY__HONORARY});
    NEW(&s, &kind_event, {"member_id", .to = gone}, {"type", .n = HV__EVENT_TYPE__MOVED_OUT},
        {"date", .n = 20180601});
    gives(not_yet, "visit", 20180310, 1);
    gives(honorary, "visit", 20180310, 1);
    gives(gone, "visit", 20180601, 1);
    gives_other("Lê Thị Hai", "visit", 20180310);
    gives_many(5, "visit", 20180310);
    is("all", "", "persons", 9);
    is("all", "", "members", 1);
    is("all", "", "others", 3);
    is("all", "", "not-named", 5);
    gives(gone, "loan", 20180531, 1);
    is("all", "", "persons", 9);
    is("all", "", "members", 2);
    is("all", "", "others", 2);
    is("type", "visit", "members", 1);
    is("type", "loan", "members", 1);
}

Test(tally_support, the_period_holds_its_edges_and_the_last_possible_day_of_a_date)
{
    struct record *hoa = member();
    gives(hoa, "loan", 20171231, 1);
    gives(hoa, "loan", 20180101, 1);
    gives(hoa, "loan", 20181231, 1);
    gives(hoa, "loan", 20190101, 1);
    gives(hoa, "loan", 20180000, 1);
    gives(hoa, "loan", 20180300, 1);
    is("all", "", "times", 4);
    is("quarter", "2018-Q1", "times", 2);
    is("quarter", "2018-Q4", "times", 2);
    cr_assert(!has("quarter", "2018-Q2"));
    s.day = 20181230;
    is("all", "", "times", 2);
    s.day = 20180330;
    is("all", "", "times", 1);
    s.day = 20180331;
    is("all", "", "times", 2);
}

Test(tally_support, void_support_counts_nothing_and_a_void_member_is_still_one_other)
{
    struct record *hoa = member();
    record_put(gives(hoa, "loan", 20180310, 5), (struct given){"voided", .n = 1});
    is("all", "", "times", 0);
    gives(hoa, "visit", 20180311, 1);
    record_put(hoa, (struct given){"voided", .n = 1});
    is("all", "", "persons", 1);
    is("all", "", "members", 0);
    is("all", "", "others", 1);
    is("group", NO_GROUP, "persons", 1);
}

Test(tally_support, by_programme_source_and_kinds_of_ones_own_words)
{
    struct record *a = gives(member(), "Giúp sửa nhà", 20180310, 9),
                  *b = gives(member(), "loan", 20180310, 4);
    record_put(a, (struct given){"programme_id", .to = programme});
    record_put(b, (struct given){"source", .text = "policy-bank"});
    is("type", "Giúp sửa nhà", "persons", 1);
    is("programme", "Biên cương", "value", 9);
    is("programme", "-", "value", 4);
    is("source", "policy-bank", "value", 4);
    is("source", "-", "value", 9);
    is("group", "Chi hội 1", "persons", 2);
    record_put(programme, (struct given){"voided", .n = 1});
    is("programme", "-", "value", 13);
    cr_assert(!has("programme", "Biên cương"));
}
