/* The keeper asks the database every second whether the gate must know something new, and hands a new gate to
 * the front by pointer. Once a day it folds the counts of past days. */
#include "common/date.h"
#include "common/log.h"
#include "common/os.h"
#include "server/front_private.h"
#include "server/store.h"
#include <errno.h>

#define LOOK_MS 1000

struct keeping {
    const struct config *config;
    void *socket;
    struct db *db;
    struct arena *arena;
    int64_t version;
    int32_t folded; /* day on which counts were folded last */
    bool failing;
};

static enum err open_database(struct keeping *k, struct fault *f)
{
    if (k->db != NULL && db_is_alive(k->db))
        return ERR_OK;
    db_close(&k->db);
    enum err e = db_open(
        &k->db, &(struct db_options){.connection = k->config->connection, .name = "hoivien-keeper"}, f);
    if (e == ERR_OK && (e = store_prepare(k->db, f)) != ERR_OK)
        db_close(&k->db);
    return e;
}

static enum err version_now(struct keeping *k, int64_t *version, struct fault *f)
{
    enum err e = db_begin(k->db, true, f);
    if (e == ERR_OK)
        e = store_gate_version(k->db, k->arena, version, f);
    db_rollback(k->db);
    return e;
}

static enum err refresh(struct keeping *k, bool anyway, struct fault *f)
{
    int64_t version;
    struct gate *gate = NULL;
    arena_reset(k->arena);
    enum err e = open_database(k, f);
    if (e == ERR_OK)
        e = version_now(k, &version, f);
    if (e != ERR_OK || (version == k->version && !anyway))
        return e;
    if ((e = gate_load(k->db, k->arena, &gate, f)) != ERR_OK)
        return e;
    k->version = version;
    zmq_send(k->socket, &gate, sizeof gate, 0);
    return ERR_OK;
}

/* Through yesterday: today's figure is asked for most. */
static enum err fold(struct keeping *k, struct fault *f)
{
    int32_t today = os_today();
    if (k->folded == today || k->db == NULL)
        return ERR_OK;
    enum err e = store_fold(k->db, k->arena, date_add_days(today, -1), f);
    if (e == ERR_OK)
        k->folded = today;
    return e;
}

static void look(struct keeping *k, bool anyway)
{
    struct fault f;
    enum err e = refresh(k, anyway, &f);
    if (e == ERR_OK)
        e = fold(k, &f);
    if (e != ERR_OK && !k->failing)
        log_line(LOG_ERROR, "keeper", "state=failing code=%s text=\"%s\"", err_name(e), f.text);
    k->failing = e != ERR_OK;
}

static void *keeper_thread(void *argument)
{
    const struct keeper *of = argument;
    struct keeping k = {.config = of->config, .version = -1};
    int linger = 0, timeout = LOOK_MS, n = 0;
    char asked;
    k.socket = zmq_socket(of->context, ZMQ_PAIR);
    k.arena = arena_make((size_t)256 << 20);
    if (k.socket == NULL || k.arena == NULL || zmq_connect(k.socket, "inproc://keeper") != 0)
        return NULL;
    zmq_setsockopt(k.socket, ZMQ_LINGER, &linger, sizeof linger);
    zmq_setsockopt(k.socket, ZMQ_RCVTIMEO, &timeout, sizeof timeout);
    do {
        look(&k, n > 0);
        n = zmq_recv(k.socket, &asked, 1, 0);
    } while (n > 0 || (n < 0 && (zmq_errno() == EAGAIN || zmq_errno() == EINTR)));
    db_close(&k.db);
    arena_free(k.arena);
    zmq_close(k.socket);
    return NULL;
}

enum err keeper_start(struct front *s, struct fault *f)
{
    int linger = 0;
    s->keeper = (struct keeper){.context = s->context, .config = s->config};
    s->keeper_socket = zmq_socket(s->context, ZMQ_PAIR);
    if (s->keeper_socket == NULL ||
        zmq_setsockopt(s->keeper_socket, ZMQ_LINGER, &linger, sizeof linger) != 0 ||
        zmq_bind(s->keeper_socket, "inproc://keeper") != 0)
        return fault(f, ERR_INTERNAL, "the keeper can't be set up: %s", zmq_strerror(zmq_errno()));
    if (pthread_create(&s->keeper.thread, NULL, keeper_thread, &s->keeper) != 0)
        return fault(f, ERR_INTERNAL, "the keeper's thread can't be started");
    s->keeper.started = true;
    return ERR_OK;
}

void keeper_ask(struct front *s)
{
    zmq_send(s->keeper_socket, "r", 1, ZMQ_DONTWAIT);
}

void keeper_stop(struct front *s)
{
    if (s->keeper.started) {
        zmq_send(s->keeper_socket, "", 0, 0);
        pthread_join(s->keeper.thread, NULL);
    }
    if (s->keeper_socket == NULL)
        return;
    struct gate *left;
    while (zmq_recv(s->keeper_socket, &left, sizeof left, ZMQ_DONTWAIT) == (int)sizeof left)
        gate_free(left);
    zmq_close(s->keeper_socket);
}
