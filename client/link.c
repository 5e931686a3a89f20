#include "client/link.h"
#include "common/os.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#define CONNECT_MS    30000
#define SILENCE_MS    60000
#define POLL_MS       100
#define GREETING_MS   5000
#define MAX_ENDPOINTS 8
#define RETRIES       3  /* refused or broken connections until an endpoint is given up */
#define SEALING       33 /* bytes that CURVE adds to a message */
#define LARGEST       (1 << 20)
#define ALIVE_BYTES   2048 /* more than heartbeats make while the server may be silent */

/* Heartbeats keep a path through a firewall open. They wait behind a long message, so on a slow link they
 * tell nothing about silence: that is measured by bytes. */
#define BEAT_TIMEOUT_MS 600000

struct link {
    void *context;
    void *socket;
    void *monitor;
    struct link_options options;
    char endpoints[MAX_ENDPOINTS][128];
    size_t endpoint_count;
    size_t endpoint; /* the one that is tried or used */
    bool connected;  /* TCP */
    bool ready;      /* handshake done */
    unsigned failures;
    bool protocol_failed;
    bool refused;
    int descriptor;  /* of the TCP connection, only to be asked how much has passed through it */
    uint64_t passed; /* bytes that had passed at the last sign of life */
    uint64_t since;  /* monotonic milliseconds of the last sign of life */
    zmq_msg_t message;
    struct link_count count;
};

static void close_sockets(struct link *l)
{
    if (l->monitor != NULL)
        zmq_close(l->monitor);
    if (l->socket != NULL)
        zmq_close(l->socket);
    l->monitor = l->socket = NULL;
}

static bool set_options(struct link *l)
{
    int yes = 1, linger = 0, first = 500, most = 8000, handshake = 90000, beat = 15000,
        beat_timeout = BEAT_TIMEOUT_MS;
    int64_t largest = LARGEST + SEALING;
    const struct {
        int name;
        const void *value;
        size_t size;
    } options[] = {
        {ZMQ_CURVE_SERVERKEY, l->options.server_key, KEY_SIZE},
        {ZMQ_CURVE_PUBLICKEY, l->options.keys->public_key, KEY_SIZE},
        {ZMQ_CURVE_SECRETKEY, l->options.keys->secret_key, KEY_SIZE},
        {ZMQ_LINGER, &linger, sizeof linger},
        {ZMQ_IMMEDIATE, &yes, sizeof yes},
        {ZMQ_RECONNECT_IVL, &first, sizeof first},
        {ZMQ_RECONNECT_IVL_MAX, &most, sizeof most},
        {ZMQ_HANDSHAKE_IVL, &handshake, sizeof handshake},
        {ZMQ_HEARTBEAT_IVL, &beat, sizeof beat},
        {ZMQ_HEARTBEAT_TIMEOUT, &beat_timeout, sizeof beat_timeout},
        {ZMQ_MAXMSGSIZE, &largest, sizeof largest},
        {ZMQ_IPV6, &yes, sizeof yes},
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (zmq_setsockopt(l->socket, options[i].name, options[i].value, options[i].size) != 0)
            return false;
    return true;
}

static enum err try_endpoint(struct link *l, struct fault *f)
{
    char events[40];
    close_sockets(l);
    l->connected = l->ready = l->protocol_failed = false;
    l->failures = 0;
    l->descriptor = -1;
    l->passed = 0;
    l->since = os_monotonic_ms();
    l->socket = zmq_socket(l->context, ZMQ_DEALER);
    snprintf(events, sizeof events, "inproc://link-events-%zu", l->endpoint);
    if (l->socket == NULL || !set_options(l) || zmq_socket_monitor(l->socket, events, ZMQ_EVENT_ALL) != 0)
        return fault(f, ERR_INTERNAL, "the connection can't be set up: %s", zmq_strerror(zmq_errno()));
    l->monitor = zmq_socket(l->context, ZMQ_PAIR);
    if (l->monitor == NULL || zmq_connect(l->monitor, events) != 0)
        return fault(f, ERR_INTERNAL, "the connection can't be watched: %s", zmq_strerror(zmq_errno()));
    if (zmq_connect(l->socket, l->endpoints[l->endpoint]) != 0)
        return fault(f, ERR_NO_LINK, "%s is no endpoint", l->endpoints[l->endpoint]);
    return ERR_OK;
}

static void split_endpoints(struct link *l, const char *text)
{
    while (l->endpoint_count < MAX_ENDPOINTS && *(text += strspn(text, " ")) != '\0') {
        size_t n = strcspn(text, " ");
        snprintf(l->endpoints[l->endpoint_count++], sizeof l->endpoints[0], "%.*s", (int)n, text);
        text += n;
    }
}

enum err link_open(struct link **out, const struct link_options *o, struct fault *f)
{
    struct link *l = calloc(1, sizeof *l);
    *out = l;
    if (l == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the connection");
    l->options = *o;
    if (l->options.connect_ms == 0)
        l->options.connect_ms = CONNECT_MS;
    if (l->options.silence_ms == 0)
        l->options.silence_ms = SILENCE_MS;
    zmq_msg_init(&l->message);
    split_endpoints(l, o->endpoints);
    l->context = zmq_ctx_new();
    enum err e = l->context == NULL || l->endpoint_count == 0
                     ? fault(f, ERR_NO_LINK, "no endpoint to connect to")
                     : try_endpoint(l, f);
    if (e != ERR_OK)
        link_close(out);
    return e;
}

void link_close(struct link **out)
{
    struct link *l = *out;
    if (l == NULL)
        return;
    zmq_msg_close(&l->message);
    close_sockets(l);
    if (l->context != NULL)
        zmq_ctx_term(l->context);
    free(l);
    *out = NULL;
}

static void take_event(struct link *l, int event, int32_t value)
{
    switch (event) {
    case ZMQ_EVENT_CONNECTED:
        l->connected = true;
        l->descriptor = value;
        break;
    case ZMQ_EVENT_HANDSHAKE_SUCCEEDED:
        l->failures = l->ready ? 1 : 0; /* a second handshake: the connection with the requests is lost */
        l->ready = true;
        l->since = os_monotonic_ms();
        break;
    case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
        l->refused = true;
        break;
    case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
        l->protocol_failed = true;
        break;
    case ZMQ_EVENT_DISCONNECTED:
        l->failures++;
        l->protocol_failed |= l->connected && !l->ready;
        l->connected = false;
        break;
    case ZMQ_EVENT_CLOSED:
        l->failures++; /* the connection was refused */
        break;
    default:
        break;
    }
}

/* Two frames an event: number and value, then the endpoint. */
static void take_events(struct link *l)
{
    zmq_msg_t frame;
    uint16_t event;
    int32_t value;
    for (;;) {
        zmq_msg_init(&frame);
        if (zmq_msg_recv(&frame, l->monitor, ZMQ_DONTWAIT) < 0) {
            zmq_msg_close(&frame);
            return;
        }
        if (zmq_msg_more(&frame) && zmq_msg_size(&frame) == sizeof event + sizeof value) {
            const uint8_t *head = zmq_msg_data(&frame);
            memcpy(&event, head, sizeof event);
            memcpy(&value, head + sizeof event, sizeof value);
            take_event(l, event, value);
        }
        zmq_msg_close(&frame);
    }
}

/* A long message on a slow link shows only by its bytes. */
static void note_bytes(struct link *l)
{
    uint64_t passed = os_socket_bytes(l->descriptor);
    if (passed < l->passed + ALIVE_BYTES)
        return;
    l->passed = passed;
    l->since = os_monotonic_ms();
}

/* Whether somebody at the endpoint greets as ZeroMQ does. A proxy, or a network that wants a login first,
 * takes the connection and does not. */
static bool is_greeted(struct link *l)
{
    int none = 0, never = -1, wait = GREETING_MS, n = 0;
    uint8_t bytes[64] = {0};
    void *raw = zmq_socket(l->context, ZMQ_STREAM);
    if (raw == NULL)
        return false;
    zmq_setsockopt(raw, ZMQ_LINGER, &none, sizeof none);
    zmq_setsockopt(raw, ZMQ_RECONNECT_IVL, &never, sizeof never);
    zmq_setsockopt(raw, ZMQ_RCVTIMEO, &wait, sizeof wait);
    zmq_connect(raw, l->endpoints[l->endpoint]);
    /* The connection's name and what came: nothing when it is made, then bytes, or nothing when it ends. */
    for (int i = 0; i < 2 && n == 0 && zmq_recv(raw, bytes, sizeof bytes, 0) > 0; i++)
        n = zmq_recv(raw, bytes, sizeof bytes, 0);
    zmq_close(raw);
    return n > 0 && bytes[0] == 0xff;
}

/* What the events mean for the one who waits. */
static enum err judge(struct link *l, struct fault *f)
{
    note_bytes(l);
    uint64_t waited = os_monotonic_ms() - l->since;
    if (l->refused)
        return fault(f, ERR_KEY_REFUSED, "the server refuses the key");
    if (l->ready && l->failures == 0 && waited <= l->options.silence_ms)
        return ERR_OK;
    if (l->ready)
        return fault(f, ERR_NO_LINK, l->failures > 0 ? "the connection broke" : "the server has been silent");
    if (l->failures < RETRIES && waited <= l->options.connect_ms)
        return ERR_OK;
    if (l->endpoint + 1 < l->endpoint_count) {
        l->endpoint++;
        return try_endpoint(l, f);
    }
    if (l->protocol_failed && is_greeted(l))
        return fault(f, ERR_OTHER_SERVER, "whoever answers there is not the server of the enrolment code");
    return fault(f, ERR_NO_LINK, "nobody answers");
}

static enum err wait_some(struct link *l, short what, bool *there, struct fault *f)
{
    zmq_pollitem_t items[2] = {{l->socket, 0, what, 0}, {l->monitor, 0, ZMQ_POLLIN, 0}};
    *there = false;
    if (os_stop_asked())
        return fault(f, ERR_STOPPED, "asked to stop");
    if (zmq_poll(items, 2, POLL_MS) < 0)
        return ERR_OK;
    if (items[1].revents != 0)
        take_events(l);
    *there = (items[0].revents & what) != 0;
    return *there ? ERR_OK : judge(l, f);
}

/* ZMTP puts flags and a length before what CURVE made of the message: one byte each, or eight for a length
 * beyond 255. */
static void counted(uint64_t *total, size_t n)
{
    size_t sealed = n + SEALING;
    *total += sealed + (sealed > 255 ? 9 : 2);
}

/* With ZMQ_IMMEDIATE a message is only taken when the handshake is done, so none is lost to a connection that
 * never came about. */
enum err link_send(struct link *l, struct bytes message, struct fault *f)
{
    for (;;) {
        if (zmq_send(l->socket, message.p, message.n, ZMQ_DONTWAIT) >= 0) {
            counted(&l->count.up, message.n);
            l->since = os_monotonic_ms();
            return ERR_OK;
        }
        bool there;
        enum err e = wait_some(l, ZMQ_POLLOUT, &there, f);
        if (e != ERR_OK)
            return e;
    }
}

enum err link_receive(struct link *l, struct bytes *out, struct fault *f)
{
    for (;;) {
        if (zmq_msg_recv(&l->message, l->socket, ZMQ_DONTWAIT) >= 0) {
            *out = (struct bytes){zmq_msg_data(&l->message), zmq_msg_size(&l->message)};
            counted(&l->count.down, out->n);
            l->since = os_monotonic_ms();
            return ERR_OK;
        }
        bool there;
        enum err e = wait_some(l, ZMQ_POLLIN, &there, f);
        if (e != ERR_OK)
            return e;
    }
}

struct link_count link_counted(const struct link *l)
{
    return l->count;
}
