#include "tests/support/clerk_scene.h"
#include <stdarg.h>

struct clerk_scene clerk;

void clerk_world(struct database *db)
{
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(db);
    world_make(db);
}

void clerk_start(const struct database *db)
{
    server_start(&clerk.server, db, NULL);
    device_make(&clerk.device, &clerk.server, "31317", NULL);
}

void clerk_begin(void)
{
    struct database db;
    clerk_world(&db);
    clerk_start(&db);
}

void clerk_end(void)
{
    server_stop(&clerk.server);
}

static char *line_of(const char *format, va_list args)
{
    char *line;
    cr_assert(vasprintf(&line, format, args) >= 0);
    return line;
}

void clerk_ok(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *line = line_of(format, args);
    va_end(args);
    free(hoivien_ok(&clerk.device, "%s", line));
    free(line);
}

void device_says(const struct client_device *d, const char *command, const char *text)
{
    char *out = hoivien_ok(d, "%s", command);
    cr_assert(strstr(out, text) != NULL, "hoivien %s does not say \"%s\":\n%s", command, text, out);
    free(out);
}

void device_says_not(const struct client_device *d, const char *command, const char *text)
{
    char *out = hoivien_ok(d, "%s", command);
    cr_assert(strstr(out, text) == NULL, "hoivien %s says \"%s\":\n%s", command, text, out);
    free(out);
}

void device_fails(const struct client_device *d, const char *command, int status, const char *text)
{
    struct output o = hoivien(d, "%s", command);
    cr_assert_eq(o.status, status, "hoivien %s: exit status %d\n%s%s", command, o.status, o.out, o.err);
    cr_assert(strstr(o.err, text) != NULL, "hoivien %s does not say \"%s\":\n%s", command, text, o.err);
    output_free(&o);
}

void clerk_says(const char *command, const char *text)
{
    device_says(&clerk.device, command, text);
}

void clerk_says_not(const char *command, const char *text)
{
    device_says_not(&clerk.device, command, text);
}

void clerk_fails(const char *command, int status, const char *text)
{
    device_fails(&clerk.device, command, status, text);
}

void clerk_reporter(void)
{
    scratch_make(clerk.reporter.folder);
    char *code = world_code(&clerk.server, "93", "reporter");
    free(reporter_ok("init %s", code));
    free(code);
}

struct output reporter(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *line = line_of(format, args);
    va_end(args);
    struct output o =
        run("%s/client/hoivien-report --lang en --dir %s %s", HV_BIN, clerk.reporter.folder, line);
    free(line);
    return o;
}

char *reporter_ok(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *line = line_of(format, args);
    va_end(args);
    struct output o = reporter("%s", line);
    cr_assert(o.status == 0, "hoivien-report %s: exit status %d\n%s%s", line, o.status, o.out, o.err);
    free(line);
    free(o.err);
    return o.out;
}

void clerk_verify(void)
{
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf verify", HV_BIN, clerk.server.folder));
}
