/* What the fields of one record must be to each other. */
#include "tests/unit/draft.h"

static const struct id a_person = {{7, 8, 9}};

static struct draft draft;

static void begin(const struct kind *kind)
{
    draft_begin(&draft, kind);
}

static void number(const char *field, int64_t n)
{
    draft_number(&draft, field, n);
}

static void text(const char *field, const char *s)
{
    draft_text(&draft, field, s, strlen(s));
}

static void person(const char *field)
{
    draft_text(&draft, field, (const char *)a_person.b, sizeof a_person.b);
}

/* The rule that fails, with the code and the field; WHOLE_FITS: none. */
static void expect(enum whole_fault what, enum err code, const char *field)
{
    const struct record r = {draft.change.kind, draft.change.id, draft.change.set, draft.values};
    enum whole_fault why;
    int at;
    enum err e = check_whole(&r, &why, &at);
    cr_assert_eq(e, code, "%d", e);
    cr_assert_eq(why, what, "%d", why);
    cr_assert_eq(at, field != NULL ? kind_field(r.kind, field) : -1);
    cr_assert(e == ERR_OK || (*whole_words(why, LANG_VI) != '\0' && *whole_words(why, LANG_EN) != '\0'));
}

static void fits(void)
{
    expect(WHOLE_FITS, ERR_OK, NULL);
}

Test(check_whole, shares_of_dues_sum_to_a_hundred)
{
    begin(&kind_rate);
    expect(WHOLE_SHARES, ERR_BAD_NUMBER, "share_commune");
    number("share_group", 40);
    number("share_commune", 30);
    number("share_centre", 29);
    expect(WHOLE_SHARES, ERR_BAD_NUMBER, "share_commune");
    number("share_district", 2);
    expect(WHOLE_SHARES, ERR_BAD_NUMBER, "share_commune");
    number("share_district", 1);
    fits();
}

Test(check_whole, support_is_for_somebody)
{
    begin(&kind_support);
    expect(WHOLE_WHOM, ERR_MISSING, "member_id");
    number("persons", 0);
    expect(WHOLE_WHOM, ERR_MISSING, "member_id");
    number("persons", 1);
    fits();
    begin(&kind_support);
    text("name", "A Thị Một");
    fits();
    begin(&kind_support);
    person("member_id");
    fits();
}

Test(check_whole, a_commendation_is_for_somebody)
{
    static const char *const whom[] = {"member_id", "officer_id", "group_id"};
    begin(&kind_commendation);
    expect(WHOLE_WHOM, ERR_MISSING, "member_id");
    text("name", "Chi bộ ấp Một");
    fits();
    for (size_t i = 0; i < 3; i++) {
        begin(&kind_commendation);
        person(whom[i]);
        fits();
    }
}

Test(check_whole, what_goes_out_has_a_purpose_and_what_comes_in_a_source)
{
    begin(&kind_entry);
    number("type", HV__ENTRY_TYPE__PAYMENT);
    fits();
    text("purpose", "care");
    fits();
    text("source", "voluntary");
    expect(WHOLE_SOURCE, ERR_BAD_FORMAT, "source");
    static const int comes_in[] = {HV__ENTRY_TYPE__RECEIPT, HV__ENTRY_TYPE__GIFT_IN_KIND,
                                   HV__ENTRY_TYPE__LABOUR};
    for (size_t i = 0; i < 3; i++) {
        begin(&kind_entry);
        number("type", comes_in[i]);
        text("source", "voluntary");
        fits();
        text("purpose", "care");
        expect(WHOLE_PURPOSE, ERR_BAD_FORMAT, "purpose");
    }
}

Test(check_whole, dues_say_whose_they_are_and_for_which_year)
{
    begin(&kind_entry);
    number("type", HV__ENTRY_TYPE__RECEIPT);
    text("source", "dues");
    expect(WHOLE_DUES, ERR_MISSING, "member_id");
    person("member_id");
    expect(WHOLE_DUES, ERR_MISSING, "dues_year");
    number("dues_year", 2018);
    fits();
    number("dues_months", 12);
    fits();
    number("type", HV__ENTRY_TYPE__LABOUR);
    expect(WHOLE_DUES_MONEY, ERR_BAD_FORMAT, "source");
}

Test(check_whole, years_and_months_are_of_dues_alone)
{
    begin(&kind_entry);
    number("type", HV__ENTRY_TYPE__RECEIPT);
    text("source", "duesx");
    number("dues_year", 2018);
    expect(WHOLE_NO_DUES, ERR_BAD_FORMAT, "dues_year");
    begin(&kind_entry);
    number("type", HV__ENTRY_TYPE__PAYMENT);
    number("dues_months", 3);
    expect(WHOLE_NO_DUES, ERR_BAD_FORMAT, "dues_months");
}

Test(check_whole, the_fund_of_a_group_names_the_group)
{
    begin(&kind_entry);
    number("type", HV__ENTRY_TYPE__RECEIPT);
    number("level", HV__FUND_LEVEL__FUND_GROUP);
    expect(WHOLE_GROUP, ERR_MISSING, "group_id");
    person("group_id");
    fits();
    begin(&kind_entry);
    number("type", HV__ENTRY_TYPE__RECEIPT);
    number("level", HV__FUND_LEVEL__FUND_COMMUNE);
    fits();
}

Test(check_whole, other_kinds_have_no_such_rules)
{
    begin(&kind_member);
    fits();
    begin(&kind_reversal);
    fits();
}
