/* The operator's program on a real database. */
#include "tests/session/operator_scene.h"

SUPPORT_CLUSTER

TestSuite(admin, .init = begin, .timeout = 60);

static void expect_exported_as_imported(const char *what, const char *options)
{
    char *out = admin_ok(words("%s export %s", what, options));
    file_write(words("%s/again.csv", server.folder), out);
    char *check = admin_ok(words("%s import --check %s/again.csv", what, server.folder));
    cr_assert(strstr(check, " 0 would change") != NULL, "%s %s:\n%s\n%s", what, options, out, check);
    free(check);
    free(out);
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
    cr_assert(strstr(out, "Renamed: 31317: Phường I becomes Phường Một") != NULL, "%s", out);
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
