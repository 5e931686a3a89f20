/* A support plan at the province's pen: its target, figure, deadline and officer; who agrees by proposing;
 * and what of a plan's parts is refused. */
#include "tests/support/support.h"
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

static struct server server;
static struct client_device one; /* of 31317: 1 member, of 1000 women */
static char folder[PATH_ROOM];

static struct output report(const char *args)
{
    return run("%s/client/hoivien-report --lang en --dir %s %s", HV_BIN, folder, args);
}

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    sql(&db,
        "insert into target (key, term, issuer, title, form, measure, comparator, threshold, deadline, "
        "document, decides) select 'TW-n', term, issuer, 'Phát triển hội viên mới', 2, 1, 1, 0, 20200101, "
        "'NQ', false from target");
    server_start(&server, &db, NULL);
    device_make(&one, &server, "31317", NULL);
    free(hoivien_ok(&one, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(&one, "member add --name 'Nguyễn Thị Một' --birth 1970 --group 'Chi hội 1'"));
    free(hoivien_ok(&one, "sync"));
    scratch_make(folder);
    char *code = world_code(&server, "93", "reporter");
    free(run_ok("%s/client/hoivien-report --lang en --dir %s init %s", HV_BIN, folder, code));
    free(code);
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(plan_desk, .init = begin, .fini = end, .timeout = 120);

/* What stands in standard error ("" for nothing doubtful); the command succeeds. */
static void told(const char *args, const char *text)
{
    struct output o = report(args);
    cr_assert(o.status == 0 && (*text != '\0' ? strstr(o.err, text) != NULL : strstr(o.err, "Note") == NULL),
              "%s: %d %s%s", args, o.status, o.out, o.err);
    output_free(&o);
}

static void refused(const char *args, const char *text)
{
    struct output o = report(args);
    cr_assert(o.status == 1 && strstr(o.err, text) != NULL, "%s: %d %s%s", args, o.status, o.out, o.err);
    output_free(&o);
}

static void clerk_refused(const char *args, const char *text)
{
    struct output o = hoivien(&one, "%s", args);
    cr_assert(o.status == 1 && strstr(o.err, text) != NULL, "%s: %d %s%s", args, o.status, o.out, o.err);
    output_free(&o);
}

static int64_t plans(const char *where)
{
    return sql_int(&server.db, "select count(*) from plans where %s", where);
}

static void plan_made(void)
{
    told("plan add --commune 31317 --name 'Hỗ trợ' --opened 01/12/2018 --deadline 30/06/2019 --state running",
         "");
}

/* ---- target and figure ---- */

Test(plan_desk, a_plan_that_names_no_target_gets_the_first_deciding_one_not_met_and_the_figure_that_meets_it)
{
    told("plan add --commune 31317 --name 'Hỗ trợ'", "");
    cr_assert_eq(plans("target = 'TW-50' and figure = 500 and opened = 20181231"), 1);
}

Test(plan_desk, a_target_is_named_by_its_number_its_title_or_its_key)
{
    told("plan add --commune 31317 --name Một --target 1", "");
    told("plan add --commune 31317 --name Hai --target 'khong co co so duoi 50%'", "");
    told("plan add --commune 31317 --name Ba --target TW-50", "");
    told("plan add --commune 31317 --name Bốn --target 2 --figure 10", "");
    cr_assert_eq(plans("target = 'TW-50'"), 3);
    cr_assert_eq(plans("target = 'TW-n'"), 1);
    told("plan edit Một --commune 31317 --target 2", "");
    cr_assert_eq(plans("target = 'TW-n'"), 2);
}

Test(plan_desk, an_unknown_target_is_refused_with_those_that_there_are)
{
    refused(
        "plan add --commune 31317 --name Một --target 'Năm tốt'",
        "Target: \"Năm tốt\" is no target of the commune; give the number or the title of one of these: 1 = "
        "Không có cơ sở dưới 50%; 2 = Phát triển hội viên mới.");
    refused("plan add --commune 31317 --name Một --target 3", "\"3\" is no target");
    cr_assert_eq(plans("true"), 0);
}

Test(plan_desk, a_deadline_behind_that_of_the_target_is_refused)
{
    refused("plan add --commune 31317 --name Một --target 2 --deadline 02/01/2020",
            "Deadline: the target's own deadline is 01/01/2020");
    told("plan add --commune 31317 --name Một --target 2 --figure 10 --deadline 01/01/2020", "");
    refused("plan edit Một --commune 31317 --deadline 02/01/2020", "Deadline: the target's own deadline");
    told("plan edit Một --commune 31317 --target 1 --figure 500 --deadline 02/01/2020", "");
    refused("plan edit Một --commune 31317 --target 2", "Deadline: the target's own deadline");
}

Test(plan_desk, a_figure_that_does_not_suffice_or_is_reached_is_told)
{
    told("plan add --commune 31317 --name Một --figure 499",
         "Figure to reach: 499 does not meet the target, which needs 500");
    told("plan edit Một --commune 31317 --figure 1",
         "Figure to reach: 1 is reached already, today there are 1");
    told("plan edit Một --commune 31317 --figure 500", "");
}

Test(plan_desk, a_running_plan_without_a_deadline_and_one_of_a_commune_that_has_met_its_target_are_doubtful)
{
    told("plan add --commune 31317 --name Một --state draft", "");
    told("plan edit Một --commune 31317 --state running", "The plan is running without a deadline");
    told("plan edit Một --commune 31317 --deadline 31/12/2019", "");
    sql(&server.db, "update population set value = 1");
    told("plan add --commune 31317 --name Hai --state running", "The commune has met its target");
    told("plan edit Hai --commune 31317 --state reached", "");
}

Test(plan_desk, the_commune_sees_the_target_and_how_far_it_has_come)
{
    plan_made();
    free(hoivien_ok(&one, "sync"));
    char *out = hoivien_ok(&one, "plan show 'Hỗ trợ'");
    cr_assert(strstr(out, "Target TW-50: Không có cơ sở dưới 50%; deadline 01/03/2022.") != NULL, "%s", out);
    cr_assert(strstr(out, "There are 1 of the 500 to reach") != NULL, "%s", out);
    free(out);
}

/* ---- the officer ---- */

Test(plan_desk, an_officer_without_a_post_for_the_commune_is_told)
{
    told("plan add --commune 31317 --name Một --officer 'Lê Thị Tỉnh'",
         "post add --officer 'Lê Thị Tỉnh' --type province-officer --communes 31317");
    told("officer add --name 'Lê Thị Tỉnh'", "");
    told("post add --officer 'Lê Thị Tỉnh' --type province-officer --communes 31318", "");
    told("plan edit Một --commune 31317 --officer 'Lê Thị Tỉnh'", "assigns commune 31317");
    told("post add --officer 'Lê Thị Tỉnh' --type province-officer --communes '31318, 31317' --since 2018",
         "");
    told("plan edit Một --commune 31317 --officer 'Lê thị tỉnh'", "");
}

/* Blanks are one each. */
static void clerk_lists(const char *command, const char *text)
{
    char *out = hoivien_ok(&one, "%s | sed 's/  */ /g'", command);
    cr_assert(strstr(out, text) != NULL, "%s: no \"%s\" in\n%s", command, text, out);
    free(out);
}

/* ---- causes and remedies ---- */

Test(plan_desk, who_proposes_agrees_and_a_cause_is_found_by_its_word)
{
    plan_made();
    told("cause add --commune 31317 --plan 'Hỗ trợ' --cause far-work", "");
    free(hoivien_ok(&one, "sync"));
    free(hoivien_ok(&one, "cause add --plan 'Hỗ trợ' --cause poverty --by-commune no"));
    free(hoivien_ok(&one, "cause add --plan 'Hỗ trợ' --cause 'Đường sá cách trở'"));
    free(hoivien_ok(&one, "remedy add --cause far-work --remedy online-groups"));
    free(hoivien_ok(&one, "remedy add --cause 'duong sa cach tro' --remedy review"));
    free(hoivien_ok(&one, "sync"));
    told("remedy add --commune 31317 --cause poverty --remedy livelihood", "");
    cr_assert_eq(sql_int(&server.db, "select count(*) from causes where by_province and by_commune is null"),
                 1);
    cr_assert_eq(sql_int(&server.db, "select count(*) from causes where by_commune and by_province is null"),
                 1);
    cr_assert_eq(
        sql_int(&server.db, "select count(*) from remedies where by_commune and by_province is null"), 2);
    cr_assert_eq(sql_int(&server.db, "select count(*) from remedies where by_province"), 1);
    clerk_refused("remedy add --cause weak-head --remedy review", "No Cause has the id \"weak-head\"");
    told("cause edit far-work --commune 31317 --main-cause yes", "");
    free(hoivien_ok(&one, "step add --plan 'Hỗ trợ' --name 'Mở lớp' --due 2019-03-01"));
    free(hoivien_ok(&one, "progress add --plan 'Hỗ trợ' --date 30/12/2018 --note 'Đã họp'"));
    free(hoivien_ok(&one, "sync"));
    told("visit add --commune 31317 --plan 'Hỗ trợ' --date 20/12/2018 --agreed 'Họp tối'", "");
    free(hoivien_ok(&one, "sync"));
    clerk_lists("cause list", " yes province\n");
    clerk_lists("cause list", " cách trở commune\n");
    clerk_lists("remedy list", " yes commune\n");
    clerk_lists("plan list", "Id Plan name Deadline Officer in charge State\n");
    clerk_lists("plan show 'Hỗ trợ'", "; Main: yes; Agreed by: province\n Remedy:\n");
    clerk_lists("plan show 'Hỗ trợ'", " Mở lớp; Due: 01/03/2019\n");
    clerk_lists("plan show 'Hỗ trợ'", " 20/12/2018; Agreed: Họp tối\n");
    clerk_lists("plan show 'Hỗ trợ'", " 30/12/2018; Note: Đã họp\n");
    free(hoivien_ok(&one, "cause list --plain | grep ^id,plan_id,cause,main_cause,by_province,by_commune$"));
}

/* ---- twice the same ---- */

Test(plan_desk, parts_of_a_plan_that_are_there_already_are_not_added_again)
{
    static const char *const commands[] = {
        "cause add --plan 'Hỗ trợ' --cause far-work",
        "remedy add --cause far-work --remedy online-groups",
        "step add --plan 'Hỗ trợ' --name 'Mở lớp'",
        "progress add --plan 'Hỗ trợ' --date 30/12/2018 --note 'Đã họp'",
    };
    plan_made();
    free(hoivien_ok(&one, "sync"));
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        free(hoivien_ok(&one, "%s", commands[i]));
        clerk_refused(commands[i], "There is such a record already");
    }
    free(hoivien_ok(&one, "progress add --plan 'Hỗ trợ' --date 30/12/2018 --note 'Đã thăm'"));
    told("visit add --commune 31317 --plan 'Hỗ trợ' --date 20/12/2018", "");
    refused("visit add --commune 31317 --plan 'Hỗ trợ' --date 20/12/2018", "There is such a record already");
    file_write(words("%s/in.csv", folder), "plan_id,cause\nHỗ trợ,far-work\nHỗ trợ,poverty\n");
    char *out = hoivien_ok(&one, "cause import %s/in.csv --check", folder);
    cr_assert(strstr(out, "would add 1,") != NULL && strstr(out, "(likely duplicates: 1)") != NULL, "%s",
              out);
    free(out);
}

/* ---- days ---- */

Test(plan_desk, what_was_done_lies_between_the_plans_day_and_today)
{
    plan_made();
    refused("step add --commune 31317 --plan 'Hỗ trợ' --name 'Mở lớp' --state done --done-on 30/11/2018",
            "Done on: the plan was opened on 01/12/2018");
    told("step add --commune 31317 --plan 'Hỗ trợ' --name 'Mở lớp' --state done --done-on 01/12/2018", "");
    refused("visit add --commune 31317 --plan 'Hỗ trợ' --date 01/01/2019", "Date: 01/01/2019 lies ahead");
    told("visit add --commune 31317 --plan 'Hỗ trợ' --date 31/12/2018", "");
    free(hoivien_ok(&one, "sync"));
    clerk_refused("progress add --plan 'Hỗ trợ' --date 01/01/2019 --note x", "Date: 01/01/2019 lies ahead");
}
