/* Reports about communes below target, and what a province keeps itself beside its communes. */
#include "proto/report.pb-c.h"
#include "tests/support/support.h"
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

static struct server server;
static struct client_device one, two; /* 31317 has met its target, 31318 has not */
static char folder[PATH_ROOM];

static char *reporter(const char *args)
{
    return run_ok("%s/client/hoivien-report --lang en --dir %s %s", HV_BIN, folder, args);
}

static void fill(const struct client_device *d)
{
    free(hoivien_ok(d, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(d, "member add --name 'Nguyễn Thị Một' --birth 1970 --group 'Chi hội 1'"));
    free(hoivien_ok(d, "officer add --name 'Trần Thị Chủ Tịch' --sex female"));
    free(hoivien_ok(d, "post add --officer 'Trần Thị Chủ Tịch' --type commune-president --since 2017"));
    free(hoivien_ok(d, "sync"));
}

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    sql(&db, "update population set value = 2 where unit = %d", (int)world_unit(&db, "31317"));
    server_start(&server, &db, NULL);
    device_make(&one, &server, "31317", NULL);
    device_make(&two, &server, "31318", NULL);
    fill(&one);
    fill(&two);
    scratch_make(folder);
    char *code = world_code(&server, "93", "reporter");
    free(run_ok("%s/client/hoivien-report --lang en --dir %s init %s", HV_BIN, folder, code));
    free(code);
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(below, .init = begin, .fini = end, .timeout = 120);

/* The figure of a unit in a plain CSV; -1: there is no such row. The name may hold anything but a comma. */
static long figure(const char *csv, const char *unit, const char *row)
{
    const char *line = strstr(csv, words("\n%s,", unit));
    for (; line != NULL; line = strstr(line + 1, words("\n%s,", unit))) {
        const char *rest = strchr(line + strlen(unit) + 2, ',') + 1;
        if (strncmp(rest, row, strlen(row)) == 0)
            return strtol(rest + strlen(row), NULL, 10);
    }
    return -1;
}

static void is(const char *csv, const char *unit, const char *row, long n)
{
    cr_assert_eq(figure(csv, unit, row), n, "%s %s is %ld\n%s", unit, row, figure(csv, unit, row), csv);
}

Test(below, communes_without_a_plan_are_those_below_target)
{
    char *csv = reporter("report plans 93 --plain"), *table = reporter("report plans 93");
    is(csv, "31317", "state,,communes,", 0);
    is(csv, "31318", "state,,communes,", 1);
    is(csv, "93", "state,,communes,", 1);
    is(csv, "93", "state,,without-plan,", 1);
    cr_assert(strstr(table, "Communes below target and their plans") != NULL, "%s", table);
    free(csv);
    free(table);
}

Test(below, a_commune_counts_itself_by_its_last_report_offline_and_online)
{
    char *offline = hoivien_ok(&one, "report plans --plain"),
         *online = reporter("report plans 31317 --plain");
    is(offline, "31317", "state,,communes,", 0);
    cr_assert_str_eq(offline, online);
    free(offline);
    free(online);
    server_kill(&server);
    free(hoivien_ok(&one, "member void --search mot"));
    offline = hoivien_ok(&one, "report plans --plain");
    is(offline, "31317", "state,,communes,", 1);
    free(offline);
    server_restart(&server);
}

Test(below, a_plan_without_a_day_is_not_of_years_before_it_was_entered)
{
    free(reporter("plan add --commune 31318 --name 'Hỗ trợ' --state running"));
    char *now = reporter("report plans 31318 --plain"),
         *before = reporter("report plans 31318 --plain --to 31/12/2017");
    is(now, "31318", "plans,running,plans,", 1);
    is(before, "31318", "plans,running,plans,", 0);
    is(before, "31318", "state,,without-plan,", 1);
    free(now);
    free(before);
}

Test(below, presidents_to_train_are_those_of_communes_below_target)
{
    char *csv = reporter("report officers 93 --plain"), *own = hoivien_ok(&one, "report officers --plain"),
         *other = hoivien_ok(&two, "report officers --plain");
    is(csv, "93", "president-untrained,ratio,untrained,", 1);
    is(csv, "31317", "president-untrained,ratio,untrained,", 0);
    is(own, "31317", "president-untrained,ratio,untrained,", 0);
    is(other, "31318", "president-untrained,ratio,untrained,", 1);
    free(csv);
    free(own);
    free(other);
}

/* Each figure of the sums is that of all other units together. */
static void sums_hold(const char *csv)
{
    size_t checked = 0;
    for (const char *line = strstr(csv, "\n93,"); line != NULL; line = strstr(line + 1, "\n93,")) {
        const char *row = strchr(line + 4, ',') + 1, *value = row;
        for (int commas = 0; commas < 3; value++)
            commas += *value == ',';
        char *key = strndup(row, (size_t)(value - row));
        long one_has = figure(csv, "31317", key), two_has = figure(csv, "31318", key),
             own = figure(csv, "93-own", key);
        cr_assert_eq(strtol(value, NULL, 10), one_has + two_has + own, "%s", key);
        free(key);
        checked++;
    }
    cr_assert_gt(checked, 100, "%zu", checked);
}

Test(below, officers_and_courses_of_the_province_stand_beside_its_communes_and_in_its_sums)
{
    free(reporter("officer add --name 'Lê Thị Tỉnh' --sex female"));
    free(reporter("post add --officer 'Lê Thị Tỉnh' --type province-officer --communes 31317"));
    free(reporter("course add --name 'Tập huấn 2018' --date 05/2018 --topics ratio"));
    free(reporter("course attend 'Tập huấn 2018' 'Lê Thị Tỉnh'"));
    char *csv = reporter("report officers 93 --plain"), *table = reporter("report officers 93 --by-commune"),
         *groups = reporter("report groups 93 --plain");
    is(csv, "93", "all,,officers,", 3);
    is(csv, "93", "all,,trained,", 1);
    is(csv, "93-own", "all,,officers,", 1);
    is(csv, "93-own", "post,province-officer,trained,", 1);
    is(csv, "93", "vacant,commune-president,places,", 2);
    is(csv, "93-own", "vacant,commune-president,places,", 0);
    sums_hold(csv);
    cr_assert(strstr(table, "Tỉnh Hậu Giang (the province itself)") != NULL, "%s", table);
    cr_assert(strstr(groups, "-own") == NULL, "%s", groups);
    free(csv);
    free(table);
    free(groups);
}

/* The presidents' class of the province: each commune says who of its own attended. */
Test(below, a_class_of_the_province_is_one_class_whoever_attends)
{
    const struct client_device *const both[] = {&one, &two};
    free(reporter("course add --name 'Lớp tỉnh' --date 10/05/2018 --topics ratio"));
    free(reporter("course add --name 'Lớp vắng' --date 11/05/2018"));
    for (size_t i = 0; i < 2; i++) {
        free(hoivien_ok(both[i], "sync"));
        free(hoivien_ok(both[i], "course attend 'Lớp tỉnh' 'Trần Thị Chủ Tịch'"));
        char *offline = hoivien_ok(both[i], "report officers --plain"),
             *programmes = hoivien_ok(both[i], "report programmes --plain"),
             *out = hoivien_ok(both[i], "sync");
        cr_assert(strstr(out, "refused 0") != NULL, "%s", out);
        const char *code = i == 0 ? "31317" : "31318";
        char *online = reporter(words("report officers %s --plain", code)),
             *online_programmes = reporter(words("report programmes %s --plain", code));
        cr_assert_str_eq(offline, online);
        cr_assert_str_eq(programmes, online_programmes);
        is(offline, code, "year,2018,courses,", 1);
        is(offline, code, "year,2018,courses-of-province,", 1);
        is(offline, code, "topic,ratio,presidents-trained,", 1);
        free(offline);
        free(programmes);
        free(out);
        free(online);
        free(online_programmes);
    }
    free(hoivien_ok(&one, "course add --name 'Lớp xã' --date 12/05/2018"));
    free(hoivien_ok(&one, "course attend 'Lớp xã' 'Trần Thị Chủ Tịch'"));
    free(hoivien_ok(&one, "sync"));
    char *csv = reporter("report officers 93 --plain");
    is(csv, "31317", "year,2018,courses,", 2);
    is(csv, "93-own", "year,2018,courses,", 2);
    is(csv, "93", "year,2018,courses,", 3);
    is(csv, "93", "year,2018,courses-of-province,", 0);
    is(csv, "93", "topic,ratio,presidents-trained,", 2);
    free(csv);
    static const char trained[] =
        "select count(*) from figure_count where measure = %d and n > 0 and day = %d";
    int measure = HV__MEASURE__PRESIDENTS_TRAINED;
    cr_assert_eq(sql_int(&server.db, trained, measure, 20180510), 2);
    free(reporter("course edit 'Lớp tỉnh' --date 20/05/2018"));
    cr_assert_eq(sql_int(&server.db, trained, measure, 20180510), 0);
}
