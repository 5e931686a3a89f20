/* Asking members for what is missing, through the real programs. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static struct client_device two;

static void begin(void)
{
    clerk_begin();
    clerk_ok("group add --name 'Chi hội <1> & \"A\"' --type chi-hoi");
    clerk_ok("group add --name 'Chi hội 2' --type chi-hoi");
    clerk_ok("member add --name 'Nguyễn Thị Hoa' --birth 5/1970 --group 'Chi hội <1> & \"A\"' "
             "--occupation 'Làm vườn' --citizen-no 093170000001");
    clerk_ok("member add --name \"Trần Thị H'Mai\" --birth 1985 --group 'Chi hội <1> & \"A\"'");
    clerk_ok("member add --name 'Lê Thị Khác' --birth 1990 --group 'Chi hội 2'");
    clerk_ok("sync");
}

TestSuite(ask, .init = begin, .fini = clerk_end, .timeout = 60);

static void shows(const char *text, const char *in)
{
    cr_assert(strstr(in, text) != NULL, "\"%s\" is missing in %s", text, in);
}

static void hides(const char *text, const char *in)
{
    cr_assert(strstr(in, text) == NULL, "\"%s\" is in %s", text, in);
}

static void rows_are(const struct client_device *d, const char *options, const char *count)
{
    char *rows = hoivien_ok(d, "member to-ask %s --plain | tail -n +2 | wc -l", options);
    cr_assert_str_eq(rows, count, "%s: %s", options, rows);
    free(rows);
}

/* Name, field, state and date of the rows, without ids. */
static char *list_of(const struct client_device *d, const char *options)
{
    return hoivien_ok(d, "member to-ask %s --plain | cut -d, -f2,3,5-", options);
}

Test(ask, who_lacks_what_is_listed_until_it_is_filled_in_or_declined)
{
    rows_are(&clerk.device, "", "43\n");
    rows_are(&clerk.device, "--group 'Chi hội 2'", "15\n");
    clerk_ok("member ask --search hoa --field phone --state asked --date 24/12/2018");
    clerk_ok("member ask --search mai --field phone --state declined");
    clerk_ok("member edit --search khac --phone 0912345678");
    char *list = list_of(&clerk.device, "--field phone");
    cr_assert_str_eq(list, "name,birth,field,state,date\nNguyễn Thị Hoa,1970-05,phone,asked,2018-12-24\n");
    free(list);
    clerk_ok("member edit --search hoa --phone 0987654321");
    rows_are(&clerk.device, "--field phone", "0\n");
    clerk_ok("member ask --search mai --field phone --state not-asked");
    list = list_of(&clerk.device, "--field phone");
    cr_assert_str_eq(list, "name,birth,field,state,date\nTrần Thị H'Mai,1985,phone,not-asked,\n");
    free(list);
    rows_are(&clerk.device, "", "41\n");
}

Test(ask, who_has_given_it_is_passed_over_and_a_field_is_named_by_its_words)
{
    clerk_ok("member edit --search hoa --phone 0987654321");
    struct output o =
        hoivien(&clerk.device, "member ask --group 'Chi hội <1> & \"A\"' --field 'Điện thoại' --state asked");
    shows("noted \"Asked\". Members: 1.", o.out);
    shows("because their records have it: 1.", o.err);
    output_free(&o);
    char *list = hoivien_ok(&clerk.device, "question list | sed 's/  */ /g'");
    shows("Trần Thị H'Mai Phone Asked 31/12/2018\n", list);
    hides("Hoa", list);
    free(list);
    rows_are(&clerk.device, "--field 'so cccd' --in-group 'Chi hội 2'", "1\n");
    list = hoivien_ok(&clerk.device, "member list --missing 'Điện thoại' --columns name --plain");
    cr_assert_str_eq(list, "name\nTrần Thị H'Mai\nLê Thị Khác\n");
    free(list);
    list = hoivien_ok(&clerk.device, "member list --where 'Full name=Lê Thị Khác' --columns name --plain");
    cr_assert_str_eq(list, "name\nLê Thị Khác\n");
    free(list);
}

Test(ask, only_who_stands_today_is_on_the_list)
{
    clerk_ok("member event --search khac left --date 2/12/2018");
    clerk_ok("member edit --search mai --category not-yet");
    char *list = list_of(&clerk.device, "--field phone");
    shows("Hoa", list);
    hides("Mai", list);
    hides("Khác", list);
    free(list);
}

Test(ask, a_voided_question_is_asked_anew)
{
    clerk_ok("member ask --search hoa --field phone --state declined");
    rows_are(&clerk.device, "--field phone", "2\n");
    clerk_ok("question void $(%s/client/hoivien --dir %s question list --columns id --plain | "
             "tail -n 1)",
             HV_BIN, clerk.device.folder);
    rows_are(&clerk.device, "--field phone", "3\n");
    clerk_ok("member ask --search hoa --field phone --state declined");
    rows_are(&clerk.device, "--field phone", "2\n");
    clerk_ok("sync");
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from questions"), 1);
}

Test(ask, a_question_is_edited_by_its_own_state_and_listed_by_that_of_the_filter)
{
    clerk_ok("member ask --search hoa --field phone --state asked");
    clerk_ok("question edit --in-group 'Chi hội <1> & \"A\"' --state declined");
    rows_are(&clerk.device, "--field phone", "2\n");
    char *list = hoivien_ok(&clerk.device, "question list --state voided --columns state --plain");
    cr_assert_str_eq(list, "state\n");
    free(list);
    list = hoivien_ok(&clerk.device, "question list --columns state --plain");
    cr_assert_str_eq(list, "state\ndeclined\n");
    free(list);
}

static void refused(const char *text, int status, const char *command)
{
    struct output o = hoivien(&clerk.device, "%s", command);
    cr_assert_eq(o.status, status, "%s: %d %s", command, o.status, o.err);
    shows(text, o.err);
    output_free(&o);
}

Test(ask, what_cannot_be_asked_is_refused_with_what_can)
{
    refused("citizen-no, card-no", 2, "member ask --search hoa --field birth --state asked");
    refused("\"shoe\" is nothing to ask for", 2, "member to-ask --field shoe");
    refused("--state takes not-asked", 2, "member ask --search hoa --field phone --state perhaps");
    refused("--state takes not-asked", 2, "member ask --search hoa --field phone");
    refused("Give the field", 2, "member ask --search hoa --state asked");
    refused("Give one or more ids", 2, "member ask --field phone --state asked");
    refused("is no date", 2, "member ask --search hoa --field phone --state asked --date 31/2/2018");
    refused("Give the group", 2, "member sheet");
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from questions"), 0);
}

Test(ask, two_devices_ask_the_same_member_for_different_fields_and_nothing_is_lost)
{
    device_make(&two, &clerk.server, "31317", NULL);
    clerk_ok("member ask --search hoa --field phone --state asked");
    free(hoivien_ok(&two, "member ask --search hoa --field religion --state declined"));
    free(hoivien_ok(&two, "member ask --search hoa --field ethnic-code --state asked --date 1/12/2018"));
    clerk_ok("sync");
    free(hoivien_ok(&two, "sync"));
    clerk_ok("sync");
    char *a = list_of(&clerk.device, ""), *b = list_of(&two, "");
    cr_assert_str_eq(a, b);
    shows("Nguyễn Thị Hoa,1970-05,phone,asked,2018-12-31\n", a);
    shows("Nguyễn Thị Hoa,1970-05,ethnic-code,asked,2018-12-01\n", a);
    hides("Hoa,1970-05,religion", a);
    free(a);
    free(b);
    char *status = hoivien_ok(&clerk.device, "status");
    shows("Not sent: 0 changes. Refused: 0. Edited elsewhere too: 0.", status);
    free(status);
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from questions"), 3);
    clerk_verify();
}

Test(ask, two_devices_that_ask_the_same_make_one_question)
{
    device_make(&two, &clerk.server, "31317", NULL);
    clerk_ok("member ask --search hoa --field phone --state asked");
    free(hoivien_ok(&two, "member ask --search hoa --field phone --state declined"));
    for (int i = 0; i < 2; i++) {
        clerk_ok("sync");
        free(hoivien_ok(&two, "sync"));
    }
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from questions"), 1);
    rows_are(&clerk.device, "--field phone", "2\n");
    rows_are(&two, "--field phone", "2\n");
}

Test(ask, the_sheet_has_no_more_than_is_asked_for)
{
    clerk_ok("member ask --search mai --field occupation --state declined");
    const char *path = words("%s/sheet.html", clerk.device.folder);
    char *said = hoivien_ok(&clerk.device, "member sheet --group 'Chi hội <1> & \"A\"' -o %s", path);
    shows("Members on the sheet: 2.", said);
    free(said);
    char *sheet = run_ok("cat %s", path);
    shows("Chi hội &lt;1&gt; &amp; &quot;A&quot;", sheet);
    shows("A4 landscape", sheet);
    shows("<td class=\"w\">Nguyễn Thị Hoa</td><td class=\"y\">1970</td>", sheet);
    shows("<td class=\"w\">Trần Thị H&#39;Mai</td><td class=\"y\">1985</td>", sheet);
    shows("<th>Điện thoại</th>", sheet);
    hides("Khác", sheet);
    hides("Làm vườn", sheet);
    hides("093170000001", sheet);
    hides("<th>Nghề nghiệp</th>", sheet);
    hides("Mã tôn giáo", sheet);
    hides("Mã dân tộc", sheet);
    hides("http", sheet);
    free(sheet);
    char *mode = run_ok("stat -c %%a %s", path);
    cr_assert_str_eq(mode, "600\n");
    free(mode);
}

Test(ask, a_sheet_leaves_out_whom_there_is_nothing_to_ask)
{
    static const char *const fields[] = {
        "sex",   "citizen-no", "card-no",    "residence",  "permanent-address", "present-address",
        "phone", "education",  "profession", "occupation", "household-head",    "household-relation"};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        clerk_ok("member ask --search mai --field %s --state declined", fields[i]);
    char *sheet = hoivien_ok(&clerk.device, "member sheet --group 'Chi hội <1> & \"A\"'");
    shows("Nguyễn Thị Hoa", sheet);
    hides("Mai", sheet);
    free(sheet);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        clerk_ok("member ask --search hoa --field %s --state declined", fields[i]);
    refused("nobody is left to be asked", 1, "member sheet --group 'Chi hội <1> & \"A\"'");
}

Test(ask, the_report_counts_what_was_asked_and_declined)
{
    clerk_ok("member ask --search hoa --field phone --state asked");
    clerk_ok("member ask --search mai --field phone --state declined");
    clerk_ok("member ask --search hoa --field occupation --state declined");
    char *report = hoivien_ok(&clerk.device, "report data --plain");
    shows("fields,phone,missing,3", report);
    shows("fields,phone,asked,1", report);
    shows("fields,phone,declined,1", report);
    shows("fields,occupation,declined,0", report);
    free(report);
}

Test(ask, who_has_a_household_or_is_vietnamese_is_not_asked_for_what_is_known)
{
    clerk_ok("household add --name 'Lê Văn Chủ Hộ'");
    rows_are(&clerk.device, "--field household-head", "3\n");
    rows_are(&clerk.device, "--field nationality", "0\n");
    clerk_ok("member edit --search hoa --household 'Lê Văn Chủ Hộ'");
    clerk_ok("member edit --search khac --category honorary");
    rows_are(&clerk.device, "--field household-head", "2\n");
    rows_are(&clerk.device, "--field household-relation", "3\n");
    clerk_ok("household edit --search 'chu ho' --name 'Nguyễn Thị Hoa'");
    rows_are(&clerk.device, "--field household-relation", "2\n");
    char *list = list_of(&clerk.device, "--field nationality");
    cr_assert_str_eq(list, "name,birth,field,state,date\nLê Thị Khác,1990,nationality,not-asked,\n");
    free(list);
    char *report = hoivien_ok(&clerk.device, "report data --plain");
    shows("fields,nationality,missing,1,1", report);
    shows("fields,household-head,missing,2,2", report);
    free(report);
    char *sheet = hoivien_ok(&clerk.device, "member sheet --group 'Chi hội <1> & \"A\"'");
    hides("<th>Quốc tịch</th>", sheet);
    free(sheet);
}

Test(ask, that_she_declined_is_told_to_whom_asked_later)
{
    device_make(&two, &clerk.server, "31317", NULL);
    clerk_ok("sync");
    free(hoivien_ok(&two, "sync"));
    free(hoivien_ok(&two, "member ask --search hoa --field phone --state declined"));
    free(hoivien_ok(&two, "sync"));
    clerk_ok("question add --member 'Nguyễn Thị Hoa' --field phone --state asked");
    clerk_says("question list --columns date --plain", "2018-12-31");
    clerk_ok("sync");
    clerk_says("status", "Nguyễn Thị Hoa");
    clerk_says("status", "She did not want to give it; so that nobody asks again: hoivien question edit ");
}

Test(ask, a_sheet_of_a_group_without_members_says_so)
{
    clerk_ok("group add --name 'Chi hội 9' --type chi-hoi");
    refused("\"Chi hội 9\" has no members at present", 1, "member sheet --group 'Chi hội 9'");
    refused("Branch: no group is named \"Chi hội 777\"", 1, "member sheet --group 'Chi hội 777'");
}
