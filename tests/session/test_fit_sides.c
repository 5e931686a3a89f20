/* Two sides that have not heard of each other write what does not go together: one stands, the other side is
 * told what to do and ends with the same. */
#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

static struct server server;
static struct client_device one, other; /* of 31317 */
static char folder[PATH_ROOM];          /* of the province */
static char first[40], second[40];      /* causes of its plan that nobody has agreed to */

static char *report_ok(const char *args)
{
    return run_ok("%s/client/hoivien-report --lang en --dir %s %s", HV_BIN, folder, args);
}

static void ok(const struct client_device *d, const char *args)
{
    free(hoivien_ok(d, "%s", args));
}

static void cause_id(const char *cause, char out[40])
{
    snprintf(out, 40, "%s", sql(&server.db, "select id from causes where cause = '%s'", cause));
}

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    server_start(&server, &db, NULL);
    device_make(&one, &server, "31317", NULL);
    device_make(&other, &server, "31317", NULL);
    scratch_make(folder);
    char *code = world_code(&server, "93", "reporter");
    free(report_ok(words("init %s", code)));
    free(code);
    free(report_ok("plan add --commune 31317 --name 'Hỗ trợ 2019' --figure 500 --deadline 30/06/2019"));
    free(report_ok("cause add --commune 31317 --plan 'Hỗ trợ 2019' --cause far-work --by-province no"));
    free(report_ok("cause add --commune 31317 --plan 'Hỗ trợ 2019' --cause poverty --by-province no"));
    cause_id("far-work", first);
    cause_id("poverty", second);
    ok(&one, "group add --name 'Chi hội 1' --type chi-hoi");
    ok(&one, "officer add --name 'Lê Thị Hai' --birth 1970");
    ok(&one, "sync");
    ok(&other, "sync");
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(fit_sides, .init = begin, .fini = end, .timeout = 120);

/* The sync succeeds and tells; so does the status, until it is mended. */
static void refused(const struct client_device *d, const char *text)
{
    static const char *const commands[] = {"sync", "status"};
    for (size_t i = 0; i < 2; i++) {
        char *out = hoivien_ok(d, "%s", commands[i]);
        cr_assert(strstr(out, "Refused: ") != NULL && strstr(out, text) != NULL, "%s: no \"%s\" in %s",
                  commands[i], text, out);
        free(out);
    }
}

static void refuses_nothing(const struct client_device *d)
{
    char *out = hoivien_ok(d, "sync");
    cr_assert(strstr(out, "refused 0") != NULL, "%s", out);
    free(out);
}

/* Runs the command that ends with `what` and that a refusal of this device names. */
static void do_named(const struct client_device *d, const char *what)
{
    char *out = hoivien_ok(d, "status"), *end_of = strstr(out, what), *at = NULL;
    cr_assert(end_of != NULL, "no \"%s\" in %s", what, out);
    end_of[strlen(what)] = '\0';
    for (char *p = out; (p = strstr(p, "hoivien cause edit")) != NULL; p++)
        at = p;
    cr_assert(at != NULL, "%s", out);
    ok(d, at + strlen("hoivien "));
    free(out);
}

/* At the server, on every computer and at the province: this cause alone is its plan's main one. */
static void expect_main(const char *cause)
{
    char line[100];
    const struct client_device *const both[] = {&one, &other};
    snprintf(line, sizeof line, "%s\n", cause);
    for (size_t i = 0; i < 2; i++)
        refuses_nothing(both[i]);
    cr_assert_str_eq(sql(&server.db,
                         "select string_agg(cause, ' ') from causes where main_cause and voided is "
                         "not true"),
                     cause);
    for (size_t i = 0; i < 2; i++) {
        char *out =
            hoivien_ok(both[i], "cause list --columns cause,main_cause --plain | grep true | cut -d, -f1");
        cr_assert_str_eq(out, line);
        free(out);
    }
    char *out =
        report_ok("cause list --commune 31317 --columns cause,main_cause --plain | grep true | cut -d, -f1");
    cr_assert_str_eq(out, line);
    free(out);
}

Test(fit_sides, the_commune_gives_way_to_the_provinces_main_cause)
{
    ok(&one, words("cause edit %s --main-cause yes", first));
    free(report_ok(words("cause edit %s --commune 31317 --main-cause yes", second)));
    refused(&one, words("the plan has a main cause already (%s)", second + 28));
    cr_assert_str_eq(sql(&server.db, "select cause from causes where main_cause"), "poverty");
    do_named(&one, "--main-cause no");
    expect_main("poverty");
}

Test(fit_sides, a_clerk_takes_the_place_from_another_clerks_main_cause)
{
    ok(&one, words("cause edit %s --main-cause yes", first));
    ok(&other, words("cause edit %s --main-cause yes", second));
    ok(&other, "sync");
    refused(&one, words("the plan has a main cause already (%s)", second + 28));
    ok(&one, words("cause edit %s --main-cause no", second));
    do_named(&one, "--main-cause yes");
    expect_main("far-work");
}

/* The mark was taken off there meanwhile: nothing holds the place any more. */
Test(fit_sides, a_refusal_that_has_passed_says_how_it_goes_again)
{
    ok(&one, words("cause edit %s --main-cause yes", first));
    ok(&other, words("cause edit %s --main-cause yes", second));
    ok(&other, "sync");
    refused(&one, "the plan has a main cause already");
    ok(&other, words("cause edit %s --main-cause no", second));
    ok(&other, "sync");
    refused(&one, "the plan had another main cause, which is gone by now");
    do_named(&one, "--main-cause yes");
    expect_main("far-work");
}

Test(fit_sides, a_new_cause_that_gives_way_goes_with_all_that_waits_for_it)
{
    ok(&one, "cause add --plan 'Hỗ trợ 2019' --cause few-groups --main-cause yes");
    ok(&one, "remedy add --cause few-groups --remedy 'Mở thêm nhóm'");
    free(report_ok(words("cause edit %s --commune 31317 --main-cause yes", second)));
    refused(&one, "waits for a record that was refused");
    refused(&one, words("the plan has a main cause already (%s)", second + 28));
    do_named(&one, "--main-cause no");
    expect_main("poverty");
    cr_assert_eq(sql_int(&server.db, "select count(*) from remedies"), 1);
}

Test(fit_sides, a_main_cause_comes_back_only_to_a_free_place)
{
    ok(&one, "cause add --plan 'Hỗ trợ 2019' --cause few-groups --main-cause yes");
    ok(&one, "sync");
    cause_id("few-groups", first);
    ok(&one, words("cause void %s", first));
    ok(&one, words("cause edit %s --main-cause yes", second));
    struct output o = hoivien(&one, "cause void %s --undo", first);
    cr_assert(o.status == 1 && strstr(o.err, "has a main cause already") != NULL, "%d %s", o.status, o.err);
    output_free(&o);
    expect_main("poverty");
}

Test(fit_sides, a_post_and_its_groups_new_type_are_told_as_at_the_desk)
{
    ok(&other, "group edit 'Chi hội 1' --type cau-lac-bo");
    ok(&other, "sync");
    ok(&one, "post add --officer 'Lê Thị Hai' --type chi-hoi-head --group 'Chi hội 1'");
    refused(&one, "and this group is a Club; choose another group or another post.");
    struct output o =
        hoivien(&one, "post add --anyway --officer 'Lê Thị Hai' --type chi-hoi-head --group 'Chi hội 1'");
    cr_assert(o.status == 1 &&
                  strstr(o.err, "and this group is a Club; choose another group or another post.") != NULL,
              "%s", o.err);
    output_free(&o);
    cr_assert_eq(sql_int(&server.db, "select count(*) from posts"), 0);
}

Test(fit_sides, a_new_type_that_would_strand_a_group_is_told_as_at_the_desk)
{
    ok(&other, "group edit 'Chi hội 1' --type cau-lac-bo");
    ok(&one, "group add --name 'Tổ 1' --type to --parent 'Chi hội 1'");
    ok(&one, "sync");
    refused(&other, "only a chi hội has groups below it, and this one has 1; move those first.");
    cr_assert_str_eq(sql(&server.db, "select type from groups where name = 'Chi hội 1'"), "1");
    ok(&other, "group edit 'Chi hội 1' --type chi-hoi");
    refuses_nothing(&other);
}

/* A group that was void while the one above it changed. */
Test(fit_sides, a_group_comes_back_only_where_it_fits)
{
    ok(&one, "group add --name 'Tổ 1' --type to --parent 'Chi hội 1'");
    ok(&one, "group void 'Tổ 1'");
    ok(&one, "group edit 'Chi hội 1' --type cau-lac-bo");
    struct output o = hoivien(&one, "group void 'Tổ 1' --undo");
    cr_assert(o.status == 1 && strstr(o.err, "only a chi hội has groups below it") != NULL, "%d %s", o.status,
              o.err);
    output_free(&o);
    refuses_nothing(&one);
}

/* ---- what the other side has agreed to meanwhile ---- */

static void province(const char *command)
{
    free(report_ok(command));
}

static char *causes_here(void)
{
    return hoivien_ok(&one, "cause list --columns cause,main_cause --plain | sort");
}

static void expect_equal_registers(void)
{
    refuses_nothing(&one);
    char *here = causes_here(),
         *there = report_ok("cause list --commune 31317 --columns cause,main_cause --plain | sort");
    cr_assert_str_eq(here, there);
    free(here);
    free(there);
}

/* The commune edits and voids what the province has just agreed to, and puts it back as it was. */
Test(fit_sides, what_is_refused_since_the_province_agreed_may_be_set_back)
{
    ok(&one, words("cause edit %s --cause 'Nguyên nhân R1' --by-commune yes", first));
    ok(&one, words("cause edit %s --by-commune yes", second));
    ok(&one, "sync");
    province(words("cause edit %s --commune 31317 --by-province yes", first));
    province(words("cause edit %s --commune 31317 --by-province yes", second));
    ok(&one, words("cause edit %s --cause 'Nguyên nhân R1 đổi'", first));
    ok(&one, words("cause void %s", second));
    refused(&one, "Cause: the province has agreed to it as it is");
    refused(&one, words("cause edit %s --cause 'Nguyên nhân R1'", first + 28));
    refused(&one, words("cause void %s --undo", second + 28));
    refused(&one, words("Refused: Cause Hỗ trợ 2019, Nguyên nhân R1 đổi (%s): ", first + 28));
    struct output o = hoivien(&one, "cause edit %s --cause 'Nguyên nhân R3'", first);
    cr_assert(o.status == 1 && strstr(o.err, "the province has agreed to it as it is") != NULL, "%s", o.err);
    output_free(&o);
    ok(&one, words("cause edit %s --cause 'Nguyên nhân R1'", first));
    ok(&one, words("cause void %s --undo", second));
    expect_equal_registers();
}

/* The other way out: the province takes its agreement back, and the change goes again. */
Test(fit_sides, what_is_refused_goes_again_once_the_province_takes_its_agreement_back)
{
    province(words("cause edit %s --commune 31317 --by-province yes", first));
    ok(&one, words("cause edit %s --main-cause yes", first));
    refused(&one, "Main cause: the province has agreed to it as it is");
    province(words("cause edit %s --commune 31317 --by-province no", first));
    refused(&one, words("cause edit %s --main-cause yes", first + 28));
    ok(&one, words("cause edit %s --main-cause yes", first));
    expect_main("far-work");
    expect_equal_registers();
}

/* Neither side makes an agreed cause the main one alone, nor takes the mark off. */
Test(fit_sides, a_main_cause_is_determined_together)
{
    ok(&one, words("cause edit %s --by-commune yes", first));
    ok(&one, "sync");
    struct output o =
        run("%s/client/hoivien-report --lang en --dir %s cause edit %s --commune 31317 --main-cause "
            "yes",
            HV_BIN, folder, first);
    cr_assert(o.status == 1 && strstr(o.err, "Main cause: the commune has agreed to it as it is") != NULL,
              "%s", o.err);
    output_free(&o);
    ok(&one, words("cause edit %s --main-cause yes", first));
    ok(&one, "sync");
    province(words("cause edit %s --commune 31317 --by-province yes", first));
    ok(&one, "sync");
    o = hoivien(&one, "cause edit %s --main-cause no", first);
    cr_assert(o.status == 1 && strstr(o.err, "Main cause: the province has agreed to it as it is") != NULL,
              "%s", o.err);
    output_free(&o);
    expect_main("far-work");
}

/* ---- what one side exports ---- */

static void unchanged(char *said, const char *kind)
{
    cr_assert(strstr(said, " 0 added, 0 changed,") != NULL && strstr(said, " 0 left out") != NULL, "%s: %s",
              kind, said);
    free(said);
}

/* A file has the other side's columns too; only what is changed in them is left out. */
Test(fit_sides, a_file_of_a_plan_comes_back_as_it_went_on_either_side)
{
    static const char *const kinds[] = {"plan", "cause", "remedy", "step", "progress"};
    char file[PATH_ROOM];
    scratch_make(file);
    snprintf(file + strlen(file), sizeof file - strlen(file), "/x.csv");
    ok(&one, "cause edit far-work --by-commune yes --note 'Ghi chú'");
    ok(&one, "remedy add --cause far-work --remedy 'Mở thêm nhóm'");
    ok(&one, "step add --plan 'Hỗ trợ 2019' --name 'Việc 1'");
    ok(&one, "progress add --plan 'Hỗ trợ 2019' --date 30/12/2018 --note 'Đang làm'");
    ok(&one, "plan edit 'Hỗ trợ 2019' --note 'Ý kiến'");
    ok(&one, "sync");
    province(words("cause edit %s --commune 31317 --by-province yes", second));
    ok(&one, "sync");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        ok(&one, words("%s export %s", kinds[i], file));
        unchanged(hoivien_ok(&one, "%s import %s", kinds[i], file), kinds[i]);
        if (strcmp(kinds[i], "progress") == 0) /* no field of it is the province's */
            continue;
        province(words("%s export --commune 31317 %s", kinds[i], file));
        unchanged(report_ok(words("%s import --commune 31317 %s", kinds[i], file)), kinds[i]);
    }
    ok(&one, words("plan export --columns id,name %s", file));
    free(run_ok("sed -i s/2019/2020/ %s", file));
    char *said = hoivien_ok(&one, "plan import %s", file);
    cr_assert(strstr(said, " 0 changed,") != NULL && strstr(said, " 1 left out") != NULL, "%s", said);
    free(said);
}
