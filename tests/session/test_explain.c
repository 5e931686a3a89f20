/* How a figure arises, told by the clerk's program: with changes that were not sent, and without a link. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

/* Beside the world's target: one of those present, by strict comparison, and a number of honorary members. */
static void begin(void)
{
    struct database db;
    clerk_world(&db);
    sql(&db,
        "update population set value = 9;"
        "insert into target (key, term, issuer, title, form, measure, comparator, threshold, "
        "denominator_type, deadline, document, decides) select 'TW-60', t.id, u.id, 'Trên 60%% phụ nữ có "
        "mặt', 1, 2, 2, 600000, 1, 20220301, 'NQ', false from unit u, term t where u.level = 1;"
        "insert into target (key, term, issuer, title, form, measure, comparator, threshold, deadline, "
        "document, decides) select 'TW-DD', t.id, u.id, 'Hội viên danh dự', 2, 3, 1, 1, 20220301, 'NQ', "
        "false from unit u, term t where u.level = 1");
    clerk_start(&db);
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("sync");
}

TestSuite(explain, .init = begin, .fini = clerk_end, .timeout = 60);

static void add(const char *name, const char *rest, const char *event)
{
    char id[16],
        *out = hoivien_ok(&clerk.device,
                          "member add --name '%s' --birth 1970 --group 'Chi hội 1' --anyway %s", name, rest);
    cr_assert(sscanf(strstr(out, "id "), "id %8[0-9a-f]", id) == 1, "%s", out);
    free(out);
    if (event != NULL)
        clerk_ok(event, id);
}

/* Eleven records: six reside here, one of them by a member organisation and one working away. */
static void fill(void)
{
    add("Lê Thị Một", "", NULL);
    add("Lê Thị Hai", "", "member event %s returned --date 1/2/2017");
    add("Lê Thị Ba", "--residence temporary --residence-since 30/6/2018", NULL);
    add("Lê Thị Bốn", "--away-since 3/2018", NULL);
    add("Lê Thị Năm", "--category organisation", NULL);
    add("Lê Thị Sáu", "", "member void %s");
    add("Ông Bảy", "--category honorary", NULL);
    add("Lê Thị Tám", "--category not-yet", NULL);
    add("Lê Thị Chín", "--residence temporary --residence-since 1/7/2018", NULL);
    add("Lê Thị Mười", "--residence temporary", NULL);
    add("Lê Thị Xa", "", "member event %s moved-out --date 12/2018");
}

Test(explain, records_are_told_by_reason_offline_and_with_what_is_not_sent)
{
    fill();
    server_kill(&clerk.server);
    const char *const rows[] = {"\nmembers,ordinary,4,true,residence,",
                                "\nmembers,organisation,1,true,organisation,",
                                "\nmembers,honorary,0,true,",
                                "\nmembers,void,1,false,void,",
                                "\nmembers,not-honorary,1,false,honorary-apart,",
                                "\nmembers,not-yet,1,false,not-yet,",
                                "\nmembers,moved-out,1,false,moved,",
                                "\nmembers,temporary-short,1,false,residence,",
                                "\nmembers,temporary-unknown,1,false,six-months,",
                                "\nmembers,away,0,false,present,",
                                "\nmembers,numerator,5,",
                                "\nmembers,records,11,",
                                "\nbase,denominator,9,",
                                "\nbase,denominator-date,2017-12-31,",
                                "\ncompare,left,5,",
                                "\ncompare,left-factor,1000000,",
                                "\ncompare,right,500000,",
                                "\ncompare,right-factor,9,",
                                "\ncompare,order,1,",
                                "\ncompare,verdict,met,",
                                "\nchange,not-met,-1,"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        clerk_says("explain 1 --plain", rows[i]);
    char *vi = hoivien_ok(&clerk.device, "explain 1 --plain --lang vi");
    cr_assert(strstr(vi, "step,key,value,counts,rule,source,source_date,in_force_since\n") == vi, "%s", vi);
    cr_assert(strstr(vi, "hpn.daknong.gov.vn") != NULL && strstr(vi, ",2023-04-25,") != NULL, "%s", vi);
    free(vi);
    server_restart(&clerk.server);
}

Test(explain, each_target_is_explained_with_the_numerator_that_target_shows)
{
    fill();
    clerk_says("target --plain", ",true,,,term,,,,,,5,9,women-18-plus,55.5556,50.0000,met,0,");
    clerk_says("target --plain", ",members-present,ratio,above,false,,,term,,,,,,4,9,");
    clerk_says("explain 2 --plain", "\nmembers,numerator,4,");
    clerk_says("explain tw-50 --plain", "\nmembers,numerator,5,");
    clerk_says("explain 2 --plain", "\nmembers,away,1,false,present,");
    clerk_says("explain 2 --plain", "\nchange,met,2,");
    clerk_says("target --plain", ",members-honorary,number,at-least,false,,,term,,,,,,1,,,,1,met,0,");
    clerk_says("explain 3 --plain", "\nmembers,honorary,1,true,honorary,");
    clerk_says("explain 3 --plain", "\nmembers,not-ordinary,");
    clerk_says("explain 3 --plain", "\nmembers,numerator,1,");
    clerk_says("explain 3 --plain", "\nchange,exceeded,1,");
    clerk_ok("sync");
    clerk_says("explain 1 --plain", "\ntarget,not-sent,0,");
    clerk_says("explain 1 --plain", "\nmembers,numerator,5,");
}

Test(explain, a_target_of_households_has_the_same_numerator_too)
{
    char id[16], *out;
    sql(&clerk.server.db,
        "insert into target (key, term, issuer, title, form, measure, comparator, threshold, "
        "deadline, document, decides) select 'TW-HO', t.id, u.id, 'Hộ có hội viên', 2, 5, 1, 5, "
        "20220301, 'NQ', false from unit u, term t where u.level = 1");
    clerk_ok("sync");
    out = hoivien_ok(&clerk.device, "household add --name 'Lê Văn Một'");
    cr_assert(sscanf(strstr(out, "id "), "id %8[0-9a-f]", id) == 1, "%s", out);
    free(out);
    add("Lê Thị Một", words("--household %s", id), NULL);
    add("Lê Thị Hai", words("--household %s", id), NULL);
    add("Lê Thị Ba", "", NULL);
    clerk_says("target --plain", ",households,number,at-least,false,,,term,,,,,,1,,,,5,not-met,4,");
    clerk_says("explain 'hộ có' --plain", "\nmembers,ordinary,3,true,");
    clerk_says("explain 'hộ có' --plain", "\nmembers,numerator,1,");
    clerk_says("explain 'hộ có' --plain", "\nmembers,unreferred,1,");
    clerk_says("explain 'hộ có'", "does not count persons but households, each once. Counted persons whose "
                                  "records name none of them: 1.");
    clerk_says("explain 'hộ có' --lang vi", "không đếm người mà đếm hộ gia đình, mỗi hộ gia đình một lần.");
    clerk_says("explain 'hộ có'", "change the result (households)");
    clerk_says("explain 'hộ có'", "- The household ratio is of the households with at least one member to");
    clerk_says_not("explain 'hộ có'", "Persons are counted, not memberships");
    clerk_says("explain 'hộ có' --plain", "\nmembers,counted-once,household,,households,");
    clerk_says("explain 1 --plain", "\nmembers,counted-once,member,,once,");
    clerk_says("explain 'hộ có'", "\n  4 more: Met.\n");
    add("Lê Văn Bốn", "--sex male", NULL);
    clerk_says("explain 1", "counted although the record says male: 1\n      - The list counts as it is");
    clerk_says("explain 1 --plain", "\nmembers,although-male,1,,as-listed,");
    clerk_says("explain 1 --plain", "\nmembers,although-young,0,,as-listed,");
}

Test(explain, a_denominator_is_told_by_the_rule_of_its_own_type)
{
    clerk_says("explain 1", "The denominator is the number of women of 18 or older as the");
    clerk_says("explain 1 --plain", "\nbase,denominator-type,women-18-plus,,denominator,");
    sql(&clerk.server.db, "update target set denominator_type = 3 where key = 'TW-60'");
    clerk_ok("sync");
    clerk_says("explain 2", "has as denominator the women of 18 or older who are present");
    clerk_says_not("explain 2", "The denominator is the number of women of 18 or older as the");
    clerk_says("explain 2 --plain", "\nbase,denominator-type,women-18-present,,denominator-present,");
    sql(&clerk.server.db, "update target set denominator_type = 4, measure = 5 where key = 'TW-60'");
    clerk_ok("sync");
    clerk_says("explain 2", "The denominator is the number of households with at least one woman");
    clerk_says("explain 2 --lang vi", "Mẫu số là số hộ gia đình có ít nhất một phụ nữ từ 18 tuổi trở lên.");
}

Test(explain, the_steps_are_told_in_words_of_both_languages)
{
    fill();
    const char *const vi[] = {"chưa gửi đi",
                              "Bước 1",
                              "Được tính: 5\n",
                              "Tạm trú chưa đủ 6 tháng: 1\n",
                              "Đắk Nông (hpn.daknong.gov.vn), ngày 25/04/2023",
                              "5 được tính + 6 không được tính = 11 hồ sơ.\n  Tử số là 5.\n",
                              "chốt cho cả nhiệm kỳ 2017-2022",
                              "figure for tests; số liệu ngày 31/12/2017",
                              "5 × 1.000.000 = 5.000.000\n",
                              "500.000 × 9 = 4.500.000\n",
                              "5.000.000 > 4.500.000. Kết quả: Đạt.",
                              "Bớt 1: Chưa đạt."};
    for (size_t i = 0; i < sizeof vi / sizeof vi[0]; i++)
        clerk_says("explain 1 --lang vi", vi[i]);
    const char *const en[] = {"not sent yet",
                              "Step 4",
                              "= 11 records.\n  The numerator is 5.\n",
                              "5,000,000 > 4,500,000. Result: Met.",
                              "frozen for the term 2017-2022",
                              "1 fewer: Not met."};
    for (size_t i = 0; i < sizeof en / sizeof en[0]; i++)
        clerk_says("explain 1", en[i]);
    clerk_says("explain 3", "nothing is divided");
    sql(&clerk.server.db, "delete from population");
    clerk_ok("sync");
    clerk_says("explain 1", "Result: Not enough data, as the figure of step 2 is missing.");
    clerk_says("explain 1", "There is no result yet that could change.");
}

Test(explain, a_target_is_named_by_its_number_or_part_of_its_title)
{
    clerk_says("target", "\n2. Trên 60% phụ nữ có mặt (");
    clerk_says("explain 'khong co co so'", "\n1. Không có cơ sở dưới 50% (");
    clerk_says("explain 'phu nu co mat'", "\n2. Trên 60% phụ nữ có mặt (");
    clerk_says("explain 60", "\n2. Trên 60% phụ nữ có mặt (");
    clerk_fails("explain 'có'", 2, "is part of several titles (numbers 1, 2)");
    clerk_fails("explain 4", 1, "There is no target \"4\"");
    clerk_fails("explain 99999999999999999999999", 1, "There is no target");
    clerk_fails("explain 0", 2, "several titles");
    clerk_fails("explain 1 2", 2, "\"2\" is one word too many");
}

Test(explain, the_rules_are_told_without_any_register)
{
    struct client_device none;
    scratch_make(none.folder);
    char *out = hoivien_ok(&none, "explain");
    cr_assert(strstr(out, "Categories of members") != NULL && strstr(out, "Forms of activity") != NULL &&
                  strstr(out, "once in 3 months, for 60-90 minutes") != NULL &&
                  strstr(out, "hoivien member event ID joined --date DATE") != NULL &&
                  strstr(out, "A Zalo group of 20") != NULL && strstr(out, "in force since 2022") != NULL,
              "%s", out);
    free(out);
    out = hoivien_ok(&none, "explain --plain --lang vi");
    cr_assert(strstr(out, "topic,rule,text,basis,source,source_date,in_force_since\n") == out, "%s", out);
    cr_assert(strstr(out, "\nactivity,mixed,") != NULL && strstr(out, ",inferred,") != NULL, "%s", out);
    free(out);
}
