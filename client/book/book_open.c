/* Opening, closing and transactions. */
#include "client/book/book_private.h"
#include "common/os.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUSY_MS 10000

/* synchronous=FULL: what a command has said to be kept survives a power cut. secure_delete: what is taken
 * away is overwritten. */
static const char opening[] = "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; "
                              "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;";

static enum err file_ready(const struct ui *ui, const char *folder, const char *path, bool make,
                           struct fault *f)
{
    if (os_exists(path))
        return ERR_OK;
    if (!make)
        return ui_fault(ui, f, ERR_FILE, "Chưa có sổ hội viên trong %s. Hãy tạo sổ (%s init MÃ-GHI-DANH).",
                        "There is no register in %s. Make one (%s init ENROLMENT-CODE).", folder,
                        ui->program);
    enum err e = os_folder_make(folder, f);
    return e != ERR_OK ? e : os_file_write(path, "", 0, 0600, f);
}

static enum err connect(struct book *b, const char *path, struct fault *f)
{
    if (sqlite3_open_v2(path, &b->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return book_fault(b, f);
    sqlite3_extended_result_codes(b->db, 1);
    sqlite3_busy_timeout(b->db, BUSY_MS);
    enum err e = book_execute(b, opening, f);
    if (e != ERR_OK)
        return e;
    e = book_schema(b, f);
    return e != ERR_OK ? e : book_execute(b, "PRAGMA journal_mode = WAL", f);
}

enum err book_open(struct book **out, const struct ui *ui, const char *folder, bool make, struct fault *f)
{
    char path[4096];
    *out = NULL;
    int n = snprintf(path, sizeof path, "%s/register.db", folder);
    if (n < 0 || (size_t)n >= sizeof path)
        return ui_fault(ui, f, ERR_FILE, "Tên thư mục quá dài; hãy chọn thư mục khác.",
                        "The folder's name is too long; choose another folder.");
    enum err e = file_ready(ui, folder, path, make, f);
    if (e != ERR_OK)
        return e;
    struct book *b = calloc(1, sizeof *b);
    if (b != NULL) {
        b->ui = ui;
        b->of_kind = calloc(kind_count, sizeof *b->of_kind);
    }
    if (b == NULL || b->of_kind == NULL)
        e = fault(f, ERR_NO_MEMORY, "out of memory");
    else
        e = connect(b, path, f);
    if (e != ERR_OK)
        book_close(&b);
    *out = b;
    return e;
}

void book_close(struct book **b)
{
    struct book *it = *b;
    if (it == NULL)
        return;
    for (size_t i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(it->fixed[i]);
    for (size_t k = 0; it->of_kind != NULL && k < kind_count; k++)
        for (size_t i = 0; i < KIND_SQL_COUNT; i++)
            sqlite3_finalize(it->of_kind[k][i]);
    sqlite3_close(it->db);
    free(it->of_kind);
    free(it);
    *b = NULL;
}

void book_forget(struct book *b)
{
    b->marks = (struct marks){0};
    memset(b->known, 0, sizeof b->known);
}

enum err book_begin(struct book *b, struct fault *f)
{
    book_forget(b);
    return book_run(b, SQL_BEGIN, f, "");
}

enum err book_commit(struct book *b, struct fault *f)
{
    book_forget(b);
    return book_run(b, SQL_COMMIT, f, "");
}

void book_rollback(struct book *b)
{
    book_forget(b);
    if (!sqlite3_get_autocommit(b->db) && book_run(b, SQL_ROLLBACK, NULL, "") != ERR_OK)
        sqlite3_exec(b->db, "ROLLBACK", NULL, NULL, NULL);
}

enum err scope_open(struct book *b, bool *own, struct fault *f)
{
    *own = sqlite3_get_autocommit(b->db) != 0;
    return *own ? book_begin(b, f) : ERR_OK;
}

enum err scope_close(struct book *b, bool own, enum err e, struct fault *f)
{
    if (!own)
        return e;
    if (e == ERR_OK)
        e = book_commit(b, f);
    if (e != ERR_OK)
        book_rollback(b);
    return e;
}

enum err marks_load(struct book *b, struct fault *f)
{
    bool lasting = !sqlite3_get_autocommit(b->db);
    if (lasting && b->marks.loaded)
        return ERR_OK;
    STATEMENT s = NULL;
    bool row;
    enum err e = book_fixed(b, SQL_MARKS, &s, f);
    if (e != ERR_OK || (e = book_step(b, s, &row, f)) != ERR_OK)
        return e;
    struct marks m = {.loaded = lasting,
                      .last = column_u64(s, 0),
                      .acked = column_u64(s, 1),
                      .sent = column_u64(s, 2),
                      .base = column_u64(s, 3),
                      .refused = sqlite3_column_int(s, 4) != 0,
                      .conflicts = sqlite3_column_int(s, 5) != 0};
    /* The newest entry may have been pruned long after it was acknowledged. */
    if (m.last < m.acked)
        m.last = m.acked;
    if (m.sent < m.acked)
        m.sent = m.acked;
    b->marks = m;
    return ERR_OK;
}
