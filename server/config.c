#include "server/config.h"
#include "common/os.h"
#include <errno.h>
#include <ini.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct reading {
    struct arena *arena;
    struct config *config;
    struct fault *fault;
    const char *path;
    enum err err;
};

static const char *const log_levels[] = {"error", "warning", "info", "debug"};

static enum err refuse(struct reading *r, const char *name, const char *why)
{
    r->err = fault(r->fault, ERR_BAD_FORMAT, "%s: %s: %s", r->path, name, why);
    return r->err;
}

enum err config_listen(struct arena *a, struct config *c, const char *text, struct fault *f)
{
    char *rest, *copy = arena_copy(a, text, strlen(text));
    c->listen_count = 0;
    if (copy == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the configuration");
    for (char *word = strtok_r(copy, " \t", &rest); word != NULL; word = strtok_r(NULL, " \t", &rest)) {
        const char *colon = strrchr(word, ':');
        if (strncmp(word, "tcp://", 6) != 0 || colon == NULL || colon < word + 6 || colon[1] == '\0')
            return fault(f, ERR_BAD_FORMAT, "\"%s\" is no endpoint; write tcp://ADDRESS:PORT", word);
        if (c->listen_count == CONFIG_ENDPOINTS)
            return fault(f, ERR_TOO_LARGE, "at most %d endpoints can be listened on", CONFIG_ENDPOINTS);
        c->listen[c->listen_count++] = word;
    }
    return c->listen_count > 0 ? ERR_OK : fault(f, ERR_MISSING, "no endpoint to listen on");
}

struct key {
    const char *name;
    enum { KEY_TEXT, KEY_NUMBER, KEY_LISTEN, KEY_LEVEL } type;
    size_t offset;
    int least;
    int most;
};

#define AT(member) offsetof(struct config, member)
static const struct key keys[] = {
    {"listen", KEY_LISTEN, 0, 0, 0},
    {"announce", KEY_TEXT, AT(announce), 0, 0},
    {"connection", KEY_TEXT, AT(connection), 0, 0},
    {"owner_connection", KEY_TEXT, AT(owner_connection), 0, 0},
    {"report_connection", KEY_TEXT, AT(report_connection), 0, 0},
    {"key_file", KEY_TEXT, AT(key_file), 0, 0},
    {"endpoint_file", KEY_TEXT, AT(endpoint_file), 0, 0},
    {"pg_bin", KEY_TEXT, AT(pg_bin), 0, 0},
    {"sync_workers", KEY_NUMBER, AT(sync_workers), 1, 64},
    {"report_workers", KEY_NUMBER, AT(report_workers), 1, 64},
    {"report_timeout", KEY_NUMBER, AT(report_timeout_ms), 100, 600000},
    {"log_level", KEY_LEVEL, 0, 0, 0},
};

static enum err take_number(struct reading *r, const struct key *k, const char *value)
{
    char *end, why[80];
    errno = 0;
    long n = strtol(value, &end, 10);
    snprintf(why, sizeof why, "must be a number from %d to %d", k->least, k->most);
    if (errno != 0 || end == value || *end != '\0' || n < k->least || n > k->most)
        return refuse(r, k->name, why);
    *(int *)(void *)((char *)r->config + k->offset) = (int)n;
    return ERR_OK;
}

static enum err take_level(struct reading *r, const char *value)
{
    for (size_t i = 0; i < sizeof log_levels / sizeof log_levels[0]; i++)
        if (strcmp(value, log_levels[i]) == 0) {
            r->config->log_level = (enum log_level)i;
            return ERR_OK;
        }
    return refuse(r, "log_level", "must be error, warning, info or debug");
}

static enum err take_value(struct reading *r, const struct key *k, const char *value)
{
    struct fault why;
    switch (k->type) {
    case KEY_NUMBER:
        return take_number(r, k, value);
    case KEY_LEVEL:
        return take_level(r, value);
    case KEY_LISTEN:
        return config_listen(r->arena, r->config, value, &why) == ERR_OK ? ERR_OK
                                                                         : refuse(r, k->name, why.text);
    default:
        *(const char **)(void *)((char *)r->config + k->offset) =
            *value != '\0' ? arena_copy(r->arena, value, strlen(value)) : NULL;
        return ERR_OK;
    }
}

/* inih stops at 0 and then tells the line. */
static int take(void *user, const char *section, const char *name, const char *value)
{
    struct reading *r = user;
    if (*section != '\0') {
        refuse(r, section, "there are no sections");
        return 0;
    }
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strcmp(name, keys[i].name) == 0)
            return take_value(r, &keys[i], value) == ERR_OK;
    refuse(r, name, "there is no such key");
    return 0;
}

static enum err read_file(struct reading *r)
{
    int line = ini_parse(r->path, take, r);
    if (line < 0)
        return fault(r->fault, ERR_FILE, "%s can't be read: %s", r->path, strerror(errno));
    if (r->err != ERR_OK) {
        char text[sizeof r->fault->text];
        snprintf(text, sizeof text, "%s", r->fault->text + strlen(r->path) + 2);
        enum err e = fault(r->fault, r->err, "%s, line %d: %s", r->path, line, text);
        r->fault->line = line;
        return e;
    }
    return line == 0 ? ERR_OK
                     : fault(r->fault, ERR_BAD_FORMAT, "%s, line %d: neither a comment nor KEY = VALUE",
                             r->path, line);
}

static enum err of_data(struct reading *r, const char *data)
{
    struct config *c = r->config;
    c->data = arena_print(r->arena, "%s", data);
    c->key_file = arena_print(r->arena, "%s/server.key", data);
    c->endpoint_file = arena_print(r->arena, "%s/endpoint", data);
    r->path = arena_print(r->arena, "%s/hoivien.conf", data);
    return r->path != NULL && os_exists(r->path) ? read_file(r) : ERR_OK;
}

static enum err of_file(struct reading *r, const char *path)
{
    r->path = path;
    r->config->path = path;
    enum err e = read_file(r);
    if (e == ERR_OK && r->config->connection == NULL)
        e = fault(r->fault, ERR_MISSING, "%s: connection is missing: the libpq string of the server's role",
                  path);
    if (e == ERR_OK && r->config->key_file == NULL)
        e = fault(r->fault, ERR_MISSING, "%s: key_file is missing: where the server's secret key lies", path);
    return e;
}

enum err config_load(struct arena *a, const char *data, const char *path, struct config *out, struct fault *f)
{
    struct fault own;
    struct reading r = {.arena = a, .config = out, .fault = f != NULL ? f : &own};
    *out = (struct config){.listen = {"tcp://127.0.0.1:5570"},
                           .listen_count = 1,
                           .sync_workers = 4,
                           .report_workers = 2,
                           .report_timeout_ms = 10000,
                           .log_level = LOG_INFO};
    if ((data == NULL) == (path == NULL))
        return fault(f, ERR_USAGE,
                     "give --data DIR (with a PostgreSQL of its own) or --config FILE (with a given one)");
    return data != NULL ? of_data(&r, data) : of_file(&r, path);
}

/* ---- the server's key ---- */

static enum err make_key(const struct config *c, struct curve_pair *out, struct fault *f)
{
    char hex[2 * KEY_SIZE + 2];
    curve_pair_make(out);
    key_format(out->secret_key, hex);
    hex[2 * KEY_SIZE] = '\n';
    enum err e = os_file_write(c->key_file, hex, 2 * KEY_SIZE + 1, 0600, f);
    key_wipe(hex, sizeof hex);
    return e;
}

static enum err read_key(const struct config *c, struct arena *a, struct curve_pair *out, struct fault *f)
{
    struct bytes text;
    enum err e = os_file_read(a, c->key_file, 1000, &text, f);
    if (e != ERR_OK)
        return e;
    char *hex = arena_copy(a, text.p, text.n);
    if (hex == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the key");
    hex[strcspn(hex, "\r\n \t")] = '\0';
    if (!key_parse(hex, out->secret_key))
        return fault(f, ERR_BAD_FORMAT, "%s does not hold a key of %d hex digits", c->key_file, 2 * KEY_SIZE);
    return crypto_scalarmult_base(out->public_key, out->secret_key) == 0
               ? ERR_OK
               : fault(f, ERR_BAD_FORMAT, "%s does not hold a key", c->key_file);
}

enum err config_key(const struct config *c, bool make, struct curve_pair *out, struct fault *f)
{
    struct stat st;
    if (stat(c->key_file, &st) != 0)
        return make && errno == ENOENT
                   ? make_key(c, out, f)
                   : fault(f, ERR_FILE, "%s can't be read: %s", c->key_file, strerror(errno));
    if ((st.st_mode & 077) != 0)
        return fault(f, ERR_FILE, "%s may be read by others; run: chmod 600 %s", c->key_file, c->key_file);
    struct arena *a = arena_make(1 << 16);
    enum err e = a != NULL ? read_key(c, a, out, f) : fault(f, ERR_NO_MEMORY, "no memory for the key");
    arena_free(a);
    return e;
}
