/* Everything that can be asked of the server, one function each (handle_*.c), and what a handler is given. */
#ifndef HV_HANDLE_H
#define HV_HANDLE_H

#include "common/wire.h"
#include "server/db.h"

enum role { ROLE_NONE, ROLE_CODE, ROLE_COMMUNE, ROLE_REPORTER };
#define ROLE_BIT(r) (1u << (r))
enum lane { LANE_SYNC, LANE_REPORT };
enum mode { MODE_WRITE, MODE_READ };

/* Whom the connection's key belongs to, as the gate's memory knew when the request came in. */
struct caller {
    enum role role;
    int32_t device; /* or the enrolment code's id for ROLE_CODE */
    int32_t unit;
    uint8_t key[32];
};

/* One request on its way: arena and transaction are dispatch's. */
struct call {
    struct db *db;
    struct arena *arena;
    const struct caller *caller;
    const Hv__Request *request;
    Hv__Reply *reply; /* the handler sets its body */
    int32_t today;    /* civil day at +07:00 */
    bool careful;     /* the database refused something: find out which change it was */
    size_t changes;   /* for the log line */
    size_t refused;
    size_t pulled;
    bool keys_changed; /* set by enrolment: the gate must be refreshed before the reply leaves */
};

typedef enum err handle_fn(struct call *c, struct fault *f);

handle_fn handle_enrol;
handle_fn handle_sync;
handle_fn handle_target;
handle_fn handle_province;
handle_fn handle_commune;
handle_fn handle_unit;
handle_fn handle_seen;
handle_fn handle_figures;
handle_fn handle_tally;
handle_fn handle_result;

/* The unit and those above it, as they travel. */
enum err units_reply(struct call *c, int32_t unit, Hv__Unit ***out, size_t *count,
                     struct fault *f) HV_MUST_USE;

/* One row for each request body; a test walks the descriptor and demands it. */
struct handler {
    Hv__Request__BodyCase body;
    const char *name;
    enum lane lane;
    unsigned roles; /* ROLE_BIT of each that may ask */
    enum mode mode;
    handle_fn *handle;
};
extern const struct handler handlers[];
extern const size_t handler_count;
const struct handler *handler_find(int body);

/* The whole way of one request inside a worker: unpack, version, right, transaction, handler, commit,
 * retries, typed reply. Always gives a packed reply. `keys_changed` may be NULL. */
void dispatch(struct db *db, struct arena *a, const struct caller *caller, struct bytes message,
              struct bytes *reply, bool *keys_changed);

/* A reply that refuses, without any database: to the request in `message`, or to the one with this id. */
void dispatch_refuse(struct arena *a, struct bytes message, enum err code, const char *text,
                     struct bytes *reply);
void dispatch_refuse_id(struct arena *a, uint32_t id, enum err code, const char *text, struct bytes *reply);

#endif
