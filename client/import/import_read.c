#include "client/import.h"
#include "client/selection.h"
#include "common/os.h"
#include "common/text.h"
#include <string.h>

/* Headings beyond the registry's. */
static const struct {
    const char *fold;
    int column;
} others[] = {{"id", COLUMN_ID},
              {"ma", COLUMN_ID},
              {"ma ho so", COLUMN_ID},
              {"joined", COLUMN_JOINED},
              {"ngay vao hoi", COLUMN_JOINED},
              {"ngay ket nap", COLUMN_JOINED},
              {"nam vao hoi", COLUMN_JOINED},
              {"so quyet dinh", COLUMN_DECISION},
              {"decision", COLUMN_DECISION},
              {"dong loi", COLUMN_SILENT},
              {"bad line", COLUMN_SILENT},
              {"ly do", COLUMN_SILENT},
              {"reason", COLUMN_SILENT},
              {"stt", COLUMN_SILENT},
              {"tt", COLUMN_SILENT}};

static bool fold_is(struct arena *a, const char *text, size_t n, struct bytes fold)
{
    struct bytes other;
    return text_fold(a, text, n, &other) == ERR_OK && other.n == fold.n &&
           memcmp(other.p, fold.p, fold.n) == 0;
}

/* Aliases are separated by '|'. */
static bool alias_is(struct arena *a, const char *aliases, struct bytes fold)
{
    for (const char *p = aliases; p != NULL && *p != '\0';) {
        size_t n = strcspn(p, "|");
        if (fold_is(a, p, n, fold))
            return true;
        p += n + (p[n] == '|');
    }
    return false;
}

static bool field_is(struct arena *a, const struct kind *kind, size_t i, struct bytes fold)
{
    const struct field *field = &kind->fields[i];
    const char *words[] = {field->name, cell_option_name(a, kind, i), field->label.vi, field->label.en};
    for (size_t k = 0; k < 4; k++)
        if (fold_is(a, words[k], strlen(words[k]), fold))
            return true;
    return alias_is(a, field->aliases, fold);
}

static int column_of(const struct import *m, const char *heading, size_t n)
{
    struct bytes fold;
    if (text_fold(m->row, heading, n, &fold) != ERR_OK)
        return COLUMN_IGNORED;
    for (size_t i = 0; i < m->kind->field_count; i++)
        if (field_is(m->row, m->kind, i, fold))
            return (int)i;
    for (size_t k = 0; k < sizeof others / sizeof others[0]; k++) {
        bool member_only = others[k].column == COLUMN_JOINED || others[k].column == COLUMN_DECISION;
        if (strlen(others[k].fold) == fold.n && memcmp(others[k].fold, fold.p, fold.n) == 0 &&
            (!member_only || m->kind == &kind_member))
            return others[k].column;
    }
    return COLUMN_IGNORED;
}

static bool has_column(const struct import *m, int column)
{
    for (size_t k = 0; k < m->column_count; k++)
        if (m->columns[k] == column)
            return true;
    return false;
}

static enum err demand_required(const struct import *m, struct fault *f)
{
    const struct ui *ui = &m->client->ui;
    for (size_t i = 0; i < m->kind->field_count; i++)
        if (m->kind->fields[i].required && !has_column(m, (int)i) && !has_column(m, COLUMN_ID))
            return ui_fault(ui, f, ERR_BAD_FORMAT,
                            "Tệp thiếu cột \"%s\" (hoặc cột mã \"id\"); hãy thêm cột này vào dòng tiêu đề.",
                            "The file lacks the column \"%s\" (or the column \"id\"); add it to the heading.",
                            text_in(ui->lang, m->kind->fields[i].label));
    return ERR_OK;
}

enum err import_heading(struct import *m, const struct csv_row *row, struct fault *f)
{
    m->headings = arena_zero(m->client->arena, row->count, sizeof *m->headings);
    if (m->headings == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    m->column_count = row->count;
    for (size_t k = 0; k < row->count; k++) {
        m->headings[k] = arena_copy(m->client->arena, row->cells[k], row->lengths[k]);
        m->columns[k] = column_of(m, row->cells[k], row->lengths[k]);
        for (size_t j = 0; j < k && m->columns[k] >= 0; j++)
            if (m->columns[j] == m->columns[k])
                return ui_fault(&m->client->ui, f, ERR_BAD_FORMAT,
                                "Hai cột \"%s\" và \"%s\" cùng là một mục; hãy bỏ một cột.",
                                "The columns \"%s\" and \"%s\" are the same field; take one out.",
                                m->headings[j], m->headings[k]);
        if (m->columns[k] == COLUMN_IGNORED && row->lengths[k] > 0)
            ui_tell(&m->client->ui, "Bỏ qua cột \"%s\".", "The column \"%s\" is passed over.",
                    m->headings[k]);
    }
    return demand_required(m, f);
}

/* A group of the kind that its name says, a chi hội where it says nothing. */
static int group_type_of(struct arena *a, const char *name)
{
    static const struct {
        const char *start;
        int type;
    } starts[] = {{"clb ", 4}, {"cau lac bo ", 4}, {"to tu van", 6},
                  {"to ", 2},  {"nhom ", 3},       {"mang luoi ", 5}};
    struct bytes fold;
    if (text_fold(a, name, strlen(name), &fold) != ERR_OK)
        return 1;
    for (size_t k = 0; k < sizeof starts / sizeof starts[0]; k++)
        if (fold.n >= strlen(starts[k].start) &&
            memcmp(fold.p, starts[k].start, strlen(starts[k].start)) == 0)
            return starts[k].type;
    return 1;
}

static enum err add_group(struct import *m, const char *text, size_t n, struct fault *f)
{
    struct bytes clean;
    struct change *c = change_make(m->row, &kind_group);
    enum err e =
        c != NULL ? text_clean(m->row, text, n, &clean, f) : fault(f, ERR_NO_MEMORY, "out of memory");
    if (e != ERR_OK)
        return e;
    const char *name = arena_copy(m->row, clean.p, clean.n);
    if (name == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    c->id = os_new_id();
    change_set_text(c, kind_field(&kind_group, "name"), name, clean.n);
    change_set_int(c, kind_field(&kind_group, "type"), group_type_of(m->row, name));
    if ((e = book_record(m->client->book, m->row, c, true, f)) != ERR_OK)
        return e;
    m->groups_added++;
    return cell_group_learn(&m->cells, name, &c->id, f);
}

static enum err read_cell(struct import *m, struct change *c, size_t field, const char *text, size_t n,
                          struct fault *f)
{
    enum err e = cell_read(&m->cells, c, field, text, n, f);
    bool names_group =
        field_type(c->kind, field) == FIELD_ID && strcmp(c->kind->fields[field].refers, kind_group.name) == 0;
    if (e != ERR_NO_SUCH_RECORD || !m->add_groups || !names_group)
        return e;
    e = add_group(m, text, n, f);
    return e == ERR_OK ? cell_read(&m->cells, c, field, text, n, f) : e;
}

static enum err read_id(struct import *m, struct change *c, const char *text, struct fault *f)
{
    if (*text == '\0')
        return ERR_OK;
    if (cell_record_find(&m->cells, m->kind, text, &c->id, NULL) != ERR_OK)
        return ui_fault(
            &m->client->ui, f, ERR_BAD_ID,
            "Mã hồ sơ: \"%s\" không phải là mã có trong sổ; hãy để nguyên mã đã xuất ra, hoặc để trống.",
            "Id: \"%s\" is no id of this register; leave the exported id as it was, or leave the cell empty.",
            text);
    return ERR_OK;
}

enum err import_read(struct import *m, const struct csv_row *row, struct change *c, struct fault *f)
{
    if (row->count > m->column_count)
        return ui_fault(&m->client->ui, f, ERR_BAD_FORMAT,
                        "Dòng có %zu ô, dòng tiêu đề chỉ có %zu; có thể thiếu dấu nháy quanh một ô.",
                        "The line has %zu cells, the heading %zu; quotes around a cell may be missing.",
                        row->count, m->column_count);
    for (size_t k = 0; k < row->count; k++) {
        int column = m->columns[k];
        enum err e = ERR_OK;
        if (column == COLUMN_ID)
            e = read_id(m, c, row->cells[k], f);
        else if (column >= 0 && row->lengths[k] > 0 &&
                 (e = read_cell(m, c, (size_t)column, row->cells[k], row->lengths[k], f)) != ERR_OK)
            return selection_field_fault(&m->client->ui, f, m->kind, (size_t)column);
        if (e == ERR_OK && column >= 0 && m->kind->fields[column].check == CHECK_PHONE)
            e = import_phone(m, c, (size_t)column, f);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}
