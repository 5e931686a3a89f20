/* Forecasts of a commune and a province against figures made by hand, and figures beside those of earlier
 * days. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static void join(const char *name, const char *day)
{
    clerk_ok("member add --name 'Nguyễn Thị %s' --birth 1970 --group 'Chi hội 1' --anyway", name);
    clerk_ok("member event --search '%s' joined --date %s", name, day);
}

/* At the ends of months from December 2017 to November 2018: 1 1 1 2 2 2 3 3 3 4 4 4. By least squares
 * 10/13 + 45/143 m with m = 0 in December 2017: 5 is passed at m = 14, 6 at m = 17. */
static void begin(void)
{
    struct database db;
    clerk_world(&db);
    sql(&db, "insert into target (key, term, issuer, title, form, measure, comparator, threshold, deadline, "
             "document, decides) select 'five', t.term, t.issuer, 'Năm hội viên', 2, 1, 1, 5, 20220301, "
             "'NQ XII', false from target t limit 1; "
             "insert into target (key, term, issuer, title, form, measure, comparator, threshold, deadline, "
             "document, decides) select 'three', t.term, t.issuer, 'Không quá ba', 2, 1, 3, 3, 20190228, "
             "'NQ XII', false from target t limit 1");
    clerk_start(&db);
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("member add --name 'Nguyễn Thị Một' --birth 1960 --group 'Chi hội 1'");
    join("Hai", "10/03/2018");
    join("Ba", "10/06/2018");
    join("Bốn", "10/09/2018");
    clerk_ok("sync");
    clerk_reporter();
}

TestSuite(forecast, .init = begin, .fini = clerk_end, .timeout = 60);

static void has(char *out, const char *text)
{
    cr_assert(strstr(out, text) != NULL, "no \"%s\" in\n%s", text, out);
}

/* As if its first records had come before the first of these months had ended. */
static void month_end(void)
{
    sql(&clerk.server.db, "update stream_commit set at = '2017-12-01 08:00 +07'");
    struct output o = run("%s/server/hoivien-admin --lang en --config %s/hoivien.conf month-end", HV_BIN,
                          clerk.server.folder);
    cr_assert_eq(o.status, 0, "%s", o.err);
    output_free(&o);
}

#define MONTHS                                                                                               \
    "31/12/2017 1; 31/01/2018 1; 28/02/2018 1; 31/03/2018 2; 30/04/2018 2; 31/05/2018 2; 30/06/2018 3; "     \
    "31/07/2018 3; 31/08/2018 3; 30/09/2018 4; 31/10/2018 4; 30/11/2018 4"

Test(forecast, the_commune_sees_its_own_without_a_link)
{
    server_kill(&clerk.server);
    char *out = hoivien_ok(&clerk.device, "target --forecast");
    has(out, "Month-ends: " MONTHS " (all counted anew from what is known now; kept then: 0, otherwise: 0)");
    has(out, "and nothing more than that: +0.31 a month.");
    has(out, "met at the end of the month on 28/02/2019, within the deadline 01/03/2022: 4 now, 5 needed.");
    has(out, "To meet it by 01/03/2022 it must gain 1 a month (month-ends left: 39).");
    free(out);
    server_restart(&clerk.server);
}

Test(forecast, a_figure_to_fall_that_rises_is_never_met)
{
    char *out = reporter_ok("forecast 31317");
    has(out, "Không quá ba (deadline 28/02/2019)");
    has(out, "On this line it is never met: 4 now, 3 needed.");
    has(out, "it must fall by 1 a month (month-ends left: 3).");
    free(out);
}

Test(forecast, kept_month_ends_are_used_and_said_to_be)
{
    month_end();
    char *out = reporter_ok("forecast 31317");
    has(out, MONTHS " (all counted anew from what is known now; kept then: 12, otherwise: 0)");
    has(out, "on 28/02/2019, within the deadline 01/03/2022");
    free(out);
    out = reporter_ok("forecast 31317 --plain");
    has(out,
        "target,Năm hội viên,,2022-03-01,4,5,0.31,in-time,2019-02-28,39,1,12,,1,1,1,2,2,2,3,3,3,4,4,4\n");
    free(out);
}

/* One who joined in March turns out never to have been one: nobody was lost and nobody gained by that. */
Test(forecast, a_line_takes_figures_of_one_sort)
{
    month_end();
    clerk_ok("member void --search hai");
    clerk_ok("sync");
    char *out = reporter_ok("forecast 31317");
    has(out, "31/01/2018 1; 28/02/2018 1; 31/03/2018 1; 30/04/2018 1; 31/05/2018 1; 30/06/2018 2;");
    has(out, "30/11/2018 3 (all counted anew from what is known now; kept then: 12, otherwise: 9)");
    has(out, "Kept then, where it was otherwise: 31/03/2018 2; 30/04/2018 2;");
    free(out);
    out = reporter_ok("forecast 31317 --plain");
    has(out, ",12,\"2018-03-31 2; 2018-04-30 2;");
    has(out, "2018-11-30 4\",1,1,1,1,1,1,2,2,2,3,3,3\n");
    free(out);
}

Test(forecast, a_day_that_is_still_to_come_is_refused)
{
    const char *const commands[] = {"forecast 31317", "forecast 93", "result 93", "province 93",
                                    "commune 31317"};
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        struct output o = reporter("%s --as-of 2019-01-01", commands[i]);
        cr_assert(o.status == 2 && strstr(o.err, "is still to come") != NULL, "%s: %d %s%s", commands[i],
                  o.status, o.out, o.err);
        output_free(&o);
        free(reporter_ok("%s --as-of 2018-12-31", commands[i]));
    }
    device_fails(&clerk.device, "target --as-of 2019-01-01", 2, "is still to come");
    device_fails(&clerk.device, "result --as-of 2019-01-01", 2, "is still to come");
    device_fails(&clerk.device, "explain 1 --as-of 2019-01-01", 2, "is still to come");
}

Test(forecast, the_commune_sees_an_earlier_day_without_a_link)
{
    server_kill(&clerk.server);
    device_says(&clerk.device, "target --as-of 30/06/2018", "as of 30/06/2018");
    device_says(&clerk.device, "target --as-of 30/06/2018", "Numerator: 3\n");
    device_says(&clerk.device, "target --as-of 30/06/2018 --plain", "3,1000,");
    device_says(&clerk.device, "target --as-of 2018-06-30 --compare 2018-03",
                ": 3; on 31/03/2018: 2; change: +1.");
    device_says(&clerk.device, "target --as-of 2018-06-30 --forecast", "forecast on 30/06/2018");
    device_says(&clerk.device, "result --as-of 30/06/2018", "as of 30/06/2018");
    device_says(&clerk.device, "result --as-of 30/06/2018", "3/1,000 = 0.30 %");
    device_says(&clerk.device, "explain 1 --as-of 30/06/2018", "as of 30/06/2018");
    device_says(&clerk.device, "explain 1 --as-of 30/06/2018 --plain", "\nmembers,numerator,3,");
    server_restart(&clerk.server);
}

/* 5 for each of two communes, of which the one has nobody: 10 are passed at m = 30. */
Test(forecast, a_province_has_the_sums_of_its_communes)
{
    char *out = reporter_ok("forecast 93 --plain");
    has(out,
        "target,Năm hội viên,,2022-03-01,4,10,0.31,in-time,2020-06-30,39,1,0,,1,1,1,2,2,2,3,3,3,4,4,4\n");
    free(out);
    month_end();
    out = reporter_ok("forecast 93 --plain");
    has(out, "in-time,2020-06-30,39,1,12,,1,1,1,2,2,2,3,3,3,4,4,4\n");
    free(out);
}

/* 6 by the end of March 2019 needs 2 in 4 months; the line has it in May. */
Test(forecast, a_plan_is_held_against_its_own_figure_and_deadline)
{
    sql(&clerk.server.db,
        "insert into plans (id, stream, rev, name, target, figure, opened, deadline, state) select "
        "gen_random_uuid(), id, 1, 'Kế hoạch Sáu', 'five', 6, 20181201, 20190331, 2 from unit where code = "
        "'31317'");
    char *out = reporter_ok("forecast 31317");
    has(out, "Plan “Kế hoạch Sáu” for “Năm hội viên” (deadline 31/03/2019)");
    has(out, "on 31/05/2019, after the deadline 31/03/2019: 4 now, 6 needed.");
    has(out, "To meet it by 31/03/2019 it must gain 1 a month (month-ends left: 4).");
    free(out);
}

Test(forecast, the_commune_sees_its_figures_beside_earlier_ones)
{
    char *out = hoivien_ok(&clerk.device, "target --compare 2018-08");
    has(out, "Năm hội viên: 4; on 31/08/2018: 3; change: +1.");
    has(out, "4/1,000 = 0.40 %; on 31/08/2018: 3/1,000 = 0.30 %; change: +1 (+0.10 points).");
    free(out);
    out = hoivien_ok(&clerk.device, "target --compare 2018-08 --plain");
    has(out, ",2018-08-31,3,,,not-met,counted,1\n");
    free(out);
    device_fails(&clerk.device, "target --compare 2018-08 --forecast", 2, "Choose one of the two");
    device_fails(&clerk.device, "target --compare 2019-08", 2, "before that of the report");
}

Test(forecast, a_province_is_shown_beside_its_earlier_figures)
{
    month_end();
    char *out = reporter_ok("province 93 --compare 2018-08 --plain");
    has(out, ",2018-08-31,3,1000,0.3000,not-met,kept,1\n");
    has(out, ",2018-08-31,0,500,0.0000,not-met,counted,0\n");
    free(out);
    out = reporter_ok("province 93 --compare 2018-08");
    has(out, "31/08/2018");
    has(out, "0.30 %  +1 (+0.10 points)");
    has(out, "on 31/08/2018: 3 (kept then); change: +1");
    has(out, "Compared with 31/08/2018: 1 figures as they were kept then, 1 counted anew");
    free(out);
}

Test(forecast, a_commune_is_shown_beside_its_earlier_figures)
{
    char *out = reporter_ok("commune 31317 --compare 2018-08 --plain");
    has(out, ",2018-08-31,3,1000,0.3000,not-met,counted,1\n");
    has(out, "group,31317,Chi hội 1,chi-hoi,4,0,");
    has(out, ",2018-08-31,3,,,,,1\n");
    free(out);
    out = reporter_ok("commune 31317 --compare 2018-08");
    has(out, "on 31/08/2018: 3/1,000 = 0.30 % (counted anew); change: +1 (+0.10 points)");
    has(out, "31/08/2018  Change");
    free(out);
}

/* Members who joined from January to August, and to December. */
Test(forecast, a_report_is_shown_beside_the_same_over_an_earlier_period)
{
    char *out = hoivien_ok(&clerk.device, "report changes --compare 2018-08");
    has(out, "In brackets: the figure from 01/01/2018 to 31/08/2018, and the change.");
    has(out, "3 (2; +1)");
    free(out);
    out = hoivien_ok(&clerk.device, "report changes --from 2018-07 --as-of 2018-12 --compare 2018-06");
    has(out, "01/07/2018 to 31/12/2018");
    has(out, "the figure from 01/01/2018 to 30/06/2018");
    has(out, "1 (2; -1)");
    free(out);
    out = hoivien_ok(&clerk.device, "report changes --compare 2018-08 --plain");
    has(out, "value,of,earlier,change\n");
    has(out, ",3,,2,1\n");
    free(out);
    device_fails(&clerk.device, "report changes --as-of 2018-08 --to 2018-07", 2, "are the same");
    out = reporter_ok("report changes 93 --compare 2018-08 --plain");
    has(out, "93,Tỉnh Hậu Giang,");
    has(out, ",3,,2,1\n");
    free(out);
    out = reporter_ok("report changes 93 --compare 2018-08 --by-commune");
    has(out, "3 (2; +1)");
    free(out);
}

Test(forecast, the_centre_has_none)
{
    char *code = world_code(&clerk.server, "VN", "reporter");
    scratch_make(clerk.reporter.folder);
    free(reporter_ok("init %s", code));
    free(code);
    struct output o = reporter("forecast VN");
    cr_assert(o.status == 2 && strstr(o.err, "of a commune or a province only") != NULL, "%d %s", o.status,
              o.err);
    output_free(&o);
}
