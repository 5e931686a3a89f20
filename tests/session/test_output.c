/* What the clerk's program prints for other programs, through the real server. */
#include "tests/support/clerk_scene.h"
#include <signal.h>
#include <unistd.h>

SUPPORT_CLUSTER

static void begin(void)
{
    clerk_begin();
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("member add --name 'Lê Thị Một' --birth 1970 --group 'Chi hội 1'");
    clerk_ok("sync");
}

TestSuite(output, .init = begin, .fini = clerk_end, .timeout = 60);

Test(output, the_plain_target_has_tokens_in_any_language)
{
    const char *expected =
        "title,term,deadline,document,measure,form,comparator,decides,baseline,baseline_date,period,"
        "units,units_met,units_open,units_comparator,units_threshold,numerator,"
        "denominator,denominator_type,ratio,threshold,verdict,missing,source,source_date\n"
        "Không có cơ sở dưới 50%,2017-2022,2022-03-01,NQ "
        "XII,members,none-below,at-least,true,,,term,,,,,,1,1000,"
        "women-18-plus,0.1000,50.0000,not-met,499,figure for tests,2017-12-31\n";
    char *en = hoivien_ok(&clerk.device, "target --plain"),
         *vi = hoivien_ok(&clerk.device, "target --plain --lang vi");
    cr_assert_str_eq(en, expected);
    cr_assert_str_eq(vi, expected);
    free(en);
    free(vi);
}

Test(output, a_target_without_a_denominator_has_empty_cells)
{
    sql(&clerk.server.db, "delete from population");
    clerk_ok("sync");
    char *out = hoivien_ok(&clerk.device, "target --plain");
    cr_assert(strstr(out, ",1,,women-18-plus,,50.0000,no-verdict,,,\n") != NULL, "%s", out);
    free(out);
}

Test(output, a_baseline_that_nobody_knows_is_said_so)
{
    sql(&clerk.server.db,
        "insert into target (key, term, issuer, title, form, measure, comparator, threshold, deadline, "
        "document, decides) select 'TW-UP', t.id, u.id, 'Tăng thêm', 3, 1, 1, 10, 20220301, 'NQ', "
        "false from unit u, term t where u.level = 1");
    clerk_ok("sync");
    char *out = hoivien_ok(&clerk.device, "target");
    cr_assert(strstr(out, "Baseline: no figure\n") != NULL && strstr(out, "()") == NULL, "%s", out);
    free(out);
    out = hoivien_ok(&clerk.device, "target --plain");
    cr_assert(strstr(out, "Tăng thêm,2017-2022,2022-03-01,NQ,members,increase,at-least,false,,,"
                          "term,,,,,,1,,,,10,"
                          "no-verdict,,,\n") != NULL,
              "%s", out);
    free(out);
}

Test(output, an_unknown_column_is_answered_by_the_known_ones)
{
    struct output o = hoivien(&clerk.device, "member list --columns name,foo");
    cr_assert(o.status == 2 && strstr(o.err, "There is no column \"foo\".") != NULL, "%d %s", o.status,
              o.err);
    cr_assert(strstr(o.err, "id, name, birth, group, category,") != NULL &&
                  strstr(o.err, "voided, household\n") != NULL,
              "%s", o.err);
    output_free(&o);
}

static void check_closed_pipe(int gone, const char *trap, const char *command, int status)
{
    struct output o = run("bash -c \"trap %s PIPE; %s/client/hoivien --dir %s --lang en %s >&%d\"", trap,
                          HV_BIN, clerk.device.folder, command, gone);
    cr_assert_eq(o.status, status, "%s: %d", command, o.status);
    cr_assert_str_eq(o.err, "");
    output_free(&o);
}

Test(output, a_closed_pipe_is_met_without_a_word)
{
    static const char *const commands[] = {"member list", "member export", "target --plain",
                                           "member add --help"};
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    close(ends[0]);
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        check_closed_pipe(ends[1], "''", commands[i], 0);
        check_closed_pipe(ends[1], "-", commands[i], 128 + SIGPIPE);
    }
}
