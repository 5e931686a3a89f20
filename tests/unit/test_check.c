#include "common/change.h"
#include "common/check.h"
#include "common/id.h"
#include "proto/record.pb-c.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static enum err text_of(const struct kind *kind, const char *field, const char *p, size_t n)
{
    struct fault f = {.field = -1};
    struct value v = {.p = p, .n = (uint32_t)n};
    int i = kind_field(kind, field);
    cr_assert(i >= 0, "%s", field);
    enum err e = check_value(kind, (size_t)i, &v, &f);
    if (e != ERR_OK)
        cr_assert(f.code == e && f.field == i && strstr(f.text, field) != NULL, "%s", f.text);
    return e;
}

static enum err text(const char *field, const char *s)
{
    return text_of(&kind_member, field, s, strlen(s));
}

static enum err number(const struct kind *kind, const char *field, int64_t n)
{
    struct fault f = {.field = -1};
    struct value v = {.i = n};
    int i = kind_field(kind, field);
    enum err e = check_value(kind, (size_t)i, &v, &f);
    cr_assert(e == ERR_OK || (f.code == e && f.field == i));
    return e;
}

Test(check, names_of_persons)
{
    static const char *const good[] = {"Nguyễn Thị Hoa", "H'Hen Niê",       "Ka’ Thơm",
                                       "Trần Thị Bé 2",  "Lê Thị Út (B)",   "Đỗ Thị Ý",
                                       "Y-Lan",          "Marie-Claire O.", "ưỡng"};
    static const char *const bad[] = {"1234", "<b>Hoa</b>", "Hoa@xa", "Hoa;Lan",
                                      "=1+2", " ",          "...",    "Hoa\"Lan"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        cr_assert_eq(text("name", good[i]), ERR_OK, "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert_eq(text("name", bad[i]), ERR_BAD_FORMAT, "%s", bad[i]);
}

Test(check, names_of_groups)
{
    static const char *const good[] = {"Chi hội 1", "CLB \"Hoa Sen\"", "Nhóm Zalo: phụ nữ trẻ", "7"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        cr_assert_eq(text_of(&kind_group, "name", good[i], strlen(good[i])), ERR_OK, "%s", good[i]);
    cr_assert_eq(text_of(&kind_group, "name", "- -", 3), ERR_BAD_FORMAT);
}

Test(check, an_empty_text_is_no_value)
{
    cr_assert_eq(text("name", ""), ERR_BAD_FORMAT);
    cr_assert_eq(text("phone", ""), ERR_BAD_FORMAT);
    cr_assert_eq(text("occupation", ""), ERR_BAD_FORMAT);
}

Test(check, control_characters_and_nul_are_refused_wherever_they_stand)
{
    char s[40];
    for (size_t n = 1; n <= 33; n++)
        for (size_t at = 0; at < n; at++)
            for (int c = 0; c < 0x20; c++) {
                memset(s, 'a', n);
                s[at] = (char)c;
                cr_assert_eq(text_of(&kind_member, "occupation", s, n), ERR_BAD_TEXT, "%d at %zu of %zu", c,
                             at, n);
            }
    for (size_t at = 0; at < 20; at++) {
        memset(s, '~', 20);
        s[at] = 0x7f;
        cr_assert_eq(text_of(&kind_member, "occupation", s, 20), ERR_BAD_TEXT, "DEL at %zu", at);
        s[at] = ' ';
        cr_assert_eq(text_of(&kind_member, "occupation", s, 20), ERR_OK, "blank at %zu", at);
    }
    cr_assert_eq(text("occupation", "bu\xc2\x85n"), ERR_BAD_TEXT, "U+0085 is a control character too");
}

Test(check, several_lines_are_allowed_in_notes_only)
{
    cr_assert_eq(text("note", "một\nhai\tba"), ERR_OK);
    cr_assert_eq(text("occupation", "một\nhai"), ERR_BAD_TEXT);
    cr_assert_eq(text("note", "một\x01hai"), ERR_BAD_TEXT);
}

Test(check, text_must_be_utf8)
{
    static const char *const bad[] = {
        "Hoa\xff",      "Hoa\xc3", "\xc0\xafHoa", "Hoa\xed\xa0\x80", "\xf4\x90\x80\x80",    "Nguy\xe1\xbb",
        "\xe1\xbbzHoa", "\xc3z",   "\xe1\xb8",    "\x80Hoa",         "Hoa \xe1\xbb\xc3\xa1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cr_assert_eq(text("name", bad[i]), ERR_BAD_TEXT, "text %zu", i);
        cr_assert_eq(text("occupation", bad[i]), ERR_BAD_TEXT, "text %zu", i);
    }
}

Test(check, text_must_be_in_nfc)
{
    cr_assert_eq(text("name", "Ho\xc3\xa0"), ERR_OK);
    cr_assert_eq(text("name", "Hoa\xcc\x80"), ERR_BAD_TEXT, "a and a combining grave");
    cr_assert_eq(text("name", "\xc3\xa2\xcc\x81m"), ERR_BAD_TEXT, "half composed");
    cr_assert_eq(text("name", "\xe2\x84\xab"), ERR_BAD_TEXT, "the angstrom sign");
    cr_assert_eq(text("occupation", "x\xcc\xb1"), ERR_OK, "a mark that composes with nothing");
}

Test(check, over_long_text_is_refused_by_its_bytes)
{
    char s[3000];
    memset(s, 'a', sizeof s);
    static const struct {
        const char *field;
        size_t max;
    } rows[] = {{"name", 200}, {"present_address", 500}, {"note", 2000}, {"card_no", 40}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_assert_eq(text_of(&kind_member, rows[i].field, s, rows[i].max), ERR_OK, "%s", rows[i].field);
        cr_assert_eq(text_of(&kind_member, rows[i].field, s, rows[i].max + 1), ERR_TOO_LONG, "%s",
                     rows[i].field);
    }
}

Test(check, citizen_numbers_have_9_or_12_digits)
{
    cr_assert_eq(text("citizen_no", "093175001234"), ERR_OK);
    cr_assert_eq(text("citizen_no", "363123456"), ERR_OK);
    cr_assert_eq(text("citizen_no", "93175001234"), ERR_BAD_FORMAT, "Excel took the leading zero away");
    cr_assert_eq(text("citizen_no", "9.3175E+10"), ERR_BAD_FORMAT);
    cr_assert_eq(text("citizen_no", "0931750012345"), ERR_BAD_FORMAT);
    cr_assert_eq(text("citizen_no", "09317500123a"), ERR_BAD_FORMAT);
    cr_assert_eq(text("citizen_no", "093 175 0012"), ERR_BAD_FORMAT);
}

Test(check, telephone_numbers)
{
    cr_assert_eq(text("phone", "0912345678"), ERR_OK);
    cr_assert_eq(text("phone", "+84 912.345.678"), ERR_OK);
    cr_assert_eq(text("phone", "(0293) 3870-123 / 0912345678"), ERR_OK);
    cr_assert_eq(text("phone", "không có"), ERR_BAD_FORMAT);
    cr_assert_eq(text("phone", "--"), ERR_BAD_FORMAT);
}

Test(check, two_digit_codes)
{
    cr_assert_eq(text("religion", "00"), ERR_OK);
    cr_assert_eq(text("religion", "14"), ERR_OK);
    cr_assert_eq(text("ethnic_code", "1"), ERR_BAD_FORMAT);
    cr_assert_eq(text("ethnic_code", "001"), ERR_BAD_FORMAT);
    cr_assert_eq(text("ethnic_code", "Kinh"), ERR_BAD_FORMAT);
}

Test(check, dates_must_exist_and_may_be_partial)
{
    static const int64_t good[] = {19750305, 19750300, 19750000, 20240229};
    static const int64_t bad[] = {0,        19750012, 19750431,  20230229, 19751300,
                                  18000101, -1,       INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        cr_assert_eq(number(&kind_member, "birth", good[i]), ERR_OK, "date %zu", i);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert_eq(number(&kind_member, "birth", bad[i]), ERR_BAD_DATE, "date %zu", i);
}

Test(check, unknown_codes)
{
    cr_assert_eq(number(&kind_event, "type", HV__EVENT_TYPE__DIED), ERR_OK);
    static const int64_t bad[] = {0, 8, -1, INT64_C(4294967297), INT64_MAX};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert_eq(number(&kind_event, "type", bad[i]), ERR_UNKNOWN_VALUE, "code %zu", i);
}

Test(check, bools_are_0_or_1)
{
    cr_assert_eq(number(&kind_member, "core", 0), ERR_OK);
    cr_assert_eq(number(&kind_member, "core", 1), ERR_OK);
    cr_assert_eq(number(&kind_member, "core", 2), ERR_BAD_NUMBER);
    cr_assert_eq(number(&kind_member, "core", -1), ERR_BAD_NUMBER);
}

Test(check, ids_are_16_bytes_and_not_null)
{
    static const char bytes[17] = "0123456789abcdef";
    static const char null[16];
    cr_assert_eq(text_of(&kind_member, "group_id", bytes, 16), ERR_OK);
    cr_assert_eq(text_of(&kind_member, "group_id", bytes, 15), ERR_BAD_ID);
    cr_assert_eq(text_of(&kind_member, "group_id", bytes, 17), ERR_BAD_ID);
    cr_assert_eq(text_of(&kind_member, "group_id", bytes, 0), ERR_BAD_ID);
    cr_assert_eq(text_of(&kind_member, "group_id", null, 16), ERR_BAD_ID);
}

/* A change with room for the fields of any kind. */
struct draft {
    struct value values[64];
    struct change change;
};

static void draft_begin(struct draft *d, const struct kind *kind)
{
    memset(d, 0, sizeof *d);
    d->change.kind = kind;
    d->change.kind_number = kind->number;
    d->change.id.b[0] = 1;
    d->change.values = d->values;
}

static void draft_text(struct draft *d, const char *field, const char *s, size_t n)
{
    int i = kind_field(d->change.kind, field);
    d->values[i] = (struct value){.p = s, .n = (uint32_t)n};
    d->change.set |= field_bit(d->change.kind, (size_t)i);
}

static void draft_number(struct draft *d, const char *field, int64_t n)
{
    int i = kind_field(d->change.kind, field);
    d->values[i].i = n;
    d->change.set |= field_bit(d->change.kind, (size_t)i);
}

static const struct id a_group = {{1, 2, 3}}, a_member = {{4, 5, 6}};

static void draft_member(struct draft *d)
{
    draft_begin(d, &kind_member);
    draft_text(d, "name", "Nguyễn Thị Hoa", strlen("Nguyễn Thị Hoa"));
    draft_number(d, "birth", 19750000);
    draft_text(d, "group_id", (const char *)a_group.b, sizeof a_group.b);
}

static enum err checked(const struct draft *d, bool creates)
{
    struct fault f = {.code = ERR_OK};
    enum err e = check_change(&d->change, creates, &f);
    cr_assert(e == ERR_OK || (f.code == e && f.text[0] != '\0'));
    return e;
}

Test(check, a_new_record_needs_what_is_required)
{
    static const char *const required[] = {"name", "birth", "group_id"};
    struct draft d;
    draft_member(&d);
    cr_assert_eq(checked(&d, true), ERR_OK);
    for (size_t i = 0; i < 3; i++) {
        draft_member(&d);
        d.change.set &= ~field_bit(&kind_member, (size_t)kind_field(&kind_member, required[i]));
        cr_assert_eq(checked(&d, true), ERR_MISSING, "%s", required[i]);
        cr_assert_eq(checked(&d, false), ERR_OK, "an edit need not name %s", required[i]);
    }
}

Test(check, what_is_required_can_not_be_cleared)
{
    struct draft d;
    draft_begin(&d, &kind_member);
    d.change.cleared = field_bit(&kind_member, (size_t)kind_field(&kind_member, "name"));
    cr_assert_eq(checked(&d, false), ERR_MISSING);
    d.change.cleared = field_bit(&kind_member, (size_t)kind_field(&kind_member, "phone"));
    cr_assert_eq(checked(&d, false), ERR_OK);
}

Test(check, every_value_of_a_change_is_looked_at)
{
    struct draft d;
    draft_member(&d);
    draft_number(&d, "voided", 7);
    cr_assert_eq(checked(&d, true), ERR_BAD_NUMBER);
    draft_member(&d);
    draft_number(&d, "education", 77);
    cr_assert_eq(checked(&d, true), ERR_UNKNOWN_VALUE);
}

Test(check, unknown_kinds_and_fields)
{
    struct draft d;
    draft_member(&d);
    d.change.unknown_field = 61;
    cr_assert_eq(checked(&d, true), ERR_UNKNOWN_FIELD);
    d.change.kind = NULL;
    cr_assert_eq(checked(&d, true), ERR_UNKNOWN_KIND);
}

Test(check, the_null_id_names_no_record)
{
    struct draft d;
    draft_member(&d);
    memset(&d.change.id, 0, sizeof d.change.id);
    cr_assert_eq(checked(&d, true), ERR_BAD_ID);
}

Test(check, no_group_belongs_to_itself)
{
    struct draft d;
    draft_begin(&d, &kind_group);
    d.change.id = a_group;
    draft_text(&d, "parent_id", (const char *)a_member.b, sizeof a_member.b);
    cr_assert_eq(checked(&d, false), ERR_OK);
    draft_text(&d, "parent_id", (const char *)a_group.b, sizeof a_group.b);
    cr_assert_eq(checked(&d, false), ERR_BAD_FORMAT);
}

static void draft_membership(struct draft *d)
{
    const struct id *joined[] = {&a_member, &a_group};
    draft_begin(d, &kind_membership);
    draft_text(d, "member_id", (const char *)a_member.b, sizeof a_member.b);
    draft_text(d, "group_id", (const char *)a_group.b, sizeof a_group.b);
    d->change.id = id_of_relation(kind_membership.number, joined, 2);
}

Test(check, the_id_of_a_relation_is_computed)
{
    struct draft d;
    draft_membership(&d);
    cr_assert_eq(checked(&d, true), ERR_OK);
    d.change.id.b[15] ^= 1;
    cr_assert_eq(checked(&d, true), ERR_BAD_ID);
    draft_membership(&d);
    draft_text(&d, "group_id", (const char *)a_member.b, sizeof a_member.b);
    cr_assert_eq(checked(&d, true), ERR_BAD_ID);
}

Test(check, an_edit_of_a_relation_may_not_join_something_else)
{
    struct draft d;
    draft_membership(&d);
    d.change.set = 0;
    draft_number(&d, "until", 20240000);
    cr_assert_eq(checked(&d, false), ERR_OK);
    draft_text(&d, "group_id", (const char *)a_member.b, sizeof a_member.b);
    cr_assert_eq(checked(&d, false), ERR_BAD_ID);
    const struct id *one[] = {&a_member};
    d.change.id = id_of_relation(kind_membership.number, one, 1);
    cr_assert_eq(checked(&d, false), ERR_BAD_ID, "a relation joins two");
}

Test(check, append_only_kinds_are_written_once)
{
    struct kind ledger = kind_event;
    ledger.append_only = true;
    struct draft d;
    draft_begin(&d, &ledger);
    draft_text(&d, "member_id", (const char *)a_member.b, sizeof a_member.b);
    draft_number(&d, "type", HV__EVENT_TYPE__JOINED);
    draft_number(&d, "date", 20200000);
    cr_assert_eq(checked(&d, true), ERR_OK);
    cr_assert_eq(checked(&d, false), ERR_APPEND_ONLY);
    draft_number(&d, "voided", 1);
    cr_assert_eq(checked(&d, true), ERR_APPEND_ONLY);
}

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

Test(check, a_citizen_number_that_fits_is_no_warning)
{
    struct draft d;
    draft_citizen(&d, "093175001234", 19750305, HV__SEX__FEMALE);
    cr_assert_not(warned(&d, "", ""));
    draft_citizen(&d, "093303001234", 20030000, HV__SEX__FEMALE);
    cr_assert_not(warned(&d, "", ""));
    draft_citizen(&d, "093075001234", 19750000, HV__SEX__MALE);
    cr_assert_not(warned(&d, "", ""));
    draft_citizen(&d, "093203001234", 20030000, HV__SEX__MALE);
    cr_assert_not(warned(&d, "", ""));
    draft_citizen(&d, "363123456", 19750000, HV__SEX__FEMALE);
    cr_assert_not(warned(&d, "", ""), "old numbers say nothing");
    draft_citizen(&d, "093975001234", 19750000, HV__SEX__FEMALE);
    cr_assert_not(warned(&d, "", ""), "no century is known for a 9");
}

Test(check, a_citizen_number_against_the_sex_is_a_warning)
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

Test(check, a_citizen_number_against_the_birth_year_is_a_warning)
{
    struct draft d;
    draft_citizen(&d, "093175001234", 19760305, HV__SEX__FEMALE);
    cr_assert(warned(&d, "1975", "1976"));
    draft_citizen(&d, "093303001234", 19030000, HV__SEX__FEMALE);
    cr_assert(warned(&d, "2003", "1903"));
}

Test(check, a_date_in_the_future_is_a_warning)
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

Test(check, under_18_is_a_warning)
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

/* ---- numbers, codes of communes, fields asked for ---- */

Test(check, counts_are_what_there_can_be)
{
    cr_assert_eq(number(&kind_activity, "attended", 0), ERR_OK);
    cr_assert_eq(number(&kind_activity, "attended", COUNT_MAX), ERR_OK);
    cr_assert_eq(number(&kind_activity, "attended", COUNT_MAX + 1), ERR_BAD_NUMBER);
    cr_assert_eq(number(&kind_activity, "attended", INT32_MAX), ERR_BAD_NUMBER);
    cr_assert_eq(number(&kind_plan, "figure", COUNT_MAX + 1), ERR_BAD_NUMBER);
    cr_assert_eq(number(&kind_activity, "duration", 1440), ERR_OK);
    cr_assert_eq(number(&kind_activity, "duration", 1441), ERR_BAD_NUMBER);
    cr_assert_eq(number(&kind_activity, "duration", -1), ERR_BAD_NUMBER);
}

Test(check, communes_are_five_digits_between_commas)
{
    static const char *const good[] = {"31317", "31317,31318", "31317, 31318 ,93001"};
    static const char *const bad[] = {"31318,99999,abc", "3131",        "313177", "31317,",
                                      ",31317",          "31317 31318", " "};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        cr_assert_eq(text_of(&kind_post, "communes", good[i], strlen(good[i])), ERR_OK, "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert_eq(text_of(&kind_post, "communes", bad[i], strlen(bad[i])), ERR_BAD_FORMAT, "%s", bad[i]);
    struct bytes word = check_communes("31318, abc,x", 12);
    cr_assert(word.n == 3 && memcmp(word.p, "abc", 3) == 0);
    word = check_communes("31318,,31317", 12);
    cr_assert(word.n == 0 && word.p != NULL);
}

Test(check, a_question_is_about_a_field_that_is_asked_for)
{
    static const int64_t bad[] = {0, -1, 1, 2, 28, 999, INT32_MAX};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert_eq(number(&kind_question, "field", bad[i]), ERR_UNKNOWN_VALUE, "field %zu", i);
    cr_assert_eq(number(&kind_question, "field", 15), ERR_OK, "telephone");
    cr_assert_eq(number(&kind_question, "field", 5), ERR_OK, "sex");
}

/* ---- spans ---- */

Test(check, nothing_ends_before_it_begins)
{
    static const struct {
        const struct kind *kind;
        const char *begins, *ends;
    } rows[] = {{&kind_group, "founded", "closed"},
                {&kind_membership, "since", "until"},
                {&kind_post, "since", "until"},
                {&kind_programme, "starts", "ends"},
                {&kind_plan, "opened", "deadline"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct draft d;
        struct fault f = {.field = -1};
        draft_begin(&d, rows[i].kind);
        draft_number(&d, rows[i].begins, 20180115);
        cr_assert_eq(checked(&d, false), ERR_OK, "%s", rows[i].kind->name);
        draft_number(&d, rows[i].ends, 20180115);
        cr_assert_eq(checked(&d, false), ERR_OK, "%s: one day", rows[i].kind->name);
        draft_number(&d, rows[i].ends, 20180114);
        cr_assert_eq(check_change(&d.change, false, &f), ERR_BAD_DATE, "%s", rows[i].kind->name);
        cr_assert_eq(f.field, kind_field(rows[i].kind, rows[i].ends), "%s", rows[i].kind->name);
    }
}

Test(check, partial_dates_are_backwards_only_beyond_doubt)
{
    struct draft d;
    draft_begin(&d, &kind_group);
    draft_number(&d, "founded", 20180600);
    draft_number(&d, "closed", 20180000);
    cr_assert_eq(checked(&d, false), ERR_OK);
    draft_number(&d, "closed", 20180500);
    cr_assert_eq(checked(&d, false), ERR_BAD_DATE);
    draft_number(&d, "founded", 20180000);
    draft_number(&d, "closed", 20100000);
    cr_assert_eq(checked(&d, false), ERR_BAD_DATE);
}

/* ---- posts and groups ---- */

static enum group_fit fit(const struct kind *kind, int64_t type, int64_t group_type)
{
    struct draft d;
    uint32_t types;
    draft_begin(&d, kind);
    draft_number(&d, "type", type);
    const struct record r = {kind, d.change.id, d.change.set, d.values};
    return check_group_fit(&r, group_type, &types);
}

Test(check, heads_are_of_groups_of_their_type)
{
    static const struct {
        int64_t post, fits, also;
    } rows[] = {
        {HV__POST_TYPE__CHI_HOI_HEAD, HV__GROUP_KIND__CHI_HOI, 0},
        {HV__POST_TYPE__CHI_HOI_DEPUTY, HV__GROUP_KIND__CHI_HOI, 0},
        {HV__POST_TYPE__TO_HEAD, HV__GROUP_KIND__TO, HV__GROUP_KIND__TO_TU_VAN},
        {HV__POST_TYPE__NHOM_HEAD, HV__GROUP_KIND__NHOM, 0},
        {HV__POST_TYPE__CLUB_HEAD, HV__GROUP_KIND__CAU_LAC_BO, 0},
        {HV__POST_TYPE__NETWORK_HEAD, HV__GROUP_KIND__MANG_LUOI, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_assert_eq(fit(&kind_post, rows[i].post, 0), GROUP_MISSING, "row %zu", i);
        for (int64_t type = 1; type <= 6; type++)
            cr_assert_eq(fit(&kind_post, rows[i].post, type),
                         type == rows[i].fits || type == rows[i].also ? GROUP_FITS : GROUP_OTHER_TYPE,
                         "row %zu, type %d", i, (int)type);
    }
}

Test(check, officers_of_a_unit_have_no_group_and_helpers_may)
{
    static const int64_t units[] = {HV__POST_TYPE__COMMUNE_PRESIDENT, HV__POST_TYPE__COMMUNE_DEPUTY,
                                    HV__POST_TYPE__DISTRICT_OFFICER, HV__POST_TYPE__PROVINCE_OFFICER};
    static const int64_t helpers[] = {HV__POST_TYPE__COLLABORATOR, HV__POST_TYPE__VOLUNTEER};
    for (int64_t type = 0; type <= 6; type++) {
        for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
            cr_assert_eq(fit(&kind_post, units[i], type), type == 0 ? GROUP_FITS : GROUP_UNWANTED);
        for (size_t i = 0; i < sizeof helpers / sizeof helpers[0]; i++)
            cr_assert_eq(fit(&kind_post, helpers[i], type), GROUP_FITS);
    }
}

Test(check, only_a_chi_hoi_has_groups_below_it)
{
    for (int64_t type = 1; type <= 6; type++) {
        cr_assert_eq(fit(&kind_group, type, 0), GROUP_FITS);
        cr_assert_eq(fit(&kind_group, type, HV__GROUP_KIND__CHI_HOI),
                     type == HV__GROUP_KIND__CHI_HOI ? GROUP_UNWANTED : GROUP_FITS);
        if (type != HV__GROUP_KIND__CHI_HOI)
            cr_assert_eq(fit(&kind_group, type, HV__GROUP_KIND__TO), GROUP_OTHER_TYPE);
    }
    cr_assert_eq(fit(&kind_event, 1, 2), GROUP_FITS, "other kinds");
}

/* ---- doubts ---- */

static enum event_doubt doubt(size_t which, size_t count, const int32_t (*rows)[2])
{
    struct standing_event events[8];
    for (size_t i = 0; i < count; i++)
        events[i] =
            (struct standing_event){.id = {{(uint8_t)(i + 1)}}, .type = rows[i][0], .date = rows[i][1]};
    return check_event_doubt(events, count, &(struct id){{(uint8_t)(which + 1)}});
}

Test(check, events_that_change_nothing)
{
    static const int32_t died[][2] = {{HV__EVENT_TYPE__DIED, 20180301},
                                      {HV__EVENT_TYPE__RETURNED, 20180401},
                                      {HV__EVENT_TYPE__DIED, 20180501}};
    static const int32_t left[][2] = {{HV__EVENT_TYPE__LEFT, 20170000},
                                      {HV__EVENT_TYPE__MOVED_OUT, 20180401},
                                      {HV__EVENT_TYPE__RETURNED, 20180501},
                                      {HV__EVENT_TYPE__JOINED, 20180601}};
    cr_assert_eq(doubt(0, 3, died), EVENT_COUNTS);
    cr_assert_eq(doubt(1, 3, died), EVENT_AFTER_DEATH);
    cr_assert_eq(doubt(2, 3, died), EVENT_AFTER_DEATH);
    cr_assert_eq(doubt(0, 4, left), EVENT_COUNTS);
    cr_assert_eq(doubt(1, 4, left), EVENT_CHANGES_NOTHING);
    cr_assert_eq(doubt(2, 4, left), EVENT_COUNTS);
    cr_assert_eq(doubt(3, 4, left), EVENT_CHANGES_NOTHING);
    cr_assert_eq(doubt(3, 4,
                       (const int32_t[][2]){{HV__EVENT_TYPE__LEFT, 20170000},
                                            {HV__EVENT_TYPE__LEFT, 20170000},
                                            {HV__EVENT_TYPE__LEFT, 20170000},
                                            {HV__EVENT_TYPE__JOINED, 20100000}}),
                 EVENT_COUNTS, "the first of all says that she was not there before");
}

Test(check, events_of_one_day_whose_order_decides)
{
    static const int32_t year[][2] = {{HV__EVENT_TYPE__LEFT, 20180000}, {HV__EVENT_TYPE__RETURNED, 20180000}};
    static const int32_t days[][2] = {{HV__EVENT_TYPE__LEFT, 20180301}, {HV__EVENT_TYPE__RETURNED, 20181231}};
    static const int32_t same[][2] = {{HV__EVENT_TYPE__LEFT, 20180000},
                                      {HV__EVENT_TYPE__MOVED_OUT, 20180000}};
    cr_assert_eq(doubt(1, 2, year), EVENT_SAME_DAY);
    cr_assert_eq(doubt(0, 2, year), EVENT_SAME_DAY);
    cr_assert_eq(doubt(1, 2, days), EVENT_COUNTS);
    cr_assert_neq(doubt(1, 2, same), EVENT_SAME_DAY);
}

static bool outside(int64_t founded, int64_t closed, int64_t day)
{
    char text[400];
    struct draft group, activity;
    draft_begin(&group, &kind_group);
    draft_number(&group, "founded", founded);
    draft_number(&group, "closed", closed);
    draft_begin(&activity, &kind_activity);
    draft_number(&activity, "date", day);
    const struct record g = {&kind_group, a_group, group.change.set, group.values},
                        a = {&kind_activity, a_member, activity.change.set, activity.values};
    return check_activity_warning(&a, &g, LANG_VI, text, sizeof text);
}

Test(check, activities_outside_the_life_of_their_group)
{
    cr_assert(!outside(20180000, 20181231, 20180101));
    cr_assert(outside(20180000, 20181231, 20171231));
    cr_assert(!outside(20170101, 20180000, 20181231));
    cr_assert(outside(20170101, 20180000, 20190101));
}
