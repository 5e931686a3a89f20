#include "tests/support/peer.h"
#include "common/os.h"
#include <string.h>
#include <zmq.h>

#define WAIT_MS 20000

void peer_device(const struct database *db, const char *unit_code, const char *role, struct curve_pair *out)
{
    char hex[2 * KEY_SIZE + 1];
    cr_assert(keys_start(NULL) == ERR_OK);
    curve_pair_make(out);
    key_format(out->public_key, hex);
    sql(db,
        "insert into device (unit, role, curve_key, sign_key) select id, '%s', decode('%s', 'hex'), "
        "decode('%s', 'hex') from unit where code = '%s'; update gate set version = version + 1",
        role, hex, hex, unit_code);
}

static void set(void *socket, int name, const void *value, size_t size)
{
    cr_assert(zmq_setsockopt(socket, name, value, size) == 0, "option %d: %s", name,
              zmq_strerror(zmq_errno()));
}

void peer_open(struct peer *p, const char *endpoint, const uint8_t *server_key, const struct curve_pair *keys)
{
    int none = 0, wait = WAIT_MS, never = -1;
    *p = (struct peer){.context = zmq_ctx_new(), .arena = arena_make(WIRE_ARENA)};
    p->socket = zmq_socket(p->context, ZMQ_DEALER);
    set(p->socket, ZMQ_LINGER, &none, sizeof none);
    set(p->socket, ZMQ_RCVTIMEO, &wait, sizeof wait);
    set(p->socket, ZMQ_SNDTIMEO, &wait, sizeof wait);
    set(p->socket, ZMQ_RECONNECT_IVL, &never, sizeof never); /* what was refused stays refused */
    if (keys != NULL) {
        set(p->socket, ZMQ_CURVE_SERVERKEY, server_key, KEY_SIZE);
        set(p->socket, ZMQ_CURVE_PUBLICKEY, keys->public_key, KEY_SIZE);
        set(p->socket, ZMQ_CURVE_SECRETKEY, keys->secret_key, KEY_SIZE);
    }
    zmq_socket_monitor(p->socket, "inproc://events", ZMQ_EVENT_ALL);
    p->monitor = zmq_socket(p->context, ZMQ_PAIR);
    set(p->monitor, ZMQ_RCVTIMEO, &wait, sizeof wait);
    cr_assert(zmq_connect(p->monitor, "inproc://events") == 0 && zmq_connect(p->socket, endpoint) == 0,
              "cannot connect to %s: %s", endpoint, zmq_strerror(zmq_errno()));
}

void peer_close(struct peer *p)
{
    zmq_close(p->socket);
    zmq_close(p->monitor);
    zmq_ctx_term(p->context);
    arena_free(p->arena);
}

/* An event is two frames: its number (two bytes) with a value, and the endpoint. */
static int next_event(struct peer *p)
{
    uint8_t head[6];
    uint16_t number;
    cr_assert(zmq_recv(p->monitor, head, sizeof head, 0) == (int)sizeof head, "nothing happened for 20 s");
    zmq_recv(p->monitor, NULL, 0, 0);
    memcpy(&number, head, sizeof number);
    return number;
}

bool peer_enters(struct peer *p)
{
    const int out = ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |
                    ZMQ_EVENT_HANDSHAKE_FAILED_AUTH | ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_CLOSED;
    for (;;) {
        int event = next_event(p);
        if (event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED || (event & out) != 0)
            return event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED;
    }
}

void peer_wait_cut(struct peer *p)
{
    while (next_event(p) != ZMQ_EVENT_DISCONNECTED)
        ;
}

void peer_send(struct peer *p, const void *bytes, size_t n, bool more)
{
    cr_assert(zmq_send(p->socket, bytes, n, more ? ZMQ_SNDMORE : 0) == (int)n, "cannot send: %s",
              zmq_strerror(zmq_errno()));
}

Hv__Reply *peer_receive(struct peer *p)
{
    struct fault f;
    Hv__Reply *reply;
    zmq_msg_t m;
    zmq_msg_init(&m);
    cr_assert(zmq_msg_recv(&m, p->socket, 0) >= 0, "no reply: %s", zmq_strerror(zmq_errno()));
    const void *copy = arena_copy(p->arena, zmq_msg_data(&m), zmq_msg_size(&m));
    cr_assert(wire_reply_unpack(p->arena, (struct bytes){copy, zmq_msg_size(&m)}, &reply, &f) == ERR_OK,
              "a reply that can't be read: %s", f.text);
    zmq_msg_close(&m);
    return reply;
}

uint32_t peer_request(struct peer *p, Hv__Request *r)
{
    struct bytes packed;
    r->has_id = r->has_protocol = true;
    r->id = ++p->last_id;
    r->protocol = WIRE_PROTOCOL;
    cr_assert(wire_request_pack(p->arena, r, &packed) == ERR_OK);
    peer_send(p, packed.p, packed.n, false);
    return r->id;
}

Hv__Reply *peer_ask(struct peer *p, Hv__Request *r)
{
    uint32_t id = peer_request(p, r);
    Hv__Reply *reply = peer_receive(p);
    cr_assert_eq(reply->id, id);
    return reply;
}

uint32_t peer_target(struct peer *p)
{
    Hv__Request r = HV__REQUEST__INIT;
    Hv__TargetRequest target = HV__TARGET_REQUEST__INIT;
    r.body_case = HV__REQUEST__BODY_TARGET;
    r.target = &target;
    return peer_request(p, &r);
}

uint32_t peer_sync(struct peer *p, const struct id *replica)
{
    struct id copy = *replica;
    Hv__Request r = HV__REQUEST__INIT;
    Hv__SyncRequest sync = HV__SYNC_REQUEST__INIT;
    sync.has_replica = true;
    sync.replica = (ProtobufCBinaryData){sizeof copy.b, copy.b};
    r.body_case = HV__REQUEST__BODY_SYNC;
    r.sync = &sync;
    return peer_request(p, &r);
}

uint32_t peer_enrol(struct peer *p, const struct curve_pair *device)
{
    Hv__Request r = HV__REQUEST__INIT;
    Hv__EnrolRequest enrol = HV__ENROL_REQUEST__INIT;
    struct curve_pair keys = *device;
    struct sign_pair sign;
    uint8_t proof[SIGN_SIZE];
    sign_pair_make(&sign);
    enrol_proof_make(&sign, keys.public_key, proof);
    enrol.has_curve_key = enrol.has_sign_key = enrol.has_proof = true;
    enrol.curve_key = (ProtobufCBinaryData){KEY_SIZE, keys.public_key};
    enrol.sign_key = (ProtobufCBinaryData){KEY_SIZE, sign.public_key};
    enrol.proof = (ProtobufCBinaryData){SIGN_SIZE, proof};
    r.body_case = HV__REQUEST__BODY_ENROL;
    r.enrol = &enrol;
    return peer_request(p, &r);
}

Hv__Code peer_code(const Hv__Reply *r)
{
    return r->body_case == HV__REPLY__BODY_ERROR ? r->error->code : HV__CODE__OK;
}
