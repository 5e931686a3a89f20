#include "common/csv.h"
#include "common/csv_guard.h"
#include <csv.h>
#include <string.h>
#include <unistr.h>

/* What csv_parse's callbacks work on. They can't stop it: after the first error they only wait for the end of
 * the line that is being fed. */
struct reader {
    struct arena *arena;
    enum lang lang;
    csv_row_fn *on_row;
    void *context;
    struct fault *fault;
    enum err e;
    long line;
    long row_line;
    bool in_row;
    bool any_text;
    size_t count;
    const char *cells[CSV_MAX_COLUMNS];
    size_t lengths[CSV_MAX_COLUMNS];
};

/* "Line 12: ..." in the language asked for. */
static enum err line_fault(struct fault *f, enum lang lang, enum err code, long line, struct text_pair text)
{
    fault(f, code, "%s %ld: %s", lang == LANG_EN ? "Line" : "Dòng", line, text_in(lang, text));
    if (f != NULL)
        f->line = line;
    return code;
}

static enum err row_fault(struct reader *r, enum err code, struct text_pair text)
{
    return line_fault(r->fault, r->lang, code, r->row_line, text);
}

static enum err cell_too_long(struct reader *r)
{
    return row_fault(
        r, ERR_TOO_LARGE,
        (struct text_pair){"có một ô quá dài; có thể thiếu dấu ngoặc kép đóng. Hãy sửa rồi lưu lại tệp.",
                           "a cell is too long; perhaps a closing quote is missing. Mend it and save "
                           "the file again."});
}

static enum err take_cell(struct reader *r, const char *p, size_t n)
{
    if (r->count == CSV_MAX_COLUMNS)
        return row_fault(
            r, ERR_TOO_LARGE,
            (struct text_pair){"có quá nhiều cột. Hãy xoá các cột thừa rồi lưu lại tệp.",
                               "there are too many columns. Remove those not needed and save the file "
                               "again."});
    if (n > CSV_MAX_CELL)
        return cell_too_long(r);
    csv_unguard(&p, &n);
    const char *copy = arena_copy(r->arena, p, n);
    if (copy == NULL)
        return fault(r->fault, ERR_NO_MEMORY, "out of memory");
    r->any_text = r->any_text || n > 0;
    r->lengths[r->count] = n;
    r->cells[r->count++] = copy;
    return ERR_OK;
}

static void on_cell(void *p, size_t n, void *data)
{
    struct reader *r = data;
    if (r->e == ERR_OK)
        r->e = take_cell(r, p == NULL ? "" : p, n);
}

static void on_row_end(int terminator, void *data)
{
    struct reader *r = data;
    (void)terminator;
    struct csv_row row = {r->row_line, r->count, r->cells, r->lengths};
    if (r->e == ERR_OK && r->any_text) {
        r->e = r->on_row(r->context, &row, r->fault);
        if (r->e != ERR_OK && r->fault != NULL && r->fault->line == 0)
            r->fault->line = r->row_line;
    }
    r->count = 0;
    r->any_text = false;
    r->in_row = false;
    arena_reset(r->arena);
}

/* Bytes of the first line, its line break included: \n, \r\n or \r. */
static size_t line_length(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '\n')
            return i + 1;
        if (p[i] == '\r')
            return i + 1 < n && p[i + 1] == '\n' ? i + 2 : i + 1;
    }
    return n;
}

static bool is_blank_line(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (memchr(" \t\r\n", p[i], 4) == NULL)
            return false;
    return true;
}

static enum err parser_fault(struct reader *r, struct csv_parser *parser)
{
    if (csv_error(parser) != CSV_EPARSE)
        return fault(r->fault, ERR_NO_MEMORY, "out of memory");
    return row_fault(
        r, ERR_MALFORMED,
        (struct text_pair){"dấu ngoặc kép không đúng chỗ hoặc chưa đóng. Hãy sửa rồi lưu lại tệp.",
                           "a quote is out of place or not closed. Mend it and save the file again."});
}

/* One line of the file at a time, so that the line on which a row begins is known. */
static enum err feed(struct reader *r, struct csv_parser *parser, struct bytes text)
{
    for (size_t at = 0, n; at < text.n; at += n, r->line++) {
        n = line_length(text.p + at, text.n - at);
        if (!r->in_row && is_blank_line(text.p + at, n))
            continue;
        if (!r->in_row)
            r->row_line = r->line;
        r->in_row = true;
        size_t done = csv_parse(parser, text.p + at, n, on_cell, on_row_end, r);
        if (r->e != ERR_OK)
            return r->e;
        if (done != n)
            return parser_fault(r, parser);
        if (parser->entry_pos > CSV_MAX_CELL)
            return cell_too_long(r);
    }
    if (r->in_row && csv_fini(parser, on_cell, on_row_end, r) != 0)
        return parser_fault(r, parser);
    return r->e;
}

static unsigned char guess_separator(struct bytes text)
{
    static const char separators[] = ";,\t";
    size_t counts[sizeof separators - 1] = {0};
    bool quoted = false;
    for (size_t i = 0; i < text.n && (quoted || (text.p[i] != '\n' && text.p[i] != '\r')); i++) {
        const char *s = text.p[i] == '\0' ? NULL : strchr(separators, text.p[i]);
        if (text.p[i] == '"')
            quoted = !quoted;
        else if (s != NULL && !quoted)
            counts[s - separators]++;
    }
    size_t best = 0;
    for (size_t i = 1; i < sizeof counts / sizeof counts[0]; i++)
        if (counts[i] > counts[best])
            best = i;
    return (unsigned char)separators[best];
}

static struct bytes without(struct bytes text, size_t n)
{
    return (struct bytes){text.p + n, text.n - n};
}

static struct bytes skip_blank_lines(struct bytes text, long *line)
{
    for (size_t n; text.n > 0 && is_blank_line(text.p, n = line_length(text.p, text.n)); ++*line)
        text = without(text, n);
    return text;
}

static long line_of(struct bytes text, const uint8_t *at)
{
    long line = 1;
    for (size_t i = 0, n; i < text.n && text.p + i + (n = line_length(text.p + i, text.n - i)) <= at; i += n)
        line++;
    return line;
}

static enum err check_encoding(struct bytes text, enum lang lang, struct fault *f)
{
    const uint8_t *bad = u8_check(text.p, text.n);
    if (bad == NULL)
        bad = text.n == 0 ? NULL : memchr(text.p, '\0', text.n);
    if (bad == NULL)
        return ERR_OK;
    return line_fault(
        f, lang, ERR_BAD_TEXT, line_of(text, bad),
        (struct text_pair){"tệp không phải là UTF-8. Trong Excel, hãy chọn Lưu thành “CSV UTF-8”.",
                           "the file is not UTF-8. In Excel, choose Save As \"CSV UTF-8\"."});
}

enum err csv_read(struct arena *a, enum lang lang, struct bytes text, csv_row_fn *on_row, void *context,
                  struct fault *f)
{
    struct reader r = {
        .arena = a, .lang = lang, .on_row = on_row, .context = context, .fault = f, .line = 1, .row_line = 1};
    struct csv_parser parser;
    enum err e = check_encoding(text, lang, f);
    if (e != ERR_OK)
        return e;
    if (text.n >= 3 && memcmp(text.p, "\ufeff", 3) == 0)
        text = without(text, 3);
    text = skip_blank_lines(text, &r.line);
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    csv_set_delim(&parser, guess_separator(text));
    e = feed(&r, &parser, text);
    csv_free(&parser);
    return e;
}
