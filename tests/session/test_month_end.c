/* Month-ends are kept as they stood. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

/* The day of the first sync that brought records, at +07:00; the clock of the database is the real one. */
static void first_commit(const char *at)
{
    sql(&clerk.server.db,
        "update stream_commit set at = '%s +07' where stream = (select id from unit where code = '31317')",
        at);
}

static void begin(void)
{
    clerk_begin();
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("member add --name 'Nguyễn Thị Một' --birth 1970 --group 'Chi hội 1'");
    clerk_ok("member add --name 'Nguyễn Thị Hai' --birth 1971 --group 'Chi hội 1'");
    clerk_ok("member event --search hai joined --date 15/11/2018");
    clerk_ok("sync");
    clerk_reporter();
    first_commit("2017-12-31 23:59");
}

TestSuite(month_end, .init = begin, .fini = clerk_end, .timeout = 60);

static void today(const char *day)
{
    setenv("HOIVIEN_TODAY", day, 1);
}

static void admin_says(const char *command, int status, const char *text)
{
    struct output o = run("%s/server/hoivien-admin --lang en --config %s/hoivien.conf %s", HV_BIN,
                          clerk.server.folder, command);
    cr_assert_eq(o.status, status, "%s: %d %s%s", command, o.status, o.out, o.err);
    cr_assert(strstr(o.out, text) != NULL || strstr(o.err, text) != NULL, "%s: no \"%s\" in %s%s", command,
              text, o.out, o.err);
    output_free(&o);
}

static int64_t kept(const char *what)
{
    return sql_int(&clerk.server.db, "select count(*) from month_end where %s", what);
}

static int64_t numerator(int month)
{
    return sql_int(&clerk.server.db, "select numerator from month_figure where month = %d", month);
}

static void reporter_has(const char *command, const char *text)
{
    char *out = reporter_ok("%s", command);
    cr_assert(strstr(out, text) != NULL, "%s: no \"%s\" in\n%s", command, text, out);
    free(out);
}

Test(month_end, the_first_run_keeps_the_last_12_of_communes_that_have_synced)
{
    admin_says("month-end", 0, "Month-ends kept of communes: 1.");
    cr_assert_eq(kept("true"), 12);
    cr_assert_eq(kept("month between 20171231 and 20181130"), 12);
    cr_assert_eq(numerator(20181031), 1);
    cr_assert_eq(numerator(20181130), 2);
    cr_assert_eq(kept("rev = (select rev from stream s where s.id = unit)"), 12);
    admin_says("month-end", 0, "Month-ends kept of communes: 0.");
}

/* What a register was before it came here nobody knows: its months are counted anew. */
Test(month_end, months_before_the_first_sync_with_records_are_never_kept)
{
    first_commit("2018-10-01 00:10");
    admin_says("month-end", 0, ": 1.");
    cr_assert_eq(kept("month in (20181031, 20181130)"), 2);
    cr_assert_eq(kept("true"), 2);
    admin_says("month-end", 0, ": 0.");
    admin_says("month-end --month 2018-09", 0, ": 0.");
    cr_assert_eq(kept("true"), 2);
    reporter_has("result 31317 --compare 2018-09 --plain", ",counted,");
    today("2020-06-01");
    admin_says("month-end", 0, ": 1.");
    cr_assert_eq(kept("true"), 20);
    admin_says("verify", 0, "Month-ends: 20 recounted, 0 passed over");
}

Test(month_end, a_commune_whose_list_comes_later_has_no_month_end_before)
{
    first_commit("2018-12-01 00:00");
    admin_says("month-end", 0, ": 0.");
    cr_assert_eq(kept("true"), 0);
    sql(&clerk.server.db, "delete from stream_commit");
    admin_says("month-end", 0, ": 0.");
    cr_assert_eq(kept("true"), 0);
}

Test(month_end, every_month_since_the_last_kept_one_is_kept)
{
    admin_says("month-end", 0, ": 1.");
    today("2019-03-02");
    admin_says("month-end", 0, ": 1.");
    cr_assert_eq(kept("true"), 15);
    today("2020-06-01");
    admin_says("month-end", 0, ": 1.");
    cr_assert_eq(kept("true"), 30, "a pause of more than a year loses no month");
}

Test(month_end, a_month_alone_is_kept_and_the_others_later)
{
    admin_says("month-end --month 2018-06", 0, ": 1.");
    cr_assert_eq(kept("month = 20180630"), 1);
    cr_assert_eq(kept("true"), 1);
    admin_says("month-end", 0, ": 1.");
    cr_assert_eq(kept("true"), 12);
    admin_says("month-end --month 2018-12", 2, "has not ended yet");
    admin_says("month-end --month 2018", 2, "needs a month");
}

/* The daemon's own job, on a later day. A reply comes from another thread, so a few are asked for. */
Test(month_end, the_server_keeps_them_by_itself)
{
    today("2019-01-02");
    server_kill(&clerk.server);
    server_restart(&clerk.server);
    for (int i = 0; i < 100 && kept("true") < 12; i++)
        free(reporter_ok("result 93"));
    cr_assert_eq(kept("true"), 12);
    cr_assert_eq(numerator(20181231), 2);
}

Test(month_end, a_later_correction_changes_no_kept_figure_and_is_told)
{
    admin_says("month-end", 0, ": 1.");
    clerk_ok("member edit --search hai --residence elsewhere");
    clerk_ok("sync");
    admin_says("month-end", 0, ": 0.");
    cr_assert_eq(numerator(20181130), 2);
    reporter_has("result 31317 --as-of 2018-11-30 --plain",
                 ",not-met,31317,Phường I,2018-11-30,50.0000,,,,,");
    reporter_has("result 31317 --compare 2018-11 --plain", ",2018-11-30,2,1000,0.2000,not-met,kept,-1\n");
    reporter_has("result 31317 --compare 2018-11-29 --plain",
                 ",2018-11-29,1,1000,0.1000,not-met,counted,0\n");
    reporter_has("result 31317 --compare 2018-11", "1 figures as they were kept then, 0 counted anew");
    admin_says("verify", 0, "Month-ends: 0 recounted, 12 passed over");
}

Test(month_end, verify_recounts_what_has_not_moved_since)
{
    admin_says("month-end", 0, ": 1.");
    admin_says("verify", 0, "Month-ends: 12 recounted, 0 passed over");
    sql(&clerk.server.db, "update month_figure set numerator = 3 where month = 20181031");
    admin_says("verify", 1, "Difference: month-end, unit");
}
