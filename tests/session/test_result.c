/* The table of results of a commune, a province and the centre. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

/* A second province with a commune, and a target of the centre that is a number for each commune. */
static void more_world(struct database *db)
{
    sql(db,
        "insert into unit (level, code, name, parent, valid_from) select 2, '94', 'Tỉnh Hai', id, 20040101 "
        "from unit where level = 1; "
        "insert into unit (level, code, name, parent, valid_from) select 4, '32000', 'Xã Hai', id, 20040101 "
        "from unit where code = '94'");
    sql(db, "insert into target (key, term, issuer, title, form, measure, comparator, threshold, deadline, "
            "document, decides) select 'two', t.term, t.issuer, 'Mỗi xã 2 hội viên', 2, 1, 1, 2, 20220301, "
            "'NQ XII', false from target t where t.form = 4 limit 1");
    sql(db,
        "insert into population (unit, term, type, value, as_of, source) select u.id, p.term, p.type, 10, "
        "p.as_of, p.source from unit u, population p where u.code = '32000' and p.value = 1000");
}

static void begin(void)
{
    struct database db;
    clerk_world(&db);
    more_world(&db);
    clerk_start(&db);
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("member add --name 'Nguyễn Thị Một' --birth 1970 --group 'Chi hội 1'");
    clerk_ok("member add --name 'Nguyễn Thị Hai' --birth 1971 --group 'Chi hội 1'");
    clerk_ok("member event --search hai joined --date 15/12/2018");
    clerk_ok("member add --name 'Nguyễn Thị Ba' --birth 1972 --group 'Chi hội 1'");
    clerk_ok("sync");
    clerk_reporter();
}

TestSuite(result, .init = begin, .fini = clerk_end, .timeout = 30);

/* The cells of a table lie apart by blanks; runs of them are one here. */
static void has_row(const char *out, const char *row)
{
    char text[20000];
    size_t n = 0;
    for (const char *p = out; *p != '\0' && n < sizeof text - 1; p++)
        if (*p != ' ' || n == 0 || text[n - 1] != ' ')
            text[n++] = *p;
    text[n] = '\0';
    cr_assert(strstr(text, row) != NULL, "no \"%s\" in\n%s", row, out);
}

static void reporter_has(const char *command, const char *row)
{
    char *out = reporter_ok("%s", command);
    has_row(out, row);
    free(out);
}

Test(result, the_commune_has_its_own_without_a_link)
{
    server_kill(&clerk.server);
    char *out = hoivien_ok(&clerk.device, "result");
    has_row(out, "Content Target Result Exceeded / Met / Not met");
    has_row(out, "Không có cơ sở dưới 50% at least 50.00 % 3/1,000 = 0.30 % Not met");
    has_row(out, "Mỗi xã 2 hội viên at least 2 3 Exceeded");
    free(out);
    out = hoivien_ok(&clerk.device, "result --compare 2018-11 --plain");
    cr_assert(strstr(out, ",2018-11-30,2,,,met,counted,1\n") != NULL, "%s", out);
    free(out);
    server_restart(&clerk.server);
}

Test(result, a_province_expands_what_is_for_each_commune)
{
    reporter_has("result 31317", "Mỗi xã 2 hội viên at least 2 3 Exceeded");
    reporter_has("result 93", "Mỗi xã 2 hội viên at least 2 members resident here x 2 units = 4 3 Not met");
    reporter_has("result 93", "each unit at least 50.00 % 3/1,500 = 0.20 %; 2/2 units below Not met");
}

Test(result, the_csv_has_what_makes_the_result)
{
    char *out = reporter_ok("result 93 --plain");
    cr_assert(strncmp(out, "content,target,result,result_word,unit_code,", 40) == 0, "%s", out);
    cr_assert(strstr(out, "Mỗi xã 2 hội viên,at least 2 members resident here x 2 units = 4,3,not-met,93,") !=
                  NULL,
              "%s", out);
    cr_assert(strstr(out, ",2018-12-31,2,2,1,1,0,2017-2022,") != NULL, "%s", out);
    cr_assert(strstr(out, ",2018-12-31,50.0000,2,0,2,0,2017-2022,") != NULL, "%s", out);
    free(out);
    out = reporter_ok("result 93 --format csv --lang vi");
    cr_assert(strstr(out, "Nội dung;Chỉ tiêu;Kết quả;Vượt / Đạt / Chưa đạt;") != NULL, "%s", out);
    free(out);
}

/* The centre's reporter, beside the province's. */
static void centre_reporter(void)
{
    char *code = world_code(&clerk.server, "VN", "reporter");
    scratch_make(clerk.reporter.folder);
    free(reporter_ok("init %s", code));
    free(code);
}

Test(result, the_centre_sums_its_provinces)
{
    centre_reporter();
    reporter_has("result VN", "Mỗi xã 2 hội viên at least 2 members resident here x 3 units = 6 3 Not met");
    reporter_has("result VN", "each unit at least 50.00 % 3/1,510 = 0.20 %; 3/3 units below Not met");
    reporter_has("result 94", "Mỗi xã 2 hội viên at least 2 members resident here x 1 unit = 2 0 Not met");
    reporter_has("province 93 --plain", "31317,Phường I,not-met,3,1000,");
}

/* No column of a CSV bears the name of another. */
static void heads_differ(char *csv)
{
    char *heads[80], *rest = csv;
    size_t count = 0;
    csv[strcspn(csv, "\n")] = '\0';
    while (rest != NULL && count < 80)
        heads[count++] = strsep(&rest, ",;");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            cr_assert_str_neq(heads[i], heads[j], "two columns are %s", heads[i]);
    free(csv);
}

Test(result, each_column_has_a_name_of_its_own)
{
    heads_differ(reporter_ok("result 93 --plain --compare 2018-11"));
    heads_differ(reporter_ok("result 93 --format csv --compare 2018-11 --lang vi"));
    heads_differ(hoivien_ok(&clerk.device, "result --format csv --lang vi"));
    heads_differ(reporter_ok("province 93 --format csv --lang vi"));
}

static void target_make(const char *key, const char *unit, const char *baseline_date)
{
    sql(&clerk.server.db,
        "insert into target (key, term, issuer, unit, title, form, measure, comparator, threshold, "
        "baseline_date, deadline, document, decides) select '%s', t.term, t.issuer, (select id from unit "
        "where code = '%s'), 'Tăng %s', 3, 1, 1, 5, %s, 20220301, 'NQ XII', false from target t where t.form "
        "= 4 limit 1",
        key, unit, key, baseline_date);
}

/* Two were there on 30 November, and three are now. */
Test(result, a_target_of_the_centre_itself_is_held_against_the_whole_country)
{
    target_make("vn", "VN", "20181130");
    centre_reporter();
    reporter_has("result VN", "Tăng vn more by at least 5 1 (baseline 2, now 3) Not met");
    reporter_has("result VN --compare 2018-11", "Tăng vn more by at least 5 1 (baseline 2, now 3) Not met 0 "
                                                "(baseline 2, now 2)");
    char *out = reporter_ok("result 93");
    cr_assert(strstr(out, "Tăng vn") == NULL, "it is no province's: %s", out);
    free(out);
    sql(&clerk.server.db, "insert into baseline (target, unit, value) select t.id, t.unit, 1 from target t "
                          "where key = 'vn'");
    reporter_has("result VN", "Tăng vn more by at least 5 2 (baseline 1, now 3) Not met");
}

Test(result, a_target_of_the_centre_that_is_a_ratio_has_the_country_s_denominator)
{
    sql(&clerk.server.db, "insert into target (key, term, issuer, unit, title, form, measure, comparator, "
                          "threshold, denominator_type, deadline, document, decides) select 'share', t.term, "
                          "t.issuer, t.issuer, 'Cả nước', 1, 1, 1, 500000, t.denominator_type, 20220301, 'NQ "
                          "XII', false from target t where t.form = 4 limit 1");
    centre_reporter();
    reporter_has("result VN", "Cả nước at least 50.00 % 3/1,510 = 0.20 % Not met");
    sql(&clerk.server.db, "insert into population (unit, term, type, value, as_of, source) select t.issuer, "
                          "t.term, t.denominator_type, 4, 20171231, 'x' from target t where key = 'share'");
    reporter_has("result VN", "Cả nước at least 50.00 % 3/4 = 75.00 % Exceeded");
}

Test(result, a_target_of_a_province_itself_has_its_baseline_counted)
{
    target_make("tỉnh", "93", "20181130");
    reporter_has("result 93", "Tăng tỉnh more by at least 5 1 (baseline 2, now 3) Not met");
}

Test(result, a_target_of_one_commune_names_it_in_the_table_of_the_province)
{
    target_make("xã", "31317", "20181130");
    reporter_has("result 93", "Tăng xã (Phường I) more by");
    reporter_has("result 31317", "Tăng xã more by");
}

/* Of two communes one has a baseline: text, columns and figure are those of the one. */
Test(result, an_increase_is_that_of_the_units_with_a_baseline)
{
    target_make("mỗi xã", "none", "20181130");
    sql(&clerk.server.db,
        "insert into baseline (target, unit, value) select t.id, u.id, 1 from target t, unit "
        "u where key = 'mỗi xã' and u.code = '31317'");
    reporter_has("result 93", "Tăng mỗi xã more by at least 5 members resident here x 1 unit = 5 2 (baseline "
                              "1, now 3); 1/2 units without a baseline, not counted Not met");
    reporter_has("result 93 --plain", ",3,,,,5,not-met,3,");
}

Test(result, the_centre_itself_is_not_told_to_a_province)
{
    struct output o = reporter("result VN");
    cr_assert_eq(o.status, 1, "%d %s", o.status, o.err);
    output_free(&o);
}

Test(result, a_day_that_is_not_earlier_is_refused)
{
    struct output o = reporter("result 93 --compare 2018-12");
    cr_assert(o.status == 2 && strstr(o.err, "before that of the report") != NULL, "%d %s", o.status, o.err);
    output_free(&o);
}
