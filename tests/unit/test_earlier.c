/* The earlier period that a report is compared with. */
#include "common/tally.h"
#include <criterion/criterion.h>

Test(earlier, whole_months_stay_whole)
{
    cr_assert_eq(tally_earlier(20180701, 20181231, 20180630), 20180101);
    cr_assert_eq(tally_earlier(20190201, 20190228, 20190131), 20190101);
    cr_assert_eq(tally_earlier(20190101, 20190131, 20181231), 20181201);
    cr_assert_eq(tally_earlier(20200201, 20200229, 20190228), 20190201);
}

Test(earlier, other_periods_are_as_many_days_long)
{
    cr_assert_eq(tally_earlier(20180710, 20180719, 20180709), 20180630);
    cr_assert_eq(tally_earlier(20180701, 20180715, 20180615), 20180601);
}
