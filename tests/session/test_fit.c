/* What records must fit beyond themselves, and what is said of them, through the real program. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static void begin(void)
{
    clerk_begin();
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("group add --name 'Tổ 1' --type to --parent 'Chi hội 1'");
    clerk_ok("group add --name 'CLB Ca' --type cau-lac-bo");
    clerk_ok("officer add --name 'Lê Thị Hai' --birth 1970");
    clerk_ok("member add --name 'A Thị Một' --birth 1970 --group 'Chi hội 1'");
}

TestSuite(fit, .init = begin, .fini = clerk_end, .timeout = 120);

static void refused(const char *field, const char *text, const char *command)
{
    struct output o = hoivien(&clerk.device, "%s", command);
    cr_assert(o.status == 1 && strstr(o.err, field) != NULL && strstr(o.err, text) != NULL, "%s: %d %s%s",
              command, o.status, o.out, o.err);
    output_free(&o);
}

/* What stands in standard error ("" for a silent command); the command itself succeeds. */
static void told(const char *text, const char *command)
{
    struct output o = hoivien(&clerk.device, "%s", command);
    cr_assert(o.status == 0 && (*text != '\0' ? strstr(o.err, text) != NULL : strstr(o.err, "Note") == NULL),
              "%s: %d %s%s", command, o.status, o.out, o.err);
    output_free(&o);
}

static void said(const char *text, const char *command)
{
    char *out = hoivien_ok(&clerk.device, "%s", command);
    cr_assert(strstr(out, text) != NULL, "%s: %s", command, out);
    free(out);
}

static void count_is(const char *kind, int count)
{
    char *list = hoivien_ok(&clerk.device, "%s list --columns id --plain | tail -n +2 | wc -l", kind);
    cr_assert_eq(atoi(list), count, "%s: %s", kind, list);
    free(list);
}

static const char *id_of(const char *kind)
{
    char *list = hoivien_ok(&clerk.device, "%s list --columns id --plain | tail -n 1 | tr -d '\\r\\n'", kind);
    const char *id = words("%s", list);
    free(list);
    return id;
}

/* ---- groups ---- */

Test(fit, a_head_is_of_a_group_of_her_type)
{
    refused("Group: ", "Head of a club",
            "post add --officer 'Lê Thị Hai' --type club-head --group 'Chi hội 1'");
    refused("Group: ", "say of which", "post add --officer 'Lê Thị Hai' --type chi-hoi-head");
    refused("Group: ", "belongs to no group",
            "post add --officer 'Lê Thị Hai' --type commune-president --group 'Tổ 1'");
    clerk_ok("post add --officer 'Lê Thị Hai' --type to-head --group 'Tổ 1'");
    const char *post = id_of("post");
    refused("Group: ", "this group is a", words("post edit %s --group 'CLB Ca'", post));
    refused("Group: ", "this group is a", words("post edit %s --type club-head", post));
    refused("Group: ", "say of which", words("post edit %s --group ''", post));
    clerk_ok("post edit %s --type club-head --group 'CLB Ca'", post);
    clerk_ok("post edit %s --type commune-president --group ''", post);
    clerk_ok("post add --officer 'Lê Thị Hai' --type volunteer");
    clerk_ok("post add --officer 'Lê Thị Hai' --type collaborator --group 'CLB Ca'");
}

Test(fit, only_a_chi_hoi_has_groups_below_it)
{
    refused("Belongs to: ", "below no other",
            "group add --name 'Chi hội 2' --type chi-hoi --parent 'CLB Ca'");
    refused("Belongs to: ", "only a chi hội", "group add --name 'Tổ 2' --type to --parent 'Tổ 1'");
    clerk_ok("group add --name 'Tổ 2' --type to");
    refused("Belongs to: ", "only a chi hội", "group edit --search 'to 2' --parent 'CLB Ca'");
    refused("Belongs to: ", "below no other", "group edit --search 'to 1' --type chi-hoi");
    refused("Type: ", "this one has 1", "group edit --search 'chi hoi 1' --type nhom");
    clerk_ok("group edit --search 'to 2' --parent 'Chi hội 1'");
    clerk_ok("group edit --search 'to 2' --type nhom");
}

Test(fit, a_file_is_held_to_the_same)
{
    const char *file = words("%s/posts.csv", clerk.device.folder);
    file_write(file, "officer;type;group;communes\n"
                     "Lê Thị Hai;club-head;Chi hội 1;\n"
                     "Lê Thị Hai;club-head;CLB Ca;\n"
                     "Lê Thị Hai;collaborator;;31318,99999,abc\n"
                     "Lê Thị Hai;district-officer;;\n");
    struct output o = hoivien(&clerk.device, "post import %s", file);
    cr_assert(o.status == 0 && strstr(o.out, "1 added") != NULL, "%s%s", o.out, o.err);
    cr_assert(strstr(o.err, "Line 2: Group: ") != NULL, "%s", o.err);
    cr_assert(strstr(o.err, "Line 4: Communes assigned: \"abc\"") != NULL, "%s", o.err);
    cr_assert(strstr(o.err, "Line 5: Type: ") != NULL, "%s", o.err);
    output_free(&o);
}

Test(fit, communes_are_named_by_their_codes)
{
    refused("Communes assigned: ", "\"abc\"",
            "post add --officer 'Lê Thị Hai' --type collaborator --communes 31318,99999,abc");
    clerk_ok("post add --officer 'Lê Thị Hai' --type collaborator --communes '31318, 99999'");
    said("among the codes 31318, 99999", "sync");
    said("31318, 99999", "status");
}

Test(fit, posts_of_the_province_are_the_provinces)
{
    refused("Type: ", "province", "post add --officer 'Lê Thị Hai' --type district-officer");
    refused("Type: ", "province", "post add --officer 'Lê Thị Hai' --type province-officer");
    clerk_ok("post add --officer 'Lê Thị Hai' --type volunteer");
    refused("Type: ", "province", "post edit --search 'le thi hai' --type district-officer");
}

Test(fit, posts_that_a_group_of_another_type_leaves_behind_are_told)
{
    clerk_ok("post add --officer 'Lê Thị Hai' --type club-head --group 'CLB Ca'");
    told("", "group edit --search 'clb ca' --note x");
    told("1 of its posts", "group edit --search 'clb ca' --type nhom");
    clerk_ok("group edit --search 'clb ca' --type cau-lac-bo");
    clerk_ok("post void --search 'le thi hai'");
    told("", "group edit --search 'clb ca' --type nhom");
}

/* ---- questions ---- */

Test(fit, a_question_names_its_field_by_a_word)
{
    refused("Field: ", "999", "question add --member 'A Thị Một' --field 999");
    refused("Field: ", "phone", "question add --member 'A Thị Một' --field 2");
    clerk_ok("question add --member 'A Thị Một' --field phone --state asked");
    said("Phone", "question list --columns field");
    said("phone", "question list --columns field --plain");
    const char *file = words("%s/questions.csv", clerk.device.folder);
    file_write(file, "member;field;state\nA Thị Một;Nghề nghiệp;asked\nA Thị Một;citizen_no;asked\n"
                     "A Thị Một;15;declined\nA Thị Một;birth;asked\n");
    struct output o = hoivien(&clerk.device, "question import %s", file);
    cr_assert(o.status == 0 && strstr(o.out, "2 added, 1 changed") != NULL, "%s%s", o.out, o.err);
    output_free(&o);
}

/* ---- times and amounts ---- */

Test(fit, nothing_ends_before_it_begins)
{
    refused("Closed: ", "before", "group add --name 'Tổ 3' --type to --founded 2018 --closed 2010");
    clerk_ok("group edit --search 'clb ca' --founded 2018");
    refused("Closed: ", "before", "group edit --search 'clb ca' --closed 2010");
    clerk_ok("group edit --search 'clb ca' --closed 2018");
    refused("Founded: ", "after", "group edit --search 'clb ca' --founded 2019");
    refused("Until: ", "before",
            "membership add --member 'A Thị Một' --group 'CLB Ca' --since 2018 --until 2010");
    refused("Until: ", "before",
            "post add --officer 'Lê Thị Hai' --type volunteer --since 2018 --until 2017");
    clerk_ok("post add --officer 'Lê Thị Hai' --type volunteer --since 2018 --until 2018");
}

Test(fit, counts_are_what_there_can_be)
{
    refused("Attended: ", "10000000", "activity add --group 'Tổ 1' --date 2018-05-01 --attended 2147483647");
    refused("Minutes long: ", "1440", "activity add --group 'Tổ 1' --date 2018-05-01 --duration 1441");
    refused("Attended: ", "10000000", "activity add --group 'Tổ 1' --date 2018-05-01 --attended -1");
    clerk_ok("activity add --group 'Tổ 1' --date 2018-05-01 --attended 300 --duration 1440");
}

Test(fit, activities_outside_the_life_of_their_group_are_told)
{
    clerk_ok("group edit --search 'clb ca' --founded 2017 --closed 2018-06");
    told("before its group's founding", "activity add --group 'CLB Ca' --date 2016-12-31");
    told("after its group's end", "activity add --group 'CLB Ca' --date 2018-07-01");
    told("in the future", "activity add --group 'CLB Ca' --date 2019-01-01");
    told("", "activity add --group 'CLB Ca' --date 2018-06-30");
    told("before its group's founding", words("activity edit %s --date 2016-12-31", "--in-group 'CLB Ca'"));
}

Test(fit, events_that_change_nothing_are_told)
{
    told("", "member event --search mot left --date 2017-03-01");
    told("changes nothing: she did not stand", "member event --search mot moved-out --date 2017-04-01");
    told("", "member event --search mot returned --date 2017-05-01");
    told("", "member event --search mot died --date 2017-06-01");
    told("changes nothing: she had died", "member event --search mot returned --date 2017-07-01");
    told("changes nothing: she had died", "member event --search mot died --date 2017-08-01");
    told("changes nothing: she had died", "event add --member 'A Thị Một' --type left --date 2017-09-01");
}

Test(fit, events_of_one_day_need_full_dates)
{
    told("", "member event --search mot left --date 2018");
    told("entering comes before leaving", "member event --search mot returned --date 2018");
    clerk_ok("member add --name 'A Thị Hai' --birth 1971 --group 'Chi hội 1'");
    told("", "member event --search 'thi hai' left --date 2018-03-01");
    told("", "member event --search 'thi hai' returned --date 2018-04-01");
}

/* ---- what is there already ---- */

static void twice(const char *kind, const char *text, int count)
{
    const char *file = words("%s/%s.csv", clerk.device.folder, kind);
    file_write(file, text);
    struct output o = hoivien(&clerk.device, "%s import %s", kind, file);
    cr_assert(o.status == 0, "%s: %s%s", kind, o.out, o.err);
    count_is(kind, count);
    output_free(&o);
    o = hoivien(&clerk.device, "%s import %s", kind, file);
    cr_assert(o.status == 0 && strstr(o.out, " 0 added") != NULL &&
                  strstr(o.err, "Likely the same as") != NULL,
              "%s: %s%s", kind, o.out, o.err);
    count_is(kind, count);
    output_free(&o);
    clerk_ok("%s import --anyway %s", kind, file);
    count_is(kind, count + 2);
}

Test(fit, a_list_read_twice_adds_nobody_twice)
{
    twice("officer", "name;birth\nTrần Thị Ba;1975\nTrần Thị Tư;\n", 3);
    twice("household", "name;address\nTrần Văn Năm;Ấp 1\nTrần Văn Sáu;\n", 2);
    twice("course", "name;date\nLớp tháng 3;03/2018\nLớp tháng 4;04/2018\n", 2);
    twice("activity", "group;date;topic\nTổ 1;01/03/2018;law\nTổ 1;02/03/2018;\n", 2);
    twice("post", "officer;type;since\nLê Thị Hai;volunteer;2016\nLê Thị Hai;collaborator;\n", 2);
    twice("event", "member;type;date\nA Thị Một;left;01/03/2018\nA Thị Một;returned;02/03/2018\n", 2);
    twice("group", "name;type;parent\nTổ 7;to;Chi hội 1\nTổ 8;to;\n", 5);
}

Test(fit, namesakes_of_another_age_or_address_are_others)
{
    const char *file = words("%s/more.csv", clerk.device.folder);
    file_write(file, "name;birth\nLê Thị Hai;1980\nle thi hai;1970\n");
    said("1 added", words("officer import %s", file));
    count_is("officer", 2);
    clerk_ok("household add --name 'Trần Văn Năm' --address 'Ấp 1'");
    clerk_ok("household add --name 'Trần Văn Năm' --address 'Ấp 2'");
    refused("--anyway", "such a record already", "household add --name 'Trần Văn Năm' --address 'ap 1'");
}

Test(fit, a_group_is_named_unlike_the_others_beside_it)
{
    refused("Group name: ", "--anyway", "group add --name 'tổ 1' --type to --parent 'Chi hội 1'");
    clerk_ok("group add --name 'Tổ 1' --type to");
    clerk_ok("group add --anyway --name 'CLB Ca' --type cau-lac-bo");
    refused("--anyway", "such a record already", "officer add --name 'Lê Thị Hai'");
    clerk_ok("officer add --anyway --name 'Lê Thị Hai'");
}

Test(fit, what_was_there_already_is_said)
{
    said("Added", "membership add --member 'A Thị Một' --group 'CLB Ca'");
    said("nothing changes", "membership add --member 'A Thị Một' --group 'CLB Ca'");
    said("was there already", "membership add --member 'A Thị Một' --group 'CLB Ca' --since 2017");
    clerk_ok("course add --name 'Lớp 1' --date 2018");
    said("Added", "training add --course 'Lớp 1' --officer 'Lê Thị Hai'");
    said("was there already", "training add --course 'Lớp 1' --officer 'Lê Thị Hai'");
    clerk_ok("activity add --group 'Tổ 1' --date 2018-05-01");
    const char *activity = id_of("activity");
    said("Added", words("attendance add --activity %s --member 'A Thị Một'", activity));
    said("was there already", words("attendance add --activity %s --member 'A Thị Một'", activity));
    clerk_ok("attendance void --in-group 'Chi hội 1'");
    said("Added", words("attendance add --activity %s --member 'A Thị Một'", activity));
}
