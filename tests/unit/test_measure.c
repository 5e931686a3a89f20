/* What each measure of records counts, and lines filled in from it. */
#include "common/figure.h"
#include "tests/unit/tally_scene.h"

static struct scene s;
static struct record *first, *second;

static struct record *group(const char *name, int type)
{
    return NEW(&s, &kind_group, {"name", .text = name}, {"type", .n = type});
}

static void begin(void)
{
    s = scene_begin(20180101, 20181231);
    first = group("Chi hội 1", HV__GROUP_KIND__CHI_HOI);
    second = group("Chi hội 2", HV__GROUP_KIND__CHI_HOI);
}

static void end(void)
{
    scene_end(&s);
}

TestSuite(measure, .init = begin, .fini = end);

static struct steps steps_of(const struct measure_rule *rule, int32_t day)
{
    struct fault f = {0};
    struct steps out = {.arena = s.arena};
    struct tally_input in = {
        .arena = s.arena, .day = day, .regular_percent = s.regular_percent, .source = &s, .each = scene_each};
    cr_assert_eq(rule->run(&in, &out, &f), ERR_OK, "%s", f.text);
    steps_settle(&out);
    return out;
}

/* From `from` (of a flow) to the day. */
static int64_t figure(int number, int32_t from, int32_t day)
{
    const struct measure *m = measure_by_number(number);
    struct steps steps = steps_of(m->rule, day);
    int64_t n = 0;
    for (size_t i = 0; i < steps.count; i++)
        if (steps.list[i].measure == number && steps.list[i].day <= day && steps.list[i].day >= from)
            n += steps.list[i].n;
    return n;
}

static int64_t year(int number, int32_t of)
{
    return figure(number, of * 10000 + 101, of * 10000 + 1231);
}

static void voids(struct record *r)
{
    record_put(r, (struct given){"voided", .n = 1});
}

Test(measure, each_rule_makes_steps_of_its_own_measures_only)
{
    for (size_t i = 0; i < measure_count; i++) {
        const struct measure_rule *rule = measures[i].rule;
        bool named = rule == NULL;
        for (size_t k = 0; rule != NULL && rule->measures[k] != 0; k++)
            named |= rule->measures[k] == (int)measures[i].measure;
        cr_assert(named, "%s", measures[i].token);
        cr_assert_eq(rule != NULL, measures[i].counts.vi != NULL && measures[i].counts.en != NULL, "%s",
                     measures[i].token);
        cr_assert(rule == NULL || measures[i].categories == 0, "%s", measures[i].token);
    }
    cr_assert_leq(measure_count, (size_t)MEASURE_ROOM);
    cr_assert_leq(measure_rule_count, (size_t)RULE_ROOM);
}

Test(measure, activities_count_on_their_date_for_their_group)
{
    NEW(&s, &kind_activity, {"group_id", .to = first}, {"date", .n = 20180101});
    NEW(&s, &kind_activity, {"group_id", .to = first}, {"date", .n = 20181231});
    NEW(&s, &kind_activity, {"group_id", .to = second}, {"date", .n = 20171231});
    voids(NEW(&s, &kind_activity, {"group_id", .to = first}, {"date", .n = 20180601}));
    cr_assert_eq(year(HV__MEASURE__ACTIVITIES, 2018), 2);
    cr_assert_eq(year(HV__MEASURE__ACTIVITIES, 2017), 1);
    cr_assert_eq(figure(HV__MEASURE__ACTIVITIES, 20160501, 20181231), 3);
    struct steps steps = steps_of(&measure_of_activity, 20181231);
    cr_assert_eq(steps.count, 3);
    cr_assert(id_equal(&steps.list[2].group, &second->id));
}

Test(measure, groups_count_from_founding_to_closing)
{
    struct record *club = group("CLB", HV__GROUP_KIND__CAU_LAC_BO);
    record_put(club, (struct given){"founded", .n = 20180300});
    record_put(club, (struct given){"closed", .n = 20190000});
    record_put(club, (struct given){"special_model", .n = 1});
    voids(group("CLB nhầm", HV__GROUP_KIND__CAU_LAC_BO));
    cr_assert_eq(figure(HV__MEASURE__GROUPS_CLUB, 0, 20180330), 0);
    cr_assert_eq(figure(HV__MEASURE__GROUPS_CLUB, 0, 20180331), 1);
    cr_assert_eq(figure(HV__MEASURE__SPECIAL_MODELS, 0, 20191230), 1);
    cr_assert_eq(figure(HV__MEASURE__GROUPS_CLUB, 0, 20191231), 0, "an incomplete day is its last one");
    cr_assert_eq(figure(HV__MEASURE__GROUPS_CHI_HOI, 0, 20100101), 2, "founded always");
    cr_assert_eq(figure(HV__MEASURE__GROUPS, 0, 20181231), 3);
    for (int type = HV__GROUP_KIND__TO; type <= HV__GROUP_KIND__TO_TU_VAN; type++)
        group("x", type);
    cr_assert_eq(figure(HV__MEASURE__GROUPS_TO, 0, 20181231), 1);
    cr_assert_eq(figure(HV__MEASURE__GROUPS_NHOM, 0, 20181231), 1);
    cr_assert_eq(figure(HV__MEASURE__GROUPS_NETWORK, 0, 20181231), 1);
    cr_assert_eq(figure(HV__MEASURE__GROUPS_COUNSELLING, 0, 20181231), 1);
}

Test(measure, heads_are_trained_from_their_first_course_on_while_in_post)
{
    struct record *who = NEW(&s, &kind_officer, {"name", .text = "Lan"});
    struct record *other = NEW(&s, &kind_officer, {"name", .text = "Hoa"});
    struct record *early = NEW(&s, &kind_course, {"name", .text = "Lớp"}, {"date", .n = 20170000});
    struct record *late = NEW(&s, &kind_course, {"name", .text = "Lớp"}, {"date", .n = 20180610});
    NEW(&s, &kind_post, {"officer_id", .to = who}, {"type", .n = HV__POST_TYPE__CHI_HOI_HEAD},
        {"group_id", .to = first}, {"since", .n = 20180301}, {"until", .n = 20181001});
    NEW(&s, &kind_post, {"officer_id", .to = other}, {"type", .n = HV__POST_TYPE__CHI_HOI_HEAD},
        {"group_id", .to = second});
    NEW(&s, &kind_post, {"officer_id", .to = other}, {"type", .n = HV__POST_TYPE__COMMUNE_PRESIDENT});
    NEW(&s, &kind_training, {"course_id", .to = early}, {"officer_id", .to = who});
    NEW(&s, &kind_training, {"course_id", .to = late}, {"officer_id", .to = who});
    NEW(&s, &kind_training, {"course_id", .to = late}, {"officer_id", .to = other});
    cr_assert_eq(figure(HV__MEASURE__CHI_HOI_HEADS, 0, 20180228), 1);
    cr_assert_eq(figure(HV__MEASURE__CHI_HOI_HEADS, 0, 20180301), 2);
    cr_assert_eq(figure(HV__MEASURE__CHI_HOI_HEADS_TRAINED, 0, 20180228), 0);
    cr_assert_eq(figure(HV__MEASURE__CHI_HOI_HEADS_TRAINED, 0, 20180301), 1, "a course before the post");
    cr_assert_eq(figure(HV__MEASURE__CHI_HOI_HEADS_TRAINED, 0, 20180609), 1);
    cr_assert_eq(figure(HV__MEASURE__CHI_HOI_HEADS_TRAINED, 0, 20180610), 2);
    cr_assert_eq(figure(HV__MEASURE__PRESIDENTS, 0, 20180609), 1);
    cr_assert_eq(figure(HV__MEASURE__PRESIDENTS_TRAINED, 0, 20180609), 0);
    cr_assert_eq(figure(HV__MEASURE__PRESIDENTS_TRAINED, 0, 20180610), 1);
    cr_assert_eq(figure(HV__MEASURE__CHI_HOI_HEADS_TRAINED, 0, 20181001), 1);
    voids(other);
    cr_assert_eq(figure(HV__MEASURE__CHI_HOI_HEADS, 0, 20181001), 0);
}

Test(measure, a_person_is_honoured_once_a_year)
{
    struct record *member = NEW(&s, &kind_member, {"name", .text = "Lan"}, {"group_id", .to = first});
    struct record *officer = NEW(&s, &kind_officer, {"name", .text = "Lan"}, {"member_id", .to = member});
    struct record *man = NEW(&s, &kind_officer, {"name", .text = "Nam"});
    NEW(&s, &kind_commendation, {"member_id", .to = member}, {"date", .n = 20180300});
    NEW(&s, &kind_commendation, {"officer_id", .to = officer}, {"date", .n = 20180820});
    NEW(&s, &kind_commendation, {"officer_id", .to = man}, {"date", .n = 20181020});
    NEW(&s, &kind_commendation, {"member_id", .to = member}, {"date", .n = 20190101});
    NEW(&s, &kind_commendation, {"group_id", .to = first}, {"date", .n = 20180101});
    NEW(&s, &kind_commendation, {"name", .text = "Bà Tư"}, {"date", .n = 20180101});
    cr_assert_eq(year(HV__MEASURE__COMMENDATIONS, 2018), 5);
    cr_assert_eq(figure(HV__MEASURE__PERSONS_HONOURED, 20180101, 20180330), 0);
    cr_assert_eq(figure(HV__MEASURE__PERSONS_HONOURED, 20180101, 20180331), 1);
    cr_assert_eq(year(HV__MEASURE__PERSONS_HONOURED, 2018), 2);
    cr_assert_eq(figure(HV__MEASURE__PERSONS_HONOURED, 20160501, 20191231), 3, "years are summed");
}

Test(measure, models_and_support)
{
    struct record *member = NEW(&s, &kind_member, {"name", .text = "Lan"}, {"group_id", .to = first});
    NEW(&s, &kind_model, {"name", .text = "Vườn rau"}, {"started", .n = 20180600}, {"group_id", .to = first});
    NEW(&s, &kind_support, {"member_id", .to = member}, {"date", .n = 20180101});
    NEW(&s, &kind_support, {"member_id", .to = member}, {"date", .n = 20180201}, {"persons", .n = 4});
    NEW(&s, &kind_support, {"name", .text = "Trần Thị Hoà"}, {"date", .n = 20180201});
    NEW(&s, &kind_support, {"name", .text = "TRẦN THỊ HÒA"}, {"date", .n = 20180301});
    NEW(&s, &kind_support, {"persons", .n = 10}, {"date", .n = 20180301});
    NEW(&s, &kind_support, {"persons", .n = 10});
    cr_assert_eq(figure(HV__MEASURE__MODELS, 0, 20180629), 0);
    cr_assert_eq(figure(HV__MEASURE__MODELS, 0, 20180630), 1);
    cr_assert_eq(year(HV__MEASURE__SUPPORTS, 2018), 1 + 4 + 1 + 1 + 10);
    cr_assert_eq(year(HV__MEASURE__SUPPORTED_WOMEN, 2018), 1 + 3 + 1 + 10);
}

static struct record *dues(struct record *member, int32_t day, int64_t of, int64_t months)
{
    struct record *r = NEW(&s, &kind_entry, {"type", .n = HV__ENTRY_TYPE__RECEIPT}, {"date", .n = day},
                           {"amount", .n = 1000}, {"source", .text = "dues"}, {"group_id", .to = first},
                           {"member_id", .to = member}, {"dues_year", .n = of});
    if (months > 0)
        record_put(r, (struct given){"dues_months", .n = months});
    return r;
}

Test(measure, dues_are_paid_on_the_day_that_makes_the_year_full)
{
    struct record *lan = NEW(&s, &kind_member, {"name", .text = "Lan"}, {"group_id", .to = first});
    struct record *hoa = NEW(&s, &kind_member, {"name", .text = "Hoa"}, {"group_id", .to = first});
    dues(lan, 20180301, 2018, 6);
    struct record *rest = dues(lan, 20180901, 2018, 6);
    dues(hoa, 20171220, 2018, 0);
    dues(hoa, 20200105, 2019, 0);
    cr_assert_eq(figure(HV__MEASURE__DUES_PAID, 20180101, 20180831), 1, "paid ahead");
    cr_assert_eq(figure(HV__MEASURE__DUES_PAID, 20180101, 20180901), 2);
    cr_assert_eq(year(HV__MEASURE__DUES_PAID, 2017), 0);
    cr_assert_eq(figure(HV__MEASURE__DUES_PAID, 20190101, 20201231), 0, "the year was over");
    NEW(&s, &kind_reversal, {"entry_id", .to = rest}, {"date", .n = 20181101});
    cr_assert_eq(figure(HV__MEASURE__DUES_PAID, 20180101, 20181031), 2);
    cr_assert_eq(figure(HV__MEASURE__DUES_PAID, 20180101, 20181101), 1);
}

Test(measure, attending_is_what_the_report_of_activities_says)
{
    struct record *came[4], *member[3];
    for (int i = 0; i < 3; i++)
        member[i] =
            NEW(&s, &kind_member, {"name", .text = "Lan"}, {"group_id", .to = i < 2 ? first : second});
    for (int i = 0; i < 4; i++)
        came[i] = NEW(&s, &kind_activity, {"group_id", .to = first}, {"date", .n = 20180101 + i * 100});
    NEW(&s, &kind_attendance, {"activity_id", .to = came[0]}, {"member_id", .to = member[0]});
    NEW(&s, &kind_attendance, {"activity_id", .to = came[1]}, {"member_id", .to = member[0]});
    NEW(&s, &kind_attendance, {"activity_id", .to = came[2]}, {"member_id", .to = member[1]});
    cr_assert_eq(figure(HV__MEASURE__ATTENDING, 0, 20181231), 1);
    s.regular_percent = 25;
    cr_assert_eq(figure(HV__MEASURE__ATTENDING, 0, 20181231), 2);
    cr_assert_eq(figure(HV__MEASURE__ATTENDING, 0, 20191231), 0, "the year's own activities");
    cr_assert_eq(figure(HV__MEASURE__ATTENDING, 0, 20180101), 1);
}

/* ---- lines ---- */

static Hv__TargetLine line_of(Hv__Form form, Hv__Measure measure, int64_t threshold)
{
    Hv__TargetLine l = HV__TARGET_LINE__INIT;
    l.has_form = l.has_measure = l.has_comparator = l.has_threshold = 1;
    l.form = form;
    l.measure = measure;
    l.comparator = HV__COMPARATOR__AT_LEAST;
    l.threshold = threshold;
    return l;
}

static void fill(Hv__TargetLine *l, int32_t day)
{
    struct fault f = {0};
    struct figure_wants wants;
    struct figures x;
    cr_assert_eq(figure_wants_make(s.arena, &l, 1, day, &wants, &f), ERR_OK);
    cr_assert_eq(figures_begin(s.arena, &wants, &x, &f), ERR_OK);
    for (size_t i = 0; i < measure_rule_count; i++) {
        struct steps steps = steps_of(measure_rules[i], day);
        cr_assert_eq(figures_step(&x, &steps, day, &f), ERR_OK);
    }
    for (int i = 0; i < 2; i++) {
        const struct id *of = &(i == 0 ? first : second)->id;
        int64_t n = i == 0 ? 10 : 20;
        int32_t flags = i == 0 ? STANDING_CARD : 0;
        cr_assert_eq(figures_stand(&x, NULL, HV__CATEGORY__ORDINARY, false, flags, n, &f), ERR_OK);
        cr_assert_eq(figures_stand(&x, of, HV__CATEGORY__ORDINARY, false, flags, n, &f), ERR_OK);
    }
    figures_fill(&x, l, day);
    target_decide(l);
}

Test(measure, each_chi_hoi_is_looked_at_alone)
{
    Hv__TargetLine l = line_of(HV__FORM__EACH_GROUP, HV__MEASURE__ACTIVITIES, 2);
    l.has_period = l.has_groups = 1;
    l.period = HV__PERIOD__YEAR;
    l.groups = HV__MEASURE__GROUPS_CHI_HOI;
    struct record *to = group("Tổ 1", HV__GROUP_KIND__TO);
    for (int i = 0; i < 3; i++)
        NEW(&s, &kind_activity, {"group_id", .to = first}, {"date", .n = 20180110 + i});
    NEW(&s, &kind_activity, {"group_id", .to = second}, {"date", .n = 20180110});
    NEW(&s, &kind_activity, {"group_id", .to = to}, {"date", .n = 20180110});
    fill(&l, 20181231);
    cr_assert_eq(l.numerator, 5);
    cr_assert(l.units == 2 && l.units_met == 1 && l.units_open == 0);
    cr_assert(l.verdict == HV__VERDICT_WORD__NOT_MET && l.missing == 1);
    NEW(&s, &kind_activity, {"group_id", .to = second}, {"date", .n = 20180111});
    fill(&l, 20181231);
    cr_assert(l.units_met == 2 && l.verdict == HV__VERDICT_WORD__MET && l.missing == 0);
    fill(&l, 20190101);
    cr_assert(l.units_met == 0, "a new year");
    l.groups = HV__MEASURE__GROUPS_TO;
    fill(&l, 20181231);
    cr_assert(l.units == 1 && l.units_met == 0);
}

Test(measure, a_denominator_may_be_a_measure)
{
    Hv__TargetLine l = line_of(HV__FORM__RATIO, HV__MEASURE__CARD, 300000);
    l.has_denominator_measure = 1;
    l.denominator_measure = HV__MEASURE__MEMBERS;
    fill(&l, 20181231);
    cr_assert(l.numerator == 10 && l.has_denominator && l.denominator == 30);
    cr_assert_eq(l.verdict, HV__VERDICT_WORD__EXCEEDED);
    l.form = HV__FORM__EACH_GROUP;
    l.threshold = 1000000;
    fill(&l, 20181231);
    cr_assert(l.units == 2 && l.units_met == 1 && l.verdict == HV__VERDICT_WORD__NOT_MET);
    group("Chi hội trống", HV__GROUP_KIND__CHI_HOI);
    fill(&l, 20181231);
    cr_assert(l.units == 3 && l.units_open == 1, "one without members has no ratio");
}

/* A term of the commune and that of the centre begin a year apart: each counts from its own first day. */
Test(measure, flows_of_two_terms_stand_side_by_side)
{
    Hv__TargetLine commune = line_of(HV__FORM__NUMBER, HV__MEASURE__ACTIVITIES, 2), centre = commune;
    commune.has_term_from = centre.has_term_from = 1;
    commune.term_from = 20160501;
    centre.term_from = 20170501;
    NEW(&s, &kind_activity, {"group_id", .to = first}, {"date", .n = 20160430});
    NEW(&s, &kind_activity, {"group_id", .to = first}, {"date", .n = 20160501});
    NEW(&s, &kind_activity, {"group_id", .to = first}, {"date", .n = 20170501});
    fill(&commune, 20181231);
    fill(&centre, 20181231);
    cr_assert_eq(commune.numerator, 2);
    cr_assert_eq(centre.numerator, 1);
}
