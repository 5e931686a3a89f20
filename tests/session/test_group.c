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
