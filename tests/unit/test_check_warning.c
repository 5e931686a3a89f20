/* What is doubtful in a record and yet stands. */
#include "tests/unit/draft.h"

static bool warned(const struct draft *d, const char *about_vi, const char *about_en)
{
    struct record r = {
        .kind = d->change.kind, .id = d->change.id, .set = d->change.set, .values = d->change.values};
    char vi[300] = "", en[300] = "";
    bool is = check_warning(&r, 20250615, LANG_VI, vi, sizeof vi);
    cr_assert_eq(is, check_warning(&r, 20250615, LANG_EN, en, sizeof en));
    if (is)
        cr_assert(strstr(vi, about_vi) != NULL && strstr(en, about_en) != NULL, "%s / %s", vi, en);
    return is;
}

static void draft_citizen(struct draft *d, const char *no, int64_t birth, int64_t sex)
{
    draft_member(d);
    draft_text(d, "citizen_no", no, strlen(no));
    draft_number(d, "birth", birth);
    if (sex != 0)
        draft_number(d, "sex", sex);
}

static bool early(int32_t replicated, int32_t started)
{
    struct draft r, m;
    char vi[300] = "", en[300] = "";
    draft_begin(&r, &kind_replication);
    draft_number(&r, "date", replicated);
    draft_begin(&m, &kind_model);
    draft_number(&m, "started", started);
    const struct record replication = {&kind_replication, r.change.id, r.change.set, r.values},
                        model = {&kind_model, m.change.id, m.change.set, m.values};
    bool is = check_replication_warning(&replication, &model, LANG_VI, vi, sizeof vi);
    cr_assert_eq(is, check_replication_warning(&replication, &model, LANG_EN, en, sizeof en));
    if (is)
        cr_assert(strstr(vi, "mô hình") != NULL && strstr(en, "its model") != NULL, "%s / %s", vi, en);
    return is;
}

Test(check_warning, a_replication_before_every_day_on_which_its_model_may_have_started_is_a_warning)
{
    cr_assert(early(20180309, 20180310));
    cr_assert_not(early(20180310, 20180310));
    cr_assert(early(20170000, 20180000));
    cr_assert_not(early(20180000, 20181231));
    cr_assert_not(early(20180101, 20180000));
}

Test(check_warning, a_notice_that_is_due_on_a_day_that_has_passed_is_a_warning)
{
    struct draft d;
    draft_begin(&d, &kind_notice);
    draft_number(&d, "due", 20250614);
    cr_assert(warned(&d, "đã qua", "has passed"));
    draft_number(&d, "due", 20250615);
    cr_assert_not(warned(&d, "", ""));
}

Test(check_warning, support_and_commendations_of_a_future_day_are_a_warning)
{
    const struct kind *const list[] = {&kind_support, &kind_commendation, &kind_model, &kind_replication};
    for (size_t i = 0; i < 4; i++) {
        struct draft d;
        const char *field = list[i] == &kind_model ? "started" : "date";
        draft_begin(&d, list[i]);
        draft_number(&d, field, 20250616);
        cr_assert(warned(&d, "chưa đến", "in the future"));
        draft_number(&d, field, 20250615);
        cr_assert_not(warned(&d, "", ""));
    }
}

Test(check_warning, a_citizen_number_that_fits_is_no_warning)
{
    struct draft d;
    draft_citizen(&d, "093175001234", 19750305, HV__SEX__FEMALE);
    cr_assert_not(warned(&d, "", ""));
    draft_citizen(&d, "093303001234", 20030000, HV__SEX__FEMALE);
    cr_assert_not(warned(&d, "", ""));
    draft_citizen(&d, "093075001234", 19750000, HV__SEX__MALE);
    draft_number(&d, "category", HV__CATEGORY__HONORARY);
    cr_assert_not(warned(&d, "", ""));
    draft_citizen(&d, "093203001234", 20030000, HV__SEX__MALE);
    draft_number(&d, "category", HV__CATEGORY__HONORARY);
    cr_assert_not(warned(&d, "", ""));
    draft_citizen(&d, "363123456", 19750000, HV__SEX__FEMALE);
    cr_assert_not(warned(&d, "", ""), "old numbers say nothing");
    draft_citizen(&d, "093975001234", 19750000, HV__SEX__FEMALE);
    cr_assert_not(warned(&d, "", ""), "no century is known for a 9");
}

Test(check_warning, a_citizen_number_against_the_sex_is_a_warning)
{
    struct draft d;
    draft_citizen(&d, "093075001234", 19750000, HV__SEX__FEMALE);
    cr_assert(warned(&d, "nam giới", "a man's"));
    draft_citizen(&d, "093175001234", 19750000, HV__SEX__MALE);
    cr_assert(warned(&d, "nữ giới", "a woman's"));
    draft_citizen(&d, "093075001234", 19750000, 0);
    cr_assert(warned(&d, "nam giới", "a man's"), "members are women unless they are honorary");
    draft_number(&d, "category", HV__CATEGORY__HONORARY);
    cr_assert_not(warned(&d, "", ""));
}

Test(check_warning, a_citizen_number_against_the_birth_year_is_a_warning)
{
    struct draft d;
    draft_citizen(&d, "093175001234", 19760305, HV__SEX__FEMALE);
    cr_assert(warned(&d, "1975", "1976"));
    draft_citizen(&d, "093303001234", 19030000, HV__SEX__FEMALE);
    cr_assert(warned(&d, "2003", "1903"));
}

Test(check_warning, a_date_in_the_future_is_a_warning)
{
    struct draft d;
    draft_member(&d);
    draft_number(&d, "card_issued", 20250615);
    cr_assert_not(warned(&d, "", ""), "today is not in the future");
    draft_number(&d, "card_issued", 20250616);
    cr_assert(warned(&d, "Ngày cấp thẻ", "Membership card issued"));
    draft_number(&d, "card_issued", 20250000);
    cr_assert_not(warned(&d, "", ""), "some days of this year are past");
    draft_number(&d, "card_issued", 20260000);
    cr_assert(warned(&d, "chưa đến", "future"));
    draft_begin(&d, &kind_event);
    draft_number(&d, "date", 20250700);
    cr_assert(warned(&d, "Ngày biến động", "Date"));
}

Test(check_warning, under_18_is_a_warning)
{
    struct draft d;
    draft_member(&d);
    draft_number(&d, "birth", 20070616);
    cr_assert(warned(&d, "18 tuổi", "18 years"));
    draft_number(&d, "birth", 20070615);
    cr_assert_not(warned(&d, "", ""), "18 today");
    draft_number(&d, "birth", 20070000);
    cr_assert_not(warned(&d, "", ""), "may be 18");
    draft_number(&d, "birth", 20070700);
    cr_assert(warned(&d, "18 tuổi", "18 years"));
    draft_number(&d, "birth", 20080000);
    cr_assert(warned(&d, "18 tuổi", "18 years"));
}

Test(check_warning, a_man_who_is_no_honorary_member_is_a_warning)
{
    static const struct {
        int64_t sex, category;
        bool doubtful;
    } rows[] = {{HV__SEX__MALE, HV__CATEGORY__ORDINARY, true},
                {HV__SEX__MALE, 0, true},
                {HV__SEX__MALE, HV__CATEGORY__HONORARY, false},
                {HV__SEX__MALE, HV__CATEGORY__NOT_YET, false},
                {HV__SEX__FEMALE, HV__CATEGORY__ORDINARY, false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct draft d;
        draft_member(&d);
        draft_number(&d, "sex", rows[i].sex);
        if (rows[i].category != 0)
            draft_number(&d, "category", rows[i].category);
        cr_assert_eq(warned(&d, "danh dự", "honorary"), rows[i].doubtful, "row %zu", i);
    }
}
