#include "common/target.h"
#include "proto/record.pb-c.h"
#include <criterion/criterion.h>

#define NO_VERDICT HV__VERDICT_WORD__NO_VERDICT
#define NOT_MET    HV__VERDICT_WORD__NOT_MET
#define MET        HV__VERDICT_WORD__MET
#define EXCEEDED   HV__VERDICT_WORD__EXCEEDED
#define AT_LEAST   HV__COMPARATOR__AT_LEAST
#define ABOVE      HV__COMPARATOR__ABOVE
#define AT_MOST    HV__COMPARATOR__AT_MOST
#define BELOW      HV__COMPARATOR__BELOW

static struct target_figure ratio(Hv__Form form, Hv__Comparator c, int64_t threshold, int64_t num,
                                  int64_t den)
{
    return (struct target_figure){.form = form,
                                  .comparator = c,
                                  .threshold = threshold,
                                  .numerator = num,
                                  .has_denominator = true,
                                  .denominator = den};
}

static void decides(const struct target_figure *t, Hv__VerdictWord verdict, int64_t missing)
{
    cr_assert_eq(target_verdict(t), verdict, "verdict %d, not %d", (int)target_verdict(t), (int)verdict);
    cr_assert_eq(target_missing(t), missing, "missing %lld, not %lld", (long long)target_missing(t),
                 (long long)missing);
}

/* Published figures: the ratio that is right, and the verdict against "no base below 50 %". */
static const struct {
    const char *where;
    int64_t num, den;
    const char *two_places, *one_place;
    Hv__VerdictWord verdict;
} published[] = {
    {"Hau Giang, end of 2018", 123403, 222894, "55,36", "55,4", MET},
    {"Hau Giang, July 2019", 106254, 211202, "50,31", "50,3", MET},
    {"Lang Son 2023", 151924, 266255, "57,06", "57,1", MET},
    {"Lang Son, communes below half", 18, 200, "9,00", "9,0", NOT_MET},
    {"bases below half, February 2019", 1037, 11162, "9,29", "9,3", NOT_MET},
    {"Tay Ninh, core members", 50730, 206391, "24,58", "24,6", NOT_MET},
    {"Lien Chau before its review", 1508, 2561, "58,88", "58,9", MET},
    {"Lien Chau after its review", 1183, 2561, "46,19", "46,2", NOT_MET},
    {"Phu Thuan, October 2025", 3729, 5091, "73,25", "73,2", MET},
};

Test(target, published_figures)
{
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
        char out[32];
        ratio_format(published[i].num, published[i].den, 2, LANG_VI, out, sizeof out);
        cr_assert_str_eq(out, published[i].two_places, "%s: %s", published[i].where, out);
        ratio_format(published[i].num, published[i].den, 1, LANG_VI, out, sizeof out);
        cr_assert_str_eq(out, published[i].one_place, "%s: %s", published[i].where, out);
        struct target_figure t =
            ratio(HV__FORM__NONE_BELOW, AT_LEAST, 500000, published[i].num, published[i].den);
        cr_assert_eq(target_verdict(&t), published[i].verdict, "%s", published[i].where);
    }
}

Test(target, lien_chau_lacks_98_members_after_its_review)
{
    struct target_figure t = ratio(HV__FORM__NONE_BELOW, AT_LEAST, 500000, 1183, 2561);
    decides(&t, NOT_MET, 98);
    t.numerator = 1280;
    decides(&t, NOT_MET, 1);
    t.numerator = 1281;
    decides(&t, MET, 0);
}

Test(target, exactly_fifty_percent_is_not_below_fifty)
{
    struct target_figure t = ratio(HV__FORM__NONE_BELOW, AT_LEAST, 500000, 1000, 2000);
    decides(&t, MET, 0);
    t.numerator = 999;
    decides(&t, NOT_MET, 1);
    t.numerator = 2000;
    decides(&t, MET, 0);
}

Test(target, fifty_by_rounding_alone_does_not_pass)
{
    /* 49.996 % is shown as 50,00 and yet lies below */
    char out[32];
    struct target_figure t = ratio(HV__FORM__NONE_BELOW, AT_LEAST, 500000, 49996, 100000);
    ratio_format(t.numerator, t.denominator, 2, LANG_VI, out, sizeof out);
    cr_assert_str_eq(out, "50,00");
    decides(&t, NOT_MET, 4);
}

Test(target, exactly_sixty_percent_is_not_above_sixty)
{
    struct target_figure t = ratio(HV__FORM__RATIO, ABOVE, 600000, 1200, 2000);
    decides(&t, NOT_MET, 1);
    t.numerator = 1201;
    decides(&t, MET, 0);
    t.numerator = 1999;
    decides(&t, MET, 0);
    t.numerator = 1100;
    decides(&t, NOT_MET, 101);
}

Test(target, above_a_threshold_that_falls_between_two_members)
{
    /* 60 % of 7 is 4.2: five are above */
    struct target_figure t = ratio(HV__FORM__RATIO, ABOVE, 600000, 4, 7);
    decides(&t, NOT_MET, 1);
    t.numerator = 5;
    decides(&t, MET, 0);
}

Test(target, at_least_is_met_exactly_and_exceeded_beyond)
{
    struct target_figure t = ratio(HV__FORM__RATIO, AT_LEAST, 750000, 750, 1000);
    decides(&t, MET, 0);
    t.numerator = 751;
    decides(&t, EXCEEDED, 0);
    t.numerator = 749;
    decides(&t, NOT_MET, 1);
    t.denominator = 1001;
    decides(&t, NOT_MET, 2);
}

Test(target, at_most_and_below_look_the_other_way)
{
    struct target_figure t = ratio(HV__FORM__RATIO, AT_MOST, 100000, 10, 100);
    decides(&t, MET, 0);
    t.numerator = 9;
    decides(&t, EXCEEDED, 0);
    t.numerator = 13;
    decides(&t, NOT_MET, 3);
    t = ratio(HV__FORM__RATIO, BELOW, 100000, 10, 100);
    decides(&t, NOT_MET, 1);
    t.numerator = 9;
    decides(&t, MET, 0);
}

Test(target, numbers)
{
    struct target_figure t = {
        .form = HV__FORM__NUMBER, .comparator = AT_LEAST, .threshold = 16500, .numerator = 16499};
    decides(&t, NOT_MET, 1);
    t.numerator = 16500;
    decides(&t, MET, 0);
    t.numerator = 16501;
    decides(&t, EXCEEDED, 0);
    t.comparator = ABOVE;
    decides(&t, MET, 0);
    t.numerator = 16500;
    decides(&t, NOT_MET, 1);
}

Test(target, an_increase_is_measured_from_its_baseline)
{
    struct target_figure t = {.form = HV__FORM__INCREASE,
                              .comparator = AT_LEAST,
                              .threshold = 100,
                              .numerator = 1050,
                              .has_baseline = true,
                              .baseline = 1000};
    decides(&t, NOT_MET, 50);
    t.numerator = 1100;
    decides(&t, MET, 0);
    t.numerator = 1101;
    decides(&t, EXCEEDED, 0);
    t.numerator = 990;
    decides(&t, NOT_MET, 110);
    t.has_baseline = false;
    decides(&t, NO_VERDICT, -1);
}

Test(target, without_a_denominator_there_is_no_verdict)
{
    struct target_figure t = ratio(HV__FORM__RATIO, AT_LEAST, 500000, 10, 0);
    decides(&t, NO_VERDICT, -1);
    t.has_denominator = false;
    t.denominator = 20;
    decides(&t, NO_VERDICT, -1);
    t.form = HV__FORM__NONE_BELOW;
    decides(&t, NO_VERDICT, -1);
}

Test(target, what_is_not_known_has_no_verdict)
{
    struct target_figure t = ratio(0, AT_LEAST, 500000, 10, 20);
    decides(&t, NO_VERDICT, -1);
    t = ratio(HV__FORM__RATIO, 0, 500000, 10, 20);
    decides(&t, NO_VERDICT, -1);
    t = ratio((Hv__Form)99, (Hv__Comparator)99, 500000, 10, 20);
    decides(&t, NO_VERDICT, -1);
}

Test(target, products_do_not_overflow)
{
    struct target_figure t = ratio(HV__FORM__RATIO, AT_LEAST, 500000, INT64_MAX / 2 + 1, INT64_MAX);
    decides(&t, EXCEEDED, 0);
    t.numerator = INT64_MAX / 2;
    decides(&t, NOT_MET, 1);
    t = ratio(HV__FORM__RATIO, AT_LEAST, 1000000, INT64_MAX, INT64_MAX);
    decides(&t, MET, 0);
    t.numerator = INT64_MAX - 1;
    decides(&t, NOT_MET, 1);
    t = ratio(HV__FORM__RATIO, AT_LEAST, INT64_MAX, 0, INT64_MAX);
    decides(&t, NOT_MET, INT64_MAX);
    t = (struct target_figure){.form = HV__FORM__INCREASE,
                               .comparator = AT_LEAST,
                               .threshold = INT64_MAX,
                               .numerator = 0,
                               .has_baseline = true,
                               .baseline = INT64_MAX};
    decides(&t, NOT_MET, INT64_MAX);
}

Test(target, missing_is_the_least_that_meets)
{
    static const Hv__Comparator all[] = {AT_LEAST, ABOVE};
    for (size_t c = 0; c < 2; c++)
        for (int64_t den = 1; den <= 37; den++)
            for (int64_t num = 0; num <= den; num++) {
                struct target_figure t = ratio(HV__FORM__RATIO, all[c], 333333, num, den);
                int64_t missing = target_missing(&t);
                cr_assert(missing >= 0);
                cr_assert_eq(missing == 0, target_verdict(&t) >= MET);
                t.numerator = num + missing;
                cr_assert(target_verdict(&t) >= MET);
                t.numerator--;
                cr_assert(missing == 0 || target_verdict(&t) == NOT_MET);
            }
}

static Hv__TargetLine line_of(bool deciding, Hv__VerdictWord verdict)
{
    Hv__TargetLine l = HV__TARGET_LINE__INIT;
    l.has_decides = l.decides = deciding;
    l.has_verdict = verdict != 0;
    l.verdict = verdict;
    return l;
}

static Hv__VerdictWord standing(Hv__TargetLine a, Hv__TargetLine b)
{
    Hv__TargetLine *lines[] = {&a, &b};
    return target_standing(lines, 2);
}

Test(target, a_unit_stands_by_its_deciding_lines)
{
    cr_assert_eq(standing(line_of(true, MET), line_of(true, EXCEEDED)), MET);
    cr_assert_eq(standing(line_of(true, MET), line_of(true, NOT_MET)), NOT_MET);
    cr_assert_eq(standing(line_of(true, MET), line_of(false, NOT_MET)), MET);
    cr_assert_eq(standing(line_of(true, MET), line_of(true, NO_VERDICT)), NO_VERDICT);
    cr_assert_eq(standing(line_of(true, NO_VERDICT), line_of(true, NOT_MET)), NOT_MET);
    cr_assert_eq(standing(line_of(true, MET), line_of(true, 0)), NO_VERDICT);
    cr_assert_eq(standing(line_of(false, MET), line_of(false, MET)), NO_VERDICT);
    cr_assert_eq(target_standing(NULL, 0), NO_VERDICT);
}

Test(target, a_line_is_brought_up_to_date)
{
    Hv__TargetLine l = HV__TARGET_LINE__INIT;
    l.has_form = l.has_comparator = l.has_threshold = l.has_numerator = l.has_denominator = 1;
    l.form = HV__FORM__NONE_BELOW;
    l.comparator = AT_LEAST;
    l.threshold = 500000;
    l.numerator = 1183;
    l.denominator = 2561;
    target_decide(&l);
    cr_assert(l.has_verdict && l.verdict == NOT_MET && l.has_missing && l.missing == 98);
    l.numerator = 1281;
    target_decide(&l);
    cr_assert(l.has_verdict && l.verdict == MET && l.has_missing && l.missing == 0);
    l.has_denominator = 0;
    target_decide(&l);
    cr_assert(l.has_verdict && l.verdict == NO_VERDICT && !l.has_missing);
}

Test(target, measures_count_their_categories)
{
    static const struct {
        const char *token;
        int category;
        bool here, away;
    } rows[] = {
        {"members", HV__CATEGORY__ORDINARY, true, true},
        {"members", HV__CATEGORY__ORGANISATION, true, true},
        {"members", HV__CATEGORY__HONORARY, false, false},
        {"members-present", HV__CATEGORY__ORDINARY, true, false},
        {"members-present", HV__CATEGORY__ORGANISATION, true, false},
        {"members-present", HV__CATEGORY__HONORARY, false, false},
        {"members-honorary", HV__CATEGORY__HONORARY, true, true},
        {"members-honorary", HV__CATEGORY__ORDINARY, false, false},
        {"members-organisation", HV__CATEGORY__ORGANISATION, true, true},
        {"members-organisation", HV__CATEGORY__ORDINARY, false, false},
        {"members", 0, false, false},
        {"members", -1, false, false},
        {"members", 64, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct measure *m = measure_by_token(rows[i].token);
        cr_assert_eq(measure_counts(m, rows[i].category, false, 0), rows[i].here, "row %zu", i);
        cr_assert_eq(measure_counts(m, rows[i].category, true, 0), rows[i].away, "row %zu away", i);
    }
    cr_assert_null(measure_by_token("men"));
    cr_assert_null(measure_by_number(99));
}

static void covers(const ProtobufCEnumDescriptor *values, const struct code *codes)
{
    size_t count = 0;
    for (const struct code *c = codes; c->token != NULL; c++, count++) {
        cr_assert(protobuf_c_enum_descriptor_get_value(values, c->value) != NULL);
        cr_assert(code_by_value(codes, c->value) == c && code_by_token(codes, c->token) == c);
        cr_assert(c->label.vi[0] != '\0' && c->label.en[0] != '\0');
    }
    cr_assert_eq(count, (size_t)values->n_values);
}

Test(target, every_value_of_the_messages_has_words)
{
    covers(&hv__form__descriptor, form_codes);
    covers(&hv__comparator__descriptor, comparator_codes);
    covers(&hv__population_type__descriptor, population_codes);
    covers(&hv__verdict_word__descriptor, verdict_codes);
    covers(&hv__period__descriptor, period_codes);
    cr_assert_eq(measure_count, (size_t)hv__measure__descriptor.n_values);
    for (size_t i = 0; i < measure_count; i++)
        cr_assert(measure_by_number((int)measures[i].measure) == &measures[i]);
}

static void shows(int64_t num, int64_t den, int decimals, enum lang lang, const char *wanted)
{
    char out[64];
    ratio_format(num, den, decimals, lang, out, sizeof out);
    cr_assert_str_eq(out, wanted, "%s, not %s", out, wanted);
}

Test(target, ratios_are_rounded_half_up)
{
    shows(1, 8, 2, LANG_VI, "12,50");
    shows(1, 8, 0, LANG_VI, "13");
    shows(1, 200, 0, LANG_EN, "1");
    shows(1, 201, 0, LANG_EN, "0");
    shows(1, 3, 4, LANG_EN, "33.3333");
    shows(2, 3, 2, LANG_VI, "66,67");
    shows(99999, 100000, 2, LANG_VI, "100,00");
    shows(12345, 100000, 2, LANG_VI, "12,35");
    shows(0, 7, 2, LANG_VI, "0,00");
    shows(5, 0, 2, LANG_VI, "");
    shows(5, 7, 5, LANG_VI, "");
    shows(-1, 8, 1, LANG_VI, "-12,5");
    shows(3000, 2000, 2, LANG_VI, "150,00");
    shows(INT64_MAX, INT64_MAX, 4, LANG_EN, "100.0000");
    shows(INT64_MAX, 1, 2, LANG_EN, "922337203685477580700.00");
    shows(1, 1600, 2, LANG_VI, "0,06");
    shows(1, 16000, 2, LANG_VI, "0,01");
}

Test(target, thousands_are_set_apart)
{
    char out[64];
    static const struct {
        int64_t n;
        const char *vi, *en;
    } rows[] = {{0, "0", "0"},
                {999, "999", "999"},
                {1000, "1.000", "1,000"},
                {123403, "123.403", "123,403"},
                {19900000, "19.900.000", "19,900,000"},
                {-1234, "-1.234", "-1,234"},
                {INT64_MAX, "9.223.372.036.854.775.807", "9,223,372,036,854,775,807"},
                {INT64_MIN, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        count_format(rows[i].n, LANG_VI, out, sizeof out);
        cr_assert_str_eq(out, rows[i].vi);
        count_format(rows[i].n, LANG_EN, out, sizeof out);
        cr_assert_str_eq(out, rows[i].en);
    }
}

Test(target, a_woman_not_yet_a_member_is_only_among_women_reached)
{
    for (size_t i = 0; i < measure_count; i++)
        cr_assert_eq(
            measure_counts(&measures[i], HV__CATEGORY__NOT_YET, false, STANDING_CORE | STANDING_CARD),
            measures[i].measure == HV__MEASURE__WOMEN_REACHED, "%s", measures[i].token);
}
