/* Which plan and cause a commune below target is shown with, and what its shares are. */
#include "common/id.h"
#include "common/support.h"
#include "tests/unit/tally_scene.h"

#define DAY 20181231

static struct scene scene;

static void begin(void)
{
    scene = scene_begin(20180101, DAY);
}

static void end(void)
{
    scene_end(&scene);
}

TestSuite(support, .init = begin, .fini = end);

static struct support support(void)
{
    struct fault f = {0};
    struct support s;
    struct tally_input in = {.arena = scene.arena,
                             .below_target = true,
                             .from = scene.from,
                             .day = scene.day,
                             .regular_percent = scene.regular_percent,
                             .source = &scene,
                             .each = scene_each};
    cr_assert_eq(support_of(&in, &s, &f), ERR_OK, "%s", f.text);
    return s;
}

static struct record *plan(int64_t state, int64_t opened, int64_t deadline, const char *officer)
{
    struct record *r =
        NEW(&scene, &kind_plan, {"name", .text = "Kế hoạch"}, {"state", .n = state}, {"opened", .n = opened});
    if (deadline != 0)
        record_put(r, (struct given){"deadline", .n = deadline});
    if (officer != NULL)
        record_put(r, (struct given){"officer", .text = officer});
    return r;
}

static struct record *remedy(const struct record *of, bool by_commune)
{
    return NEW(&scene, &kind_remedy, {"cause_id", .to = of}, {"remedy", .text = "review"},
               {"by_province", .n = 1}, {"by_commune", .n = by_commune});
}

static struct record *cause(const struct record *of, const char *word, bool main_cause, bool by_commune)
{
    return NEW(&scene, &kind_cause, {"plan_id", .to = of}, {"cause", .text = word},
               {"main_cause", .n = main_cause}, {"by_province", .n = 1}, {"by_commune", .n = by_commune});
}

static void note(const struct record *of, int64_t date)
{
    NEW(&scene, &kind_progress, {"plan_id", .to = of}, {"date", .n = date});
}

Test(support, a_commune_without_anything_lacks_everything)
{
    struct support s = support();
    cr_assert(s.plan_state == 0 && s.deadline == 0 && s.main.cause == NULL && s.officer == NULL &&
              s.progress == 0);
    cr_assert(s.no_plan && s.no_main_cause && !s.no_remedy && s.no_officer && s.no_progress);
    cr_assert(s.trained.of == 0 && s.attending.of == 0 && s.complete.of == 0);
}

Test(support, the_running_plan_with_the_earliest_deadline_is_shown)
{
    plan(HV__PLAN_STATE__REACHED, 20180601, 20181001, "Một");
    plan(HV__PLAN_STATE__RUNNING, 20180101, 0, "Hai");
    plan(HV__PLAN_STATE__RUNNING, 20180102, 20190630, "Ba");
    plan(HV__PLAN_STATE__RUNNING, 20180103, 20190629, "Bốn");
    plan(HV__PLAN_STATE__RUNNING, DAY + 1, 20190101, "Năm");
    struct support s = support();
    cr_assert_eq(s.deadline, 20190629);
    cr_assert_str_eq(s.officer, "Bốn");
    cr_assert_eq(s.plan_state, HV__PLAN_STATE__RUNNING);
    cr_assert_not(s.no_plan);
}

Test(support, a_plan_without_its_day_was_opened_on_that_of_its_entry)
{
    static const uint8_t random[10];
    const uint64_t new_year = UINT64_C(1546275600000); /* 2019-01-01 at +07:00 */
    plan(HV__PLAN_STATE__REACHED, 20180601, 0, "June");
    struct record *undated = plan(HV__PLAN_STATE__REACHED, 0, 0, "December");
    undated->id = id_make(new_year - 1, random);
    cr_assert_str_eq(support().officer, "December");
}

Test(support, where_none_runs_the_one_opened_last_is_shown_and_a_plan_is_lacking)
{
    plan(HV__PLAN_STATE__REACHED, 20180101, 20180901, NULL);
    plan(HV__PLAN_STATE__DROPPED, 20180601, 20181001, NULL);
    struct support s = support();
    cr_assert_eq(s.plan_state, HV__PLAN_STATE__DROPPED);
    cr_assert_eq(s.deadline, 20181001);
    cr_assert(s.no_plan && s.no_progress);
}

Test(support, a_main_cause_that_both_agreed_to_stands_before_a_proposed_one)
{
    const struct record *p = plan(HV__PLAN_STATE__RUNNING, 20180101, 20190630, NULL),
                        *other = plan(HV__PLAN_STATE__RUNNING, 20180101, 20190701, NULL);
    cause(other, "poverty", true, true);
    cause(p, "dull-meetings", false, true);
    cr_assert(support().main.cause == NULL);
    cause(p, "weak-head", true, false);
    struct support s = support();
    cr_assert(strcmp(s.main.cause, "weak-head") == 0 && !s.main.agreed);
    cause(p, "far-work", true, true);
    s = support();
    cr_assert(strcmp(s.main.cause, "far-work") == 0 && s.main.agreed);
}

Test(support, the_last_progress_note_up_to_the_day_is_told)
{
    const struct record *p = plan(HV__PLAN_STATE__RUNNING, 20180101, 20190630, NULL);
    struct record stray = *p;
    stray.id.b[0] = 9;
    note(p, 20181015);
    note(p, 20181130);
    note(p, DAY + 1);
    note(&stray, 20181220);
    struct support s = support();
    cr_assert(s.progress == 20181130 && s.no_progress);
    note(p, DAY);
    s = support();
    cr_assert(s.progress == DAY && !s.no_progress);
}

Test(support, further_causes_of_the_plan_stand_agreed_ones_first_with_their_remedies)
{
    const struct record *p = plan(HV__PLAN_STATE__RUNNING, 20180101, 20190630, NULL),
                        *other = plan(HV__PLAN_STATE__RUNNING, 20180101, 20190701, NULL);
    const struct record *proposed = cause(p, "dull-meetings", false, false);
    cause(other, "weak-head", false, true);
    const struct record *main_cause = cause(p, "far-work", true, true);
    cause(p, "poverty", false, true);
    remedy(proposed, false);
    remedy(proposed, true);
    record_put(remedy(proposed, true), (struct given){"voided", .n = 1});
    remedy(main_cause, true);
    struct support s = support();
    cr_assert_eq(s.main.remedies, 1);
    cr_assert_eq(s.further_count, 2);
    cr_assert(strcmp(s.further[0].cause, "poverty") == 0 && s.further[0].agreed &&
              s.further[0].remedies == 0);
    cr_assert(strcmp(s.further[1].cause, "dull-meetings") == 0 && !s.further[1].agreed);
    cr_assert_eq(s.further[1].remedies, 2);
}
