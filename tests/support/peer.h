/* A client of the wire alone: one DEALER, messages as they are. For tests of the server's door, which hoivien
 * itself would not push so hard. */
#ifndef HV_PEER_H
#define HV_PEER_H

#include "common/keys.h"
#include "common/wire.h"
#include "tests/support/support.h"

struct peer {
    void *context;
    void *socket;
    void *monitor;
    struct arena *arena;
    uint32_t last_id;
};

/* Writes a device of the unit into the database; the gate is told. */
void peer_device(const struct database *db, const char *unit_code, const char *role, struct curve_pair *out);

/* Connects; with NULL keys without CURVE. */
void peer_open(struct peer *p, const char *endpoint, const uint8_t *server_key,
               const struct curve_pair *keys);
void peer_close(struct peer *p);

/* Waits until the handshake is done (true) or was refused or cut off (false). */
bool peer_enters(struct peer *p);

/* Waits until the connection is cut. */
void peer_wait_cut(struct peer *p);

/* Messages as bytes. What comes must come within 20 s. */
void peer_send(struct peer *p, const void *bytes, size_t n, bool more);
Hv__Reply *peer_receive(struct peer *p);

/* Sends a request under a new id, which is returned; peer_ask also waits for its reply. */
uint32_t peer_request(struct peer *p, Hv__Request *r);
Hv__Reply *peer_ask(struct peer *p, Hv__Request *r);

/* The commune's target report; a sync of an empty outbox, which only takes the locks; an enrolment. */
uint32_t peer_target(struct peer *p);
uint32_t peer_sync(struct peer *p, const struct id *replica);
uint32_t peer_enrol(struct peer *p, const struct curve_pair *device);

/* HV__CODE__OK, or the code of the error. */
Hv__Code peer_code(const Hv__Reply *r);

#endif
