/* Replies: at once, or held back until the gate knows the key that they hand out. */
#include "common/log.h"
#include "common/os.h"
#include "server/front/front_private.h"
#include <stdlib.h>
#include <string.h>

#define HOLD_MS 5000

void front_reply(struct front *s, zmq_msg_t *peer, zmq_msg_t *reply)
{
    /* Never waits: a peer that vanished, or reads nothing, loses its reply and asks again. */
    if (zmq_msg_send(peer, s->router, ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0 ||
        zmq_msg_send(reply, s->router, ZMQ_DONTWAIT) < 0)
        log_line(LOG_INFO, "reply", "state=undeliverable");
    zmq_msg_close(peer);
    zmq_msg_close(reply);
}

static void message_of(zmq_msg_t *m, struct bytes b)
{
    if (zmq_msg_init_size(m, b.n) != 0)
        zmq_msg_init(m);
    else if (b.n > 0)
        memcpy(zmq_msg_data(m), b.p, b.n);
}

void front_refuse(struct front *s, zmq_msg_t *peer, uint32_t id, enum err code, const char *text)
{
    struct bytes packed;
    zmq_msg_t to, reply;
    arena_reset(s->arena);
    dispatch_refuse_id(s->arena, id, code, text, &packed);
    zmq_msg_init(&to);
    zmq_msg_move(&to, peer);
    message_of(&reply, packed);
    front_reply(s, &to, &reply);
}

void reply_hold(struct front *s, zmq_msg_t *peer, zmq_msg_t *reply)
{
    struct held *h = calloc(1, sizeof *h);
    if (h == NULL) {
        front_reply(s, peer, reply);
        return;
    }
    zmq_msg_init(&h->peer);
    zmq_msg_init(&h->reply);
    zmq_msg_move(&h->peer, peer);
    zmq_msg_move(&h->reply, reply);
    h->until = os_monotonic_ms() + HOLD_MS;
    h->next = s->held;
    s->held = h;
    keeper_ask(s);
    h->asked = s->asked;
}

/* Those whose question the gate answers, and those that have waited long enough. */
void reply_release(struct front *s)
{
    uint64_t now = os_monotonic_ms();
    for (struct held **at = &s->held; *at != NULL;) {
        struct held *h = *at;
        if (h->asked > s->answered && now < h->until) {
            at = &h->next;
            continue;
        }
        *at = h->next;
        front_reply(s, &h->peer, &h->reply);
        free(h);
    }
}
