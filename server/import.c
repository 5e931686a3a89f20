/* CSV into the table `incoming`: checked by one statement, compared by another, applied by the import's own.
 */
#include "server/import.h"
#include "common/date.h"
#include "common/kind.h"
#include "common/text.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define MAX_COLUMNS 40
#define CELLS_ROOM  ((size_t)1 << 20)

struct reading {
    struct importer *importer;
    const struct import *import;
    int place[MAX_COLUMNS]; /* of the import's column in the file, or -1 */
    size_t row_count;
    size_t row_room;
    long *lines;
    const char ***rows; /* [row][column], then the extra ones */
};

static size_t codes_count(const struct import *i)
{
    size_t n = 0;
    for (size_t k = 0; k < i->column_count; k++)
        n += i->columns[k].codes != NULL;
    return n;
}

static size_t width_of(const struct import *i)
{
    return i->column_count + codes_count(i) + i->extra_count;
}

const char *import_cell(const struct import *i, const char *const *cells, const char *name)
{
    for (size_t k = 0; k < i->column_count; k++)
        if (strcmp(i->columns[k].name, name) == 0)
            return cells[k];
    return "";
}

static enum err take_heading(struct reading *r, const struct csv_row *row, struct fault *f)
{
    const struct import *i = r->import;
    for (size_t k = 0; k < i->column_count; k++) {
        r->place[k] = -1;
        for (size_t c = 0; c < row->count; c++)
            if (strcasecmp(row->cells[c], i->columns[k].name) == 0)
                r->place[k] = (int)c;
        if (r->place[k] < 0 && !i->columns[k].optional)
            return ui_fault(
                &r->importer->ui, f, ERR_BAD_FORMAT, "Tệp thiếu cột \"%s\"; hãy thêm cột này vào dòng đầu.",
                "The file lacks the column \"%s\"; add it to the first line.", i->columns[k].name);
    }
    return ERR_OK;
}

/* A date as yyyymmdd; what is none stays as it is, for the check to name. */
static const char *date_cell(struct arena *a, const char *text)
{
    int32_t date;
    return date_parse(text, &date) && date_valid(date, false) ? arena_print(a, "%08d", (int)date) : text;
}

static const char *code_cell(struct arena *a, const struct code *codes, const char *token)
{
    const struct code *code = code_by_token(codes, token);
    return code != NULL ? arena_print(a, "%d", (int)code->value) : NULL;
}

static enum err clean_cell(struct reading *r, const struct csv_row *row, size_t k, const char **out,
                           struct fault *f)
{
    struct bytes clean = {(const uint8_t *)"", 0};
    int place = r->place[k];
    if (place >= 0 && (size_t)place < row->count) {
        enum err e = text_clean(r->importer->arena, row->cells[place], row->lengths[place], &clean, f);
        if (e != ERR_OK)
            return ui_fault(&r->importer->ui, f, e, "Dòng %ld, cột %s: không phải văn bản UTF-8 hợp lệ.",
                            "Line %ld, column %s: not valid UTF-8 text.", row->line,
                            r->import->columns[k].name);
    }
    *out = arena_copy(r->importer->arena, clean.p, clean.n);
    if (*out != NULL && r->import->columns[k].is_date)
        *out = date_cell(r->importer->arena, *out);
    return *out != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "the file is too large");
}

static enum err grow(struct reading *r, struct fault *f)
{
    if (r->row_count < r->row_room)
        return ERR_OK;
    size_t room = r->row_room == 0 ? 1024 : 2 * r->row_room;
    long *lines = arena_zero(r->importer->arena, room, sizeof *lines);
    const char ***rows = arena_zero(r->importer->arena, room, sizeof *rows);
    if (lines == NULL || rows == NULL)
        return fault(f, ERR_NO_MEMORY, "the file is too large");
    if (r->row_count > 0) {
        memcpy(lines, r->lines, r->row_count * sizeof *lines);
        memcpy(rows, r->rows, r->row_count * sizeof *rows);
    }
    r->lines = lines;
    r->rows = rows;
    r->row_room = room;
    return ERR_OK;
}

static enum err take_row(void *context, const struct csv_row *row, struct fault *f)
{
    struct reading *r = context;
    const struct import *i = r->import;
    if (row->line == 1)
        return take_heading(r, row, f);
    enum err e = grow(r, f);
    const char **cells = e == ERR_OK ? arena_zero(r->importer->arena, width_of(i), sizeof *cells) : NULL;
    if (cells == NULL)
        return e != ERR_OK ? e : fault(f, ERR_NO_MEMORY, "the file is too large");
    size_t at = i->column_count;
    for (size_t k = 0; k < i->column_count; k++) {
        if ((e = clean_cell(r, row, k, &cells[k], f)) != ERR_OK)
            return e;
        if (i->columns[k].codes != NULL)
            cells[at++] = code_cell(r->importer->arena, i->columns[k].codes, cells[k]);
    }
    if (i->derive != NULL && (e = i->derive(r->importer, cells, cells + at, f)) != ERR_OK)
        return e;
    r->lines[r->row_count] = row->line;
    r->rows[r->row_count++] = cells;
    return ERR_OK;
}

/* Columns of the file, then NAME_number of those with codes, then the extra ones. */
static const char *column_name(struct arena *a, const struct import *i, size_t at)
{
    size_t codes = codes_count(i);
    if (at < i->column_count)
        return i->columns[at].name;
    if (at >= i->column_count + codes)
        return i->extra[at - i->column_count - codes];
    size_t nth = at - i->column_count;
    const char *name = NULL;
    for (size_t k = 0; k < i->column_count && name == NULL; k++)
        if (i->columns[k].codes != NULL && nth-- == 0)
            name = arena_print(a, "%s_number", i->columns[k].name);
    return name;
}

/* The names are this program's own, never the file's. */
static enum err make_table(struct importer *m, const struct import *i, struct fault *f)
{
    char script[4000] = "create temporary table incoming (line bigint";
    size_t at = strlen(script);
    for (size_t k = 0; k < width_of(i); k++)
        at += (size_t)snprintf(script + at, sizeof script - at, ", \"%s\" text", column_name(m->arena, i, k));
    snprintf(script + at, sizeof script - at, ") on commit drop");
    return db_script(m->db, script, f);
}

static void put_column(struct reading *r, struct db_params *p, size_t column)
{
    struct db_array x;
    size_t payload = 0;
    for (size_t k = 0; k < r->row_count; k++)
        payload += r->rows[k][column] != NULL ? strlen(r->rows[k][column]) : 0;
    db_array_begin(&x, p, DB_TEXT, r->row_count, payload);
    for (size_t k = 0; k < r->row_count; k++) {
        const char *cell = r->rows[k][column];
        if (cell == NULL)
            db_array_null(&x);
        else
            db_array_bytes(&x, cell, strlen(cell));
    }
    db_array_end(&x);
}

static enum err fill_table(struct reading *r, struct fault *f)
{
    struct db_params p;
    struct db_array lines;
    char statement[4000] = "insert into incoming (line";
    size_t at = strlen(statement), width = width_of(r->import);
    for (size_t c = 0; c < width; c++)
        at += (size_t)snprintf(statement + at, sizeof statement - at, ", \"%s\"",
                               column_name(r->importer->arena, r->import, c));
    at += (size_t)snprintf(statement + at, sizeof statement - at, ") select * from unnest($1::bigint[]");
    db_params_begin(&p, r->importer->arena);
    db_array_begin(&lines, &p, DB_INT8, r->row_count, r->row_count * 8);
    for (size_t k = 0; k < r->row_count; k++)
        db_array_int(&lines, r->lines[k]);
    db_array_end(&lines);
    for (size_t c = 0; c < width; c++) {
        put_column(r, &p, c);
        at += (size_t)snprintf(statement + at, sizeof statement - at, ", $%zu::text[]", c + 2);
    }
    snprintf(statement + at, sizeof statement - at, ")");
    const char *name = arena_print(r->importer->arena, "fill_%s", r->import->name);
    enum err e = db_prepare(r->importer->db, name, statement, f);
    return e == ERR_OK ? db_run(r->importer->db, name, &p, NULL, f) : e;
}

/* What stands in a column of the line; "" when that is not known. */
static const char *cell_of_line(const struct reading *r, int64_t line, size_t column)
{
    for (size_t k = 0; k < r->row_count; k++)
        if (r->lines[k] == line)
            return r->rows[k][column];
    return "";
}

/* With the words that there are, where the column has none of them. */
static const char *with_words(struct reading *r, int64_t line, const char *column, const char *text)
{
    struct importer *m = r->importer;
    for (size_t k = 0; k < r->import->column_count; k++) {
        const struct import_column *c = &r->import->columns[k];
        if (strcmp(c->name, column) != 0 || !import_takes_words(c) ||
            import_takes(c, cell_of_line(r, line, k)))
            continue;
        const char *tokens = import_tokens(m->arena, c);
        return tokens == NULL
                   ? text
                   : arena_print(m->arena,
                                 m->ui.lang == LANG_EN ? "%s; known are: %s" : "%s; các từ đã có: %s", text,
                                 tokens);
    }
    return text;
}

/* Tells every fault of the file. */
static enum err tell_faults(struct reading *r, struct import_result *out, struct fault *f)
{
    struct importer *m = r->importer;
    DB_RESULT rows = NULL;
    struct db_params p;
    db_params_begin(&p, m->arena);
    if (r->import->argument >= 0)
        db_int4(&p, r->import->argument);
    if (r->import->is_limited)
        db_int4(&p, m->above);
    enum err e = m->run(m, arena_print(m->arena, "%s_validate", r->import->name), &p, &rows, f);
    out->faults = e == ERR_OK ? db_rows(rows) : 0;
    for (int k = 0; k < out->faults; k++)
        m->on_fault(m, db_get_int8(rows, k, 0), db_get_text(rows, k, 1),
                    with_words(r, db_get_int8(rows, k, 0), db_get_text(rows, k, 1),
                               db_get_text(rows, k, m->ui.lang == LANG_EN ? 3 : 2)));
    return e;
}

static enum err tell_differences(struct reading *r, struct import_result *out, struct fault *f)
{
    struct importer *m = r->importer;
    DB_RESULT rows = NULL;
    enum err e = m->run(m, arena_print(m->arena, "%s_diff", r->import->name), NULL, &rows, f);
    out->changed = e == ERR_OK ? db_rows(rows) : 0;
    for (int k = 0; k < out->changed; k++) {
        const char *cells[IMPORT_DIFFERENCE];
        for (int c = 0; c < IMPORT_DIFFERENCE; c++)
            cells[c] = db_get_text(rows, k, c);
        m->on_difference(m, cells);
    }
    return e;
}

static enum err import_rows(struct reading *r, bool check, struct import_result *out, struct fault *f)
{
    struct importer *m = r->importer;
    enum err e = r->import->is_kept ? ERR_OK : make_table(m, r->import, f);
    if (e == ERR_OK)
        e = fill_table(r, f);
    if (e == ERR_OK)
        e = tell_faults(r, out, f);
    if (e != ERR_OK || out->faults > 0)
        return e;
    e = r->import->prepare(m, f);
    if (e == ERR_OK)
        e = tell_differences(r, out, f);
    return e == ERR_OK && !check ? r->import->apply(m, f) : e;
}

enum err import_text(struct importer *m, const struct import *i, struct bytes text, bool check,
                     struct import_result *out, struct fault *f)
{
    struct reading r = {.importer = m, .import = i};
    struct arena *cells = arena_make(text.n + CELLS_ROOM);
    *out = (struct import_result){0};
    if (cells == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the file");
    enum err e = csv_read(cells, m->ui.lang, text, take_row, &r, f);
    arena_free(cells);
    if (e == ERR_OK && r.row_count == 0)
        e = ui_fault(&m->ui, f, ERR_BAD_FORMAT, "Tệp không có dòng nào ngoài dòng tiêu đề.",
                     "The file has no line beyond the heading.");
    out->lines = r.row_count;
    if (e == ERR_OK)
        e = import_rows(&r, check, out, f);
    return e == ERR_OK && i->is_kept ? m->run(m, "figures_clear", NULL, NULL, f) : e;
}
