/* The client's link by itself, and what the clerk's program does with it while it waits: silence, bytes, the
 * wish to stop. */
#include "client/link.h"
#include "tests/support/peer.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

SUPPORT_CLUSTER

static struct server server;
static struct relay *relay;
static struct client_device device;
static struct curve_pair keys;

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    peer_device(&db, "31317", "commune", &keys);
    server_start(&server, &db, NULL);
    relay = relay_start(server.endpoint);
    device_make(&device, &server, "31317", relay_endpoint(relay));
    free(hoivien_ok(&device, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(&device, "sync"));
}

static void end(void)
{
    relay_stop(relay);
    server_stop(&server);
}

TestSuite(link_alone, .init = begin, .fini = end, .timeout = 60);

/* Waits on a link of its own for a message that does not come. */
static void expect_nothing(unsigned connect_ms, unsigned silence_ms, const char *text)
{
    const struct link_options o = {relay_endpoint(relay), server.key, &keys, connect_ms, silence_ms};
    struct link *link;
    struct bytes message;
    struct fault f;
    cr_assert_eq(link_open(&link, &o, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(link_receive(link, &message, &f), ERR_NO_LINK);
    cr_assert_str_eq(f.text, text);
    link_close(&link);
    cr_assert_null(link);
}

Test(link_alone, a_server_that_does_not_greet_is_given_up)
{
    relay_set(relay, RELAY_STALL);
    expect_nothing(300, 0, "nobody answers");
}

Test(link_alone, a_server_that_falls_silent_is_given_up)
{
    expect_nothing(0, 300, "the server has been silent");
}

/* ---- bytes ---- */

/* Greeting, HELLO and INITIATE; greeting, WELCOME and READY. */
#define HANDSHAKE_UP   (64 + 202 + 301)
#define HANDSHAKE_DOWN (64 + 170 + 67)

struct way {
    uint64_t up;
    uint64_t down;
};

/* What one sync says it took. */
static struct way sync_bytes(void)
{
    unsigned long long up, down;
    char *said = hoivien_ok(&device, "sync --plain");
    cr_assert_eq(sscanf(said, "%llu %llu", &up, &down), 2, "%s", said);
    free(said);
    return (struct way){up, down};
}

/* Whether the relay has moved so much more than at `before`; it counts after it has handed on. */
static void expect_relayed(struct way before, struct way more)
{
    for (int i = 0;
         relay_bytes_up(relay) - before.up != more.up || relay_bytes_down(relay) - before.down != more.down;
         i++, usleep(5000))
        cr_assert(i < 1000, "%llu up and %llu down were relayed, %llu and %llu expected",
                  (unsigned long long)(relay_bytes_up(relay) - before.up),
                  (unsigned long long)(relay_bytes_down(relay) - before.down), (unsigned long long)more.up,
                  (unsigned long long)more.down);
}

static struct way relayed(void)
{
    return (struct way){relay_bytes_up(relay), relay_bytes_down(relay)};
}

/* Syncs once; gives what went up without the handshake. */
static uint64_t expect_true_bytes(void)
{
    struct way before = relayed(), said = sync_bytes();
    expect_relayed(before, (struct way){said.up + HANDSHAKE_UP, said.down + HANDSHAKE_DOWN});
    return said.up;
}

Test(link_alone, the_bytes_of_a_sync_are_those_on_the_wire)
{
    cr_assert_lt(expect_true_bytes(), 256);
    for (int i = 0; i < 12; i++)
        free(hoivien_ok(&device,
                        "member add --anyway --name 'Lê Thị Một' --birth %d --phone 09123456%02d "
                        "--group 'Chi hội 1'",
                        1950 + i, i));
    cr_assert_gt(expect_true_bytes(), 300, "this was to be longer than a short frame");
}

/* ---- the wish to stop ---- */

/* Starts a sync over a link that does not answer and waits until it has said something. */
static pid_t sync_hanging(const char *log, const char *every)
{
    const char *const argv[] = {
        HV_BIN "/client/hoivien",         "--dir", device.folder, "--lang", "en", "sync",
        every != NULL ? "--every" : NULL, every,   NULL};
    uint64_t before = relay_bytes_up(relay);
    relay_set(relay, RELAY_HOLD_DOWN);
    pid_t pid = spawn(log, argv);
    for (int i = 0; relay_bytes_up(relay) == before; i++, usleep(5000))
        cr_assert(i < 2000, "the sync does not begin");
    return pid;
}

static void expect_stop(const char *every, int status, const char *text)
{
    const char *log = words("%s/log", device.folder);
    free(hoivien_ok(&device, "group add --name 'Chi hội 2' --type chi-hoi"));
    pid_t pid = sync_hanging(log, every);
    kill(pid, SIGTERM);
    int ended = wait_for(pid);
    char *said = file_read(log);
    cr_assert_eq(ended, status, "exit status %d: %s", ended, said);
    cr_assert(text != NULL ? strstr(said, text) != NULL : *said == '\0', "it says: %s", said);
    free(said);
    relay_set(relay, RELAY_PASS);
    free(hoivien_ok(&device, "sync"));
    cr_assert_eq(sql_int(&server.db, "select count(*) from groups"), 2);
}

Test(link_alone, a_sync_that_waits_stops_when_asked_and_keeps_everything)
{
    expect_stop(NULL, 1, "Stopped as asked; everything is kept.");
}

Test(link_alone, a_periodic_sync_that_waits_stops_when_asked_without_a_word)
{
    expect_stop("1h", 0, NULL);
}
