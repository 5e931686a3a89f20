/* hoivien-server */
#include "common/keys.h"
#include "common/kind.h"
#include "common/log.h"
#include "common/os.h"
#include "common/ui.h"
#include "server/front.h"
#include "server/operator.h"
#include "server/store.h"
#include <signal.h>
#include <stdio.h>

struct server {
    struct ui ui;
    struct arena *arena;
    struct config config;
    struct curve_pair keys;
    struct cluster *cluster;
};

static const struct option_row options[] = {
    {"data",
     0,
     "DIR",
     {"thư mục dữ liệu, với PostgreSQL riêng (được tạo nếu chưa có)",
      "data folder with a PostgreSQL of its own, made when new"}},
    {"config",
     0,
     "FILE",
     {"tệp cấu hình, với PostgreSQL có sẵn", "configuration file, with a PostgreSQL that is there"}},
    {"listen",
     0,
     "ENDPOINT",
     {"nơi nhận kết nối, ví dụ tcp://0.0.0.0:5570", "where to listen, for example tcp://0.0.0.0:5570"}},
    {"check", 0, NULL, {"chỉ kiểm tra cấu hình rồi thoát", "only check the configuration"}},
    {NULL, 0, NULL, {NULL, NULL}},
};

static enum err configure(struct server *s, const struct options *o, struct fault *f)
{
    enum err e = config_load(s->arena, &s->ui, option(o, "data"), option(o, "config"), &s->config, f);
    if (e == ERR_OK && option(o, "listen") != NULL)
        e = config_listen(s->arena, &s->config, option(o, "listen"), f);
    log_set_level(s->config.log_level);
    return e;
}

/* One connection is made and all statements prepared before anybody is let in: a wrong schema refuses the
 * start. */
static enum err check_database(const struct server *s, struct fault *f)
{
    struct db *db;
    enum err e =
        db_open(&db, &(struct db_options){.connection = s->config.connection, .name = "hoivien-start"}, f);
    if (e != ERR_OK)
        return e;
    e = store_prepare(db, f);
    db_close(&db);
    return e;
}

static enum err serve(struct server *s, struct fault *f)
{
    enum err e = s->config.data != NULL ? cluster_open(s->arena, &s->config, true, &s->cluster, f) : ERR_OK;
    if (e == ERR_OK)
        e = config_key(&s->config, true, &s->keys, f);
    if (e == ERR_OK)
        e = check_database(s, f);
    if (e == ERR_OK)
        e = front_run(&s->config, &s->keys, s->cluster, f);
    cluster_close(&s->cluster);
    key_wipe(&s->keys, sizeof s->keys);
    return e;
}

static enum err run(void *program, const struct options *o, struct fault *f)
{
    struct server *s = program;
    enum err e = configure(s, o, f);
    if (e == ERR_OK && option(o, "check") != NULL) {
        e = config_check(&s->config, f);
        if (e == ERR_OK)
            ui_say(&s->ui, "Cấu hình đúng.", "The configuration is right.");
        return e;
    }
    if (e == ERR_OK)
        e = serve(s, f);
    log_line(e == ERR_OK ? LOG_INFO : LOG_ERROR, "stop", "code=%s", err_name(e));
    return operator_fault(&s->ui, e, f);
}

/* SIGTERM and SIGINT wait, in every thread, until the front reads them; the others mean nothing here. */
static void block_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGPIPE);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

int main(int argc, char **argv)
{
    static const struct command commands[] = {
        {"", "", {"chạy máy chủ", "run the server"}, NULL, run, NULL},
        {NULL, NULL, {NULL, NULL}, NULL, NULL, NULL},
    };
    static const struct program program = {
        .name = "hoivien-server",
        .help = {"Máy chủ sổ hội viên hoivien.", "The server of the hoivien membership register."},
        .commands = commands,
        .options = options,
    };
    struct fault f = {0};
    struct server s = {.arena = arena_make((size_t)1 << 20)};
    if (s.arena == NULL || keys_start(&f) != ERR_OK || kind_verify(&f) != ERR_OK) {
        fprintf(stderr, "hoivien-server: %s\n", f.text);
        return EXIT_FAILED;
    }
    block_signals();
    int status = ui_main(&program, &s.ui, &s, argc, argv);
    arena_free(s.arena);
    return status;
}
