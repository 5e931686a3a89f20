/* The files that the configuration names: the server's key, and whether the others can be used. */
#include "common/os.h"
#include "server/config.h"
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static enum err no_key(const struct config *c, struct fault *f)
{
    return ui_fault(
        c->ui, f, ERR_BAD_FORMAT, "Tệp %s không chứa khoá (%d chữ số hex); hãy lấy lại từ bản sao lưu.",
        "The file %s does not hold a key (%d hex digits); take it from a backup.", c->key_file, 2 * KEY_SIZE);
}

static enum err read_key(const struct config *c, struct arena *a, struct curve_pair *out, struct fault *f)
{
    struct bytes text;
    enum err e = os_file_read(a, c->key_file, 1000, &text, f);
    if (e != ERR_OK)
        return e;
    char *hex = arena_copy(a, text.p, text.n);
    if (hex == NULL)
        return ui_fault(c->ui, f, ERR_NO_MEMORY, "Máy không đủ bộ nhớ để đọc khoá.",
                        "There is not enough memory to read the key.");
    hex[strcspn(hex, "\r\n \t")] = '\0';
    if (!key_parse(hex, out->secret_key))
        return no_key(c, f);
    return crypto_scalarmult_base(out->public_key, out->secret_key) == 0 ? ERR_OK : no_key(c, f);
}

enum err config_key(const struct config *c, bool make, struct curve_pair *out, struct fault *f)
{
    struct stat st;
    if (stat(c->key_file, &st) != 0)
        return make && errno == ENOENT
                   ? make_key(c, out, f)
                   : ui_fault(c->ui, f, ERR_FILE, "Không đọc được tệp khoá %s (%s).",
                              "The key file %s can't be read (%s).", c->key_file, strerror(errno));
    if ((st.st_mode & 077) != 0)
        return ui_fault(c->ui, f, ERR_FILE,
                        "Người khác đọc được tệp khoá %s; hãy chạy chmod 600 với tệp này.",
                        "Others may read the key file %s; run chmod 600 on it.", c->key_file);
    struct arena *a = arena_make(1 << 16);
    enum err e = a != NULL ? read_key(c, a, out, f)
                           : ui_fault(c->ui, f, ERR_NO_MEMORY, "Máy không đủ bộ nhớ để đọc khoá.",
                                      "There is not enough memory to read the key.");
    arena_free(a);
    return e;
}

/* A file that is not there yet is made in a folder that must be. */
static enum err check_place(const struct config *c, const char *name, const char *path, struct fault *f)
{
    const char *slash = strrchr(path, '/');
    char folder[4096];
    snprintf(folder, sizeof folder, "%.*s", slash == NULL ? 1 : (int)(slash - path + 1),
             slash == NULL ? "." : path);
    return access(folder, W_OK | X_OK) == 0
               ? ERR_OK
               : ui_fault(c->ui, f, ERR_FILE, "%s: không ghi được vào %s (%s).",
                          "%s: %s can't be written to (%s).", name, folder, strerror(errno));
}

static enum err check_programs(const struct config *c, struct fault *f)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/postgres", c->pg_bin);
    return access(path, X_OK) == 0 ? ERR_OK
                                   : ui_fault(c->ui, f, ERR_FILE, "pg_bin: không chạy được %s (%s).",
                                              "pg_bin: %s can't be run (%s).", path, strerror(errno));
}

enum err config_check(const struct config *c, struct fault *f)
{
    struct curve_pair pair;
    enum err e = ERR_OK;
    bool will_be_made = c->data != NULL && !os_exists(c->data);
    if (os_exists(c->key_file))
        e = config_key(c, false, &pair, f);
    else if (!will_be_made)
        e = check_place(c, "key_file", c->key_file, f);
    key_wipe(&pair, sizeof pair);
    if (e == ERR_OK && c->endpoint_file != NULL && !will_be_made)
        e = check_place(c, "endpoint_file", c->endpoint_file, f);
    return e == ERR_OK && c->pg_bin != NULL ? check_programs(c, f) : e;
}
