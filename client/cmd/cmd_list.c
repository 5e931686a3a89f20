/* list, search, export: the same for every kind. */
#include "client/extra.h"
#include "client/group.h"
#include "client/selection.h"
#include "common/csv.h"
#include "common/id.h"
#include "common/noun.h"
#include <stdio.h>
#include <string.h>

#define MAX_COLUMNS 64

struct column {
    const struct extra *extra; /* NULL: none */
    int field;                 /* index, or -1 for the id */
};

struct listing {
    struct client *client;
    const struct kind *kind;
    struct cells cells;
    struct extras extras;
    struct column columns[MAX_COLUMNS];
    size_t count;
    struct csv_out csv;
    bool is_csv;
    bool full_id;
    struct table *table;
    size_t rows;
};

/* What a list shows when no columns are chosen: enough to know the record by, and what the kind is there for.
 */
static const struct {
    const struct kind *kind;
    const char *columns;
} usual_of[] = {
    {&kind_group, "name,type,members,head,closed"},
    {&kind_household, "name,standard,address,members"},
    {&kind_post, "officer_id,type,group_id,communes,since,until"},
    {&kind_question, "member_id,field,state,date"},
    {&kind_plan, "name,deadline,officer,state"},
    {&kind_cause, "plan_id,cause,main,agreed"},
    {&kind_remedy, "cause_id,remedy,main,agreed"},
};

static const char usual[] =
    "name,birth,activity_id,course_id,officer_id,plan_id,cause_id,cause,remedy,group_id,"
    "member_id,type,date,since,phone,reason,state,notice_id,unit,audience,issued,due,"
    "entry_id,amount,source,purpose,year,balance";

static enum err add_column(struct listing *l, int field, const struct extra *extra, struct fault *f)
{
    if (l->count == MAX_COLUMNS)
        return ui_fault(&l->client->ui, f, ERR_USAGE, "Quá nhiều cột; hãy chọn nhiều nhất %d cột.",
                        "Too many columns; choose at most %d.", MAX_COLUMNS);
    l->columns[l->count++] = (struct column){extra, field};
    return ERR_OK;
}

/* Those of the words that the kind has. A file may be imported again: fields alone. */
static enum err add_known(struct listing *l, const char *words, struct fault *f)
{
    char *rest, *copy = arena_copy(l->client->arena, words, strlen(words));
    enum err e = copy != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "out of memory");
    for (char *word = copy != NULL ? strtok_r(copy, ",", &rest) : NULL; word != NULL && e == ERR_OK;
         word = strtok_r(NULL, ",", &rest)) {
        int field = kind_field(l->kind, word);
        const struct extra *extra = extra_find(l->kind, word);
        if (field >= 0)
            e = add_column(l, field, NULL, f);
        else if (extra != NULL && !l->is_csv)
            e = add_column(l, -1, extra, f);
        else if (extra != NULL && extra->fields != NULL)
            e = add_known(l, extra->fields, f);
    }
    return e;
}

static enum err usual_columns(struct listing *l, struct fault *f)
{
    const char *words = usual;
    for (size_t k = 0; k < sizeof usual_of / sizeof usual_of[0]; k++)
        if (usual_of[k].kind == l->kind)
            words = usual_of[k].columns;
    enum err e = add_column(l, -1, NULL, f);
    return e == ERR_OK ? add_known(l, words, f) : e;
}

static enum err all_columns(struct listing *l, struct fault *f)
{
    enum err e = add_column(l, -1, NULL, f);
    for (size_t i = 0; i < l->kind->field_count && e == ERR_OK; i++)
        e = add_column(l, (int)i, NULL, f);
    return e;
}

/* False: there is none of that name. */
static bool column_of_word(const struct listing *l, const char *word, struct column *out)
{
    *out = (struct column){extra_find(l->kind, word), -1};
    if (strcmp(word, "id") == 0 || out->extra != NULL)
        return true;
    for (size_t i = 0; i < l->kind->field_count && out->field < 0; i++)
        if (strcmp(word, l->kind->fields[i].name) == 0 ||
            strcmp(word, cell_option_name(l->client->arena, l->kind, i)) == 0)
            out->field = (int)i;
    return out->field >= 0;
}

static enum err no_such_column(const struct listing *l, const char *word, struct fault *f)
{
    const char *known = "id";
    for (size_t i = 0; i < l->kind->field_count && known != NULL; i++)
        known =
            arena_print(l->client->arena, "%s, %s", known, cell_option_name(l->client->arena, l->kind, i));
    for (const struct extra *e = extra_next(l->kind, NULL); e != NULL && known != NULL;
         e = extra_next(l->kind, e))
        known = arena_print(l->client->arena, "%s, %s", known, e->name);
    if (known == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    ui_tell(&l->client->ui, "Các cột: %s", "The columns are: %s", known);
    return ui_fault(&l->client->ui, f, ERR_USAGE, "Không có cột \"%s\".", "There is no column \"%s\".", word);
}

static enum err chosen_columns(struct listing *l, const char *words, struct fault *f)
{
    char *rest, *copy = arena_copy(l->client->arena, words, strlen(words));
    enum err e = copy != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "out of memory");
    for (char *word = copy != NULL ? strtok_r(copy, ", ", &rest) : NULL; word != NULL && e == ERR_OK;
         word = strtok_r(NULL, ", ", &rest)) {
        struct column column;
        e = column_of_word(l, word, &column) ? add_column(l, column.field, column.extra, f)
                                             : no_such_column(l, word, f);
    }
    return e;
}

static const char *heading(const struct listing *l, struct column column)
{
    const struct text_pair id = {"Mã", "Id"};
    if (column.extra != NULL)
        return l->cells.plain ? column.extra->name : text_in(l->client->ui.lang, column.extra->label);
    if (column.field < 0)
        return l->cells.plain ? "id" : text_in(l->client->ui.lang, id);
    return l->cells.plain ? l->kind->fields[column.field].name
                          : text_in(l->client->ui.lang, l->kind->fields[column.field].label);
}

static void begin(struct listing *l, FILE *out)
{
    if (!l->is_csv)
        l->table = table_make(l->count);
    else
        csv_begin(&l->csv, out, l->cells.plain);
    for (size_t i = 0; i < l->count; i++) {
        if (l->is_csv)
            csv_string(&l->csv, heading(l, l->columns[i]));
        else
            table_heading(l->table, i, heading(l, l->columns[i]), false);
    }
    if (l->is_csv)
        csv_end_row(&l->csv);
}

static const char *id_cell(struct listing *l, const struct id *id)
{
    char full[ID_TEXT], shown[ID_SHORT];
    if (l->full_id)
        id_format(id, full);
    else
        id_short(id, shown);
    return arena_print(l->client->arena, "%s", l->full_id ? full : shown);
}

static const char *cell(struct listing *l, struct column column, const struct record *r)
{
    if (column.extra != NULL)
        return extra_write(&l->extras, column.extra, r);
    return column.field < 0 ? id_cell(l, &r->id) : cell_write(&l->cells, r, (size_t)column.field);
}

static enum err row(void *context, const struct record *r, struct fault *f)
{
    struct listing *l = context;
    (void)f;
    for (size_t i = 0; i < l->count; i++) {
        const char *text = cell(l, l->columns[i], r);
        if (l->is_csv)
            csv_string(&l->csv, text);
        else
            table_cell(l->table, text);
    }
    if (l->is_csv)
        csv_end_row(&l->csv);
    l->rows++;
    return ERR_OK;
}

static void end(struct listing *l)
{
    if (l->table == NULL)
        return;
    table_print(l->table, stdout);
    table_free(l->table);
    if (fflush(stdout) == 0)
        ui_tell(&l->client->ui, "%s.", "%s.", COUNTED(l->rows, noun_row, l->client->ui.lang));
}

static enum err read_format(struct listing *l, const struct options *o, struct fault *f)
{
    enum err e = option_format(&l->client->ui, o, &l->is_csv, f);
    l->cells.plain = option(o, "plain") != NULL;
    l->cells.points = !l->is_csv;
    l->full_id |= l->is_csv;
    return e;
}

/* What extra columns need is read only when there are some. */
static enum err prepare(struct listing *l, struct fault *f)
{
    for (size_t i = 0; i < l->count; i++)
        if (l->columns[i].extra != NULL)
            return extras_load(&l->extras, &l->cells, l->kind, f);
    return ERR_OK;
}

static enum err list(struct client *c, const struct options *o, const char *search, struct fault *f)
{
    struct selection s;
    struct listing l = {
        .client = c, .kind = o->command->data, .cells = {.book = c->book, .ui = &c->ui, .arena = c->arena}};
    enum err e = selection_begin(&s, c, o, l.kind, f);
    if (search != NULL)
        s.filter.search = search;
    if (e == ERR_OK)
        e = read_format(&l, o, f);
    if (e == ERR_OK)
        e = option(o, "columns") != NULL ? chosen_columns(&l, option(o, "columns"), f) : usual_columns(&l, f);
    if (e == ERR_OK)
        e = prepare(&l, f);
    if (e != ERR_OK)
        return e;
    begin(&l, stdout);
    e = selection_each(&s, row, &l, f);
    end(&l);
    return e == ERR_OK && l.kind == &kind_group && !l.is_csv ? group_tell_twins(c, f) : e;
}

enum err cmd_record_list(void *program, const struct options *o, struct fault *f)
{
    enum err e = client_open(program, o, f);
    return e == ERR_OK ? list(program, o, NULL, f) : e;
}

enum err cmd_record_search(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    if (o->arg_count != 1)
        return ui_fault(&c->ui, f, ERR_USAGE, "Hãy cho một phần của tên, ví dụ: %s %s \"nguyen thi hoa\"%s.",
                        "Give a part of the name, for example: %s %s \"nguyen thi hoa\"%s.", c->ui.program,
                        o->command->words, ui_about(&c->ui));
    enum err e = client_open(c, o, f);
    return e == ERR_OK ? list(c, o, o->args[0], f) : e;
}

/* Everything of the kind with ids, so that the file can be imported again. */
static enum err export_to(struct client *c, const struct options *o, FILE *out, size_t *rows, struct fault *f)
{
    struct selection s;
    struct listing l = {.client = c,
                        .kind = o->command->data,
                        .cells = {.book = c->book, .ui = &c->ui, .arena = c->arena},
                        .is_csv = true,
                        .full_id = true};
    l.cells.plain = option(o, "plain") != NULL;
    l.cells.exact = true;
    enum err e = selection_begin(&s, c, o, l.kind, f);
    s.filter.with_voided = true;
    if (e == ERR_OK)
        e = option(o, "columns") != NULL ? chosen_columns(&l, option(o, "columns"), f) : all_columns(&l, f);
    if (e == ERR_OK)
        e = prepare(&l, f);
    if (e != ERR_OK)
        return e;
    begin(&l, out);
    e = selection_each(&s, row, &l, f);
    *rows = l.rows;
    return e;
}

enum err cmd_record_export(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    size_t rows = 0;
    const char *path = option(o, "output") != NULL ? option(o, "output")
                       : o->arg_count > 0          ? o->args[0]
                                                   : "-";
    if (option(o, "output") != NULL && o->arg_count > 0)
        return ui_fault(&c->ui, f, ERR_USAGE, "Chỉ ghi vào một tệp: hãy bỏ -o hoặc %s.",
                        "There is one file to write: leave out -o or %s.", o->args[0]);
    enum err e = client_open(c, o, f);
    if (e != ERR_OK)
        return e;
    bool is_stdout = strcmp(path, "-") == 0;
    FILE *out = is_stdout ? stdout : fopen(path, "w");
    if (out == NULL)
        return ui_fault(&c->ui, f, ERR_FILE, "Không ghi được tệp %s; hãy chọn nơi khác.",
                        "The file %s can't be written; choose another place.", path);
    e = export_to(c, o, out, &rows, f);
    if (!is_stdout && fclose(out) != 0 && e == ERR_OK)
        e = ui_fault(&c->ui, f, ERR_FILE, "Không ghi hết được tệp %s; hãy kiểm tra dung lượng đĩa.",
                     "The file %s could not be written to its end; check the disk.", path);
    if (e == ERR_OK && !is_stdout)
        ui_say(&c->ui, "Đã ghi %s vào %s.", "%s written to %s.", COUNTED(rows, noun_row, c->ui.lang), path);
    return e;
}
