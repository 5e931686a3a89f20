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
    free(other);
}

Test(enrol, a_reporters_code_does_not_bind_a_register)
{
    char *reporter = world_code(&server, "93", "reporter");
    expect(1, "not one for hoivien", words("init %s", reporter));
    expect(0, "not enrolled", "status");
    expect(0, "now belongs to Phường I (31317)", words("init %s", code));
    free(reporter);
}

Test(enrol, a_communes_code_makes_no_reporter)
{
    char *reporter = world_code(&server, "93", "reporter");
    const char *report = words("%s/client/hoivien-report --dir %s --lang en", HV_BIN, device.folder);
    struct output o = run("%s init %s", report, code);
    cr_assert_eq(o.status, 1, "exit status %d\n%s%s", o.status, o.out, o.err);
    cr_assert(strstr(o.err, "not one for hoivien-report") != NULL, "%s", o.err);
    output_free(&o);
    char *said = run_ok("%s init %s", report, reporter);
    cr_assert(strstr(said, "Tỉnh Hậu Giang (93)") != NULL, "%s", said);
    const char *program = sql(&server.db, "select program from device order by id desc limit 1");
    cr_assert(strncmp(program, "hoivien-report ", 15) == 0, "the operator sees %s", program);
    free(said);
    free(reporter);
}

Test(enrol, keys_are_for_the_user_alone)
{
    expect(0, "now belongs to", words("init %s", code));
    char *modes = run_ok("stat -c %%a %s/register.db", device.folder);
    cr_assert_str_eq(modes, "600\n");
    free(modes);
}
