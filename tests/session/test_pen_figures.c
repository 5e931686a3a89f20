/* Targets and population figures from the province's pen. */
#include "tests/support/support.h"
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

static struct server server;
static char folder[PATH_ROOM];

#define POPULATION "unit,term_level,term,type,value,as_of,source\n"
#define TARGET                                                                                               \
    "key,term_level,term,term_from,term_to,issuer,unit,title,form,measure,comparator,threshold,denominator," \
    "deadline,document,decides\n"

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    sql(&db,
        "insert into unit (level, code, name, type, parent, valid_from) select 2, '94', 'Tỉnh Sóc Trăng', "
        "'Tỉnh', id, 20040101 from unit where level = 1; insert into unit (level, code, name, type, parent, "
        "valid_from) select 4, '31498', 'Phường 5', 'Phường', id, 20040101 from unit where code = '94'");
    server_start(&server, &db, NULL);
    scratch_make(folder);
    char *code = world_code(&server, "93", "reporter");
    free(run_ok("%s/client/hoivien-report --lang en --dir %s init %s", HV_BIN, folder, code));
    free(code);
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(pen_figures, .init = begin, .fini = end, .timeout = 120);

static struct output import(const char *what, const char *lines, const char *rest)
{
    file_write(words("%s/in.csv", folder), lines);
    return run("%s/client/hoivien-report --lang en --dir %s %s import %s/in.csv %s", HV_BIN, folder, what,
               folder, rest);
}

static void imports(const char *what, const char *lines, const char *rest, const char *text)
{
    struct output o = import(what, lines, rest);
    cr_assert(o.status == 0 && strstr(o.out, text) != NULL, "exit status %d\n%s%s", o.status, o.out, o.err);
    output_free(&o);
}

static void refuses(const char *what, const char *lines, const char *text)
{
    struct output o = import(what, lines, "");
    cr_assert_eq(o.status, 1, "exit status %d\n%s%s", o.status, o.out, o.err);
    cr_assert(strstr(o.err, text) != NULL, "does not say \"%s\":\n%s", text, o.err);
    output_free(&o);
}

static int64_t figures(void)
{
    return sql_int(&server.db, "select count(*) from population");
}

static int64_t left_behind(void)
{
    return sql_int(&server.db,
                   "select (select count(*) from incoming) + (select count(*) from incoming_population) "
                   "+ (select count(*) from incoming_target)");
}

Test(pen_figures, a_figure_of_a_commune_is_corrected_and_noted)
{
    const char *lines = POPULATION "31317,centre,2017-2022,women-18-plus,1200,2018-12-31,Chi cục Thống kê\n";
    imports("population", lines, "--check", "Checked: 1 line, 1 would change.");
    cr_assert_eq(figures(), 2);
    cr_assert_eq(sql_int(&server.db, "select count(*) from act"), 0);
    imports("population", lines, "", "Imported: 1 line, 1 changed.");
    imports("population", lines, "", "Imported: 1 line, 0 changed."); /* as after a lost reply */
    cr_assert_eq(figures(), 3);
    cr_assert_eq(sql_int(&server.db, "select value from population where superseded_at is null and unit = %d",
                         world_unit(&server.db, "31317")),
                 1200);
    cr_assert_eq(sql_int(&server.db,
                         "select count(*) from act where verb = 'population-import' and os_user = "
                         "'device ' || (select id from device where role = 'reporter')"),
                 2);
    cr_assert_eq(left_behind(), 0);
}

Test(pen_figures, no_figure_of_another_provinces_commune_nor_of_the_centre)
{
    refuses("population",
            POPULATION "31317,centre,2017-2022,women-18-plus,1200,2018-12-31,Thống kê\n"
                       "31498,centre,2017-2022,women-18-plus,1200,2018-12-31,Thống kê\n",
            "Line 3, column unit: no unit has this code.");
    refuses("population", POPULATION "VN,centre,2017-2022,women-18-plus,1200,2018-12-31,Thống kê\n",
            "no unit has this code");
    refuses("population", "unit,term\n31317,2017-2022\n", "lacks the column \"term_level\"");
    cr_assert_eq(figures(), 2);
    cr_assert_eq(left_behind(), 0);
}

#define LINE(key, from, issuer)                                                                              \
    key ",centre,2017-2022," from ",2022-03-01," issuer ",,Thu hút 60 %%,ratio,members,at-least,60,"        \
        "women-18-plus,2021-12-31,KH 12,no\n"

Test(pen_figures, a_province_sets_its_own_targets_only)
{
    imports("target", words(TARGET LINE("HG-60", "2017-03-01", "93")), "", "Imported: 1 line, 1 changed.");
    cr_assert_eq(
        sql_int(&server.db, "select count(*) from target where issuer = %d", world_unit(&server.db, "93")),
        1);
    refuses("target", words(TARGET LINE("TW-60", "2017-03-01", "VN")),
            "column issuer: no unit has this code");
    refuses("target", words(TARGET LINE("TW-50", "2017-03-01", "93")), "the key is that of another's target");
    refuses("target", words(TARGET LINE("HG-61", "2016-01-01", "93")),
            "there is no such term with these days");
    cr_assert_eq(sql_int(&server.db, "select count(*) from target"), 2);
    cr_assert_eq(sql_int(&server.db, "select from_day from term"), 20170301);
    cr_assert_eq(left_behind(), 0);
}

Test(pen_figures, a_figure_older_than_the_one_in_use_is_refused_by_line_and_column)
{
    imports("population",
            POPULATION "31317,centre,2017-2022,women-18-plus,1000,31/12/2017,figure for tests\n", "", "");
    refuses("population",
            POPULATION "31318,centre,2017-2022,women-18-plus,600,31/12/2018,new\n"
                       "31317,centre,2017-2022,women-18-plus,900,30/12/2017,old\n",
            "Line 3, column as_of: the figure in use is of a later day, 31/12/2017; correct the date");
    imports("population", POPULATION "31317,centre,2017-2022,women-18-plus,900,31/12/2018,new\n", "", "");
}

Test(pen_figures, a_deadline_outside_of_its_term_is_refused_by_line_and_column)
{
    refuses("target",
            TARGET
            "HG-1,centre,2017-2022,01/03/2017,01/03/2022,93,,Tăng hội viên,number,members,at-least,10,,"
            "02/03/2022,NQ,no\n",
            "Line 2, column deadline: the deadline must lie within the term");
    refuses("target",
            TARGET
            "HG-1,centre,2017-2022,01/03/2017,01/03/2022,93,,Tăng hội viên,number,members,at-least,10,,"
            "28/02/2017,NQ,no\n",
            "Line 2, column deadline: the deadline must lie within the term");
    imports("target",
            TARGET
            "HG-1,centre,2017-2022,01/03/2017,01/03/2022,93,,Tăng hội viên,number,members,at-least,10,,"
            "01/03/2022,NQ,no\n",
            "", "");
}

static void says(const char *command, const char *text)
{
    struct output o = run("%s/client/hoivien-report --lang en --dir %s %s", HV_BIN, folder, command);
    cr_assert(o.status == 0 && strstr(o.out, text) != NULL, "exit status %d, without \"%s\"\n%s%s", o.status,
              text, o.out, o.err);
    output_free(&o);
}

static void refuses_command(const char *command, const char *text)
{
    struct output o = run("%s/client/hoivien-report --lang en --dir %s %s", HV_BIN, folder, command);
    cr_assert(o.status != 0 && strstr(o.err, text) != NULL, "exit status %d, without \"%s\"\n%s%s", o.status,
              text, o.out, o.err);
    output_free(&o);
}

#define ADD                                                                                                  \
    "target add --key HG-60 --term-level centre --term 2017-2022 --title 'Thu hút 60 %%' --form ratio "     \
    "--comparator at-least --threshold 60 --denominator women-18-plus --deadline 31/12/2021 --document KH "  \
    "--decides no "

Test(pen_figures, a_target_and_a_figure_are_entered_by_command_and_listed_as_an_import_takes_them)
{
    says(words(ADD "--measure members --check"), "New: HG-60, Thu hút 60 %: 60 %\nChecked.");
    says(words(ADD "--measure members"), "Entered.");
    refuses_command(words(ADD "--measure members"), "hoivien-report target edit HG-60");
    says("target edit HG-60 --threshold 62,5", "Replaced: HG-60, Thu hút 60 %: 60 % becomes 62.5 %");
    cr_assert_eq(
        sql_int(&server.db,
                "select count(*) from target t join term m on m.id = t.term where key = 'HG-60' and "
                "issuer = %d and threshold = 625000 and superseded_at is null and m.to_day = 20220301",
                world_unit(&server.db, "93")),
        1);
    refuses_command("target edit TW-50 --threshold 40", "--issuer: no unit has this code");
    refuses_command("target edit HG-61 --threshold 40", "hoivien-report target list");
    says("target list --plain", "HG-60,centre,2017-2022,2017-03-01,2022-03-01,93,,Thu hút 60 %,ratio,members,"
                                "at-least,62.5,women-18-plus,,,,,,,2021-12-31,KH,no");
    says("target list", "TW-50");
    says("population add --unit 31317 --term-level centre --term 2017-2022 --type women-18-plus --value 1200 "
         "--as-of 31/12/2018 --source TK",
         "31317, 2017-2022, Women 18 and older: ");
    says(words("population list -o %s/back.csv --plain", folder), "");
    says(words("population import %s/back.csv", folder), "0 changed");
    says(words("population list -o %s/back.csv --format csv", folder), "");
    says(words("population import %s/back.csv --check", folder), "0 would change");
    cr_assert_eq(left_behind(), 0);
}

Test(pen_figures, an_unknown_word_is_answered_with_those_that_there_are)
{
    refuses_command(words(ADD "--measure memers"),
                    "--measure: there is no such measure; known are: members, ");
    refuses_command(words(ADD "--measure members --period month"), "--period: ");
    refuses("population", POPULATION "31317,centre,2017-2022,women,1200,2018-12-31,TK\n",
            "there is no such type of figure; known are: women-18-plus, ");
    says("target import --help", "chi-hoi-heads-trained = ");
    says("population add --help", "women-18-eligible");
    char *help = run_ok("%s/server/hoivien-admin --lang vi target import --help", HV_BIN);
    cr_assert(strstr(help, "at-least = từ") != NULL && strstr(help, "core = ") != NULL, "%s", help);
    free(help);
}
