#include "server/admin/admin.h"
#include "common/date.h"
#include "common/kind.h"
#include "common/log.h"
#include "common/os.h"
#include "server/embedded.h"
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const struct option_row admin_options[] = {
    {"data",
     0,
     "DIR",
     {"thư mục dữ liệu của máy chủ (cụm PostgreSQL riêng)",
      "the server's data folder (private PostgreSQL cluster)"}},
    {"config", 0, "FILE", {"tệp cấu hình của máy chủ", "the server's configuration file"}},
    {NULL, 0, NULL, {NULL, NULL}},
};

static const struct embedded *statement_of(const char *name)
{
    const struct embedded *const files[] = {embedded_admin, embedded_sql};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        for (const struct embedded *s = files[i]; s->name != NULL; s++)
            if (strncmp(s->name, name, strlen(name)) == 0 && strcmp(s->name + strlen(name), ".sql") == 0)
                return s;
    return NULL;
}

enum err admin_run(struct admin *m, const char *name, const struct db_params *p, struct db_result **out,
                   struct fault *f)
{
    struct db_params none;
    const struct embedded *s = statement_of(name);
    if (s == NULL)
        return fault(f, ERR_INTERNAL, "no statement %s", name);
    if (p == NULL) {
        db_params_begin(&none, m->arena);
        p = &none;
    }
    enum err e = db_prepare(m->db, name, s->text, f);
    return e == ERR_OK ? db_run(m->db, name, p, out, f) : e;
}

static const char *os_user(void)
{
    const struct passwd *who = getpwuid(getuid());
    return who != NULL ? who->pw_name : "unknown";
}

enum err admin_act(struct admin *m, const char *verb, const char *subject, struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, m->arena);
    db_text(&p, os_user());
    db_text(&p, verb);
    db_text(&p, subject);
    enum err e = admin_run(m, "act", &p, NULL, f);
    if (e == ERR_OK)
        log_line(LOG_INFO, "act", "verb=%s subject=\"%s\"", verb, subject);
    return e;
}

enum err admin_unit_find(struct admin *m, const char *code, struct admin_unit *out, struct fault *f)
{
    DB_RESULT r = NULL;
    struct db_params p;
    int32_t day = os_today();
    const char *at = strchr(code, '@');
    if (at != NULL && (!date_parse(at + 1, &day) || !date_valid(day, false)))
        return ui_fault(&m->ui, f, ERR_USAGE, "Sau @ phải là một ngày, ví dụ %.5s@2019-10-06.",
                        "After @ a date must stand, for example %.5s@2019-10-06.", code);
    db_params_begin(&p, m->arena);
    db_text(&p, at != NULL ? arena_print(m->arena, "%.*s", (int)(at - code), code) : code);
    db_int4(&p, day);
    enum err e = admin_run(m, "unit_find", &p, &r, f);
    if (e != ERR_OK)
        return e;
    if (db_rows(r) == 0)
        return ui_fault(&m->ui, f, ERR_NO_SUCH_UNIT,
                        "Không có đơn vị nào mang mã %s vào ngày này. Hãy xem: hoivien-admin unit list.",
                        "No unit has the code %s on this day. See: hoivien-admin unit list.", code);
    *out = (struct admin_unit){.id = db_get_int4(r, 0, 0),
                               .level = db_get_int4(r, 0, 1),
                               .code = arena_print(m->arena, "%s", db_get_text(r, 0, 2)),
                               .name = arena_print(m->arena, "%s", db_get_text(r, 0, 3))};
    return ERR_OK;
}

/* ---- lists ---- */

static const char *code_text(const struct admin *m, const struct code *code, bool tokens)
{
    if (code == NULL)
        return "";
    return tokens ? code->token : text_in(m->ui.lang, code->label);
}

/* 0 where there is none: an interval without an end has no last day either. */
static int32_t cell_date(const struct db_result *r, int row, int c)
{
    int32_t date = db_is_null(r, row, c) ? 0 : db_get_int4(r, row, c);
    return date == DATE_MAX ? 0 : date;
}

static const char *cell_text(struct admin *m, const struct db_result *r, int row, int c,
                             const struct list_column *column, bool tokens)
{
    char date[DATE_TEXT] = "";
    if (db_is_null(r, row, c))
        return "";
    switch (column->type) {
    case LIST_NUMBER:
        return arena_print(m->arena, "%lld", (long long)db_get_int8(r, row, c));
    case LIST_DATE:
        if (cell_date(r, row, c) != 0)
            date_format(cell_date(r, row, c), tokens, date);
        return arena_print(m->arena, "%s", date);
    case LIST_CODE:
        return code_text(m, code_by_value(column->codes, db_get_int4(r, row, c)), tokens);
    case LIST_TOKEN:
        return code_text(m, code_by_token(column->codes, db_get_text(r, row, c)), tokens);
    default:
        return db_get_text(r, row, c);
    }
}

static void csv_cell(struct csv_out *out, struct admin *m, const struct db_result *r, int row, int c,
                     const struct list_column *column, bool tokens)
{
    if (column->type == LIST_NUMBER && !db_is_null(r, row, c))
        csv_int(out, db_get_int8(r, row, c));
    else if (column->type == LIST_DATE)
        csv_date(out, cell_date(r, row, c));
    else
        csv_string(out, cell_text(m, r, row, c, column, tokens));
}

static void list_csv(struct admin *m, const struct db_result *r, const struct list_column *columns,
                     size_t count, bool plain, bool tokens)
{
    struct csv_out out;
    csv_begin(&out, stdout, plain);
    for (size_t c = 0; c < count; c++)
        csv_string(&out, tokens ? columns[c].heading.en : text_in(m->ui.lang, columns[c].heading));
    csv_end_row(&out);
    for (int row = 0; row < db_rows(r); row++) {
        for (size_t c = 0; c < count; c++)
            csv_cell(&out, m, r, row, (int)c, &columns[c], tokens);
        csv_end_row(&out);
    }
}

void admin_export(struct admin *m, const struct options *o, const struct db_result *r,
                  const struct list_column *columns, size_t count)
{
    list_csv(m, r, columns, count, option(o, "plain") != NULL, true);
}

enum err admin_form(const struct admin *m, const struct options *o, enum list_form *form, struct fault *f)
{
    const char *format = option(o, "format");
    *form = LIST_TABLE;
    if (option(o, "plain") != NULL)
        *form = LIST_PLAIN;
    else if (format != NULL && strcmp(format, "csv") == 0)
        *form = LIST_CSV;
    else if (format != NULL && strcmp(format, "table") != 0)
        return ui_fault(&m->ui, f, ERR_USAGE, "--format nhận table hoặc csv.",
                        "--format takes table or csv.");
    return ERR_OK;
}

enum err admin_list(struct admin *m, const struct options *o, const struct db_result *r,
                    const struct list_column *columns, size_t count, struct fault *f)
{
    enum list_form form;
    enum err e = admin_form(m, o, &form, f);
    if (e != ERR_OK)
        return e;
    if (form != LIST_TABLE) {
        list_csv(m, r, columns, count, form == LIST_PLAIN, form == LIST_PLAIN);
        return ERR_OK;
    }
    struct table *t = table_make(count);
    for (size_t c = 0; c < count; c++)
        table_heading(t, c, text_in(m->ui.lang, columns[c].heading), columns[c].type == LIST_NUMBER);
    for (int row = 0; row < db_rows(r); row++)
        for (size_t c = 0; c < count; c++)
            table_cell(t, cell_text(m, r, row, (int)c, &columns[c], false));
    table_print(t, stdout);
    table_free(t);
    return ERR_OK;
}
