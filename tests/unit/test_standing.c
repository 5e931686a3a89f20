#include "common/change.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/standing.h"
#include "proto/record.pb-c.h"
#include <criterion/criterion.h>
#include <string.h>

enum {
    JOINED = HV__EVENT_TYPE__JOINED,
    MOVED_IN = HV__EVENT_TYPE__MOVED_IN,
    RETURNED = HV__EVENT_TYPE__RETURNED,
    MOVED_OUT = HV__EVENT_TYPE__MOVED_OUT,
    LEFT = HV__EVENT_TYPE__LEFT,
    REMOVED = HV__EVENT_TYPE__REMOVED,
    DIED = HV__EVENT_TYPE__DIED
};

struct made {
    struct interval list[16];
    size_t count;
};

struct happened {
    int32_t type;
    int32_t date;
    bool voided;
};

static struct made stands(struct standing_member m, const struct happened *list, size_t count)
{
    struct standing_event events[13];
    struct made made = {.count = 0};
    memset(events, 0, sizeof events);
    cr_assert(count <= sizeof events / sizeof events[0]);
    for (size_t i = 0; i < count; i++) {
        events[i] =
            (struct standing_event){.type = list[i].type, .date = list[i].date, .voided = list[i].voided};
        events[i].id.b[15] = (uint8_t)i;
    }
    made.count = standing_of(&m, events, count, made.list);
    cr_assert(made.count <= STANDING_ROOM(count));
    return made;
}

#define STANDS(m, ...)                                                                                       \
    stands((struct standing_member)m, (const struct happened[]){__VA_ARGS__},                                \
           sizeof((const struct happened[]){__VA_ARGS__}) / sizeof(struct happened))
#define M(...)                                                                                               \
    {                                                                                                        \
        __VA_ARGS__                                                                                          \
    }

static void is(const struct made *m, size_t i, bool away, int32_t from, int32_t to)
{
    cr_assert(i < m->count, "interval %zu of %zu", i, m->count);
    cr_assert_eq(m->list[i].from, from, "interval %zu is from %d, not %d", i, m->list[i].from, from);
    cr_assert_eq(m->list[i].to, to, "interval %zu is to %d, not %d", i, m->list[i].to, to);
    cr_assert_eq(m->list[i].away, away, "interval %zu", i);
}

Test(standing, without_events_she_stands_always_as_ordinary_member)
{
    struct id group = {{7}};
    struct made m = stands((struct standing_member){.group = &group}, NULL, 0);
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, DATE_MIN, DATE_MAX);
    cr_assert_eq(m.list[0].category, HV__CATEGORY__ORDINARY);
    cr_assert(id_equal(&m.list[0].group, &group));
}

Test(standing, category_and_group_are_carried)
{
    struct id group = {{9}};
    struct made m = STANDS(M(.group = &group, .category = HV__CATEGORY__HONORARY), {JOINED, 20200101, false},
                           {LEFT, 20210101, false}, {RETURNED, 20220101, false});
    cr_assert_eq(m.count, 2u);
    for (size_t i = 0; i < 2; i++) {
        cr_assert_eq(m.list[i].category, HV__CATEGORY__HONORARY);
        cr_assert(id_equal(&m.list[i].group, &group));
    }
}

Test(standing, a_first_event_that_enters_begins)
{
    static const int32_t entering[] = {JOINED, MOVED_IN, RETURNED};
    for (size_t i = 0; i < 3; i++) {
        struct made m = STANDS(M(.category = 0), {entering[i], 20200310, false});
        cr_assert_eq(m.count, 1u);
        is(&m, 0, false, 20200310, DATE_MAX);
    }
}

Test(standing, a_first_event_that_leaves_ends_what_always_was)
{
    static const int32_t leaving[] = {MOVED_OUT, LEFT, REMOVED, DIED};
    for (size_t i = 0; i < 4; i++) {
        struct made m = STANDS(M(.category = 0), {leaving[i], 20200310, false});
        cr_assert_eq(m.count, 1u);
        is(&m, 0, false, DATE_MIN, 20200310);
    }
}

Test(standing, order_of_arrival_does_not_matter)
{
    struct made m = STANDS(M(.category = 0), {RETURNED, 20230101, false}, {MOVED_OUT, 20210601, false},
                           {JOINED, 20200101, false});
    cr_assert_eq(m.count, 2u);
    is(&m, 0, false, 20200101, 20210601);
    is(&m, 1, false, 20230101, DATE_MAX);
}

Test(standing, on_one_day_entering_comes_before_leaving)
{
    struct made m = STANDS(M(.category = 0), {LEFT, 20200101, false}, {JOINED, 20200101, false});
    cr_assert_eq(m.count, 0u, "joined and left on one day: never stood, but %zu", m.count);
    m = STANDS(M(.category = 0), {JOINED, 20190101, false}, {MOVED_OUT, 20200101, false},
               {MOVED_IN, 20200101, false});
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, 20190101, 20200101);
}

Test(standing, what_changes_nothing_counts_nothing)
{
    struct made m = STANDS(M(.category = 0), {JOINED, 20180101, false}, {MOVED_IN, 20190101, false},
                           {LEFT, 20200101, false}, {REMOVED, 20210101, false}, {RETURNED, 20220101, false},
                           {JOINED, 20230101, false});
    cr_assert_eq(m.count, 2u);
    is(&m, 0, false, 20180101, 20200101);
    is(&m, 1, false, 20220101, DATE_MAX);
}

Test(standing, after_a_death_nothing_changes)
{
    struct made m = STANDS(M(.category = 0), {JOINED, 20180101, false}, {DIED, 20200505, false},
                           {RETURNED, 20210101, false});
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, 20180101, 20200505);
    m = STANDS(M(.category = 0), {JOINED, 20180101, false}, {LEFT, 20190101, false}, {DIED, 20200505, false},
               {RETURNED, 20210101, false});
    cr_assert_eq(m.count, 1u, "who died after leaving does not come back");
    is(&m, 0, false, 20180101, 20190101);
}

Test(standing, an_interval_knows_the_events_that_begin_and_end_it)
{
    struct made m = STANDS(M(.away_since = 20200601), {RETURNED, 20200101, false}, {JOINED, 20200101, false},
                           {MOVED_IN, 20200301, false}, {DIED, 20210101, false}, {LEFT, 20210101, false});
    cr_assert_eq(m.count, 2u);
    cr_assert(m.list[0].begun_by == JOINED && m.list[0].ended_by == 0);
    cr_assert(m.list[1].begun_by == 0 && m.list[1].ended_by == LEFT);
    m = STANDS(M(.residence = HV__RESIDENCE__TEMPORARY, .residence_since = 20200101),
               {MOVED_IN, 20200101, false}, {REMOVED, 20200801, false}, {RETURNED, 20210101, false});
    cr_assert_eq(m.count, 2u);
    cr_assert(m.list[0].begun_by == 0 && m.list[0].ended_by == REMOVED);
    cr_assert(m.list[1].begun_by == RETURNED && m.list[1].ended_by == 0);
}

Test(standing, a_voided_event_never_happened)
{
    struct made m = STANDS(M(.category = 0), {JOINED, 20180101, true}, {DIED, 20200505, true},
                           {MOVED_OUT, 20210101, false});
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, DATE_MIN, 20210101);
    m = STANDS(M(.category = 0), {DIED, 20200505, true});
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, DATE_MIN, DATE_MAX);
}

Test(standing, a_voided_member_never_stood)
{
    struct made m = STANDS(M(.voided = true), {JOINED, 20180101, false});
    cr_assert_eq(m.count, 0u);
}

Test(standing, a_partial_date_counts_from_its_last_day)
{
    struct made m = STANDS(M(.category = 0), {JOINED, 20180000, false}, {LEFT, 20200200, false});
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, 20181231, 20200229);
}

Test(standing, a_partial_date_is_ordered_by_its_last_day)
{
    /* the year 2020 ends after 1 June 2020: she came back in the end */
    struct made m = STANDS(M(.category = 0), {RETURNED, 20200000, false}, {LEFT, 20200601, false},
                           {JOINED, 20190101, false});
    cr_assert_eq(m.count, 2u);
    is(&m, 0, false, 20190101, 20200601);
    is(&m, 1, false, 20201231, DATE_MAX);
}

Test(standing, permanent_or_not_given_counts_at_once)
{
    struct made m = STANDS(M(.residence = HV__RESIDENCE__PERMANENT, .residence_since = 20240101),
                           {JOINED, 20230101, false});
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, 20230101, DATE_MAX);
    m = STANDS(M(.residence_since = 20240101), {JOINED, 20230101, false});
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, 20230101, DATE_MAX);
}

Test(standing, a_temporary_resident_counts_after_six_calendar_months)
{
    struct made m = STANDS(M(.residence = HV__RESIDENCE__TEMPORARY, .residence_since = 20230831),
                           {JOINED, 20230901, false});
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, 20240229, DATE_MAX);
    m = STANDS(M(.residence = HV__RESIDENCE__TEMPORARY, .residence_since = 20230115),
               {JOINED, 20240101, false});
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, 20240101, DATE_MAX);
    m = stands((struct standing_member){.residence = HV__RESIDENCE__TEMPORARY, .residence_since = 20230115},
               NULL, 0);
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, 20230715, DATE_MAX);
}

Test(standing, temporary_since_a_partial_date_counts_from_its_last_day)
{
    struct made m =
        stands((struct standing_member){.residence = HV__RESIDENCE__TEMPORARY, .residence_since = 20230000},
               NULL, 0);
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, 20240630, DATE_MAX);
    m = stands((struct standing_member){.residence = HV__RESIDENCE__TEMPORARY, .residence_since = 20230200},
               NULL, 0);
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, 20230828, DATE_MAX);
}

Test(standing, temporary_since_an_unknown_date_does_not_count)
{
    struct made m = STANDS(M(.residence = HV__RESIDENCE__TEMPORARY), {JOINED, 20000101, false});
    cr_assert_eq(m.count, 0u);
}

Test(standing, residence_elsewhere_does_not_count)
{
    struct made m = STANDS(M(.residence = HV__RESIDENCE__ELSEWHERE, .residence_since = 20000101),
                           {JOINED, 20000101, false});
    cr_assert_eq(m.count, 0u);
}

Test(standing, intervals_before_six_months_are_empty_and_left_out)
{
    struct made m = STANDS(M(.residence = HV__RESIDENCE__TEMPORARY, .residence_since = 20230101),
                           {JOINED, 20230201, false}, {LEFT, 20230701, false}, {RETURNED, 20230801, false});
    cr_assert_eq(m.count, 1u, "left on the day on which she would have begun to count");
    is(&m, 0, false, 20230801, DATE_MAX);
}

Test(standing, working_away_cuts_an_interval)
{
    struct made m = STANDS(M(.away_since = 20210000), {JOINED, 20200101, false});
    cr_assert_eq(m.count, 2u);
    is(&m, 0, false, 20200101, 20211231);
    is(&m, 1, true, 20211231, DATE_MAX);
}

Test(standing, working_away_cuts_only_the_interval_it_falls_in)
{
    struct made m = STANDS(M(.away_since = 20220501), {JOINED, 20180101, false}, {LEFT, 20190101, false},
                           {RETURNED, 20200101, false}, {LEFT, 20230101, false}, {RETURNED, 20240101, false});
    cr_assert_eq(m.count, 4u);
    is(&m, 0, false, 20180101, 20190101);
    is(&m, 1, false, 20200101, 20220501);
    is(&m, 2, true, 20220501, 20230101);
    is(&m, 3, true, 20240101, DATE_MAX);
}

Test(standing, away_from_the_first_or_after_the_last_day_cuts_nothing)
{
    struct made m = STANDS(M(.away_since = 20200101), {JOINED, 20200101, false}, {LEFT, 20210101, false});
    cr_assert_eq(m.count, 1u);
    is(&m, 0, true, 20200101, 20210101);
    m = STANDS(M(.away_since = 20210101), {JOINED, 20200101, false}, {LEFT, 20210101, false});
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, 20200101, 20210101);
}

Test(standing, equal_events_are_ordered_by_their_id)
{
    /* two devices wrote the same joining: whichever comes first, the result is one */
    struct made m = STANDS(M(.category = 0), {JOINED, 20200101, false}, {JOINED, 20200101, false},
                           {DIED, 20210101, false}, {DIED, 20210101, false});
    cr_assert_eq(m.count, 1u);
    is(&m, 0, false, 20200101, 20210101);
}

Test(standing, reads_its_parts_from_records)
{
    struct id group = {{3}};
    struct value values[64];
    struct record r = {.kind = &kind_member, .values = values};
    struct {
        const char *field;
        int64_t number;
    } numbers[] = {{"category", 3},
                   {"residence", 2},
                   {"residence_since", 20200000},
                   {"away_since", 20210500},
                   {"voided", 1}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        int f = kind_field(&kind_member, numbers[i].field);
        values[f].i = numbers[i].number;
        r.set |= field_bit(&kind_member, (size_t)f);
    }
    int g = kind_field(&kind_member, "group_id");
    values[g] = (struct value){.p = (const char *)group.b, .n = 16};
    r.set |= field_bit(&kind_member, (size_t)g);
    struct standing_member m = standing_member_of(&r);
    cr_assert(m.group != NULL && id_equal(m.group, &group));
    cr_assert(m.category == 3 && m.residence == 2 && m.residence_since == 20200000 &&
              m.away_since == 20210500);
    cr_assert(m.voided);
    r.set = 0;
    m = standing_member_of(&r);
    cr_assert(m.group == NULL && m.category == 0 && m.residence == 0 && m.away_since == 0 && !m.voided);
}

Test(standing, reads_an_event_from_its_record)
{
    struct value values[64];
    struct record r = {.kind = &kind_event, .id = {{5}}, .values = values};
    int type = kind_field(&kind_event, "type"), date = kind_field(&kind_event, "date");
    values[type].i = MOVED_OUT;
    values[date].i = 20200300;
    r.set = field_bit(&kind_event, (size_t)type) | field_bit(&kind_event, (size_t)date);
    struct standing_event e = standing_event_of(&r);
    cr_assert(e.type == MOVED_OUT && e.date == 20200300 && !e.voided && id_equal(&e.id, &r.id));
}
