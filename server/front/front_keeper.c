/* The keeper asks the database every second whether the gate must know something new, and hands a new gate to
 * the front by pointer. Once a day it folds the counts of past days and keeps the month-ends that are due. */
#include "common/date.h"
#include "common/log.h"
#include "common/os.h"
#include "server/front/front_private.h"
#include "server/store_month.h"
#include <errno.h>

#define LOOK_MS      1000
#define NOTE_MS      5000  /* at most so often */
#define NOTE_IDLE_MS 30000 /* when there is nothing new to say; status takes a note of the last minute */
#define MONTH_UNITS  50    /* communes whose month-ends are kept at one look */
#define KEEPER_ARENA ((size_t)256 << 20) /* a few million keys */

struct keeping {
    const struct config *config;
    void *socket;
    struct db *db;
    struct arena *arena;
    int64_t version;
    uint64_t asked; /* the front's newest question */
    uint64_t answered;
    int32_t folded; /* day on which counts were folded last */
    int32_t months; /* day on which no month-end was left to keep */
    _Atomic uint32_t *waiting;
    uint64_t noted_at; /* monotonic milliseconds */
    uint32_t noted;
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

/* A question is answered by a gate that was read after it came, whether or not anything changed. */
static enum err refresh(struct keeping *k, struct fault *f)
{
    int64_t version;
    struct keeper_note note = {NULL, k->asked};
    arena_reset(k->arena);
    enum err e = open_database(k, f);
    if (e == ERR_OK)
        e = version_now(k, &version, f);
    if (e != ERR_OK || (version == k->version && k->asked == k->answered))
        return e;
    if ((e = gate_load(k->db, k->arena, &note.gate, f)) != ERR_OK)
        return e;
    k->version = version;
    k->answered = note.asked;
    zmq_send(k->socket, &note, sizeof note, 0);
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

/* A few communes at a look, so that keys are still read in time. */
static enum err keep_months(struct keeping *k, struct fault *f)
{
    int32_t today = os_today();
    size_t kept;
    if (k->months == today || k->db == NULL)
        return ERR_OK;
    enum err e = store_month_keep(k->db, k->arena, today, 0, MONTH_UNITS, &kept, f);
    if (e == ERR_OK && kept < MONTH_UNITS)
        k->months = today;
    return e;
}

/* For the operator: how many requests wait. */
static enum err note(struct keeping *k, struct fault *f)
{
    uint64_t now = os_monotonic_ms();
    uint32_t waiting = *k->waiting;
    if (k->noted_at != 0 && now - k->noted_at < (waiting == k->noted ? NOTE_IDLE_MS : NOTE_MS))
        return ERR_OK;
    k->noted_at = now;
    k->noted = waiting;
    enum err e = db_begin(k->db, false, f);
    if (e == ERR_OK)
        e = store_note(k->db, k->arena, (int32_t)waiting, f);
    if (e == ERR_OK)
        e = db_commit(k->db, f);
    else
        db_rollback(k->db);
    return e;
}

static void look(struct keeping *k)
{
    struct fault f;
    enum err e = refresh(k, &f);
    if (e == ERR_OK)
        e = fold(k, &f);
    if (e == ERR_OK)
        e = keep_months(k, &f);
    if (e == ERR_OK)
        e = note(k, &f);
    if (e != ERR_OK && !k->failing)
        log_line(LOG_ERROR, "keeper", "state=failing code=%s text=\"%s\"", err_name(e), f.text);
    if (e == ERR_OK && k->failing)
        log_line(LOG_INFO, "keeper", "state=recovered");
    k->failing = e != ERR_OK;
}

/* Waits for a question, but not for long. False: the front asked to stop. Several questions are one. */
static bool wait_for_question(struct keeping *k)
{
    uint64_t asked;
    int n = zmq_recv(k->socket, &asked, sizeof asked, 0);
    while (n == (int)sizeof asked) {
        k->asked = asked;
        n = zmq_recv(k->socket, &asked, sizeof asked, ZMQ_DONTWAIT);
    }
    return n < 0 && (zmq_errno() == EAGAIN || zmq_errno() == EINTR);
}

static void *keeper_thread(void *argument)
{
    struct keeper *of = argument;
    struct keeping k = {.config = of->config,
                        .socket = of->far_socket,
                        .arena = of->arena,
                        .waiting = &of->waiting,
                        .version = -1};
    do {
        look(&k);
    } while (wait_for_question(&k));
    db_close(&k.db);
    return NULL;
}

enum err keeper_start(struct front *s, struct fault *f)
{
    struct keeper *k = &s->keeper;
    int timeout = LOOK_MS;
    k->config = s->config;
    enum err e = pair_make(s->context, "inproc://keeper", &k->socket, &k->far_socket, f);
    if (e != ERR_OK)
        return e;
    zmq_setsockopt(k->far_socket, ZMQ_RCVTIMEO, &timeout, sizeof timeout);
    k->arena = arena_make(KEEPER_ARENA);
    if (k->arena == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the keeper");
    if (pthread_create(&k->thread, NULL, keeper_thread, k) != 0)
        return fault(f, ERR_INTERNAL, "the keeper's thread can't be started");
    k->started = true;
    return ERR_OK;
}

void keeper_ask(struct front *s)
{
    s->asked++;
    zmq_send(s->keeper.socket, &s->asked, sizeof s->asked, ZMQ_DONTWAIT);
}

void keeper_stop(struct front *s)
{
    struct keeper *k = &s->keeper;
    struct keeper_note left;
    if (k->started) {
        zmq_send(k->socket, "", 0, 0);
        pthread_join(k->thread, NULL);
        while (zmq_recv(k->socket, &left, sizeof left, ZMQ_DONTWAIT) == (int)sizeof left)
            gate_free(left.gate);
    }
    pair_close(&k->socket, &k->far_socket);
    arena_free(k->arena);
}
