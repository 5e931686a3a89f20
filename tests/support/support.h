/* What tests stand on: a real PostgreSQL cluster a program, a database a test, the real binaries, a relay
 * that breaks links.
 *
 * A test program that needs the cluster writes SUPPORT_CLUSTER once at file level: the cluster is started
 * before the first test and stopped after the last, in the runner's process (Criterion runs each test in a
 * process of its own). Everything started dies with the process that started it. Whatever can't be set up
 * ends the program with the reason. */
#ifndef HV_SUPPORT_H
#define HV_SUPPORT_H

#include "common/value.h"
#include <criterion/criterion.h>
#include <criterion/hooks.h>
#include <sys/types.h>

/* Prints the reason and aborts: for what a test can't go on without, in hooks too, where asserts don't count.
 */
_Noreturn void give_up(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- scratch folders ---- */

#define PATH_ROOM 300

/* A new folder under $TMPDIR or /tmp, 0700; removed when the program ends. */
void scratch_make(char out[PATH_ROOM]);

/* printf into a static ring of buffers, for paths and commands. */
const char *words(const char *format, ...) __attribute__((format(printf, 1, 2)));

void file_write(const char *path, const char *text);
char *file_read(const char *path); /* malloc'ed */

/* ---- processes ---- */

struct output {
    int status; /* exit status, or 128 + signal */
    char *out;  /* malloc'ed */
    char *err;
};

/* Runs a command line by the shell, waits for it. */
struct output run(const char *format, ...) __attribute__((format(printf, 1, 2)));
void output_free(struct output *o);

/* Runs and demands exit status 0; gives standard output back (malloc'ed). */
char *run_ok(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Starts a program in the background, its standard error in `log`. It gets SIGKILL when this process dies. */
pid_t spawn(const char *log, const char *const argv[]);
int wait_for(pid_t pid); /* exit status, or 128 + signal */

/* Seed of a random test: from the environment variable HV_SEED or the clock; printed. */
uint64_t seed_of_run(void);
/* splitmix64 */
uint64_t random_next(uint64_t *state);
uint64_t random_below(uint64_t *state, uint64_t n);

/* ---- PostgreSQL ---- */

void cluster_up(void);
#define SUPPORT_CLUSTER                                                                                      \
    ReportHook(PRE_ALL)(struct criterion_test_set * set)                                                     \
    {                                                                                                        \
        (void)set;                                                                                           \
        cluster_up();                                                                                        \
    }

/* A database of its own, cloned from the migrated template. */
struct database {
    char name[64];
    char owner[PATH_ROOM];  /* connection string of the owner role */
    char server[PATH_ROOM]; /* of the server's role */
};
void database_make(struct database *out);

/* Runs SQL as owner; the first column of the first row, or "" (static buffer). */
const char *sql(const struct database *db, const char *format, ...) __attribute__((format(printf, 2, 3)));
int64_t sql_int(const struct database *db, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- the server ---- */

struct server {
    pid_t pid;
    char program[PATH_ROOM];
    char folder[PATH_ROOM]; /* configuration, key, log, endpoint */
    char endpoint[64];      /* tcp://127.0.0.1:port */
    uint8_t key[32];        /* public */
    struct database db;
    char extra[1000];
    bool is_private;
};

/* Starts hoivien-server with --config on a database and waits until it listens. The folder keeps the key over
 * restarts; `extra` are further lines of configuration or NULL. */
void server_start(struct server *s, const struct database *db, const char *extra);
/* The two halves of it: what lies in the folder, for a program that may be another than the one under test;
 * and starting it. */
void server_prepare(struct server *s, const struct database *db, const char *program, const char *extra);
void server_launch(struct server *s);
/* Starts hoivien-server with --data: its own PostgreSQL cluster under the folder; db is filled from it. */
void server_start_private(struct server *s);
pid_t server_postmaster(const struct server *s); /* of the private cluster, or 0 */
void server_restart(struct server *s);           /* on the same port */
void server_stop(struct server *s);              /* SIGTERM; demands exit 0 */
void server_kill(struct server *s);              /* SIGKILL */

/* ---- a world of units ---- */

/* Centre, province 93, district 930, communes 31317 and 31318; population figures 1,000 and 500 for the term
 * 2017-2022; the centre's target "no base below 50 %" that decides. */
void world_make(const struct database *db);
int32_t world_unit(const struct database *db, const char *code); /* internal id */

/* A fresh enrolment code for a unit ("commune" or "reporter"), valid an hour, as text (malloc'ed). */
char *world_code(const struct server *s, const char *unit_code, const char *role);

/* ---- clients ---- */

/* A device: folder with its register. */
struct client_device {
    char folder[PATH_ROOM];
};

/* Enrols a new device of the commune through `endpoint` (NULL: the server's own), demands success. */
void device_make(struct client_device *d, const struct server *s, const char *commune, const char *endpoint);

/* hoivien --dir FOLDER --lang en ARGS ... */
struct output hoivien(const struct client_device *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *hoivien_ok(const struct client_device *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- a link that can be broken ---- */

enum relay_mode {
    RELAY_PASS,
    RELAY_HOLD_DOWN, /* what the server says is withheld, what the client says passes */
    RELAY_STALL,     /* nothing passes, connections stay */
    RELAY_CUT        /* connections are cut and refused */
};
struct relay;
struct relay *relay_start(const char *target_endpoint); /* listens on 127.0.0.1 */
const char *relay_endpoint(const struct relay *r);
void relay_set(struct relay *r, enum relay_mode mode);
void relay_cut_after(
    struct relay *r,
    uint64_t bytes_down); /* cuts once so many further bytes came from the server; 0: never */
void relay_slow(struct relay *r, unsigned bytes_per_second, unsigned delay_ms); /* 0: not slow */
uint64_t relay_bytes_up(const struct relay *r);
uint64_t relay_bytes_down(const struct relay *r);
/* Waits until the server has sent `bytes` beyond what it had when called; false after 10 s. */
bool relay_wait_down(struct relay *r, uint64_t bytes);
void relay_stop(struct relay *r);

#endif
