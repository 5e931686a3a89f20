/* Folding past days: nothing that is counted changes by it. */
#include "tests/store/room.h"
#include <stdio.h>

SUPPORT_CLUSTER

static struct room r;

static void setup(void)
{
    room_make(&r);
    sql(&r.base, "update term set from_day = 20100101");
}

static void teardown(void)
{
    room_free(&r);
}

TestSuite(fold, .init = setup, .fini = teardown, .timeout = 60);

/* Intervals over 2014-2021, some without an end, several in each of two groups. */
static void stand_at_random(int32_t unit, uint64_t *seed, int members)
{
    struct standing_row rows[64];
    for (int i = 0; i < members; i++) {
        int32_t from = date_add_days(20140101, (int)random_below(seed, 2500));
        int32_t to =
            random_below(seed, 3) == 0 ? DATE_MAX : date_add_days(from, 1 + (int)random_below(seed, 900));
        rows[i] = (struct standing_row){.member = id_of(1 + i + (unit == r.unit ? 0 : 100)),
                                        .interval = {.group = id_of(200 + i % 2),
                                                     .category = 1 + i % 2,
                                                     .away = i % 5 == 0,
                                                     .from = from,
                                                     .to = to}};
    }
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, store_standing_add(r.db, r.a, unit, rows, (size_t)members, &r.f));
    OK(&r, db_commit(r.db, &r.f));
}

static void fold(int32_t day)
{
    OK(&r, store_fold(r.db, r.a, day, &r.f));
}

static int64_t reported(int32_t unit, int32_t day)
{
    Hv__TargetReport *report;
    OK(&r, db_begin(r.db, true, &r.f));
    OK(&r, store_target_report(r.db, r.a, unit, day, &report, &r.f));
    db_rollback(r.db);
    cr_assert_eq(report->n_line, 1);
    return report->line[0]->numerator;
}

/* As the intervals themselves say. */
static int64_t standing(int32_t unit, int32_t day)
{
    return sql_int(&r.base,
                   "select count(*) from standing where unit = %d and from_day <= %d and to_day > %d and "
                   "category = 1",
                   unit, day, day);
}

static void assert_reports_right(void)
{
    for (int32_t day = 20140101; day < 20220101; day = date_add_days(day, 61)) {
        cr_assert_eq(reported(r.unit, day), standing(r.unit, day), "on %d", day);
        cr_assert_eq(reported(r.other, day), standing(r.other, day), "other, on %d", day);
    }
}

static int64_t rows_upto(int32_t day)
{
    return sql_int(&r.base, "select count(*) from standing_count where day > 0 and day <= %d", day);
}

Test(fold, reports_of_every_day_stay_as_they_were)
{
    uint64_t seed = seed_of_run();
    stand_at_random(r.unit, &seed, 60);
    stand_at_random(r.other, &seed, 20);
    assert_reports_right();
    fold(20180630);
    cr_assert_eq(rows_upto(20180630), 0);
    cr_assert_gt(rows_upto(DATE_MAX), 0, "later days stand apart");
    assert_reports_right();
    fold(20191231);
    cr_assert_eq(rows_upto(20191231), 0);
    assert_reports_right();
}

Test(fold, twice_is_once)
{
    uint64_t seed = seed_of_run();
    char before[4000];
    stand_at_random(r.unit, &seed, 60);
    fold(20180630);
    const char *all = "select string_agg(c::text, ' ' order by unit, group_id, category, away, day) from "
                      "standing_count c";
    snprintf(before, sizeof before, "%s", sql(&r.base, "%s", all));
    fold(20180630);
    cr_assert_str_eq(sql(&r.base, "%s", all), before);
}

Test(fold, never_goes_back)
{
    uint64_t seed = seed_of_run();
    stand_at_random(r.unit, &seed, 60);
    fold(20191231);
    fold(20180630);
    cr_assert_eq(sql_int(&r.base, "select day from standing_fold"), 20191231);
    assert_reports_right();
}

/* A late entry about a folded day is one more day to fold; reports are right before and after. */
Test(fold, what_comes_late_is_folded_the_next_time)
{
    uint64_t seed = seed_of_run();
    const struct standing_row late = {
        .member = id_of(250),
        .interval = {.group = id_of(200), .category = 1, .from = 20150505, .to = DATE_MAX}};
    stand_at_random(r.unit, &seed, 60);
    fold(20180630);
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, store_standing_add(r.db, r.a, r.unit, &late, 1, &r.f));
    OK(&r, db_commit(r.db, &r.f));
    assert_reports_right();
    fold(20180630);
    cr_assert_eq(rows_upto(20180630), 0);
    assert_reports_right();
}
