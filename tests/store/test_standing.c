#include "tests/store/room.h"

SUPPORT_CLUSTER

static struct room r;

static void setup(void)
{
    room_make(&r);
}

static void teardown(void)
{
    room_free(&r);
}

TestSuite(standing, .init = setup, .fini = teardown);

static struct standing_row row_of(int member, int group, int32_t from, int32_t to)
{
    return (struct standing_row){.member = id_of(member),
                                 .interval = {.group = id_of(group), .category = 1, .from = from, .to = to}};
}

static void add(const struct standing_row *rows, size_t count)
{
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, store_standing_add(r.db, r.a, r.unit, rows, count, &r.f));
    OK(&r, db_commit(r.db, &r.f));
}

/* The rows of one member in place of her former ones; of whom had more, dropped first. */
static void replace(int member, const struct standing_row *rows, size_t count)
{
    const struct id id = id_of(member);
    char text[ID_TEXT];
    id_format(&id, text);
    bool fewer = (int64_t)count < sql_int(&r.base, "select count(*) from standing where member = '%s'", text);
    OK(&r, db_begin(r.db, false, &r.f));
    if (fewer)
        OK(&r, store_standing_drop(r.db, r.a, r.unit, &id, 1, &r.f));
    OK(&r, store_standing_put(r.db, r.a, r.unit, rows, count, &r.f));
    OK(&r, db_commit(r.db, &r.f));
}

/* How many stand on a day by the kept counts, and by the intervals themselves. */
static int64_t counted(int32_t day)
{
    return sql_int(&r.base, "select coalesce(sum(n), 0) from standing_count where unit = %d and day <= %d",
                   r.unit, day);
}

static int64_t standing(int32_t day)
{
    return sql_int(&r.base,
                   "select count(*) from standing where unit = %d and from_day <= %d and to_day > %d", r.unit,
                   day, day);
}

static void assert_stand(int32_t day, int64_t want)
{
    cr_assert_eq(standing(day), want);
    cr_assert_eq(counted(day), want);
}

Test(standing, counts_rise_and_fall_on_their_days)
{
    add((const struct standing_row[]){row_of(1, 90, DATE_MIN, DATE_MAX), row_of(2, 90, 20200101, 20210101),
                                      row_of(3, 91, 20200101, DATE_MAX)},
        3);
    assert_stand(20191231, 1);
    assert_stand(20200101, 3);
    assert_stand(20201231, 3);
    assert_stand(20210101, 2);
    cr_assert_eq(sql_int(&r.base, "select sum(n) from standing_count where group_id = '%s'",
                         "5b5b5b5b-5b5b-5b5b-5b5b-5b5b5b5b5b5b"),
                 1);
}

Test(standing, replacing_takes_the_old_intervals_out_of_the_counts)
{
    add((const struct standing_row[]){row_of(1, 90, DATE_MIN, DATE_MAX), row_of(2, 90, DATE_MIN, DATE_MAX)},
        2);
    replace(
        1,
        (const struct standing_row[]){row_of(1, 90, DATE_MIN, 20200101), row_of(1, 91, 20220101, DATE_MAX)},
        2);
    assert_stand(20191231, 2);
    assert_stand(20200101, 1);
    assert_stand(20220101, 2);
    replace(1, NULL, 0);
    assert_stand(20191231, 1);
    assert_stand(20220101, 1);
}

Test(standing, each_column_makes_a_difference)
{
    struct standing_row one = row_of(1, 90, 20200101, DATE_MAX);
    add(&one, 1);
    one.interval.away = true;
    replace(1, &one, 1);
    cr_assert_eq(sql_int(&r.base, "select count(*) from standing where away"), 1);
    one.interval.category = 3;
    replace(1, &one, 1);
    cr_assert_eq(sql_int(&r.base, "select count(*) from standing where away and category = 3"), 1);
    one.interval.group = id_of(92);
    replace(1, &one, 1);
    cr_assert_eq(sql_int(&r.base,
                         "select sum(n) from standing_count where category = 3 and away and group_id = "
                         "'5c5c5c5c-5c5c-5c5c-5c5c-5c5c5c5c5c5c'"),
                 1);
    one.interval.to = 20210101;
    replace(1, &one, 1);
    assert_stand(20210101, 0);
    assert_stand(20201231, 1);
}

Test(standing, another_communes_intervals_are_not_touched)
{
    const struct standing_row row = row_of(1, 90, DATE_MIN, DATE_MAX);
    const struct id id = id_of(1);
    add(&row, 1);
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, store_standing_put(r.db, r.a, r.other, &row, 1, &r.f));
    OK(&r, store_standing_drop(r.db, r.a, r.other, &id, 1, &r.f));
    OK(&r, db_commit(r.db, &r.f));
    assert_stand(20220101, 1);
}

Test(standing, an_interval_that_is_as_it_was_is_not_written)
{
    const struct standing_row rows[] = {row_of(1, 90, DATE_MIN, 20200101), row_of(1, 90, 20210101, DATE_MAX)};
    add(rows, 2);
    int64_t before = sql_int(&r.base, "select max(xmin::text::bigint) from standing");
    replace(1, rows, 2);
    cr_assert_eq(sql_int(&r.base, "select max(xmin::text::bigint) from standing"), before);
    assert_stand(20210101, 1);
}

/* Random intervals, added, replaced and taken away: at every step the counts are what counting would give. */
Test(standing, counts_follow_any_history)
{
    uint64_t seed = seed_of_run();
    for (int step = 0; step < 60; step++) {
        struct standing_row rows[3];
        int member = 1 + (int)random_below(&seed, 6);
        size_t count = random_below(&seed, 4);
        int32_t day = 20200101;
        for (size_t i = 0; i < count; i++) {
            int32_t to = date_add_days(day, 1 + (int)random_below(&seed, 400));
            rows[i] = row_of(member, 90 + (int)random_below(&seed, 2), day, i == 2 ? DATE_MAX : to);
            rows[i].interval.category = 1 + (int32_t)random_below(&seed, 2);
            day = to;
        }
        replace(member, rows, count);
    }
    cr_assert_eq(sql_int(&r.base,
                         "select count(*) from ("
                         "select group_id, category, away, day, sum(n) from ("
                         "select group_id, category, away, from_day as day, 1 as n from standing union all "
                         "select group_id, category, away, to_day, -1 from standing where to_day < 99991231 "
                         "union all select group_id, category, away, day, -n from standing_count) d "
                         "group by 1, 2, 3, 4 having sum(n) <> 0) wrong"),
                 0);
}
