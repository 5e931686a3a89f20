/* The fund's book: balances, periods, reversals, days in the red. */
#include "common/date.h"
#include "common/fund.h"
#include "tests/unit/sample.h"
#include "tests/unit/tally_scene.h"

enum { RECEIPT = 1, PAYMENT, IN_KIND, LABOUR };
enum { GROUP = 1, COMMUNE };

static struct scene scene;

static struct record *entry(int type, int32_t day, int64_t amount)
{
    return NEW(&scene, &kind_entry, {"type", .n = type}, {"date", .n = day}, {"amount", .n = amount});
}

static struct record *reverse(const struct record *r, int32_t day)
{
    return NEW(&scene, &kind_reversal, {"entry_id", .to = r}, {"date", .n = day});
}

static struct tally_input input(void)
{
    return (struct tally_input){
        .arena = scene.arena, .from = scene.from, .day = scene.day, .source = &scene, .each = scene_each};
}

static struct fund_book load(void)
{
    struct fund_book b;
    struct fault f = {0};
    struct tally_input in = input();
    cr_assert_eq(fund_load(&in, &b, &f), ERR_OK, "%s", f.text);
    return b;
}

static struct fund_sum sum(const struct fund_book *b, size_t fund, int32_t from, int32_t day)
{
    struct fund_sum s;
    cr_assert_eq(fund_sum(b, fund, from, day, &s, NULL), ERR_OK);
    return s;
}

static int64_t balance(const struct fund_book *b, size_t fund, int32_t day)
{
    int64_t n;
    cr_assert_eq(fund_balance(b, fund, day, &n, NULL), ERR_OK);
    return n;
}

static void begin(void)
{
    scene = scene_begin(20180101, 20181231);
}

static void end(void)
{
    scene_end(&scene);
}

TestSuite(fund, .init = begin, .fini = end);

Test(fund, lines_stand_by_day_with_a_running_balance)
{
    entry(PAYMENT, 20180310, 300);
    entry(RECEIPT, 20180105, 1000);
    entry(RECEIPT, 20180310, 50);
    entry(RECEIPT, 20171231, 7);
    struct fund_book b = load();
    static const int64_t balances[] = {7, 1007, 707, 757};
    cr_assert_eq(b.count, 4);
    cr_assert_eq(b.fund_count, 1);
    for (size_t i = 0; i < 4; i++)
        cr_assert_eq(b.lines[i].balance, balances[i], "line %zu: %lld", i, (long long)b.lines[i].balance);
    cr_assert_eq(balance(&b, FUND_ALL, 20180309), 1007);
    cr_assert_eq(balance(&b, 0, 20180310), 757);
    cr_assert_eq(balance(&b, 0, 20171230), 0);
}

Test(fund, a_period_opens_with_what_was_before_and_closes_with_the_sum)
{
    entry(RECEIPT, 20171231, 500);
    entry(RECEIPT, 20180101, 100);
    entry(PAYMENT, 20181231, 30);
    entry(PAYMENT, 20190101, 1000);
    struct fund_book b = load();
    struct fund_sum s = sum(&b, FUND_ALL, 20180101, 20181231);
    cr_assert(s.opening == 500 && s.receipts == 100 && s.payments == 30 && s.closing == 570);
}

Test(fund, gifts_in_kind_and_labour_are_valued_outside_the_balance)
{
    entry(IN_KIND, 20180201, 400);
    struct record *work = entry(LABOUR, 20180202, 60);
    entry(RECEIPT, 20180203, 10);
    struct fund_book b = load();
    struct fund_sum s = sum(&b, FUND_ALL, 20180101, 20181231);
    cr_assert(s.in_kind == 460 && s.closing == 10 && s.receipts == 10 && s.payments == 0);
    reverse(work, 20180301);
    b = load();
    cr_assert_eq(sum(&b, FUND_ALL, 20180101, 20181231).in_kind, 400);
    cr_assert_eq(sum(&b, FUND_ALL, 20180101, 20180228).in_kind, 460);
}

Test(fund, a_reversal_stands_on_its_own_day_with_the_opposite_sign)
{
    struct record *wrong = entry(RECEIPT, 20171201, 100), *paid = entry(PAYMENT, 20180501, 40);
    reverse(wrong, 20180110);
    reverse(paid, 20180601);
    struct fund_book b = load();
    struct fund_sum s = sum(&b, FUND_ALL, 20180101, 20181231);
    cr_assert(s.opening == 100 && s.receipts == -100 && s.payments == 0 && s.closing == 0);
    cr_assert_eq(sum(&b, FUND_ALL, 20180101, 20180531).payments, 40);
    cr_assert_eq(b.lines[1].balance, 0);
    cr_assert_eq(b.lines[1].amount, -100);
}

Test(fund, a_reversal_of_what_is_not_here_and_a_second_one_count_nothing)
{
    struct record *wrong = entry(RECEIPT, 20180101, 100);
    struct record *first = reverse(wrong, 20180110), *second = reverse(wrong, 20180111);
    second->id = first->id;
    reverse(second, 20180112);
    struct fund_book b = load();
    cr_assert_eq(b.count, 2);
    cr_assert_eq(balance(&b, FUND_ALL, 20181231), 0);
}

Test(fund, each_level_and_each_group_has_a_fund_of_its_own)
{
    struct record *one = NEW(&scene, &kind_group, {"name", .text = "Chi hội 1"});
    struct record *two = NEW(&scene, &kind_group, {"name", .text = "Chi hội 2"});
    record_put(entry(RECEIPT, 20180101, 1), (struct given){"level", .n = COMMUNE});
    entry(RECEIPT, 20180102, 2); /* the unit's own: the same */
    struct record *r = entry(RECEIPT, 20180103, 4);
    record_put(r, (struct given){"level", .n = GROUP});
    record_put(r, (struct given){"group_id", .to = one});
    r = entry(RECEIPT, 20180104, 8);
    record_put(r, (struct given){"level", .n = GROUP});
    record_put(r, (struct given){"group_id", .to = two});
    /* Collected by the group, for the unit. */
    record_put(entry(RECEIPT, 20180105, 16), (struct given){"group_id", .to = two});
    struct fund_book b = load();
    cr_assert_eq(b.fund_count, 3);
    cr_assert_eq(balance(&b, fund_find(&b, COMMUNE, NULL), 20181231), 19);
    cr_assert_eq(balance(&b, fund_find(&b, GROUP, &one->id), 20181231), 4);
    cr_assert_eq(balance(&b, fund_find(&b, GROUP, &two->id), 20181231), 8);
    cr_assert_eq(balance(&b, FUND_ALL, 20181231), 31);
    cr_assert_eq(fund_find(&b, GROUP, NULL), FUND_ALL);
    cr_assert_eq(fund_own_level(true), 4);
}

Test(fund, a_period_is_told_by_source_and_purpose)
{
    struct fund_part *list;
    size_t count;
    record_put(entry(RECEIPT, 20180101, 5), (struct given){"source", .text = "voluntary"});
    struct record *wrong = entry(RECEIPT, 20180102, 7);
    record_put(wrong, (struct given){"source", .text = "dues"});
    record_put(entry(RECEIPT, 20180103, 9), (struct given){"source", .text = "dues"});
    record_put(entry(PAYMENT, 20180104, 2), (struct given){"purpose", .text = "care"});
    entry(PAYMENT, 20180105, 3);
    entry(PAYMENT, 20190101, 100);
    reverse(wrong, 20180601);
    struct fund_book b = load();
    cr_assert_eq(fund_parts(scene.arena, &b, FUND_ALL, 20180101, 20181231, &list, &count, NULL), ERR_OK);
    static const struct {
        int type;
        const char *word;
        int64_t amount, count;
    } rows[] = {
        {RECEIPT, "dues", 9, 1}, {RECEIPT, "voluntary", 5, 1}, {PAYMENT, "", 3, 1}, {PAYMENT, "care", 2, 1}};
    cr_assert_eq(count, 4);
    for (size_t i = 0; i < 4; i++)
        cr_assert(list[i].type == rows[i].type && list[i].amount == rows[i].amount &&
                      list[i].count == rows[i].count && list[i].word.n == strlen(rows[i].word),
                  "row %zu", i);
}

static size_t deficits(const struct fund_book *b, struct fund_deficit **out)
{
    size_t count;
    cr_assert_eq(fund_deficits(scene.arena, b, out, &count, NULL), ERR_OK);
    return count;
}

Test(fund, days_in_the_red_are_told_by_the_balance_at_a_days_end)
{
    struct fund_deficit *list;
    entry(PAYMENT, 20180101, 10); /* the money of the same day covers it */
    entry(RECEIPT, 20180101, 10);
    entry(PAYMENT, 20180210, 5);
    entry(PAYMENT, 20180220, 7);
    entry(RECEIPT, 20180301, 12);
    entry(PAYMENT, 20181230, 1);
    struct fund_book b = load();
    cr_assert_eq(deficits(&b, &list), 2);
    cr_assert(list[0].from == 20180210 && list[0].until == 20180301 && list[0].lowest == -12);
    cr_assert(list[1].from == 20181230 && list[1].until == DATE_MAX && list[1].lowest == -1);
    cr_assert_eq(fund_deficit_days(&list[0], 20180101, 20181231), 19);
    cr_assert_eq(fund_deficit_days(&list[0], 20180301, 20181231), 0);
    cr_assert_eq(fund_deficit_days(&list[0], 20180101, 20180210), 1);
    cr_assert_eq(fund_deficit_days(&list[0], 20180101, 20180209), 0);
    cr_assert_eq(fund_deficit_days(&list[1], 20180101, 20181231), 2);
}

Test(fund, one_funds_money_does_not_cover_anothers_red)
{
    struct fund_deficit *list;
    entry(RECEIPT, 20180101, 100);
    record_put(entry(PAYMENT, 20180102, 1), (struct given){"level", .n = GROUP});
    struct fund_book b = load();
    cr_assert_eq(deficits(&b, &list), 1);
    cr_assert_eq(list[0].fund, fund_find(&b, GROUP, NULL));
}

Test(fund, a_sum_beyond_64_bits_is_refused)
{
    struct fund_book b;
    struct fund_sum s;
    struct tally_input in = input();
    entry(RECEIPT, 20180101, INT64_MAX);
    cr_assert_eq(fund_load(&in, &b, NULL), ERR_OK);
    cr_assert_eq(fund_sum(&b, FUND_ALL, 20180101, 20181231, &s, NULL), ERR_OK);
    entry(RECEIPT, 20180102, 1);
    cr_assert_eq(fund_load(&in, &b, NULL), ERR_BAD_NUMBER);
}

Test(fund, two_funds_that_fit_may_not_fit_together)
{
    struct fund_sum s;
    int64_t n;
    entry(RECEIPT, 20180101, INT64_MAX);
    record_put(entry(RECEIPT, 20180102, 1), (struct given){"level", .n = GROUP});
    struct fund_book b = load();
    cr_assert_eq(fund_balance(&b, FUND_ALL, 20181231, &n, NULL), ERR_BAD_NUMBER);
    cr_assert_eq(fund_sum(&b, FUND_ALL, 20180101, 20181231, &s, NULL), ERR_BAD_NUMBER);
    cr_assert_eq(fund_balance(&b, 0, 20181231, &n, NULL), ERR_OK);
}

Test(fund, however_a_period_is_split_what_opens_and_comes_and_goes_makes_what_closes)
{
    struct sample random = sample_begin(scene.arena);
    struct record *list[60];
    for (int i = 0; i < 60; i++) {
        int32_t day = date_add_days(20170101, (int)sample_below(&random, 700));
        list[i] = entry(1 + (int)sample_below(&random, 4), day, 1 + (int64_t)sample_below(&random, 1000000));
        if (sample_below(&random, 4) == 0)
            record_put(list[i], (struct given){"level", .n = GROUP});
        if (sample_below(&random, 5) == 0)
            reverse(list[i], date_add_days(day, (int)sample_below(&random, 100)));
    }
    struct fund_book b = load();
    for (int k = 0; k < 200; k++) {
        int32_t middle = date_add_days(20170101, (int)sample_below(&random, 800));
        size_t fund = sample_below(&random, 2) == 0 ? FUND_ALL : 0;
        struct fund_sum before = sum(&b, fund, 20170101, middle),
                        after = sum(&b, fund, date_add_days(middle, 1), 20191231),
                        whole = sum(&b, fund, 20170101, 20191231);
        cr_assert_eq(before.opening + before.receipts - before.payments, before.closing);
        cr_assert_eq(after.opening + after.receipts - after.payments, after.closing);
        cr_assert_eq(before.closing, after.opening);
        cr_assert_eq(before.receipts + after.receipts, whole.receipts);
        cr_assert_eq(before.payments + after.payments, whole.payments);
        cr_assert_eq(before.in_kind + after.in_kind, whole.in_kind);
        cr_assert_eq(after.closing, whole.closing);
    }
}
