/* Single values. */
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

Test(check, bounds_are_those_of_what_is_counted)
{
    static const struct {
        const char *field;
        int64_t least, most;
    } rows[] = {{"dues_months", 1, 12}, {"dues_year", 1930, 2200}, {"amount", 1, MONEY_MAX}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t field = (size_t)kind_field(&kind_entry, rows[i].field);
        const struct value values[] = {
            {.i = rows[i].least - 1}, {.i = rows[i].least}, {.i = rows[i].most}, {.i = rows[i].most + 1}};
        for (size_t k = 0; k < 4; k++)
            cr_assert_eq(check_value(&kind_entry, field, &values[k], NULL),
                         k == 0 || k == 3 ? ERR_BAD_NUMBER : ERR_OK, "%s %zu", rows[i].field, k);
    }
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
