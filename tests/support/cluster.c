/* One PostgreSQL a test program. The runner starts it; the tests, forked from the runner, find it in the
 * environment. */
#include "server/schema.h"
#include "tests/support/support.h"
#include <glob.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLUSTER_VARIABLE "HV_TEST_CLUSTER"

static struct {
    pid_t owner;
    pid_t postmaster;
    char folder[PATH_ROOM];
} cluster;

/* The newest PostgreSQL that Debian installed. */
static const char *bin_folder(void)
{
    static char found[PATH_ROOM];
    glob_t g;
    if (glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &g) != 0)
        give_up("PostgreSQL's server programs are not installed");
    snprintf(found, sizeof found, "%s", g.gl_pathv[g.gl_pathc - 1]);
    globfree(&g);
    *strrchr(found, '/') = '\0';
    return found;
}

static void die(const char *why, const struct output *o)
{
    fprintf(stderr, "test cluster: %s\n%s%s\n", why, o != NULL ? o->out : "", o != NULL ? o->err : "");
    exit(1);
}

static void must(struct output o, const char *why)
{
    if (o.status != 0)
        die(why, &o);
    output_free(&o);
}

static void make_template(void)
{
    must(run("psql -q -v ON_ERROR_STOP=1 -h %s -U postgres -d postgres -c 'create role hoivien_owner login' "
             "-c 'create role hoivien_server login' -c 'create database hv_template owner hoivien_owner'",
             cluster.folder),
         "cannot make the template");
    struct fault f;
    if (schema_migrate(words("host=%s user=hoivien_owner dbname=hv_template", cluster.folder), &f) !=
        ERR_OK) {
        fprintf(stderr, "test cluster: %s\n", f.text);
        exit(1);
    }
}

/* At the end of the runner, not of a test. */
static void cluster_down(void)
{
    if (cluster.owner != getpid())
        return;
    kill(cluster.postmaster, SIGQUIT);
    waitpid(cluster.postmaster, NULL, 0);
}

static bool cluster_ready(void)
{
    struct output o = run("%s/pg_isready -q -h %s -U postgres", bin_folder(), cluster.folder);
    bool ready = o.status == 0;
    output_free(&o);
    return ready;
}

void cluster_up(void)
{
    if (geteuid() == 0) {
        fprintf(stderr,
                "PostgreSQL refuses to run as root: run the tests by ./tests/run or as another user\n");
        exit(1);
    }
    scratch_make(cluster.folder);
    must(run("%s/initdb -D %s/data -U postgres --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync",
             bin_folder(), cluster.folder),
         "initdb");
    const char *argv[] = {words("%s/postgres", bin_folder()),
                          "-D",
                          words("%s/data", cluster.folder),
                          "-k",
                          cluster.folder,
                          "-c",
                          "listen_addresses=",
                          "-c",
                          "fsync=off",
                          "-c",
                          "max_connections=200",
                          NULL};
    cluster.postmaster = spawn(words("%s/log", cluster.folder), argv);
    for (int i = 0; !cluster_ready(); i++) {
        if (i == 200)
            die(file_read(words("%s/log", cluster.folder)), NULL);
        usleep(50000);
    }
    cluster.owner = getpid();
    atexit(cluster_down);
    setenv(CLUSTER_VARIABLE, cluster.folder, 1);
    make_template();
}

static const char *cluster_folder(void)
{
    const char *folder = getenv(CLUSTER_VARIABLE);
    if (folder == NULL)
        give_up("the test program lacks SUPPORT_CLUSTER");
    return folder;
}

void database_make(struct database *out)
{
    static int made;
    snprintf(out->name, sizeof out->name, "test_%d_%d", (int)getpid(), ++made);
    free(run_ok("psql -q -v ON_ERROR_STOP=1 -h %s -U postgres -d postgres -c 'create database %s template "
                "hv_template owner hoivien_owner'",
                cluster_folder(), out->name));
    snprintf(out->owner, sizeof out->owner, "host=%s user=hoivien_owner dbname=%s", cluster_folder(),
             out->name);
    snprintf(out->server, sizeof out->server, "host=%s user=hoivien_server dbname=%s", cluster_folder(),
             out->name);
}

/* Of this very process: a file whose name is only a number may be somebody else's from before. */
static const char *own_folder(void)
{
    static char folder[PATH_ROOM];
    static pid_t owner;
    if (owner != getpid()) {
        owner = getpid();
        scratch_make(folder);
    }
    return folder;
}

static const char *sql_line(const struct database *db, const char *text)
{
    static char first[65536];
    const char *path = words("%s/sql", own_folder());
    file_write(path, text);
    char *out = run_ok("psql -X -q -A -t -v ON_ERROR_STOP=1 -d '%s' -f %s", db->owner, path);
    snprintf(first, sizeof first, "%s", out);
    first[strcspn(first, "\n")] = '\0';
    free(out);
    return first;
}

const char *sql(const struct database *db, const char *format, ...)
{
    char *text;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&text, format, args);
    va_end(args);
    cr_assert(n >= 0);
    const char *answer = sql_line(db, text);
    free(text);
    return answer;
}

int64_t sql_int(const struct database *db, const char *format, ...)
{
    char *text;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&text, format, args);
    va_end(args);
    cr_assert(n >= 0);
    int64_t answer = strtoll(sql_line(db, text), NULL, 10);
    free(text);
    return answer;
}
