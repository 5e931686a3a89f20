#include "server/front.h"
#include "common/log.h"
#include "common/os.h"
#include "common/wire.h"
#include "common/wire_peek.h"
#include "server/front/front_private.h"
#include "server/notify.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define CURVE_BYTES   33 /* that encryption adds to a message */
#define POLL_MS       200
#define DRAIN_MS      30000
#define LINGER_MS     3000 /* for replies that are still on their way when the server stops */
#define CLUSTER_MS    1000
#define FIXED_ITEMS   5
#define BATCH_OF_WORK 256 /* messages taken in before workers are looked after again */

/* ---- requests ---- */

/* Whom the connection's key belongs to now: it may have been revoked since it connected. */
static bool caller_of(struct front *s, zmq_msg_t *payload, struct caller *out)
{
    const char *hex = zmq_msg_gets(payload, "User-Id");
    uint8_t key[KEY_SIZE];
    if (hex == NULL || !key_parse(hex, key))
        return false;
    const struct gate_row *row = gate_find(s->gate, key, (int64_t)(os_now_ms() / 1000));
    if (row == NULL)
        return false;
    *out = (struct caller){.role = row->is_code    ? ROLE_CODE
                                   : row->reporter ? ROLE_REPORTER
                                                   : ROLE_COMMUNE,
                           .device = row->id,
                           .unit = row->unit};
    memcpy(out->key, key, sizeof out->key);
    return true;
}

static void take_request(struct front *s, zmq_msg_t *peer, zmq_msg_t *payload)
{
    struct caller caller;
    uint32_t id;
    const struct handler *h =
        handler_find(wire_peek((struct bytes){zmq_msg_data(payload), zmq_msg_size(payload)}, &id));
    struct job *j = NULL;
    if (!caller_of(s, payload, &caller))
        front_refuse(s, peer, id, ERR_REVOKED, "this key is not known any more");
    else if (s->stopping)
        front_refuse(s, peer, id, ERR_BUSY, "the server is stopping; try again");
    else if ((j = calloc(1, sizeof *j)) == NULL)
        front_refuse(s, peer, id, ERR_BUSY, "no memory at the moment; try again");
    if (j == NULL)
        return;
    j->caller = caller;
    j->id = id;
    zmq_msg_init(&j->peer);
    zmq_msg_init(&j->message);
    zmq_msg_move(&j->peer, peer);
    zmq_msg_move(&j->message, payload);
    queue_take(s, j, h != NULL ? h->lane : LANE_SYNC);
}

/* A message is the routing id and one frame; more frames are no request of ours. */
static bool receive_one(struct front *s)
{
    zmq_msg_t peer, payload, extra;
    zmq_msg_init(&peer);
    if (zmq_msg_recv(&peer, s->router, ZMQ_DONTWAIT) < 0) {
        zmq_msg_close(&peer);
        return false;
    }
    zmq_msg_init(&payload);
    bool fine = zmq_msg_more(&peer) && zmq_msg_recv(&payload, s->router, ZMQ_DONTWAIT) >= 0;
    bool more = fine && zmq_msg_more(&payload);
    if (fine && !more)
        take_request(s, &peer, &payload);
    else if (more)
        front_refuse(s, &peer, 0, ERR_MALFORMED, "a request is one frame");
    while (more) {
        zmq_msg_init(&extra);
        more = zmq_msg_recv(&extra, s->router, ZMQ_DONTWAIT) >= 0 && zmq_msg_more(&extra);
        zmq_msg_close(&extra);
    }
    zmq_msg_close(&payload);
    zmq_msg_close(&peer);
    return true;
}

static void take_requests(struct front *s)
{
    for (int i = 0; i < BATCH_OF_WORK && receive_one(s); i++)
        queue_dispatch(s);
}

static void take_result(struct front *s, struct worker *w)
{
    struct worker_note note = {false};
    zmq_msg_t reply, peer;
    if (zmq_recv(w->socket, &note, sizeof note, ZMQ_DONTWAIT) < 0)
        return;
    zmq_msg_init(&reply);
    zmq_msg_init(&peer);
    if (zmq_msg_recv(&reply, w->socket, 0) >= 0) {
        zmq_msg_move(&peer, &w->job->peer);
        if (note.keys_changed)
            reply_hold(s, &peer, &reply);
        else
            front_reply(s, &peer, &reply);
    }
    zmq_msg_close(&peer);
    zmq_msg_close(&reply);
    queue_done(s, w);
}

static void take_gate(struct front *s)
{
    struct keeper_note note;
    if (zmq_recv(s->keeper.socket, &note, sizeof note, ZMQ_DONTWAIT) != (int)sizeof note)
        return;
    gate_free(s->gate);
    s->gate = note.gate;
    s->answered = note.asked;
}

/* ---- start ---- */

enum err router_options(void *router, const struct curve_pair *keys, struct fault *f)
{
    int yes = 1, linger = LINGER_MS, handshake = 90000, beat = 30000, beat_timeout = 90000, queue = 64;
    int64_t largest = WIRE_MAX_MESSAGE + CURVE_BYTES;
    static const char domain[] = "hoivien";
    const struct {
        int name;
        const void *value;
        size_t size;
    } options[] = {
        {ZMQ_CURVE_SERVER, &yes, sizeof yes},
        {ZMQ_CURVE_SECRETKEY, keys->secret_key, KEY_SIZE},
        {ZMQ_ZAP_DOMAIN, domain, sizeof domain - 1},
        {ZMQ_ZAP_ENFORCE_DOMAIN, &yes, sizeof yes},
        {ZMQ_ROUTER_MANDATORY, &yes, sizeof yes},
        {ZMQ_MAXMSGSIZE, &largest, sizeof largest},
        {ZMQ_LINGER, &linger, sizeof linger},
        {ZMQ_HANDSHAKE_IVL, &handshake, sizeof handshake},
        {ZMQ_HEARTBEAT_IVL, &beat, sizeof beat},
        {ZMQ_HEARTBEAT_TIMEOUT, &beat_timeout, sizeof beat_timeout},
        {ZMQ_SNDHWM, &queue, sizeof queue},
        {ZMQ_RCVHWM, &queue, sizeof queue},
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (zmq_setsockopt(router, options[i].name, options[i].value, options[i].size) != 0)
            return fault(f, ERR_INTERNAL, "socket option %d: %s", options[i].name, zmq_strerror(zmq_errno()));
    return ERR_OK;
}

/* The first gate comes before anybody may knock. */
static enum err wait_for_gate(struct front *s, struct fault *f)
{
    zmq_pollitem_t item = {s->keeper.socket, 0, ZMQ_POLLIN, 0};
    if (zmq_poll(&item, 1, 30000) <= 0)
        return fault(f, ERR_DB_GONE, "the keys can't be read from the database; see the log");
    take_gate(s);
    return ERR_OK;
}

static enum err start_workers(struct front *s, struct fault *f)
{
    const int counts[LANES] = {s->config->sync_workers, s->config->report_workers};
    enum err e = ERR_OK;
    for (int lane = 0; lane < LANES; lane++)
        for (int i = 0; i < counts[lane] && i < MAX_WORKERS && e == ERR_OK; i++) {
            struct worker *w = &s->lanes[lane].workers[s->lanes[lane].worker_count++];
            *w = (struct worker){.config = s->config, .lane = (enum lane)lane, .number = (unsigned)i};
            e = worker_start(w, s->context, f);
        }
    return e;
}

static enum err write_endpoint(struct front *s, struct fault *f)
{
    char line[sizeof s->endpoints + 8] = "";
    for (size_t i = 0; i < s->endpoint_count; i++) {
        size_t at = strlen(line);
        snprintf(line + at, sizeof line - at, "%s%s", i > 0 ? " " : "", s->endpoints[i]);
        log_line(LOG_INFO, "listen", "endpoint=%s", s->endpoints[i]);
    }
    strncat(line, "\n", sizeof line - strlen(line) - 1);
    return s->config->endpoint_file != NULL
               ? os_file_write(s->config->endpoint_file, line, strlen(line), 0644, f)
               : ERR_OK;
}

static enum err front_start(struct front *s, const struct curve_pair *keys, struct fault *f)
{
    s->context = zmq_ctx_new();
    s->arena = arena_make((size_t)1 << 20);
    if (s->context == NULL || s->arena == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the sockets");
    queue_start(s);
    enum err e = zap_bind(s, f);
    if (e == ERR_OK)
        e = keeper_start(s, f);
    if (e == ERR_OK)
        e = wait_for_gate(s, f);
    if (e == ERR_OK && (s->router = zmq_socket(s->context, ZMQ_ROUTER)) == NULL)
        e = fault(f, ERR_INTERNAL, "no socket: %s", zmq_strerror(zmq_errno()));
    if (e == ERR_OK)
        e = router_options(s->router, keys, f);
    if (e == ERR_OK)
        e = limit_start(s, f);
    if (e == ERR_OK)
        e = start_workers(s, f);
    if (e == ERR_OK)
        e = listen_begin(s, f);
    return e == ERR_OK ? write_endpoint(s, f) : e;
}

/* ---- the loop ---- */

static void front_close(struct front *s)
{
    for (int lane = 0; lane < LANES; lane++)
        for (unsigned i = 0; i < s->lanes[lane].worker_count; i++)
            worker_stop(&s->lanes[lane].workers[i]);
    keeper_stop(s);
    void *sockets[] = {s->monitor, s->router, s->zap};
    for (size_t i = 0; i < sizeof sockets / sizeof sockets[0]; i++)
        if (sockets[i] != NULL)
            zmq_close(sockets[i]);
    queue_free(s);
    gate_free(s->gate);
    if (s->context != NULL)
        zmq_ctx_term(s->context);
    arena_free(s->arena);
}

static int signals_open(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static size_t poll_items(struct front *s, int signals, zmq_pollitem_t *items, struct worker **of)
{
    size_t n = 0;
    items[n++] = (zmq_pollitem_t){NULL, signals, ZMQ_POLLIN, 0};
    items[n++] = (zmq_pollitem_t){s->zap, 0, ZMQ_POLLIN, 0};
    items[n++] = (zmq_pollitem_t){s->keeper.socket, 0, ZMQ_POLLIN, 0};
    items[n++] = (zmq_pollitem_t){s->monitor, 0, ZMQ_POLLIN, 0};
    items[n++] = (zmq_pollitem_t){s->router, 0, ZMQ_POLLIN, 0};
    for (int lane = 0; lane < LANES; lane++)
        for (unsigned i = 0; i < s->lanes[lane].worker_count; i++) {
            of[n] = &s->lanes[lane].workers[i];
            items[n] = (zmq_pollitem_t){of[n]->socket, 0, ZMQ_POLLIN, 0};
            n++;
        }
    return n;
}

static void begin_stop(struct front *s)
{
    listen_pause(s);
    s->stopping = true;
    log_line(LOG_INFO, "stop", "state=draining jobs=%u", s->jobs);
}

static void step(struct front *s, int signals)
{
    zmq_pollitem_t items[FIXED_ITEMS + LANES * MAX_WORKERS];
    struct worker *of[FIXED_ITEMS + LANES * MAX_WORKERS];
    size_t n = poll_items(s, signals, items, of);
    if (zmq_poll(items, (int)n, POLL_MS) < 0)
        return;
    if (items[0].revents != 0 && !s->stopping)
        begin_stop(s);
    if (items[2].revents != 0)
        take_gate(s);
    if (items[1].revents != 0)
        zap_answer(s);
    if (items[3].revents != 0)
        limit_accepted(s);
    if (items[4].revents != 0)
        take_requests(s);
    for (size_t i = FIXED_ITEMS; i < n; i++)
        if (items[i].revents != 0)
            take_result(s, of[i]);
    queue_dispatch(s);
    s->keeper.waiting = queue_waiting(s);
    reply_release(s);
    limit_look(s);
}

static void serve(struct front *s, int signals)
{
    uint64_t looked_after = 0, deadline = 0;
    while (!s->stopping || ((s->jobs > 0 || s->held != NULL) && os_monotonic_ms() < deadline)) {
        step(s, signals);
        uint64_t now = os_monotonic_ms();
        if (s->stopping && deadline == 0)
            deadline = now + DRAIN_MS;
        if (s->cluster != NULL && now - looked_after >= CLUSTER_MS) {
            looked_after = now;
            cluster_check(s->cluster);
        }
    }
}

enum err front_run(const struct config *c, const struct curve_pair *keys, struct cluster *cluster,
                   struct fault *f)
{
    struct front *s = calloc(1, sizeof *s);
    if (s == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the server");
    s->config = c;
    s->cluster = cluster;
    int signals = signals_open();
    enum err e = signals >= 0 ? front_start(s, keys, f) : fault(f, ERR_INTERNAL, "signals can't be read");
    if (e == ERR_OK) {
        notify_ready();
        serve(s, signals);
    }
    front_close(s);
    if (signals >= 0)
        close(signals);
    free(s);
    return e;
}
