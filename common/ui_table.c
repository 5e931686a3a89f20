#include "common/text.h"
#include "common/ui.h"
#include <stdlib.h>
#include <string.h>

#define GAP 2 /* blanks between columns */

struct column {
    char *heading;
    bool right;
    size_t width;
};

struct table {
    size_t columns;
    struct column *column;
    char **cells; /* row by row */
    size_t count;
    size_t room;
};

static void *or_end(void *p)
{
    if (p == NULL) {
        fputs("out of memory\n", stderr);
        exit(EXIT_FAILED);
    }
    return p;
}

static char *copy_flat(const char *text, char keep)
{
    char *copy = or_end(strdup(text == NULL ? "" : text));
    for (char *p = copy; *p != '\0'; p++)
        if (((unsigned char)*p < 0x20 || *p == 0x7f) && *p != keep)
            *p = ' ';
    return copy;
}

static void column_fit(struct column *c, const char *text, size_t n)
{
    size_t width = text_width(text, n);
    if (width > c->width)
        c->width = width;
}

/* NULL: it is the last one. */
static const char *next_line(const char *line)
{
    const char *end = strchr(line, '\n');
    return end != NULL ? end + 1 : NULL;
}

struct table *table_make(size_t columns)
{
    struct table *t = or_end(calloc(1, sizeof *t));
    t->columns = columns;
    t->column = or_end(calloc(columns, sizeof *t->column));
    return t;
}

void table_heading(struct table *t, size_t column, const char *text, bool right)
{
    struct column *c = &t->column[column];
    free(c->heading);
    c->heading = copy_flat(text, '\n');
    c->right = right;
    for (const char *line = c->heading; line != NULL; line = next_line(line))
        column_fit(c, line, strcspn(line, "\n"));
}

void table_cell(struct table *t, const char *text)
{
    if (t->count == t->room) {
        t->room = t->room == 0 ? 256 : t->room * 2;
        t->cells = or_end(reallocarray(t->cells, t->room, sizeof *t->cells));
    }
    char *copy = copy_flat(text, '\0');
    column_fit(&t->column[t->count % t->columns], copy, strlen(copy));
    t->cells[t->count++] = copy;
}

/* Blanks are owed until something follows them, so that no line ends in any. */
static void write_cell(const struct table *t, size_t column, const char *text, size_t n, size_t *owed,
                       FILE *out)
{
    const struct column *c = &t->column[column];
    size_t width = text_width(text, n), fill = c->width - width;
    size_t before = *owed + (c->right ? fill : 0);
    *owed = GAP + (c->right ? 0 : fill);
    if (n == 0)
        *owed += before;
    else
        fprintf(out, "%*s%.*s", (int)before, "", (int)n, text);
    if (column + 1 == t->columns)
        *owed = 0;
}

static size_t heading_lines(const struct column *c)
{
    size_t n = 0;
    if (c->heading == NULL || c->heading[0] == '\0')
        return 0;
    for (const char *line = c->heading; line != NULL; line = next_line(line))
        n++;
    return n;
}

/* The last lines of all headings stand side by side: `left` lines are still to come below this one. */
static void write_heading_line(const struct table *t, size_t left, FILE *out)
{
    size_t owed = 0;
    for (size_t i = 0; i < t->columns; i++) {
        size_t lines = heading_lines(&t->column[i]);
        const char *line = lines > left ? t->column[i].heading : "";
        for (size_t k = left + 1; k < lines; k++)
            line = next_line(line);
        write_cell(t, i, line, strcspn(line, "\n"), &owed, out);
    }
    fputc('\n', out);
}

static void write_headings(const struct table *t, FILE *out)
{
    size_t most = 0;
    for (size_t i = 0; i < t->columns; i++)
        if (heading_lines(&t->column[i]) > most)
            most = heading_lines(&t->column[i]);
    while (most > 0)
        write_heading_line(t, --most, out);
}

void table_print(const struct table *t, FILE *out)
{
    size_t owed = 0;
    write_headings(t, out);
    for (size_t i = 0; i < t->count; i++) {
        size_t column = i % t->columns;
        write_cell(t, column, t->cells[i], strlen(t->cells[i]), &owed, out);
        if (column + 1 == t->columns || i + 1 == t->count)
            fputc('\n', out);
    }
}

void table_free(struct table *t)
{
    if (t == NULL)
        return;
    for (size_t i = 0; i < t->count; i++)
        free(t->cells[i]);
    for (size_t i = 0; i < t->columns; i++)
        free(t->column[i].heading);
    free(t->cells);
    free(t->column);
    free(t);
}
