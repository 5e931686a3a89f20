/* Where an operator's command works: configuration, private cluster, connection. */
#include "common/os.h"
#include "server/admin/admin.h"
#include "server/cluster.h"
#include <stdlib.h>
#include <string.h>

static enum err refuse_empty(struct admin *m, struct fault *f)
{
    return ui_fault(
        &m->ui, f, ERR_FILE,
        "Thư mục %s chưa có cơ sở dữ liệu nào. Hãy kiểm tra lại tên; nếu là thư mục mới, hãy chạy "
        "hoivien-server --data THƯ-MỤC hoặc hoivien-admin migrate --data THƯ-MỤC.",
        "The folder %s holds no database. Check its name; if it is a new one, start "
        "hoivien-server --data DIR or run hoivien-admin migrate --data DIR.",
        m->config.data);
}

enum err admin_configure(struct admin *m, const struct options *o, bool make, struct fault *f)
{
    enum err e = config_load(m->arena, &m->ui, option(o, "data"), option(o, "config"), &m->config, f);
    if (e != ERR_OK)
        return e;
    log_set_level(LOG_WARNING);
    if (m->config.data != NULL && !make && !cluster_exists(m->config.data))
        return refuse_empty(m, f);
    if (m->config.data != NULL)
        return cluster_open(m->arena, &m->config, false, &m->cluster, f);
    if (m->config.owner_connection == NULL)
        return ui_fault(
            &m->ui, f, ERR_MISSING,
            "%s: thiếu owner_connection; hãy ghi chuỗi kết nối PostgreSQL của vai trò sở hữu bảng.",
            "%s: owner_connection is missing; give the libpq string of the role that owns the tables.",
            m->config.path);
    return ERR_OK;
}

enum err admin_open(struct admin *m, const struct options *o, struct fault *f)
{
    enum err e = admin_configure(m, o, false, f);
    return e == ERR_OK ? db_open(&m->db,
                                 &(struct db_options){.connection = m->config.owner_connection,
                                                      .name = "hoivien-admin"},
                                 f)
                       : e;
}

void admin_close(struct admin *m)
{
    db_close(&m->db);
    cluster_close(&m->cluster);
    arena_free(m->arena);
    m->arena = NULL;
}

/* What the server wrote when it began to listen; it knows the port that it was given. */
static const char *endpoints_written(struct admin *m)
{
    struct bytes text;
    const char *path = m->config.endpoint_file;
    if (path == NULL || !os_exists(path) || os_file_read(m->arena, path, 4096, &text, NULL) != ERR_OK)
        return NULL;
    char *line = arena_copy(m->arena, text.p, text.n);
    if (line != NULL)
        line[strcspn(line, "\n")] = '\0';
    return line;
}

static const char *endpoints_listened(struct admin *m)
{
    const char *all = "";
    for (size_t i = 0; i < m->config.listen_count && all != NULL; i++)
        all = arena_print(m->arena, "%s%s%s", all, i > 0 ? " " : "", m->config.listen[i]);
    return all != NULL && strchr(all, '*') == NULL ? all : NULL;
}

enum err admin_announce(struct admin *m, uint8_t key[32], const char **endpoints, struct fault *f)
{
    struct curve_pair pair;
    enum err e = config_key(&m->config, true, &pair, f);
    if (e != ERR_OK)
        return e;
    memcpy(key, pair.public_key, KEY_SIZE);
    key_wipe(&pair, sizeof pair);
    *endpoints = m->config.announce != NULL ? m->config.announce : endpoints_written(m);
    if (*endpoints == NULL)
        *endpoints = endpoints_listened(m);
    if (*endpoints == NULL)
        return ui_fault(
            &m->ui, f, ERR_MISSING,
            "Chưa biết địa chỉ của máy chủ; hãy ghi announce trong tệp cấu hình hoặc chạy máy chủ trước.",
            "The server's address is not known; set announce in the configuration or start the server "
            "first.");
    return ERR_OK;
}
