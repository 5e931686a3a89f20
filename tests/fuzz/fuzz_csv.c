/* Whatever bytes a clerk's file holds: reading ends, cells can be cleaned, folded and sorted, and what was
 * read comes back the same when it is written and read again, for Excel and plain. */
#include "common/csv.h"
#include "common/text.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A file being read: its rows are written again, and its cells as they are: each ends in a 0, a row in
 * another. */
struct pass {
    struct csv_out out;
    struct arena *texts;
    char *seen;
    FILE *seen_file;
};

static void must(int holds)
{
    if (!holds)
        abort();
}

static void use_cell(struct arena *a, const char *p, size_t n)
{
    struct bytes clean, key;
    arena_reset(a);
    must(strlen(p) == n);
    if (text_clean(a, p, n, &clean, NULL) != ERR_OK)
        return;
    must(text_valid((const char *)clean.p, clean.n, true) && text_is_nfc((const char *)clean.p, clean.n));
    must(text_fold(a, p, n, &key) == ERR_OK && text_name_key(a, p, n, &key) == ERR_OK);
}

static enum err on_row(void *context, const struct csv_row *row, struct fault *f)
{
    struct pass *pass = context;
    (void)f;
    must(row->count > 0 && row->count <= CSV_MAX_COLUMNS && row->line > 0);
    for (size_t i = 0; i < row->count; i++) {
        use_cell(pass->texts, row->cells[i], row->lengths[i]);
        csv_text(&pass->out, row->cells[i], row->lengths[i]);
        fwrite(row->cells[i], 1, row->lengths[i] + 1, pass->seen_file);
    }
    csv_end_row(&pass->out);
    fputc(0, pass->seen_file);
    return ERR_OK;
}

/* Reads `in`; writes its rows again to *out and its cells as they are to *cells. */
static enum err read_and_write(struct bytes in, bool plain, struct bytes *out, struct bytes *cells)
{
    struct pass pass = {.texts = arena_make((size_t)8 << 20)};
    struct arena *rows = arena_make((size_t)16 << 20);
    struct fault f;
    char *written;
    FILE *file = open_memstream(&written, &out->n);
    pass.seen_file = open_memstream(&pass.seen, &cells->n);
    must(pass.texts != NULL && rows != NULL && file != NULL && pass.seen_file != NULL);
    csv_begin(&pass.out, file, plain);
    if (!plain) /* so that the separator is guessed right, whatever the heading holds */
        fputs("x;x;x\n", file);
    else
        fputs("x,x,x\n", file);
    enum err e = csv_read(rows, LANG_VI, in, on_row, &pass, &f);
    must(e == ERR_OK || f.line > 0 || e == ERR_NO_MEMORY);
    fclose(file);
    fclose(pass.seen_file);
    out->p = (uint8_t *)written;
    cells->p = (uint8_t *)pass.seen;
    arena_free(rows);
    arena_free(pass.texts);
    return e;
}

static void check_round(struct bytes in, bool plain)
{
    static const char heading[] = "x\0x\0x\0"; /* and the array's own 0: the end of the row */
    struct bytes out, cells, again, cells_again;
    if (read_and_write(in, plain, &out, &cells) == ERR_OK) {
        must(read_and_write(out, plain, &again, &cells_again) == ERR_OK);
        must(cells_again.n == cells.n + sizeof heading);
        must(memcmp(cells_again.p + sizeof heading, cells.p, cells.n) == 0);
        free((void *)again.p);
        free((void *)cells_again.p);
    }
    free((void *)out.p);
    free((void *)cells.p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, size};
    check_round(in, true);
    check_round(in, false);
    return 0;
}
