/* How far a figure is from another verdict. */
#include "common/explain.h"
#include "sample.h"
#include <criterion/criterion.h>

#define AT_LEAST HV__COMPARATOR__AT_LEAST
#define ABOVE    HV__COMPARATOR__ABOVE
#define NOT_MET  HV__VERDICT_WORD__NOT_MET
#define MET      HV__VERDICT_WORD__MET
#define EXCEEDED HV__VERDICT_WORD__EXCEEDED

static struct target_figure ratio(Hv__Comparator c, int64_t threshold, int64_t num, int64_t den)
{
    return (struct target_figure){.form = HV__FORM__RATIO,
                                  .comparator = c,
                                  .threshold = threshold,
                                  .numerator = num,
                                  .has_denominator = true,
                                  .denominator = den};
}

static void steps_are(const struct target_figure *t, const struct explain_step *wanted, size_t count)
{
    struct explain_step made[EXPLAIN_STEPS];
    size_t n = explain_steps(t, made);
    cr_assert_eq(n, count, "%zu steps, not %zu", n, count);
    for (size_t i = 0; i < n; i++)
        cr_assert(made[i].members == wanted[i].members && made[i].more == wanted[i].more &&
                      made[i].word == wanted[i].word,
                  "step %zu: %lld %s to word %d", i, (long long)made[i].members,
                  made[i].more ? "more" : "fewer", (int)made[i].word);
}

#define STEPS(t, ...)                                                                                        \
    steps_are(&(t), (const struct explain_step[]){__VA_ARGS__},                                              \
              sizeof((const struct explain_step[]){__VA_ARGS__}) / sizeof(struct explain_step))

static void sides_are(const struct target_figure *t, int64_t left, int64_t right, int order)
{
    struct explain_sides s;
    cr_assert(explain_sides(t, &s));
    cr_assert(s.left * s.left_factor == left && s.right * s.right_factor == right && s.order == order);
}

Test(steps, hau_giang_at_the_end_of_2018_and_in_july_2019)
{
    struct target_figure t = ratio(AT_LEAST, 500000, 123403, 222894);
    sides_are(&t, 123403000000, 111447000000, 1);
    STEPS(t, {11956, false, MET}, {11957, false, NOT_MET});
    t = ratio(AT_LEAST, 500000, 106254, 211202);
    sides_are(&t, 106254000000, 105601000000, 1);
    STEPS(t, {653, false, MET}, {654, false, NOT_MET});
}

Test(steps, lien_chau_before_and_after_its_review)
{
    /* 2,561 is odd: no number of members makes exactly one half, so Đạt alone is never reached */
    struct target_figure t = ratio(AT_LEAST, 500000, 1508, 2561);
    sides_are(&t, 1508000000, 1280500000, 1);
    STEPS(t, {228, false, NOT_MET});
    t = ratio(AT_LEAST, 500000, 1183, 2561);
    sides_are(&t, 1183000000, 1280500000, -1);
    STEPS(t, {98, true, EXCEEDED});
}

Test(steps, exactly_one_half)
{
    struct target_figure t = ratio(AT_LEAST, 500000, 500, 1000);
    sides_are(&t, 500000000, 500000000, 0);
    STEPS(t, {1, true, EXCEEDED}, {1, false, NOT_MET});
    t = ratio(ABOVE, 500000, 500, 1000);
    STEPS(t, {1, true, MET});
    t = ratio(ABOVE, 500000, 501, 1000);
    STEPS(t, {1, false, NOT_MET});
    t = ratio(AT_LEAST, 500000, 498, 1000);
    STEPS(t, {2, true, MET}, {3, true, EXCEEDED});
    t.form = HV__FORM__NONE_BELOW;
    STEPS(t, {2, true, MET});
    t.numerator = 600;
    STEPS(t, {101, false, NOT_MET});
}

Test(steps, numbers_increases_and_upper_limits)
{
    struct target_figure t = {
        .form = HV__FORM__NUMBER, .comparator = AT_LEAST, .threshold = 10, .numerator = 7};
    sides_are(&t, 7, 10, -1);
    STEPS(t, {3, true, MET}, {4, true, EXCEEDED});
    t = (struct target_figure){.form = HV__FORM__INCREASE,
                               .comparator = AT_LEAST,
                               .threshold = 10,
                               .numerator = 107,
                               .has_baseline = true,
                               .baseline = 95};
    sides_are(&t, 12, 10, 1);
    STEPS(t, {2, false, MET}, {3, false, NOT_MET});
    t = (struct target_figure){
        .form = HV__FORM__NUMBER, .comparator = HV__COMPARATOR__AT_MOST, .threshold = 10, .numerator = 12};
    STEPS(t, {2, false, MET}, {3, false, EXCEEDED});
    t.threshold = 0;
    STEPS(t, {12, false, MET});
}

Test(steps, no_figure_no_comparison_and_no_step)
{
    struct explain_sides s;
    struct explain_step steps[EXPLAIN_STEPS];
    struct target_figure t = ratio(AT_LEAST, 500000, 5, 0);
    cr_assert(!explain_sides(&t, &s) && explain_steps(&t, steps) == 0);
    t.has_denominator = false;
    cr_assert(!explain_sides(&t, &s) && explain_steps(&t, steps) == 0);
    t = (struct target_figure){.form = HV__FORM__INCREASE, .comparator = AT_LEAST, .numerator = 5};
    cr_assert(!explain_sides(&t, &s) && explain_steps(&t, steps) == 0);
    t = (struct target_figure){.form = HV__FORM__NUMBER, .comparator = 0, .numerator = 5};
    cr_assert(!explain_sides(&t, &s) && explain_steps(&t, steps) == 0);
}

Test(steps, a_step_is_the_smallest_that_changes_the_verdict)
{
    struct arena *arena = arena_make(1u << 20);
    struct sample s = sample_begin(arena);
    for (size_t round = 0; round < 3000; round++) {
        struct explain_step steps[EXPLAIN_STEPS];
        int64_t den = (int64_t)sample_below(&s, 60) + 1;
        struct target_figure t =
            ratio((Hv__Comparator)(1 + sample_below(&s, 4)), (int64_t)sample_below(&s, 21) * 50000,
                  (int64_t)sample_below(&s, 70), den);
        size_t count = explain_steps(&t, steps);
        for (int more = 0; more < 2; more++) {
            size_t at = 0;
            Hv__VerdictWord word = target_verdict(&t);
            for (int64_t k = 1; k <= (more ? 200 : t.numerator); k++) {
                struct target_figure then = t;
                then.numerator += more ? k : -k;
                if (target_verdict(&then) == word)
                    continue;
                word = target_verdict(&then);
                while (at < count && steps[at].more != (more != 0))
                    at++;
                cr_assert(at < count && steps[at].members == k && steps[at].word == word, "round %zu", round);
                at++;
            }
            while (at < count && steps[at].more != (more != 0))
                at++;
            cr_assert_eq(at, count, "round %zu: a step that changes nothing", round);
        }
    }
    arena_free(arena);
}
