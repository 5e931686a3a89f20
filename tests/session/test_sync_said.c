/* What a sync says when it is done. */
#include "tests/support/clerk_scene.h"
#include <ctype.h>
#include <signal.h>
#include <unistd.h>

SUPPORT_CLUSTER

static void begin(void)
{
    clerk_begin();
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("sync");
}

TestSuite(sync_said, .init = begin, .fini = clerk_end, .timeout = 60);

/* A number with one decimal behind `mark` stands before `unit`. */
static void expect_seconds(const char *said, char mark, const char *unit)
{
    const char *at = strstr(said, unit);
    cr_assert(at != NULL && at - said > 3, "%s", said);
    cr_assert(isdigit((unsigned char)at[-1]) && at[-2] == mark && isdigit((unsigned char)at[-3]), "%s", said);
}

Test(sync_said, seconds_and_counts_are_written_as_the_language_does)
{
    char *en = hoivien_ok(&clerk.device, "sync");
    char *vi = run_ok("%s/client/hoivien --dir %s --lang vi sync", HV_BIN, clerk.device.folder);
    cr_assert(strncmp(en, "Sent 0, received 0, refused 0; ", 31) == 0, "%s", en);
    cr_assert(strncmp(vi, "Đã gửi 0, nhận 0, bị từ chối 0; ", strlen("Đã gửi 0, nhận 0, bị từ chối 0; ")) ==
                  0,
              "%s", vi);
    expect_seconds(en, '.', " seconds");
    expect_seconds(vi, ',', " giây");
    free(en);
    free(vi);
}

Test(sync_said, an_empty_one_is_one_small_round_trip)
{
    unsigned long up, down;
    clerk_ok("sync");
    char *said = hoivien_ok(&clerk.device, "sync --plain"), *rest;
    up = strtoul(said, &rest, 10);
    down = strtoul(rest, NULL, 10);
    cr_assert(up > 0 && down > 0 && up + down <= 160, "%lu up, %lu down; the README says about 150", up,
              down);
    free(said);
}

Test(sync_said, who_is_refused_is_named_with_the_reason)
{
    sql(&clerk.server.db, "delete from groups");
    clerk_ok("member add --name 'Lê Thị Một' --birth 1970 --group 'Chi hội 1'");
    char *said = hoivien_ok(&clerk.device, "sync");
    cr_assert(strstr(said, "refused 1;") != NULL, "%s", said);
    char *line = strstr(said, "Refused: ");
    cr_assert(line != NULL && strstr(line, "Lê Thị Một") != NULL, "%s", said);
    cr_assert(strstr(line, "the record that is referred to is not there; choose another") != NULL, "%s",
              said);
    free(said);
}

static void expect_soon(const char *what, bool (*holds)(void))
{
    for (int i = 0; !holds(); i++, usleep(20000))
        cr_assert(i < 1500, "%s", what);
}

static char log_path[PATH_ROOM];

static bool a_fault_is_told(void)
{
    char *said = file_read(log_path);
    bool told = strstr(said, "The server has a fault") != NULL;
    free(said);
    return told;
}

static bool a_member_is_there(void)
{
    return sql_int(&clerk.server.db, "select count(*) from members") == 1;
}

Test(sync_said, a_fault_of_the_server_is_told_and_does_not_end_a_periodic_sync)
{
    const char *const argv[] = {HV_BIN "/client/hoivien",
                                "--dir",
                                clerk.device.folder,
                                "--lang",
                                "en",
                                "sync",
                                "--every",
                                "1s",
                                NULL};
    clerk_ok("member add --name 'Lê Thị Một' --birth 1970 --group 'Chi hội 1'");
    sql(&clerk.server.db, "alter table members rename to elsewhere");
    snprintf(log_path, sizeof log_path, "%s", words("%s/log", clerk.device.folder));
    file_write(log_path, "");
    pid_t pid = spawn(log_path, argv);
    expect_soon("the fault is not told", a_fault_is_told);
    sql(&clerk.server.db, "alter table elsewhere rename to members");
    expect_soon("the member does not arrive", a_member_is_there);
    kill(pid, SIGTERM);
    cr_assert_eq(wait_for(pid), 0);
}

/* ---- periodically ---- */

static pid_t sync_every(const char *period)
{
    const char *const argv[] = {HV_BIN "/client/hoivien",
                                "--dir",
                                clerk.device.folder,
                                "--lang",
                                "en",
                                "sync",
                                "--every",
                                period,
                                NULL};
    snprintf(log_path, sizeof log_path, "%s", words("%s/log", clerk.device.folder));
    return spawn(log_path, argv);
}

static bool another_sync_was_noted(void)
{
    return sql_int(&clerk.server.db,
                   "select count(*) from device where last_sync > now() - interval '1 hour'") == 1;
}

static void expect_another_sync(void)
{
    sql(&clerk.server.db, "update device set last_sync = '2000-01-01'");
    expect_soon("no further sync comes", another_sync_was_noted);
}

Test(sync_said, a_second_periodic_sync_of_a_register_says_so_and_ends)
{
    clerk_ok("member add --name 'Lê Thị Một' --birth 1970 --group 'Chi hội 1'");
    pid_t first = sync_every("1h");
    expect_soon("the member does not arrive", a_member_is_there);
    struct output o = run("timeout -s KILL 20 %s/client/hoivien --dir %s --lang en sync --every 1h", HV_BIN,
                          clerk.device.folder);
    cr_assert_eq(o.status, 1, "exit status %d\n%s%s", o.status, o.out, o.err);
    cr_assert(strstr(o.err, "already syncs this register periodically") != NULL, "%s", o.err);
    output_free(&o);
    clerk_ok("member edit --search mot --phone 0912345678");
    char *said = hoivien_ok(&clerk.device, "sync");
    cr_assert(strstr(said, "Sent 1,") != NULL, "a single one goes in between: %s", said);
    free(said);
    kill(first, SIGKILL);
    wait_for(first);
    pid_t next = sync_every("1s");
    expect_another_sync();
    kill(next, SIGTERM);
    cr_assert_eq(wait_for(next), 0, "its death frees the register");
}

Test(sync_said, a_periodic_sync_with_nothing_to_tell_is_silent)
{
    pid_t pid = sync_every("1s");
    for (int i = 0; i < 3; i++)
        expect_another_sync();
    clerk_ok("member add --name 'Lê Thị Một' --birth 1970 --group 'Chi hội 1'");
    expect_soon("the member does not arrive", a_member_is_there);
    for (int i = 0; i < 2; i++)
        expect_another_sync();
    kill(pid, SIGTERM);
    cr_assert_eq(wait_for(pid), 0);
    char *said = file_read(log_path);
    cr_assert(strncmp(said, "Sent 1, received 0, refused 0;", 30) == 0, "%s", said);
    cr_assert_eq(strchr(said, '\n') - said, (ptrdiff_t)strlen(said) - 1, "more than one line: %s", said);
    free(said);
}
