/* CSV in and out. Reading is libcsv's work; this adds the byte order mark, the guess of the separator,
 * headings and line numbers. */
#ifndef HV_CSV_H
#define HV_CSV_H

#include "common/arena.h"
#include "common/fault.h"
#include "common/lang.h"
#include "common/value.h"
#include <stdio.h>

#define CSV_MAX_COLUMNS 128
#define CSV_MAX_CELL    65536 /* bytes; more is a quote that was never closed */

struct csv_row {
    long line; /* on which the row begins, from 1 */
    size_t count;
    const char **cells; /* NUL-terminated; not cleaned (text_clean does that) */
    const size_t *lengths;
};

/* Called for each row, the heading first; a non-zero return stops the reading and is handed back, its fault
 * with the row's line if it had none. Rows without any text are passed over. */
typedef enum err csv_row_fn(void *context, const struct csv_row *row, struct fault *f);

/* Reads a whole CSV text: UTF-8 with or without BOM, separator ';' or ',' or tab (whichever the heading has
 * more of), cells without outer blanks unless quoted. What csv_text protected from Excel comes back as it
 * was. The arena holds the cells of one row and is reset after each. What is wrong with the file is a
 * sentence in `lang`, with its line: ERR_BAD_TEXT (not UTF-8, NUL), ERR_TOO_LARGE (columns, one cell),
 * ERR_MALFORMED (a quote out of place or not closed). */
enum err csv_read(struct arena *a, enum lang lang, struct bytes text, csv_row_fn *on_row, void *context,
                  struct fault *f) HV_MUST_USE;

/* Writing. For a Vietnamese Excel: BOM, ';', decimal comma; plain: no BOM, ',', decimal point.
 *
 * Excel would run texts that begin with = + - @ as formulas, and would turn "0912345678", "+84912345678" and
 * "04/1975" into numbers and dates. So, unless plain, texts of digits that are no simple number are written
 * as
 * ="0912345678", which Excel shows as the bare text, and saves again as such; other texts at risk get a ' in
 * front. csv_read takes both off. (In plain files only texts that look so protected get a '.) */
struct csv_out {
    FILE *file;
    bool plain;
    size_t column; /* of the row being written */
};

void csv_begin(struct csv_out *c, FILE *file, bool plain);
void csv_text(struct csv_out *c, const char *p, size_t n);
void csv_string(struct csv_out *c, const char *s);
void csv_int(struct csv_out *c, int64_t n);
/* 100 * num / den with `decimals` places; empty when den is 0 */
void csv_ratio(struct csv_out *c, int64_t num, int64_t den, int decimals);
/* ISO in plain, dd/mm/yyyy otherwise; empty when 0 */
void csv_date(struct csv_out *c, int32_t date);
void csv_end_row(struct csv_out *c);

#endif
