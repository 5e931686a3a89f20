#include "common/date.h"
#include <criterion/criterion.h>

static int32_t parsed(const char *text)
{
    int32_t d = -1;
    return date_parse(text, &d) ? d : -1;
}

Test(date, a_full_date_must_exist)
{
    cr_assert(date_valid(20000229, false));
    cr_assert(date_valid(19000101, false) && date_valid(21991231, false));
    cr_assert_not(date_valid(19000229, true), "1900 was no leap year");
    cr_assert_not(date_valid(20230229, true));
    cr_assert_not(date_valid(20230431, true));
    cr_assert_not(date_valid(20231301, true));
    cr_assert_not(date_valid(20230132, true));
    cr_assert_not(date_valid(18991231, true));
    cr_assert_not(date_valid(22000101, true));
    cr_assert_not(date_valid(0, true));
    cr_assert_not(date_valid(-20230101, true));
    cr_assert_not(date_valid(INT64_C(4315197397), true), "20230101 plus 2^32");
    cr_assert_not(date_valid(INT64_MAX, true));
    cr_assert_not(date_valid(INT64_MIN, true));
}

Test(date, a_partial_date_is_taken_only_where_it_may_be)
{
    cr_assert(date_valid(19750000, true) && date_valid(19750400, true));
    cr_assert_not(date_valid(19750000, false));
    cr_assert_not(date_valid(19750400, false));
    cr_assert_not(date_valid(19750012, true), "a day without a month");
    cr_assert_not(date_valid(19751300, true));
}

Test(date, first_and_last_possible_day)
{
    cr_assert_eq(date_first_day(19750000), 19750101);
    cr_assert_eq(date_last_day(19750000), 19751231);
    cr_assert_eq(date_first_day(20240200), 20240201);
    cr_assert_eq(date_last_day(20240200), 20240229);
    cr_assert_eq(date_last_day(20230200), 20230228);
    cr_assert_eq(date_first_day(20240215), 20240215);
    cr_assert_eq(date_last_day(20240215), 20240215);
}

Test(date, months_go_by_the_calendar)
{
    cr_assert_eq(date_add_months(20230115, 6), 20230715);
    cr_assert_eq(date_add_months(20230831, 6), 20240229);
    cr_assert_eq(date_add_months(20220831, 6), 20230228);
    cr_assert_eq(date_add_months(20231231, 6), 20240630);
    cr_assert_eq(date_add_months(20230701, 6), 20240101);
    cr_assert_eq(date_add_months(20240229, 12), 20250228);
    cr_assert_eq(date_add_months(20240331, -1), 20240229);
    cr_assert_eq(date_add_months(20240115, -1), 20231215);
}

Test(date, days_since_1970)
{
    cr_assert_eq(date_to_days(19700101), 0);
    cr_assert_eq(date_to_days(19691231), -1);
    cr_assert_eq(date_to_days(20000301), 11017);
    cr_assert_eq(date_of_days(11016), 20000229);
    cr_assert_eq(date_add_days(20231231, 1), 20240101);
    cr_assert_eq(date_add_days(20240301, -1), 20240229);
}

Test(date, every_day_comes_after_the_day_before)
{
    int32_t last = date_to_days(21991231);
    int32_t day = 19000101;
    for (int32_t n = date_to_days(day); n <= last; n++) {
        int32_t found = date_of_days(n);
        cr_assert(date_valid(found, false), "%d", found);
        cr_assert_eq(date_to_days(found), n, "%d", found);
        cr_assert(found >= day, "%d after %d", found, day);
        day = found;
    }
    cr_assert_eq(day, 21991231);
}

Test(date, reads_what_people_write)
{
    cr_assert_eq(parsed("05/03/1975"), 19750305);
    cr_assert_eq(parsed("5/3/1975"), 19750305);
    cr_assert_eq(parsed("5-3-1975"), 19750305);
    cr_assert_eq(parsed("5.3.1975"), 19750305);
    cr_assert_eq(parsed("03/1975"), 19750300);
    cr_assert_eq(parsed("3/1975"), 19750300);
    cr_assert_eq(parsed("1975"), 19750000);
    cr_assert_eq(parsed("1975-03-05"), 19750305);
    cr_assert_eq(parsed("1975-03"), 19750300);
    cr_assert_eq(parsed("29/02/2024"), 20240229);
}

Test(date, refuses_what_is_none)
{
    static const char *const bad[] = {"",           " ",          "abc",        "31/04/1975", "29/02/2023",
                                      "00/03/1975", "05/00/1975", "05/03/75",   "75",         "5",
                                      "12/5",       "1975-",      "/1975",      "1/2/3/1975", "19755",
                                      "1975 ",      "1975-3-5x",  "1899",       "2200",       "13/1975",
                                      "1975/2020",  "005/3/1975", "05/03/0075", "1975-00-00", "32/01/1975",
                                      "99/99/1975", "19750305",   "-1975",      "5//1975"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert_eq(parsed(bad[i]), -1, "'%s' was taken", bad[i]);
}

Test(date, writes_them)
{
    char out[DATE_TEXT];
    date_format(19750305, false, out);
    cr_assert_str_eq(out, "05/03/1975");
    date_format(19750300, false, out);
    cr_assert_str_eq(out, "03/1975");
    date_format(19750000, false, out);
    cr_assert_str_eq(out, "1975");
    date_format(19750305, true, out);
    cr_assert_str_eq(out, "1975-03-05");
    date_format(19750300, true, out);
    cr_assert_str_eq(out, "1975-03");
    date_format(19750000, true, out);
    cr_assert_str_eq(out, "1975");
}
