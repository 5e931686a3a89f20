/* Where things lie, initdb, settings, roles. */
#include "common/log.h"
#include "common/os.h"
#include "server/cluster_private.h"
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define UNSAFE      "'\"\\%$`," /* in settings, connection strings and commands of a shell */
#define SOCKET_ROOM 90          /* of 107 bytes that a socket's whole path may have */

static const char settings[] = "\n# hoivien\n"
                               "listen_addresses = ''\n"
                               "port = 5432\n"
                               "max_connections = 160\n"
                               "shared_buffers = 128MB\n"
                               "wal_level = replica\n"
                               "archive_mode = on\n"
                               "archive_timeout = 3600\n"
                               "max_wal_size = 1GB\n"
                               "log_min_messages = warning\n"
                               "timezone = 'UTC'\n"
                               "log_timezone = 'UTC'\n"
                               "log_error_verbosity = terse\n"
                               "log_min_error_statement = panic\n"
                               "log_parameter_max_length_on_error = 0\n";

bool cluster_exists(const char *data)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/pg", data);
    return os_exists(path);
}

#define INSTALLED "/usr/lib/postgresql/"

/* Major version of a cluster that is there; 0 for a new one. */
static int version_made(const struct cluster *c)
{
    char path[CLUSTER_PATH + 16], line[16] = "";
    snprintf(path, sizeof path, "%s/PG_VERSION", c->pg);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    int version = fgets(line, sizeof line, file) != NULL ? atoi(line) : 0;
    fclose(file);
    return version;
}

/* The newest version that is installed; 0 when there is none. */
static int version_installed(void)
{
    glob_t g;
    int newest = 0;
    if (glob(INSTALLED "*/bin/initdb", 0, NULL, &g) != 0)
        return 0;
    for (size_t i = 0; i < g.gl_pathc; i++) {
        int version = atoi(g.gl_pathv[i] + strlen(INSTALLED));
        newest = version > newest ? version : newest;
    }
    globfree(&g);
    return newest;
}

/* A cluster can only be run by the version that made it. */
static enum err programs(struct cluster *c, const struct config *config, struct fault *f)
{
    char folder[CLUSTER_PATH - 20];
    int made = version_made(c), version = made > 0 ? made : version_installed();
    if (config->pg_bin != NULL)
        snprintf(folder, sizeof folder, "%s", config->pg_bin);
    else
        snprintf(folder, sizeof folder, INSTALLED "%d/bin", version);
    snprintf(c->postgres, sizeof c->postgres, "%s/postgres", folder);
    snprintf(c->initdb, sizeof c->initdb, "%s/initdb", folder);
    if (os_exists(c->initdb) && os_exists(c->postgres))
        return ERR_OK;
    return ui_fault(
        config->ui, f, ERR_FILE,
        "Không có chương trình máy chủ PostgreSQL trong %s; hãy cài gói postgresql%s%.0d, hoặc ghi thư "
        "mục của chúng vào pg_bin.",
        "PostgreSQL's server programs are not in %s; install the package postgresql%s%.0d, or name "
        "their folder by pg_bin.",
        folder, made > 0 ? "-" : "", made);
}

enum err cluster_paths(struct cluster *c, const struct config *config, struct fault *f)
{
    char real[4096];
    if (realpath(config->data, real) == NULL)
        return fault(f, ERR_FILE, "%s: %s", config->data, strerror(errno));
    if (strlen(real) > CLUSTER_PATH - 40)
        return ui_fault(config->ui, f, ERR_FILE, "%s: đường dẫn dài quá %d byte; hãy chọn thư mục khác.",
                        "%s: the path is longer than %d bytes; choose another folder.", config->data,
                        CLUSTER_PATH - 40);
    if (strpbrk(real, UNSAFE) != NULL)
        return ui_fault(config->ui, f, ERR_FILE,
                        "%s: đường dẫn không được có ký tự nào trong các ký tự %s; hãy chọn thư mục khác.",
                        "%s: the path must not hold any of %s; choose another folder.", config->data, UNSAFE);
    const struct {
        char *to;
        const char *name;
    } paths[] = {{c->pg, "pg"},
                 {c->log, "pg.log"},
                 {c->archive, "archive"},
                 {c->lock_file, "server.lock"},
                 {c->turn_file, "set-up.lock"},
                 {c->guest_file, "guest.lock"},
                 {c->guest_mark, "pg.guest"},
                 {c->ready_file, "pg.ready"}};
    snprintf(c->data, sizeof c->data, "%.*s", CLUSTER_PATH - 40, real);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        snprintf(paths[i].to, CLUSTER_PATH, "%.*s/%s", CLUSTER_PATH - 40, real, paths[i].name);
    return programs(c, config, f);
}

/* Its output goes to the cluster's log. */
static enum err run_initdb(const struct cluster *c, const char *to, struct fault *f)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        int log = open(c->log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        dup2(log, 1);
        dup2(log, 2);
        execl(c->initdb, c->initdb, "-D", to, "-U", "postgres", "--auth", "trust", "--encoding", "UTF8",
              "--locale", "C.UTF-8", "--data-checksums", (char *)NULL);
        _exit(127);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return ui_fault(c->ui, f, ERR_DB, "Không tạo được cơ sở dữ liệu bằng initdb; hãy xem %s.",
                        "initdb failed; see its output in %s.", c->log);
    return ERR_OK;
}

static enum err write_settings(const struct cluster *c, const char *to, struct fault *f)
{
    char path[CLUSTER_PATH + 40];
    snprintf(path, sizeof path, "%s/postgresql.conf", to);
    FILE *file = fopen(path, "a");
    if (file == NULL)
        return fault(f, ERR_FILE, "%s: %s", path, strerror(errno));
    fputs(settings, file);
    fprintf(file, "archive_command = 'test ! -f \"%s/%%f\" && cp \"%%p\" \"%s/%%f\"'\n", c->archive,
            c->archive);
    return fclose(file) == 0 ? ERR_OK : fault(f, ERR_FILE, "%s: %s", path, strerror(errno));
}

/* Made beside its place and renamed, so that half a cluster is never taken for a whole one. */
enum err cluster_make(struct cluster *c, struct fault *f)
{
    char fresh[CLUSTER_PATH + 8], line[2 * CLUSTER_PATH];
    if (os_exists(c->pg))
        return ERR_OK;
    log_line(LOG_INFO, "cluster", "state=making");
    snprintf(fresh, sizeof fresh, "%s.new", c->pg);
    snprintf(line, sizeof line, "rm -rf '%s'", fresh);
    if (os_exists(fresh) && system(line) != 0)
        return ui_fault(c->ui, f, ERR_FILE, "Không xoá được %s; hãy xoá rồi thử lại.",
                        "%s can't be removed; remove it and try again.", fresh);
    enum err e = os_folder_make(c->archive, f);
    if (e == ERR_OK)
        e = run_initdb(c, fresh, f);
    if (e == ERR_OK)
        e = write_settings(c, fresh, f);
    if (e == ERR_OK && rename(fresh, c->pg) != 0)
        e = fault(f, ERR_FILE, "%s: %s", c->pg, strerror(errno));
    return e;
}

/* A folder of our own in the data folder if its path is short enough, otherwise one under /tmp, remembered in
 * the data folder. */
static enum err short_folder(struct cluster *c, struct arena *a, struct fault *f)
{
    char note[CLUSTER_PATH];
    struct bytes known;
    struct stat st;
    snprintf(c->socket_folder, sizeof c->socket_folder, "%.*s/run", CLUSTER_PATH - 40, c->data);
    if (strlen(c->socket_folder) < SOCKET_ROOM)
        return os_folder_make(c->socket_folder, f);
    snprintf(note, sizeof note, "%.*s/socket-folder", CLUSTER_PATH - 40, c->data);
    if (os_exists(note) && os_file_read(a, note, SOCKET_ROOM, &known, f) == ERR_OK) {
        snprintf(c->socket_folder, sizeof c->socket_folder, "%.*s", (int)known.n, (const char *)known.p);
        bool ours = lstat(c->socket_folder, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() &&
                    (st.st_mode & 077) == 0;
        if (ours)
            return ERR_OK;
    }
    snprintf(c->socket_folder, sizeof c->socket_folder, "/tmp/hoivien-XXXXXX");
    if (mkdtemp(c->socket_folder) == NULL)
        return fault(f, ERR_FILE, "no folder for the socket under /tmp: %s", strerror(errno));
    return os_file_write(note, c->socket_folder, strlen(c->socket_folder), 0600, f);
}

enum err cluster_sockets(struct cluster *c, struct arena *a, struct config *config, struct fault *f)
{
    enum err e = short_folder(c, a, f);
    if (e != ERR_OK)
        return e;
    snprintf(c->super_connection, sizeof c->super_connection,
             "host='%s' port=5432 user=postgres dbname=postgres", c->socket_folder);
    config->connection =
        arena_print(a, "host='%s' port=5432 user=hoivien_server dbname=hoivien", c->socket_folder);
    config->owner_connection =
        arena_print(a, "host='%s' port=5432 user=hoivien_owner dbname=hoivien", c->socket_folder);
    return config->connection != NULL && config->owner_connection != NULL
               ? ERR_OK
               : fault(f, ERR_NO_MEMORY, "no memory for the configuration");
}

/* Each step may have been done before a first start was cut short. */
enum err cluster_make_database(struct db *db, struct fault *f)
{
    struct db_params none;
    struct db_result *there = NULL;
    struct arena *a = arena_make(1 << 16);
    enum err e = db_script(db,
                           "do $$ begin "
                           "if not exists (select from pg_roles where rolname = 'hoivien_owner') then create "
                           "role hoivien_owner login; end if; "
                           "if not exists (select from pg_roles where rolname = 'hoivien_server') then "
                           "create role hoivien_server login; end if; end $$; "
                           "grant pg_read_all_stats to hoivien_owner",
                           f);
    if (e == ERR_OK)
        e = db_prepare(db, "has_database", "select from pg_database where datname = 'hoivien'", f);
    db_params_begin(&none, a);
    if (e == ERR_OK)
        e = db_run(db, "has_database", &none, &there, f);
    if (e == ERR_OK && db_rows(there) == 0)
        e = db_script(db, "create database hoivien owner hoivien_owner", f);
    db_free(&there);
    arena_free(a);
    return e;
}
