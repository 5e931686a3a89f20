/* One population figure or target by options, sent as an import of one line; and the list of those that
 * stand. */
#include "client/report/figure_command.h"
#include "common/date.h"
#include "common/measure.h"
#include <stdlib.h>
#include <string.h>

#define COLUMNS_ROOM 40
#define CELLS_ROOM   ((size_t)1 << 20)

/* What stands: rows of cells in the order of the import's columns. */
struct standing_rows {
    struct reporter *reporter;
    const struct import_column *columns;
    size_t column_count;
    int place[COLUMNS_ROOM]; /* of a column in the file, -1: not there */
    const char *const **rows;
    size_t count, room;
};

static void take_heading(struct standing_rows *s, const struct csv_row *row)
{
    for (size_t c = 0; c < s->column_count; c++) {
        s->place[c] = -1;
        for (size_t k = 0; k < row->count; k++)
            if (strcmp(row->cells[k], s->columns[c].name) == 0)
                s->place[c] = (int)k;
    }
}

static enum err take_row(void *context, const struct csv_row *row, struct fault *f)
{
    struct standing_rows *s = context;
    struct arena *a = s->reporter->arena;
    if (row->line == 1) {
        take_heading(s, row);
        return ERR_OK;
    }
    const char **cells = arena_zero(a, s->column_count, sizeof *cells);
    if (s->count == s->room) {
        size_t room = 2 * s->room + 64;
        const char *const **rows = arena_zero(a, room, sizeof *rows);
        if (rows != NULL && s->count > 0)
            memcpy(rows, s->rows, s->count * sizeof *rows);
        s->rows = rows;
        s->room = room;
    }
    if (cells == NULL || s->rows == NULL)
        return fault(f, ERR_NO_MEMORY, "the list is too long");
    for (size_t c = 0; c < s->column_count; c++) {
        int at = s->place[c];
        cells[c] = at >= 0 && (size_t)at < row->count ? arena_print(a, "%s", row->cells[at]) : "";
    }
    s->rows[s->count++] = cells;
    return ERR_OK;
}

static enum err fetch_standing(struct reporter *r, const struct options *o, struct standing_rows *s,
                               struct fault *f)
{
    Hv__FiguresReply *reply = NULL;
    struct arena *cells = arena_make(CELLS_ROOM);
    *s = (struct standing_rows){.reporter = r};
    s->columns = import_columns(o->command->data, &s->column_count);
    enum err e = cells != NULL ? reporter_folder(r, o, f) : fault(f, ERR_NO_MEMORY, "no memory");
    if (e == ERR_OK)
        e = book_open(&r->book, &r->ui, r->folder, false, f);
    if (e == ERR_OK)
        e = figures_ask(r, o, NULL, &reply, f);
    if (e == ERR_OK)
        e = csv_read(cells, r->ui.lang, (struct bytes){reply->csv.data, reply->csv.len}, take_row, s, f);
    if (cells != NULL)
        arena_free(cells);
    return e;
}

static size_t column_at(const struct standing_rows *s, const char *name)
{
    size_t c = 0;
    while (c < s->column_count && strcmp(s->columns[c].name, name) != 0)
        c++;
    return c;
}

static const char *const *row_of_key(const struct standing_rows *s, const char *key)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->rows[i][0], key) == 0)
            return s->rows[i];
    return NULL;
}

/* ---- one line ---- */

/* What the options give, or else what stands in `base` (NULL: nothing). */
static enum err cells_of(struct reporter *r, const struct options *o, const struct standing_rows *s,
                         const char *const *base, const char **cells, size_t *given, struct fault *f)
{
    *given = 0;
    for (size_t c = 0; c < s->column_count; c++) {
        const char *name = figures_option(r->arena, s->columns[c].name);
        if (name == NULL)
            return fault(f, ERR_NO_MEMORY, "no memory for the line");
        const char *value = option(o, name);
        *given += value != NULL;
        cells[c] = value != NULL ? value : base != NULL ? base[c] : "";
    }
    return ERR_OK;
}

static enum err line_text(const struct standing_rows *s, const char *const *cells, struct bytes *out,
                          struct fault *f)
{
    char *text = NULL;
    size_t size = 0;
    struct csv_out csv;
    FILE *file = open_memstream(&text, &size);
    if (file == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the line");
    csv_begin(&csv, file, true);
    for (size_t c = 0; c < s->column_count; c++)
        csv_string(&csv, s->columns[c].name);
    csv_end_row(&csv);
    for (size_t c = 0; c < s->column_count; c++)
        csv_string(&csv, cells[c]);
    csv_end_row(&csv);
    bool written = fclose(file) == 0;
    out->p = written ? arena_copy(s->reporter->arena, text, size) : NULL;
    out->n = size;
    free(text);
    return out->p != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "no memory for the line");
}

static enum err say_faults(struct reporter *r, const Hv__FiguresReply *reply, struct fault *f)
{
    for (size_t i = 0; i < reply->n_fault; i++) {
        const Hv__FiguresFault *one = reply->fault[i];
        if (!one->has_line)
            ui_tell(&r->ui, "%s", "%s", one->text);
        else if (strcmp(one->column, "key") == 0)
            ui_tell(&r->ui, "Khoá: %s.", "Key: %s.", one->text);
        else
            ui_tell(&r->ui, "--%s: %s.", "--%s: %s.", figures_option(r->arena, one->column), one->text);
    }
    return ui_fault(&r->ui, f, ERR_BAD_FORMAT, "Chưa ghi gì. Hãy sửa các mục trên rồi chạy lại lệnh.",
                    "Nothing was written. Correct the options above and run the command again.");
}

static enum err send_line(struct reporter *r, const struct options *o, const struct standing_rows *s,
                          const char *const *cells, struct fault *f)
{
    Hv__FiguresReply *reply = NULL;
    struct bytes text;
    enum err e = line_text(s, cells, &text, f);
    if (e == ERR_OK)
        e = figures_ask(r, o, &text, &reply, f);
    if (e != ERR_OK)
        return e;
    if (reply->faults > 0)
        return say_faults(r, reply, f);
    figures_say_differences(r, reply);
    if (reply->changed == 0)
        ui_say(&r->ui, "Không có gì thay đổi: máy chủ đã có đúng như vậy.",
               "Nothing changes: this is what the server has.");
    else if (option(o, "check") != NULL)
        ui_say(&r->ui, "Kiểm tra xong. Chưa ghi gì.", "Checked. Nothing was written.");
    else
        ui_say(&r->ui, "Đã ghi.", "Entered.");
    return ERR_OK;
}

/* ---- the commands ---- */

static void put_default(const struct standing_rows *s, const char **cells, const char *name,
                        const char *value)
{
    size_t c = column_at(s, name);
    if (c < s->column_count && cells[c][0] == '\0')
        cells[c] = value;
}

/* The days of a term that another target names, and the province as the issuer. */
static enum err fill_target(struct reporter *r, const struct standing_rows *s, const char **cells,
                            struct fault *f)
{
    struct identity who;
    size_t level = column_at(s, "term_level"), term = column_at(s, "term");
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->rows[i][level], cells[level]) == 0 && strcmp(s->rows[i][term], cells[term]) == 0) {
            put_default(s, cells, "term_from", s->rows[i][column_at(s, "term_from")]);
            put_default(s, cells, "term_to", s->rows[i][column_at(s, "term_to")]);
            break;
        }
    enum err e = identity_load(r->book, &who, f);
    const char *code = e == ERR_OK ? arena_print(r->arena, "%s", who.units[0].code) : NULL;
    key_wipe(&who, sizeof who);
    if (code != NULL)
        put_default(s, cells, "issuer", code);
    return e == ERR_OK && code == NULL ? fault(f, ERR_NO_MEMORY, "no memory for the line") : e;
}

enum err cmd_figures_add(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    struct standing_rows s;
    const char *cells[COLUMNS_ROOM];
    size_t given = 0;
    bool is_target = strcmp(o->command->data, "target") == 0;
    enum err e = fetch_standing(r, o, &s, f);
    if (e == ERR_OK)
        e = cells_of(r, o, &s, NULL, cells, &given, f);
    if (e == ERR_OK && is_target && row_of_key(&s, cells[0]) != NULL)
        e = ui_fault(
            &r->ui, f, ERR_USAGE,
            "Đã có chỉ tiêu mang khoá %s. Hãy đặt khoá khác, hoặc sửa chỉ tiêu ấy: hoivien-report target "
            "edit %s",
            "There is a target with the key %s. Choose another key, or correct that target: "
            "hoivien-report target edit %s",
            cells[0], cells[0]);
    if (e == ERR_OK && is_target)
        e = fill_target(r, &s, cells, f);
    return e == ERR_OK ? send_line(r, o, &s, cells, f) : e;
}

enum err cmd_figures_edit(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    struct standing_rows s;
    const char *cells[COLUMNS_ROOM], *const *base = NULL;
    size_t given = 0;
    if (o->arg_count != 1)
        return ui_fault(&r->ui, f, ERR_USAGE,
                        "Hãy cho khoá của một chỉ tiêu; xem: hoivien-report target list",
                        "Give the key of one target; see: hoivien-report target list");
    enum err e = fetch_standing(r, o, &s, f);
    if (e == ERR_OK && (base = row_of_key(&s, o->args[0])) == NULL)
        e = ui_fault(&r->ui, f, ERR_NO_SUCH_RECORD,
                     "Không có chỉ tiêu mang khoá %s; xem: hoivien-report target list",
                     "No target has the key %s; see: hoivien-report target list", o->args[0]);
    if (e == ERR_OK)
        e = cells_of(r, o, &s, base, cells, &given, f);
    if (e == ERR_OK && given == 0)
        e = ui_fault(&r->ui, f, ERR_USAGE, "Hãy cho mục cần sửa, ví dụ --threshold 60.",
                     "Say what changes, for example --threshold 60.");
    return e == ERR_OK ? send_line(r, o, &s, cells, f) : e;
}

/* ---- the list ---- */

static const char *const shown_columns[][9] = {
    {"unit", "term", "type", "value", "as_of", "source", NULL},
    {"key", "title", "measure", "comparator", "threshold", "unit", "deadline", "issuer", NULL},
};

/* The word for a token in the user's language. */
static const char *cell_words(struct reporter *r, const struct import_column *c, const char *cell)
{
    const struct code *code = c->codes != NULL ? code_by_token(c->codes, cell) : NULL;
    const struct measure *measure = c->measures != MEASURES_NONE ? measure_by_token(cell) : NULL;
    int32_t date;
    if (c->is_date && date_parse(cell, &date))
        return words_date(r, date);
    return code != NULL      ? text_in(r->ui.lang, code->label)
           : measure != NULL ? text_in(r->ui.lang, measure->label)
                             : cell;
}

static void list_table(const struct standing_rows *s, const char *const *shown, FILE *out)
{
    struct reporter *r = s->reporter;
    size_t width = 0;
    while (shown[width] != NULL)
        width++;
    struct table *t = table_make(width);
    for (size_t k = 0; k < width; k++) {
        const struct import_column *c = &s->columns[column_at(s, shown[k])];
        table_heading(t, k, arena_print(r->arena, "%s", text_in(r->ui.lang, c->label)), c->is_number);
    }
    for (size_t i = 0; i < s->count; i++)
        for (size_t k = 0; k < width; k++) {
            size_t c = column_at(s, shown[k]);
            table_cell(t, cell_words(r, &s->columns[c], s->rows[i][c]));
        }
    table_print(t, out);
    table_free(t);
}

/* As an import takes it. */
static void list_csv(const struct standing_rows *s, FILE *out)
{
    struct csv_out csv;
    csv_begin(&csv, out, s->reporter->is_plain);
    for (size_t c = 0; c < s->column_count; c++)
        csv_string(&csv, s->columns[c].name);
    csv_end_row(&csv);
    for (size_t i = 0; i < s->count; i++) {
        for (size_t c = 0; c < s->column_count; c++)
            csv_string(&csv, s->rows[i][c]);
        csv_end_row(&csv);
    }
}

enum err cmd_figures_list(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    struct standing_rows s;
    FILE *out = NULL;
    r->is_plain = option(o, "plain") != NULL;
    enum err e = option_format(&r->ui, o, &r->is_csv, f);
    if (e == ERR_OK)
        e = fetch_standing(r, o, &s, f);
    if (e == ERR_OK)
        e = output_open(r, o, &out, f);
    if (e != ERR_OK)
        return e;
    if (r->is_csv)
        list_csv(&s, out);
    else
        list_table(&s, shown_columns[strcmp(o->command->data, "target") == 0], out);
    return output_close(r, o, out, f);
}
