/* Queues, lanes, odd messages, stopping, and a database that goes away. */
#include "common/os.h"
#include "server/db.h"
#include "tests/support/peer.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

#define WAITING 16 /* requests of one commune that may wait */

static struct server server;
static struct curve_pair device, other_device;
static struct peer peer;

static void begin(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    peer_device(&db, "31317", "commune", &device);
    peer_device(&db, "31318", "commune", &other_device);
    server_start(&server, &db, "sync_workers = 2\nreport_workers = 1");
    peer_open(&peer, server.endpoint, server.key, &device);
}

static void end(void)
{
    peer_close(&peer);
    if (server.pid != 0)
        server_stop(&server);
}

TestSuite(front, .init = begin, .fini = end, .timeout = 60);

/* Locks the commune's stream, so that its syncs stand still until the lock is given back. */
static struct db *lock_stream(const char *unit_code)
{
    struct db *db;
    struct fault f;
    const struct db_options o = {.connection = server.db.owner, .name = "test", .migrator = true};
    cr_assert(db_open(&db, &o, &f) == ERR_OK, "%s", f.text);
    cr_assert(db_begin(db, false, &f) == ERR_OK);
    cr_assert(
        db_script(db,
                  words("select from stream where id = (select id from unit where code = '%s') for update",
                        unit_code),
                  &f) == ERR_OK,
        "%s", f.text);
    return db;
}

static void unlock_stream(struct db **db)
{
    db_rollback(*db);
    db_close(db);
}

static void expect(struct peer *p, uint32_t id, Hv__Code code)
{
    const Hv__Reply *reply = peer_receive(p);
    cr_assert_eq(reply->id, id, "reply %u instead of %u", reply->id, id);
    cr_assert_eq(peer_code(reply), code, "reply %u: code %d", id, (int)peer_code(reply));
}

static void expect_good(struct peer *p)
{
    expect(p, peer_target(p), HV__CODE__OK);
}

/* ---- queues and lanes ---- */

Test(front, answers_one_commune_in_order_and_what_is_too_much_at_once)
{
    const uint32_t beyond = 7;
    struct id replica = os_new_id();
    struct db *lock = lock_stream("31317");
    for (uint32_t i = 0; i < 1 + WAITING + beyond; i++)
        peer_sync(&peer, &replica);
    for (uint32_t i = 0; i < beyond; i++)
        expect(&peer, 1 + WAITING + 1 + i, HV__CODE__BUSY);
    unlock_stream(&lock);
    for (uint32_t i = 0; i < 1 + WAITING; i++)
        expect(&peer, 1 + i, HV__CODE__OK);
}

Test(front, lets_no_commune_wait_for_another)
{
    struct id replica = os_new_id(), other_replica = os_new_id();
    struct peer other;
    struct db *lock = lock_stream("31317");
    uint32_t held = peer_sync(&peer, &replica);
    peer_open(&other, server.endpoint, server.key, &other_device);
    for (int i = 0; i < 5; i++)
        expect(&other, peer_sync(&other, &other_replica), HV__CODE__OK);
    unlock_stream(&lock);
    expect(&peer, held, HV__CODE__OK);
    peer_close(&other);
}

Test(front, answers_a_report_while_syncs_stand_still)
{
    struct id replica = os_new_id();
    struct db *lock = lock_stream("31317");
    uint32_t held = peer_sync(&peer, &replica);
    expect_good(&peer);
    unlock_stream(&lock);
    expect(&peer, held, HV__CODE__OK);
}

/* ---- odd messages ---- */

Test(front, gives_odd_messages_their_typed_error_and_stays)
{
    static const uint8_t truncated[] = {0x08, 0x05, 0x5a, 0x7f, 0x01},
                         unknown[] = {0x08, 0x06, 0x10, 0x01, 0xa2, 0x06, 0x00};
    peer_send(&peer, "", 0, false);
    cr_assert_neq(peer_code(peer_receive(&peer)), HV__CODE__OK);
    peer_send(&peer, truncated, sizeof truncated, false);
    expect(&peer, 5, HV__CODE__MALFORMED);
    peer_send(&peer, unknown, sizeof unknown, false);
    expect(&peer, 6, HV__CODE__UNKNOWN_REQUEST);
    peer_send(&peer, "one", 3, true);
    peer_send(&peer, "two", 3, true);
    peer_send(&peer, "three", 5, false);
    expect(&peer, 0, HV__CODE__MALFORMED);
    expect_good(&peer);
}

Test(front, cuts_off_who_sends_too_much_and_only_him)
{
    struct peer other;
    char *large = calloc(1, WIRE_MAX_MESSAGE + 1);
    peer_open(&other, server.endpoint, server.key, &device);
    expect_good(&other);
    expect_good(&peer);
    peer_send(&peer, large, WIRE_MAX_MESSAGE + 1, false);
    peer_wait_cut(&peer);
    expect_good(&other);
    peer_close(&other);
    free(large);
}

Test(front, takes_what_is_just_small_enough)
{
    char *large = calloc(1, WIRE_MAX_MESSAGE);
    peer_send(&peer, large, WIRE_MAX_MESSAGE, false);
    cr_assert_eq(peer_code(peer_receive(&peer)), HV__CODE__MALFORMED);
    expect_good(&peer);
    free(large);
}

/* ---- stopping ---- */

static bool log_has(const char *text)
{
    char *log = file_read(words("%s/log", server.folder));
    bool has = strstr(log, text) != NULL;
    free(log);
    return has;
}

Test(front, answers_what_is_queued_before_it_stops)
{
    struct id replica = os_new_id();
    struct peer late;
    struct db *lock = lock_stream("31317");
    expect_good(&peer);
    for (int i = 0; i < 3; i++)
        peer_sync(&peer, &replica);
    expect_good(&peer); /* so the three have been taken in */
    kill(server.pid, SIGTERM);
    while (!log_has("state=draining"))
        cr_assert_eq(kill(server.pid, 0), 0);
    expect(&peer, peer_sync(&peer, &replica), HV__CODE__BUSY);
    peer_open(&late, server.endpoint, server.key, &other_device);
    unlock_stream(&lock);
    for (uint32_t i = 2; i <= 4; i++)
        expect(&peer, i, HV__CODE__OK);
    int status = wait_for(server.pid);
    server.pid = 0;
    cr_assert_eq(status, 0, "exit status %d: %s", status, file_read(words("%s/log", server.folder)));
    cr_assert(!peer_enters(&late));
    peer_close(&late);
}

Test(front, is_not_moved_by_a_hang_up)
{
    expect_good(&peer);
    kill(server.pid, SIGHUP);
    expect_good(&peer);
}

/* ---- the database goes away ---- */

Test(front, says_busy_until_the_database_is_back)
{
    struct id replica = os_new_id();
    expect(&peer, peer_sync(&peer, &replica), HV__CODE__OK);
    const char *host = words("%.*s", (int)strcspn(server.db.owner, " "), server.db.owner);
    free(run_ok(
        "psql -X -q -A -t -d '%s user=postgres dbname=%s' -c \"select count(pg_terminate_backend(pid)) "
        "from pg_stat_activity where usename = 'hoivien_server'\"",
        host, server.db.name));
    Hv__Code code = HV__CODE__BUSY;
    for (int i = 0; i < 20 && code == HV__CODE__BUSY; i++) {
        uint32_t id = peer_sync(&peer, &replica);
        const Hv__Reply *reply = peer_receive(&peer);
        cr_assert_eq(reply->id, id);
        code = peer_code(reply);
    }
    cr_assert_eq(code, HV__CODE__OK);
}
