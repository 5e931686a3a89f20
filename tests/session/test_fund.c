/* The fund's book through the real programs: one desk, two desks offline, closed years. */
#include "tests/support/support.h"
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

static struct server server;
static struct client_device one, two;

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    server_start(&server, &db, NULL);
    device_make(&one, &server, "31317", NULL);
    free(hoivien_ok(&one, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(&one, "member add --name 'A Thị Một' --birth 1970 --group 'Chi hội 1'"));
    free(hoivien_ok(&one, "sync"));
    device_make(&two, &server, "31317", NULL);
    free(hoivien_ok(&two, "sync"));
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(fund, .init = begin, .fini = end, .timeout = 120);

static void ok(const struct client_device *d, const char *command)
{
    free(hoivien_ok(d, "%s", command));
}

static void refused(const struct client_device *d, const char *text, const char *command)
{
    struct output o = hoivien(d, "%s", command);
    cr_assert(o.status != 0 && strstr(o.err, text) != NULL, "%s: %d %s%s", command, o.status, o.out, o.err);
    output_free(&o);
}

/* Both streams together; "" for a silent standard error. */
static void said(const struct client_device *d, const char *text, const char *command)
{
    struct output o = hoivien(d, "%s", command);
    bool is_said = *text == '\0' ? strstr(o.err, "Note") == NULL
                                 : strstr(o.out, text) != NULL || strstr(o.err, text) != NULL;
    cr_assert(o.status == 0 && is_said, "%s: %d %s%s", command, o.status, o.out, o.err);
    output_free(&o);
}

/* The id of the newest record of the kind in the list. */
static const char *id_of(const struct client_device *d, const char *kind)
{
    char *list = hoivien_ok(d, "%s list --columns id --plain | tail -n 1 | tr -d '\\r\\n'", kind);
    const char *id = words("%s", list);
    free(list);
    return id;
}

static void count_is(const struct client_device *d, const char *kind, int count)
{
    char *list = hoivien_ok(d, "%s list --columns id --plain | tail -n +2 | wc -l", kind);
    cr_assert_eq(atoi(list), count, "%s: %s", kind, list);
    free(list);
}

static void sync_all(void)
{
    for (int i = 0; i < 2; i++) {
        ok(&one, "sync");
        ok(&two, "sync");
    }
}

/* ---- one desk ---- */

Test(fund, money_is_read_and_shown_as_people_write_it)
{
    ok(&one, "entry add --type receipt --amount '1.250.000 đ' --source voluntary");
    ok(&one, "entry add --type receipt --amount 1250000 --source voluntary --date 30/12/2018");
    refused(&one, "no sum of money", "entry add --type receipt --amount 1.25 --source voluntary");
    refused(&one, "can't be", "entry add --type receipt --amount 0 --source voluntary");
    said(&one, "1,250,000", "entry list");
    said(&one, "1250000", "entry list --format csv --columns amount");
    said(&one, "2018-12-31,1250000", "entry list --plain --columns date,amount");
    const char *file = words("%s/fund.csv", one.folder);
    file_write(file, "Thu/Chi;Ngày;Số tiền;Nguồn thu;Mục đích chi\n"
                     "Thu;01/12/2018;2.000.000 đồng;Hội viên tự nguyện đóng góp;\n"
                     "Chi;02/12/2018;500 000;;Khen thưởng\nChi;03/12/2018;5,5;;Khen thưởng\n");
    said(&one, "2 added", words("entry import %s", file));
    said(&one, "2018-12-31,,,\"Sums, closing balance\",,4500000,500000,0,4000000", "fund book --plain");
}

Test(fund, what_is_likely_in_the_book_already_is_asked_about)
{
    const char *file = words("%s/fund.csv", one.folder);
    ok(&one, "entry add --type payment --amount 900 --purpose care --date 02/12/2018 --voucher PC1");
    refused(&one, "already (above",
            "entry add --type payment --amount 900 --purpose office --date 02/12/2018");
    refused(&one, "already (above",
            "entry add --type payment --amount 900 --purpose care --date 02/12/2018 --voucher PC1");
    ok(&one, "entry add --type payment --amount 900 --purpose care --date 02/12/2018 --voucher PC2");
    ok(&one, "entry add --type payment --amount 900 --purpose care --date 02/12/2018 --anyway");
    file_write(file, "Thu/Chi;Ngày;Số tiền;Nguồn thu;Số chứng từ\n"
                     "Thu;01/12/2018;2.000;Hội viên tự nguyện đóng góp;PT1\n"
                     "Thu;01/12/2018;2.000;Hội viên tự nguyện đóng góp;PT2\n");
    said(&one, "2 added", words("entry import %s", file));
    said(&one, "0 added, 0 changed, 0 unchanged, 2 left out (likely duplicates: 2)",
         words("entry import %s", file));
    count_is(&one, "entry", 5);
}

Test(fund, the_cash_book_runs_and_the_statement_sums)
{
    ok(&one, "entry add --type receipt --amount 700 --source voluntary --date 31/12/2017");
    ok(&one, "entry add --type receipt --amount 100 --source voluntary --date 05/01/2018 --voucher PT1");
    ok(&one, "entry add --type payment --amount 250 --purpose care --date 06/01/2018 --voucher PC1");
    ok(&one, "entry add --type gift-in-kind --amount 90 --source other-lawful --date 07/01/2018");
    said(&one, "2018-01-01,,,Opening balance,,,,,700", "fund book --plain");
    said(&one, ",PT1,voluntary,commune,100,,,800", "fund book --plain");
    said(&one, ",PC1,care,commune,,250,,550", "fund book --plain");
    said(&one, ",,other-lawful,commune,,,90,550", "fund book --plain");
    said(&one, "opening,,700,", "fund statement --year 2018 --plain");
    said(&one, "receipt,voluntary,100,1", "fund statement --year 2018 --plain");
    said(&one, "payment,all,250,", "fund statement --year 2018 --plain");
    said(&one, "closing,,550,", "fund statement --year 2018 --plain");
    said(&one, "gift-in-kind,other-lawful,90,1", "fund statement --year 2018 --plain");
    said(&one, "Tồn quỹ", "fund book --lang vi");
    said(&one, "Commune", "fund book --level commune");
    refused(&one, "needs --group", "fund book --level group");
}

Test(fund, an_entry_is_reversed_and_never_edited)
{
    ok(&one, "entry add --type receipt --amount 700 --source voluntary --date 01/12/2018");
    const char *id = id_of(&one, "entry");
    refused(&one, "reversal add --entry", words("entry edit %s --amount 800", id));
    refused(&one, "reversal add --entry", words("entry void %s", id));
    refused(&one, "before its own day", words("reversal add --entry %s --date 30/11/2018", id));
    ok(&one, words("reversal add --entry %s --date 02/12/2018", id));
    said(&one, "nothing changes", words("reversal add --entry %s --date 02/12/2018", id));
    refused(&one, "reversed already", words("reversal add --entry %s --date 03/12/2018", id));
    said(&one, "closing,,0,", "fund statement --plain");
    ok(&one, "sync");
    said(&one, "Not sent: 0", "status");
    said(&one, "Refused: 0", "status");
}

Test(fund, nothing_is_booked_before_its_day_has_come)
{
    const char *file = words("%s/ahead.csv", one.folder);
    refused(&one, "Date: 01/01/2019 lies ahead",
            "entry add --type receipt --amount 700 --source voluntary --date 01/01/2019");
    ok(&one, "entry add --type receipt --amount 700 --source voluntary --date 31/12/2018");
    refused(&one, "Date: 01/01/2019 lies ahead",
            words("reversal add --entry %s --date 01/01/2019", id_of(&one, "entry")));
    file_write(file, "Thu/Chi;Ngày;Số tiền;Nguồn thu\n"
                     "Thu;01/01/2019;2.000;Hội viên tự nguyện đóng góp\n"
                     "Thu;30/12/2018;3.000;Hội viên tự nguyện đóng góp\n");
    said(&one, "1 added", words("entry import %s", file));
    count_is(&one, "entry", 2);
    count_is(&one, "reversal", 0);
}

Test(fund, fields_of_an_entry_fit_each_other)
{
    refused(&one, "Source: ", "entry add --type payment --amount 1 --source voluntary");
    refused(&one, "Member: ", "entry add --type receipt --amount 1 --source dues --dues-year 2018");
    refused(&one, "of which group", "entry add --type receipt --amount 1 --source voluntary --level group");
    refused(&one, "for whom", "support add --type visit --date 2018");
    ok(&one, "support add --type visit --date 2018 --name 'B Thị Hai'");
}

Test(fund, a_balance_below_zero_is_told)
{
    ok(&one, "entry add --type receipt --amount 100 --source voluntary --date 01/12/2018");
    said(&one, "", "entry add --type payment --amount 100 --purpose care --date 10/12/2018");
    said(&one, "below zero since 20/12/2018, at worst -5",
         "entry add --type payment --amount 5 --purpose care --date 20/12/2018");
    said(&one, "below zero since 20/12/2018", "status");
    ok(&one, "entry add --type receipt --amount 5 --source voluntary --date 25/12/2018");
    said(&one, "below zero from 20/12/2018 to 24/12/2018", "status");
}

Test(fund, no_money_is_collected_while_a_loan_is_paid_out)
{
    ok(&one, "support add --type loan --member 'A Thị Một' --date 10/12/2018 --value 5.000.000");
    const char *loan = id_of(&one, "support");
    refused(&one, "loan",
            words("entry add --type receipt --amount 50000 --source voluntary --support %s", loan));
    said(&one, "on this very day a loan",
         "entry add --type receipt --amount 50000 --source voluntary --member 'A Thị Một' --date 10/12/2018");
    said(&one, "",
         "entry add --type receipt --amount 50000 --source voluntary --member 'A Thị Một' --date "
         "11/12/2018");
    ok(&one, "sync");
}

Test(fund, what_money_was_collected_with_becomes_no_loan)
{
    ok(&one, "support add --type visit --member 'A Thị Một' --date 10/12/2018");
    const char *support = id_of(&one, "support");
    ok(&one, words("entry add --type receipt --amount 50000 --source voluntary --support %s", support));
    refused(&one, "a receipt of the fund refers to this", words("support edit %s --type loan", support));
    ok(&one, words("support edit %s --date 11/12/2018", support));
}

Test(fund, a_loan_on_the_day_of_a_receipt_is_told)
{
    static const char loan[] = "support add --type loan --member 'A Thị Một' --value 5.000.000 --date";
    ok(&one, "entry add --type receipt --amount 50000 --source voluntary --member 'A Thị Một' --date "
             "10/12/2018");
    said(&one, "", words("%s 11/12/2018", loan));
    said(&one, "on this very day the fund received", words("%s 10/12/2018", loan));
}

/* ---- two desks ---- */

Test(fund, both_pay_out_offline_and_both_hear_of_it)
{
    ok(&one, "entry add --type receipt --amount 100 --source voluntary --date 01/12/2018");
    sync_all();
    said(&one, "", "entry add --type payment --amount 60 --purpose care --date 10/12/2018");
    said(&two, "", "entry add --type payment --amount 60 --purpose office --date 11/12/2018");
    ok(&one, "sync");
    said(&two, "below zero since 11/12/2018, at worst -20", "sync");
    said(&one, "below zero since 11/12/2018, at worst -20", "sync");
    said(&one, "below zero since 11/12/2018, at worst -20", "status");
}

Test(fund, the_same_entry_reversed_twice_is_reversed_once)
{
    ok(&one, "entry add --type receipt --amount 100 --source voluntary --date 01/12/2018");
    sync_all();
    const char *id = id_of(&one, "entry");
    ok(&one, words("reversal add --entry %s --date 02/12/2018", id));
    ok(&two, words("reversal add --entry %s --date 02/12/2018", id));
    sync_all();
    said(&two, "Refused: 0", "status");
    cr_assert_eq(sql_int(&server.db, "select count(*) from reversals"), 1);
    said(&two, "closing,,0,", "fund statement --plain");
}

Test(fund, of_two_reversals_that_differ_the_first_stands)
{
    ok(&one, "entry add --type receipt --amount 100 --source voluntary --date 01/12/2018");
    sync_all();
    const char *id = id_of(&one, "entry");
    ok(&one, words("reversal add --entry %s --date 02/12/2018", id));
    ok(&two, words("reversal add --entry %s --date 09/12/2018 --reason 'ghi nhầm'", id));
    ok(&one, "sync");
    said(&two, "reversed on another computer", "sync");
    said(&two, "Refused: 0", "status");
    said(&two, "2018-12-02,\n", "reversal list --columns date,reason --plain");
    cr_assert_eq(sql_int(&server.db, "select date from reversals"), 20181202);
}

/* ---- closed years ---- */

Test(fund, a_closed_year_takes_nothing_more)
{
    ok(&one, "entry add --type receipt --amount 1000 --source voluntary --date 31/12/2017");
    const char *id = id_of(&one, "entry");
    refused(&one, "not over", "fund close 2018");
    said(&one, "balance of 1,000", "fund close 2017");
    refused(&one, "closed already", "fund close 2017");
    refused(&one, "closed up to the end of 2017",
            "entry add --type receipt --amount 1 --source voluntary --date 2017-12-31");
    refused(&one, "closed up to the end of 2017",
            "entry add --type receipt --amount 1 --source voluntary --date 2016-12-31");
    refused(&one, "closed up to the end of 2017", words("reversal add --entry %s --date 31/12/2017", id));
    ok(&one, words("reversal add --entry %s --date 01/01/2018", id));
    ok(&one, "sync");
    said(&one, "Refused: 0", "status");
    cr_assert_eq(sql_int(&server.db, "select balance from closings"), 1000);
    refused(&one, "stays as it was closed", words("closing void %s", id_of(&one, "closing")));
    ok(&two, "sync");
    refused(&two, "closed up to", "entry add --type receipt --amount 1 --source voluntary --date 2017-06-01");
}

Test(fund, a_year_is_closed_below_zero_only_when_it_is_said_again)
{
    ok(&one, "entry add --type receipt --amount 100 --source voluntary --date 30/12/2017");
    ok(&one, "entry add --type payment --amount 1.600 --purpose care --date 31/12/2017 --level group --group "
             "'Chi hội 1'");
    ok(&one, "entry add --type receipt --amount 9.000 --source voluntary --date 01/01/2018");
    refused(&one, "Chi hội 1\" is below zero (-1,600 đồng)", "fund close 2017");
    count_is(&one, "closing", 0);
    said(&one, "balance of -1,500", "fund close 2017 --anyway");
    ok(&one, "sync");
    said(&one, "Refused: 0", "status");
}

Test(fund, what_a_closed_year_refuses_is_kept_and_mended)
{
    ok(&one, "entry add --type receipt --amount 1000 --source voluntary --date 31/12/2017");
    ok(&one, "sync");
    ok(&two, "entry add --type payment --amount 40 --purpose care --date 30/12/2017");
    ok(&one, "fund close 2017");
    ok(&one, "sync");
    said(&two, "is closed; give it a date", "sync");
    said(&two, "Refused: 1", "status");
    char *list = hoivien_ok(&two, "entry list --columns id,type --plain | grep payment");
    const char *id = words("%.36s", list);
    free(list);
    refused(&two, "closed up to", words("entry edit %s --date 01/12/2017", id));
    ok(&two, words("entry edit %s --date 02/01/2018", id));
    ok(&two, "sync");
    said(&two, "Refused: 0", "status");
    refused(&two, "reversal add", words("entry edit %s --date 03/01/2018", id));
    ok(&one, "sync");
    said(&one, "closing,,960,", "fund statement --plain");
    said(&two, "closing,,960,", "fund statement --plain");
}

Test(fund, what_is_refused_may_be_taken_back)
{
    ok(&two, "entry add --type receipt --amount 40 --source voluntary --date 30/12/2017");
    ok(&one, "fund close 2017");
    ok(&one, "sync");
    ok(&two, "sync");
    setenv("HOIVIEN_TODAY", "2019-01-02", 1);
    refused(&two, "settle them", "fund close 2018");
    said(&two, "taken out of the register: 1", words("entry void %s", id_of(&two, "entry")));
    count_is(&two, "entry", 0);
    said(&two, "Refused: 0", "status");
    ok(&two, "sync");
}

Test(fund, a_balance_that_differs_is_refused_until_the_desk_has_synced)
{
    ok(&two, "entry add --type receipt --amount 40 --source voluntary --date 30/12/2017");
    ok(&two, "sync");
    ok(&one, "fund close 2017");
    said(&one, "sync and close again", "sync");
    cr_assert_eq(sql_int(&server.db, "select count(*) from closings"), 0);
    said(&one, "balance of 40", "fund close 2017");
    ok(&one, "sync");
    said(&one, "Refused: 0", "status");
    cr_assert_eq(sql_int(&server.db, "select balance from closings"), 40);
}

/* ---- there and back ---- */

Test(fund, what_is_exported_comes_back_as_it_was)
{
    ok(&one, "entry add --type receipt --amount 1.000.000 --source voluntary --date 31/12/2017");
    ok(&one, "entry add --type payment --amount 40 --purpose 'Mua trống' --date 01/02/2018 --party 'Bà Tư'");
    ok(&one, words("reversal add --entry %s --date 03/02/2018", id_of(&one, "entry")));
    ok(&one, "fund close 2017");
    static const char *const kinds[] = {"entry", "reversal", "closing"};
    for (size_t i = 0; i < 3; i++)
        for (int plain = 0; plain < 2; plain++) {
            const char *file = words("%s/%s.csv", one.folder, kinds[i]);
            ok(&one, words("%s export %s %s", kinds[i], plain ? "--plain" : "", file));
            said(&one, " 0 added, 0 changed", words("%s import %s", kinds[i], file));
        }
    ok(&one, "sync");
    said(&one, "Refused: 0", "status");
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf verify", HV_BIN, server.folder));
}
