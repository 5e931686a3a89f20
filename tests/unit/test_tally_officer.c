/* Posts, who holds them, who was trained in what, and what is vacant. */
#include "tests/unit/tally_scene.h"

static struct scene s;
static struct record *chi_hoi, *club;

static void begin(void)
{
    s = scene_begin(20180101, 20181231);
    chi_hoi = NEW(&s, &kind_group, {"name", .text = "Chi hội 1"}, {"type", .n = HV__GROUP_KIND__CHI_HOI});
    club = NEW(&s, &kind_group, {"name", .text = "CLB Thơ"}, {"type", .n = HV__GROUP_KIND__CAU_LAC_BO});
}

static void end(void)
{
    scene_end(&s);
}

TestSuite(tally_officer, .init = begin, .fini = end);

static struct record *officer(int sex)
{
    struct record *r = NEW(&s, &kind_officer, {"name", .text = "Trần Thị Lan"});
    if (sex != 0)
        record_put(r, (struct given){"sex", .n = sex});
    return r;
}

static struct record *post(struct record *who, int type, struct record *group)
{
    struct record *r = NEW(&s, &kind_post, {"officer_id", .to = who}, {"type", .n = type});
    if (group != NULL)
        record_put(r, (struct given){"group_id", .to = group});
    return r;
}

static struct record *course(int32_t date, int topics)
{
    return NEW(&s, &kind_course, {"name", .text = "Lớp"}, {"date", .n = date}, {"topics", .n = topics});
}

static struct record *attends(struct record *who, struct record *what)
{
    return NEW(&s, &kind_training, {"course_id", .to = what}, {"officer_id", .to = who});
}

static void is(const char *section, const char *key, const char *column, int64_t n)
{
    struct tally t = scene_tally(&s, &tally_officer);
    FIGURE_IS(tally_officer, &t, section, key, column, n);
}

static bool has(const char *section, const char *key)
{
    struct tally t = scene_tally(&s, &tally_officer);
    return scene_row(&tally_officer, &t, section, key) != NULL;
}

Test(tally_officer, officers_need_be_neither_members_nor_women)
{
    struct record *member = NEW(&s, &kind_member, {"name", .text = "Lê Thị Hoa"}, {"group_id", .to = chi_hoi},
                                {"sex", .n = HV__SEX__FEMALE}),
                  *she = officer(0), *he = officer(HV__SEX__MALE), *unknown = officer(0);
    record_put(she, (struct given){"member_id", .to = member});
    post(she, HV__POST_TYPE__CHI_HOI_HEAD, chi_hoi);
    post(he, HV__POST_TYPE__CHI_HOI_HEAD, chi_hoi);
    post(unknown, HV__POST_TYPE__CHI_HOI_HEAD, chi_hoi);
    is("post", "chi-hoi-head", "officers", 3);
    is("post", "chi-hoi-head", "women", 1);
    is("post", "chi-hoi-head", "men", 1);
    is("post", "chi-hoi-head", "members", 1);
    is("post", "chi-hoi-head", "not-members", 2);
    NEW(&s, &kind_event, {"member_id", .to = member}, {"type", .n = HV__EVENT_TYPE__LEFT},
        {"date", .n = 20181231});
    is("post", "chi-hoi-head", "members", 0);
    is("post", "chi-hoi-head", "women", 1);
}

Test(tally_officer, honorary_ones_and_void_records_are_no_members)
{
    struct record *member = NEW(&s, &kind_member, {"name", .text = "Lê Văn Hòa"}, {"group_id", .to = chi_hoi},
                                {"category", .n = HV__CATEGORY__HONORARY}),
                  *he = officer(HV__SEX__MALE);
    record_put(he, (struct given){"member_id", .to = member});
    post(he, HV__POST_TYPE__VOLUNTEER, NULL);
    is("post", "volunteer", "members", 0);
    record_put(member, (struct given){"category", .n = HV__CATEGORY__ORGANISATION});
    is("post", "volunteer", "members", 1);
    record_put(member, (struct given){"voided", .n = 1});
    is("post", "volunteer", "members", 0);
}

Test(tally_officer, she_counts_once_by_type_and_once_in_all)
{
    struct record *she = officer(HV__SEX__FEMALE);
    post(she, HV__POST_TYPE__CLUB_HEAD, club);
    post(she, HV__POST_TYPE__CLUB_HEAD, NULL);
    post(she, HV__POST_TYPE__COLLABORATOR, NULL);
    officer(HV__SEX__FEMALE);
    is("post", "club-head", "officers", 1);
    is("post", "collaborator", "officers", 1);
    is("all", "", "officers", 1);
}

Test(tally_officer, a_post_runs_from_its_first_day_until_the_day_of_its_end)
{
    struct record *p = post(officer(0), HV__POST_TYPE__VOLUNTEER, NULL);
    record_put(p, (struct given){"since", .n = 20181200});
    is("post", "volunteer", "officers", 1);
    s.day = 20181230;
    is("post", "volunteer", "officers", 0);
    s.day = 20191231;
    record_put(p, (struct given){"until", .n = 20190000});
    is("post", "volunteer", "officers", 0);
    s.day = 20191230;
    is("post", "volunteer", "officers", 1);
}

Test(tally_officer, void_posts_officers_courses_and_trainings_do_not_count)
{
    struct record *she = officer(0), *p = post(she, HV__POST_TYPE__VOLUNTEER, NULL),
                  *c = course(20180310, 1 << 1), *t = attends(she, c);
    is("topic", "ratio", "trained", 1);
    record_put(t, (struct given){"voided", .n = 1});
    is("topic", "ratio", "trained", 0);
    record_put(t, (struct given){"voided", .n = 0});
    record_put(c, (struct given){"voided", .n = 1});
    is("post", "volunteer", "trained", 0);
    is("year", "2018", "courses", 0);
    record_put(p, (struct given){"voided", .n = 1});
    is("post", "volunteer", "officers", 0);
    record_put(p, (struct given){"voided", .n = 0});
    record_put(she, (struct given){"voided", .n = 1});
    is("post", "volunteer", "officers", 0);
    is("all", "", "officers", 0);
}

Test(tally_officer, trained_by_post_and_topic_by_the_day_and_in_the_period)
{
    struct record *president = officer(0), *head = officer(0), *other = officer(0);
    post(president, HV__POST_TYPE__COMMUNE_PRESIDENT, NULL);
    post(head, HV__POST_TYPE__CHI_HOI_HEAD, chi_hoi);
    post(other, HV__POST_TYPE__CHI_HOI_HEAD, chi_hoi);
    attends(president, course(20170505, 1 << 0 | 1 << 1));
    attends(head, course(20180100, 1 << 1));
    attends(other, course(20190101, 1 << 1));
    is("post", "commune-president", "trained", 1);
    is("post", "commune-president", "trained-in-period", 0);
    is("post", "chi-hoi-head", "trained", 1);
    is("post", "chi-hoi-head", "trained-in-period", 1);
    is("topic", "ratio", "officers", 3);
    is("topic", "ratio", "trained", 2);
    is("topic", "ratio", "trained-in-period", 1);
    is("topic", "ratio", "presidents-trained", 1);
    is("topic", "ratio", "heads", 2);
    is("topic", "ratio", "heads-trained", 1);
    is("topic", "categories", "trained", 1);
    is("topic", "clubs", "trained", 0);
}

Test(tally_officer, a_course_without_a_full_date_counts_from_its_last_possible_day)
{
    struct record *she = officer(0);
    post(she, HV__POST_TYPE__VOLUNTEER, NULL);
    attends(she, course(20180000, 0));
    is("post", "volunteer", "trained", 1);
    is("all", "", "trained-in-period", 1);
    s.day = 20181230;
    is("post", "volunteer", "trained", 0);
}

Test(tally_officer, years_of_the_period_have_the_same_whole)
{
    struct record *president = officer(0), *former = officer(0), *first = course(20170310, 1),
                  *second = course(20180310, 1), *third = course(20180410, 1);
    post(president, HV__POST_TYPE__COMMUNE_PRESIDENT, NULL);
    attends(president, second);
    attends(president, third);
    attends(former, second);
    attends(former, first);
    s.from = 20160101;
    is("year", "2016", "officers", 1);
    is("year", "2016", "trained", 0);
    is("year", "2017", "persons", 1);
    is("year", "2017", "trained", 0);
    is("year", "2018", "courses", 2);
    is("year", "2018", "persons", 2);
    is("year", "2018", "trained", 1);
    is("year", "2018", "presidents", 1);
    is("year", "2018", "presidents-trained", 1);
    is("year", "2018", "heads", 0);
}

Test(tally_officer, presidents_and_chi_hoi_heads_come_first)
{
    struct tally t = scene_tally(&s, &tally_officer);
    const struct tally_row *president = scene_row(&tally_officer, &t, "post", "commune-president"),
                           *head = scene_row(&tally_officer, &t, "post", "chi-hoi-head"),
                           *deputy = scene_row(&tally_officer, &t, "post", "commune-deputy");
    cr_assert(president < head && head < deputy);
}

Test(tally_officer, groups_and_the_commune_without_a_head_are_vacant)
{
    NEW(&s, &kind_group, {"name", .text = "Tổ cũ"}, {"type", .n = HV__GROUP_KIND__TO},
        {"closed", .n = 20180000});
    NEW(&s, &kind_group, {"name", .text = "Tổ tư vấn"}, {"type", .n = HV__GROUP_KIND__TO_TU_VAN});
    struct record *she = officer(0), *p = post(she, HV__POST_TYPE__CHI_HOI_HEAD, chi_hoi);
    post(she, HV__POST_TYPE__COLLABORATOR, club);
    is("vacant", "commune-president", "places", 1);
    is("vacant", "commune-president", "vacant", 1);
    is("vacant", "chi-hoi-head", "places", 1);
    is("vacant", "chi-hoi-head", "vacant", 0);
    is("vacant", "club-head", "vacant", 1);
    is("vacant", "to-head", "places", 1);
    is("vacant", "to-head", "vacant", 1);
    is("vacant", "network-head", "places", 0);
    is("group-vacant", "CLB Thơ", "vacant", 1);
    cr_assert(!has("group-vacant", "Chi hội 1") && !has("group-vacant", "Tổ cũ"));
    cr_assert(!has("vacant", "volunteer"));
    record_put(p, (struct given){"until", .n = 20181231});
    is("vacant", "chi-hoi-head", "vacant", 1);
    post(she, HV__POST_TYPE__COMMUNE_PRESIDENT, NULL);
    is("vacant", "commune-president", "vacant", 0);
}

Test(tally_officer, a_commune_counts_once_by_topic_when_its_president_lacks_it)
{
    is("president-untrained", "ratio", "communes", 0);
    is("president-untrained", "ratio", "untrained", 0);
    struct record *she = officer(0), *p = post(she, HV__POST_TYPE__COMMUNE_PRESIDENT, NULL);
    attends(she, course(20150310, 1 << 1));
    is("president-untrained", "ratio", "communes", 1);
    is("president-untrained", "ratio", "untrained", 0);
    is("president-untrained", "forms", "untrained", 1);
    post(officer(0), HV__POST_TYPE__COMMUNE_PRESIDENT, NULL);
    is("president-untrained", "ratio", "communes", 1);
    is("president-untrained", "ratio", "untrained", 1);
    is("president-untrained", "forms", "untrained", 1);
    record_put(p, (struct given){"until", .n = 20180101});
    is("president-untrained", "forms", "untrained", 1);
}

Test(tally_officer, presidents_not_yet_trained_are_those_of_communes_below_target)
{
    post(officer(0), HV__POST_TYPE__COMMUNE_PRESIDENT, NULL);
    is("president-untrained", "ratio", "untrained", 1);
    s.above_target = true;
    is("president-untrained", "ratio", "communes", 0);
    is("president-untrained", "ratio", "untrained", 0);
    is("topic", "ratio", "presidents", 1);
}

Test(tally_officer, a_province_has_officers_of_its_own_and_no_president_to_miss)
{
    s.of_province = true;
    struct record *own = officer(0);
    post(own, HV__POST_TYPE__PROVINCE_OFFICER, NULL);
    attends(own, course(20180505, 1));
    is("all", "", "officers", 1);
    is("all", "", "trained", 1);
    is("post", "province-officer", "officers", 1);
    is("vacant", "commune-president", "places", 0);
    is("vacant", "commune-president", "vacant", 0);
}
