/* A clerk binds a computer to her commune: what a code may look like, and what a wrong one leaves behind. */
#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

static struct server server;
static struct client_device device;
static char *code;

static void begin(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    server_start(&server, &db, NULL);
    scratch_make(device.folder);
    code = world_code(&server, "31317", "commune");
}

static void end(void)
{
    free(code);
    server_stop(&server);
}

TestSuite(enrol, .init = begin, .fini = end, .timeout = 60);

static void expect(int status, const char *text, const char *line)
{
    struct output o = hoivien(&device, "%s", line);
    cr_assert_eq(o.status, status, "%s: exit status %d\n%s%s", line, o.status, o.out, o.err);
    cr_assert(strstr(o.out, text) != NULL || strstr(o.err, text) != NULL, "%s does not say \"%s\":\n%s%s",
              line, text, o.out, o.err);
    output_free(&o);
}

Test(enrol, a_code_may_have_fallen_into_pieces)
{
    for (char *p = code + 6; *p != '\0'; p++)
        if (*p == '-')
            *p = ' ';
    expect(0, "now belongs to Phường I (31317)", words("init %s", code));
}

Test(enrol, a_code_may_lie_in_a_file)
{
    const char *path = words("%s/code.hoivien", device.folder);
    file_write(path, words("%s\n", code));
    expect(0, "now belongs to Phường I (31317)", words("init %s", path));
}

Test(enrol, an_at_sign_asks_for_a_file)
{
    const char *path = words("%s/code.hoivien", device.folder);
    expect(1, "code.hoivien", words("init @%s", path));
    file_write(path, code);
    expect(0, "now belongs to Phường I (31317)", words("init @%s", path));
}

Test(enrol, without_a_code_the_usage_is_told)
{
    expect(2, "Give the enrolment code", "init");
}

Test(enrol, a_mistyped_code_asks_nobody_and_the_right_one_follows)
{
    char *wrong = strdup(code);
    size_t at = strlen("HV1-") + 1;
    wrong[at] = wrong[at] == '7' ? '8' : '7';
    expect(1, "code", words("init %s", wrong));
    cr_assert_eq(sql_int(&server.db, "select count(*) from device"), 0);
    expect(0, "now belongs to", words("init %s", code));
    free(wrong);
}

Test(enrol, a_bound_register_stays_as_it_is)
{
    char *other = world_code(&server, "31318", "commune");
    expect(0, "now belongs to", words("init %s", code));
    expect(0, "", "group add --name 'Chi hội 1' --type chi-hoi");
    expect(1, "belongs to Phường I (31317) already", words("init %s", other));
    expect(1, "belongs to Phường I (31317) already", words("init %s", code));
    cr_assert_eq(sql_int(&server.db, "select count(*) from device"), 1, "the other code was not used");
    expect(0, "Sent 1", "sync");
    cr_assert_eq(sql_int(&server.db, "select count(*) from groups where stream = %d",
                         (int)world_unit(&server.db, "31317")),
                 1);
    struct client_device second;
    scratch_make(second.folder);
    char *said = hoivien_ok(&second, "init %s", other);
    cr_assert(strstr(said, "(31318)") != NULL, "%s", said);
    free(said);
    free(other);
}

/* ---- codes for the other program ---- */

static struct output report_init(const char *with)
{
    return run("%s/client/hoivien-report --dir %s/report --lang en init %s", HV_BIN, device.folder, with);
}

static int64_t device_count(void)
{
    return sql_int(&server.db, "select count(*) from device");
}

Test(enrol, a_reporters_code_does_not_bind_a_register_and_can_still_be_used)
{
    char *reporter = world_code(&server, "93", "reporter");
    expect(1, "not one for hoivien but for hoivien-report", words("init %s", reporter));
    expect(1, "There is no register", "status");
    cr_assert_eq(device_count(), 0, "the code is used up");
    expect(0, "now belongs to Phường I (31317)", words("init %s", code));
    struct output o = report_init(reporter);
    cr_assert_eq(o.status, 0, "exit status %d\n%s%s", o.status, o.out, o.err);
    cr_assert(strstr(o.out, "Tỉnh Hậu Giang (93)") != NULL, "%s", o.out);
    output_free(&o);
    free(reporter);
}

Test(enrol, a_communes_code_makes_no_reporter_and_can_still_be_used)
{
    char *reporter = world_code(&server, "93", "reporter");
    struct output o = report_init(code);
    cr_assert_eq(o.status, 1, "exit status %d\n%s%s", o.status, o.out, o.err);
    cr_assert(strstr(o.err, "not one for hoivien-report but for hoivien;") != NULL, "%s", o.err);
    output_free(&o);
    cr_assert_eq(device_count(), 0, "the code is used up");
    o = report_init(reporter);
    cr_assert(strstr(o.out, "Tỉnh Hậu Giang (93)") != NULL, "%s%s", o.out, o.err);
    output_free(&o);
    const char *program = sql(&server.db, "select program from device order by id desc limit 1");
    cr_assert(strncmp(program, "hoivien-report ", 15) == 0, "the operator sees %s", program);
    expect(0, "now belongs to Phường I (31317)", words("init %s", code));
    free(reporter);
}

/* ---- what a failed one leaves behind ---- */

static void expect_nothing_behind(const char *folder)
{
    struct output o = run("ls -A %s", folder);
    cr_assert(o.status != 0 || *o.out == '\0', "left behind: %s", o.out);
    output_free(&o);
}

Test(enrol, a_code_that_is_none_leaves_nothing_behind)
{
    expect(1, "HV1-XXXXX-", "init HV1-ABCDE");
    expect(1, "HV1-XXXXX-", "init 12345");
    expect_nothing_behind(device.folder);
}

Test(enrol, without_a_link_nothing_is_left_behind)
{
    server_kill(&server);
    struct client_device fresh;
    snprintf(fresh.folder, sizeof fresh.folder, "%s", words("%s/new/one", device.folder));
    struct output o = hoivien(&fresh, "init %s", code);
    cr_assert_eq(o.status, 3, "exit status %d\n%s%s", o.status, o.out, o.err);
    cr_assert(strstr(o.err, "The server can't be reached") != NULL, "%s", o.err);
    output_free(&o);
    expect_nothing_behind(fresh.folder);
    server_restart(&server);
    free(hoivien_ok(&fresh, "init %s", code));
}

Test(enrol, a_code_that_was_used_elsewhere_leaves_nothing_behind)
{
    struct client_device second;
    scratch_make(second.folder);
    free(hoivien_ok(&second, "init %s", code));
    expect(1, "was used by another computer", words("init %s", code));
    expect_nothing_behind(device.folder);
}

Test(enrol, each_program_tells_to_run_itself)
{
    struct output o =
        run("%s/client/hoivien-report --dir %s/none --lang en province 93", HV_BIN, device.folder);
    cr_assert_eq(o.status, 1);
    cr_assert(strstr(o.err, "hoivien-report init") != NULL, "%s", o.err);
    output_free(&o);
    expect(1, "(hoivien init", "status");
}

Test(enrol, keys_are_for_the_user_alone)
{
    expect(0, "now belongs to", words("init %s", code));
    char *modes = run_ok("stat -c %%a %s/register.db", device.folder);
    cr_assert_str_eq(modes, "600\n");
    free(modes);
}
