/* bench_report report FOLDER COUNT HOIVIEN: latency of the target report on a standing connection of the
 * device enrolled in FOLDER, without a digest, so that the whole report comes back; ten times a member is
 * added and synced by the program HOIVIEN, and must be in the next report. bench_report echo CONNECTION
 * COUNT: the same over a bare ZeroMQ CURVE echo that does one prepared SELECT by primary key. Both print p50
 * and p99 in microseconds. */
#include "client/exchange.h"
#include "common/os.h"
#include "server/db.h"
#include "tests/bench/person.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

static void check(enum err e, const struct fault *f)
{
    if (e == ERR_OK)
        return;
    fprintf(stderr, "bench_report: %s\n", f->text);
    exit(1);
}

static void print(double *seconds, size_t count)
{
    double p50 = bench_percentile(seconds, count, 0.5), p99 = bench_percentile(seconds, count, 0.99);
    printf("%.0f %.0f\n", p50 * 1e6, p99 * 1e6);
}

/* ---- report ---- */

static int64_t ask(struct link *l, struct arena *a, uint32_t id)
{
    Hv__TargetRequest target = HV__TARGET_REQUEST__INIT;
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *reply;
    struct bytes packed, in;
    struct fault f;
    arena_reset(a);
    request.has_id = request.has_protocol = true;
    request.id = id;
    request.protocol = WIRE_PROTOCOL;
    request.body_case = HV__REQUEST__BODY_TARGET;
    request.target = &target;
    check(wire_request_pack(a, &request, &packed), &(struct fault){.text = "cannot pack"});
    check(link_send(l, packed, &f), &f);
    check(link_receive(l, &in, &f), &f);
    check(wire_reply_unpack(a, in, &reply, &f), &f);
    if (reply->body_case != HV__REPLY__BODY_TARGET || reply->target->n_line == 0) {
        fprintf(stderr, "bench_report: no report came back\n");
        exit(1);
    }
    return reply->target->line[0]->numerator;
}

static void add_member(const char *program, const char *folder, unsigned n)
{
    char line[2000];
    snprintf(line, sizeof line,
             "%s --dir %s member add --anyway --name 'Nguyễn Thị Mới' --birth %u --group 'Chi hội 1' "
             ">/dev/null && %s --dir %s sync >/dev/null",
             program, folder, 1950 + n, program, folder);
    if (system(line) != 0) {
        fprintf(stderr, "bench_report: a member can't be added\n");
        exit(1);
    }
}

static void report(const char *folder, size_t count, const char *program)
{
    static const struct ui ui = {.lang = LANG_EN, .program = "bench"};
    struct book *book;
    struct identity who;
    struct link *l;
    struct fault f;
    struct arena *a = arena_make(WIRE_ARENA);
    double *seconds = calloc(count, sizeof *seconds);
    check(book_open(&book, &ui, folder, false, &f), &f);
    check(identity_load(book, &who, &f), &f);
    book_close(&book);
    struct link_options o = {.endpoints = who.endpoints, .server_key = who.server_key, .keys = &who.curve};
    check(link_open(&l, &o, &f), &f);
    int64_t before = ask(l, a, 1);
    for (size_t i = 0; i < count; i++) {
        bool added = i % (count / 10) == count / 20;
        if (added)
            add_member(program, folder, (unsigned)(i / (count / 10)));
        double from = bench_seconds();
        int64_t now = ask(l, a, (uint32_t)i + 2);
        seconds[i] = bench_seconds() - from;
        if (now != before + added) {
            fprintf(stderr, "bench_report: %lld members reported, %lld expected\n", (long long)now,
                    (long long)before + added);
            exit(1);
        }
        before = now;
    }
    print(seconds, count);
    link_close(&l);
    arena_free(a);
    free(seconds);
}

/* ---- echo ---- */

struct echo {
    const char *connection;
    void *context;
    struct curve_pair keys;
    char endpoint[100];
    size_t count;
    size_t ids;
    struct id *id;
};

static void *echo_server(void *argument)
{
    struct echo *e = argument;
    struct db *db;
    struct fault f;
    struct arena *a = arena_make((size_t)1 << 20);
    void *socket = zmq_socket(e->context, ZMQ_ROUTER);
    int yes = 1;
    size_t size = sizeof e->endpoint;
    check(db_open(&db, &(struct db_options){.connection = e->connection, .name = "echo"}, &f), &f);
    check(db_prepare(db, "one", "select name from members where id = $1", &f), &f);
    zmq_setsockopt(socket, ZMQ_CURVE_SERVER, &yes, sizeof yes);
    zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, e->keys.secret_key, KEY_SIZE);
    if (zmq_bind(socket, "tcp://127.0.0.1:*") != 0 ||
        zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, e->endpoint, &size) != 0)
        exit(1);
    void *ready = zmq_socket(e->context, ZMQ_PAIR);
    zmq_connect(ready, "inproc://ready");
    zmq_send(ready, "", 0, 0);
    zmq_close(ready);
    for (size_t i = 0; i < e->count; i++) {
        char who[64], what[256];
        struct db_result *r;
        struct db_params p;
        int n = zmq_recv(socket, who, sizeof who, 0), m = zmq_recv(socket, what, sizeof what, 0);
        arena_reset(a);
        db_params_begin(&p, a);
        db_uuid(&p, &e->id[i % e->ids]);
        check(db_run(db, "one", &p, &r, &f), &f);
        db_free(&r);
        zmq_send(socket, who, (size_t)n, ZMQ_SNDMORE);
        zmq_send(socket, what, (size_t)m, 0);
    }
    zmq_close(socket);
    db_close(&db);
    arena_free(a);
    return NULL;
}

static void load_ids(struct echo *e)
{
    struct db *db;
    struct db_result *r;
    struct db_params p;
    struct fault f;
    struct arena *a = arena_make((size_t)1 << 20);
    check(db_open(&db, &(struct db_options){.connection = e->connection, .name = "echo"}, &f), &f);
    check(db_prepare(db, "ids", "select id from (select id from members limit 1000) m", &f), &f);
    db_params_begin(&p, a);
    check(db_run(db, "ids", &p, &r, &f), &f);
    e->ids = (size_t)db_rows(r);
    e->id = calloc(e->ids, sizeof *e->id);
    for (size_t i = 0; i < e->ids; i++)
        e->id[i] = db_get_uuid(r, (int)i, 0);
    db_free(&r);
    db_close(&db);
    arena_free(a);
}

static void echo_clients(struct echo *e)
{
    struct curve_pair mine;
    double *seconds = calloc(e->count, sizeof *seconds);
    void *socket = zmq_socket(e->context, ZMQ_DEALER);
    curve_pair_make(&mine);
    zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, e->keys.public_key, KEY_SIZE);
    zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, mine.public_key, KEY_SIZE);
    zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, mine.secret_key, KEY_SIZE);
    if (zmq_connect(socket, e->endpoint) != 0)
        exit(1);
    for (size_t i = 0; i < e->count; i++) {
        char in[256];
        double from = bench_seconds();
        if (zmq_send(socket, "0123456789", 10, 0) < 0 || zmq_recv(socket, in, sizeof in, 0) < 0)
            exit(1);
        seconds[i] = bench_seconds() - from;
    }
    print(seconds, e->count);
    zmq_close(socket);
    free(seconds);
}

static void echo(const char *connection, size_t count)
{
    struct echo e = {.connection = connection, .context = zmq_ctx_new(), .count = count};
    pthread_t thread;
    char nothing[1];
    curve_pair_make(&e.keys);
    load_ids(&e);
    void *ready = zmq_socket(e.context, ZMQ_PAIR);
    zmq_bind(ready, "inproc://ready");
    if (pthread_create(&thread, NULL, echo_server, &e) != 0 ||
        zmq_recv(ready, nothing, sizeof nothing, 0) < 0)
        exit(1);
    echo_clients(&e);
    pthread_join(thread, NULL);
    zmq_close(ready);
    zmq_ctx_term(e.context);
    free(e.id);
}

int main(int argc, char **argv)
{
    struct fault f;
    check(keys_start(&f), &f);
    if (argc == 5 && strcmp(argv[1], "report") == 0)
        report(argv[2], (size_t)atoll(argv[3]), argv[4]);
    else if (argc == 4 && strcmp(argv[1], "echo") == 0)
        echo(argv[2], (size_t)atoll(argv[3]));
    else
        return 2;
    return 0;
}
