/* The provincial reporter's program through the real server. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static void begin(void)
{
    clerk_begin();
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("member add --name 'Nguyễn Thị Một' --birth 1970 --group 'Chi hội 1'");
    clerk_ok("member add --name 'Nguyễn Thị Hai' --birth 1971 --group 'Chi hội 1'");
    clerk_ok("member event --search hai joined --date 01/07/2018");
    clerk_ok(
        "member add --name 'Ông Danh Dự' --birth 1960 --group 'Chi hội 1' --category honorary --sex male");
    clerk_ok("sync");
    clerk_reporter();
}

TestSuite(province, .init = begin, .fini = clerk_end, .timeout = 60);

Test(province, the_csv_has_a_row_a_commune_with_all_that_makes_its_ratio)
{
    char *out = reporter_ok("province 93 --plain");
    cr_assert(strstr(out, "930,Thành phố Vị Thanh,31317,Phường I,not-met,2,1000,women-18-plus,0.2000,50.0000,"
                          "not-met,498,figure for tests,2017-12-31,") != NULL,
              "%s", out);
    cr_assert(strstr(out, "31318,Phường III,not-met,0,500,") != NULL, "%s", out);
    free(out);
}

Test(province, an_earlier_day_leaves_out_who_joined_later)
{
    char *out = reporter_ok("province 93 --plain --as-of 2018-06-30");
    cr_assert(strstr(out, "31317,Phường I,not-met,1,1000,") != NULL, "%s", out);
    free(out);
    out = reporter_ok("province 93 --plain --as-of 2018-07-01");
    cr_assert(strstr(out, "31317,Phường I,not-met,2,1000,") != NULL, "%s", out);
    free(out);
}

Test(province, the_table_groups_the_communes_and_says_who_was_heard_from)
{
    sql(&clerk.server.db, "update population set value = 4 where unit = (select id from unit where code = "
                          "'31317'); delete from population where unit = (select id from unit where code = "
                          "'31318')");
    char *out = reporter_ok("province 93");
    const char *met = strstr(out, "met: 1 communes"), *not_met = strstr(out, "not met: 0 communes"),
               *unknown = strstr(out, "not enough figures: 1 communes");
    cr_assert(met != NULL && not_met != NULL && unknown != NULL && met < not_met && not_met < unknown, "%s",
              out);
    cr_assert(strstr(out, "Province: 2 of 4 = 50.00 %") != NULL &&
                  strstr(out, "Communes heard from: 1 of 2 = 50.00 %") != NULL,
              "%s", out);
    free(out);
}

Test(province, a_file_is_written_and_said_so)
{
    char *out = reporter_ok("province 93 --format csv -o %s/out.csv", clerk.reporter.folder),
         *text = file_read(words("%s/out.csv", clerk.reporter.folder));
    cr_assert(strncmp(text, "\xEF\xBB\xBF", 3) == 0 && strstr(text, ";31317;") != NULL, "%s", text);
    free(out);
    free(text);
}

Test(province, one_commune_in_full)
{
    char *out = reporter_ok("commune 31317");
    cr_assert(strstr(out, "Chi hội 1") != NULL && strstr(out, "2 of 1,000 = 0.20 %") != NULL &&
                  strstr(out, "missing: 498") != NULL,
              "%s", out);
    free(out);
}

/* ",,," */
static const char *empty(int cells)
{
    return words("%.*s", cells, ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,");
}

Test(province, the_csv_of_a_commune_has_what_it_is_and_its_targets_and_its_groups)
{
    char *out = reporter_ok("commune 31317 --plain");
    const char *head =
        "row,commune_code,name,kind,members,honorary,term,deadline,document,measure,form,comparator,decides,"
        "baseline,baseline_date,period,units,units_met,units_open,units_comparator,units_threshold,"
        "numerator,denominator,denominator_type,ratio,threshold,verdict,missing,"
        "source,source_date,as_of,standing,last_sync";
    const char *target =
        "target,31317,Không có cơ sở dưới 50%,,,,2017-2022,2022-03-01,NQ XII,members,"
        "none-below,at-least,true,,,term,,,,,,2,1000,women-18-plus,0.2000,50.0000,not-met,498,figure "
        "for tests,2017-12-31,,,";
    cr_assert(strncmp(out, head, strlen(head)) == 0, "%s", out);
    cr_assert(strstr(out, words("\ncommune,31317,Phường I,%s2018-12-31,not-met,20", empty(27))) != NULL, "%s",
              out);
    cr_assert(strstr(out, "+07:00\n") != NULL && strstr(out, target) != NULL, "%s", out);
    cr_assert(strstr(out, words("\ngroup,31317,Chi hội 1,chi-hoi,2,1%s\n", empty(27))) != NULL, "%s", out);
    free(out);
}

Test(province, the_csv_of_a_commune_for_excel_has_the_same_rows_in_words)
{
    char *out = reporter_ok("commune 31317 --format csv --lang vi");
    cr_assert(strncmp(out,
                      "\xEF\xBB\xBF"
                      "Dòng;Mã xã;Tên;",
                      20) == 0,
              "%s", out);
    cr_assert(strstr(out, "Xã;31317;Phường I;") != NULL &&
                  strstr(out, "Chỉ tiêu;31317;Không có cơ sở dưới 50%;") != NULL &&
                  strstr(out, ";0,2000;\"50,00 %\";Chưa đạt;498;") != NULL &&
                  strstr(out, "Tổ chức;31317;Chi hội 1;Chi hội;2;1;") != NULL,
              "%s", out);
    free(out);
}

Test(province, what_is_not_known_is_an_empty_cell)
{
    sql(&clerk.server.db, "delete from population");
    char *out = reporter_ok("province 93 --plain");
    cr_assert(strstr(out, "31317,Phường I,no-verdict,2,,women-18-plus,,50.0000,no-verdict,,,,20") != NULL,
              "%s", out);
    free(out);
}

Test(province, a_format_that_does_not_exist_is_refused)
{
    struct output o = reporter("province 93 --format xml");
    cr_assert(o.status == 2 && strstr(o.err, "--format takes table or csv") != NULL, "%d %s", o.status,
              o.err);
    output_free(&o);
}

Test(province, another_province_is_not_told_about)
{
    sql(&clerk.server.db,
        "insert into unit (level, code, name, parent, valid_from) select 2, '94', 'Tỉnh khác', "
        "id, 20040101 from unit where level = 1");
    const char *codes[] = {"94", "95"};
    char *texts[2];
    for (int i = 0; i < 2; i++) {
        struct output o = reporter("province %s", codes[i]);
        cr_assert_eq(o.status, 1);
        texts[i] = strdup(o.err);
        output_free(&o);
    }
    cr_assert_str_eq(texts[0], texts[1]);
    free(texts[0]);
    free(texts[1]);
}

Test(province, without_a_link_the_exit_status_is_3)
{
    server_kill(&clerk.server);
    struct output o = reporter("province 93");
    cr_assert_eq(o.status, 3, "%d %s", o.status, o.err);
    output_free(&o);
    server_restart(&clerk.server);
}
