#include "common/log.h"
#include "common/os.h"
#include "server/front/front_private.h"
#include "server/store.h"
#include <stdio.h>

#define BACK_OFF_MS     250 /* doubled up to the longest */
#define BACK_OFF_MOST   8000
#define WORKER_ARENA    ((size_t)256 << 20)
#define SYNC_TIMEOUT_MS 30000 /* no statement of a sync may hold a worker for longer */

struct working {
    const struct worker *worker;
    void *socket;
    struct db *db;
    struct arena *arena;
    uint64_t next_try; /* monotonic milliseconds; not before then is the database asked again */
    uint64_t back_off;
};

static enum err connect_database(struct working *w, struct fault *f)
{
    const struct config *c = w->worker->config;
    bool reports = w->worker->lane == LANE_REPORT;
    const struct db_options o = {.connection = reports && c->report_connection != NULL ? c->report_connection
                                                                                       : c->connection,
                                 .name = reports ? "hoivien-report" : "hoivien-sync",
                                 .statement_timeout_ms = reports ? c->report_timeout_ms : SYNC_TIMEOUT_MS,
                                 .read_only = reports};
    enum err e = db_open(&w->db, &o, f);
    if (e == ERR_OK && (e = store_prepare(w->db, f)) != ERR_OK)
        db_close(&w->db);
    return e;
}

/* A lost connection is made again, not more often than the back-off allows. */
static bool have_database(struct working *w)
{
    struct fault f;
    if (w->db != NULL && db_is_alive(w->db))
        return true;
    db_close(&w->db);
    if (os_monotonic_ms() < w->next_try)
        return false;
    if (connect_database(w, &f) == ERR_OK) {
        w->back_off = BACK_OFF_MS;
        return true;
    }
    log_line(LOG_ERROR, "database", "state=unreachable lane=%d number=%u text=\"%s\"", (int)w->worker->lane,
             w->worker->number, f.text);
    w->next_try = os_monotonic_ms() + w->back_off;
    w->back_off = 2 * w->back_off < BACK_OFF_MOST ? 2 * w->back_off : BACK_OFF_MOST;
    return false;
}

static void send_reply(struct working *w, struct bytes reply, bool keys_changed)
{
    struct worker_note note = {keys_changed};
    zmq_send(w->socket, &note, sizeof note, ZMQ_SNDMORE);
    zmq_send(w->socket, reply.p, reply.n, 0);
}

static void work(struct working *w, const struct caller *caller, struct bytes message)
{
    struct bytes reply;
    bool keys_changed = false;
    arena_reset(w->arena);
    if (have_database(w))
        dispatch(w->db, w->arena, caller, message, &reply, &keys_changed);
    else
        dispatch_refuse(w->arena, message, ERR_BUSY, "the database is not reachable at the moment; try again",
                        &reply);
    send_reply(w, reply, keys_changed);
}

/* An empty first frame asks to stop. */
static bool step(struct working *w)
{
    struct caller caller;
    zmq_msg_t message;
    int n = zmq_recv(w->socket, &caller, sizeof caller, 0);
    if (n < 0)
        return zmq_errno() == EINTR;
    if (n != (int)sizeof caller)
        return false;
    zmq_msg_init(&message);
    if (zmq_msg_recv(&message, w->socket, 0) >= 0)
        work(w, &caller, (struct bytes){zmq_msg_data(&message), zmq_msg_size(&message)});
    zmq_msg_close(&message);
    return true;
}

/* Connects before the first request comes. */
static void *worker_thread(void *argument)
{
    const struct worker *of = argument;
    struct working w = {.worker = of, .socket = of->far_socket, .arena = of->arena, .back_off = BACK_OFF_MS};
    if (!have_database(&w))
        w.next_try = 0;
    while (step(&w))
        ;
    db_close(&w.db);
    return NULL;
}

enum err worker_start(struct worker *w, void *context, struct fault *f)
{
    char endpoint[40];
    snprintf(endpoint, sizeof endpoint, "inproc://worker-%d-%u", (int)w->lane, w->number);
    enum err e = pair_make(context, endpoint, &w->socket, &w->far_socket, f);
    if (e != ERR_OK)
        return e;
    w->arena = arena_make(WORKER_ARENA);
    if (w->arena == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for a worker");
    if (pthread_create(&w->thread, NULL, worker_thread, w) != 0)
        return fault(f, ERR_INTERNAL, "a worker's thread can't be started");
    w->started = true;
    return ERR_OK;
}

void worker_stop(struct worker *w)
{
    if (w->started) {
        zmq_send(w->socket, "", 0, 0);
        pthread_join(w->thread, NULL);
    }
    pair_close(&w->socket, &w->far_socket);
    arena_free(w->arena);
    job_free(w->job);
}
