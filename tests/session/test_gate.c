/* Who gets in: keys that the gate knows, nobody else. */
#include "common/os.h"
#include "server/front/front_private.h"
#include "tests/support/peer.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

SUPPORT_CLUSTER

static struct server server;
static struct curve_pair device;

static void begin(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    peer_device(&db, "31317", "commune", &device);
    server_start(&server, &db, NULL);
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(gate, .init = begin, .fini = end, .timeout = 60);

static bool enters(const uint8_t *server_key, const struct curve_pair *keys)
{
    struct peer p;
    peer_open(&p, server.endpoint, server_key, keys);
    bool entered = peer_enters(&p);
    peer_close(&p);
    return entered;
}

Test(gate, lets_a_device_in)
{
    cr_assert(enters(server.key, &device));
}

Test(gate, refuses_a_peer_without_a_key)
{
    cr_assert(!enters(NULL, NULL));
    cr_assert(enters(server.key, &device), "others are served as before");
}

Test(gate, refuses_an_unknown_key)
{
    struct curve_pair unknown;
    curve_pair_make(&unknown);
    cr_assert(!enters(server.key, &unknown));
    cr_assert(enters(server.key, &device), "others are served as before");
}

Test(gate, refuses_who_knows_another_server)
{
    struct curve_pair other;
    curve_pair_make(&other);
    cr_assert(!enters(other.public_key, &device));
}

Test(gate, refuses_a_secret_that_does_not_belong_to_the_key)
{
    struct curve_pair other, mixed = device;
    curve_pair_make(&other);
    memcpy(mixed.secret_key, other.secret_key, KEY_SIZE);
    cr_assert(!enters(server.key, &mixed));
}

static void code_keys(const char *text, struct curve_pair *out)
{
    struct arena *a = arena_make(1 << 16);
    struct enrolment_code code;
    struct fault f;
    cr_assert(code_parse(a, LANG_EN, text, &code, &f) == ERR_OK);
    curve_pair_of_seed(code.seed, out);
    arena_free(a);
}

/* A peer that came in with a code. The gate learns of a code within a second or two. */
static void open_with_code(struct peer *p, const struct curve_pair *keys)
{
    for (uint64_t until = os_monotonic_ms() + 10000; os_monotonic_ms() < until; usleep(20000)) {
        peer_open(p, server.endpoint, server.key, keys);
        if (peer_enters(p))
            return;
        peer_close(p);
    }
    cr_assert_fail("the code is not let in");
}

Test(gate, knows_a_new_key_before_its_enrolment_is_answered)
{
    for (int i = 0; i < 3; i++) {
        struct curve_pair code, fresh;
        struct peer p;
        char *text = world_code(&server, "31317", "commune");
        code_keys(text, &code);
        open_with_code(&p, &code);
        curve_pair_make(&fresh);
        peer_enrol(&p, &fresh);
        cr_assert_eq(peer_code(peer_receive(&p)), HV__CODE__OK);
        cr_assert(enters(server.key, &fresh), "the new key is not known at once");
        peer_close(&p);
        free(text);
    }
}

Test(gate, refuses_a_code_that_has_expired)
{
    struct curve_pair code;
    char *text = world_code(&server, "31317", "commune"), hex[2 * KEY_SIZE + 1];
    code_keys(text, &code);
    key_format(code.public_key, hex);
    sql(&server.db,
        "update enrolment_code set expires_at = now() - interval '1 second' where one_time_key = "
        "decode('%s', 'hex'); update gate set version = version + 1",
        hex);
    struct curve_pair later; /* once this one is known, the gate is newer than the update */
    char *another = world_code(&server, "31317", "commune");
    code_keys(another, &later);
    struct peer p;
    open_with_code(&p, &later);
    peer_close(&p);
    cr_assert(!enters(server.key, &code));
    free(text);
    free(another);
}

/* What the gate's memory says does not wait for the database. */
Test(gate_table, forgets_a_code_when_its_time_has_come)
{
    const struct gate_row rows[] = {{.key = {1}, .id = 7, .is_code = true, .expires = 1000},
                                    {.key = {2}, .id = 8, .expires = 0}};
    const uint8_t unknown[32] = {3};
    struct gate *g = gate_make(rows, 2);
    cr_assert_eq(gate_find(g, rows[0].key, 999)->id, 7);
    cr_assert_null(gate_find(g, rows[0].key, 1000));
    cr_assert_eq(gate_find(g, rows[1].key, INT64_MAX)->id, 8);
    cr_assert_null(gate_find(g, unknown, 0));
    cr_assert_null(gate_find(NULL, rows[1].key, 0));
    gate_free(g);
}

Test(gate_table, finds_each_of_many_keys)
{
    enum { COUNT = 5000 };
    static struct gate_row rows[COUNT];
    uint64_t seed = seed_of_run();
    for (int i = 0; i < COUNT; i++) {
        rows[i].id = i;
        for (int k = 0; k < 4; k++) {
            uint64_t word = k == 0 ? (uint64_t)i % 50 : random_next(&seed); /* many meet in one slot */
            memcpy(rows[i].key + 8 * k, &word, sizeof word);
        }
    }
    struct gate *g = gate_make(rows, COUNT);
    for (int i = 0; i < COUNT; i++)
        cr_assert_eq(gate_find(g, rows[i].key, 0)->id, i);
    gate_free(g);
}

/* A ROUTER set up as the server's, in a process where nobody answers for the gate. `enforce` undoes the one
 * option that makes libzmq refuse then. */
static bool enters_without_gate(bool enforce)
{
    struct curve_pair keys, anybody;
    struct fault f;
    struct peer p;
    char endpoint[64];
    int off = 0;
    size_t size = sizeof endpoint;
    cr_assert(keys_start(NULL) == ERR_OK);
    curve_pair_make(&keys);
    curve_pair_make(&anybody);
    void *context = zmq_ctx_new(), *router = zmq_socket(context, ZMQ_ROUTER);
    cr_assert(router_options(router, &keys, &f) == ERR_OK);
    if (!enforce)
        cr_assert(zmq_setsockopt(router, ZMQ_ZAP_ENFORCE_DOMAIN, &off, sizeof off) == 0);
    cr_assert(zmq_bind(router, "tcp://127.0.0.1:*") == 0);
    cr_assert(zmq_getsockopt(router, ZMQ_LAST_ENDPOINT, endpoint, &size) == 0);
    peer_open(&p, endpoint, keys.public_key, &anybody);
    bool entered = peer_enters(&p);
    peer_close(&p);
    zmq_close(router);
    zmq_ctx_term(context);
    return entered;
}

Test(no_gate, nobody_enters)
{
    cr_assert(!enters_without_gate(true));
    cr_assert(enters_without_gate(false), "so it is that option which keeps everybody out");
}
