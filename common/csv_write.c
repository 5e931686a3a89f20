#include "common/csv.h"
#include "common/csv_guard.h"
#include "common/date.h"
#include "common/target.h"
#include <inttypes.h>
#include <string.h>

void csv_begin(struct csv_out *c, FILE *file, bool plain)
{
    *c = (struct csv_out){file, plain, 0};
    if (!plain)
        fputs("\ufeff", file);
}

static void next_cell(struct csv_out *c)
{
    if (c->column++ > 0)
        fputc(c->plain ? ',' : ';', c->file);
}

/* Quotes for all separators, whichever this file has: readers guess. */
static bool needs_quotes(const char *p, size_t n)
{
    if (n == 0)
        return false;
    if (p[0] == ' ' || p[n - 1] == ' ')
        return true;
    for (size_t i = 0; i < n; i++)
        if (p[i] != '\0' && strchr("\";,\t\r\n", p[i]) != NULL)
            return true;
    return false;
}

static void write_doubling(FILE *file, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '"')
            fputc('"', file);
        fputc(p[i], file);
    }
}

void csv_text(struct csv_out *c, const char *p, size_t n)
{
    next_cell(c);
    enum csv_guard guard = csv_guard_of(p, n, c->plain);
    if (guard == CSV_GUARD_DIGITS) {
        fprintf(c->file, "\"=\"\"%.*s\"\"\"", (int)n, p);
        return;
    }
    bool quotes = needs_quotes(p, n);
    fputs(quotes ? "\"" : "", c->file);
    fputs(guard == CSV_GUARD_MARK ? "'" : "", c->file);
    write_doubling(c->file, p, n);
    fputs(quotes ? "\"" : "", c->file);
}

void csv_string(struct csv_out *c, const char *s)
{
    csv_text(c, s, strlen(s));
}

void csv_int(struct csv_out *c, int64_t n)
{
    next_cell(c);
    fprintf(c->file, "%" PRId64, n);
}

void csv_ratio(struct csv_out *c, int64_t num, int64_t den, int decimals)
{
    char text[64];
    ratio_format(num, den, decimals, c->plain ? LANG_EN : LANG_VI, text, sizeof text);
    next_cell(c);
    fputs(text, c->file);
}

/* A full date is one for Excel too; of 04/1975 it would make a day in April. */
void csv_date(struct csv_out *c, int32_t date)
{
    char text[DATE_TEXT] = "";
    if (date != 0)
        date_format(date, c->plain, text);
    if (date % 100 == 0) {
        csv_string(c, text);
        return;
    }
    next_cell(c);
    fputs(text, c->file);
}

void csv_end_row(struct csv_out *c)
{
    fputc('\n', c->file);
    c->column = 0;
}
