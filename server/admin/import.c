/* An import by the operator: from a file, in a transaction of its own, noted as an act. */
#include "common/noun.h"
#include "common/os.h"
#include "server/admin/admin.h"
#include <stdio.h>

#define MAX_FILE ((size_t)64 << 20)

/* What the importer calls back for. */
struct importing {
    struct importer importer;
    struct admin *admin;
    bool check;
};

static enum err run_statement(struct importer *m, const char *statement, const struct db_params *p,
                              struct db_result **out, struct fault *f)
{
    struct importing *x = m->context;
    return admin_run(x->admin, statement, p, out, f);
}

static void show_fault(struct importer *m, int64_t line, const char *column, const char *text)
{
    ui_tell(&m->ui, "Dòng %lld, cột %s: %s.", "Line %lld, column %s: %s.", (long long)line, column, text);
}

static void show_difference(struct importer *m, const char *const cells[IMPORT_DIFFERENCE])
{
    const struct importing *x = m->context;
    const char *line = x->check ? import_difference(m->arena, m->ui.lang, cells) : NULL;
    if (line != NULL)
        puts(line);
}

static void say_done(struct admin *m, const struct import_result *r, bool check)
{
    const char *lines = COUNTED(r->lines, noun_line, m->ui.lang);
    if (check)
        ui_say(&m->ui, "Kiểm tra xong: %s, %d chỗ sẽ thay đổi. Chưa ghi gì.",
               "Checked: %s, %d would change. Nothing was written.", lines, r->changed);
    else
        ui_say(&m->ui, "Đã nhập: %s, %d chỗ thay đổi.", "Imported: %s, %d changed.", lines, r->changed);
}

static enum err import_it(struct importing *x, const struct import *i, const char *figures, struct bytes text,
                          struct import_result *result, struct fault *f)
{
    struct admin *m = x->admin;
    struct import it = {0};
    enum err e = db_begin(m->db, false, f);
    if (e == ERR_OK && i == NULL)
        e = figures_import(&x->importer, figures, os_today(), &it, f);
    i = i != NULL ? i : &it;
    if (e == ERR_OK)
        e = import_text(&x->importer, i, text, x->check, result, f);
    if (e == ERR_OK && result->faults > 0)
        e = ui_fault(&m->ui, f, ERR_BAD_FORMAT, "Tệp có %d lỗi, chưa nhập gì. Hãy sửa tệp rồi nhập lại.",
                     "The file has %d faults; nothing was imported. Mend it and import again.",
                     result->faults);
    if (e == ERR_OK && !x->check)
        e = admin_act(m, arena_print(m->arena, "%s-import", i->name),
                      arena_print(m->arena, "lines=%zu changed=%d", result->lines, result->changed), f);
    if (e == ERR_OK && !x->check)
        return db_commit(m->db, f);
    db_rollback(m->db);
    return e;
}

enum err import_run(struct admin *m, const struct import *i, const char *figures, const struct options *o,
                    struct fault *f)
{
    struct importing x = {.admin = m, .check = option(o, "check") != NULL};
    struct import_result result;
    struct bytes text;
    if (o->arg_count != 1)
        return ui_fault(&m->ui, f, ERR_USAGE, "Hãy cho tên một tệp CSV.", "Give the name of one CSV file.");
    x.importer = (struct importer){.ui = m->ui,
                                   .arena = m->arena,
                                   .db = m->db,
                                   .run = run_statement,
                                   .on_fault = show_fault,
                                   .on_difference = show_difference,
                                   .context = &x};
    enum err e = os_file_read(m->arena, o->args[0], MAX_FILE, &text, f);
    if (e == ERR_OK)
        e = import_it(&x, i, figures, text, &result, f);
    if (e == ERR_OK)
        say_done(m, &result, x.check);
    return e;
}
