/* Enrolment codes and devices. */
#include "common/date.h"
#include "common/keys.h"
#include "common/noun.h"
#include "common/os.h"
#include "server/admin/admin.h"
#include <stdlib.h>
#include <string.h>

#define DEFAULT_DAYS 14

struct issue {
    const char *role;
    int days;
    uint8_t server_key[KEY_SIZE];
    const char *endpoints;
};

static enum err code_make(struct admin *m, const struct issue *i, int32_t unit, int32_t *id, char **text,
                          struct fault *f)
{
    DB_RESULT r = NULL;
    struct enrolment_code code = {.endpoints = i->endpoints};
    struct curve_pair pair;
    struct db_params p;
    memcpy(code.server_key, i->server_key, sizeof code.server_key);
    os_random(code.seed, sizeof code.seed);
    curve_pair_of_seed(code.seed, &pair);
    db_params_begin(&p, m->arena);
    db_int4(&p, unit);
    db_text(&p, i->role);
    db_bytea(&p, (struct bytes){pair.public_key, KEY_SIZE});
    db_int4(&p, i->days);
    enum err e = admin_run(m, "code_make", &p, &r, f);
    if (e == ERR_OK) {
        *id = db_get_int4(r, 0, 0);
        e = code_format(m->arena, &code, text);
    }
    key_wipe(&pair, sizeof pair);
    key_wipe(&code, sizeof code);
    return e;
}

static enum err enrol_one(struct admin *m, const struct issue *i, const char *unit_code, struct fault *f)
{
    struct admin_unit unit;
    struct issue issue = *i;
    int32_t id;
    char *text;
    enum err e = admin_unit_find(m, unit_code, &unit, f);
    if (e != ERR_OK)
        return e;
    if (issue.role == NULL)
        issue.role = unit.level == 4 ? "commune" : "reporter";
    if (strcmp(issue.role, "commune") == 0 && unit.level != 4)
        return ui_fault(&m->ui, f, ERR_USAGE, "%s không phải là xã; chỉ xã mới có máy của xã.",
                        "%s is not a commune; only a commune has a commune's computer.", unit_code);
    e = code_make(m, &issue, unit.id, &id, &text, f);
    if (e == ERR_OK)
        e = admin_act(m, "enrol",
                      arena_print(m->arena, "code=%d unit=%d role=%s", (int)id, (int)unit.id, issue.role), f);
    if (e == ERR_OK)
        printf("%s\n", text);
    return e;
}

/* One file a commune, 0600: the code opens the register once. */
static enum err enrol_row(struct admin *m, const struct issue *i, const struct db_result *r, int row,
                          const char *folder, struct fault *f)
{
    int32_t id;
    char *text;
    enum err e = code_make(m, i, db_get_int4(r, row, 0), &id, &text, f);
    if (e != ERR_OK)
        return e;
    const char *path = arena_print(m->arena, "%s/%s.hoivien", folder, db_get_text(r, row, 2));
    const char *content = arena_print(m->arena, "%s\n", text);
    e = os_file_write(path, content, strlen(content), 0600, f);
    return e == ERR_OK ? admin_act(m, "enrol",
                                   arena_print(m->arena, "code=%d unit=%d role=%s", (int)id,
                                               (int)db_get_int4(r, row, 0), i->role),
                                   f)
                       : e;
}

static enum err enrol_below(struct admin *m, const struct issue *i, const char *province, const char *folder,
                            struct fault *f)
{
    DB_RESULT r = NULL;
    struct admin_unit unit;
    struct db_params p;
    enum err e = admin_unit_find(m, province, &unit, f);
    if (e != ERR_OK)
        return e;
    db_params_begin(&p, m->arena);
    db_int4(&p, unit.id);
    db_int4(&p, os_today());
    if ((e = admin_run(m, "communes_of", &p, &r, f)) != ERR_OK || (e = os_folder_make(folder, f)) != ERR_OK)
        return e;
    for (int row = 0; row < db_rows(r) && e == ERR_OK; row++)
        e = enrol_row(m, i, r, row, folder, f);
    if (e == ERR_OK)
        ui_say(&m->ui, "Đã ghi %s vào %s. Mỗi mã dùng được một lần, trong %d ngày.",
               "%s written to %s. Each works once; days it is good for: %d.",
               COUNTED((uint64_t)db_rows(r), noun_code, m->ui.lang), folder, i->days);
    return e;
}

static enum err issue_of(struct admin *m, const struct options *o, struct issue *out, struct fault *f)
{
    const char *days = option(o, "days");
    *out = (struct issue){.role = option(o, "role"), .days = days != NULL ? atoi(days) : DEFAULT_DAYS};
    if (out->days < 1 || out->days > 366)
        return ui_fault(&m->ui, f, ERR_USAGE, "--days nhận số ngày từ 1 đến 366.",
                        "--days takes a number of days from 1 to 366.");
    if (out->role != NULL && strcmp(out->role, "commune") != 0 && strcmp(out->role, "reporter") != 0)
        return ui_fault(&m->ui, f, ERR_USAGE, "--role nhận commune hoặc reporter.",
                        "--role takes commune or reporter.");
    return admin_announce(m, out->server_key, &out->endpoints, f);
}

enum err cmd_enrol(void *program, const struct options *o, struct fault *f)
{
    struct admin *m = program;
    struct issue i;
    const char *province = option(o, "communes-of"), *folder = option(o, "out");
    if ((province == NULL) == (o->arg_count != 1) || (province != NULL && folder == NULL))
        return ui_fault(&m->ui, f, ERR_USAGE,
                        "Hãy cho mã của một đơn vị, hoặc --communes-of TỈNH cùng --out THƯ-MỤC.",
                        "Give the code of one unit, or --communes-of PROVINCE with --out DIR.");
    enum err e = admin_open(m, o, f);
    if (e == ERR_OK)
        e = issue_of(m, o, &i, f);
    if (e == ERR_OK)
        e = db_begin(m->db, false, f);
    if (e != ERR_OK)
        return e;
    if (province != NULL) {
        i.role = "commune";
        e = enrol_below(m, &i, province, folder, f);
    } else {
        e = enrol_one(m, &i, o->args[0], f);
    }
    if (e == ERR_OK)
        return db_commit(m->db, f);
    db_rollback(m->db);
    return e;
}

static enum err show(struct admin *m, const char *statement, const struct list_column *list, size_t count,
                     const struct options *o, struct fault *f)
{
    DB_RESULT r = NULL;
    enum err e = admin_open(m, o, f);
    if (e == ERR_OK)
        e = admin_run(m, statement, NULL, &r, f);
    return e == ERR_OK ? admin_list(m, o, r, list, count, f) : e;
}

static const struct code role_codes[] = {
    {1, "commune", {"xã", "commune"}}, {2, "reporter", {"báo cáo", "reporter"}}, {0, NULL, {NULL, NULL}}};
static const struct code state_codes[] = {
    {1, "open", {"chưa dùng", "open"}},
    {2, "used", {"đã dùng", "used"}},
    {3, "cancelled", {"đã huỷ", "cancelled"}},
    {4, "expired", {"hết hạn", "expired"}},
    {0, NULL, {NULL, NULL}},
};

enum err cmd_code_list(void *program, const struct options *o, struct fault *f)
{
    static const struct list_column list[] = {
        {{"Số", "code"}, LIST_NUMBER, NULL},           {{"Đơn vị", "unit"}, LIST_TEXT, NULL},
        {{"Vai trò", "role"}, LIST_TOKEN, role_codes}, {{"Tạo lúc", "made"}, LIST_TEXT, NULL},
        {{"Hết hạn", "expires"}, LIST_TEXT, NULL},     {{"Trạng thái", "state"}, LIST_TOKEN, state_codes},
        {{"Máy", "device"}, LIST_NUMBER, NULL},
    };
    return show(program, "code_list", list, sizeof list / sizeof list[0], o, f);
}

enum err cmd_device_list(void *program, const struct options *o, struct fault *f)
{
    static const struct list_column list[] = {
        {{"Máy", "device"}, LIST_NUMBER, NULL},
        {{"Đơn vị", "unit"}, LIST_TEXT, NULL},
        {{"Vai trò", "role"}, LIST_TOKEN, role_codes},
        {{"Ghi danh", "enrolled"}, LIST_TEXT, NULL},
        {{"Đồng bộ lần cuối", "last_sync"}, LIST_TEXT, NULL},
        {{"Chương trình", "program"}, LIST_TEXT, NULL},
        {{"Thu hồi", "revoked"}, LIST_TEXT, NULL},
        {{"Khoá", "key"}, LIST_TEXT, NULL},
    };
    return show(program, "device_list", list, sizeof list / sizeof list[0], o, f);
}

/* Runs a statement that ends one code or device; it gives the id back when there was something to end. */
static enum err end_one(struct admin *m, const struct options *o, const char *statement, const char *verb,
                        const char *noun, struct fault *f)
{
    DB_RESULT r = NULL;
    struct db_params p;
    int id = o->arg_count == 1 ? atoi(o->args[0]) : 0;
    if (id <= 0)
        return ui_fault(&m->ui, f, ERR_USAGE, "Hãy cho một số trong danh sách.",
                        "Give one number of the list.");
    enum err e = admin_open(m, o, f);
    if (e != ERR_OK)
        return e;
    db_params_begin(&p, m->arena);
    db_int4(&p, id);
    if ((e = admin_run(m, statement, &p, &r, f)) != ERR_OK)
        return e;
    if (db_rows(r) == 0)
        return ui_fault(&m->ui, f, ERR_NO_SUCH_RECORD,
                        "Không có số %d đang còn hiệu lực; hãy xem lại danh sách.",
                        "There is no open number %d; look at the list again.", id);
    return admin_act(m, verb, arena_print(m->arena, "%s=%d", noun, id), f);
}

enum err cmd_code_cancel(void *program, const struct options *o, struct fault *f)
{
    struct admin *m = program;
    enum err e = end_one(m, o, "code_cancel", "code-cancel", "code", f);
    if (e == ERR_OK)
        ui_say(&m->ui, "Đã huỷ mã ghi danh %s.", "The enrolment code %s is cancelled.", o->args[0]);
    return e;
}

enum err cmd_device_revoke(void *program, const struct options *o, struct fault *f)
{
    struct admin *m = program;
    enum err e = end_one(m, o, "device_revoke", "device-revoke", "device", f);
    if (e == ERR_OK)
        ui_say(&m->ui, "Đã thu hồi máy %s; máy chủ từ chối máy này trong vòng 10 giây.",
               "Device %s is revoked; the server refuses it within 10 seconds.", o->args[0]);
    return e;
}
