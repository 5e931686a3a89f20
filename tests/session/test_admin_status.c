/* What the operator is told of how the syncs and the server stand. */
#include "server/db.h"
#include "tests/session/operator_scene.h"
#include <unistd.h>

SUPPORT_CLUSTER

TestSuite(admin_status, .init = begin, .timeout = 60);

Test(admin_status, times_are_those_of_viet_nam)
{
    struct client_device d;
    load_units();
    load_targets();
    server_launch(&server);
    device_make(&d, &server, "31317", NULL);
    sql(&server.db, "update device set last_sync = '2018-12-30 20:00:00+00'");
    char *list = admin_ok("device list --plain");
    cr_assert(strstr(list, "2018-12-31 03:00") != NULL, "%s", list);
    free(list);
    struct output o = admin("status --plain");
    cr_assert(strstr(o.out, "2018-12-31 03:00,0,") != NULL, "%s", o.out);
    output_free(&o);
    server_stop(&server);
}

Test(admin_status, status_names_who_has_never_synced_and_verify_finds_a_difference)
{
    struct client_device d;
    load_units();
    load_targets();
    server_launch(&server);
    device_make(&d, &server, "31317", NULL);
    free(hoivien_ok(&d, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(&d, "member add --name 'Nguyễn Thị Hoa' --birth 1970 --group 'Chi hội 1'"));
    free(hoivien_ok(&d, "sync"));
    free(admin_ok("verify"));
    free(admin_ok("enrol 31318"));
    struct output o = admin("status --plain");
    cr_assert_eq(o.status, 1);
    cr_assert(strstr(o.out, "31317,Phường I") != NULL && strstr(o.out, "31318,Phường III,,,0,0,") != NULL,
              "%s", o.out);
    output_free(&o);
    sql(&server.db, "update standing_count set n = n + 1");
    expect_failure("verify", 1, "Difference: count");
    server_stop(&server);
}

/* The clock of the machine that was synced on may have run ahead. */
Test(admin_status, a_sync_of_a_later_day_is_no_days_ago)
{
    struct client_device d;
    load_units();
    load_targets();
    server_launch(&server);
    device_make(&d, &server, "31317", NULL);
    sql(&server.db, "update device set last_sync = '2019-01-02 20:00:00+00'");
    struct output o = admin("status --plain");
    cr_assert(strstr(o.out, ",2019-01-03 03:00,0,") != NULL, "%s", o.out);
    cr_assert_eq(o.status, 0, "%s", o.err);
    output_free(&o);
    server_stop(&server);
}

/* Known while a server runs; what a dead one said last is not the state of now. */
Test(admin_status, status_tells_how_many_requests_wait_in_the_server)
{
    struct client_device d;
    load_units();
    load_targets();
    server_launch(&server);
    device_make(&d, &server, "31317", NULL);
    free(hoivien_ok(&d, "sync"));
    char *out = admin_ok("status --plain");
    cr_assert(strstr(out, "\nrequests_waiting,0,\n") != NULL, "%s", out);
    free(out);
    server_stop(&server);
    sql(&server.db, "update server_note set at = at - interval '2 minutes'");
    out = admin_ok("status --plain");
    cr_assert(strstr(out, "\nrequests_waiting,,not known\n") != NULL, "%s", out);
    free(out);
}

Test(admin_status, status_has_the_figures_of_the_server_in_every_form)
{
    static const char *const tokens[] = {"database_bytes,",
                                         "syncs_under_way,0,",
                                         "reports_under_way,0,",
                                         "lock_waits,",
                                         "longest_lock_wait_s,",
                                         "batches_last_day,0,",
                                         "longest_transaction_s,,not known",
                                         "disk_free_bytes,"};
    load_units();
    char *out = admin_ok("status --plain");
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++)
        cr_assert(strstr(out, words("\n%s", tokens[i])) != NULL, "no %s in\n%s", tokens[i], out);
    free(out);
    out = admin_ok("status");
    cr_assert(strstr(out, "Syncs that the database works on") != NULL &&
                  strstr(out, "syncs_under_way") == NULL,
              "%s", out);
    free(out);
    out = admin_ok("status --lang vi");
    cr_assert(strstr(out, "Số lần đồng bộ cơ sở dữ liệu đang xử lý") != NULL, "%s", out);
    free(out);
}

/* What the server works on and what waits shows to the role that owns the tables, though it is another's. */
Test(admin_status, status_tells_what_the_database_works_on_and_what_waits)
{
    struct db *db;
    struct fault f;
    const struct db_options o = {.connection = server.db.server, .name = "hoivien-sync"};
    load_units();
    cr_assert_eq(db_open(&db, &o, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(db_begin(db, false, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(db_script(db, "update gate set version = version + 1", &f), ERR_OK, "%s", f.text);
    free(run_ok("PGAPPNAME=hoivien-report psql -X -q -d '%s' -c 'begin; lock table gate' >'%s/psql' 2>&1 &",
                server.db.owner, server.folder));
    for (int i = 0; sql_int(&server.db, "select count(*) from pg_locks where not granted") == 0; i++) {
        cr_assert(i < 1000, "nothing waits");
        usleep(20000);
    }
    char *out = admin_ok("status --plain");
    cr_assert(strstr(out, "\nsyncs_under_way,1,") != NULL && strstr(out, "\nreports_under_way,1,") != NULL &&
                  strstr(out, "\nlock_waits,1,") != NULL,
              "%s", out);
    free(out);
    db_rollback(db);
    db_close(&db);
}
