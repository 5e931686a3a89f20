/* Configuration: what is wrong is told with its line. */
#include "server/config.h"
#include "tests/support/support.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char folder[PATH_ROOM];
static struct arena *arena;
static const struct ui english = {.lang = LANG_EN, .program = "test"},
                       vietnamese = {.lang = LANG_VI, .program = "test"};

static void begin(void)
{
    cr_assert(keys_start(NULL) == ERR_OK);
    scratch_make(folder);
    arena = arena_make(1 << 20);
}

static void end(void)
{
    arena_free(arena);
}

TestSuite(config, .init = begin, .fini = end);

#define NEEDED "connection = dbname=x\nkey_file = server.key\n"

static enum err load(const char *text, struct config *out, struct fault *f)
{
    const char *path = words("%s/conf", folder);
    file_write(path, text);
    return config_load(arena, &english, NULL, path, out, f);
}

Test(config, takes_every_key)
{
    struct config c;
    struct fault f;
    enum err e =
        load("\xEF\xBB\xBF; a comment\r\n\n# another\n"
             "listen = tcp://0.0.0.0:5570   tcp://[::]:5571\n"
             "announce=tcp://a.example:5570 tcp://b.example:5570\n"
             "connection = host=a,b user=x dbname=y target_session_attrs=read-write\n"
             "owner_connection = user=o\nreport_connection = user=r\nkey_file = k\nendpoint_file = e\n"
             "pg_bin = /usr/bin\nsync_workers = 64\nreport_workers = 1\nreport_timeout = 600000\n"
             "log_level = debug",
             &c, &f);
    cr_assert(e == ERR_OK, "%s", f.text);
    cr_assert_eq(c.listen_count, 2);
    cr_assert_str_eq(c.listen[1], "tcp://[::]:5571");
    cr_assert_str_eq(c.announce, "tcp://a.example:5570 tcp://b.example:5570");
    cr_assert_str_eq(c.connection, "host=a,b user=x dbname=y target_session_attrs=read-write");
    cr_assert_str_eq(c.owner_connection, "user=o");
    cr_assert_str_eq(c.report_connection, "user=r");
    cr_assert_eq(c.sync_workers, 64);
    cr_assert_eq(c.report_workers, 1);
    cr_assert_eq(c.report_timeout_ms, 600000);
    cr_assert_eq(c.log_level, LOG_DEBUG);
}

Test(config, takes_connection_strings_of_many_hosts)
{
    struct config c;
    struct fault f;
    char hosts[1001] = {0};
    memset(hosts, 'h', 1000);
    cr_assert(load(words("connection = host=%s\nkey_file = k\n", hosts), &c, &f) == ERR_OK, "%s", f.text);
    cr_assert_eq(strlen(c.connection), strlen("host=") + 1000);
}

Test(config, tells_the_line_of_what_is_wrong)
{
    static const struct {
        const char *line;
        const char *says;
    } wrong[] = {
        {"listn = tcp://*:1", "listn: there is no such key"},
        {"just words", "neither a comment nor KEY = VALUE"},
        {"[server]", "neither a comment nor KEY = VALUE"},
        {"= 5", "neither a comment nor KEY = VALUE"},
        {"listen =", "has no value"},
        {"listen = ipc:///tmp/x", "is no endpoint"},
        {"listen = tcp://0.0.0.0", "is no endpoint"},
        {"listen = tcp://0.0.0.0:0", "is no endpoint"},
        {"listen = tcp://0.0.0.0:65536", "is no endpoint"},
        {"listen = tcp://0.0.0.0:80x", "is no endpoint"},
        {"announce = tcp://a.example:*", "is no endpoint"},
        {"sync_workers = 0", "from 1 to 64"},
        {"sync_workers = 4 or 5", "from 1 to 64"},
        {"report_timeout = 99999999999999999999", "from 100 to 600000"},
        {"log_level = loud", "error, warning, info or debug"},
        {"key_file = again", "is given twice"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct config c;
        struct fault f = {0};
        cr_expect(load(words(NEEDED "%s\n", wrong[i].line), &c, &f) != ERR_OK, "%s", wrong[i].line);
        cr_expect_eq(f.line, 3, "%s: line %ld", wrong[i].line, f.line);
        cr_expect(strstr(f.text, ", line 3: ") != NULL && strstr(f.text, wrong[i].says) != NULL, "%s: %s",
                  wrong[i].line, f.text);
    }
}

Test(config, tells_what_is_missing)
{
    struct config c;
    struct fault f;
    cr_assert_eq(load("key_file = k\n", &c, &f), ERR_MISSING);
    cr_assert_eq(load("connection = dbname=x\n", &c, &f), ERR_MISSING);
    cr_assert_eq(config_load(arena, &english, NULL, NULL, &c, &f), ERR_USAGE);
    cr_assert_eq(config_load(arena, &english, folder, folder, &c, &f), ERR_USAGE);
    cr_assert_eq(config_load(arena, &english, NULL, words("%s/none", folder), &c, &f), ERR_FILE);
}

Test(config, of_a_data_folder_names_no_other_database)
{
    struct config c;
    struct fault f;
    file_write(words("%s/hoivien.conf", folder), "sync_workers = 3\n");
    cr_assert(config_load(arena, &english, folder, NULL, &c, &f) == ERR_OK, "%s", f.text);
    cr_assert_eq(c.sync_workers, 3);
    file_write(words("%s/hoivien.conf", folder), "connection = dbname=x\n");
    cr_assert_eq(config_load(arena, &english, folder, NULL, &c, &f), ERR_BAD_FORMAT);
    cr_assert(strstr(f.text, "--config") != NULL, "%s", f.text);
}

Test(config, makes_a_key_once_and_guards_it)
{
    struct curve_pair made, read;
    struct config c = {.ui = &english, .key_file = words("%s/server.key", folder)};
    struct fault f;
    struct stat st;
    cr_assert_eq(config_key(&c, false, &made, &f), ERR_FILE);
    cr_assert(config_key(&c, true, &made, &f) == ERR_OK, "%s", f.text);
    cr_assert(stat(c.key_file, &st) == 0 && (st.st_mode & 0777) == 0600);
    cr_assert(config_key(&c, true, &read, &f) == ERR_OK, "%s", f.text);
    cr_assert(memcmp(&made, &read, sizeof made) == 0);
    cr_assert_eq(chmod(c.key_file, 0640), 0);
    cr_assert_eq(config_key(&c, true, &read, &f), ERR_FILE);
    cr_assert_eq(chmod(c.key_file, 0600), 0);
    file_write(c.key_file, "no key\n");
    cr_assert_eq(config_key(&c, true, &read, &f), ERR_BAD_FORMAT);
}

static void expect_check(const char *more, int status, const char *says)
{
    const char *path = words("%s/conf", folder);
    file_write(path, words("connection = dbname=x\nkey_file = %s/server.key\n%s\n", folder, more));
    struct output o = run("%s/server/hoivien-server --lang en --config %s --check", HV_BIN, path);
    cr_expect_eq(o.status, status, "%s: exit status %d: %s", more, o.status, o.err);
    cr_expect(strstr(status == 0 ? o.out : o.err, says) != NULL, "%s: %s%s", more, o.out, o.err);
    output_free(&o);
}

Test(config, is_checked_with_the_files_that_it_names)
{
    expect_check("", 0, "configuration is right");
    expect_check("endpoint_file = /nowhere/endpoint", 1, "/nowhere/");
    expect_check("pg_bin = /nowhere", 1, "/nowhere/postgres");
    expect_check("log_level = loud", 1, "line 3");
    file_write(words("%s/server.key", folder), "no key\n");
    cr_assert_eq(chmod(words("%s/server.key", folder), 0600), 0);
    expect_check("", 1, "server.key");
}

/* A word with a letter that only Vietnamese has, in place of English. */
Test(config, is_found_wrong_in_the_operators_language)
{
    static const char *const wrong[] = {
        "listn = x",        "just words",       "listen =",         "listen = ipc:///x",
        "sync_workers = 0", "log_level = loud", "key_file = again", "announce = tcp://x"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct config c;
        struct fault f = {0};
        const char *path = words("%s/conf", folder);
        file_write(path, words(NEEDED "%s\n", wrong[i]));
        cr_expect(config_load(arena, &vietnamese, NULL, path, &c, &f) != ERR_OK);
        cr_expect(strstr(f.text, ", dòng 3: ") != NULL && strstr(f.text, "line") == NULL &&
                      f.text[strlen(f.text) - 1] == '.',
                  "%s: %s", wrong[i], f.text);
    }
}

/* What the layers below say in English stands in a sentence of the operator's. */
Test(config, of_a_database_that_is_not_there_is_told_by_both_programs)
{
    static const char *const programs[] = {"hoivien-server", "hoivien-admin status"};
    const char *path = words("%s/conf", folder);
    file_write(path, words("connection = host=%s dbname=x\nowner_connection = host=%s dbname=x\nkey_file = "
                           "%s/server.key\nlog_level = error\n",
                           folder, folder, folder));
    for (size_t i = 0; i < 2; i++) {
        struct output o = run("%s/server/%s --lang vi --config %s", HV_BIN, programs[i], path);
        cr_expect_eq(o.status, 1);
        cr_expect(strstr(o.err, "Không kết nối được với cơ sở dữ liệu") != NULL, "%s", o.err);
        output_free(&o);
    }
}
