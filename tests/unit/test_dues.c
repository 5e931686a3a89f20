/* Dues: the rate in force, who is liable, who has paid, shares that sum to the whole. */
#include "common/dues.h"
#include "tests/unit/sample.h"
#include "tests/unit/tally_scene.h"

enum { HONORARY, POOR, NEAR_POOR, POLICY, AWAY, OVER_60, OVER_80 };

static struct scene scene;
static struct record *group;

static void begin(void)
{
    scene = scene_begin(20180101, 20181231);
    group = NEW(&scene, &kind_group, {"name", .text = "Chi hội 1"});
}

static void end(void)
{
    scene_end(&scene);
}

TestSuite(dues, .init = begin, .fini = end);

static struct record *member(int32_t birth)
{
    return NEW(&scene, &kind_member, {"name", .text = "A Thị Một"}, {"birth", .n = birth},
               {"group_id", .to = group});
}

static struct record *rate(int32_t since, int64_t monthly)
{
    return NEW(&scene, &kind_rate, {"name", .text = "Mức"}, {"since", .n = since}, {"monthly", .n = monthly},
               {"share_group", .n = 40}, {"share_commune", .n = 60});
}

static struct record *pays(const struct record *who, int64_t amount, int months)
{
    struct record *r = NEW(&scene, &kind_entry, {"type", .n = HV__ENTRY_TYPE__RECEIPT},
                           {"date", .n = 20180601}, {"amount", .n = amount}, {"source", .text = "dues"},
                           {"member_id", .to = who}, {"dues_year", .n = 2018});
    if (months > 0)
        record_put(r, (struct given){"dues_months", .n = months});
    return r;
}

static struct dues load(void)
{
    struct dues d;
    struct fault f = {0};
    struct tally_input in = {.arena = scene.arena, .source = &scene, .each = scene_each};
    cr_assert_eq(dues_load(&in, 2018, 20181231, 20181231, &d, &f), ERR_OK, "%s", f.text);
    return d;
}

static const struct dues_member *of(const struct dues *d, const struct record *who)
{
    return dues_find(d, &who->id);
}

static int64_t rate_on(int32_t day)
{
    struct records rates;
    struct tally_input in = {.arena = scene.arena, .source = &scene, .each = scene_each};
    cr_assert_eq(records_load(&in, &kind_rate, &rates, NULL), ERR_OK);
    return dues_rate_on(&rates, day).monthly;
}

Test(dues, the_newest_rate_that_has_begun_and_not_ended_is_in_force)
{
    record_put(rate(20170000, 1000), (struct given){"until", .n = 20220000});
    rate(20180700, 2000);
    record_put(rate(20180801, 9000), (struct given){"voided", .n = 1});
    cr_assert_eq(rate_on(20161231), 0);
    cr_assert_eq(rate_on(20170101), 1000);
    cr_assert_eq(rate_on(20180630), 1000);
    cr_assert_eq(rate_on(20180701), 2000);
    cr_assert_eq(rate_on(20230101), 2000);
}

Test(dues, a_rate_holds_on_its_last_day)
{
    record_put(rate(20170101, 1000), (struct given){"until", .n = 20180600});
    cr_assert_eq(rate_on(20180630), 1000);
    cr_assert_eq(rate_on(20180701), 0);
}

Test(dues, liability_is_decided_on_the_years_last_day_or_today)
{
    cr_assert_eq(dues_day(2018, 20190305), 20181231);
    cr_assert_eq(dues_day(2018, 20180305), 20180305);
}

Test(dues, months_add_up_and_what_is_missing_is_owed)
{
    struct record *none = member(19700000), *part = member(19700000), *whole = member(19700000),
                  *twice = member(19700000);
    rate(20170000, 1000);
    pays(part, 3000, 3);
    pays(part, 2000, 2);
    pays(whole, 12000, 0);
    pays(twice, 9000, 9);
    pays(twice, 9000, 9);
    struct dues d = load();
    cr_assert_eq(d.count, 4);
    cr_assert_eq(d.received, 35000);
    cr_assert(of(&d, none)->owed == 12000 && dues_state_of(of(&d, none)) == DUES_UNPAID);
    cr_assert(of(&d, part)->owed == 7000 && of(&d, part)->months == 5 && of(&d, part)->paid == 5000 &&
              dues_state_of(of(&d, part)) == DUES_PART);
    cr_assert(of(&d, whole)->owed == 0 && dues_state_of(of(&d, whole)) == DUES_PAID);
    cr_assert(of(&d, twice)->owed == 0 && of(&d, twice)->months == 12 && of(&d, twice)->paid == 18000);
}

Test(dues, what_is_reversed_is_not_paid)
{
    struct record *who = member(19700000), *paid = pays(who, 12000, 0);
    rate(20170000, 1000);
    NEW(&scene, &kind_reversal, {"entry_id", .to = paid}, {"date", .n = 20181231});
    struct dues d = load();
    cr_assert(of(&d, who)->months == 0 && of(&d, who)->owed == 12000 && d.received == 0);
}

Test(dues, dues_of_another_year_and_other_receipts_are_not_the_years)
{
    struct record *who = member(19700000);
    rate(20170000, 1000);
    record_put(pays(who, 12000, 0), (struct given){"dues_year", .n = 2017});
    record_put(pays(who, 12000, 0), (struct given){"source", .text = "voluntary"});
    record_put(pays(who, 12000, 0), (struct given){"date", .n = 20190101});
    struct dues d = load();
    cr_assert(of(&d, who)->months == 0 && d.received == 0);
}

static int exempt(const struct dues *d, const struct record *who)
{
    cr_assert(of(d, who)->owed == (of(d, who)->exempt < 0 ? 12000 : 0));
    return of(d, who)->exempt;
}

Test(dues, whoever_the_rate_exempts_owes_nothing)
{
    struct record *r = rate(20170000, 1000);
    struct record *poor = NEW(&scene, &kind_household, {"standard", .n = HV__HOUSEHOLD_CLASS__POOR}),
                  *near = NEW(&scene, &kind_household, {"standard", .n = HV__HOUSEHOLD_CLASS__NEAR_POOR});
    struct record *honorary = member(19700000), *in_poor = member(19700000), *in_near = member(19700000),
                  *away = member(19700000), *sixty = member(19581231), *younger = member(19590101),
                  *that_year = member(19580000), *later_year = member(19590000);
    record_put(honorary, (struct given){"category", .n = HV__CATEGORY__HONORARY});
    record_put(in_poor, (struct given){"household_id", .to = poor});
    record_put(in_near, (struct given){"household_id", .to = near});
    record_put(away, (struct given){"away_since", .n = 20180000});
    struct dues d = load();
    cr_assert_eq(exempt(&d, honorary), -1);
    record_put(r, (struct given){"exempt", .n = 1 << HONORARY | 1 << POOR | 1 << AWAY | 1 << OVER_60});
    d = load();
    cr_assert_eq(exempt(&d, honorary), HONORARY);
    cr_assert_eq(exempt(&d, in_poor), POOR);
    cr_assert_eq(exempt(&d, in_near), -1);
    cr_assert_eq(exempt(&d, away), AWAY);
    cr_assert_eq(exempt(&d, sixty), OVER_60);
    cr_assert_eq(exempt(&d, younger), -1);
    cr_assert_eq(exempt(&d, that_year), OVER_60);
    cr_assert_eq(exempt(&d, later_year), -1);
    cr_assert_eq(dues_state_of(of(&d, away)), DUES_EXEMPT);
    pays(away, 5000, 5);
    d = load();
    cr_assert_eq(dues_state_of(of(&d, away)), DUES_PAID);
}

Test(dues, an_age_counts_when_it_is_sure)
{
    struct dues d;
    struct record *that_year = member(19580000), *by_then = member(19580601), *later = member(19580602);
    record_put(rate(20170000, 1000), (struct given){"exempt", .n = 1 << OVER_60});
    struct tally_input in = {.arena = scene.arena, .source = &scene, .each = scene_each};
    cr_assert_eq(dues_load(&in, 2018, 20180601, 20180601, &d, NULL), ERR_OK);
    cr_assert_eq(of(&d, that_year)->exempt, -1);
    cr_assert_eq(of(&d, by_then)->exempt, OVER_60);
    cr_assert_eq(of(&d, later)->exempt, -1);
}

Test(dues, who_is_no_member_then_is_not_liable)
{
    struct record *left = member(19700000), *not_yet = member(19700000), *gone = member(19700000);
    rate(20170000, 1000);
    NEW(&scene, &kind_event, {"member_id", .to = left}, {"type", .n = HV__EVENT_TYPE__LEFT},
        {"date", .n = 20181231});
    NEW(&scene, &kind_event, {"member_id", .to = gone}, {"type", .n = HV__EVENT_TYPE__LEFT},
        {"date", .n = 20180601});
    record_put(not_yet, (struct given){"category", .n = HV__CATEGORY__NOT_YET});
    pays(gone, 6000, 6);
    struct dues d = load();
    cr_assert(of(&d, left) == NULL && of(&d, not_yet) == NULL);
    cr_assert(of(&d, gone) != NULL && !of(&d, gone)->stands && of(&d, gone)->owed == 0);
    cr_assert_eq(d.received, 6000);
}

Test(dues, without_a_rate_nothing_is_owed)
{
    struct record *who = member(19700000);
    struct dues d = load();
    cr_assert(d.rate.record == NULL && of(&d, who)->owed == 0 && of(&d, who)->exempt == -1);
}

Test(dues, shares_go_by_the_largest_remainder)
{
    const struct record any = {.kind = &kind_rate};
    struct dues_rate third = {&any, 0, {33, 33, 34, 0, 0}, 0}, fifths = {&any, 0, {20, 20, 20, 20, 20}, 0};
    int64_t out[DUES_SHARES];
    dues_split(&third, 100, out);
    cr_assert(out[0] == 33 && out[1] == 33 && out[2] == 34);
    dues_split(&third, 101, out); /* 33.33 33.33 34.34 */
    cr_assert(out[0] == 33 && out[1] == 33 && out[2] == 35);
    dues_split(&fifths, 7, out); /* 1.4 each: the first two get what is left */
    cr_assert(out[0] == 2 && out[1] == 2 && out[2] == 1 && out[3] == 1 && out[4] == 1);
    third.record = NULL;
    dues_split(&third, 100, out);
    cr_assert(out[0] == 0 && out[2] == 0);
}

Test(dues, shares_always_sum_to_what_was_received)
{
    struct sample random = sample_begin(scene.arena);
    const struct record any = {.kind = &kind_rate};
    for (int i = 0; i < 2000; i++) {
        struct dues_rate r = {.record = &any};
        int left = 100;
        for (int k = 0; k < DUES_SHARES - 1; k++) {
            r.share[k] = (int)sample_below(&random, (uint64_t)left + 1);
            left -= r.share[k];
        }
        r.share[DUES_SHARES - 1] = left;
        int64_t received = (int64_t)(sample_next(&random) >> (1 + sample_below(&random, 62))), sum = 0,
                out[DUES_SHARES];
        dues_split(&r, received, out);
        for (int k = 0; k < DUES_SHARES; k++) {
            cr_assert(out[k] >= 0 && (r.share[k] > 0 || out[k] == 0));
            sum += out[k];
        }
        cr_assert_eq(sum, received);
    }
}
