/* Programmes: what a province plans and pairs once, what its communes do. */
#include "tests/unit/tally_scene.h"
#include <stdio.h>

#define NAME "Đồng hành cùng phụ nữ biên cương"

static struct scene s;
static struct record *programme, *other, *plan, *chi_hoi;

static void begin(void)
{
    s = scene_begin(20180101, 20201231);
    chi_hoi = NEW(&s, &kind_group, {"name", .text = "Chi hội 1"}, {"type", .n = HV__GROUP_KIND__CHI_HOI});
    programme = NEW(&s, &kind_programme, {"name", .text = NAME}, {"planned_value", .n = 1000000000},
                    {"planned_persons", .n = 400}, {"planned_communes", .n = 90});
    other = NEW(&s, &kind_programme, {"name", .text = "Khởi nghiệp"});
    plan = NEW(&s, &kind_plan, {"name", .text = "Kế hoạch"}, {"opened", .n = 20180201});
}

static void end(void)
{
    scene_end(&s);
}

TestSuite(tally_programme, .init = begin, .fini = end);

static void is(const char *section, const char *key, const char *column, int64_t n)
{
    struct tally t = scene_tally(&s, &tally_programme);
    FIGURE_IS(tally_programme, &t, section, key, column, n);
}

static struct record *gives(const char *name, int32_t date, int64_t value)
{
    return NEW(&s, &kind_support, {"name", .text = name}, {"type", .text = "loan"}, {"date", .n = date},
               {"value", .n = value}, {"programme_id", .to = programme});
}

static struct record *pays(int32_t date, int64_t amount)
{
    return NEW(&s, &kind_entry, {"type", .n = HV__ENTRY_TYPE__PAYMENT}, {"date", .n = date},
               {"amount", .n = amount}, {"programme_id", .to = programme});
}

static struct record *pairs(const char *partner, const char *communes)
{
    return NEW(&s, &kind_pairing, {"programme_id", .to = programme}, {"partner", .text = partner},
               {"communes", .text = communes});
}

Test(tally_programme, what_is_planned_counts_in_the_provinces_own_part_only)
{
    is("programme", NAME, "planned-value", 0);
    is("pairing", NAME, "planned-communes", 0);
    s.of_province = true;
    is("programme", NAME, "planned-value", 1000000000);
    is("programme", NAME, "planned-persons", 400);
    is("programme", "Khởi nghiệp", "planned-value", 0);
    is("pairing", NAME, "planned-communes", 90);
}

Test(tally_programme, support_counts_in_times_persons_and_value)
{
    gives("Lê Thị Hai", 20180310, 5000000);
    gives("lê thị hai", 20190310, 2000000);
    record_put(gives("Lê Thị Ba", 20200000, 1000000), (struct given){"persons", .n = 3});
    record_put(gives("Lê Thị Tư", 20200101, 9), (struct given){"voided", .n = 1});
    gives("Lê Thị Năm", 20210101, 9);
    record_put(gives("Lê Thị Sáu", 20190101, 7), (struct given){"programme_id", .to = other});
    is("programme", NAME, "times", 5);
    is("programme", NAME, "persons", 4);
    is("programme", NAME, "members", 0);
    is("programme", NAME, "support-value", 8000000);
    is("programme", NAME, "value", 8000000);
    is("programme", "Khởi nghiệp", "value", 7);
}

Test(tally_programme, a_payment_for_a_valued_support_of_the_programme_counts_once)
{
    struct record *valued = gives("Lê Thị Hai", 20180310, 500), *plain = gives("Lê Thị Ba", 20180310, 0);
    record_put(pays(20180311, 500), (struct given){"support_id", .to = valued});
    record_put(pays(20180312, 70), (struct given){"support_id", .to = plain});
    pays(20180313, 8);
    is("programme", NAME, "paid", 578);
    is("programme", NAME, "support-value", 500);
    is("programme", NAME, "value", 578);
    record_put(valued, (struct given){"programme_id", .to = other});
    is("programme", NAME, "value", 578);
    is("programme", NAME, "support-value", 0);
    is("programme", "Khởi nghiệp", "value", 500);
}

Test(tally_programme, a_reversed_payment_is_taken_off_on_the_day_of_its_reversal)
{
    struct record *paid = pays(20180313, 800);
    pays(20171231, 1);
    NEW(&s, &kind_reversal, {"entry_id", .to = paid}, {"date", .n = 20190101});
    NEW(&s, &kind_entry, {"type", .n = HV__ENTRY_TYPE__RECEIPT}, {"date", .n = 20180401}, {"amount", .n = 9},
        {"programme_id", .to = programme});
    is("programme", NAME, "paid", 0);
    is("programme", NAME, "value", 0);
    s.day = 20181231;
    is("programme", NAME, "paid", 800);
}

Test(tally_programme, work_within_a_programme_is_counted_by_date)
{
    NEW(&s, &kind_activity, {"group_id", .to = chi_hoi}, {"date", .n = 20180310}, {"attended", .n = 25},
        {"programme_id", .to = programme});
    NEW(&s, &kind_activity, {"group_id", .to = chi_hoi}, {"date", .n = 20171231}, {"attended", .n = 9},
        {"programme_id", .to = programme});
    NEW(&s, &kind_activity, {"group_id", .to = chi_hoi}, {"date", .n = 20180310}, {"attended", .n = 7});
    NEW(&s, &kind_course, {"name", .text = "Lớp"}, {"date", .n = 20200000},
        {"programme_id", .to = programme});
    NEW(&s, &kind_model, {"name", .text = "M"}, {"started", .n = 20170101},
        {"programme_id", .to = programme});
    NEW(&s, &kind_commendation, {"name", .text = "Hội"}, {"award", .text = "medal"}, {"date", .n = 20210101},
        {"programme_id", .to = programme});
    is("work", NAME, "activities", 1);
    is("work", NAME, "attendances", 25);
    is("work", NAME, "courses", 1);
    is("work", NAME, "models", 1);
    is("work", NAME, "commendations", 0);
    s.day = 20201230;
    is("work", NAME, "courses", 0);
}

Test(tally_programme, steps_and_resources_are_those_of_plans_opened_by_the_day)
{
    struct record *done = NEW(&s, &kind_step, {"plan_id", .to = plan}, {"name", .text = "a"},
                              {"state", .n = HV__STEP_STATE__DONE}, {"done_on", .n = 20190601},
                              {"programme_id", .to = programme});
    (void)done;
    NEW(&s, &kind_step, {"plan_id", .to = plan}, {"name", .text = "b"}, {"programme_id", .to = programme});
    NEW(&s, &kind_resource, {"plan_id", .to = plan}, {"name", .text = "Vốn"}, {"value", .n = 300},
        {"programme_id", .to = programme});
    is("work", NAME, "steps", 2);
    is("work", NAME, "steps-done", 1);
    is("programme", NAME, "resources", 300);
    s.day = 20190531;
    is("work", NAME, "steps-done", 0);
    s.day = 20180131;
    is("work", NAME, "steps", 0);
    is("programme", NAME, "resources", 0);
    s.day = 20201231;
    record_put(plan, (struct given){"voided", .n = 1});
    is("work", NAME, "steps", 0);
    is("programme", NAME, "resources", 0);
}

Test(tally_programme, paired_communes_and_helping_units_count_once_each)
{
    s.of_province = true;
    pairs("Hội LHPN quận Tân Bình", "31317, 31318");
    record_put(pairs("Hội LHPN Quận Tân Bình", "31318,31319"), (struct given){"since", .n = 20190000});
    record_put(pairs("Báo Phụ nữ", "31320"), (struct given){"until", .n = 20180102});
    record_put(pairs("Hết hôm ấy", "31321"), (struct given){"until", .n = 20180101});
    record_put(pairs("Quá muộn", "31322"), (struct given){"since", .n = 20210101});
    record_put(pairs("Nhầm", "31323"), (struct given){"voided", .n = 1});
    is("pairing", NAME, "pairings", 3);
    is("pairing", NAME, "partners", 2);
    is("pairing", NAME, "communes", 4);
    is("pairing", "Khởi nghiệp", "communes", 0);
    s.day = 20191230;
    is("pairing", NAME, "pairings", 2);
    is("pairing", NAME, "communes", 3);
    s.of_province = false;
    is("pairing", NAME, "pairings", 0);
}

/* 2018-2020: 110 communes were helped where 90 were planned. */
Test(tally_programme, more_communes_than_planned_are_helped)
{
    s.of_province = true;
    for (int i = 0; i < 11; i++) {
        char *codes = arena_alloc(s.arena, 100), *at = codes;
        for (int k = 0; k < 10; k++)
            at += sprintf(at, "%s%05d", k > 0 ? "," : "", 10000 + i * 10 + k);
        pairs("Đơn vị", codes);
    }
    is("pairing", NAME, "communes", 110);
    is("pairing", NAME, "planned-communes", 90);
    is("pairing", NAME, "partners", 1);
}

Test(tally_programme, a_void_programme_has_no_row)
{
    gives("Lê Thị Hai", 20180310, 5);
    record_put(programme, (struct given){"voided", .n = 1});
    struct tally t = scene_tally(&s, &tally_programme);
    cr_assert(scene_row(&tally_programme, &t, "programme", NAME) == NULL);
    cr_assert(scene_row(&tally_programme, &t, "programme", "Khởi nghiệp") != NULL);
}
