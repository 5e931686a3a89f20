/* The report on the fund, by figures worked out by hand. */
#include "tests/unit/tally_scene.h"

static struct scene scene;
static struct record *group, *member;

static void begin(void)
{
    scene = scene_begin(20180101, 20181231);
    group = NEW(&scene, &kind_group, {"name", .text = "Chi hội 1"});
    member = NEW(&scene, &kind_member, {"name", .text = "A Thị Một"}, {"birth", .n = 19700000},
                 {"group_id", .to = group});
}

static void end(void)
{
    scene_end(&scene);
}

TestSuite(tally_fund, .init = begin, .fini = end);

static struct record *entry(int type, int32_t day, int64_t amount)
{
    return NEW(&scene, &kind_entry, {"type", .n = type}, {"date", .n = day}, {"amount", .n = amount});
}

static struct record *receipt(int32_t day, int64_t amount, const char *source)
{
    struct record *r = entry(HV__ENTRY_TYPE__RECEIPT, day, amount);
    record_put(r, (struct given){"source", .text = source});
    return r;
}

#define IS(section, key, column, n) FIGURE_IS(tally_fund, &t, section, key, column, n)

Test(tally_fund, balances_by_level_and_days_in_the_red)
{
    receipt(20171201, 100, "voluntary");
    receipt(20180201, 50, "voluntary");
    entry(HV__ENTRY_TYPE__PAYMENT, 20180301, 30);
    entry(HV__ENTRY_TYPE__PAYMENT, 20190101, 500);
    struct record *r = entry(HV__ENTRY_TYPE__PAYMENT, 20181222, 7);
    record_put(r, (struct given){"level", .n = HV__FUND_LEVEL__FUND_GROUP});
    record_put(r, (struct given){"group_id", .to = group});
    struct tally t = scene_tally(&scene, &tally_fund);
    IS("balance", "commune", "opening", 100);
    IS("balance", "commune", "receipts", 50);
    IS("balance", "commune", "payments", 30);
    IS("balance", "commune", "closing", 120);
    IS("balance", "commune", "units-in-red", 0);
    IS("balance", "group", "closing", -7);
    IS("balance", "group", "units-in-red", 1);
    IS("balance", "group", "days-in-red", 10);
    IS("group", "Chi hội 1", "closing", -7);
    IS("group", "Chi hội 1", "days-in-red", 10);
    IS("balance", "province", "closing", 0);
}

Test(tally_fund, groups_of_one_name_have_rows_of_their_own)
{
    const struct record *const twins[] = {group, NEW(&scene, &kind_group, {"name", .text = "Chi hội 1"})};
    for (int i = 0; i < 2; i++) {
        struct record *r = receipt(20180201, 10 + i, "voluntary");
        record_put(r, (struct given){"level", .n = HV__FUND_LEVEL__FUND_GROUP});
        record_put(r, (struct given){"group_id", .to = twins[i]});
    }
    struct tally t = scene_tally(&scene, &tally_fund);
    IS("group", "Chi hội 1", "closing", 10);
    IS("group", "Chi hội 1 (2)", "closing", 11);
    IS("balance", "group", "closing", 21);
}

Test(tally_fund, a_provinces_own_fund_is_of_its_level)
{
    scene.of_province = true;
    receipt(20180201, 50, "voluntary");
    struct tally t = scene_tally(&scene, &tally_fund);
    IS("balance", "province", "closing", 50);
    IS("balance", "commune", "closing", 0);
}

Test(tally_fund, sources_purposes_and_what_is_given_in_kind)
{
    receipt(20180201, 50, "voluntary");
    receipt(20180202, 5, "voluntary");
    receipt(20180203, 8, "Bán giấy vụn");
    entry(HV__ENTRY_TYPE__RECEIPT, 20180204, 1);
    record_put(entry(HV__ENTRY_TYPE__PAYMENT, 20180301, 30), (struct given){"purpose", .text = "care"});
    entry(HV__ENTRY_TYPE__GIFT_IN_KIND, 20180401, 900);
    entry(HV__ENTRY_TYPE__LABOUR, 20180402, 70);
    struct record *wrong = entry(HV__ENTRY_TYPE__LABOUR, 20180403, 9);
    NEW(&scene, &kind_reversal, {"entry_id", .to = wrong}, {"date", .n = 20180404});
    struct tally t = scene_tally(&scene, &tally_fund);
    IS("source", "voluntary", "amount", 55);
    IS("source", "voluntary", "entries", 2);
    IS("source", "Bán giấy vụn", "amount", 8);
    IS("source", "-", "amount", 1);
    IS("source", "dues", "amount", 0);
    IS("purpose", "care", "amount", 30);
    IS("in-kind", "gift-in-kind", "amount", 900);
    IS("in-kind", "labour", "amount", 70);
    IS("in-kind", "labour", "entries", 1);
    IS("balance", "commune", "closing", 34);
}

Test(tally_fund, dues_and_whose_share_is_what)
{
    struct record *second = NEW(&scene, &kind_member, {"name", .text = "A Thị Hai"}, {"birth", .n = 19700000},
                                {"group_id", .to = group}),
                  *old = NEW(&scene, &kind_member, {"name", .text = "A Thị Ba"}, {"birth", .n = 19300000},
                             {"group_id", .to = group});
    NEW(&scene, &kind_member, {"name", .text = "A Thị Tư"}, {"birth", .n = 19700000},
        {"group_id", .to = group});
    NEW(&scene, &kind_rate, {"name", .text = "Mức"}, {"since", .n = 20170000}, {"monthly", .n = 1000},
        {"share_group", .n = 33}, {"share_commune", .n = 67}, {"exempt", .n = 1 << 6});
    struct record *r = receipt(20180501, 12001, "dues");
    record_put(r, (struct given){"member_id", .to = member});
    record_put(r, (struct given){"dues_year", .n = 2018});
    r = receipt(20180501, 2000, "dues");
    record_put(r, (struct given){"member_id", .to = second});
    record_put(r, (struct given){"dues_year", .n = 2018});
    record_put(r, (struct given){"dues_months", .n = 2});
    struct tally t = scene_tally(&scene, &tally_fund);
    cr_assert_not_null(old);
    IS("dues", "", "liable", 3);
    IS("dues", "", "exempt", 1);
    IS("dues", "", "paid", 1);
    IS("dues", "", "part", 1);
    IS("dues", "", "unpaid", 1);
    IS("dues", "", "owed", 22000);
    IS("dues", "", "received", 14001);
    IS("share", "group", "amount", 4620);   /* 4620.33 */
    IS("share", "commune", "amount", 9381); /* 9380.67 */
    IS("share", "centre", "amount", 0);
}

Test(tally_fund, money_collected_while_a_loan_was_paid_out)
{
    struct record *loan = NEW(&scene, &kind_support, {"member_id", .to = member}, {"type", .text = "loan"},
                              {"date", .n = 20180501});
    NEW(&scene, &kind_support, {"member_id", .to = member}, {"type", .text = "visit"},
        {"date", .n = 20180601});
    record_put(receipt(20180501, 10, "voluntary"), (struct given){"member_id", .to = member});
    record_put(receipt(20180502, 20, "voluntary"), (struct given){"member_id", .to = member});
    record_put(receipt(20180601, 40, "voluntary"), (struct given){"member_id", .to = member});
    record_put(receipt(20180701, 80, "voluntary"), (struct given){"support_id", .to = loan});
    struct record *back = receipt(20180501, 160, "voluntary");
    record_put(back, (struct given){"member_id", .to = member});
    NEW(&scene, &kind_reversal, {"entry_id", .to = back}, {"date", .n = 20180503});
    receipt(20180501, 320, "voluntary");
    struct tally t = scene_tally(&scene, &tally_fund);
    IS("loan", "", "receipts", 2);
    IS("loan", "", "amount", 90);
}

Test(tally_fund, years_that_are_closed)
{
    NEW(&scene, &kind_closing, {"unit", .n = 5}, {"year", .n = 2016}, {"balance", .n = 70});
    NEW(&scene, &kind_closing, {"unit", .n = 5}, {"year", .n = 2017}, {"balance", .n = -3});
    struct tally t = scene_tally(&scene, &tally_fund);
    IS("closed", "2016", "units", 1);
    IS("closed", "2016", "balance", 70);
    IS("closed", "2017", "balance", -3);
}

Test(tally_fund, sums_over_units_count_those_in_the_red)
{
    struct tally sum = {.arena = scene.arena};
    entry(HV__ENTRY_TYPE__PAYMENT, 20181231, 5);
    struct tally t = scene_tally(&scene, &tally_fund);
    cr_assert_eq(tally_sum(&sum, &tally_fund, &t, NULL), ERR_OK);
    cr_assert_eq(tally_sum(&sum, &tally_fund, &t, NULL), ERR_OK);
    FIGURE_IS(tally_fund, &sum, "balance", "commune", "units-in-red", 2);
    FIGURE_IS(tally_fund, &sum, "balance", "commune", "days-in-red", 2);
    FIGURE_IS(tally_fund, &sum, "balance", "commune", "closing", -10);
}

Test(tally_fund, a_provinces_sum_beyond_64_bits_is_refused)
{
    struct tally sum = {.arena = scene.arena};
    entry(HV__ENTRY_TYPE__RECEIPT, 20181231, INT64_MAX);
    struct tally t = scene_tally(&scene, &tally_fund);
    cr_assert_eq(tally_sum(&sum, &tally_fund, &t, NULL), ERR_OK);
    cr_assert_eq(tally_sum(&sum, &tally_fund, &t, NULL), ERR_BAD_NUMBER);
}
