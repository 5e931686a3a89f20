/* Lists as communes have them, through the real program: what goes in, what is left out and why. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static void begin(void)
{
    clerk_begin();
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
}

TestSuite(import, .init = begin, .fini = clerk_end, .timeout = 60);

static const char *list_path(void)
{
    return words("%s/list.csv", clerk.device.folder);
}

static const char *bad_path(void)
{
    return words("%s/list.csv.loi.csv", clerk.device.folder);
}

static char *import(const char *options, const char *text)
{
    file_write(list_path(), text);
    return hoivien_ok(&clerk.device, "member import %s %s", options, list_path());
}

static int members(void)
{
    char *list = hoivien_ok(&clerk.device, "member list --columns id --plain | tail -n +2 | wc -l");
    int n = atoi(list);
    free(list);
    return n;
}

static bool listed(const char *columns, const char *row)
{
    char *list = hoivien_ok(&clerk.device, "member list --columns %s --plain", columns);
    bool found = strstr(list, row) != NULL;
    free(list);
    return found;
}

static bool bad_has(const char *text)
{
    char *bad = file_read(bad_path());
    bool found = strstr(bad, text) != NULL;
    if (!found)
        cr_log_warn("the file of bad lines is:\n%s", bad);
    free(bad);
    return found;
}

Test(import, vietnamese_headings_with_bom_and_semicolons)
{
    free(import("", "\xEF\xBB\xBFSTT;Họ và tên;Năm sinh;Chi hội;Số CCCD;Dân tộc\n1;Nguyễn Thị Hoà;1970;chi "
                    "hoi 1;093170000001;01\n"));
    cr_assert(listed("name,birth,citizen-no,ethnic-code", "Nguyễn Thị Hoà,1970,093170000001,01"));
}

Test(import, english_headings_with_commas_and_all_ways_to_write_a_date)
{
    free(import("", "name,birth,group\nA Thị Một,05/03/1971,Chi hội 1\nA Thị Hai,3/1972,Chi hội 1\nA Thị "
                    "Ba,1973,Chi hội 1\nA Thị Bốn,1974-12-31,Chi hội 1\n"));
    cr_assert(listed("name,birth", "A Thị Một,1971-03-05") && listed("name,birth", "A Thị Hai,1972-03") &&
              listed("name,birth", "A Thị Ba,1973") && listed("name,birth", "A Thị Bốn,1974-12-31"));
}

Test(import, good_lines_go_in_and_bad_ones_into_a_file_with_line_field_and_reason)
{
    char *out = import("", "Họ và tên;Ngày sinh;Chi hội;Số CCCD\n"
                           "Lê Thị Tốt;1970;Chi hội 1;\n"
                           "Lê Thị Sai Ngày;31/02/1970;Chi hội 1;\n"
                           ";1970;Chi hội 1;\n"
                           "Lê Thị Lạc;1970;Chi hội 9;\n"
                           "Lê Thị Mũ;1970;Chi hội 1;9,317E+10\n"
                           "Lê Thị Mất Số;1970;Chi hội 1;93170000001\n");
    cr_assert_eq(members(), 1);
    cr_assert(bad_has(";3;") && bad_has("31/02/1970") && bad_has("Date of birth"));
    cr_assert(bad_has(";4;") && bad_has("Full name"));
    cr_assert(bad_has(";5;") && bad_has("no group is named"));
    cr_assert(bad_has(";6;") && bad_has("exponent"));
    cr_assert(bad_has(";7;") && bad_has("leading 0"));
    free(out);
}

Test(import, the_mended_file_of_bad_lines_can_be_imported)
{
    free(import("", "Họ và tên;Ngày sinh;Chi hội\nLê Thị Sai;1870;Chi hội 1\n"));
    cr_assert_eq(members(), 0);
    free(run_ok("sed -i 's/1870/1970/' %s", bad_path()));
    clerk_ok("member import %s", bad_path());
    cr_assert_eq(members(), 1);
}

Test(import, check_changes_nothing)
{
    char *out = import("--check", "name;birth;group\nTrần Thị Thử;1970;Chi hội 1\n");
    cr_assert(strstr(out, "would add 1") != NULL, "%s", out);
    cr_assert_eq(members(), 0);
    free(out);
}

Test(import, the_same_file_twice_adds_nobody)
{
    const char *text = "name;birth;group;citizen-no\nTrần Thị Một;1970;Chi hội 1;093170000001\nTrần Thị "
                       "Hai;1971;Chi hội 1;\n";
    free(import("", text));
    free(import("", text));
    cr_assert_eq(members(), 2);
}

Test(import, a_known_citizen_number_updates)
{
    free(import("", "name;birth;group;citizen-no\nTrần Thị Một;1970;Chi hội 1;093170000001\n"));
    char *out = import(
        "", "name;birth;group;citizen-no;phone\nTrần Thị Mốt;1970;Chi hội 1;093170000001;0912345678\n");
    cr_assert_eq(members(), 1);
    cr_assert(listed("name,phone", "Trần Thị Mốt,0912345678"), "%s", out);
    free(out);
}

Test(import, an_exported_id_updates_and_an_empty_cell_leaves_untouched)
{
    free(import("", "name;birth;group;phone\nTrần Thị Một;1970;Chi hội 1;0912345678\n"));
    clerk_ok("member export --plain --columns id,name,phone %s", list_path());
    free(run_ok("sed -i 's/Trần Thị Một/Trần Thị Mới/; s/0912345678//' %s", list_path()));
    clerk_ok("member import %s", list_path());
    cr_assert_eq(members(), 1);
    cr_assert(listed("name,phone", "Trần Thị Mới,0912345678"));
}

Test(import, an_export_comes_back_as_it_was)
{
    free(import(
        "", "name;birth;group;phone;occupation;core\nTrần Thị Một;5/1970;Chi hội 1;0912345678;=1+1;có\n"));
    clerk_ok("sync");
    clerk_ok("member export %s", list_path());
    char *out = hoivien_ok(&clerk.device, "member import %s", list_path());
    char *status = hoivien_ok(&clerk.device, "status");
    cr_assert(strstr(status, "Not sent: 0") != NULL,
              "an export that is imported again changes something: %s%s", out, status);
    free(out);
    free(status);
}

Test(import, likely_duplicates_are_named_and_not_added)
{
    char *out = import("", "name;birth;group\nNguyễn Thị Hoà;12/05/1970;Chi hội 1\n");
    cr_assert(strstr(out, "1 line imported: 1 added") != NULL, "%s", out);
    free(out);
    out =
        import("", "name;birth;group\nNGUYEN THI HOA;1970;Chi hội 1\nNguyễn Thị Hoà;13/05/1970;Chi hội 1\n");
    cr_assert_eq(members(), 2, "the one born on another day is somebody else");
    cr_assert(
        strstr(out,
               "2 lines imported: 1 added, 0 changed, 0 unchanged, 1 left out (likely duplicates: 1).") !=
            NULL,
        "%s", out);
    free(out);
    free(import("--anyway", "name;birth;group\nNguyễn Thị Hoà;1970;Chi hội 1\n"));
    cr_assert_eq(members(), 3);
}

Test(import, a_joining_date_becomes_an_event)
{
    free(import("", "name;birth;group;Ngày vào Hội\nTrần Thị Một;1970;Chi hội 1;03/2015\n"));
    char *events = hoivien_ok(&clerk.device, "event list --columns type,date --plain");
    cr_assert(strstr(events, "joined,2015-03") != NULL, "%s", events);
    free(events);
}

Test(import, groups_that_the_file_names_are_added_when_asked_for)
{
    free(import("--add-groups",
                "name;birth;group\nTrần Thị Một;1970;Chi hội 2\nTrần Thị Hai;1970;CLB Dưỡng sinh\n"));
    char *groups = hoivien_ok(&clerk.device, "group list --columns name,type --plain");
    cr_assert(strstr(groups, "Chi hội 2,chi-hoi") != NULL &&
                  strstr(groups, "CLB Dưỡng sinh,cau-lac-bo") != NULL,
              "%s", groups);
    free(groups);
}

Test(import, a_file_without_a_required_column_is_refused_by_name)
{
    file_write(list_path(), "Họ và tên;Chi hội\nA;Chi hội 1\n");
    struct output o = hoivien(&clerk.device, "member import %s", list_path());
    cr_assert_eq(o.status, 1);
    cr_assert(strstr(o.err, "Date of birth") != NULL, "%s", o.err);
    output_free(&o);
}

Test(import, a_file_that_is_not_utf8_is_refused_with_its_line)
{
    file_write(list_path(), "name;birth;group\nA \xC3\x28;1970;Chi hội 1\n");
    struct output o = hoivien(&clerk.device, "member import %s", list_path());
    cr_assert_eq(o.status, 1);
    cr_assert(strstr(o.err, "2") != NULL && strstr(o.err, "UTF-8") != NULL, "%s", o.err);
    output_free(&o);
}

Test(import, a_line_with_a_bad_event_is_left_out_whole)
{
    char *out = import(
        "", words("name;birth;group;Ngày vào Hội;Số quyết định\nTrần Thị Một;1970;Chi hội 1;03/2015;%0600d\n",
                  1));
    cr_assert_eq(members(), 0, "%s", out);
    cr_assert(bad_has("Một") && strstr(out, "0 added") != NULL, "%s", out);
    free(out);
}

Test(import, a_joining_date_that_comes_later_is_noted_once)
{
    free(import("", "name;birth;group;citizen-no\nTrần Thị Một;1970;Chi hội 1;093170000001\n"));
    for (int i = 0; i < 2; i++)
        free(import(
            "", "name;birth;group;citizen-no;Ngày vào Hội\nTrần Thị Một;1970;Chi hội 1;093170000001;2015\n"));
    char *events = hoivien_ok(&clerk.device, "event list --columns type,date --plain | tail -n +2");
    cr_assert_str_eq(events, "joined,2015\n");
    free(events);
}

Test(import, a_citizen_number_of_somebody_else_writes_over_nobody)
{
    free(import("", "name;birth;group;citizen-no\nLê Thị Mốt;1980;Chi hội 1;093180000999\nTrần Thị "
                    "Hai;1990;Chi hội 1;093180000999\n"));
    cr_assert_eq(members(), 1);
    cr_assert(listed("name", "Lê Thị Mốt") && bad_has("Trần Thị Hai") && bad_has("Citizen number"));
    struct output o =
        hoivien(&clerk.device,
                "member add --name 'Phan Thị Ba' --birth 1985 --group 'Chi hội 1' --citizen-no 093180000999");
    cr_assert(o.status == 1 && strstr(o.err, "citizen number") != NULL, "%d %s", o.status, o.err);
    output_free(&o);
}

static void refused(const char *text, const char *command)
{
    struct output o = hoivien(&clerk.device, "%s", command);
    cr_assert(o.status == 1 && strstr(o.err, text) != NULL, "%s: %d %s", command, o.status, o.err);
    output_free(&o);
}

Test(import, a_wrong_form_is_answered_by_the_right_one_in_both_languages)
{
    static const char *const rows[][3] = {
        {"--phone abc", "for example 0912345678", "ví dụ 0912345678"},
        {"--citizen-no 12345", "exactly 12 digits", "đúng 12 chữ số"},
        {"--ethnic-code 123", "exactly two digits", "đúng hai chữ số"},
        {"--name '<b>'", "only digits, blanks", "chỉ gồm chữ, số"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *command =
            words("member add --name 'A Thị Một' --birth 1970 --group 'Chi hội 1' %s", rows[i][0]);
        refused(rows[i][1], words("%s --lang en", command));
        refused(rows[i][2], words("%s --lang vi", command));
    }
}

static void says(const char *text, const char *lines)
{
    file_write(list_path(), lines);
    struct output o = hoivien(&clerk.device, "member import %s", list_path());
    cr_assert(o.status == 0 && (strstr(o.err, text) != NULL || strstr(o.out, text) != NULL), "%d %s%s",
              o.status, o.err, o.out);
    output_free(&o);
}

Test(import, a_citizen_number_may_be_given_all_the_same_and_a_name_corrected_by_id)
{
    free(import("", "name;birth;group;citizen-no\nLê Thị Mốt;1980;Chi hội 1;093180000999\n"));
    refused("edit that record",
            "member add --name 'Phan Thị Ba' --birth 1985 --group 'Chi hội 1' --citizen-no "
            "093180000999");
    clerk_ok("member add --name 'Phan Thị Ba' --birth 1985 --group 'Chi hội 1' --citizen-no "
             "093180000999 --anyway");
    char *id = hoivien_ok(
        &clerk.device, "member list --search mot --columns id --plain | tail -n 1 | tr -d '\\n' | tail -c 8");
    says("1 changed", words("id;name;birth;citizen-no\n%s;Trần Thị Hoa;1981;093180000999\n", id));
    cr_assert(listed("name,birth", "Trần Thị Hoa,1981"));
    free(id);
}

Test(import, an_id_does_not_take_the_citizen_number_of_another)
{
    free(import(
        "", "name;birth;group;citizen-no\nLê Thị Mốt;1980;Chi hội 1;093180000999\nLê Thị Hai;1981;Chi hội "
            "1;093181000998\nLê Thị Ba;1982;Chi hội 1;\n"));
    char *id = hoivien_ok(&clerk.device,
                          "member list --search 'thi ba' --columns id --plain | tail -n 1 | tr -d '\\n'");
    char *other = hoivien_ok(&clerk.device,
                             "member list --search 'mot' --columns id --plain | tail -n 1 | tr -d '\\n'");
    says("1 left out", words("id;citizen-no\n%s;093180000999\n", id));
    says("2 changed", words("id;citizen-no\n%s;093180000997\n%s;093180000999\n", other, id));
    free(id);
    free(other);
}

Test(import, what_is_as_it_was_is_counted_apart_and_not_sent)
{
    const char *text =
        "name;birth;group;citizen-no;Ngày vào Hội\nTrần Thị Một;1970;Chi hội 1;093170000001;2015\n";
    free(import("", text));
    clerk_ok("sync");
    says("0 changed, 1 unchanged", text);
    char *status = hoivien_ok(&clerk.device, "status");
    cr_assert(strstr(status, "Not sent: 0") != NULL, "%s", status);
    free(status);
}

Test(import, what_is_doubtful_in_a_line_goes_in_and_is_told)
{
    static const char *const rows[][2] = {
        {"Line 2, note: the date of joining lies in the future", "A Thị Một;1970;Chi hội 1;2031;"},
        {"Line 2, note: the date of joining lies before the date of birth", "A Thị Hai;1970;Chi hội 1;1960;"},
        {"Line 2, note: she joined before she was 18", "A Thị Ba;1970;Chi hội 1;1980;"},
        {"leading 0", "A Thị Bốn;1970;Chi hội 1;;912345678"},
        {"leading 0", "A Thị Năm;1970;Chi hội 1;;2838221234"},
        {"Not yet 18", "A Thị Sáu;2005;Chi hội 1;;"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        says(rows[i][0], words("name;birth;group;joined;phone\n%s\n", rows[i][1]));
    cr_assert_eq(members(), 6);
    cr_assert(listed("name,phone", "A Thị Bốn,0912345678") && listed("name,phone", "A Thị Năm,02838221234"));
    char *id = hoivien_ok(&clerk.device,
                          "member list --search 'thi hai' --columns id --plain | tail -n 1 | tr -d '\\n'");
    says("a decision without a date", words("id;Số quyết định\n%s;12/QĐ\n", id));
    says("has 1960 as the date of joining", words("id;joined\n%s;1961\n", id));
    free(id);
}

Test(import, of_many_doubtful_lines_the_first_twenty_are_told)
{
    char text[4000] = "name;birth;group\n";
    for (int i = 0; i < 23; i++)
        strcat(text, words("A Thị X%d;2005;Chi hội 1\n", i));
    says("and 3 more", text);
}

Test(import, a_file_without_a_line_of_data_is_refused)
{
    static const char *const files[] = {"name;birth;group\n", "", "\n\n"};
    for (size_t i = 0; i < 3; i++) {
        file_write(list_path(), files[i]);
        refused("no line of data", words("member import %s", list_path()));
    }
}

Test(import, a_list_of_courses_may_call_them_lop)
{
    file_write(list_path(), "Lớp,Ngày\nLớp tính tỷ lệ,05/2018\n");
    clerk_ok("course import %s", list_path());
    char *list = hoivien_ok(&clerk.device, "course list --columns name,date --plain");
    cr_assert_str_eq(list, "name,date\nLớp tính tỷ lệ,2018-05\n");
    free(list);
}
