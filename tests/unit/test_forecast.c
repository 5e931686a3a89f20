/* The straight line through month-ends, by figures worked out by hand. */
#include "common/forecast.h"
#include <criterion/criterion.h>

static size_t series(struct forecast_point *out, int32_t first, const int64_t *n, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out[i] = (struct forecast_point){first + (int32_t)i, n[i]};
    return count;
}

Test(forecast, months_follow_each_other_over_years)
{
    cr_assert_eq(forecast_month(20190101), forecast_month(20181231) + 1);
    cr_assert_eq(forecast_month_end(forecast_month(20200210)), 20200229);
    cr_assert_eq(forecast_month_end(forecast_month(20181231)), 20181231);
}

Test(forecast, a_line_through_points_on_a_line_is_that_line)
{
    static const int64_t n[] = {1000, 1010, 1020, 1030};
    struct forecast_point p[4];
    struct forecast_line line;
    int32_t january = forecast_month(20190131);
    cr_assert(forecast_line(p, series(p, january, n, 4), &line));
    cr_assert_eq(forecast_value(&line, january + 3), 1030);
    cr_assert_eq(forecast_value(&line, january + 11), 1110);
    cr_assert_eq(forecast_gain(&line), 1000);
    cr_assert_eq(forecast_month_end(forecast_reaches(&line, 1100, false, line.last)), 20191130);
    cr_assert_eq(forecast_month_end(forecast_reaches(&line, 1101, false, line.last)), 20191231);
}

Test(forecast, least_squares_by_hand)
{
    /* x 0..3, y 2 3 5 6: slope (4*31 - 6*16)/(4*14 - 36) = 28/20 = 1.4, base (16*14 - 6*31)/20 = 1.9 */
    static const int64_t n[] = {2, 3, 5, 6};
    struct forecast_point p[4];
    struct forecast_line line;
    cr_assert(forecast_line(p, series(p, 24000, n, 4), &line));
    cr_assert_eq(forecast_gain(&line), 140);
    cr_assert_eq(forecast_value(&line, 24000), 2);
    cr_assert_eq(forecast_value(&line, 24004), 8);                 /* 7.5 */
    cr_assert_eq(forecast_reaches(&line, 9, false, 24003), 24006); /* 8.9 at 5, 10.3 at 6 */
}

Test(forecast, a_line_that_falls_never_reaches_more_and_comes_down_to_less)
{
    static const int64_t n[] = {90, 80, 70};
    struct forecast_point p[3];
    struct forecast_line line;
    cr_assert(forecast_line(p, series(p, 24000, n, 3), &line));
    cr_assert_eq(forecast_reaches(&line, 100, false, 24002), FORECAST_NEVER);
    cr_assert_eq(forecast_reaches(&line, 50, true, 24002), 24004);
    cr_assert_eq(forecast_reaches(&line, 70, false, 24002), 24002);
    cr_assert_eq(forecast_reaches(&line, 80, true, 24002), 24002);
}

Test(forecast, a_level_line_reaches_only_what_it_has)
{
    static const int64_t n[] = {50, 50, 50, 50};
    struct forecast_point p[4];
    struct forecast_line line;
    cr_assert(forecast_line(p, series(p, 24000, n, 4), &line));
    cr_assert_eq(forecast_reaches(&line, 51, false, 24003), FORECAST_NEVER);
    cr_assert_eq(forecast_reaches(&line, 50, false, 24003), 24003);
}

Test(forecast, only_the_last_twelve_months_are_taken_and_gaps_may_be)
{
    struct forecast_point p[20];
    struct forecast_line line;
    for (int i = 0; i < 20; i++)
        p[i] = (struct forecast_point){24019 - i, i < 12 ? 1000 - 10 * i : 5};
    cr_assert(forecast_line(p, 20, &line));
    cr_assert_eq(line.origin, 24008);
    cr_assert_eq(forecast_gain(&line), 1000);
    p[3] = p[11]; /* a month is missing */
    cr_assert(forecast_line(p, 11, &line));
    cr_assert_eq(forecast_gain(&line), 1000);
}

Test(forecast, two_figures_are_no_line)
{
    static const int64_t n[] = {1, 2};
    struct forecast_point p[2];
    struct forecast_line line;
    cr_assert(!forecast_line(p, series(p, 24000, n, 2), &line));
    cr_assert(!forecast_line(p, 0, &line));
}

Test(forecast, the_gain_needed_is_rounded_up)
{
    cr_assert_eq(forecast_needed(1000, 1100, false, 12), 9);
    cr_assert_eq(forecast_needed(1000, 1108, false, 12), 9);
    cr_assert_eq(forecast_needed(1000, 1109, false, 12), 10);
    cr_assert_eq(forecast_needed(1100, 1100, false, 1), 0);
    cr_assert_eq(forecast_needed(30, 10, true, 3), 7);
    cr_assert_eq(forecast_needed(INT64_MIN, INT64_MAX, false, 2), INT64_MAX);
}
