/* A commune's targets from a real database: which apply, and what counts on a day. */
#include "tests/store/report_world.h"

SUPPORT_CLUSTER

Test(report, a_commune_has_its_target_with_figure_and_count)
{
    struct world w;
    world_begin(&w);
    stand(&w, w.first, 'a', ORDINARY, false, 0, 99991231, 400);
    stand(&w, w.first, 'b', ORGANISATION, false, 20180101, 99991231, 90);
    stand(&w, w.first, 'b', HONORARY, false, 0, 99991231, 50);
    stand(&w, w.first, 'b', ORDINARY, true, 20180101, 99991231, 9);
    stand(&w, w.second, 'a', ORDINARY, false, 0, 99991231, 7);
    Hv__TargetReport *r = target_report(&w, w.first, TODAY);
    cr_assert_str_eq(r->code, "31317");
    cr_assert_str_eq(r->name, "Phường I");
    cr_assert_eq(r->as_of, TODAY);
    cr_assert_eq(r->n_line, 1u);
    const Hv__TargetLine *l = r->line[0];
    cr_assert_eq(l->numerator, 499, "honorary members do not count: %lld", (long long)l->numerator);
    cr_assert(l->has_denominator && l->denominator == 1000);
    cr_assert_str_eq(l->denominator_source, "figure for tests");
    cr_assert_eq(l->denominator_date, 20171231);
    cr_assert_str_eq(l->term, "2017-2022");
    cr_assert(l->form == HV__FORM__NONE_BELOW && l->threshold == 500000 && l->decides &&
              l->deadline == 20220301);
    cr_assert(l->verdict == HV__VERDICT_WORD__NOT_MET && l->missing == 1);
    stand(&w, w.first, 'c', ORDINARY, false, TODAY, 99991231, 1);
    r = target_report(&w, w.first, TODAY);
    cr_assert(r->line[0]->numerator == 500 && r->line[0]->verdict == HV__VERDICT_WORD__MET);
    world_end(&w);
}

Test(report, each_measure_counts_its_own)
{
    struct world w;
    world_begin(&w);
    add_target(&w, "present", "2017-2022", w.centre, 0, HV__FORM__NUMBER, HV__MEASURE__MEMBERS_PRESENT, 1,
               false);
    add_target(&w, "honorary", "2017-2022", w.centre, 0, HV__FORM__NUMBER, HV__MEASURE__MEMBERS_HONORARY, 1,
               false);
    add_target(&w, "organisation", "2017-2022", w.centre, 0, HV__FORM__NUMBER,
               HV__MEASURE__MEMBERS_ORGANISATION, 1, false);
    stand(&w, w.first, 'a', ORDINARY, false, 0, 99991231, 100);
    stand(&w, w.first, 'a', ORDINARY, true, 0, 99991231, 20);
    stand(&w, w.first, 'a', HONORARY, true, 0, 99991231, 3);
    stand(&w, w.first, 'a', ORGANISATION, false, 0, 99991231, 4);
    Hv__TargetReport *r = target_report(&w, w.first, TODAY);
    cr_assert_eq(r->n_line, 4u);
    cr_assert_eq(r->line[0]->numerator, 124);
    cr_assert_eq(line_of(r->line, r->n_line, "present")->numerator, 104);
    cr_assert_eq(line_of(r->line, r->n_line, "honorary")->numerator, 3);
    cr_assert_eq(line_of(r->line, r->n_line, "organisation")->numerator, 4);
    world_end(&w);
}

Test(report, a_member_counts_from_her_first_day_and_not_on_her_last)
{
    struct world w;
    world_begin(&w);
    stand(&w, w.first, 'a', ORDINARY, false, 20190101, 20190601, 5);
    static const struct {
        int32_t day;
        int64_t count;
    } rows[] = {{20181231, 0}, {20190101, 5}, {20190531, 5}, {20190601, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        cr_assert_eq(target_report(&w, w.first, rows[i].day)->line[0]->numerator, rows[i].count, "%d",
                     rows[i].day);
    world_end(&w);
}

Test(report, days_before_the_fold_are_counted_from_the_intervals)
{
    struct world w;
    world_begin(&w);
    stand(&w, w.first, 'a', ORDINARY, false, 20150101, 20170101, 5);
    stand(&w, w.first, 'a', ORDINARY, false, 20160101, 99991231, 7);
    stand(&w, w.first, 'a', ORDINARY, false, 20190101, 99991231, 2);
    sql(&w.db, "update term set from_day = 20100101");
    sql(&w.db, "insert into standing_count as c select unit, group_id, category, away, flags, 0, sum(n) from "
               "standing_count "
               "where day <= 20180101 group by 1, 2, 3, 4, 5; "
               "delete from standing_count where day > 0 and day <= 20180101; update standing_fold set day = "
               "20180101");
    static const struct {
        int32_t day;
        int64_t count;
    } rows[] = {{20140101, 0}, {20150101, 5}, {20160101, 12}, {20170101, 7},
                {20171231, 7}, {20180101, 7}, {20190101, 9}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_assert_eq(target_report(&w, w.first, rows[i].day)->line[0]->numerator, rows[i].count, "%d",
                     rows[i].day);
        Hv__ProvinceReport *p = province_report(&w, rows[i].day);
        cr_assert_eq(p->commune[0]->line->numerator, rows[i].count, "province, %d", rows[i].day);
    }
    world_end(&w);
}

Test(report, only_what_applies_is_reported)
{
    struct world w;
    world_begin(&w);
    sql(&w.db,
        "insert into unit (level, code, name, parent, valid_from) values (2, '92', 'Cần Thơ', %d, 20040101)",
        w.centre);
    add_term(&w, 2, "2016-2021", 20160101, 20211231);
    add_term(&w, 2, "2011-2016", 20110101, 20151231);
    add_term(&w, 2, "2021-2026", 20210101, 20261231);
    add_term(&w, 4, "2016-2021 base", 20160101, 20211231);
    add_target(&w, "province", "2016-2021", w.province, 0, HV__FORM__RATIO, 1, 550000, false);
    add_target(&w, "province before", "2011-2016", w.province, 0, HV__FORM__RATIO, 1, 500000, false);
    add_target(&w, "province after", "2021-2026", w.province, 0, HV__FORM__RATIO, 1, 600000, false);
    add_target(&w, "for the second", "2016-2021", w.province, w.second, HV__FORM__RATIO, 1, 900000, false);
    add_target(&w, "for the province", "2016-2021", w.province, w.province, HV__FORM__NUMBER, 1, 900, false);
    add_target(&w, "district", "2016-2021", world_unit(&w.db, "930"), 0, HV__FORM__NUMBER, 1, 1, false);
    add_target(&w, "another province", "2016-2021", world_unit(&w.db, "92"), 0, HV__FORM__RATIO, 1, 1, false);
    add_target(&w, "own", "2016-2021 base", w.first, 0, HV__FORM__NUMBER, 1, 600, false);
    add_target(&w, "corrected", "2016-2021", w.province, 0, HV__FORM__RATIO, 1, 1, false);
    sql(&w.db, "update target set superseded_at = now() where key = 'corrected'");
    Hv__TargetReport *r = target_report(&w, w.first, TODAY);
    cr_assert_eq(r->n_line, 4u, "%zu lines", r->n_line);
    cr_assert_not_null(line_of(r->line, r->n_line, "province"));
    cr_assert_not_null(line_of(r->line, r->n_line, "district"));
    cr_assert_not_null(line_of(r->line, r->n_line, "own"));
    r = target_report(&w, w.second, TODAY);
    cr_assert_eq(r->n_line, 4u);
    cr_assert_not_null(line_of(r->line, r->n_line, "for the second"));
    cr_assert_null(line_of(r->line, r->n_line, "own"));
    r = target_report(&w, w.first, 20121231);
    cr_assert_eq(r->n_line, 1u, "only the province's earlier term had begun");
    cr_assert_not_null(line_of(r->line, r->n_line, "province before"));
    r = target_report(&w, w.first, 20250101);
    cr_assert_not_null(line_of(r->line, r->n_line, "province after"));
    cr_assert_null(line_of(r->line, r->n_line, "province"));
    cr_assert_eq(r->line[0]->numerator, 0);
    cr_assert_str_eq(r->line[0]->term, "2017-2022", "a result stays until the next term has targets");
    world_end(&w);
}

Test(report, a_corrected_figure_takes_the_place_of_the_old_one)
{
    struct world w;
    world_begin(&w);
    sql(&w.db, "update population set superseded_at = now() where unit = %d", w.first);
    cr_assert_not(target_report(&w, w.first, TODAY)->line[0]->has_denominator);
    cr_assert_eq(target_report(&w, w.first, TODAY)->line[0]->verdict, HV__VERDICT_WORD__NO_VERDICT);
    sql(&w.db,
        "insert into population (unit, term, type, value, as_of, source) select %d, id, 1, 2561, 20181231, "
        "'again' "
        "from term",
        w.first);
    Hv__TargetReport *r = target_report(&w, w.first, TODAY);
    cr_assert_eq(r->line[0]->denominator, 2561);
    cr_assert_str_eq(r->line[0]->denominator_source, "again");
    sql(&w.db, "update population set type = 2 where unit = %d", w.first);
    cr_assert_not(target_report(&w, w.first, TODAY)->line[0]->has_denominator,
                  "another type is another figure");
    world_end(&w);
}

Test(report, an_increase_has_the_baseline_of_its_commune)
{
    struct world w;
    world_begin(&w);
    add_target(&w, "increase", "2017-2022", w.centre, 0, HV__FORM__INCREASE, 1, 10, false);
    sql(&w.db,
        "insert into baseline (target, unit, value) select id, %d, 100 from target where key = 'increase'",
        w.first);
    stand(&w, w.first, 'a', ORDINARY, false, 0, 99991231, 105);
    Hv__TargetReport *r = target_report(&w, w.first, TODAY);
    const Hv__TargetLine *l = line_of(r->line, r->n_line, "increase");
    cr_assert(l->has_baseline && l->baseline == 100 && l->verdict == HV__VERDICT_WORD__NOT_MET &&
              l->missing == 5);
    r = target_report(&w, w.second, TODAY);
    l = line_of(r->line, r->n_line, "increase");
    cr_assert(!l->has_baseline && l->verdict == HV__VERDICT_WORD__NO_VERDICT);
    world_end(&w);
}
