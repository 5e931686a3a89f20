/* What the clerk's program prints for other programs, through the real server. */
#include "tests/support/support.h"
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

static struct server server;
static struct client_device device;

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    server_start(&server, &db, NULL);
    device_make(&device, &server, "31317", NULL);
    free(hoivien_ok(&device, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(&device, "member add --name 'Lê Thị Một' --birth 1970 --group 'Chi hội 1'"));
    free(hoivien_ok(&device, "sync"));
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(output, .init = begin, .fini = end, .timeout = 60);

Test(output, the_plain_target_has_tokens_in_any_language)
{
    const char *expected =
        "title,term,deadline,document,measure,form,comparator,decides,baseline,baseline_date,numerator,"
        "denominator,denominator_type,ratio,threshold,verdict,missing,source,source_date\n"
        "Không có cơ sở dưới 50%,2017-2022,2022-03-01,NQ XII,members,none-below,at-least,true,,,1,1000,"
        "women-18-plus,0.1000,50.0000,not-met,499,figure for tests,2017-12-31\n";
    char *en = hoivien_ok(&device, "target --plain"), *vi = hoivien_ok(&device, "target --plain --lang vi");
    cr_assert_str_eq(en, expected);
    cr_assert_str_eq(vi, expected);
    free(en);
    free(vi);
}

Test(output, a_target_without_a_denominator_has_empty_cells)
{
    sql(&server.db, "delete from population");
    free(hoivien_ok(&device, "sync"));
    char *out = hoivien_ok(&device, "target --plain");
    cr_assert(strstr(out, ",1,,women-18-plus,,50.0000,no-verdict,,,\n") != NULL, "%s", out);
    free(out);
}
