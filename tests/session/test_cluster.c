/* The server's own PostgreSQL: made, looked after, adopted, stopped. */
#include "tests/support/peer.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct server server;

/* A postmaster that outlived its server must not outlive the test. */
static void end(void)
{
    if (server.pid != 0)
        server_stop(&server);
}

TestSuite(cluster, .fini = end, .timeout = 120);

static bool is_alive(pid_t pid)
{
    char *stat = access(words("/proc/%d/stat", (int)pid), R_OK) == 0
                     ? file_read(words("/proc/%d/stat", (int)pid))
                     : NULL;
    bool alive = stat != NULL && strrchr(stat, ')')[2] != 'Z';
    free(stat);
    return alive;
}

static struct output program(const char *name, const char *arguments)
{
    return run("%s/server/%s --data '%s' --lang en %s", HV_BIN, name, server.folder, arguments);
}

/* Asks until the answer is good; whatever comes before must be BUSY. */
static void expect_good_in_the_end(struct peer *p)
{
    for (int i = 0;; i++) {
        uint32_t id = peer_target(p);
        const Hv__Reply *reply = peer_receive(p);
        cr_assert_eq(reply->id, id);
        if (peer_code(reply) == HV__CODE__OK)
            return;
        cr_assert_eq(peer_code(reply), HV__CODE__BUSY);
        cr_assert(i < 2000, "the database does not come back");
        usleep(20000);
    }
}

/* Until new connections are taken: old ones may still be served for a moment when the postmaster is dead. */
static void wait_for_postmaster(void)
{
    struct output o;
    for (int i = 0; (o = run("psql -X -q -d '%s' -c 'select 1'", server.db.owner)).status != 0; i++) {
        cr_assert(i < 1000, "%s", o.err);
        output_free(&o);
        usleep(20000);
    }
    output_free(&o);
}

static void start_with_device(struct peer *p)
{
    struct curve_pair device;
    server_start_private(&server);
    world_make(&server.db);
    peer_device(&server.db, "31317", "commune", &device);
    server_stop(&server); /* so that the gate knows the device from the start */
    server_restart(&server);
    peer_open(p, server.endpoint, server.key, &device);
    expect_good_in_the_end(p);
}

Test(cluster, is_made_once_and_stopped_with_its_server)
{
    server_start_private(&server);
    pid_t postmaster = server_postmaster(&server);
    cr_assert(is_alive(postmaster));
    free(run_ok("test \"$(stat -c %%a '%s/pg')\" = 700 && test \"$(stat -c %%a '%s/server.key')\" = 600",
                server.folder, server.folder));
    cr_assert_str_eq(sql(&server.db, "select string_agg(current_setting(n), ',' order by n) from (values "
                                     "('archive_mode'), ('data_checksums'), ('fsync'), ('listen_addresses'), "
                                     "('server_encoding'), ('synchronous_commit')) v(n)"),
                     "on,on,on,,UTF8,on");
    world_make(&server.db);
    server_stop(&server);
    cr_assert(!is_alive(postmaster));
    server_restart(&server);
    cr_assert_eq(sql_int(&server.db, "select count(*) from unit"), 5);
}

Test(cluster, comes_back_when_it_is_killed)
{
    struct peer p;
    start_with_device(&p);
    pid_t postmaster = server_postmaster(&server);
    kill(postmaster, SIGKILL);
    wait_for_postmaster();
    expect_good_in_the_end(&p);
    cr_assert_neq(server_postmaster(&server), postmaster);
    peer_close(&p);
}

Test(cluster, is_adopted_when_it_outlived_its_server)
{
    struct peer p;
    start_with_device(&p);
    peer_close(&p);
    pid_t postmaster = server_postmaster(&server);
    server_kill(&server);
    cr_assert(is_alive(postmaster));
    server_restart(&server);
    cr_assert_eq(server_postmaster(&server), postmaster);
    server_stop(&server);
    cr_assert(!is_alive(postmaster), "who adopts it also stops it");
}

Test(cluster, is_started_when_both_were_killed)
{
    struct peer p;
    start_with_device(&p);
    peer_close(&p);
    kill(server_postmaster(&server), SIGKILL);
    server_kill(&server);
    server_restart(&server);
    cr_assert_eq(sql_int(&server.db, "select count(*) from device"), 1);
}

Test(cluster, forgets_a_pid_file_that_names_somebody_else)
{
    server_start_private(&server);
    server_stop(&server);
    file_write(words("%s/pg/postmaster.pid", server.folder),
               words("%d\n%s/pg\n1\n5432\n%s/run\n\n  1 1\nready   \n", (int)getpid(), server.folder,
                     server.folder));
    server_restart(&server);
    cr_assert_neq(server_postmaster(&server), getpid());
}

Test(cluster, belongs_to_one_server)
{
    server_start_private(&server);
    struct output o = program("hoivien-server", "");
    cr_assert_eq(o.status, 1);
    cr_assert(strstr(o.err, "stop it first") != NULL, "%s", o.err);
    output_free(&o);
    cr_assert(is_alive(server_postmaster(&server)));
}

Test(cluster, is_lent_to_the_operator)
{
    server_start_private(&server);
    pid_t postmaster = server_postmaster(&server);
    struct output o = program("hoivien-admin", "unit list");
    cr_assert_eq(o.status, 0, "%s", o.err);
    output_free(&o);
    cr_assert(is_alive(postmaster), "a guest does not stop it");
    free(run_ok("%s/server/hoivien-admin --data '%s' status --plain | grep -q '^longest_transaction_s,[0-9]'",
                HV_BIN, server.folder));
    server_stop(&server);
    o = program("hoivien-admin", "unit list");
    cr_assert_eq(o.status, 0, "%s", o.err);
    output_free(&o);
    cr_assert(access(words("%s/pg/postmaster.pid", server.folder), F_OK) != 0, "who starts it also stops it");
}

static void come_at_once(const char *command)
{
    free(run_ok(
        "a='%s/server/hoivien-admin --data %s %s'; $a & one=$!; $a & two=$!; $a && wait $one && wait $two",
        HV_BIN, server.folder, command));
}

Test(cluster, may_be_come_to_by_several_at_once)
{
    scratch_make(server.folder);
    come_at_once("migrate");
    come_at_once("unit list");
}

/* A name that was mistyped must not become a second, empty database. */
Test(cluster, is_made_by_no_command_of_the_operator_but_migrate)
{
    static const char *const commands[] = {"unit list", "status",      "verify",     "connection",
                                           "enrol 93",  "device list", "unit export"};
    char folder[PATH_ROOM];
    scratch_make(folder);
    snprintf(server.folder, sizeof server.folder, "%.100s/mistyped", folder);
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        struct output o = program("hoivien-admin", commands[i]);
        cr_assert_eq(o.status, 1, "%s: %s", commands[i], o.out);
        cr_assert(strstr(o.err, server.folder) != NULL &&
                      strstr(o.err, "hoivien-admin migrate --data") != NULL,
                  "%s: %s", commands[i], o.err);
        cr_assert(access(server.folder, F_OK) != 0, "%s made it", commands[i]);
        output_free(&o);
    }
    struct output o = program("hoivien-admin", "migrate");
    cr_assert_eq(o.status, 0, "%s", o.err);
    output_free(&o);
    o = program("hoivien-admin", "unit list");
    cr_assert_eq(o.status, 0, "%s", o.err);
    output_free(&o);
}

Test(cluster, lies_in_folders_with_long_names_and_blanks)
{
    char folder[PATH_ROOM];
    scratch_make(folder);
    snprintf(server.folder, sizeof server.folder,
             "%.100s/Hội Liên hiệp Phụ nữ/a folder whose path is longer than the path of a socket may be",
             folder);
    struct output o = program("hoivien-admin", "migrate");
    cr_assert_eq(o.status, 0, "%s", o.err);
    output_free(&o);
    o = program("hoivien-admin", "unit list");
    cr_assert_eq(o.status, 0, "%s", o.err);
    output_free(&o);
    free(run_ok("rm -r \"$(cat '%s/socket-folder')\"", server.folder));
}

Test(cluster, with_an_older_schema_is_refused_and_told_what_to_do)
{
    server_start_private(&server);
    sql(&server.db, "delete from schema_migration where number = (select max(number) from schema_migration)");
    server_stop(&server);
    struct output o = program("hoivien-server", "");
    cr_assert_eq(o.status, 1);
    cr_assert(strstr(o.err, "hoivien-admin migrate") != NULL, "%s", o.err);
    output_free(&o);
}
