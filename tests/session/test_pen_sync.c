/* What the province entered without a link: it goes with whatever reaches the server next, once. */
#include "tests/session/pen_scene.h"

SUPPORT_CLUSTER

/* A plan of each commune, and a visit to each that waits for a link. */
static void begin(void)
{
    pen_begin();
    free(report_ok("plan add --commune 31317 --name 'Hỗ trợ 2019'"));
    free(report_ok("plan add --commune 31318 --name 'Hỗ trợ 2019'"));
    relay_set(relay, RELAY_CUT);
    expect_failure("visit add --commune 31317 --plan 'Hỗ trợ 2019' --date 18/12/2018", 3,
                   "hoivien-report sync");
    expect_failure("visit add --commune 31318 --plan 'Hỗ trợ 2019' --date 19/12/2018", 3,
                   "hoivien-report sync");
    expect_failure("programme add --name 'Đề án 938'", 3, "hoivien-report sync");
}

TestSuite(pensync, .init = begin, .fini = pen_end, .timeout = 120);

static void all_is_there_once(void)
{
    cr_assert_eq(rows_in("visits"), 2);
    cr_assert_eq(rows_in("programmes"), 1);
    cr_assert_eq(sql_int(&server.db, "select count(*) from log where kind in (12, 18)"), 3);
}

Test(pensync, sync_sends_all_registers_and_says_so_by_unit)
{
    relay_set(relay, RELAY_PASS);
    char *out = report_ok("sync");
    const char *own = strstr(out, "93 "), *first = strstr(out, "31317 Phường I: sent 1, received"),
               *second = strstr(out, "31318 Phường III: sent 1, received"),
               *total = strstr(out, "Of 3 registers: sent 3, received");
    cr_assert(own == out && first != NULL && second != NULL && total != NULL, "%s", out);
    cr_assert(own < first && first < second && second < total, "%s", out);
    free(out);
    all_is_there_once();
    expect("sync", "Of 3 registers: sent 0, received 0, refused 0.");
    all_is_there_once();
}

Test(pensync, without_a_link_sync_says_what_waits_where)
{
    struct output o = report("sync");
    cr_assert_eq(o.status, 3, "%s%s", o.out, o.err);
    cr_assert(strstr(o.out, "31318 Phường III: not synced; waiting: 1 change.") != NULL, "%s", o.out);
    cr_assert(strstr(o.err, "this computer keeps 3 changes.") != NULL, "%s", o.err);
    output_free(&o);
    cr_assert_eq(rows_in("visits"), 0);
}

/* The link goes while the first of them is answered: the others wait, and nothing is there twice. */
Test(pensync, a_link_that_goes_in_between_loses_and_doubles_nothing)
{
    relay_set(relay, RELAY_PASS);
    for (unsigned k = 1; k <= 8; k++) {
        relay_cut_after(relay, 250 * k);
        struct output o = report("sync");
        cr_assert(o.status == 0 || o.status == 3, "%d %s%s", o.status, o.out, o.err);
        output_free(&o);
    }
    relay_cut_after(relay, 0);
    free(report_ok("sync"));
    all_is_there_once();
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf verify", HV_BIN, server.folder));
}

Test(pensync, any_command_that_reaches_the_server_takes_along_what_waits_elsewhere)
{
    relay_set(relay, RELAY_PASS);
    struct output o = report("programme list");
    cr_assert_eq(o.status, 0, "%s", o.err);
    cr_assert(strstr(o.out, "sent") == NULL, "what a command prints stays its own: %s", o.out);
    cr_assert(strstr(o.err, "31317 Phường I: of what had waited 1 change went to the server.") != NULL, "%s",
              o.err);
    output_free(&o);
    all_is_there_once();
    o = report("programme list");
    cr_assert(strstr(o.err, "waited") == NULL, "%s", o.err);
    output_free(&o);
    all_is_there_once();
}

Test(pensync, a_command_about_one_commune_takes_along_the_provinces_own)
{
    relay_set(relay, RELAY_PASS);
    free(report_ok("visit list --commune 31318"));
    all_is_there_once();
}

Test(pensync, status_says_by_unit_what_waits_and_needs_no_link)
{
    char *out = report_ok("status");
    cr_assert(strstr(out, "31317 Phường I: waiting 1 change, refused 0; last sync: ") != NULL, "%s", out);
    cr_assert(strstr(out, "31318 Phường III: waiting 1 change") != NULL, "%s", out);
    cr_assert(strstr(out, "93 ") == out, "%s", out);
    free(out);
    relay_set(relay, RELAY_PASS);
    free(report_ok("sync"));
    expect("status", "31317 Phường I: waiting 0 changes, refused 0");
}

/* Another's refusal is told, and is not the command's. */
Test(pensync, what_the_server_refuses_is_told_with_its_reason)
{
    sql(&server.db, "update plans set stream = (select id from unit where code = '31317') where stream = "
                    "(select id from unit where code = '31318')");
    relay_set(relay, RELAY_PASS);
    struct output o = report("programme list");
    cr_assert_eq(o.status, 0, "%s", o.err);
    cr_assert(strstr(o.err, "31318 Phường III: of what had waited the server refused 1 change; see why by: "
                            "hoivien-report status") != NULL,
              "%s", o.err);
    output_free(&o);
    char *out = report_ok("status");
    cr_assert(strstr(out, "31318 Phường III: waiting 0 changes, refused 1") != NULL, "%s", out);
    cr_assert(strstr(out, "Refused: Visit") != NULL, "%s", out);
    free(out);
    expect("sync", "31318 Phường III: sent 0, received 0, refused 1.");
}
