/* Two devices of one commune edit offline and converge; another commune sees nothing of it. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static struct client_device two;

static void begin(void)
{
    clerk_begin();
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("member add --name 'Nguyễn Thị Hoa' --birth 1970 --group 'Chi hội 1'");
    clerk_ok("sync");
    device_make(&two, &clerk.server, "31317", NULL);
}

TestSuite(two_devices, .init = begin, .fini = clerk_end, .timeout = 60);

static char *everything(const struct client_device *d)
{
    return run_ok("for kind in group member membership event; do %s/client/hoivien --dir %s $kind export "
                  "--plain | sort; done",
                  HV_BIN, d->folder);
}

static void converge(void)
{
    for (int i = 0; i < 2; i++) {
        clerk_ok("sync");
        free(hoivien_ok(&two, "sync"));
    }
    char *a = everything(&clerk.device), *b = everything(&two);
    cr_assert_str_eq(a, b);
    free(a);
    free(b);
    clerk_verify();
}

Test(two_devices, a_new_device_gets_the_whole_register)
{
    char *a = everything(&clerk.device), *b = everything(&two);
    cr_assert(strstr(b, "Nguyễn Thị Hoa") != NULL);
    cr_assert_str_eq(a, b);
    free(a);
    free(b);
}

Test(two_devices, different_fields_of_one_record_merge)
{
    clerk_ok("member edit --search hoa --phone 0912345678");
    free(hoivien_ok(&two, "member edit --search hoa --occupation 'Làm vườn'"));
    converge();
    char *list = hoivien_ok(&clerk.device, "member list --columns phone,occupation --plain");
    cr_assert(strstr(list, "0912345678,Làm vườn") != NULL, "%s", list);
    free(list);
}

Test(two_devices, of_the_same_field_the_later_arrival_stands_and_the_other_is_listed)
{
    clerk_ok("member edit --search hoa --phone 0911111111");
    free(hoivien_ok(&two, "member edit --search hoa --phone 0922222222"));
    free(hoivien_ok(&two, "sync"));
    clerk_ok("sync");
    char *status = hoivien_ok(&clerk.device, "status");
    cr_assert(strstr(status, "Edited elsewhere too: 1") != NULL, "%s", status);
    free(status);
    converge();
    char *list = hoivien_ok(&two, "member list --columns phone --plain");
    cr_assert(strstr(list, "0911111111") != NULL, "%s", list);
    free(list);
}

Test(two_devices, the_same_membership_added_twice_is_one)
{
    clerk_ok("group add --name 'CLB Thơ' --type cau-lac-bo");
    converge();
    clerk_ok("member join --search hoa 'CLB Thơ'");
    free(hoivien_ok(&two, "member join --search hoa 'CLB Thơ'"));
    converge();
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from memberships"), 1);
}

Test(two_devices, both_add_and_edit_much_and_converge)
{
    for (int i = 0; i < 10; i++) {
        clerk_ok("member add --name 'Một %c' --birth %d --group 'Chi hội 1'", 'A' + i, 1950 + i);
        free(
            hoivien_ok(&two, "member add --name 'Hai %c' --birth %d --group 'Chi hội 1'", 'A' + i, 1950 + i));
        if (i % 3 == 0)
            free(hoivien_ok(i % 2 == 0 ? &clerk.device : &two, "sync"));
    }
    clerk_ok("member event --search mot moved-out --date 2017");
    free(hoivien_ok(&two, "member event --search hoa left --date 5/2018"));
    converge();
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from members"), 21);
    cr_assert_eq(sql_int(&clerk.server.db, "select sum(n) from standing_count where day <= 20181231"), 10);
}

Test(two_devices, an_edit_that_leaves_standing_as_it_was_does_not_write_it)
{
    char before[100];
    snprintf(before, sizeof before, "%s", sql(&clerk.server.db, "select xmin from standing"));
    clerk_ok("member edit --search hoa --residence permanent --phone 0912345678");
    clerk_ok("sync");
    cr_assert_str_eq(sql(&clerk.server.db, "select xmin from standing"), before);
    clerk_ok("member edit --search hoa --residence elsewhere");
    clerk_ok("sync");
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from standing"), 0);
}

Test(two_devices, another_commune_gets_nothing_of_it)
{
    struct client_device other;
    device_make(&other, &clerk.server, "31318", NULL);
    free(hoivien_ok(&other, "sync"));
    char *list = hoivien_ok(&other, "member list --columns name --plain");
    cr_assert(strstr(list, "Hoa") == NULL, "%s", list);
    free(list);
}
