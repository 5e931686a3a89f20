/* import: a CSV file of any kind. The good lines go in as one transaction, the bad ones into a file to mend.
 */
#include "client/fit.h"
#include "client/import.h"
#include "client/joining.h"
#include "common/check.h"
#include "common/id.h"
#include "common/noun.h"
#include "common/os.h"
#include <stdio.h>
#include <string.h>

#define MAX_FILE   ((size_t)64 << 20)
#define ROW_BUDGET ((size_t)4 << 20)

static struct import *import_make(struct client *c, const struct options *o)
{
    struct import *m = arena_zero(c->arena, 1, sizeof *m);
    if (m == NULL)
        return NULL;
    m->client = c;
    m->kind = o->command->data;
    m->check_only = option(o, "check") != NULL;
    m->anyway = option(o, "anyway") != NULL;
    m->add_groups = option(o, "add-groups") != NULL;
    m->bad_path = option(o, "bad");
    m->row = arena_make(ROW_BUDGET);
    m->cells = (struct cells){.book = c->book, .ui = &c->ui, .arena = m->row, .keep = c->arena};
    return m->row != NULL ? m : NULL;
}

/* What is in the file as it is in the register is not written, whosever it is. */
static enum err leave_changes(const struct import *m, struct change *c, struct fault *f)
{
    struct record *r;
    enum err e = book_find(m->client->book, m->row, c->kind, &c->id, &r, f);
    if (e == ERR_OK)
        change_trim(c, r);
    return e;
}

/* Reads a row and checks all of it before anything is recorded, so that a line goes in whole or not at all.
 */
static enum err read_row(struct import *m, const struct csv_row *row, struct change *c, bool *creates,
                         struct change **event, struct fault *f)
{
    m->phone_mended = false;
    enum err e = import_read(m, row, c, f);
    if (e == ERR_OK)
        e = import_match(m, c, creates, f);
    if (e == ERR_OK)
        e = import_event(m, row, c, *creates, event, f);
    if (e == ERR_OK && !*creates)
        e = leave_changes(m, c, f);
    if (e == ERR_OK)
        e = fit_prepare(m->client, m->row, c, *creates, f);
    return e == ERR_OK ? fit_check(m->client, m->row, c, *creates, f) : e;
}

/* Counts a row that went in, and keeps in mind what it made of the record. */
static enum err keep_row(struct import *m, const struct csv_row *row, const struct change *c, bool creates,
                         const struct change *event, struct fault *f)
{
    struct record made = {c->kind, c->id, c->set, c->values}, *r = &made;
    bool changes = creates || event != NULL || c->number != 0 || (c->set | c->cleared) != 0;
    m->added += creates;
    m->updated += !creates && changes;
    m->unchanged += !changes;
    if (!changes)
        return ERR_OK;
    enum err e = creates ? ERR_OK : book_find(m->client->book, m->row, c->kind, &c->id, &r, f);
    if (e == ERR_OK)
        e = import_remember(m, r, f);
    if (e == ERR_OK)
        e = import_doubt_row(m, row->line, r, event, f);
    return e;
}

/* One row: read into a change, found out whose it is, recorded. What is wrong with it goes to the bad lines
 * and stops nothing. */
static enum err import_row(struct import *m, const struct csv_row *row, struct fault *f)
{
    struct fault bad = {0};
    struct change *c = change_make(m->row, m->kind), *event;
    bool creates;
    if (c == NULL)
        return fault(f, ERR_NO_MEMORY, "line %ld is too long", row->line);
    enum err e = read_row(m, row, c, &creates, &event, &bad);
    if (e == ERR_OK)
        e = joining_record(m->client, m->row, c, creates, event != NULL, NULL, &bad);
    if (e == ERR_OK && event != NULL)
        e = joining_record(m->client, m->row, event, true, false, NULL, &bad);
    if (e == ERR_NO_MEMORY || e == ERR_DB || e == ERR_FILE) {
        if (f != NULL && bad.code != ERR_OK)
            *f = bad;
        return e;
    }
    return e == ERR_OK ? keep_row(m, row, c, creates, event, f) : import_bad(m, row, &bad, f);
}

static enum err take_row(void *context, const struct csv_row *row, struct fault *f)
{
    struct import *m = context;
    enum err e = ERR_OK;
    if (row->line == 1 || m->column_count == 0) {
        e = import_heading(m, row, f);
    } else {
        m->lines++;
        e = import_row(m, row, f);
    }
    arena_reset(m->row);
    return e;
}

static enum err import_file(struct import *m, const char *path, struct fault *f)
{
    struct bytes text;
    struct arena *rows = arena_make(MAX_FILE);
    enum err e = rows != NULL ? os_file_read(m->client->arena, path, MAX_FILE, &text, f)
                              : fault(f, ERR_NO_MEMORY, "out of memory");
    if (e == ERR_OK)
        e = import_index(m, f);
    if (e == ERR_OK)
        e = book_begin(m->client->book, f);
    if (e == ERR_OK) {
        e = csv_read(rows, m->client->ui.lang, text, take_row, m, f);
        if (e == ERR_OK && m->lines == 0)
            e = ui_fault(
                &m->client->ui, f, ERR_MALFORMED,
                "Tệp không có dòng dữ liệu nào; dòng đầu là tiêu đề, mỗi dòng sau là một hồ sơ.",
                "The file has no line of data; the first line is the heading, each further one a record.");
        if (e == ERR_OK && !m->check_only)
            e = book_commit(m->client->book, f);
        else
            book_rollback(m->client->book);
    }
    arena_free(rows);
    return e;
}

static void say_result(const struct import *m)
{
    const struct ui *ui = &m->client->ui;
    const char *lines = COUNTED(m->lines, noun_line, ui->lang);
    import_doubt_end(m);
    if (m->check_only)
        ui_say(ui,
               "Kiểm tra xong, chưa ghi gì: %s; sẽ thêm %zu, sửa %zu, giữ nguyên %zu, bỏ qua %zu (có "
               "thể trùng "
               "%zu).",
               "Checked, nothing written: %s; would add %zu, change %zu, leave %zu unchanged, leave "
               "out %zu "
               "(likely duplicates: %zu).",
               lines, m->added, m->updated, m->unchanged, m->bad, m->alike);
    else
        ui_say(ui, "Đã nhập %s: thêm %zu, sửa %zu, giữ nguyên %zu, bỏ qua %zu (có thể trùng %zu).",
               "%s imported: %zu added, %zu changed, %zu unchanged, %zu left out (likely duplicates: "
               "%zu).",
               lines, m->added, m->updated, m->unchanged, m->bad, m->alike);
    if (m->groups_added > 0)
        ui_say(ui, "Đã thêm %zu chi hội, tổ, nhóm.", "Groups added: %zu.", m->groups_added);
    if (m->bad > 0)
        ui_say(ui, "Các dòng bỏ qua, kèm lý do, nằm trong %s; hãy sửa tệp đó rồi nhập lại chính nó.",
               "The lines left out, with the reasons, are in %s; mend that file and import it.", m->bad_path);
}

enum err cmd_record_import(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    if (o->arg_count != 1)
        return ui_fault(&c->ui, f, ERR_USAGE, "Hãy cho tên một tệp CSV.", "Give the name of one CSV file.");
    enum err e = client_open(c, o, f);
    if (e != ERR_OK)
        return e;
    struct import *m = import_make(c, o);
    if (m == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    if (m->bad_path == NULL)
        m->bad_path =
            strcmp(o->args[0], "-") == 0 ? "loi.csv" : arena_print(c->arena, "%s.loi.csv", o->args[0]);
    e = import_file(m, o->args[0], f);
    enum err closed = import_bad_end(m, e == ERR_OK ? f : NULL);
    arena_free(m->row);
    if (e == ERR_OK)
        e = closed;
    if (e == ERR_OK)
        say_result(m);
    return e;
}
