/* Whether and when a figure is met on the line of the last month-ends. */
#include "common/outlook.h"
#include <criterion/criterion.h>

#define TODAY 20190110

/* Twelve month-ends of 2018, from `first` on, `step` more each. */
static size_t year(struct forecast_point *p, int64_t first, int64_t step)
{
    for (int i = 0; i < 12; i++)
        p[i] = (struct forecast_point){forecast_month(20180100) + i, first + step * i};
    return 12;
}

static void is(const struct outlook *o, enum outlook_word word, int32_t reached, int32_t months,
               int64_t needed)
{
    cr_assert_eq(o->word, word, "%d", o->word);
    cr_assert_eq(o->reached, reached, "%d", o->reached);
    cr_assert_eq(o->months, months, "%d", o->months);
    cr_assert_eq(o->needed, needed, "%lld", (long long)o->needed);
}

/* 100 in January, 10 more each month: 210 in December; 300 after 9 more months. */
Test(outlook, a_gain_that_is_enough_meets_it_in_time)
{
    struct forecast_point p[12];
    struct outlook o = outlook_of(p, year(p, 100, 10), 210, 300, false, TODAY, 20190930);
    is(&o, OUTLOOK_IN_TIME, 20190930, 9, 10);
    cr_assert_eq(o.gain, 1000);
}

Test(outlook, a_day_less_is_too_late_and_needs_more_a_month)
{
    struct forecast_point p[12];
    struct outlook o = outlook_of(p, year(p, 100, 10), 210, 300, false, TODAY, 20190929);
    is(&o, OUTLOOK_LATE, 20190930, 8, 12);
}

Test(outlook, without_a_gain_never)
{
    struct forecast_point p[12];
    struct outlook o = outlook_of(p, year(p, 100, 0), 100, 101, false, TODAY, 20190930);
    is(&o, OUTLOOK_NEVER, 0, 9, 1);
}

Test(outlook, what_is_met_is_met_whatever_the_line_says)
{
    struct forecast_point p[12];
    struct outlook o = outlook_of(p, year(p, 100, -5), 45, 45, false, TODAY, 20190930);
    is(&o, OUTLOOK_MET, 0, 9, 0);
}

Test(outlook, two_month_ends_are_too_few)
{
    struct forecast_point p[12];
    year(p, 100, 10);
    struct outlook o = outlook_of(p, 2, 110, 300, false, TODAY, 20190930);
    is(&o, OUTLOOK_FEW, 0, 9, 22);
    cr_assert(!o.has_line);
}

/* 100 in January, 5 fewer each month: 45 in December; 20 after 5 more. */
Test(outlook, at_most_is_come_down_to)
{
    struct forecast_point p[12];
    struct outlook o = outlook_of(p, year(p, 100, -5), 45, 20, true, TODAY, 20190630);
    is(&o, OUTLOOK_IN_TIME, 20190531, 6, 5);
    cr_assert_eq(o.gain, -500);
}

Test(outlook, a_deadline_that_has_passed_leaves_no_month)
{
    struct forecast_point p[12];
    struct outlook o = outlook_of(p, year(p, 100, 10), 210, 300, false, TODAY, 20181231);
    is(&o, OUTLOOK_LATE, 20190930, 0, 90);
}

static Hv__TargetLine line_of(Hv__Form form, Hv__Comparator comparator, int64_t threshold, int64_t numerator)
{
    Hv__TargetLine line = HV__TARGET_LINE__INIT;
    line.form = form;
    line.comparator = comparator;
    line.has_form = line.has_comparator = line.has_threshold = line.has_numerator = 1;
    line.measure = HV__MEASURE__MEMBERS;
    line.threshold = threshold;
    line.numerator = numerator;
    line.deadline = 20220301;
    return line;
}

static void goal_is(Hv__TargetLine *line, int64_t expected, bool down)
{
    int64_t goal;
    bool falls;
    target_decide(line);
    cr_assert(outlook_goal(line, &goal, &falls));
    cr_assert_eq(goal, expected, "%lld", (long long)goal);
    cr_assert_eq(falls, down);
}

Test(outlook, the_goal_is_the_figure_that_just_meets_the_target)
{
    Hv__TargetLine line = line_of(HV__FORM__RATIO, HV__COMPARATOR__ABOVE, 600000, 100);
    line.has_denominator = 1;
    line.denominator = 200;
    goal_is(&line, 121, false);
    line = line_of(HV__FORM__NUMBER, HV__COMPARATOR__AT_MOST, 40, 45);
    goal_is(&line, 40, true);
    line = line_of(HV__FORM__INCREASE, HV__COMPARATOR__AT_LEAST, 50, 120);
    line.has_baseline = 1;
    line.baseline = 100;
    goal_is(&line, 150, false);
}

Test(outlook, without_a_denominator_there_is_no_goal)
{
    int64_t goal;
    bool falls;
    Hv__TargetLine line = line_of(HV__FORM__RATIO, HV__COMPARATOR__AT_LEAST, 500000, 100);
    target_decide(&line);
    cr_assert(!outlook_goal(&line, &goal, &falls));
}

/* Communes count where none may be below. */
Test(outlook, of_none_below_the_communes_are_counted)
{
    Hv__TargetLine line = line_of(HV__FORM__NONE_BELOW, HV__COMPARATOR__AT_LEAST, 500000, 900);
    line.has_units = line.has_units_met = 1;
    line.units = 200;
    line.units_met = 180;
    cr_assert_eq(outlook_figure(&line), 180);
    goal_is(&line, 200, false);
}

/* What happens in a year begins anew with it. */
Test(outlook, a_flow_of_the_year_takes_the_months_of_this_year)
{
    Hv__TargetLine line = line_of(HV__FORM__NUMBER, HV__COMPARATOR__AT_LEAST, 12, 5);
    line.measure = HV__MEASURE__ACTIVITIES;
    line.has_period = 1;
    line.period = HV__PERIOD__YEAR;
    cr_assert_eq(outlook_from(&line, 20180715), 20180101);
    cr_assert_eq(outlook_deadline(&line, 20180715), 20181231);
    line.deadline = 20181130;
    cr_assert_eq(outlook_deadline(&line, 20180715), 20181130);
    line = line_of(HV__FORM__NUMBER, HV__COMPARATOR__AT_LEAST, 12, 5);
    cr_assert_eq(outlook_from(&line, 20180715), 0);
    cr_assert_eq(outlook_deadline(&line, 20180715), 20220301);
}
