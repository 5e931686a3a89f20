/* Numbers as people write them. */
#include "common/number.h"
#include <criterion/criterion.h>

static bool reads(const char *text, int64_t want)
{
    int64_t n = -1;
    bool is = number_parse(text, &n);
    cr_assert(!is || n == want, "%s: %lld", text, (long long)n);
    return is;
}

static bool is_none(const char *text)
{
    int64_t n;
    return !number_parse(text, &n);
}

Test(number, thousands_may_be_set_apart)
{
    cr_assert(reads("20000000", 20000000));
    cr_assert(reads("20.000.000", 20000000));
    cr_assert(reads("20,000,000", 20000000));
    cr_assert(reads("20 000 000", 20000000));
    cr_assert(reads("1.500", 1500));
    cr_assert(reads("0", 0) && reads("-5", -5) && reads("+5", 5) && reads("-1.500", -1500));
    cr_assert(reads("9223372036854775807", INT64_MAX));
}

Test(number, money_may_say_what_it_is)
{
    cr_assert(reads("500.000đ", 500000) && reads("500.000 đồng", 500000) && reads("500000 VND", 500000));
}

Test(number, what_is_no_whole_number_is_refused)
{
    static const char *const texts[] = {"",
                                        "-",
                                        "x",
                                        "1.5",
                                        "1.50",
                                        "1.5000",
                                        "1.000,50",
                                        "1.000.00",
                                        "1.000,000",
                                        "1000.000",
                                        "1.000.",
                                        ".500",
                                        "1..000",
                                        "1.000.0000",
                                        "12 %",
                                        "5 triệu",
                                        "0x10",
                                        "1e3",
                                        "1  000",
                                        "--5",
                                        "9223372036854775808",
                                        "99.999.999.999.999.999.999"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        cr_assert(is_none(texts[i]), "%s", texts[i]);
}
