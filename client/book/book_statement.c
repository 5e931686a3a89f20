/* Statements of the register: texts, cache, binding, stepping, and what to tell the clerk when one fails. */
#include "client/book/book_private.h"
#include <string.h>

static const char *const texts[SQL_COUNT] = {
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
    [SQL_SETTING_PUT] = "INSERT INTO settings (name, value) VALUES (?1, ?2) "
                        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    [SQL_SETTING_GET] = "SELECT value FROM settings WHERE name = ?1",
    [SQL_UNIT_CLEAR] = "DELETE FROM unit",
    [SQL_UNIT_PUT] = "INSERT INTO unit (position, stream, code, name, level) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_UNIT_EACH] = "SELECT stream, code, name, level FROM unit ORDER BY position",
    [SQL_CURSOR_PUT] = "INSERT INTO cursor (stream, rev, mark, seen, vocabulary) VALUES (?1, ?2, ?3, ?4, ?5) "
                       "ON CONFLICT (stream) DO UPDATE SET rev = excluded.rev, mark = excluded.mark, "
                       "seen = excluded.seen, vocabulary = excluded.vocabulary",
    [SQL_CURSOR_GET] = "SELECT rev, mark, seen, vocabulary FROM cursor WHERE stream = ?1",
    [SQL_MARKS] = "SELECT (SELECT max(number) FROM outbox), "
                  "(SELECT value FROM settings WHERE name = 'outbox.acked'), "
                  "(SELECT value FROM settings WHERE name = 'outbox.sent'), "
                  "(SELECT seen FROM cursor JOIN unit USING (stream) WHERE position = 0), "
                  "EXISTS (SELECT 1 FROM refused), EXISTS (SELECT 1 FROM conflict)",
    [SQL_OUTBOX_INSERT] =
        "INSERT INTO outbox (number, kind, record, flags, body) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_OUTBOX_LATEST] =
        "SELECT number, flags, body FROM outbox WHERE record = ?1 ORDER BY number DESC LIMIT 1",
    [SQL_OUTBOX_REWRITE] = "UPDATE outbox SET flags = ?2, body = ?3 WHERE number = ?1",
    [SQL_OUTBOX_BY_NUMBER] = "SELECT kind, record, flags, body FROM outbox WHERE number = ?1",
    [SQL_OUTBOX_NEXT] = "SELECT number, body FROM outbox WHERE number > ?1 ORDER BY number LIMIT ?2",
    [SQL_OUTBOX_AFTER] = "SELECT flags, body FROM outbox WHERE record = ?1 AND number > ?2 ORDER BY number",
    [SQL_OUTBOX_REMOVE] = "DELETE FROM outbox WHERE record = ?1 AND number > ?2",
    [SQL_OUTBOX_LEAVE] =
        "UPDATE outbox SET flags = flags | 2 WHERE record = ?1 AND number > ?2 AND number <= ?3",
    [SQL_OUTBOX_LEAVING] = "SELECT kind, record FROM outbox WHERE flags >= 2 AND number <= ?1 LIMIT 1",
    [SQL_OUTBOX_NUMBERS] = "SELECT number FROM outbox WHERE number > ?1 ORDER BY number",
    [SQL_OUTBOX_RENUMBER] = "UPDATE outbox SET number = ?2 WHERE number = ?1",
    [SQL_OUTBOX_EMPTY] = "UPDATE outbox SET flags = 0, body = ?3 WHERE record = ?1 AND number <= ?2",
    [SQL_OUTBOX_WHERE] = "SELECT max(number) FROM outbox WHERE record = ?1",
    [SQL_OUTBOX_COUNTS] =
        "SELECT (SELECT count(*) FROM refused WHERE NOT dropped), (SELECT count(*) FROM conflict)",
    [SQL_ACK_DAY_KNOWN] = "SELECT 1 FROM ack_day WHERE day = ?1",
    [SQL_ACK_DAY_PUT] = "INSERT INTO ack_day (day, number) VALUES (?1, ?2) "
                        "ON CONFLICT (day) DO UPDATE SET number = excluded.number",
    [SQL_ACK_DAY_PRUNE] = "DELETE FROM ack_day WHERE day < ?1",
    [SQL_OUTBOX_PRUNE] =
        "DELETE FROM outbox WHERE number <= (SELECT max(number) FROM ack_day WHERE day < ?1)",
    [SQL_REFUSED_PUT] = "INSERT OR REPLACE INTO refused "
                        "(number, kind, record, code, field, depends_on, mask, flags, dropped, stands) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
                        "EXISTS (SELECT 1 FROM refused WHERE record = ?3 AND dropped), ?9)",
    [SQL_REFUSED_STAND] = "UPDATE refused SET stands = ?2 WHERE record = ?1",
    [SQL_REFUSED_STANDS] = "SELECT mask, stands FROM refused WHERE record = ?1 ORDER BY number",
    [SQL_REFUSED_OF_RECORD] = "SELECT mask, flags FROM refused WHERE record = ?1",
    [SQL_REFUSED_DEPENDENT] =
        "WITH RECURSIVE d (number) AS (SELECT number FROM refused WHERE record = ?1 "
        "UNION SELECT r.number FROM refused r JOIN d ON r.depends_on = d.number WHERE r.code = ?2) "
        "SELECT kind, record, mask, flags FROM refused JOIN d USING (number) "
        "WHERE record <> ?1 AND NOT dropped ORDER BY number",
    [SQL_REFUSED_REMOVE] = "DELETE FROM refused WHERE record = ?1",
    [SQL_REFUSED_DROP] = "UPDATE refused SET dropped = 1 WHERE record = ?1",
    [SQL_REFUSED_FIRST] = "SELECT min(number) FROM refused WHERE record = ?1",
    [SQL_REFUSED_POINT] = "UPDATE refused SET depends_on = ?2 WHERE number = ?1",
    [SQL_REFUSED_EACH] =
        "SELECT number, kind, record, code, field FROM refused WHERE NOT dropped ORDER BY number",
    [SQL_CONFLICT_PUT] = "INSERT OR REPLACE INTO conflict (number, field, kind, record, other) "
                         "VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_CONFLICT_SETTLE] = "DELETE FROM conflict WHERE record = ?1 AND (?2 >> field) & 1",
    [SQL_CONFLICT_REMOVE] = "DELETE FROM conflict WHERE record = ?1",
    [SQL_CONFLICT_EACH] = "SELECT kind, record, field, other FROM conflict ORDER BY number, field LIMIT ?1",
    [SQL_ABOVE_PUT] = "INSERT OR REPLACE INTO above (record, stream) VALUES (?1, ?2)",
    [SQL_ABOVE_REMOVE] = "DELETE FROM above WHERE record = ?1",
    [SQL_ABOVE_UNIT] =
        "SELECT coalesce(unit.name, '') FROM above LEFT JOIN unit USING (stream) WHERE record = ?1",
};

/* Sentences for what SQLite says, by its primary result code. */
static const struct {
    int code;
    enum err err;
    struct text_pair words;
} complaints[] = {
    {SQLITE_BUSY,
     ERR_BUSY,
     {"Một lệnh khác đang dùng sổ này; hãy đợi lệnh ấy xong rồi làm lại.",
      "Another command is using this register; wait until it has finished, then try again."}},
    {SQLITE_FULL,
     ERR_DB,
     {"Ổ đĩa đã đầy nên chưa ghi được gì; hãy giải phóng chỗ trống rồi làm lại.",
      "The disk is full and nothing was written; make room, then try again."}},
    {SQLITE_CORRUPT,
     ERR_DB,
     {"Tệp của sổ (register.db) bị hỏng; hãy chép bản sao lưu mới nhất vào chỗ của nó rồi đồng bộ.",
      "The register's file (register.db) is damaged; put the latest backup in its place, then sync."}},
    {SQLITE_NOTADB,
     ERR_DB,
     {"Tệp register.db không phải là sổ hội viên; hãy chép bản sao lưu mới nhất vào chỗ của nó rồi đồng bộ.",
      "The file register.db is not a register; put the latest backup in its place, then sync."}},
    {SQLITE_READONLY,
     ERR_FILE,
     {"Không được phép ghi vào sổ; hãy kiểm tra quyền của thư mục chứa sổ.",
      "The register may not be written to; check the permissions of its folder."}},
    {SQLITE_CANTOPEN,
     ERR_FILE,
     {"Không mở được tệp của sổ; hãy kiểm tra quyền của thư mục chứa sổ.",
      "The register's file can't be opened; check the permissions of its folder."}},
    {SQLITE_IOERR,
     ERR_FILE,
     {"Không đọc hoặc ghi được ổ đĩa; hãy kiểm tra ổ đĩa rồi làm lại.",
      "The disk can't be read or written; check it, then try again."}},
    {SQLITE_NOMEM,
     ERR_NO_MEMORY,
     {"Máy không còn đủ bộ nhớ; hãy đóng bớt chương trình rồi làm lại.",
      "The computer is out of memory; close other programs, then try again."}},
};

static enum err complaint(const struct book *b, int code, struct fault *f)
{
    for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++)
        if (complaints[i].code == code)
            return ui_fault(b->ui, f, complaints[i].err, "%s", "%s",
                            text_in(b->ui->lang, complaints[i].words));
    return ui_fault(b->ui, f, ERR_DB, "Sổ báo lỗi: %s. Hãy làm lại; nếu vẫn lỗi, hãy báo người giữ máy chủ.",
                    "The register says: %s. Try again; if it stays so, tell the server's operator.",
                    b->db == NULL ? sqlite3_errstr(code) : sqlite3_errmsg(b->db));
}

enum err book_fault(const struct book *b, struct fault *f)
{
    return complaint(b, b->db == NULL ? SQLITE_NOMEM : sqlite3_errcode(b->db) & 0xff, f);
}

enum err book_no_memory(const struct book *b, struct fault *f)
{
    return complaint(b, SQLITE_NOMEM, f);
}

static enum err prepare(struct book *b, const char *sql, sqlite3_stmt **slot, struct fault *f)
{
    if (sqlite3_prepare_v3(b->db, sql, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL) != SQLITE_OK)
        return book_fault(b, f);
    return ERR_OK;
}

enum err book_fixed(struct book *b, enum book_sql which, sqlite3_stmt **out, struct fault *f)
{
    enum err e = b->fixed[which] == NULL ? prepare(b, texts[which], &b->fixed[which], f) : ERR_OK;
    *out = b->fixed[which];
    return e;
}

void sql_columns(sqlite3_str *out, const struct kind *kind, const char *prefix)
{
    for (size_t i = 0; i < kind->field_count; i++)
        sqlite3_str_appendf(out, "%s%s\"%w\"", i == 0 ? "" : ", ", prefix, kind->fields[i].name);
}

static void sql_insert(sqlite3_str *out, const struct kind *kind)
{
    bool named = kind_name_field(kind) >= 0;
    sqlite3_str_appendf(out, "INSERT INTO \"%w\" (id, ", kind->table);
    sql_columns(out, kind, "");
    sqlite3_str_appendf(out, "%s) VALUES (?1", named ? ", sort_key, fold" : "");
    for (size_t i = 0; i < kind->field_count + (named ? 2 : 0); i++)
        sqlite3_str_appendf(out, ", ?%d", (int)i + 2);
    sqlite3_str_appendall(out, ")");
}

static void sql_upsert(sqlite3_str *out, const struct kind *kind)
{
    sql_insert(out, kind);
    sqlite3_str_appendall(out, " ON CONFLICT (id) DO UPDATE SET ");
    for (size_t i = 0; i < kind->field_count; i++)
        sqlite3_str_appendf(out, "%s\"%w\" = excluded.\"%w\"", i == 0 ? "" : ", ", kind->fields[i].name,
                            kind->fields[i].name);
    if (kind_name_field(kind) >= 0)
        sqlite3_str_appendall(out, ", sort_key = excluded.sort_key, fold = excluded.fold");
}

static void sql_find(sqlite3_str *out, const struct kind *kind)
{
    sqlite3_str_appendall(out, "SELECT ");
    sql_columns(out, kind, "");
    sqlite3_str_appendf(out, " FROM \"%w\" WHERE id = ?1", kind->table);
}

static void sql_exists(sqlite3_str *out, const struct kind *kind)
{
    sqlite3_str_appendf(out, "SELECT 1 FROM \"%w\" WHERE id = ?1", kind->table);
}

static void sql_remove(sqlite3_str *out, const struct kind *kind)
{
    sqlite3_str_appendf(out, "DELETE FROM \"%w\" WHERE id = ?1", kind->table);
}

static void (*const builders[KIND_SQL_COUNT])(sqlite3_str *, const struct kind *) = {
    [KIND_INSERT] = sql_insert, [KIND_UPSERT] = sql_upsert, [KIND_FIND] = sql_find,
    [KIND_EXISTS] = sql_exists, [KIND_REMOVE] = sql_remove,
};

enum err book_of_kind(struct book *b, const struct kind *kind, enum kind_sql which, sqlite3_stmt **out,
                      struct fault *f)
{
    sqlite3_stmt **slot = &b->of_kind[kind_index(kind)][which];
    enum err e = ERR_OK;
    if (*slot == NULL) {
        sqlite3_str *text = sqlite3_str_new(b->db);
        builders[which](text, kind);
        char *sql = sqlite3_str_finish(text);
        e = sql == NULL ? book_no_memory(b, f) : prepare(b, sql, slot, f);
        sqlite3_free(sql);
    }
    *out = *slot;
    return e;
}

void statement_done(sqlite3_stmt **s)
{
    if (*s == NULL)
        return;
    sqlite3_reset(*s);
    sqlite3_clear_bindings(*s);
    *s = NULL;
}

void statement_finalize(sqlite3_stmt **s)
{
    sqlite3_finalize(*s);
    *s = NULL;
}

static int bind_one(sqlite3_stmt *s, int i, char form, va_list *args)
{
    struct bytes v;
    switch (form) {
    case 'i':
        return sqlite3_bind_int64(s, i, va_arg(*args, int64_t));
    case 'd':
        return sqlite3_bind_blob(s, i, va_arg(*args, const struct id *), sizeof(struct id), SQLITE_STATIC);
    case 'b':
        v = va_arg(*args, struct bytes);
        return sqlite3_bind_blob64(s, i, v.n == 0 ? "" : (const void *)v.p, v.n, SQLITE_STATIC);
    case 't':
        return sqlite3_bind_text(s, i, va_arg(*args, const char *), -1, SQLITE_STATIC);
    default:
        return sqlite3_bind_null(s, i);
    }
}

static enum err bind_all(struct book *b, sqlite3_stmt *s, struct fault *f, const char *form, va_list *args)
{
    for (int i = 0; form[i] != '\0'; i++)
        if (bind_one(s, i + 1, form[i], args) != SQLITE_OK)
            return book_fault(b, f);
    return ERR_OK;
}

enum err book_bind(struct book *b, sqlite3_stmt *s, struct fault *f, const char *form, ...)
{
    va_list args;
    va_start(args, form);
    enum err e = bind_all(b, s, f, form, &args);
    va_end(args);
    return e;
}

enum err book_step(struct book *b, sqlite3_stmt *s, bool *row, struct fault *f)
{
    int got = sqlite3_step(s);
    *row = got == SQLITE_ROW;
    return got == SQLITE_ROW || got == SQLITE_DONE ? ERR_OK : book_fault(b, f);
}

enum err book_run(struct book *b, enum book_sql which, struct fault *f, const char *form, ...)
{
    STATEMENT s = NULL;
    enum err e = book_fixed(b, which, &s, f);
    if (e != ERR_OK)
        return e;
    va_list args;
    va_start(args, form);
    e = bind_all(b, s, f, form, &args);
    va_end(args);
    bool row;
    return e != ERR_OK ? e : book_step(b, s, &row, f);
}

enum err book_execute(struct book *b, const char *sql, struct fault *f)
{
    return sqlite3_exec(b->db, sql, NULL, NULL, NULL) == SQLITE_OK ? ERR_OK : book_fault(b, f);
}

uint64_t column_u64(sqlite3_stmt *s, int column)
{
    return (uint64_t)sqlite3_column_int64(s, column);
}

struct bytes column_bytes(sqlite3_stmt *s, int column)
{
    const void *p = sqlite3_column_blob(s, column);
    return (struct bytes){p, (size_t)sqlite3_column_bytes(s, column)};
}

bool column_id(sqlite3_stmt *s, int column, struct id *out)
{
    struct bytes v = column_bytes(s, column);
    if (v.n != sizeof out->b)
        return false;
    memcpy(out->b, v.p, sizeof out->b);
    return true;
}
