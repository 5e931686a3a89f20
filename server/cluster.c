#include "server/cluster.h"
#include "common/log.h"
#include "common/os.h"
#include "server/cluster_private.h"
#include "server/db.h"
#include "server/schema.h"
#include <dirent.h>
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
#define AGAIN_MS    500  /* while starting */
#define BACK_OFF_MS 2000 /* while serving */

/* Every process of PostgreSQL works in its data folder, which nobody else has a reason to. */
static bool works_in_folder(const struct cluster *c, const char *pid)
{
    char path[64], folder[CLUSTER_PATH + 1];
    snprintf(path, sizeof path, "/proc/%.20s/cwd", pid);
    ssize_t n = readlink(path, folder, sizeof folder - 1);
    if (n <= 0)
        return false;
    folder[n] = '\0';
    return strcmp(folder, c->pg) == 0;
}

static bool somebody_works_in_folder(const struct cluster *c)
{
    bool found = false;
    const struct dirent *entry;
    DIR *processes = opendir("/proc");
    if (processes == NULL)
        return true;
    while (!found && (entry = readdir(processes)) != NULL)
        found = works_in_folder(c, entry->d_name);
    closedir(processes);
    return found;
}

/* The first line of postmaster.pid, if that process is alive and works in our folder; 0 otherwise. */
static pid_t postmaster_alive(const struct cluster *c)
{
    char path[CLUSTER_PATH + 20], line[24] = "";
    snprintf(path, sizeof path, "%s/postmaster.pid", c->pg);
    FILE *f = fopen(path, "r");
    if (f == NULL)
        return 0;
    bool has_line = fgets(line, sizeof line, f) != NULL;
    fclose(f);
    line[strcspn(line, "\n")] = '\0';
    int pid = has_line ? atoi(line) : 0;
    return pid > 1 && works_in_folder(c, line) ? pid : 0;
}

/* After a power cut the number in postmaster.pid may have become another program's, and PostgreSQL would
 * refuse to start for ever. While any of its processes is left the file stays: PostgreSQL itself knows from
 * it when the memory they share is free again. */
static void clear_stale_pid(const struct cluster *c)
{
    char paths[2][CLUSTER_PATH + 30];
    snprintf(paths[0], sizeof paths[0], "%s/postmaster.pid", c->pg);
    snprintf(paths[1], sizeof paths[1], "%s/.s.PGSQL.5432.lock", c->socket_folder);
    for (int i = 0; i < 2; i++)
        if (os_exists(paths[i]) && !somebody_works_in_folder(c) && unlink(paths[i]) == 0)
            log_line(LOG_WARNING, "cluster", "state=stale-lock-cleared");
}

static void start(struct cluster *c)
{
    clear_stale_pid(c);
    c->started_at = os_monotonic_ms();
    pid_t pid = fork();
    if (pid != 0) {
        c->child = pid;
        c->pid = pid;
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
    execl(c->postgres, c->postgres, "-D", c->pg, "-k", c->socket_folder, (char *)NULL);
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
    if (c->keep || !c->adopted)
        guest_mark(c, !c->keep);
    if (c->adopted)
        log_line(LOG_INFO, "cluster", "state=adopted pid=%d", (int)c->pid);
    for (;;) {
        if (!is_alive(c) && os_monotonic_ms() - c->started_at >= AGAIN_MS)
            start(c);
        if (answers(c, f) == ERR_OK)
            return ERR_OK;
        if (os_monotonic_ms() > deadline)
            return ui_fault(c->ui, f, ERR_DB_GONE, "PostgreSQL trong %s không trả lời; hãy xem nhật ký %s.",
                            "PostgreSQL in %s does not answer; see its log %s.", c->pg, c->log);
        if (!os_sleep_ms(50))
            return ui_fault(c->ui, f, ERR_STOPPED, "Đã dừng theo yêu cầu khi PostgreSQL đang khởi động.",
                            "Stopped as asked while PostgreSQL was starting.");
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

/* A server and an operator's command may come to a new folder at the same moment. */
static enum err wait_for_turn(struct cluster *c, int *turn, struct fault *f)
{
    uint64_t deadline = os_monotonic_ms() + START_MS;
    enum err e;
    while ((e = os_lock(c->turn_file, turn, f)) == ERR_BUSY) {
        if (os_monotonic_ms() > deadline)
            return ui_fault(c->ui, f, ERR_BUSY,
                            "Một chương trình khác đang chuẩn bị %s đã hơn một phút; hãy thử lại sau.",
                            "Another program has been setting up %s for a minute; try again later.", c->data);
        if (!os_sleep_ms(50))
            return ui_fault(c->ui, f, ERR_STOPPED,
                            "Đã dừng theo yêu cầu khi chương trình khác đang chuẩn bị %s.",
                            "Stopped as asked while another program set up %s.", c->data);
    }
    return e;
}

static enum err set_up(struct cluster *c, struct config *config, struct arena *a, struct fault *f)
{
    enum err e = cluster_make(c, f);
    if (e == ERR_OK)
        e = cluster_sockets(c, a, config, f);
    if (e == ERR_OK && !c->keep)
        e = guest_enter(c, f);
    if (e == ERR_OK)
        e = start_and_wait(c, f);
    if (e == ERR_OK && !os_exists(c->ready_file)) {
        e = first_set_up(c, config, f);
        if (e == ERR_OK)
            e = os_file_write(c->ready_file, "", 0, 0600, f);
    }
    return e;
}

static enum err open_all(struct cluster *c, struct config *config, struct arena *a, struct fault *f)
{
    int turn = -1;
    enum err e = wait_for_turn(c, &turn, f);
    if (e == ERR_OK && c->keep)
        e = os_lock(c->lock_file, &c->lock, f);
    if (e == ERR_OK)
        e = set_up(c, config, a, f);
    if (e == ERR_BUSY && c->keep && c->lock < 0)
        e = ui_fault(c->ui, f, e, "Một máy chủ khác đang làm việc trong %s; hãy dừng nó trước.",
                     "Another server works in %s; stop it first.", config->data);
    os_unlock(&turn);
    return e;
}

enum err cluster_open(struct arena *a, struct config *config, bool keep, struct cluster **out,
                      struct fault *f)
{
    struct cluster *c = calloc(1, sizeof *c);
    if (c == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the cluster");
    *out = c;
    c->lock = c->guest_lock = -1;
    c->keep = keep;
    c->ui = config->ui;
    if (geteuid() == 0) {
        cluster_close(out);
        return ui_fault(
            config->ui, f, ERR_NOT_ALLOWED,
            "PostgreSQL không chạy với quyền root; hãy chạy bằng người dùng khác, hoặc dùng --config với "
            "một PostgreSQL đang chạy.",
            "PostgreSQL refuses to run as root; run this as another user, or give --config with the "
            "connection of a PostgreSQL that runs.");
    }
    enum err e = os_folder_make(config->data, f);
    if (e == ERR_OK)
        e = cluster_paths(c, config, f);
    if (e == ERR_OK)
        e = open_all(c, config, a, f);
    if (e != ERR_OK)
        cluster_close(out);
    return e;
}

void cluster_check(struct cluster *c)
{
    if (is_alive(c) || os_monotonic_ms() - c->started_at < BACK_OFF_MS)
        return;
    log_line(LOG_ERROR, "cluster", "state=died");
    start(c);
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
    guest_mark(c, false);
}

static bool server_is_there(const struct cluster *c)
{
    int lock;
    bool there = os_lock(c->lock_file, &lock, NULL) == ERR_BUSY;
    os_unlock(&lock);
    return there;
}

/* The last of the operator's programs stops what one of them started, but not under a server that has come
 * meanwhile; who comes now waits for its turn. */
static void stop_as_guest(struct cluster *c)
{
    int turn;
    if (c->guest_lock < 0 || wait_for_turn(c, &turn, NULL) != ERR_OK)
        return;
    if (guest_is_last(c) && !server_is_there(c))
        stop(c);
    guest_leave(c);
    os_unlock(&turn);
}

void cluster_close(struct cluster **out)
{
    struct cluster *c = *out;
    if (c == NULL)
        return;
    if (!c->keep)
        stop_as_guest(c);
    else if (c->lock >= 0 && (c->child > 0 || c->adopted))
        stop(c);
    if (c->lock >= 0)
        os_unlock(&c->lock);
    free(c);
    *out = NULL;
}
