/* Two devices of one commune edit offline and converge; another commune sees nothing of it. */
#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

static struct server server;
static struct client_device one, two;

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    server_start(&server, &db, NULL);
    device_make(&one, &server, "31317", NULL);
    free(hoivien_ok(&one, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(&one, "member add --name 'Nguyễn Thị Hoa' --birth 1970 --group 'Chi hội 1'"));
    free(hoivien_ok(&one, "sync"));
    device_make(&two, &server, "31317", NULL);
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(two_devices, .init = begin, .fini = end, .timeout = 60);

static char *everything(const struct client_device *d)
{
    return run_ok("for kind in group member membership event; do %s/client/hoivien --dir %s $kind export "
                  "--plain | sort; done",
                  HV_BIN, d->folder);
}

static void converge(void)
{
    for (int i = 0; i < 2; i++) {
        free(hoivien_ok(&one, "sync"));
        free(hoivien_ok(&two, "sync"));
    }
    char *a = everything(&one), *b = everything(&two);
    cr_assert_str_eq(a, b);
    free(a);
    free(b);
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf verify", HV_BIN, server.folder));
}

Test(two_devices, a_new_device_gets_the_whole_register)
{
    char *a = everything(&one), *b = everything(&two);
    cr_assert(strstr(b, "Nguyễn Thị Hoa") != NULL);
    cr_assert_str_eq(a, b);
    free(a);
    free(b);
}

Test(two_devices, different_fields_of_one_record_merge)
{
    free(hoivien_ok(&one, "member edit --search hoa --phone 0912345678"));
    free(hoivien_ok(&two, "member edit --search hoa --occupation 'Làm vườn'"));
    converge();
    char *list = hoivien_ok(&one, "member list --columns phone,occupation --plain");
    cr_assert(strstr(list, "0912345678,Làm vườn") != NULL, "%s", list);
    free(list);
}

Test(two_devices, of_the_same_field_the_later_arrival_stands_and_the_other_is_listed)
{
    free(hoivien_ok(&one, "member edit --search hoa --phone 0911111111"));
    free(hoivien_ok(&two, "member edit --search hoa --phone 0922222222"));
    free(hoivien_ok(&two, "sync"));
    free(hoivien_ok(&one, "sync"));
    char *status = hoivien_ok(&one, "status");
    cr_assert(strstr(status, "Edited elsewhere too: 1") != NULL, "%s", status);
    free(status);
    converge();
    char *list = hoivien_ok(&two, "member list --columns phone --plain");
    cr_assert(strstr(list, "0911111111") != NULL, "%s", list);
    free(list);
}

Test(two_devices, the_same_membership_added_twice_is_one)
{
    free(hoivien_ok(&one, "group add --name 'CLB Thơ' --type cau-lac-bo"));
    converge();
    free(hoivien_ok(&one, "member join --search hoa 'CLB Thơ'"));
    free(hoivien_ok(&two, "member join --search hoa 'CLB Thơ'"));
    converge();
    cr_assert_eq(sql_int(&server.db, "select count(*) from memberships"), 1);
}

Test(two_devices, both_add_and_edit_much_and_converge)
{
    for (int i = 0; i < 10; i++) {
        free(
            hoivien_ok(&one, "member add --name 'Một %c' --birth %d --group 'Chi hội 1'", 'A' + i, 1950 + i));
        free(
            hoivien_ok(&two, "member add --name 'Hai %c' --birth %d --group 'Chi hội 1'", 'A' + i, 1950 + i));
        if (i % 3 == 0)
            free(hoivien_ok(i % 2 == 0 ? &one : &two, "sync"));
    }
    free(hoivien_ok(&one, "member event --search mot moved-out --date 2017"));
    free(hoivien_ok(&two, "member event --search hoa left --date 5/2018"));
    converge();
    cr_assert_eq(sql_int(&server.db, "select count(*) from members"), 21);
    cr_assert_eq(sql_int(&server.db, "select sum(n) from standing_count where day <= 20181231"), 10);
}

Test(two_devices, an_edit_that_leaves_standing_as_it_was_does_not_write_it)
{
    char before[100];
    snprintf(before, sizeof before, "%s", sql(&server.db, "select xmin from standing"));
    free(hoivien_ok(&one, "member edit --search hoa --residence permanent --phone 0912345678"));
    free(hoivien_ok(&one, "sync"));
    cr_assert_str_eq(sql(&server.db, "select xmin from standing"), before);
    free(hoivien_ok(&one, "member edit --search hoa --residence elsewhere"));
    free(hoivien_ok(&one, "sync"));
    cr_assert_eq(sql_int(&server.db, "select count(*) from standing"), 0);
}

Test(two_devices, another_commune_gets_nothing_of_it)
{
    struct client_device other;
    device_make(&other, &server, "31318", NULL);
    free(hoivien_ok(&other, "sync"));
    char *list = hoivien_ok(&other, "member list --columns name --plain");
    cr_assert(strstr(list, "Hoa") == NULL, "%s", list);
    free(list);
}
