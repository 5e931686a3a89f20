#include "server/config.h"
#include "common/os.h"
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_LIMIT ((size_t)64 << 10)

struct key {
    const char *name;
    enum { KEY_TEXT, KEY_NUMBER, KEY_LISTEN, KEY_ANNOUNCE, KEY_LEVEL } type;
    size_t offset;
    int least;
    int most;
    bool of_cluster; /* known by itself where the cluster is private */
};

#define AT(member) offsetof(struct config, member)
static const struct key keys[] = {
    {"listen", KEY_LISTEN, 0, 0, 0, false},
    {"announce", KEY_ANNOUNCE, 0, 0, 0, false},
    {"connection", KEY_TEXT, AT(connection), 0, 0, true},
    {"owner_connection", KEY_TEXT, AT(owner_connection), 0, 0, true},
    {"report_connection", KEY_TEXT, AT(report_connection), 0, 0, false},
    {"key_file", KEY_TEXT, AT(key_file), 0, 0, false},
    {"endpoint_file", KEY_TEXT, AT(endpoint_file), 0, 0, false},
    {"pg_bin", KEY_TEXT, AT(pg_bin), 0, 0, false},
    {"sync_workers", KEY_NUMBER, AT(sync_workers), 1, 64, false},
    {"report_workers", KEY_NUMBER, AT(report_workers), 1, 64, false},
    {"report_timeout", KEY_NUMBER, AT(report_timeout_ms), 100, 600000, false},
    {"log_level", KEY_LEVEL, 0, 0, 0, false},
};
#define KEY_COUNT (sizeof keys / sizeof keys[0])

static const char *const log_levels[] = {"error", "warning", "info", "debug"};

struct reading {
    struct arena *arena;
    struct config *config;
    struct fault *fault;
    const char *path;
    int line;
    bool given[KEY_COUNT];
};

static enum err refuse(struct reading *r, const char *name, const char *why)
{
    enum err e = ui_fault(r->config->ui, r->fault, ERR_BAD_FORMAT, "%s, dòng %d: %s: %s",
                          "%s, line %d: %s: %s", r->path, r->line, name, why);
    r->fault->line = r->line;
    return e;
}

static enum err refuse_pair(struct reading *r, const char *name, struct text_pair why)
{
    return refuse(r, name, text_in(r->config->ui->lang, why));
}

static enum err no_memory(const struct config *c, struct fault *f)
{
    return ui_fault(c->ui, f, ERR_NO_MEMORY, "Máy không đủ bộ nhớ để đọc cấu hình.",
                    "There is not enough memory to read the configuration.");
}

/* ---- values ---- */

/* tcp://ADDRESS:PORT; a server may leave the choice of the port to the system by '*'. */
static bool is_endpoint(const char *word, bool any_port)
{
    const char *colon = strrchr(word, ':');
    char *end;
    if (strncmp(word, "tcp://", 6) != 0 || colon <= word + 6)
        return false;
    if (any_port && strcmp(colon, ":*") == 0)
        return true;
    long port = strtol(colon + 1, &end, 10);
    return isdigit((unsigned char)colon[1]) && *end == '\0' && port >= 1 && port <= 65535;
}

static enum err take_endpoints(struct arena *a, const struct config *c, const char *text, bool any_port,
                               const char **words, size_t *count, struct fault *f)
{
    char *rest, *copy = arena_copy(a, text, strlen(text));
    *count = 0;
    if (copy == NULL)
        return no_memory(c, f);
    for (char *word = strtok_r(copy, " \t", &rest); word != NULL; word = strtok_r(NULL, " \t", &rest)) {
        if (!is_endpoint(word, any_port))
            return ui_fault(c->ui, f, ERR_BAD_FORMAT,
                            "“%s” không phải là một địa chỉ; hãy viết tcp://ĐỊA-CHỈ:CỔNG.",
                            "\"%s\" is no endpoint; write tcp://ADDRESS:PORT.", word);
        if (*count == CONFIG_ENDPOINTS)
            return ui_fault(c->ui, f, ERR_TOO_LARGE, "chỉ được nhiều nhất %d địa chỉ; hãy bớt đi.",
                            "at most %d endpoints may be given; take some away.", CONFIG_ENDPOINTS);
        words[(*count)++] = word;
    }
    return *count > 0 ? ERR_OK
                      : ui_fault(c->ui, f, ERR_MISSING, "chưa có địa chỉ nào; hãy viết tcp://ĐỊA-CHỈ:CỔNG.",
                                 "no endpoint is given; write tcp://ADDRESS:PORT.");
}

enum err config_listen(struct arena *a, struct config *c, const char *text, struct fault *f)
{
    return take_endpoints(a, c, text, true, c->listen, &c->listen_count, f);
}

/* Kept as one text, separated by single blanks, which must fit into an enrolment code. */
static enum err take_announce(struct reading *r, const char *value, struct fault *f)
{
    const char *words[CONFIG_ENDPOINTS], *all = "";
    size_t count;
    enum err e = take_endpoints(r->arena, r->config, value, false, words, &count, f);
    for (size_t i = 0; e == ERR_OK && i < count && all != NULL; i++)
        all = arena_print(r->arena, "%s%s%s", all, i > 0 ? " " : "", words[i]);
    if (e == ERR_OK && all != NULL && strlen(all) > CODE_ENDPOINTS_MAX)
        return ui_fault(
            r->config->ui, f, ERR_TOO_LONG, "mã ghi danh chỉ chứa được %d byte địa chỉ; hãy bớt địa chỉ.",
            "at most %d bytes fit into an enrolment code; give fewer endpoints.", CODE_ENDPOINTS_MAX);
    r->config->announce = all;
    return e == ERR_OK && all == NULL ? no_memory(r->config, f) : e;
}

static enum err take_number(struct reading *r, const struct key *k, const char *value, struct fault *f)
{
    char *end;
    errno = 0;
    long n = strtol(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || n < k->least || n > k->most)
        return ui_fault(r->config->ui, f, ERR_BAD_NUMBER, "phải là một số từ %d đến %d.",
                        "must be a number from %d to %d.", k->least, k->most);
    *(int *)(void *)((char *)r->config + k->offset) = (int)n;
    return ERR_OK;
}

static enum err take_level(struct reading *r, const char *value, struct fault *f)
{
    for (size_t i = 0; i < sizeof log_levels / sizeof log_levels[0]; i++)
        if (strcmp(value, log_levels[i]) == 0) {
            r->config->log_level = (enum log_level)i;
            return ERR_OK;
        }
    return ui_fault(r->config->ui, f, ERR_UNKNOWN_VALUE, "phải là error, warning, info hoặc debug.",
                    "must be error, warning, info or debug.");
}

static enum err take_text(struct reading *r, const struct key *k, const char *value, struct fault *f)
{
    const char *copy = arena_copy(r->arena, value, strlen(value));
    *(const char **)(void *)((char *)r->config + k->offset) = copy;
    return copy != NULL ? ERR_OK : no_memory(r->config, f);
}

static enum err take_value(struct reading *r, const struct key *k, const char *value, struct fault *f)
{
    switch (k->type) {
    case KEY_NUMBER:
        return take_number(r, k, value, f);
    case KEY_LEVEL:
        return take_level(r, value, f);
    case KEY_LISTEN:
        return config_listen(r->arena, r->config, value, f);
    case KEY_ANNOUNCE:
        return take_announce(r, value, f);
    default:
        return take_text(r, k, value, f);
    }
}

/* ---- lines ---- */

static enum err take_pair(struct reading *r, const char *name, const char *value)
{
    struct fault why;
    size_t i = 0;
    while (i < KEY_COUNT && strcmp(name, keys[i].name) != 0)
        i++;
    if (i == KEY_COUNT)
        return refuse_pair(
            r, name,
            (struct text_pair){"không có khoá này; hãy sửa tên.", "there is no such key; mend its name."});
    if (r->given[i])
        return refuse_pair(
            r, name,
            (struct text_pair){"được ghi hai lần; hãy bỏ một dòng.", "is given twice; remove one line."});
    if (keys[i].of_cluster && r->config->data != NULL)
        return refuse_pair(
            r, name,
            (struct text_pair){"không dùng được với --data, vì PostgreSQL ở đó là riêng; hãy dùng --config.",
                               "has no meaning with --data, whose PostgreSQL is private; use --config."});
    if (*value == '\0')
        return refuse_pair(
            r, name,
            (struct text_pair){"chưa có giá trị; muốn dùng giá trị mặc định thì hãy bỏ dòng này.",
                               "has no value; remove the line for the default."});
    r->given[i] = true;
    return take_value(r, &keys[i], value, &why) == ERR_OK ? ERR_OK : refuse(r, name, why.text);
}

static char *trimmed(char *text)
{
    char *end = text + strlen(text);
    while (end > text && isspace((unsigned char)end[-1]))
        end--;
    *end = '\0';
    return text + strspn(text, " \t");
}

static enum err take_line(struct reading *r, char *line)
{
    line = trimmed(line);
    if (*line == '\0' || *line == ';' || *line == '#')
        return ERR_OK;
    char *equals = strchr(line, '=');
    if (equals == NULL || equals == line)
        return refuse_pair(r, line,
                           (struct text_pair){"không phải chú thích, cũng không phải KHOÁ = GIÁ-TRỊ.",
                                              "neither a comment nor KEY = VALUE."});
    *equals = '\0';
    return take_pair(r, trimmed(line), trimmed(equals + 1));
}

static enum err read_file(struct reading *r)
{
    struct bytes text;
    enum err e = os_file_read(r->arena, r->path, FILE_LIMIT, &text, r->fault);
    if (e != ERR_OK)
        return e;
    char *at = arena_copy(r->arena, text.p, text.n);
    if (at == NULL)
        return no_memory(r->config, r->fault);
    if (strncmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3; /* some editors mark UTF-8 so */
    while (e == ERR_OK && at != NULL) {
        char *line = strsep(&at, "\n");
        r->line++;
        e = take_line(r, line);
    }
    return e;
}

static enum err of_data(struct reading *r, const char *data)
{
    struct config *c = r->config;
    c->data = arena_print(r->arena, "%s", data);
    c->key_file = arena_print(r->arena, "%s/server.key", data);
    c->endpoint_file = arena_print(r->arena, "%s/endpoint", data);
    r->path = arena_print(r->arena, "%s/hoivien.conf", data);
    if (c->data == NULL || c->key_file == NULL || c->endpoint_file == NULL || r->path == NULL)
        return no_memory(r->config, r->fault);
    return os_exists(r->path) ? read_file(r) : ERR_OK;
}

static enum err of_file(struct reading *r, const char *path)
{
    r->path = path;
    r->config->path = path;
    enum err e = read_file(r);
    if (e == ERR_OK && r->config->connection == NULL)
        e = ui_fault(r->config->ui, r->fault, ERR_MISSING,
                     "%s: thiếu connection; hãy ghi chuỗi kết nối PostgreSQL của vai trò máy chủ.",
                     "%s: connection is missing; give the libpq string of the server's role.", path);
    if (e == ERR_OK && r->config->key_file == NULL)
        e = ui_fault(r->config->ui, r->fault, ERR_MISSING,
                     "%s: thiếu key_file; hãy ghi nơi đặt khoá bí mật của máy chủ.",
                     "%s: key_file is missing; say where the server's secret key lies.", path);
    return e;
}

enum err config_load(struct arena *a, const struct ui *ui, const char *data, const char *path,
                     struct config *out, struct fault *f)
{
    struct fault own;
    struct reading r = {.arena = a, .config = out, .fault = f != NULL ? f : &own};
    *out = (struct config){.ui = ui,
                           .listen = {"tcp://127.0.0.1:5570"},
                           .listen_count = 1,
                           .sync_workers = 4,
                           .report_workers = 2,
                           .report_timeout_ms = 10000,
                           .log_level = LOG_INFO};
    if ((data == NULL) == (path == NULL))
        return ui_fault(
            ui, f, ERR_USAGE,
            "Hãy cho --data THƯ-MỤC (với PostgreSQL riêng) hoặc --config TỆP (với PostgreSQL có sẵn).",
            "Give --data DIR (with a PostgreSQL of its own) or --config FILE (with a given one).");
    return data != NULL ? of_data(&r, data) : of_file(&r, path);
}
