/* The link against whoever may be at the address: a server that comes late or answers slowly, another one, a
 * network that hangs up. */
#include "client/link.h"
#include "tests/support/support.h"
#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zmq.h>

#define LARGEST 40000

static struct curve_pair server_keys, client_keys;
static void *context;
static char endpoint[64];
static uint8_t payload[LARGEST];

static void *router_open(const char *at)
{
    int yes = 1, none = 0;
    size_t room = sizeof endpoint;
    void *router = zmq_socket(context, ZMQ_ROUTER);
    cr_assert(zmq_setsockopt(router, ZMQ_CURVE_SERVER, &yes, sizeof yes) == 0);
    cr_assert(zmq_setsockopt(router, ZMQ_CURVE_SECRETKEY, server_keys.secret_key, KEY_SIZE) == 0);
    cr_assert(zmq_setsockopt(router, ZMQ_LINGER, &none, sizeof none) == 0);
    cr_assert(zmq_bind(router, at) == 0, "%s: %s", at, zmq_strerror(zmq_errno()));
    cr_assert(zmq_getsockopt(router, ZMQ_LAST_ENDPOINT, endpoint, &room) == 0);
    return router;
}

/* Answers one message with the first `n` bytes of the payload. */
static void answer(void *router, size_t n)
{
    uint8_t who[64], asked[LARGEST];
    int size = zmq_recv(router, who, sizeof who, 0);
    cr_assert(size > 0 && zmq_recv(router, asked, sizeof asked, 0) > 0);
    cr_assert(zmq_send(router, who, (size_t)size, ZMQ_SNDMORE) >= 0 && zmq_send(router, payload, n, 0) >= 0);
}

static void begin(void)
{
    cr_assert(keys_start(NULL) == ERR_OK);
    curve_pair_make(&server_keys);
    curve_pair_make(&client_keys);
    context = zmq_ctx_new();
}

TestSuite(link, .init = begin, .timeout = 60);

static struct link *link_to(const char *at, const uint8_t *key, unsigned silence_ms)
{
    struct link *l;
    struct fault f;
    const struct link_options o = {
        .endpoints = at, .server_key = key, .keys = &client_keys, .silence_ms = silence_ms};
    cr_assert_eq(link_open(&l, &o, &f), ERR_OK, "%s", f.text);
    return l;
}

static void expect_sent(struct link *l, size_t n)
{
    struct fault f;
    enum err e = link_send(l, (struct bytes){payload, n}, &f);
    cr_assert_eq(e, ERR_OK, "%s", f.text);
}

static void expect_received(struct link *l, size_t n)
{
    struct fault f;
    struct bytes out;
    enum err e = link_receive(l, &out, &f);
    cr_assert_eq(e, ERR_OK, "%s", f.text);
    cr_assert_eq(out.n, n);
}

static void expect_not_sent(struct link *l, enum err expected)
{
    struct fault f;
    cr_assert_eq(link_send(l, (struct bytes){payload, 1}, &f), expected, "%s", f.text);
}

/* ---- bytes ---- */

static void expect_bytes(uint64_t (*relayed)(const struct relay *), struct relay *r, uint64_t bytes)
{
    for (int i = 0; relayed(r) != bytes; i++, usleep(5000))
        cr_assert(i < 1000, "%llu bytes were relayed, %llu expected", (unsigned long long)relayed(r),
                  (unsigned long long)bytes);
}

Test(link, bytes_are_counted_as_they_are_on_the_wire)
{
    const size_t sizes[] = {1, 221, 222, 223, 224, 300, LARGEST};
    void *router = router_open("tcp://127.0.0.1:*");
    struct relay *relay = relay_start(endpoint);
    struct link *l = link_to(relay_endpoint(relay), server_keys.public_key, 0);
    const uint64_t handshake_up = 567, handshake_down = 301;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        expect_sent(l, sizes[i]);
        answer(router, sizes[i]);
        expect_received(l, sizes[i]);
        expect_bytes(relay_bytes_up, relay, link_counted(l).up + handshake_up);
        expect_bytes(relay_bytes_down, relay, link_counted(l).down + handshake_down);
    }
    link_close(&l);
    relay_stop(relay);
    zmq_close(router);
}

Test(link, a_long_message_on_a_slow_link_is_no_silence)
{
    void *router = router_open("tcp://127.0.0.1:*");
    struct relay *relay = relay_start(endpoint);
    struct link *l = link_to(relay_endpoint(relay), server_keys.public_key, 1000);
    expect_sent(l, 1);
    answer(router, 1);
    expect_received(l, 1);
    relay_slow(relay, LARGEST / 3, 0); /* three times as long as silence is borne */
    expect_sent(l, 1);
    answer(router, LARGEST);
    expect_received(l, LARGEST);
    link_close(&l);
    relay_stop(relay);
    zmq_close(router);
}

/* ---- who is there ---- */

static int listener_open(void)
{
    int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    cr_assert(bind(fd, (struct sockaddr *)&at, size) == 0 && listen(fd, 8) == 0);
    cr_assert(getsockname(fd, (struct sockaddr *)&at, &size) == 0);
    snprintf(endpoint, sizeof endpoint, "tcp://127.0.0.1:%d", ntohs(at.sin_port));
    return fd;
}

/* Hangs up on the first who comes, then is a server. */
static void *come_late(void *listener)
{
    int fd = *(int *)listener, first = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
    cr_assert(first >= 0);
    close(first);
    close(fd);
    void *router = router_open(words("%s", endpoint));
    answer(router, 7);
    return router;
}

Test(link, a_server_that_comes_late_is_waited_for)
{
    pthread_t thread;
    void *router;
    int fd = listener_open();
    char at[64];
    strcpy(at, endpoint);
    pthread_create(&thread, NULL, come_late, &fd);
    struct link *l = link_to(at, server_keys.public_key, 0);
    expect_sent(l, 1);
    expect_received(l, 7);
    link_close(&l);
    pthread_join(thread, &router);
    zmq_close(router);
}

Test(link, who_hangs_up_without_a_greeting_is_no_link)
{
    void *router = router_open("tcp://127.0.0.1:*");
    struct relay *relay = relay_start(endpoint);
    relay_set(relay, RELAY_CUT);
    struct link *l = link_to(relay_endpoint(relay), server_keys.public_key, 0);
    expect_not_sent(l, ERR_NO_LINK);
    link_close(&l);
    relay_stop(relay);
    zmq_close(router);
}

Test(link, a_server_with_another_key_is_another_server)
{
    struct curve_pair other;
    curve_pair_make(&other);
    void *router = router_open("tcp://127.0.0.1:*");
    struct link *l = link_to(endpoint, other.public_key, 0);
    expect_not_sent(l, ERR_OTHER_SERVER);
    link_close(&l);
    zmq_close(router);
}

Test(link, of_several_addresses_the_first_that_answers_serves)
{
    int fd = listener_open();
    close(fd);
    const char *nobody = words("%s", endpoint);
    void *router = router_open("tcp://127.0.0.1:*");
    struct link *l = link_to(words("%s %s", nobody, endpoint), server_keys.public_key, 0);
    expect_sent(l, 1);
    answer(router, 7);
    expect_received(l, 7);
    link_close(&l);
    zmq_close(router);
}
