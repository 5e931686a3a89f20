/* A server, two communes' clerks, and a province's pen behind a relay. */
#ifndef HV_PEN_SCENE_H
#define HV_PEN_SCENE_H

#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct server server;
static struct relay *relay;
static struct client_device one, two; /* of 31317 and 31318 */
static char folder[PATH_ROOM];

static void pen_begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    sql(&db,
        "insert into unit (level, code, name, type, parent, valid_from) select 2, '94', 'Tỉnh Sóc Trăng', "
        "'Tỉnh', id, 20040101 from unit where level = 1; insert into unit (level, code, name, type, parent, "
        "valid_from) select 4, '31498', 'Phường 5', 'Phường', id, 20040101 from unit where code = '94'; "
        "insert into stream (id) select id from unit where code in ('94', '31498')");
    server_start(&server, &db, NULL);
    relay = relay_start(server.endpoint);
    device_make(&one, &server, "31317", NULL);
    device_make(&two, &server, "31318", NULL);
    scratch_make(folder);
    struct server through = server;
    snprintf(through.endpoint, sizeof through.endpoint, "%s", relay_endpoint(relay));
    char *code = world_code(&through, "93", "reporter");
    free(run_ok("%s/client/hoivien-report --lang en --dir %s init %s", HV_BIN, folder, code));
    free(code);
}

static void pen_end(void)
{
    relay_stop(relay);
    server_stop(&server);
}

static inline struct output report(const char *args)
{
    return run("%s/client/hoivien-report --lang en --dir %s %s", HV_BIN, folder, args);
}

static inline char *report_ok(const char *args)
{
    struct output o = report(args);
    cr_assert(o.status == 0, "hoivien-report %s: exit status %d\n%s%s", args, o.status, o.out, o.err);
    free(o.err);
    return o.out;
}

static inline void expect(const char *args, const char *text)
{
    char *out = report_ok(args);
    cr_assert(strstr(out, text) != NULL, "hoivien-report %s does not say \"%s\":\n%s", args, text, out);
    free(out);
}

static inline void expect_failure(const char *args, int status, const char *text)
{
    struct output o = report(args);
    cr_assert_eq(o.status, status, "hoivien-report %s: exit status %d\n%s%s", args, o.status, o.out, o.err);
    cr_assert(strstr(o.err, text) != NULL, "hoivien-report %s does not say \"%s\":\n%s", args, text, o.err);
    output_free(&o);
}

static inline void hears(const struct client_device *d, const char *command, const char *text)
{
    char *out = hoivien_ok(d, "%s", command);
    cr_assert(strstr(out, text) != NULL, "hoivien %s does not say \"%s\":\n%s", command, text, out);
    free(out);
}

static inline void hears_not(const struct client_device *d, const char *command, const char *text)
{
    char *out = hoivien_ok(d, "%s", command);
    cr_assert(strstr(out, text) == NULL, "hoivien %s says \"%s\":\n%s", command, text, out);
    free(out);
}

static inline int64_t rows_in(const char *table)
{
    return sql_int(&server.db, "select count(*) from %s", table);
}

static inline void plan_made(void)
{
    free(report_ok("plan add --commune 31317 --name 'Hỗ trợ 2019' --figure 500 --deadline 30/06/2019"));
}

#endif
