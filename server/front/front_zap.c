/* Who may connect: CURVE keys that the gate knows. Bound before anything listens; without it libzmq would let
 * everybody in. */
#include "common/log.h"
#include "common/os.h"
#include "server/front/front_private.h"
#include <string.h>

#define ANSWERS_AT_ONCE 64 /* before others are looked after again */

enum err zap_bind(struct front *s, struct fault *f)
{
    int linger = 0;
    s->zap = zmq_socket(s->context, ZMQ_REP);
    if (s->zap == NULL || zmq_setsockopt(s->zap, ZMQ_LINGER, &linger, sizeof linger) != 0 ||
        zmq_bind(s->zap, "inproc://zeromq.zap.01") != 0)
        return fault(f, ERR_INTERNAL, "the gate can't be set up: %s", zmq_strerror(zmq_errno()));
    return ERR_OK;
}

struct asked {
    char version[16];
    char request[256];
    char domain[64];
    char mechanism[16];
    uint8_t key[KEY_SIZE];
    size_t request_size;
    size_t key_size;
};

static void keep(char *to, size_t room, zmq_msg_t *frame)
{
    size_t n = zmq_msg_size(frame) < room - 1 ? zmq_msg_size(frame) : room - 1;
    memcpy(to, zmq_msg_data(frame), n);
    to[n] = '\0';
}

static void take_frame(struct asked *a, int i, zmq_msg_t *frame)
{
    switch (i) {
    case 0:
        keep(a->version, sizeof a->version, frame);
        break;
    case 1:
        a->request_size = zmq_msg_size(frame) < sizeof a->request ? zmq_msg_size(frame) : 0;
        memcpy(a->request, zmq_msg_data(frame), a->request_size);
        break;
    case 2:
        keep(a->domain, sizeof a->domain, frame);
        break;
    case 5:
        keep(a->mechanism, sizeof a->mechanism, frame);
        break;
    case 6:
        a->key_size = zmq_msg_size(frame);
        if (a->key_size == KEY_SIZE)
            memcpy(a->key, zmq_msg_data(frame), KEY_SIZE);
        break;
    default:
        break;
    }
}

static bool receive(struct front *s, struct asked *a)
{
    int more = 1;
    *a = (struct asked){.key_size = 0};
    for (int i = 0; more; i++) {
        zmq_msg_t frame;
        zmq_msg_init(&frame);
        if (zmq_msg_recv(&frame, s->zap, ZMQ_DONTWAIT) < 0) {
            zmq_msg_close(&frame);
            return false;
        }
        take_frame(a, i, &frame);
        more = zmq_msg_more(&frame);
        zmq_msg_close(&frame);
    }
    return true;
}

static bool known(const struct front *s, const struct asked *a)
{
    bool fits =
        strcmp(a->version, "1.0") == 0 && strcmp(a->mechanism, "CURVE") == 0 && a->key_size == KEY_SIZE;
    return fits && gate_find(s->gate, a->key, (int64_t)(os_now_ms() / 1000)) != NULL;
}

static void answer(struct front *s, const struct asked *a)
{
    char hex[KEY_HEX + 1] = "";
    bool enters = known(s, a);
    if (enters)
        key_format(a->key, hex);
    else
        log_line(LOG_WARNING, "refused", "reason=unknown-key");
    zmq_send(s->zap, "1.0", 3, ZMQ_SNDMORE);
    zmq_send(s->zap, a->request, a->request_size, ZMQ_SNDMORE);
    zmq_send(s->zap, enters ? "200" : "400", 3, ZMQ_SNDMORE);
    zmq_send(s->zap, enters ? "OK" : "no", 2, ZMQ_SNDMORE);
    zmq_send(s->zap, hex, strlen(hex), ZMQ_SNDMORE);
    zmq_send(s->zap, "", 0, 0);
}

void zap_answer(struct front *s)
{
    struct asked a;
    for (int i = 0; i < ANSWERS_AT_ONCE && receive(s, &a); i++)
        answer(s, &a);
}
