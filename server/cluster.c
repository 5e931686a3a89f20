#include "server/cluster.h"
#include "common/log.h"
#include "common/os.h"
#include "server/cluster_private.h"
#include "server/db.h"
#include "server/schema.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define START_MS    60000 /* recovery after a crash included */
#define STOP_MS     30000
#define BACK_OFF_MS 2000

/* The first line of postmaster.pid, if that process is alive and works in our folder; 0 otherwise. */
static pid_t postmaster_alive(const struct cluster *c)
{
    char path[512], folder[512], real[512];
    FILE *f;
    int pid = 0;
    snprintf(path, sizeof path, "%s/postmaster.pid", c->pg);
    if ((f = fopen(path, "r")) == NULL)
        return 0;
    if (fscanf(f, "%d", &pid) != 1)
        pid = 0;
    fclose(f);
    if (pid <= 1 || kill(pid, 0) != 0)
        return 0;
    snprintf(path, sizeof path, "/proc/%d/cwd", pid);
    ssize_t n = readlink(path, folder, sizeof folder - 1);
    if (n <= 0 || realpath(c->pg, real) == NULL)
        return 0;
    folder[n] = '\0';
    return strcmp(folder, real) == 0 ? pid : 0;
}

static void start(struct cluster *c)
{
    pid_t pid = fork();
    if (pid != 0) {
        c->child = pid;
        c->pid = pid;
        c->started_at = os_monotonic_ms();
        log_line(LOG_INFO, "cluster", "state=started pid=%d", (int)pid);
        return;
    }
    /* Of its own session: a Ctrl-C at the terminal is for the server, which stops it in order. */
    setsid();
    int log = open(c->log, O_WRONLY | O_CREAT | O_APPEND, 0600), null = open("/dev/null", O_RDONLY);
    dup2(null, 0);
    dup2(log, 1);
    dup2(log, 2);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execl(c->postgres, "postgres", "-D", c->pg, "-k", c->socket_folder, (char *)NULL);
    _exit(127);
}

/* A child of ours that died is collected; then its pid file is nobody's. */
static bool is_alive(struct cluster *c)
{
    int status;
    if (c->child > 0 && waitpid(c->child, &status, WNOHANG) == c->child)
        c->child = 0;
    pid_t pid = postmaster_alive(c);
    if (pid != 0)
        c->pid = pid;
    return pid != 0 || c->child > 0;
}

static enum err answers(const struct cluster *c, struct fault *f)
{
    struct db *db;
    enum err e = db_open(
        &db,
        &(struct db_options){.connection = c->super_connection, .name = "hoivien-start", .migrator = true},
        f);
    if (e == ERR_OK)
        db_close(&db);
    return e;
}

/* Started again while leftovers of the one before still hold its memory, or while it recovers. */
static enum err start_and_wait(struct cluster *c, struct fault *f)
{
    uint64_t deadline = os_monotonic_ms() + START_MS;
    c->adopted = is_alive(c);
    if (c->adopted)
        log_line(LOG_INFO, "cluster", "state=adopted pid=%d", (int)c->pid);
    for (;;) {
        if (!is_alive(c))
            start(c);
        if (answers(c, f) == ERR_OK)
            return ERR_OK;
        if (os_monotonic_ms() > deadline)
            return fault(f, ERR_DB_GONE, "PostgreSQL in %s does not answer; its log is %s", c->pg, c->log);
        if (!os_sleep_ms(50))
            return fault(f, ERR_STOPPED, "asked to stop while PostgreSQL was starting");
    }
}

static enum err first_set_up(struct cluster *c, const struct config *config, struct fault *f)
{
    struct db *db;
    enum err e = db_open(
        &db,
        &(struct db_options){.connection = c->super_connection, .name = "hoivien-set-up", .migrator = true},
        f);
    if (e != ERR_OK)
        return e;
    e = cluster_make_database(db, f);
    db_close(&db);
    return e == ERR_OK ? schema_migrate(config->owner_connection, f) : e;
}

static enum err open_all(struct cluster *c, struct config *config, struct arena *a, bool keep,
                         struct fault *f)
{
    bool is_new = false;
    enum err e = keep ? os_lock(c->lock_file, &c->lock, f) : ERR_OK;
    if (e == ERR_BUSY)
        return fault(f, ERR_BUSY, "another server works in %s; stop it first", config->data);
    if (e == ERR_OK)
        e = cluster_make(c, &is_new, f);
    if (e == ERR_OK)
        e = cluster_sockets(c, a, config, f);
    if (e == ERR_OK)
        e = start_and_wait(c, f);
    if (e == ERR_OK && !os_exists(c->ready_file)) {
        e = first_set_up(c, config, f);
        if (e == ERR_OK)
            e = os_file_write(c->ready_file, "", 0, 0600, f);
    }
    return e;
}

enum err cluster_open(struct arena *a, struct config *config, bool keep, struct cluster **out,
                      struct fault *f)
{
    struct cluster *c = calloc(1, sizeof *c);
    if (c == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the cluster");
    *out = c;
    c->lock = -1;
    c->keep = keep;
    if (geteuid() == 0) {
        cluster_close(out);
        return fault(f, ERR_NOT_ALLOWED,
                     "PostgreSQL refuses to run as root; run this as another user, or give --config with the "
                     "connection of a PostgreSQL that runs");
    }
    enum err e = os_folder_make(config->data, f);
    if (e == ERR_OK)
        e = cluster_paths(c, config, f);
    if (e == ERR_OK)
        e = open_all(c, config, a, keep, f);
    if (e != ERR_OK)
        cluster_close(out);
    return e;
}

enum err cluster_check(struct cluster *c, struct fault *f)
{
    (void)f;
    if (is_alive(c) || os_monotonic_ms() - c->started_at < BACK_OFF_MS)
        return ERR_OK;
    log_line(LOG_ERROR, "cluster", "state=died");
    start(c);
    return ERR_OK;
}

static void stop(struct cluster *c)
{
    uint64_t deadline = os_monotonic_ms() + STOP_MS;
    bool was_alive = is_alive(c);
    if (was_alive && c->pid > 1)
        kill(c->pid, SIGINT);
    while (is_alive(c) && os_monotonic_ms() < deadline)
        usleep(20000);
    if (was_alive)
        log_line(LOG_INFO, "cluster", "state=%s", is_alive(c) ? "not-stopped" : "stopped");
}

void cluster_close(struct cluster **out)
{
    struct cluster *c = *out;
    if (c == NULL)
        return;
    if (c->pg[0] != '\0' && (c->keep || !c->adopted) && (c->child > 0 || c->adopted))
        stop(c);
    if (c->lock >= 0)
        os_unlock(&c->lock);
    free(c);
    *out = NULL;
}
