/* A device that speaks the sync's language by hand: its own numbers, its own batches, and nothing that
 * hoivien would put right before it leaves. */
#ifndef HV_TALK_H
#define HV_TALK_H

#include "common/change.h"
#include "tests/support/peer.h"

#define TALK_MAX 4096

struct talk {
    struct curve_pair keys;
    struct peer peer;
    struct id replica;
    int32_t stream; /* of its commune, or the one that a province writes to */
    bool is_pen;    /* names the stream in every request */
    uint64_t rev;   /* cursor: sent with every pull, moved by every reply */
    uint64_t mark;
    uint64_t base;                    /* of changes made from now on */
    struct change *changes[TALK_MAX]; /* [n - 1] has number n */
    uint64_t made;
    uint64_t kept; /* by the server, as it last said */
};

/* Writes the device into the database (before the server starts, so that the gate knows it at once); then
 * connects. */
void talk_make(struct talk *t, const struct database *db, const char *commune);
/* A device of `province` that writes to the stream of `unit`. */
void talk_make_pen(struct talk *t, const struct database *db, const char *province, const char *unit);
void talk_open(struct talk *t, const struct server *s);
void talk_close(struct talk *t);

/* The next change; its values are set by the three functions below and copied. */
struct change *talk_change(struct talk *t, const struct kind *kind, struct id id);
void put_text(struct talk *t, struct change *c, const char *field, const char *text);
void put_int(struct change *c, const char *field, int64_t v);
void put_id(struct talk *t, struct change *c, const char *field, struct id id);
void put_nothing(struct change *c, const char *field);

/* A new record with what is required. */
struct change *talk_group(struct talk *t, struct id id, const char *name);
struct change *talk_member(struct talk *t, struct id id, struct id group, const char *name);

/* The batch of the numbers first..last as it travels. */
struct bytes talk_batch(struct talk *t, uint64_t first, uint64_t last);

/* Sends and waits. `batch` NULL bytes: none. The reply as it is. */
Hv__Reply *talk_ask(struct talk *t, uint64_t first, struct bytes batch, bool pull);

/* All that is made and not kept; demands a reply that is none of an error, moves `kept` and the cursor. */
const Hv__SyncReply *talk_push(struct talk *t);
const Hv__SyncReply *talk_pull(struct talk *t); /* pushes, too */

/* HV__CODE__OK, or the verdict on a number. */
Hv__Code talk_code(const Hv__SyncReply *r, uint64_t number);
const Hv__Verdict *talk_verdict(const Hv__SyncReply *r, uint64_t number);

/* The records of a reply. */
struct batch talk_records(struct talk *t, const Hv__SyncReply *r);

#endif
