/* Support plans, by hand-computed numbers. */
#include "common/id.h"
#include "common/plan.h"
#include "tests/unit/tally_scene.h"

#define DAY 20181231

#define IS(section, key, column, n) FIGURE_IS(tally_plan, &t, section, key, column, n)

static struct scene s;

static void begin(void)
{
    s = scene_begin(20180101, DAY);
}

static void end(void)
{
    scene_end(&s);
}

TestSuite(tally_plan, .init = begin, .fini = end);

static struct record *plan(int64_t state)
{
    return NEW(&s, &kind_plan, {"name", .text = "Kế hoạch"}, {"state", .n = state});
}

static struct record *running(void)
{
    struct record *p = plan(HV__PLAN_STATE__RUNNING);
    record_put(p, (struct given){"officer", .text = "Trần Thị Cán"});
    record_put(p, (struct given){"opened", .n = 20180601});
    return p;
}

static struct record *cause(const struct record *of, const char *word, bool main_cause, bool province,
                            bool commune)
{
    return NEW(&s, &kind_cause, {"plan_id", .to = of}, {"cause", .text = word},
               {"main_cause", .n = main_cause}, {"by_province", .n = province}, {"by_commune", .n = commune});
}

static struct record *remedy(const struct record *of, const char *word, bool province, bool commune)
{
    return NEW(&s, &kind_remedy, {"cause_id", .to = of}, {"remedy", .text = word},
               {"by_province", .n = province}, {"by_commune", .n = commune});
}

static void note(const struct record *of, int32_t date)
{
    NEW(&s, &kind_progress, {"plan_id", .to = of}, {"date", .n = date});
}

/* A running plan that lacks nothing. */
static struct record *whole_plan(void)
{
    struct record *p = running();
    remedy(cause(p, "far-work", true, true, true), "online-groups", true, true);
    note(p, 20181220);
    return p;
}

static void state_is(const char *column, int64_t n)
{
    struct tally t = scene_tally(&s, &tally_plan);
    IS("state", "", "communes", 1);
    IS("state", "", column, n);
}

Test(tally_plan, agreed_is_what_both_sides_have_set)
{
    struct record *c = NEW(&s, &kind_cause, {"by_province", .n = 1}),
                  *r = NEW(&s, &kind_remedy, {"by_commune", .n = 1});
    cr_assert(!cause_agreed(c) && !remedy_agreed(r));
    record_put(c, (struct given){"by_commune", .n = 0});
    record_put(r, (struct given){"by_province", .n = 0});
    cr_assert(!cause_agreed(c) && !remedy_agreed(r));
    record_put(c, (struct given){"by_commune", .n = 1});
    record_put(r, (struct given){"by_province", .n = 1});
    cr_assert(cause_agreed(c) && remedy_agreed(r));
}

Test(tally_plan, a_step_is_late_from_the_day_after_it_was_due_unless_settled)
{
    struct record *step = NEW(&s, &kind_step, {"name", .text = "Tập huấn"});
    cr_assert(!step_is_late(step, DAY));
    record_put(step, (struct given){"due", .n = DAY});
    cr_assert(!step_is_late(step, DAY) && step_is_late(step, 20190101));
    record_put(step, (struct given){"state", .n = HV__STEP_STATE__UNDER_WAY});
    cr_assert(step_is_late(step, 20190101));
    record_put(step, (struct given){"state", .n = HV__STEP_STATE__DONE});
    cr_assert(!step_is_late(step, 20190101));
    record_put(step, (struct given){"state", .n = HV__STEP_STATE__GIVEN_UP});
    cr_assert(!step_is_late(step, 20190101));
}

Test(tally_plan, a_commune_without_a_running_plan_lacks_all_but_the_remedy_of_a_cause)
{
    plan(HV__PLAN_STATE__DRAFT);
    plan(HV__PLAN_STATE__REACHED);
    plan(HV__PLAN_STATE__DROPPED);
    NEW(&s, &kind_plan, {"name", .text = "no state"});
    record_put(running(), (struct given){"voided", .n = 1});
    record_put(running(), (struct given){"opened", .n = 20190101});
    struct tally t = scene_tally(&s, &tally_plan);
    IS("state", "", "communes", 1);
    IS("state", "", "with-plan", 0);
    IS("state", "", "without-plan", 1);
    IS("state", "", "without-main-cause", 1);
    IS("state", "", "without-remedy", 0);
    IS("state", "", "without-officer", 1);
    IS("state", "", "without-progress", 1);
    IS("state", "", "past-deadline", 0);
    IS("plans", "draft", "plans", 2);
    IS("plans", "running", "plans", 0);
    IS("plans", "reached", "plans", 1);
    IS("causes", "far-work", "causes", 0);
    IS("visits", "", "communes", 0);
}

Test(tally_plan, one_with_a_whole_plan_lacks_nothing)
{
    whole_plan();
    struct tally t = scene_tally(&s, &tally_plan);
    IS("state", "", "with-plan", 1);
    IS("state", "", "without-plan", 0);
    IS("state", "", "without-main-cause", 0);
    IS("state", "", "without-remedy", 0);
    IS("state", "", "without-officer", 0);
    IS("state", "", "without-progress", 0);
}

Test(tally_plan, what_one_of_two_running_plans_lacks_the_commune_lacks)
{
    whole_plan();
    plan(HV__PLAN_STATE__RUNNING);
    struct tally t = scene_tally(&s, &tally_plan);
    IS("state", "", "with-plan", 1);
    IS("state", "", "without-plan", 0);
    IS("state", "", "without-main-cause", 1);
    IS("state", "", "without-remedy", 0);
    IS("state", "", "without-officer", 1);
    IS("state", "", "without-progress", 1);
}

Test(tally_plan, a_main_cause_must_be_agreed)
{
    struct record *p = running();
    struct record *c = cause(p, "poverty", true, true, false);
    cause(p, "far-work", false, true, true);
    state_is("without-main-cause", 1);
    record_put(c, (struct given){"by_commune", .n = 1});
    state_is("without-main-cause", 0);
    record_put(c, (struct given){"voided", .n = 1});
    state_is("without-main-cause", 1);
}

Test(tally_plan, each_agreed_cause_needs_an_agreed_remedy)
{
    struct record *p = running();
    struct record *a = cause(p, "poverty", true, true, true), *b = cause(p, "far-work", false, true, true);
    cause(p, "weak-head", false, true, false);
    remedy(a, "livelihood", true, true);
    struct record *r = remedy(b, "online-groups", true, false);
    state_is("without-remedy", 1);
    record_put(r, (struct given){"by_commune", .n = 1});
    state_is("without-remedy", 0);
    record_put(r, (struct given){"voided", .n = 1});
    state_is("without-remedy", 1);
}

Test(tally_plan, a_note_of_thirty_days_ago_is_progress_and_an_older_one_is_not)
{
    struct record *p = running();
    note(p, 20181130);
    note(p, 20190101);
    state_is("without-progress", 1);
    note(p, 20181201);
    state_is("without-progress", 0);
}

Test(tally_plan, the_deadline_is_the_last_good_day)
{
    struct record *p = running();
    record_put(p, (struct given){"deadline", .n = DAY});
    state_is("past-deadline", 0);
    record_put(p, (struct given){"deadline", .n = 20181230});
    state_is("past-deadline", 1);
    struct tally t = scene_tally(&s, &tally_plan);
    IS("plans", "running", "late", 1);
    record_put(p, (struct given){"state", .n = HV__PLAN_STATE__REACHED});
    state_is("past-deadline", 0);
}

Test(tally_plan, causes_and_remedies_are_those_of_running_plans_by_their_words)
{
    struct record *p = whole_plan(), *draft = plan(HV__PLAN_STATE__DRAFT);
    remedy(cause(draft, "poverty", true, true, true), "livelihood", true, true);
    struct record *own = cause(p, "Đường sá cách trở", false, false, true);
    remedy(own, "review", false, true);
    remedy(own, "Đi thuyền", true, true);
    remedy(cause(p, "far-work", true, false, true), "online-groups", false, true);
    struct tally t = scene_tally(&s, &tally_plan);
    IS("causes", "far-work", "causes", 2);
    IS("causes", "far-work", "agreed", 1);
    IS("causes", "far-work", "main", 2);
    IS("causes", "far-work", "with-remedy", 1);
    IS("causes", "Đường sá cách trở", "causes", 1);
    IS("causes", "Đường sá cách trở", "agreed", 0);
    IS("causes", "Đường sá cách trở", "main", 0);
    IS("causes", "Đường sá cách trở", "with-remedy", 1);
    IS("causes", "poverty", "causes", 0);
    IS("remedies", "online-groups", "remedies", 2);
    IS("remedies", "online-groups", "agreed", 1);
    IS("remedies", "review", "agreed", 0);
    IS("remedies", "Đi thuyền", "agreed", 1);
    IS("remedies", "livelihood", "remedies", 0);
}

Test(tally_plan, steps_are_counted_by_state)
{
    struct record *p = running(), *border = NEW(&s, &kind_programme, {"name", .text = "Biên cương"});
    NEW(&s, &kind_step, {"plan_id", .to = p}, {"name", .text = "Một"}, {"due", .n = 20181230});
    NEW(&s, &kind_step, {"plan_id", .to = p}, {"name", .text = "Hai"}, {"programme_id", .to = border},
        {"state", .n = HV__STEP_STATE__UNDER_WAY}, {"due", .n = DAY});
    NEW(&s, &kind_step, {"plan_id", .to = p}, {"name", .text = "Ba"}, {"state", .n = HV__STEP_STATE__DONE},
        {"due", .n = 20180701});
    NEW(&s, &kind_step, {"plan_id", .to = plan(HV__PLAN_STATE__DROPPED)}, {"name", .text = "Bốn"});
    struct tally t = scene_tally(&s, &tally_plan);
    IS("steps", "planned", "steps", 1);
    IS("steps", "planned", "late", 1);
    IS("steps", "planned", "integrated", 0);
    IS("steps", "under-way", "steps", 1);
    IS("steps", "under-way", "late", 0);
    IS("steps", "under-way", "integrated", 1);
    IS("steps", "done", "steps", 1);
    IS("steps", "done", "late", 0);
    IS("steps", "given-up", "steps", 0);
}

Test(tally_plan, visits_and_notes_are_those_of_the_period)
{
    struct record *p = running(), *reached = plan(HV__PLAN_STATE__REACHED);
    NEW(&s, &kind_visit, {"plan_id", .to = p}, {"date", .n = 20171231});
    NEW(&s, &kind_visit, {"plan_id", .to = p}, {"date", .n = 20180101});
    NEW(&s, &kind_visit, {"plan_id", .to = reached}, {"date", .n = DAY});
    NEW(&s, &kind_visit, {"plan_id", .to = p}, {"date", .n = 20190101});
    NEW(&s, &kind_visit, {"plan_id", .to = p}, {"date", .n = 20180301}, {"voided", .n = 1});
    note(p, 20180501);
    note(p, 20170501);
    struct tally t = scene_tally(&s, &tally_plan);
    IS("visits", "", "communes", 1);
    IS("visits", "", "visits", 2);
    IS("visits", "", "notes", 1);
}

Test(tally_plan, a_province_counts_its_communes_by_sums)
{
    struct fault f = {0};
    struct tally all = {.arena = s.arena}, *t = &all;
    struct tally none = scene_tally(&s, &tally_plan);
    whole_plan();
    struct tally some = scene_tally(&s, &tally_plan);
    cr_assert_eq(tally_sum(&all, &tally_plan, &none, &f), ERR_OK);
    cr_assert_eq(tally_sum(&all, &tally_plan, &some, &f), ERR_OK);
    FIGURE_IS(tally_plan, t, "state", "", "communes", 2);
    FIGURE_IS(tally_plan, t, "state", "", "with-plan", 1);
    FIGURE_IS(tally_plan, t, "state", "", "without-officer", 1);
    FIGURE_IS(tally_plan, t, "causes", "far-work", "causes", 1);
}

Test(tally_plan, a_commune_that_is_not_below_target_is_none_of_those_that_need_a_plan)
{
    s.above_target = true;
    struct tally t = scene_tally(&s, &tally_plan);
    IS("state", "", "communes", 0);
    IS("state", "", "without-plan", 0);
    whole_plan();
    t = scene_tally(&s, &tally_plan);
    IS("state", "", "communes", 0);
    IS("state", "", "with-plan", 0);
    IS("plans", "running", "plans", 1);
    IS("causes", "far-work", "causes", 1);
}

Test(tally_plan, a_plan_that_was_opened_or_entered_later_is_not_of_the_period)
{
    static const uint8_t random[10] = {1};
    const uint64_t new_year = UINT64_C(1546275600000); /* 2019 begins at UTC+7 */
    record_put(running(), (struct given){"opened", .n = 20190101});
    struct record *p = plan(HV__PLAN_STATE__RUNNING);
    p->id = id_make(new_year, random);
    struct tally t = scene_tally(&s, &tally_plan);
    IS("plans", "running", "plans", 0);
    IS("state", "", "without-plan", 1);
    p->id = id_make(new_year - 1, random);
    cr_assert_eq(plan_opened(p), DAY);
    t = scene_tally(&s, &tally_plan);
    IS("plans", "running", "plans", 1);
    IS("state", "", "with-plan", 1);
}
