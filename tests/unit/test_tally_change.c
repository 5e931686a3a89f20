#include "common/date.h"
#include "tests/unit/sample.h"
#include "tests/unit/tally_scene.h"

#define FROM 20200101
#define DAY  20200630

enum {
    JOINED = HV__EVENT_TYPE__JOINED,
    MOVED_IN = HV__EVENT_TYPE__MOVED_IN,
    RETURNED = HV__EVENT_TYPE__RETURNED,
    MOVED_OUT = HV__EVENT_TYPE__MOVED_OUT,
    LEFT = HV__EVENT_TYPE__LEFT,
    REMOVED = HV__EVENT_TYPE__REMOVED,
    DIED = HV__EVENT_TYPE__DIED
};

static const char *const names[] = {"opening",   "joined", "moved-in", "returned", "resident",
                                    "moved-out", "left",   "removed",  "died",     "closing"};
enum { OPENING, CLOSING = 9, NAMES };

static struct scene s;
static struct record *first, *second;

static struct record *group_new(const char *name)
{
    return NEW(&s, &kind_group, {"name", .text = name}, {"type", .n = HV__GROUP_KIND__CHI_HOI});
}

static void begin(void)
{
    s = scene_begin(FROM, DAY);
    first = group_new("Chi hội 1");
    second = group_new("Chi hội 2");
}

static void end(void)
{
    scene_end(&s);
}

TestSuite(tally_change, .init = begin, .fini = end);

static struct record *member_in(const struct record *group)
{
    return NEW(&s, &kind_member, {"name", .text = "Lê Thị Một"}, {"birth", .n = 19700000},
               {"group_id", .to = group});
}

static struct record *happens(const struct record *member, int32_t type, int32_t date)
{
    return NEW(&s, &kind_event, {"member_id", .to = member}, {"type", .n = type}, {"date", .n = date});
}

static void put(struct record *r, const char *field, int64_t n)
{
    record_put(r, (struct given){field, .n = n});
}

static void row_is(const char *section, const char *key, const int64_t expected[NAMES])
{
    struct tally t = scene_tally(&s, &tally_change);
    for (size_t i = 0; i < NAMES; i++)
        FIGURE_IS(tally_change, &t, section, key, names[i], expected[i]);
}
#define ALL_IS(...)        row_is("all", "", (const int64_t[NAMES]){__VA_ARGS__})
#define GROUP_IS(key, ...) row_is("group", key, (const int64_t[NAMES]){__VA_ARGS__})

Test(tally_change, each_event_has_its_column)
{
    for (int32_t type = JOINED; type <= RETURNED; type++)
        for (int32_t n = 0; n < type; n++)
            happens(member_in(first), type, 20200315);
    for (int32_t type = MOVED_OUT; type <= DIED; type++)
        for (int32_t n = 0; n < type; n++)
            happens(member_in(second), type, 20200315);
    ALL_IS(22, 1, 2, 3, 0, 4, 5, 6, 7, 6);
    GROUP_IS("Chi hội 1", 0, 1, 2, 3, 0, 0, 0, 0, 0, 6);
    GROUP_IS("Chi hội 2", 22, 0, 0, 0, 0, 4, 5, 6, 7, 0);
}

Test(tally_change, first_and_last_day_belong_to_the_period)
{
    happens(member_in(first), JOINED, 20191231);
    happens(member_in(first), JOINED, FROM);
    happens(member_in(first), JOINED, DAY);
    happens(member_in(first), JOINED, 20200701);
    happens(member_in(first), LEFT, 20191231);
    happens(member_in(first), LEFT, FROM);
    happens(member_in(first), LEFT, DAY);
    happens(member_in(first), LEFT, 20200701);
    ALL_IS(4, 2, 0, 0, 0, 0, 2, 0, 0, 4);
}

Test(tally_change, a_partial_date_is_its_last_possible_day)
{
    happens(member_in(first), JOINED, 20190000);
    happens(member_in(first), JOINED, 20200600);
    happens(member_in(first), LEFT, 20200000);
    ALL_IS(2, 1, 0, 0, 0, 0, 0, 0, 0, 3);
}

Test(tally_change, who_comes_and_goes_within_the_period_is_in_both_columns)
{
    struct record *m = member_in(first);
    happens(m, JOINED, 20200201);
    happens(m, MOVED_OUT, 20200301);
    happens(m, RETURNED, 20200401);
    happens(m, DIED, 20200501);
    ALL_IS(0, 1, 0, 1, 0, 1, 0, 0, 1, 0);
}

Test(tally_change, what_changes_nothing_is_in_no_column)
{
    struct record *m = member_in(first);
    happens(m, MOVED_IN, 20190101);
    happens(m, JOINED, 20200201);
    put(happens(m, LEFT, 20200301), "voided", 1);
    m = member_in(first);
    happens(m, LEFT, 20190101);
    happens(m, DIED, 20200301);
    m = member_in(first);
    happens(m, JOINED, 20200301);
    happens(m, LEFT, 20200301);
    ALL_IS(1, 0, 0, 0, 0, 0, 0, 0, 0, 1);
}

Test(tally_change, six_months_of_residence_bring_her_in_without_an_event)
{
    struct record *m = member_in(first);
    put(m, "residence", HV__RESIDENCE__TEMPORARY);
    put(m, "residence_since", 20191015);
    m = member_in(first);
    put(m, "residence", HV__RESIDENCE__TEMPORARY);
    put(m, "residence_since", 20190101);
    happens(m, JOINED, 20200201);
    ALL_IS(0, 1, 0, 0, 1, 0, 0, 0, 0, 2);
}

Test(tally_change, to_work_away_is_no_change)
{
    struct record *m = member_in(first);
    put(m, "away_since", 20200301);
    happens(m, REMOVED, 20200501);
    put(member_in(first), "away_since", 20200301);
    ALL_IS(2, 0, 0, 0, 0, 0, 0, 1, 0, 1);
}

Test(tally_change, only_members_of_the_union_are_in_it)
{
    struct record *m = member_in(first);
    put(m, "category", HV__CATEGORY__NOT_YET);
    happens(m, MOVED_IN, 20200201);
    m = member_in(first);
    put(m, "category", HV__CATEGORY__HONORARY);
    happens(m, LEFT, 20200201);
    m = member_in(first);
    put(m, "voided", 1);
    happens(m, JOINED, 20200201);
    m = member_in(first);
    put(m, "category", HV__CATEGORY__ORGANISATION);
    happens(m, JOINED, 20200201);
    ALL_IS(0, 1, 0, 0, 0, 0, 0, 0, 0, 1);
}

Test(tally_change, a_woman_not_yet_a_member_who_joins_comes_in_on_that_day)
{
    struct record *m = member_in(first);
    put(m, "category", HV__CATEGORY__NOT_YET);
    ALL_IS(0);
    put(m, "category", HV__CATEGORY__ORDINARY);
    happens(m, JOINED, 20200401);
    ALL_IS(0, 1, 0, 0, 0, 0, 0, 0, 0, 1);
}

Test(tally_change, who_is_in_no_group_has_a_row)
{
    happens(member_in(second), JOINED, 20200401);
    put(second, "voided", 1);
    GROUP_IS("no-group", 0, 1, 0, 0, 0, 0, 0, 0, 0, 1);
    GROUP_IS("Chi hội 1", 0);
}

/* ---- random histories ---- */

static int32_t random_date(struct sample *r)
{
    int32_t date = 20170000 + 10000 * (int32_t)sample_below(r, 4);
    if (sample_below(r, 8) == 0)
        return date;
    date += 100 * (1 + (int32_t)sample_below(r, 12));
    return sample_below(r, 8) == 0 ? date : date + 1 + (int32_t)sample_below(r, 28);
}

static void random_member(struct sample *r, const struct record *group)
{
    struct record *m = member_in(group);
    put(m, "category", (int64_t)sample_below(r, 5));
    if (sample_below(r, 2) == 0)
        put(m, "residence", 1 + (int64_t)sample_below(r, 3));
    if (sample_below(r, 2) == 0)
        put(m, "residence_since", random_date(r));
    if (sample_below(r, 3) == 0)
        put(m, "away_since", random_date(r));
    if (sample_below(r, 20) == 0)
        put(m, "voided", 1);
    for (uint64_t left = sample_below(r, 7); left > 0; left--) {
        struct record *e = happens(m, 1 + (int32_t)sample_below(r, 7), random_date(r));
        if (sample_below(r, 10) == 0)
            put(e, "voided", 1);
    }
}

static void adds_up(const struct tally_row *row)
{
    int64_t sum = row->v[OPENING];
    for (int k = 1; k < CLOSING; k++)
        sum += k < 5 ? row->v[k] : -row->v[k];
    cr_assert_eq(sum, row->v[CLOSING], "\"%s\" in %d to %d: %lld, not %lld", row->key, s.from, s.day,
                 (long long)sum, (long long)row->v[CLOSING]);
}

/* Every row adds up, the groups make the commune, and each opens with what it closed with before. */
static void period_is_right(const struct tally *before, const struct tally *now)
{
    int64_t groups[NAMES] = {0};
    for (size_t i = 0; i < now->count; i++) {
        const struct tally_row *row = &now->rows[i];
        const char *section = tally_change.sections[row->section].token;
        const struct tally_row *was =
            before->count > 0 ? scene_row(&tally_change, before, section, row->key) : NULL;
        adds_up(row);
        if (was != NULL)
            cr_assert_eq(row->v[OPENING], was->v[CLOSING], "\"%s\" opens %d with %lld, not %lld", row->key,
                         s.from, (long long)row->v[OPENING], (long long)was->v[CLOSING]);
        for (int k = 0; k < NAMES; k++)
            groups[k] += row->section == 0 ? -row->v[k] : row->v[k];
    }
    for (int k = 0; k < NAMES; k++)
        cr_assert_eq(groups[k], 0, "%s: the groups make %lld more than the commune", names[k],
                     (long long)groups[k]);
}

static int32_t day_after(int32_t day)
{
    return day == date_last_day(day / 100 * 100) ? date_add_months(day / 100 * 100 + 1, 1) : day + 1;
}

Test(tally_change, over_random_histories_every_row_adds_up_and_periods_chain)
{
    struct sample r = sample_begin(s.arena);
    for (int i = 0; i < 400; i++)
        random_member(&r, i % 3 == 0 ? first : second);
    struct tally before = {0};
    for (s.from = 20160101; s.from < 20210701; s.from = day_after(s.day)) {
        s.day = date_last_day(date_add_months(s.from, (int)sample_below(&r, 5)) / 100 * 100);
        if (sample_below(&r, 3) == 0)
            s.day -= (int32_t)sample_below(&r, 20);
        if (s.day < s.from)
            s.day = s.from;
        struct tally now = scene_tally(&s, &tally_change);
        period_is_right(&before, &now);
        before = now;
    }
    cr_assert(scene_figure(&tally_change, &before, "all", "", "closing") > 0);
}

Test(tally_change, a_group_has_a_row_where_it_was_there_in_the_period)
{
    static const struct {
        const char *name;
        int32_t founded, closed;
        bool there;
    } rows[] = {{"Sau này", 20300101, 0, false},
                {"Trong kỳ", DAY, 0, true},
                {"Đã hết", 0, 20191231, false},
                {"Hết trong kỳ", 0, FROM, true},
                {"Không rõ ngày", 0, 0, true}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        NEW(&s, &kind_group, {"name", .text = rows[i].name}, {"founded", .n = rows[i].founded},
            {"closed", .n = rows[i].closed});
    struct tally t = scene_tally(&s, &tally_change);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        cr_assert_eq(scene_row(&tally_change, &t, "group", rows[i].name) != NULL, rows[i].there, "%s",
                     rows[i].name);
}
