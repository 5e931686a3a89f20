/* Words and arithmetic of the table of results. */
#include "common/result.h"
#include <criterion/criterion.h>
#include <string.h>

static Hv__TargetLine line_of(Hv__Form form, int64_t threshold, int64_t numerator, int64_t denominator)
{
    Hv__TargetLine line = HV__TARGET_LINE__INIT;
    line.form = form;
    line.has_form = line.has_threshold = line.has_numerator = line.has_comparator = 1;
    line.comparator = HV__COMPARATOR__AT_LEAST;
    line.measure = HV__MEASURE__HOUSEHOLDS;
    line.threshold = threshold;
    line.numerator = numerator;
    line.has_denominator = denominator != 0;
    line.denominator = denominator;
    return line;
}

static void target_is(const struct result_row *r, enum lang lang, const char *text)
{
    char out[RESULT_TEXT];
    result_target(r, lang, out);
    cr_assert_str_eq(out, text, "%s", out);
}

static void figure_is(const struct result_row *r, enum lang lang, const char *text)
{
    char out[RESULT_TEXT];
    result_figure(r, lang, out);
    cr_assert_str_eq(out, text, "%s", out);
}

static void change_is(const Hv__TargetLine *now, const Hv__TargetLine *earlier, const char *text)
{
    char out[RESULT_TEXT];
    result_change(now, earlier, LANG_VI, out);
    cr_assert_str_eq(out, text, "%s", out);
}

/* The centre's own table: 2 activities of each of 10,603 communes. */
Test(result, a_number_for_each_unit_is_expanded_by_their_number)
{
    Hv__TargetLine line = line_of(HV__FORM__NUMBER, 21206, 23500, 0);
    struct result_row r = {
        .line = &line, .summed = true, .same_each = true, .each = 2, .units = 10603, .met = 10603};
    char out[RESULT_TEXT];
    result_target(&r, LANG_VI, out);
    cr_assert(strstr(out, "từ 2 ") == out && strstr(out, " x 10.603 đơn vị = 21.206") != NULL, "%s", out);
    result_target(&r, LANG_EN, out);
    cr_assert(strstr(out, " x 10,603 units = 21,206") != NULL, "%s", out);
    figure_is(&r, LANG_VI, "23.500");
}

Test(result, what_is_not_the_same_for_all_units_is_not_expanded)
{
    Hv__TargetLine line = line_of(HV__FORM__NUMBER, 21206, 23500, 0);
    struct result_row r = {.line = &line, .summed = true, .units = 10603};
    target_is(&r, LANG_VI, "từ 21.206");
}

Test(result, a_ratio_has_both_its_parts)
{
    Hv__TargetLine line = line_of(HV__FORM__RATIO, 500000, 123403, 222894);
    struct result_row r = result_row_of(&line);
    target_is(&r, LANG_VI, "từ 50,00 %");
    figure_is(&r, LANG_VI, "123.403/222.894 = 55,36 %");
    figure_is(&r, LANG_EN, "123,403/222,894 = 55.36 %");
    line.has_denominator = 0;
    figure_is(&r, LANG_VI, "123.403 (chưa có mẫu số)");
}

Test(result, none_below_says_how_many_units_are)
{
    Hv__TargetLine line = line_of(HV__FORM__NONE_BELOW, 500000, 151924, 266255);
    struct result_row r = {.line = &line, .summed = true, .units = 200, .met = 180, .not_met = 18, .open = 2};
    target_is(&r, LANG_VI, "mỗi đơn vị từ 50,00 %");
    figure_is(&r, LANG_VI, "151.924/266.255 = 57,06 %; 18/200 đơn vị chưa đạt, 2 chưa đủ số liệu");
}

Test(result, groups_and_communes_that_must_reach_it_are_named_and_counted)
{
    Hv__TargetLine line = line_of(HV__FORM__EACH_GROUP, 15, 400, 0);
    struct result_row r = {.line = &line, .summed = true, .same_each = true, .each = 15, .units = 2};
    line.has_units = 1;
    line.units = 12;
    line.units_met = 9;
    target_is(&r, LANG_VI, "mỗi tổ chức từ 15");
    figure_is(&r, LANG_VI, "400; 9/12 tổ chức đạt");
    line = line_of(HV__FORM__UNITS_SHARE, 500000, 900, 1800);
    line.units_comparator = HV__COMPARATOR__ABOVE;
    line.units_threshold = 800000;
    line.has_denominator_type = line.has_units = 1;
    line.units = 200;
    line.units_met = 161;
    target_is(&r, LANG_VI, "trên 80,00 % đơn vị, mỗi đơn vị từ 50,00 %");
    figure_is(&r, LANG_VI, "900/1.800 = 50,00 %; 161/200 đơn vị đạt");
}

Test(result, an_increase_shows_its_baseline)
{
    Hv__TargetLine line = line_of(HV__FORM__INCREASE, 200, 1250, 0);
    struct result_row r = result_row_of(&line);
    figure_is(&r, LANG_VI, "nay 1.250 (chưa có số gốc)");
    line.has_baseline = 1;
    line.baseline = 1000;
    target_is(&r, LANG_VI, "tăng từ 200");
    figure_is(&r, LANG_VI, "250 (số gốc 1.000, nay 1.250)");
}

Test(result, a_change_is_told_in_the_count_and_in_points)
{
    Hv__TargetLine now = line_of(HV__FORM__RATIO, 500000, 510, 1000),
                   then = line_of(HV__FORM__RATIO, 500000, 498, 1000);
    change_is(&now, &then, "+12 (+1,20 điểm %)");
    change_is(&then, &now, "-12 (-1,20 điểm %)");
    change_is(&now, &now, "0 (0,00 điểm %)");
    then.denominator = 996;
    change_is(&now, &then, "+12 (+1,00 điểm %)");
    then.has_denominator = 0;
    change_is(&now, &then, "+12");
}
