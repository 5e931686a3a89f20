/* The operator's program on a real database. */
#include "server/db.h"
#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

SUPPORT_CLUSTER

static struct server server;

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    server_prepare(&server, &db, HV_BIN "/server/hoivien-server", NULL);
}

TestSuite(admin, .init = begin, .timeout = 60);

static struct output admin(const char *command)
{
    return run("%s/server/hoivien-admin --lang en --config %s/hoivien.conf %s", HV_BIN, server.folder,
               command);
}

static char *admin_ok(const char *command)
{
    struct output o = admin(command);
    cr_assert(o.status == 0, "hoivien-admin %s: exit status %d\n%s%s", command, o.status, o.out, o.err);
    free(o.err);
    return o.out;
}

static void expect_exported_as_imported(const char *what, const char *options)
{
    char *out = admin_ok(words("%s export %s", what, options));
    file_write(words("%s/again.csv", server.folder), out);
    char *check = admin_ok(words("%s import --check %s/again.csv", what, server.folder));
    cr_assert(strstr(check, " 0 would change") != NULL, "%s %s:\n%s\n%s", what, options, out, check);
    free(check);
    free(out);
}

static void expect_failure(const char *command, int status, const char *text)
{
    struct output o = admin(command);
    cr_assert_eq(o.status, status, "hoivien-admin %s: exit status %d\n%s%s", command, o.status, o.out, o.err);
    cr_assert(strstr(o.err, text) != NULL, "hoivien-admin %s does not say \"%s\":\n%s", command, text, o.err);
    output_free(&o);
}

static const char *file(const char *name, const char *text)
{
    const char *path = words("%s/%s", server.folder, name);
    file_write(path, text);
    return path;
}

#define UNIT_HEAD                                                                                            \
    "province_code,province_name,district_code,district_name,commune_code,commune_name,commune_type\n"
#define POPULATION_HEAD "unit,term_level,term,type,value,as_of,source\n"
#define TARGET_HEAD                                                                                          \
    "key,term_level,term,term_from,term_to,issuer,unit,title,form,measure,comparator,threshold,denominator," \
    "baseline_date,deadline,document,decides\n"

static void load_units(void)
{
    free(admin_ok(words("unit import --from 2004-01-01 %s",
                        file("units.csv", UNIT_HEAD
                             "93,Tỉnh Hậu Giang,930,Thành phố Vị Thanh,31317,Phường I,Phường\n"
                             "93,Tỉnh Hậu Giang,930,Thành phố Vị Thanh,31318,Phường III,Phường\n"))));
}

static void load_targets(void)
{
    free(admin_ok(words("target import %s",
                        file("targets.csv", TARGET_HEAD
                             "tw,centre,2017-2022,2017-03-07,2022-03-09,VN,,\"Không có cơ sở dưới 50 "
                             "%\",none-below,members,at-least,50,women-18-plus,,2022-03-09,NQ XII,yes\n"))));
}

Test(admin, units_are_imported_listed_and_exported_as_they_came)
{
    load_units();
    char *out = admin_ok("unit export --plain");
    cr_assert(strstr(out, "93,Tỉnh Hậu Giang,930,Thành phố Vị Thanh,31317,Phường I,Phường,2004-01-01") !=
                  NULL,
              "%s", out);
    free(out);
    cr_assert_eq(sql_int(&server.db, "select count(*) from unit"), 5);
    cr_assert_eq(sql_int(&server.db, "select count(*) from stream"), 5);
}

Test(admin, importing_the_same_units_again_changes_nothing)
{
    load_units();
    load_units();
    cr_assert_eq(sql_int(&server.db, "select count(*) from unit"), 5);
}

Test(admin, a_check_shows_the_differences_and_writes_nothing)
{
    load_units();
    char *out = admin_ok(words(
        "unit import --check --from 2004-01-01 %s",
        file("new.csv", UNIT_HEAD "93,Tỉnh Hậu Giang,930,Thành phố Vị Thanh,31317,Phường Một,Phường\n")));
    cr_assert(strstr(out, "Phường I\tPhường Một") != NULL, "%s", out);
    cr_assert_eq(sql_int(&server.db, "select count(*) from unit where name = 'Phường Một'"), 0);
    free(out);
}

Test(admin, a_code_given_to_another_unit_later_is_another_unit)
{
    load_units();
    free(admin_ok(words(
        "unit import --from 2018-07-01 %s",
        file("new.csv", UNIT_HEAD "93,Tỉnh Hậu Giang,930,Thành phố Vị Thanh,31317,Phường Mới,Phường\n"))));
    cr_assert_str_eq(sql(&server.db, "select string_agg(name || ' ' || valid_from || ' ' || valid_to, ', ' "
                                     "order by valid_from) from unit where code = '31317'"),
                     "Phường I 20040101 20180701, Phường Mới 20180701 99991231");
}

Test(admin, bad_lines_are_named_by_line_and_column_and_nothing_goes_in)
{
    struct output o =
        admin(words("unit import --from 2004-01-01 %s",
                    file("bad.csv", UNIT_HEAD "93,Tỉnh Hậu Giang,930,Vị Thanh,31317,Phường I,Phường\n"
                                              "9,Tỉnh Hậu Giang,930,Vị Thanh,3131,Phường I,Phường\n")));
    cr_assert_eq(o.status, 1);
    cr_assert(strstr(o.err, "Line 3, column commune_code") != NULL &&
                  strstr(o.err, "Line 3, column province_code") != NULL,
              "%s", o.err);
    cr_assert_eq(sql_int(&server.db, "select count(*) from unit"), 0);
    output_free(&o);
    expect_failure(words("unit import --from 2004-01-01 %s",
                         file("short.csv", "province_code,commune_code\n93,31317\n")),
                   1, "province_name");
}

Test(admin, a_corrected_figure_supersedes_and_the_old_one_stays)
{
    load_units();
    load_targets();
    free(admin_ok(words("population import %s",
                        file("p.csv", POPULATION_HEAD
                             "31317,centre,2017-2022,women-18-plus,1000,2017-12-31,Cục Thống kê\n"))));
    free(admin_ok(
        words("population import %s",
              file("p.csv", POPULATION_HEAD
                   "31317,centre,2017-2022,women-18-plus,1100,2017-12-31,\"Cục Thống kê, đính chính\"\n"))));
    cr_assert_str_eq(sql(&server.db, "select string_agg(value || case when superseded_at is null then ' "
                                     "stands' else ' old' end, ', ' order by id) from population"),
                     "1000 old, 1100 stands");
    char *all = admin_ok("population list --all --plain"), *now = admin_ok("population list --plain");
    cr_assert(strstr(all, ",1000,") != NULL && strstr(now, ",1000,") == NULL && strstr(now, ",1100,") != NULL,
              "%s%s", all, now);
    free(all);
    free(now);
}

Test(admin, figures_of_unknown_units_terms_and_types_are_refused_by_line)
{
    load_units();
    load_targets();
    expect_failure(
        words("population import %s",
              file("p.csv", POPULATION_HEAD "99999,centre,2017-2022,women-18-plus,1000,2017-12-31,x\n")),
        1, "column unit");
    expect_failure(
        words("population import %s",
              file("p.csv", POPULATION_HEAD "31317,centre,2030-2035,women-18-plus,1000,2017-12-31,x\n")),
        1, "column term");
    expect_failure(words("population import %s",
                         file("p.csv", POPULATION_HEAD "31317,centre,2017-2022,men,1000,2017-12-31,x\n")),
                   1, "column type");
    expect_failure(
        words("population import %s",
              file("p.csv", POPULATION_HEAD "31317,centre,2017-2022,women-18-plus,-5,31/12/2017,x\n")),
        1, "column value");
}

/* Beside today's communes an earlier one whose code another has taken over. */
Test(admin, exports_are_taken_again_by_imports)
{
    static const char *const whats[] = {"unit", "target", "population"};
    load_units();
    load_targets();
    free(admin_ok(
        words("target import %s",
              file("more.csv", TARGET_HEAD
                   "a,centre,2017-2022,2017-03-07,2022-03-09,VN,,\"Tăng; \"\"thêm\"\"\",ratio,members,at-"
                   "least,\"33,3333\",women-18-plus,2017-12-31,2022-03-09,NQ,no\n"))));
    free(admin_ok(words("population import %s",
                        file("p.csv", POPULATION_HEAD
                             "31317,centre,2017-2022,women-18-plus,1000,2017-12-31,Cục Thống kê\n"
                             "31318,centre,2017-2022,women-18-plus,012,2017-12-31,\"Cục, phòng\"\n"))));
    free(admin_ok(words(
        "unit import --from 2018-07-01 %s",
        file("new.csv", UNIT_HEAD "93,Tỉnh Hậu Giang,930,Thành phố Vị Thanh,31317,Phường Mới,Phường\n"))));
    for (size_t i = 0; i < sizeof whats / sizeof whats[0]; i++) {
        expect_exported_as_imported(whats[i], "");
        expect_exported_as_imported(whats[i], "--plain");
        expect_exported_as_imported(whats[i], "--lang vi");
    }
}

Test(admin, thresholds_are_exact)
{
    load_units();
    free(admin_ok(
        words("target import %s",
              file("t.csv", TARGET_HEAD "a,centre,2017-2022,2017-03-07,2022-03-09,VN,,T,ratio,members,at-"
                                        "least,\"33,3333\",women-18-plus,,2022-03-09,NQ,no\n"
                                        "b,centre,2017-2022,2017-03-07,2022-03-09,VN,,T,number,members,at-"
                                        "least,1900,,,2022-03-09,NQ,no\n"))));
    cr_assert_str_eq(sql(&server.db, "select string_agg(threshold::text, ' ' order by key) from target"),
                     "333333 1900");
    expect_failure(
        words("target import %s",
              file("t.csv", TARGET_HEAD "c,centre,2017-2022,2017-03-07,2022-03-09,VN,,T,ratio,members,at-"
                                        "least,\"33,33333\",women-18-plus,,2022-03-09,NQ,no\n")),
        1, "column threshold");
}

Test(admin, codes_are_issued_listed_and_cancelled)
{
    load_units();
    server_launch(&server);
    char *code = admin_ok("enrol 31317");
    cr_assert(strncmp(code, "HV1-", 4) == 0, "%s", code);
    char *list = admin_ok("code list --plain");
    cr_assert(strstr(list, "1,31317,commune,") != NULL && strstr(list, ",open,") != NULL, "%s", list);
    free(list);
    free(admin_ok("code cancel 1"));
    list = admin_ok("code list --plain");
    cr_assert(strstr(list, ",cancelled,") != NULL, "%s", list);
    expect_failure("code cancel 1", 1, "no open number 1");
    expect_failure("enrol 99999", 1, "99999");
    expect_failure("enrol 93 --role commune", 2, "not a commune");
    free(list);
    free(code);
    server_stop(&server);
}

Test(admin, codes_for_all_communes_lie_in_files_that_only_the_operator_reads)
{
    load_units();
    server_launch(&server);
    free(admin_ok(words("enrol --communes-of 93 --out %s/codes", server.folder)));
    char *modes = run_ok("stat -c '%%a %%n' %s/codes/*", server.folder);
    cr_assert(strstr(modes, "600") != NULL && strstr(modes, "31317.hoivien") != NULL &&
                  strstr(modes, "31318.hoivien") != NULL,
              "%s", modes);
    free(modes);
    server_stop(&server);
}

Test(admin, status_names_who_has_never_synced_and_verify_finds_a_difference)
{
    struct client_device d;
    load_units();
    load_targets();
    server_launch(&server);
    device_make(&d, &server, "31317", NULL);
    free(hoivien_ok(&d, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(&d, "member add --name 'Nguyễn Thị Hoa' --birth 1970 --group 'Chi hội 1'"));
    free(hoivien_ok(&d, "sync"));
    free(admin_ok("verify"));
    free(admin_ok("enrol 31318"));
    struct output o = admin("status --plain");
    cr_assert_eq(o.status, 1);
    cr_assert(strstr(o.out, "31317,Phường I") != NULL && strstr(o.out, "31318,Phường III,,,0,0,") != NULL,
              "%s", o.out);
    output_free(&o);
    sql(&server.db, "update standing_count set n = n + 1");
    expect_failure("verify", 1, "Difference: count");
    server_stop(&server);
}

Test(admin, every_act_is_noted_with_ids_only)
{
    load_units();
    server_launch(&server);
    free(admin_ok("enrol 31317"));
    cr_assert_str_eq(sql(&server.db, "select string_agg(verb, ' ' order by id) from act"),
                     "unit-import enrol");
    cr_assert_eq(sql_int(&server.db, "select count(*) from act where subject like '%%Phường%%'"), 0);
    server_stop(&server);
}

Test(admin, wrong_usage_is_told)
{
    expect_failure("unit import", 2, "CSV");
    expect_failure("nonsense", 2, "nonsense");
    expect_failure("unit list --level moon", 2, "--level");
}

Test(admin, times_are_those_of_viet_nam)
{
    struct client_device d;
    load_units();
    load_targets();
    server_launch(&server);
    device_make(&d, &server, "31317", NULL);
    sql(&server.db, "update device set last_sync = '2018-12-30 20:00:00+00'");
    char *list = admin_ok("device list --plain");
    cr_assert(strstr(list, "2018-12-31 03:00") != NULL, "%s", list);
    free(list);
    struct output o = admin("status --plain");
    cr_assert(strstr(o.out, "2018-12-31 03:00,0,") != NULL, "%s", o.out);
    output_free(&o);
    server_stop(&server);
}

/* The clock of the machine that was synced on may have run ahead. */
Test(admin, a_sync_of_a_later_day_is_no_days_ago)
{
    struct client_device d;
    load_units();
    load_targets();
    server_launch(&server);
    device_make(&d, &server, "31317", NULL);
    sql(&server.db, "update device set last_sync = '2019-01-02 20:00:00+00'");
    struct output o = admin("status --plain");
    cr_assert(strstr(o.out, ",2019-01-03 03:00,0,") != NULL, "%s", o.out);
    cr_assert_eq(o.status, 0, "%s", o.err);
    output_free(&o);
    server_stop(&server);
}

Test(admin, status_has_the_figures_of_the_server_in_every_form)
{
    static const char *const tokens[] = {"database_bytes,",
                                         "syncs_under_way,0,",
                                         "reports_under_way,0,",
                                         "lock_waits,",
                                         "longest_lock_wait_s,",
                                         "batches_last_day,0,",
                                         "longest_transaction_s,,not known",
                                         "disk_free_bytes,"};
    load_units();
    char *out = admin_ok("status --plain");
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++)
        cr_assert(strstr(out, words("\n%s", tokens[i])) != NULL, "no %s in\n%s", tokens[i], out);
    free(out);
    out = admin_ok("status");
    cr_assert(strstr(out, "Syncs that the database works on") != NULL &&
                  strstr(out, "syncs_under_way") == NULL,
              "%s", out);
    free(out);
    out = admin_ok("status --lang vi");
    cr_assert(strstr(out, "Số lần đồng bộ cơ sở dữ liệu đang xử lý") != NULL, "%s", out);
    free(out);
}

/* What the server works on and what waits shows to the role that owns the tables, though it is another's. */
Test(admin, status_tells_what_the_database_works_on_and_what_waits)
{
    struct db *db;
    struct fault f;
    const struct db_options o = {.connection = server.db.server, .name = "hoivien-sync"};
    load_units();
    cr_assert_eq(db_open(&db, &o, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(db_begin(db, false, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(db_script(db, "update gate set version = version + 1", &f), ERR_OK, "%s", f.text);
    free(run_ok("PGAPPNAME=hoivien-report psql -X -q -d '%s' -c 'begin; lock table gate' >'%s/psql' 2>&1 &",
                server.db.owner, server.folder));
    for (int i = 0; sql_int(&server.db, "select count(*) from pg_locks where not granted") == 0; i++) {
        cr_assert(i < 1000, "nothing waits");
        usleep(20000);
    }
    char *out = admin_ok("status --plain");
    cr_assert(strstr(out, "\nsyncs_under_way,1,") != NULL && strstr(out, "\nreports_under_way,1,") != NULL &&
                  strstr(out, "\nlock_waits,1,") != NULL,
              "%s", out);
    free(out);
    db_rollback(db);
    db_close(&db);
}

/* More than a pipe holds, with and without the signal that would end the program in the middle of its work.
 */
Test(admin, a_reader_who_has_seen_enough_is_no_fault)
{
    static const char *const before[] = {"", "trap '' PIPE; "};
    load_units();
    sql(&server.db,
        "insert into unit (level, code, name, type, parent, valid_from) select 4, lpad(n::text, 5, '0'), "
        "repeat('x', 60), 'Xã', u.id, 20040101 from unit u, generate_series(1, 3000) n where u.level = 3");
    for (size_t i = 0; i < 2; i++) {
        struct output o = run("%s%s/server/hoivien-admin --lang en --config %s/hoivien.conf unit list | head "
                              "-1; exit ${PIPESTATUS[0]}",
                              before[i], HV_BIN, server.folder);
        cr_assert(o.status == 0 && o.err[0] == '\0', "%zu: exit status %d: %s", i, o.status, o.err);
        cr_assert(strncmp(o.out, "level", 5) == 0, "%s", o.out);
        output_free(&o);
    }
}

/* The register is the clerk's; what is in use here is the server's database. */
Test(admin, a_database_in_use_is_told_as_such)
{
    struct server at_work = server;
    load_units();
    server_launch(&at_work);
    sql(&server.db, "delete from schema_migration where number = (select max(number) from schema_migration)");
    struct output o = admin("migrate --lang vi");
    cr_assert_eq(o.status, 1);
    cr_assert(strstr(o.err, "Cơ sở dữ liệu của máy chủ") != NULL && strstr(o.err, "sổ") == NULL, "%s", o.err);
    output_free(&o);
    server_stop(&at_work);
}
