/* Commendations by level, award and ground, persons and units apart, each person once. */
#include "common/named_groups.h"
#include "tests/unit/tally_scene.h"

static struct scene s;
static struct record *chi_hoi;

static void begin(void)
{
    s = scene_begin(20180101, 20181231);
    chi_hoi = NEW(&s, &kind_group, {"name", .text = "Chi hội 1"}, {"type", .n = HV__GROUP_KIND__CHI_HOI});
}

static void end(void)
{
    scene_end(&s);
}

TestSuite(tally_commendation, .init = begin, .fini = end);

static struct record *member(void)
{
    return NEW(&s, &kind_member, {"name", .text = "Nguyễn Thị Hoa"}, {"birth", .n = 19700000},
               {"group_id", .to = chi_hoi});
}

static struct record *commends(const char *field, struct record *whom, int32_t date)
{
    struct record *r = NEW(&s, &kind_commendation, {"award", .text = "certificate"},
                           {"level", .n = HV__AWARD_LEVEL__BY_COMMUNE}, {"date", .n = date});
    if (whom != NULL)
        record_put(r, (struct given){field, .to = whom});
    else
        record_put(r, (struct given){"name", .text = field});
    return r;
}

static void is(const char *section, const char *key, const char *column, int64_t n)
{
    struct tally t = scene_tally(&s, &tally_commendation);
    FIGURE_IS(tally_commendation, &t, section, key, column, n);
}

Test(tally_commendation, persons_groups_and_other_names_stand_apart)
{
    struct record *hoa = member(), *both = commends("group_id", chi_hoi, 20180308);
    commends("member_id", hoa, 20180308);
    commends("group_id", chi_hoi, 20180308);
    commends("Hội Phụ nữ xã", NULL, 20180308);
    record_put(both, (struct given){"member_id", .to = hoa});
    is("all", "", "commendations", 4);
    is("all", "", "to-persons", 2);
    is("all", "", "to-groups", 1);
    is("all", "", "to-others", 1);
    is("all", "", "persons", 1);
    is("all", "", "members", 1);
    is("group", "Chi hội 1", "commendations", 3);
    is("group", NO_GROUP, "commendations", 1);
}

Test(tally_commendation, an_officer_who_is_a_member_is_the_same_person)
{
    struct record *hoa = member(),
                  *officer =
                      NEW(&s, &kind_officer, {"name", .text = "Nguyễn Thị Hoa"}, {"member_id", .to = hoa}),
                  *man = NEW(&s, &kind_officer, {"name", .text = "Lê Văn Ba"});
    commends("member_id", hoa, 20180308);
    commends("officer_id", officer, 20181020);
    commends("officer_id", man, 20181020);
    commends("officer_id", man, 20181021);
    is("all", "", "to-persons", 4);
    is("all", "", "persons", 2);
    is("all", "", "members", 1);
}

Test(tally_commendation, by_level_award_and_ground)
{
    struct record *a = commends("member_id", member(), 20180308),
                  *b = commends("member_id", member(), 20180309);
    record_put(a, (struct given){"level", .n = HV__AWARD_LEVEL__BY_CENTRE});
    record_put(a, (struct given){"award", .text = "medal"});
    record_put(a, (struct given){"ground", .text = "models"});
    record_put(b, (struct given){"award", .text = "Cờ thi đua"});
    is("level", "centre", "commendations", 1);
    is("level", "commune", "commendations", 1);
    is("level", "state", "commendations", 0);
    is("award", "medal", "persons", 1);
    is("award", "Cờ thi đua", "persons", 1);
    is("ground", "models", "commendations", 1);
    is("ground", "-", "commendations", 1);
}

Test(tally_commendation, the_period_holds_its_edges_and_void_ones_count_nothing)
{
    struct record *hoa = member();
    commends("member_id", hoa, 20171231);
    commends("member_id", hoa, 20180101);
    commends("member_id", hoa, 20181231);
    commends("member_id", hoa, 20180000);
    commends("member_id", hoa, 20190101);
    record_put(commends("member_id", hoa, 20180601), (struct given){"voided", .n = 1});
    is("all", "", "commendations", 3);
    is("year", "2018", "commendations", 3);
    s.day = 20181230;
    is("all", "", "commendations", 1);
}

Test(tally_commendation, two_honoured_persons_make_the_commune_one_that_has_them)
{
    struct record *hoa = member(), *hai = member();
    is("communes", "", "communes", 1);
    is("communes", "", "with-commendations", 0);
    commends("Hội Phụ nữ xã", NULL, 20180308);
    is("communes", "", "with-commendations", 1);
    is("communes", "", "with-person", 0);
    commends("member_id", hoa, 20180308);
    commends("member_id", hoa, 20181020);
    is("communes", "", "with-person", 1);
    is("communes", "", "with-2-persons", 0);
    commends("member_id", hai, 20181020);
    is("communes", "", "with-2-persons", 1);
    s.of_province = true;
    is("communes", "", "communes", 0);
    is("communes", "", "with-2-persons", 0);
    is("all", "", "commendations", 4);
}
