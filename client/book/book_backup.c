/* One consistent copy of the register. */
#include "client/book/book_private.h"
#include "common/os.h"

static void connection_close(sqlite3 **db)
{
    sqlite3_close(*db);
    *db = NULL;
}

static enum err backup_fault(const struct book *b, const char *path, sqlite3 *copy, struct fault *f)
{
    return ui_fault(
        b->ui, f, ERR_FILE,
        "Không ghi được bản sao lưu %s (%s). Hãy chọn nơi khác có đủ chỗ trống rồi làm lại.",
        "The backup %s can't be written (%s). Choose another place with enough room, then try again.", path,
        sqlite3_errmsg(copy));
}

static bool copy_pages(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup == NULL)
        return false;
    int got = sqlite3_backup_step(backup, -1);
    return sqlite3_backup_finish(backup) == SQLITE_OK && got == SQLITE_DONE;
}

/* A single file that can be read from a medium that is read only: no WAL. Read back before it is relied on.
 */
static bool copy_settle(sqlite3 *copy)
{
    STATEMENT_ALONE s = NULL;
    return sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(copy, "PRAGMA quick_check(1)", -1, &s, NULL) == SQLITE_OK &&
           sqlite3_step(s) == SQLITE_ROW &&
           sqlite3_stricmp((const char *)sqlite3_column_text(s, 0), "ok") == 0;
}

enum err book_backup(struct book *b, const char *path, struct fault *f)
{
    __attribute__((cleanup(connection_close))) sqlite3 *copy = NULL;
    if (os_exists(path) && os_file_size(path) > 0)
        return ui_fault(b->ui, f, ERR_EXISTS, "Đã có tệp %s; hãy đặt tên khác cho bản sao lưu.",
                        "There is a file %s already; give the backup another name.", path);
    /* Made by us first, since the copy holds keys and nobody else may read it. */
    enum err e = os_file_write(path, "", 0, 0600, f);
    if (e != ERR_OK)
        return e;
    if (sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        sqlite3_exec(copy, "PRAGMA synchronous = FULL", NULL, NULL, NULL) != SQLITE_OK ||
        !copy_pages(b->db, copy) || !copy_settle(copy))
        return backup_fault(b, path, copy, f);
    return ERR_OK;
}
