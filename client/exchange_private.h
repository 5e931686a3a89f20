/* What the files of the exchange share. */
#ifndef HV_EXCHANGE_PRIVATE_H
#define HV_EXCHANGE_PRIVATE_H

#include "client/exchange.h"

/* A connection under way: link, ids of requests, memory of the reply at hand. */
struct exchange {
    const struct ui *ui;
    struct link *link;
    struct arena *arena; /* reset by whoever is done with a reply */
    uint32_t last_id;
    uint32_t answered; /* id of the last reply: they come in the order of the requests */
};

enum err exchange_open(struct exchange *x, const struct ui *ui, const char *endpoints,
                       const uint8_t *server_key, const struct curve_pair *keys, struct fault *f) HV_MUST_USE;
void exchange_close(struct exchange *x);

/* Fills in id, protocol and schema (and the program's name in the first) and sends. */
enum err exchange_send(struct exchange *x, Hv__Request *r, struct fault *f) HV_MUST_USE;

/* The reply to the oldest request that has none yet. An Error in it becomes the fault; *reply is set then
 * too. */
enum err exchange_receive(struct exchange *x, Hv__Reply **reply, struct fault *f) HV_MUST_USE;

/* A fault of the link or the server as a sentence for the clerk. */
enum err exchange_fault(const struct ui *ui, enum err code, struct fault *f);

#endif
