#include "common/keys.h"
#include "tests/support/support.h"
#include <signal.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void spawn_server(struct server *s)
{
    const char *config[] = {s->program, "--config", words("%s/hoivien.conf", s->folder), NULL};
    const char *data[] = {s->program, "--data", s->folder, "--listen", s->endpoint, NULL};
    const char *written = words("%s/endpoint", s->folder);
    unlink(written);
    s->pid = spawn(words("%s/log", s->folder), s->is_private ? data : config);
    for (int i = 0; access(written, R_OK) != 0; i++) {
        if (i == 3000 || kill(s->pid, 0) != 0)
            give_up("the server does not start: %s", file_read(words("%s/log", s->folder)));
        usleep(20000);
    }
    char *endpoint = file_read(written);
    endpoint[strcspn(endpoint, "\n ")] = '\0';
    snprintf(s->endpoint, sizeof s->endpoint, "%s", endpoint);
    free(endpoint);
}

static void write_config(const struct server *s, const char *listen)
{
    file_write(words("%s/hoivien.conf", s->folder),
               words("listen = %s\nconnection = %s\nowner_connection = %s\nkey_file = "
                     "%s/server.key\nendpoint_file = %s/endpoint\n%s\n",
                     listen, s->db.server, s->db.owner, s->folder, s->folder, s->extra));
}

void server_prepare(struct server *s, const struct database *db, const char *program, const char *extra)
{
    struct curve_pair pair;
    char secret[2 * KEY_SIZE + 1];
    cr_assert(keys_start(NULL) == ERR_OK);
    *s = (struct server){.db = *db};
    snprintf(s->program, sizeof s->program, "%s", program);
    snprintf(s->extra, sizeof s->extra, "%s", extra != NULL ? extra : "");
    scratch_make(s->folder);
    curve_pair_make(&pair);
    memcpy(s->key, pair.public_key, sizeof s->key);
    key_format(pair.secret_key, secret);
    file_write(words("%s/server.key", s->folder), words("%s\n", secret));
    free(run_ok("chmod 600 %s/server.key", s->folder));
    write_config(s, "tcp://127.0.0.1:*");
}

void server_launch(struct server *s)
{
    spawn_server(s);
    /* a restart comes back on the same port */
    write_config(s, s->endpoint);
}

void server_start(struct server *s, const struct database *db, const char *extra)
{
    server_prepare(s, db, HV_BIN "/server/hoivien-server", extra);
    server_launch(s);
}

void server_start_private(struct server *s)
{
    uint8_t secret[KEY_SIZE];
    cr_assert(keys_start(NULL) == ERR_OK);
    *s = (struct server){.is_private = true};
    scratch_make(s->folder);
    snprintf(s->program, sizeof s->program, "%s", HV_BIN "/server/hoivien-server");
    snprintf(s->endpoint, sizeof s->endpoint, "tcp://127.0.0.1:*");
    spawn_server(s);
    char *hex = file_read(words("%s/server.key", s->folder));
    hex[strcspn(hex, "\n ")] = '\0';
    cr_assert(key_parse(hex, secret), "the server's key file is no key");
    crypto_scalarmult_base(s->key, secret);
    free(hex);
    char *connection = run_ok("%s/server/hoivien-admin --data %s connection --owner", HV_BIN, s->folder);
    connection[strcspn(connection, "\n")] = '\0';
    snprintf(s->db.owner, sizeof s->db.owner, "%s", connection);
    free(connection);
}

pid_t server_postmaster(const struct server *s)
{
    char *text = file_read(words("%s/pg/postmaster.pid", s->folder));
    pid_t pid = (pid_t)atoi(text);
    free(text);
    return pid;
}

void server_restart(struct server *s)
{
    spawn_server(s);
}

void server_stop(struct server *s)
{
    kill(s->pid, SIGTERM);
    int status = wait_for(s->pid);
    cr_assert(status == 0, "the server ended with %d: %s", status, file_read(words("%s/log", s->folder)));
    s->pid = 0;
}

void server_kill(struct server *s)
{
    kill(s->pid, SIGKILL);
    wait_for(s->pid);
    s->pid = 0;
}

void world_make(const struct database *db)
{
    sql(db, "insert into unit (level, code, name, type, parent, valid_from) values (1, 'VN', 'Trung ương', "
            "'', null, 20000101);"
            "insert into unit (level, code, name, type, parent, valid_from) select 2, '93', 'Tỉnh Hậu "
            "Giang', 'Tỉnh', id, 20040101 from "
            "unit where level = 1;"
            "insert into unit (level, code, name, type, parent, valid_from) select 3, '930', 'Thành phố Vị "
            "Thanh', 'Thành phố', id, "
            "20040101 from unit where level = 2;"
            "insert into unit (level, code, name, type, parent, valid_from) select 4, c, n, 'Phường', u.id, "
            "20040101 from unit u, (values "
            "('31317', 'Phường I'), ('31318', 'Phường III')) v(c, n) where level = 3;"
            "insert into stream (id) select id from unit;"
            "insert into term (level, name, from_day, to_day) values (1, '2017-2022', 20170301, 20220301);"
            "insert into population (unit, term, type, value, as_of, source) select u.id, t.id, 1, case when "
            "code = '31317' then 1000 else "
            "500 end, 20171231, 'figure for tests' from unit u, term t where u.level = 4;"
            "insert into target (key, term, issuer, title, form, measure, comparator, threshold, "
            "denominator_type, deadline, document, "
            "decides) select 'TW-50', t.id, u.id, 'Không có cơ sở dưới 50%%', 4, 1, 1, 500000, 1, 20220301, "
            "'NQ XII', true from unit u, "
            "term t where u.level = 1;");
}

int32_t world_unit(const struct database *db, const char *code)
{
    return (int32_t)sql_int(db, "select id from unit where code = '%s'", code);
}

char *world_code(const struct server *s, const char *unit_code, const char *role)
{
    struct enrolment_code code = {.endpoints = s->endpoint};
    struct curve_pair pair;
    char key[2 * KEY_SIZE + 1];
    memcpy(code.server_key, s->key, KEY_SIZE);
    FILE *f = fopen("/dev/urandom", "r");
    cr_assert(f != NULL && fread(code.seed, SEED_SIZE, 1, f) == 1);
    fclose(f);
    curve_pair_of_seed(code.seed, &pair);
    key_format(pair.public_key, key);
    sql(&s->db,
        "insert into enrolment_code (unit, role, one_time_key, expires_at) select id, '%s', decode('%s', "
        "'hex'), now() + interval '1 "
        "hour' from unit where code = '%s'; update gate set version = version + 1",
        role, key, unit_code);
    struct arena *a = arena_make(1 << 16);
    char *text;
    cr_assert(code_format(a, &code, &text) == ERR_OK);
    text = strdup(text);
    arena_free(a);
    return text;
}

void device_make(struct client_device *d, const struct server *s, const char *commune, const char *endpoint)
{
    struct server through = *s;
    if (endpoint != NULL)
        snprintf(through.endpoint, sizeof through.endpoint, "%s", endpoint);
    char *code = world_code(&through, commune, "commune");
    scratch_make(d->folder);
    free(hoivien_ok(d, "init %s", code));
    free(code);
}

struct output hoivien(const struct client_device *d, const char *format, ...)
{
    char *line;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&line, format, args);
    va_end(args);
    cr_assert(n >= 0);
    struct output o = run("%s/client/hoivien --dir %s --lang en %s", HV_BIN, d->folder, line);
    free(line);
    return o;
}

char *hoivien_ok(const struct client_device *d, const char *format, ...)
{
    char *line;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&line, format, args);
    va_end(args);
    cr_assert(n >= 0);
    struct output o = run("%s/client/hoivien --dir %s --lang en %s", HV_BIN, d->folder, line);
    cr_assert(o.status == 0, "hoivien %s: exit status %d\n%s%s", line, o.status, o.out, o.err);
    free(line);
    free(o.err);
    return o.out;
}
