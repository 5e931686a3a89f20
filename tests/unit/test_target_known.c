/* The targets that are known of, at their edges, and those in which units are counted. */
#include "common/target.h"
#include <criterion/criterion.h>

#define NO_VERDICT HV__VERDICT_WORD__NO_VERDICT
#define NOT_MET    HV__VERDICT_WORD__NOT_MET
#define MET        HV__VERDICT_WORD__MET
#define EXCEEDED   HV__VERDICT_WORD__EXCEEDED
#define AT_LEAST   HV__COMPARATOR__AT_LEAST
#define ABOVE      HV__COMPARATOR__ABOVE
#define AT_MOST    HV__COMPARATOR__AT_MOST

static void decides(const struct target_figure *t, Hv__VerdictWord verdict, int64_t missing)
{
    cr_assert_eq(target_verdict(t), verdict);
    cr_assert_eq(target_missing(t), missing);
}

/* ---- the targets that are known of (central terms XI to XIII, provinces, a model chi hội) ---- */

enum { PLAIN, UNITS };

/* One figure at its edge: below, exactly, above. `of` is the denominator, or the baseline of an increase; of
 * units it is how many there are. */
static const struct {
    const char *what;
    Hv__Form form;
    Hv__Comparator comparator;
    int64_t threshold, of, figure;
    int counted;
    Hv__VerdictWord below, equal, above;
} known[] = {
    {"XI: 75 % of women 18+", HV__FORM__RATIO, AT_LEAST, 750000, 2000, 1500, PLAIN, NOT_MET, MET, EXCEEDED},
    {"XII: +1,000,000 members", HV__FORM__INCREASE, AT_LEAST, 1000000, 15000000, 16000000, PLAIN, NOT_MET,
     MET, EXCEEDED},
    {"XII: no base below 50 %", HV__FORM__NONE_BELOW, AT_LEAST, 500000, 2000, 1000, PLAIN, NOT_MET, MET, MET},
    {"XII: no base below 50 %, bases", HV__FORM__NONE_BELOW, AT_LEAST, 500000, 200, 200, UNITS, NOT_MET, MET,
     0},
    {"XIII: +800,000 members", HV__FORM__INCREASE, AT_LEAST, 800000, 19000000, 19800000, PLAIN, NOT_MET, MET,
     EXCEEDED},
    {"XIII: all bases above 60 %", HV__FORM__NONE_BELOW, ABOVE, 600000, 2000, 1200, PLAIN, NOT_MET, NOT_MET,
     MET},
    {"Gia Lai: +16,500 members", HV__FORM__INCREASE, AT_LEAST, 16500, 200000, 216500, PLAIN, NOT_MET, MET,
     EXCEEDED},
    {"Gia Lai: a special-group model per base", HV__FORM__NUMBER, AT_LEAST, 1, 0, 1, PLAIN, NOT_MET, MET,
     EXCEEDED},
    {"Gia Lai: the same, bases", HV__FORM__UNITS_SHARE, AT_LEAST, 1000000, 222, 222, UNITS, NOT_MET, MET, 0},
    {"Nghĩa An: 89 %", HV__FORM__RATIO, AT_LEAST, 890000, 100, 89, PLAIN, NOT_MET, MET, EXCEEDED},
    {"model chi hội: 85 % gathered", HV__FORM__RATIO, AT_LEAST, 850000, 200, 170, PLAIN, NOT_MET, MET,
     EXCEEDED},
    {"model chi hội: 85 % attending", HV__FORM__EACH_GROUP, AT_LEAST, 850000, 200, 170, PLAIN, NOT_MET, MET,
     MET},
    {"model chi hội: 85 % paying dues", HV__FORM__EACH_GROUP, AT_LEAST, 850000, 200, 170, PLAIN, NOT_MET, MET,
     MET},
    {"model chi hội: all with cards", HV__FORM__EACH_GROUP, AT_LEAST, 1000000, 214, 214, PLAIN, NOT_MET, MET,
     0},
    {"2 activities a year per base", HV__FORM__NUMBER, AT_LEAST, 2, 0, 2, PLAIN, NOT_MET, MET, EXCEEDED},
    {"2 honoured persons a year", HV__FORM__NUMBER, AT_LEAST, 2, 0, 2, PLAIN, NOT_MET, MET, EXCEEDED},
    {"every chi hội head trained", HV__FORM__RATIO, AT_LEAST, 1000000, 12, 12, PLAIN, NOT_MET, MET, 0},
    {"every chi hội head trained, by chi hội", HV__FORM__EACH_GROUP, AT_LEAST, 1, 12, 12, UNITS, NOT_MET, MET,
     0},
    {"bases above 60 %: at least 2,722", HV__FORM__UNITS_NUMBER, AT_LEAST, 2722, 3321, 2722, UNITS, NOT_MET,
     MET, EXCEEDED},
};

static Hv__VerdictWord known_verdict(size_t i, int64_t off)
{
    struct target_figure t = {.form = known[i].form,
                              .comparator = known[i].comparator,
                              .threshold = known[i].threshold,
                              .numerator = known[i].figure + off,
                              .ratio = known[i].of > 0,
                              .has_denominator = known[i].of > 0,
                              .denominator = known[i].of,
                              .has_baseline = known[i].form == HV__FORM__INCREASE,
                              .baseline = known[i].of};
    if (known[i].counted == UNITS) {
        t.has_units = true;
        t.units = known[i].of;
        t.units_met = known[i].figure + off;
        t.units_comparator = known[i].comparator;
        t.units_threshold = known[i].threshold;
    }
    return target_verdict(&t);
}

Test(target_known, every_known_target_is_decided_at_its_edge)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        cr_assert_eq(known_verdict(i, -1), known[i].below, "%s, below", known[i].what);
        cr_assert_eq(known_verdict(i, 0), known[i].equal, "%s, equal", known[i].what);
        if (known[i].above != 0)
            cr_assert_eq(known_verdict(i, 1), known[i].above, "%s, above", known[i].what);
    }
}

static Hv__VerdictWord units(Hv__Form form, Hv__Comparator c, int64_t wanted, int64_t all, int64_t met,
                             int64_t open)
{
    struct target_figure t = {.form = form,
                              .comparator = AT_LEAST,
                              .has_units = true,
                              .units = all,
                              .units_met = met,
                              .units_open = open,
                              .units_comparator = c,
                              .units_threshold = wanted};
    return target_verdict(&t);
}

Test(target_known, while_it_hangs_on_units_without_figures_there_is_no_verdict)
{
    cr_assert_eq(units(HV__FORM__UNITS_NUMBER, AT_LEAST, 5, 10, 4, 0), NOT_MET);
    cr_assert_eq(units(HV__FORM__UNITS_NUMBER, AT_LEAST, 5, 10, 4, 1), NO_VERDICT);
    cr_assert_eq(units(HV__FORM__UNITS_NUMBER, AT_LEAST, 5, 10, 6, 4), EXCEEDED);
    cr_assert_eq(units(HV__FORM__UNITS_NUMBER, AT_LEAST, 5, 10, 3, 1), NOT_MET);
    cr_assert_eq(units(HV__FORM__UNITS_NUMBER, AT_MOST, 5, 10, 5, 1), NO_VERDICT);
    cr_assert_eq(units(HV__FORM__UNITS_SHARE, ABOVE, 500000, 10, 5, 0), NOT_MET);
    cr_assert_eq(units(HV__FORM__UNITS_SHARE, ABOVE, 500000, 10, 6, 0), MET);
    cr_assert_eq(units(HV__FORM__UNITS_SHARE, ABOVE, 500000, 0, 0, 0), NO_VERDICT);
    cr_assert_eq(units(HV__FORM__EACH_GROUP, 0, 0, 3, 3, 0), MET);
    cr_assert_eq(units(HV__FORM__EACH_GROUP, 0, 0, 3, 2, 1), NO_VERDICT);
    cr_assert_eq(units(HV__FORM__EACH_GROUP, 0, 0, 3, 1, 1), NOT_MET);
    cr_assert_eq(units(HV__FORM__EACH_GROUP, 0, 0, 0, 0, 0), NO_VERDICT);
}

Test(target_known, exactly_is_met_on_neither_side)
{
    struct target_figure t = {.form = HV__FORM__NUMBER, .comparator = HV__COMPARATOR__EQUAL, .threshold = 5};
    t.numerator = 4;
    decides(&t, NOT_MET, 1);
    t.numerator = 5;
    decides(&t, MET, 0);
    t.numerator = 7;
    decides(&t, NOT_MET, 2);
}

Test(target_known, a_flow_begins_with_its_period)
{
    Hv__TargetLine l = HV__TARGET_LINE__INIT;
    l.has_term_from = 1;
    l.term_from = 20160501;
    cr_assert_eq(target_period_from(&l, 20180831), 20160501);
    l.has_period = 1;
    l.period = HV__PERIOD__YEAR;
    cr_assert_eq(target_period_from(&l, 20180831), 20180101);
    l.period = HV__PERIOD__QUARTER;
    cr_assert_eq(target_period_from(&l, 20180831), 20180701);
    cr_assert_eq(target_period_from(&l, 20181001), 20181001);
    cr_assert_eq(target_period_from(&l, 20180331), 20180101);
}
