/* The client's connection to the server. The only room of the client that sees zmq.h. */
#ifndef HV_LINK_H
#define HV_LINK_H

#include "common/arena.h"
#include "common/fault.h"
#include "common/keys.h"
#include "common/value.h"

struct link;

struct link_options {
    const char *endpoints; /* separated by ' '; the first that answers serves */
    const uint8_t *server_key;
    const struct curve_pair *keys;
    unsigned connect_ms; /* until the first endpoint is given up; 0: 30 s */
    unsigned silence_ms; /* no byte from the server for so long: the link is gone; 0: 60 s */
};

/* Connects; does not wait for the handshake. */
enum err link_open(struct link **out, const struct link_options *o, struct fault *f) HV_MUST_USE;
void link_close(struct link **l);

/* Queues one message. */
enum err link_send(struct link *l, struct bytes message, struct fault *f) HV_MUST_USE;

/* Waits for the next message; it lives until the next call. ERR_NO_LINK: nobody there, or the link fell
 * silent; ERR_KEY_REFUSED: the server is there and refuses the key; ERR_OTHER_SERVER: who is there does not
 * hold the server's key, or hangs up at once; ERR_STOPPED: a signal came. */
enum err link_receive(struct link *l, struct bytes *out, struct fault *f) HV_MUST_USE;

/* Bytes of messages with their framing and encryption, both ways, since link_open (the handshake counted
 * apart). */
struct link_count {
    uint64_t up;
    uint64_t down;
};
struct link_count link_counted(const struct link *l);

#endif
