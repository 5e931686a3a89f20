/* What the files of the front share. All of it belongs to the front's thread, but for what is sent over
 * inproc sockets. */
#ifndef HV_FRONT_PRIVATE_H
#define HV_FRONT_PRIVATE_H

#include "server/front.h"
#include "server/gate.h"
#include "server/handle.h"
#include <pthread.h>
#include <zmq.h>

#ifndef ZMQ_ZAP_ENFORCE_DOMAIN
#define ZMQ_ZAP_ENFORCE_DOMAIN 93 /* in the library, not in every header */
#endif

#define LANES             2
#define MAX_WORKERS       64
#define UNIT_QUEUE_LIMIT  16    /* requests of one commune that wait */
#define TOTAL_QUEUE_LIMIT 20000 /* of all */
#define TOTAL_QUEUE_BYTES ((size_t)256 << 20)
#define KEY_HEX           (2 * KEY_SIZE)

/* One request that waits or is worked on. */
struct job {
    struct job *next;
    struct caller caller;
    zmq_msg_t peer; /* routing id */
    zmq_msg_t message;
    size_t size; /* of the message */
    uint32_t id;
};

/* Requests of one unit in one lane: one at a time, in order. */
struct unit_queue {
    struct unit_queue *next_slot; /* of the hash table */
    struct unit_queue *next_ready;
    int32_t unit;
    struct job *head;
    struct job **tail;
    unsigned waiting;
    bool busy;
};

struct worker {
    pthread_t thread;
    const struct config *config;
    enum lane lane;
    unsigned number;
    void *socket;             /* the front's end */
    void *far_socket;         /* the thread's end */
    struct arena *arena;      /* the thread's */
    struct unit_queue *queue; /* whose request it works on; NULL: free */
    struct job *job;
    bool started;
};

struct lane_state {
    struct unit_queue *slots[1024];
    struct unit_queue *ready_head; /* units with a waiting request and none under way */
    struct unit_queue **ready_tail;
    struct worker workers[MAX_WORKERS];
    unsigned worker_count;
};

struct keeper {
    pthread_t thread;
    const struct config *config;
    void *socket;     /* the front's end */
    void *far_socket; /* the thread's end */
    struct arena *arena;
    _Atomic uint32_t waiting; /* requests; the front writes, the thread notes it for the operator */
    bool started;
};

/* What the keeper hands over: a new gate, and how many of the front's questions it was read after. */
struct keeper_note {
    struct gate *gate;
    uint64_t asked;
};

/* A reply that waits for the gate to know the key it hands out. */
struct held {
    struct held *next;
    zmq_msg_t peer;
    zmq_msg_t reply;
    uint64_t asked; /* the gate must have been read after this question */
    uint64_t until;
};

struct front {
    const struct config *config;
    struct cluster *cluster;
    void *context;
    void *router;
    void *zap;
    void *monitor;
    struct keeper keeper;
    struct gate *gate;
    uint64_t asked;      /* questions to the keeper */
    uint64_t answered;   /* those that the gate answers */
    struct arena *arena; /* for refusals */
    struct lane_state lanes[LANES];
    unsigned jobs; /* waiting or under way */
    size_t job_bytes;
    struct held *held;
    char endpoints[CONFIG_ENDPOINTS][256]; /* as bound */
    int listeners[CONFIG_ENDPOINTS];       /* descriptors that libzmq closes */
    size_t endpoint_count;
    bool listening;
    bool stopping;
    size_t descriptors;      /* about how many are open */
    size_t descriptor_limit; /* from here on nobody more is let in */
    size_t soft_limit;       /* while listening */
    size_t hard_limit;
    int backlog;
    uint64_t looked_at; /* monotonic milliseconds of the last count */
};

/* front.c: CURVE, and nobody without the gate's word; limits and time-outs. */
enum err router_options(void *router, const struct curve_pair *keys, struct fault *f) HV_MUST_USE;

/* front_zap.c */
enum err zap_bind(struct front *s, struct fault *f) HV_MUST_USE;
void zap_answer(struct front *s);

/* front_queue.c */
void queue_start(struct front *s);
void queue_take(struct front *s, struct job *j, enum lane lane); /* takes the job over */
void queue_dispatch(struct front *s);
void queue_done(struct front *s, struct worker *w);
uint32_t queue_waiting(const struct front *s); /* requests that no worker has yet */
void queue_free(struct front *s);
void job_free(struct job *j);

/* front_pair.c: two ends of an inproc line between the front and a thread. */
enum err pair_make(void *context, const char *endpoint, void **front_end, void **far_end,
                   struct fault *f) HV_MUST_USE;
void pair_close(void **front_end, void **far_end);

/* front_worker.c: a thread with its own connection to the database. worker_stop also takes back what a start
 * that failed left. */
enum err worker_start(struct worker *w, void *context, struct fault *f) HV_MUST_USE;
void worker_stop(struct worker *w);
/* What a worker sends before the reply. */
struct worker_note {
    bool keys_changed;
};

/* front_keeper.c: a thread that refreshes the gate, and folds counts once a day. */
enum err keeper_start(struct front *s, struct fault *f) HV_MUST_USE;
void keeper_stop(struct front *s);
void keeper_ask(struct front *s); /* refresh now; counted in s->asked */

/* front_listen.c: while paused, those who are connected stay, others' attempts are dropped. */
enum err listen_begin(struct front *s, struct fault *f) HV_MUST_USE;
void listen_pause(struct front *s);
void listen_resume(struct front *s);

/* front_limit.c: listens only while descriptors are left. */
enum err limit_start(struct front *s, struct fault *f) HV_MUST_USE;
void limit_look(struct front *s);
void limit_accepted(struct front *s);

/* front_reply.c */
void front_reply(struct front *s, zmq_msg_t *peer, zmq_msg_t *reply); /* takes both over */
void front_refuse(struct front *s, zmq_msg_t *peer, uint32_t id, enum err code, const char *text);
void reply_hold(struct front *s, zmq_msg_t *peer, zmq_msg_t *reply); /* takes both over */
void reply_release(struct front *s);

#endif
