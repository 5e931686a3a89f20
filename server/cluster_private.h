/* What the files of the cluster share. */
#ifndef HV_CLUSTER_PRIVATE_H
#define HV_CLUSTER_PRIVATE_H

#include "server/cluster.h"
#include "server/db.h"
#include <sys/types.h>

#define CLUSTER_PATH 400

struct cluster {
    const struct ui *ui;
    char data[CLUSTER_PATH];
    char pg[CLUSTER_PATH];         /* DIR/pg */
    char log[CLUSTER_PATH];        /* DIR/pg.log */
    char archive[CLUSTER_PATH];    /* DIR/archive: WAL */
    char lock_file[CLUSTER_PATH];  /* DIR/server.lock */
    char turn_file[CLUSTER_PATH];  /* DIR/set-up.lock: held while making and starting */
    char ready_file[CLUSTER_PATH]; /* DIR/pg.ready: database, roles and tables are made */
    char guest_file[CLUSTER_PATH]; /* DIR/guest.lock: shared by the operator's programs */
    char guest_mark[CLUSTER_PATH]; /* DIR/pg.guest: one of them started PostgreSQL */
    char socket_folder[CLUSTER_PATH];
    char postgres[CLUSTER_PATH];
    char initdb[CLUSTER_PATH];
    char super_connection[600];
    pid_t pid;   /* of the postmaster */
    pid_t child; /* the same, when it is our child */
    bool adopted;
    bool keep;
    int lock;
    int guest_lock;
    uint64_t started_at; /* monotonic milliseconds */
};

/* cluster_make.c */
enum err cluster_paths(struct cluster *c, const struct config *config, struct fault *f) HV_MUST_USE;
enum err cluster_make(struct cluster *c, struct fault *f) HV_MUST_USE;
enum err cluster_sockets(struct cluster *c, struct arena *a, struct config *config,
                         struct fault *f) HV_MUST_USE;
enum err cluster_make_database(struct db *db, struct fault *f) HV_MUST_USE;

/* cluster_guest.c: the operator's programs, which come and go beside each other; all of it in one's turn. */
enum err guest_enter(struct cluster *c, struct fault *f) HV_MUST_USE;
bool guest_is_last(struct cluster *c); /* and a guest started PostgreSQL */
void guest_leave(struct cluster *c);
void guest_mark(const struct cluster *c, bool by_guest);

#endif
