/* Groups and those in them, through the real program. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static void begin(void)
{
    clerk_begin();
}

TestSuite(group, .init = begin, .fini = clerk_end, .timeout = 60);

/* The id of a group with this name, full and on one line. */
static const char *group_id(const char *name)
{
    char *list = hoivien_ok(&clerk.device,
                            "group list --search '%s' --columns id --plain | tail -n 1 | tr -d '\\n'", name);
    const char *id = words("%s", list);
    free(list);
    return id;
}

/* A tổ by its name, or a chi hội. */
static const char *group_add(const char *name, const char *options)
{
    const char *type = strncmp(name, "Tổ", strlen("Tổ")) == 0 ? "to" : "chi-hoi";
    clerk_ok("group add --name '%s' --type %s %s", name, type, options);
    return group_id(name);
}

static void refused(const char *text, const char *command)
{
    struct output o = hoivien(&clerk.device, "%s", command);
    cr_assert(o.status == 1 && strstr(o.err, text) != NULL, "%s: %d %s", command, o.status, o.err);
    output_free(&o);
}

static void groups_are(const char *count)
{
    char *list = hoivien_ok(&clerk.device, "group list --columns id --plain | tail -n +2 | wc -l");
    cr_assert_str_eq(list, count);
    free(list);
}

Test(group, one_with_members_is_voided_only_when_meant)
{
    const char *home = group_add("Chi hội 1", ""), *club = group_add("CLB Hoa", "");
    clerk_ok("member add --name 'A Thị Một' --birth 1970 --group 'Chi hội 1'");
    clerk_ok("member add --name 'A Thị Hai' --birth 1971 --group 'Chi hội 1'");
    clerk_ok("member join --search 'thi hai' 'CLB Hoa'");
    refused("Members: 2;", words("group void %s", home));
    refused("Members: 1;", words("group void %s", club));
    groups_are("2\n");
    clerk_ok("member join --leave --search 'thi hai' 'CLB Hoa'");
    clerk_ok("group void %s", club);
    clerk_ok("group void --anyway %s", home);
    groups_are("0\n");
    clerk_ok("group void --undo %s", home);
}

Test(group, one_whose_members_are_all_void_may_be_voided)
{
    const char *home = group_add("Chi hội 1", "");
    clerk_ok("member add --name 'A Thị Một' --birth 1970 --group 'Chi hội 1'");
    clerk_ok("member void --in-group 'Chi hội 1'");
    clerk_ok("group void %s", home);
    groups_are("0\n");
}

Test(group, one_with_groups_below_it_goes_together_with_them)
{
    const char *above = group_add("Chi hội 1", ""), *below = group_add("Tổ 1", "--parent 'Chi hội 1'");
    refused("groups below it: 1.", words("group void %s", above));
    clerk_ok("group void %s %s", above, below);
    groups_are("0\n");
}

Test(group, none_stands_below_itself)
{
    const char *first = group_add("Chi hội 1", "");
    group_add("Tổ 1", "--parent 'Chi hội 1'");
    group_add("Tổ 2", "--parent 'Chi hội 1'");
    refused("belong to itself", words("group edit %s --parent 'Chi hội 1'", first));
    refused("a group below it", words("group edit %s --parent 'Tổ 1'", first));
    refused("a group below it", words("group edit %s --parent 'Tổ 2'", first));
    const char *list = words("%s/groups.csv", clerk.device.folder);
    file_write(list, words("id;name;parent\n%s;Chi hội 1;Tổ 2\n", first));
    clerk_ok("group import %s", list);
    char *shown = hoivien_ok(&clerk.device, "group show %s", first);
    cr_assert(strstr(shown, "Belongs to") == NULL, "%s", shown);
    free(shown);
    clerk_ok("group edit %s --parent 'Chi hội 1'", group_id("Tổ 2"));
}

Test(group, who_leads_it_and_how_many_are_in_it_is_listed_and_shown)
{
    const char *home = group_add("Chi hội 1", ""), *club = group_add("CLB Hoa", "--closed 2018-06");
    clerk_ok("member add --name 'A Thị Một' --birth 1970 --group 'Chi hội 1'");
    clerk_ok("member add --name 'A Thị Hai' --birth 1971 --group 'Chi hội 1'");
    clerk_ok("member join --search 'thi hai' 'CLB Hoa'");
    clerk_ok("member join --search 'thi hai' 'Chi hội 1'");
    clerk_ok("officer add --name 'B Thị Đầu'");
    clerk_ok("officer add --name 'B Thị Trước'");
    clerk_ok("post add --officer 'B Thị Đầu' --type chi-hoi-head --group 'Chi hội 1' --since 2018");
    clerk_ok("post add --officer 'B Thị Trước' --type chi-hoi-head --group 'Chi hội 1' --until 2017");
    clerk_says("group list | sed 's/  */ /g'", "Chi hội 1 Branch (chi hội) 2 B Thị Đầu");
    clerk_says("group list | sed 's/  */ /g'", "CLB Hoa Branch (chi hội) 1 06/2018");
    clerk_says(words("group show %s", home), "Head:                         B Thị Đầu\n");
    clerk_says(words("group show %s", club), "Members:                      1\n");
    clerk_says("post list | sed 's/  */ /g'", "B Thị Trước Head of a chi hội Chi hội 1 2017\n");
}

Test(group, one_that_stands_twice_is_told_with_what_to_do)
{
    const char *first = group_add("Chi hội 1", "");
    group_add("Tổ 1", "--parent 'Chi hội 1'");
    clerk_ok("group add --name 'Chi hội 2' --type chi-hoi");
    clerk_ok("group add --name 'Tổ 1' --type to --parent 'Chi hội 2' --anyway");
    struct output o = hoivien(&clerk.device, "group list");
    cr_assert(strstr(o.err, "Note") == NULL, "%s", o.err);
    output_free(&o);
    clerk_ok("group add --name 'chi hoi 1' --type chi-hoi --anyway");
    o = hoivien(&clerk.device, "group list");
    cr_assert(strstr(o.err, "have the same name and type") != NULL, "%s", o.err);
    cr_assert(strstr(o.err, words("%s", first + strlen(first) - 8)) != NULL, "%s", o.err);
    output_free(&o);
    refused("2 records fit \"chi hoi 1\"; give the id", "member add --name 'A Thị Ba' --group 'chi hoi 1'");
}

static void notes(const char *text, const char *command)
{
    struct output o = hoivien(&clerk.device, "%s", command);
    bool is_told = strstr(o.out, text) != NULL || strstr(o.err, text) != NULL;
    cr_assert(o.status == 0 && is_told, "%s: %d %s%s", command, o.status, o.out, o.err);
    output_free(&o);
}

Test(group, what_goes_on_in_a_closed_group_and_two_in_one_post_are_told)
{
    group_add("Chi hội 7", "");
    clerk_ok("group add --name 'CLB Cũ' --type cau-lac-bo --closed 1/2018");
    clerk_ok("member add --name 'Lê Thị Một' --birth 1970 --group 'Chi hội 7'");
    clerk_ok("officer add --name 'Trần Thị Hai'");
    clerk_ok("officer add --name 'Phạm Thị Ba'");
    notes("The group is closed", "member add --name 'Võ Thị Bốn' --birth 1971 --group 'CLB Cũ'");
    notes("The group is closed", "membership add --member 'Lê Thị Một' --group 'CLB Cũ'");
    notes("The group is closed", "post add --officer 'Trần Thị Hai' --type club-head --group 'CLB Cũ'");
    clerk_ok("post add --officer 'Trần Thị Hai' --type chi-hoi-head --group 'Chi hội 7' --since 2016 --until "
             "2018-05-01");
    clerk_ok("post add --officer 'Trần Thị Hai' --type commune-president --since 2016");
    notes("Another holds the post", "post add --officer 'Phạm Thị Ba' --type commune-president --since 2018");
    struct output o = hoivien(
        &clerk.device, "post add --officer 'Phạm Thị Ba' --type chi-hoi-head --group 'Chi hội 7' --since "
                       "2018-06-01");
    cr_assert(o.status == 0 && strstr(o.err, "Another") == NULL && strstr(o.out, "Another") == NULL, "%s%s",
              o.out, o.err);
    output_free(&o);
}
