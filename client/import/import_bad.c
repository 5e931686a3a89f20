/* The file to mend: the lines that were left out as they came, each with its line number and the reason,
 * headings that an import understands. */
#include "client/import.h"
#include <string.h>

static enum err begin(struct import *m, struct fault *f)
{
    m->bad_file = fopen(m->bad_path, "w");
    if (m->bad_file == NULL)
        return ui_fault(
            &m->client->ui, f, ERR_FILE, "Không ghi được tệp lỗi %s; hãy chọn nơi khác bằng --bad TỆP.",
            "The file of bad lines %s can't be written; choose another by --bad FILE.", m->bad_path);
    csv_begin(&m->bad_csv, m->bad_file, false);
    for (size_t k = 0; k < m->column_count; k++)
        csv_string(&m->bad_csv, m->headings[k]);
    csv_string(&m->bad_csv, text_in(m->client->ui.lang, (struct text_pair){"Dòng lỗi", "Bad line"}));
    csv_string(&m->bad_csv, text_in(m->client->ui.lang, (struct text_pair){"Lý do", "Reason"}));
    csv_end_row(&m->bad_csv);
    return ERR_OK;
}

enum err import_bad(struct import *m, const struct csv_row *row, const struct fault *why, struct fault *f)
{
    enum err e = m->bad_file == NULL ? begin(m, f) : ERR_OK;
    if (e != ERR_OK)
        return e;
    m->bad++;
    ui_tell(&m->client->ui, "Dòng %ld: %s", "Line %ld: %s", row->line, why->text);
    for (size_t k = 0; k < m->column_count; k++) {
        bool is_there = k < row->count;
        csv_text(&m->bad_csv, is_there ? row->cells[k] : "", is_there ? row->lengths[k] : 0);
    }
    csv_int(&m->bad_csv, row->line);
    csv_string(&m->bad_csv, why->text);
    csv_end_row(&m->bad_csv);
    return ERR_OK;
}

enum err import_bad_end(struct import *m, struct fault *f)
{
    FILE *file = m->bad_file;
    m->bad_file = NULL;
    if (file != NULL && fclose(file) != 0)
        return ui_fault(
            &m->client->ui, f, ERR_FILE, "Không ghi hết được tệp lỗi %s; hãy kiểm tra dung lượng đĩa.",
            "The file of bad lines %s could not be written to its end; check the disk.", m->bad_path);
    return ERR_OK;
}
