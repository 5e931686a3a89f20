/* A key that is taken back stops working, on an open connection too. */
#include "common/os.h"
#include "tests/support/peer.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

SUPPORT_CLUSTER

#define ACTS_WITHIN_MS 10000

static struct server server;
static struct curve_pair first, second;

static void begin(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    peer_device(&db, "31317", "commune", &first);
    peer_device(&db, "31318", "commune", &second);
    server_start(&server, &db, NULL);
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(revoked, .init = begin, .fini = end, .timeout = 60);

static void device_revoke(const struct curve_pair *key)
{
    char hex[2 * KEY_SIZE + 1];
    key_format(key->public_key, hex);
    free(run_ok(
        "%s/server/hoivien-admin --config %s/hoivien.conf device revoke %s", HV_BIN, server.folder,
        words("%s", sql(&server.db, "select id from device where curve_key = decode('%s', 'hex')", hex))));
}

static Hv__Code ask(struct peer *p)
{
    uint32_t id = peer_target(p);
    const Hv__Reply *reply = peer_receive(p);
    cr_assert_eq(reply->id, id);
    return peer_code(reply);
}

/* Asks until the key is refused; every answer until then is a good one. */
static void expect_refusal(struct peer *p)
{
    uint64_t from = os_monotonic_ms();
    Hv__Code code;
    while ((code = ask(p)) == HV__CODE__OK)
        cr_assert(os_monotonic_ms() - from < ACTS_WITHIN_MS, "a revoked key is still served");
    cr_assert_eq(code, HV__CODE__REVOKED);
}

Test(revoked, key_is_told_so_on_an_open_connection_and_enters_no_more)
{
    struct peer p, other, again;
    peer_open(&p, server.endpoint, server.key, &first);
    peer_open(&other, server.endpoint, server.key, &second);
    cr_assert_eq(ask(&p), HV__CODE__OK);
    device_revoke(&first);
    expect_refusal(&p);
    cr_assert_eq(ask(&p), HV__CODE__REVOKED, "the connection stays, and the answer too");
    cr_assert_eq(ask(&other), HV__CODE__OK, "others are served as before");
    peer_open(&again, server.endpoint, server.key, &first);
    cr_assert(!peer_enters(&again));
    peer_close(&again);
    peer_close(&other);
    peer_close(&p);
}

Test(revoked, clerk_is_told_apart_from_one_without_a_link)
{
    struct client_device d;
    device_make(&d, &server, "31317", NULL);
    free(hoivien_ok(&d, "sync"));
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf device revoke %lld", HV_BIN, server.folder,
                (long long)sql_int(&server.db, "select max(id) from device")));
    struct peer p; /* once this one is refused, the gate is newer than both */
    peer_open(&p, server.endpoint, server.key, &second);
    device_revoke(&second);
    expect_refusal(&p);
    peer_close(&p);
    struct output o = hoivien(&d, "sync");
    cr_assert_eq(o.status, 1, "exit status %d\n%s%s", o.status, o.out, o.err);
    output_free(&o);
    server_kill(&server);
    o = hoivien(&d, "sync");
    cr_assert_eq(o.status, 3, "exit status %d\n%s%s", o.status, o.out, o.err);
    output_free(&o);
    server_restart(&server);
}
