/* The fund as the province sees it: its report over communes and the province's own book, and dues by the
 * rate that it sets. */
#include "tests/support/support.h"
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

static struct server server;
static struct client_device one, two; /* both of 31317 */
static char folder[PATH_ROOM];

static void reporter(const char *args)
{
    free(run_ok("%s/client/hoivien-report --lang en --dir %s %s", HV_BIN, folder, args));
}

static void ok(const struct client_device *d, const char *command)
{
    free(hoivien_ok(d, "%s", command));
}

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    server_start(&server, &db, NULL);
    device_make(&one, &server, "31317", NULL);
    ok(&one, "group add --name 'Chi hội 1' --type chi-hoi");
    ok(&one, "member add --name 'A Thị Một' --birth 1970 --group 'Chi hội 1'");
    ok(&one, "member add --name 'A Thị Hai' --birth 1971 --group 'Chi hội 1'");
    ok(&one, "member add --name 'A Thị Ba' --birth 1930 --group 'Chi hội 1'");
    ok(&one, "sync");
    device_make(&two, &server, "31317", NULL);
    ok(&two, "sync");
    scratch_make(folder);
    char *code = world_code(&server, "93", "reporter");
    free(run_ok("%s/client/hoivien-report --lang en --dir %s init %s", HV_BIN, folder, code));
    free(code);
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(fund_report, .init = begin, .fini = end, .timeout = 120);

static void expect(const char *args, const char *text)
{
    char *out = run_ok("%s/client/hoivien-report --lang en --dir %s %s", HV_BIN, folder, args);
    cr_assert(strstr(out, text) != NULL, "hoivien-report %s does not say \"%s\":\n%s", args, text, out);
    free(out);
}

static void said(const struct client_device *d, const char *text, const char *command)
{
    char *out = hoivien_ok(d, "%s", command);
    cr_assert(strstr(out, text) != NULL, "%s: %s", command, out);
    free(out);
}

Test(fund_report, what_two_desks_paid_out_together_is_in_the_provinces_report)
{
    ok(&one, "entry add --type receipt --amount 100 --source voluntary --date 01/12/2018");
    ok(&one, "sync");
    ok(&two, "sync");
    ok(&one, "entry add --type payment --amount 60 --purpose care --date 10/12/2018");
    ok(&two, "entry add --type payment --amount 60 --purpose office --date 22/12/2018");
    ok(&two, "entry add --type gift-in-kind --amount 5000 --source other-lawful --date 22/12/2018");
    ok(&one, "sync");
    ok(&two, "sync");
    expect("report fund 93 --plain", "balance,commune,closing,-20,");
    expect("report fund 93 --plain", "balance,commune,units-in-red,1,");
    expect("report fund 93 --plain", "balance,commune,days-in-red,10,");
    expect("report fund 93 --plain", "purpose,care,amount,60,");
    expect("report fund 93 --plain", "in-kind,gift-in-kind,amount,5000,");
    ok(&one, "sync");
    said(&one, "balance,commune,days-in-red,10,", "report fund --plain");
    expect("report fund 93 --by-commune --plain", "31317");
}

Test(fund_report, dues_that_are_not_the_rate_or_more_than_a_year_are_told)
{
    static const char dues[] =
        "entry add --lang en --type receipt --source dues --member 'A Thị Một' --dues-year";
    reporter("rate add --name 'Mức' --since 2018 --monthly 2.000 --share-commune 100");
    ok(&one, "sync");
    said(&one, "12 months of dues at the rate in force are 24,000 đồng, and this payment is 1,000 đồng",
         words("%s 2018 --amount 1.000 2>&1", dues));
    char *fits = hoivien_ok(&one, "%s 2019 --amount 6.000 --dues-months 3 2>&1", dues);
    cr_assert(strstr(fits, "Note") == NULL, "%s", fits);
    free(fits);
    said(&one, "3 months of dues at the rate", words("%s 2019 --amount 5.000 --dues-months 3 2>&1", dues));
    said(&one, "has paid 18 months of dues for 2019", words("%s 2019 --amount 24.000 2>&1", dues));
}

Test(fund_report, dues_are_counted_by_the_rate_of_the_province)
{
    reporter("rate add --name 'Nhiệm kỳ 2017-2022' --since 2017 --monthly 1.000 --share-group 40 "
             "--share-commune 30 --share-district 30 --exempt over-80");
    ok(&one, "sync");
    ok(&one, "entry add --type receipt --amount 12.000 --source dues --member 'A Thị Một' --dues-year 2018");
    ok(&one, "entry add --type receipt --amount 3.000 --source dues --member 'A Thị Hai' --dues-year 2018 "
             "--dues-months 3");
    said(&one, "A Thị Một,", "fund dues --year 2018 --plain");
    said(&one, ",paid,,12,12000,0", "fund dues --year 2018 --plain");
    said(&one, ",part,,3,3000,9000", "fund dues --year 2018 --plain --group 'Chi hội 1'");
    said(&one, ",exempt,over-80,0,0,0", "fund dues --plain");
    char *out = hoivien_ok(&one, "fund dues --unpaid --plain");
    cr_assert(strstr(out, "A Thị Hai") != NULL && strstr(out, "A Thị Một") == NULL &&
                  strstr(out, "A Thị Ba") == NULL,
              "%s", out);
    free(out);
    ok(&one, "sync");
    expect("report fund 93 --plain", "dues,,liable,2,");
    expect("report fund 93 --plain", "dues,,paid,1,2");
    expect("report fund 93 --plain", "dues,,owed,9000,");
    expect("report fund 93 --plain", "share,group,amount,6000,");
    expect("report fund 93 --plain", "share,district,amount,4500,");
}

Test(fund_report, a_province_keeps_a_fund_of_its_own)
{
    ok(&one, "entry add --type receipt --amount 100 --source voluntary --date 01/12/2018");
    ok(&one, "sync");
    reporter("entry add --type receipt --amount 7.000.000 --source level-above --date 05/12/2018");
    expect("report fund 93 --plain", "balance,province,closing,7000000,");
    expect("report fund 93 --plain", "balance,commune,closing,100,");
    expect("entry list --plain --columns amount", "7000000");
    expect("fund book --plain", "level-above,province,7000000,,,7000000");
    expect("fund close 2017", "balance of 0");
    expect("report fund 93 --plain", "closed,2017,units,1,");
}

Test(fund_report, the_province_sees_money_collected_with_loans_and_years_closed)
{
    ok(&one, "support add --type loan --member 'A Thị Một' --date 10/12/2018 --value 5.000.000");
    ok(&one,
       "entry add --type receipt --amount 50.000 --source voluntary --member 'A Thị Một' --date 10/12/2018");
    ok(&one, "fund close 2017");
    ok(&one, "sync");
    expect("report fund 93 --plain", "loan,,receipts,1,");
    expect("report fund 93 --plain", "loan,,amount,50000,");
    expect("report fund 93 --plain", "closed,2017,units,1,");
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf verify", HV_BIN, server.folder));
}
