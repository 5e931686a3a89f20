/* Models as of a day: started, reviewed, judged, replicated. */
#include "tests/unit/tally_scene.h"

static struct scene s;

static void begin(void)
{
    s = scene_begin(20180101, 20181231);
}

static void end(void)
{
    scene_end(&s);
}

TestSuite(tally_model, .init = begin, .fini = end);

static struct record *model(const char *name, int32_t started)
{
    return NEW(&s, &kind_model, {"name", .text = name}, {"started", .n = started});
}

static void reviews(struct record *of, int32_t date, int effect)
{
    record_put(of, (struct given){"reviewed", .n = date});
    record_put(of, (struct given){"effect", .n = effect});
}

static struct record *replicates(struct record *of, int32_t date)
{
    return NEW(&s, &kind_replication, {"model_id", .to = of}, {"place", .text = "Thôn 2"},
               {"date", .n = date});
}

static void is(const char *section, const char *key, const char *column, int64_t n)
{
    struct tally t = scene_tally(&s, &tally_model);
    FIGURE_IS(tally_model, &t, section, key, column, n);
}

static bool has(const char *section, const char *key)
{
    struct tally t = scene_tally(&s, &tally_model);
    return scene_row(&tally_model, &t, section, key) != NULL;
}

Test(tally_model, a_model_is_there_from_the_last_possible_day_of_its_start)
{
    model("Nuôi heo đất", 20170000);
    model("Tổ hợp tác", 20180000);
    model("Biến rác thành tiền", 20190101);
    record_put(model("Nhầm", 20180101), (struct given){"voided", .n = 1});
    is("all", "", "models", 2);
    is("all", "", "started", 1);
    is("year", "2018", "started", 1);
    s.day = 20181230;
    is("all", "", "models", 1);
    is("all", "", "started", 0);
    cr_assert(!has("model", "Tổ hợp tác") && has("model", "Nuôi heo đất"));
}

Test(tally_model, a_review_and_its_verdict_count_from_their_date)
{
    struct record *good = model("A", 20170101), *bad = model("B", 20170101);
    reviews(good, 20180630, HV__EFFECT__EFFECTIVE);
    reviews(bad, 20171231, HV__EFFECT__NOT_EFFECTIVE);
    record_put(model("C", 20170101), (struct given){"effect", .n = HV__EFFECT__EFFECTIVE});
    is("all", "", "reviewed", 1);
    is("all", "", "effective", 2);
    is("all", "", "not-effective", 1);
    is("year", "2018", "reviewed", 1);
    is("model", "A", "reviewed", 20180630);
    is("model", "A", "effective", 1);
    s.day = 20180629;
    is("all", "", "reviewed", 0);
    is("all", "", "effective", 1);
    is("model", "A", "reviewed", 0);
}

Test(tally_model, a_year_without_review_has_passed_on_the_day_after_the_anniversary)
{
    reviews(model("A", 20100101), 20170630, HV__EFFECT__EFFECTIVE);
    model("B", 20170600);
    s.day = 20180630;
    is("all", "", "not-reviewed", 0);
    s.day = 20180701;
    is("all", "", "not-reviewed", 2);
    is("model", "B", "not-reviewed", 1);
}

Test(tally_model, replications_count_in_times_and_the_models_replicated_once)
{
    struct record *a = model("A", 20170101), *b = model("B", 20170101), *later = model("C", 20190601);
    record_put(a, (struct given){"topic", .text = "livelihood"});
    record_put(b, (struct given){"topic", .text = "Trồng hoa"});
    replicates(a, 20171231);
    replicates(a, 20180101);
    replicates(a, 20180000);
    replicates(a, 20190101);
    replicates(later, 20180601);
    record_put(replicates(b, 20180601), (struct given){"voided", .n = 1});
    is("all", "", "replicated", 1);
    is("all", "", "replications", 3);
    is("all", "", "replications-in-period", 2);
    is("year", "2018", "replications", 2);
    is("topic", "livelihood", "replications", 3);
    is("topic", "Trồng hoa", "replicated", 0);
    is("model", "A", "replications", 3);
    record_put(a, (struct given){"voided", .n = 1});
    is("all", "", "replications", 0);
    cr_assert(!has("year", "2018"));
}

Test(tally_model, models_of_one_name_have_rows_of_their_own)
{
    model("A", 20170101);
    model("A", 20180101);
    is("model", "A", "started", 20170101);
    is("model", "A (2)", "started", 20180101);
    is("topic", "-", "models", 2);
}
