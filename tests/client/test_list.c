/* Lists, their filters and order, standing and figures. */
#include "common/target.h"
#include "common/text.h"
#include "tests/client/register.h"
#include <stdio.h>
#include <stdlib.h>

TestSuite(list, .init = register_open, .fini = register_close, .timeout = 30);

static enum err name_to_list(void *context, const struct record *r, struct fault *fault)
{
    char *list = context;
    struct bytes name = record_text(r, field(r->kind, "name"));
    size_t at = strlen(list);
    (void)fault;
    snprintf(list + at, 1000 - at, "%s%.*s", at == 0 ? "" : "; ", (int)name.n, (const char *)name.p);
    return ERR_OK;
}

static enum err count_calls(void *context, const struct record *r, struct fault *fault)
{
    ++*(int *)context;
    (void)r;
    (void)fault;
    return ERR_OK;
}

static const char *names(struct book_filter filter)
{
    static char list[1000];
    list[0] = '\0';
    OK(book_each(book, arena, &filter, name_to_list, list, &f));
    return list;
}

#define MEMBERS(...) names((struct book_filter){.kind = &kind_member, .missing_field = -1, __VA_ARGS__})
#define GROUPS(...)  names((struct book_filter){.kind = &kind_group, .missing_field = -1, __VA_ARGS__})

Test(list, members_come_by_given_name_in_vietnamese_order)
{
    struct id g = add_group("Chi hội 1");
    static const char *const given[] = {"Trần Thị Đào", "Lê Thị Dung", "Nguyễn Thị Ánh",
                                        "Võ Thị Ân",    "Phạm Thị An", "Bùi Thị An"};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        add_member(given[i], &g);
    cr_assert_str_eq(MEMBERS(), "Bùi Thị An; Phạm Thị An; Nguyễn Thị Ánh; Võ Thị Ân; Lê Thị Dung; "
                                "Trần Thị Đào");
}

Test(list, search_ignores_tones_marks_and_case)
{
    struct id g = add_group("Chi hội 1");
    add_member("Nguyễn Thị Hoà", &g);
    add_member("Trần Thị Đào", &g);
    cr_assert_str_eq(MEMBERS(.search = "HÒA"), "Nguyễn Thị Hoà");
    cr_assert_str_eq(MEMBERS(.search = "dao"), "Trần Thị Đào");
    cr_assert_str_eq(MEMBERS(.search = "%"), "");
    cr_assert_str_eq(MEMBERS(.search = "\xff"), "");
}

Test(list, filters_by_group_void_missing_citizen_number_and_exact_name)
{
    setenv("HOIVIEN_TODAY", "2020-06-15", 1);
    struct id one = add_group("Chi hội Hòa Bình"), club = add_group("CLB");
    struct id a = add_member("Nguyễn Thị Hoa", &one), b = add_member("Trần Thị Lan", &one),
              c = add_member("Lê Thị Mai", &club), d = add_member("Phạm Thị Cúc", &one);
    struct change *e = new_change(&kind_member, &a);
    set_text(e, "citizen_no", "093170000001");
    OK(record(e, false));
    e = new_change(&kind_member, &d);
    set_int(e, "voided", 1);
    OK(record(e, false));
    OK(record(new_membership(&a, &club), true));
    e = new_membership(&b, &club);
    set_int(e, "until", 20200500);
    OK(record(e, true));
    cr_assert_str_eq(MEMBERS(), "Nguyễn Thị Hoa; Trần Thị Lan; Lê Thị Mai");
    cr_assert_str_eq(MEMBERS(.with_voided = true), "Phạm Thị Cúc; Nguyễn Thị Hoa; Trần Thị Lan; Lê Thị Mai");
    cr_assert_str_eq(MEMBERS(.group = &club), "Nguyễn Thị Hoa; Lê Thị Mai");
    cr_assert_str_eq(MEMBERS(.citizen_no = "093170000001"), "Nguyễn Thị Hoa");
    const struct book_filter unnumbered = {.kind = &kind_member,
                                           .missing_field = field(&kind_member, "citizen_no")};
    cr_assert_str_eq(names(unnumbered), "Trần Thị Lan; Lê Thị Mai");
    cr_assert_str_eq(GROUPS(.name_exact = "chi hội hoà bình"), "Chi hội Hòa Bình");
    cr_assert_str_eq(GROUPS(.name_exact = "chi hội"), "");
    (void)c;
}

Test(list, a_membership_that_ends_within_this_month_still_stands)
{
    setenv("HOIVIEN_TODAY", "2020-06-15", 1);
    struct id one = add_group("Chi hội 1"), club = add_group("CLB"), a = add_member("Nguyễn Thị Hoa", &one);
    struct change *e = new_membership(&a, &club);
    set_int(e, "until", 20200600);
    OK(record(e, true));
    cr_assert_str_eq(MEMBERS(.group = &club), "Nguyễn Thị Hoa");
    setenv("HOIVIEN_TODAY", "2020-07-01", 1);
    cr_assert_str_eq(MEMBERS(.group = &club), "");
}

/* How many records of a kind the search finds. */
static int found(const char *kind, const char *text)
{
    int calls = 0;
    const struct book_filter filter = {.kind = kind_by_name(kind), .missing_field = -1, .search = text};
    OK(book_each(book, arena, &filter, count_calls, &calls, &f));
    return calls;
}

static struct id add_named(const struct kind *kind, const char *name)
{
    struct change *c = new_change(kind, NULL);
    set_text(c, "name", name);
    if (kind_field(kind, "date") >= 0)
        set_int(c, "date", 20180500);
    OK(record(c, true));
    return c->id;
}

Test(list, what_has_no_name_is_found_by_the_names_of_what_it_refers_to)
{
    struct id group = add_group("Chi hội Hoà Bình"), a = add_member("Nguyễn Thị Hoa", &group),
              officer = add_named(&kind_officer, "Trần Thị Lan"),
              course = add_named(&kind_course, "Lớp tính tỷ lệ");
    struct change *post = new_change(&kind_post, NULL), *activity = new_change(&kind_activity, NULL),
                  *training = new_change(&kind_training, NULL);
    set_id(post, "officer_id", &officer);
    set_id(post, "group_id", &group);
    set_int(post, "type", 1);
    OK(record(post, true));
    set_id(activity, "group_id", &group);
    set_int(activity, "date", 20180512);
    OK(record(activity, true));
    set_id(training, "course_id", &course);
    set_id(training, "officer_id", &officer);
    relation_id(training);
    OK(record(training, true));
    add_event(&a, 1, 20100101);
    cr_assert(found("post", "binh") == 1 && found("post", "LAN") == 1 && found("post", "hoa") == 1);
    cr_assert_eq(found("post", "ty le"), 0);
    cr_assert_eq(found("activity", "binh"), 1);
    cr_assert_eq(found("activity", "lan"), 0);
    cr_assert(found("training", "ty le") == 1 && found("training", "lan") == 1);
    cr_assert_eq(found("training", "binh"), 0);
    cr_assert(found("event", "hoa") == 1 && found("event", "binh") == 0);
    cr_assert(found("remedy", "a") == 0 && found("remedy", "") == 0);
}

static enum err date_to_list(void *context, const struct record *r, struct fault *fault)
{
    int32_t **at = context;
    (void)fault;
    *(*at)++ = (int32_t)record_int(r, field(&kind_event, "date"), 0);
    return ERR_OK;
}

Test(list, events_of_a_member_come_by_date)
{
    struct id g = add_group("Chi hội 1"), a = add_member("Nguyễn Thị Hoa", &g),
              b = add_member("Lê Thị Mai", &g);
    add_event(&a, 4, 20200101);
    add_event(&a, 1, 20100101);
    add_event(&b, 1, 20150101);
    int32_t dates[4] = {0}, *at = dates;
    const struct book_filter filter = {.kind = &kind_event, .member = &a, .missing_field = -1};
    OK(book_each(book, arena, &filter, date_to_list, &at, &f));
    cr_assert_eq(at - dates, 2);
    cr_assert_eq(dates[0], 20100101);
    cr_assert_eq(dates[1], 20200101);
}

static enum err stop_at_once(void *context, const struct record *r, struct fault *fault)
{
    ++*(int *)context;
    (void)r;
    (void)fault;
    return ERR_STOPPED;
}

Test(list, a_list_ends_where_its_reader_says)
{
    int calls = 0;
    add_group("Chi hội 1");
    add_group("Chi hội 2");
    const struct book_filter all = {.kind = &kind_group, .missing_field = -1};
    FAILS(ERR_STOPPED, book_each(book, arena, &all, stop_at_once, &calls, &f));
    cr_assert_eq(calls, 1);
}

Test(list, likely_the_same_person_has_the_same_folded_name_and_year)
{
    struct id g = add_group("Chi hội 1");
    struct bytes fold;
    char list[1000] = "";
    add_member("Nguyễn Thị Hòa", &g);
    add_member("Nguyễn Thị Hoàn", &g);
    OK(text_fold(arena, "NGUYEN THI HOA", 14, &fold));
    OK(book_similar(book, arena, fold, 1970, name_to_list, list, &f));
    cr_assert_str_eq(list, "Nguyễn Thị Hòa");
    list[0] = '\0';
    OK(book_similar(book, arena, fold, 1971, name_to_list, list, &f));
    cr_assert_str_eq(list, "");
}

static int64_t counted(Hv__Measure measure, int32_t day)
{
    struct figure_want want = {.measure = measure_by_number((int)measure)};
    const struct figure_wants wants = {.list = &want, .count = 1};
    struct figures out;
    OK(figures_begin(arena, &wants, &out, &f));
    OK(book_figures(book, arena, day, TALLY_REGULAR_PERCENT, &out, &f));
    return out.totals[0];
}

Test(list, standing_and_figures_come_from_members_and_their_events)
{
    struct id g = add_group("Chi hội 1");
    struct id a = add_member("Nguyễn Thị Hoa", &g), b = add_member("Trần Thị Lan", &g),
              c = add_member("Lê Thị Mai", &g);
    add_event(&a, 1, 20150101);
    add_event(&a, 4, 20180101);
    struct id wrong = add_event(&b, 7, 20160101);
    struct change *e = new_change(&kind_event, &wrong);
    set_int(e, "voided", 1);
    OK(record(e, false));
    e = new_change(&kind_member, &c);
    set_int(e, "category", 2);
    OK(record(e, false));
    struct interval *i;
    size_t n;
    OK(book_standing(book, arena, &a, &i, &n, &f));
    cr_assert_eq(n, 1);
    cr_assert_eq(i[0].from, 20150101);
    cr_assert_eq(i[0].to, 20180101);
    cr_assert_eq(counted(HV__MEASURE__MEMBERS, 20170101), 2);
    cr_assert_eq(counted(HV__MEASURE__MEMBERS_HONORARY, 20170101), 1);
    cr_assert_eq(counted(HV__MEASURE__MEMBERS, 20180101), 1);
}
