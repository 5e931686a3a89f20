/* Tables: those of the kinds made and widened from the registry, and the few written by hand. */
#include "client/book/book_private.h"
#include <string.h>

#define APPLICATION_ID 0x48565247 /* "HVRG": tells a register from any other SQLite file */
#define LAYOUT         1          /* of the tables written by hand, in user_version */

/* refused.mask: fields that the change set or cleared; flags as in outbox; dropped: the clerk voided what was
 * never kept, so it no longer calls for mending; stands: these fields as the server has them, absent: not
 * known. cursor.seen: the newest revision that the clerk has seen, which stays while a stream is fetched
 * anew. */
static const char tables[] =
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;"
    "CREATE TABLE unit (position INTEGER PRIMARY KEY, stream INTEGER, code TEXT, name TEXT, level INTEGER) "
    "STRICT;"
    "CREATE TABLE cursor (stream INTEGER PRIMARY KEY, rev INTEGER NOT NULL, mark INTEGER NOT NULL, "
    "seen INTEGER NOT NULL, vocabulary INTEGER NOT NULL) STRICT;"
    "CREATE TABLE outbox (number INTEGER PRIMARY KEY, kind INTEGER NOT NULL, record BLOB NOT NULL, "
    "flags INTEGER NOT NULL, body BLOB NOT NULL) STRICT;"
    "CREATE INDEX outbox_record ON outbox (record);"
    "CREATE INDEX outbox_leaving ON outbox (number) WHERE flags >= 2;"
    "CREATE TABLE ack_day (day INTEGER PRIMARY KEY, number INTEGER NOT NULL) STRICT;"
    "CREATE TABLE refused (number INTEGER PRIMARY KEY, kind INTEGER NOT NULL, record BLOB NOT NULL, "
    "code INTEGER NOT NULL, field INTEGER NOT NULL, depends_on INTEGER NOT NULL, mask INTEGER NOT NULL, "
    "flags INTEGER NOT NULL, dropped INTEGER NOT NULL, stands BLOB) STRICT;"
    "CREATE INDEX refused_record ON refused (record);"
    "CREATE TABLE conflict (number INTEGER, field INTEGER, kind INTEGER NOT NULL, record BLOB NOT NULL, "
    "other BLOB, PRIMARY KEY (number, field)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX conflict_record ON conflict (record);";

/* Whose a record is that this register only reads although it keeps others of the kind. */
static const char above_table[] = "CREATE TABLE IF NOT EXISTS above (record BLOB PRIMARY KEY, stream INTEGER "
                                  "NOT NULL) STRICT, WITHOUT ROWID;";

int kind_name_field(const struct kind *kind)
{
    int i = kind_field(kind, "name");
    return i >= 0 && field_type(kind, (size_t)i) == FIELD_TEXT ? i : -1;
}

uint32_t book_vocabulary(void)
{
    uint32_t n = kind_schema();
    for (size_t k = 0; k < kind_count; k++)
        for (size_t i = 0; i < kinds[k]->field_count; i++)
            for (const struct code *c = kinds[k]->fields[i].codes; c != NULL && c->token != NULL; c++)
                n++;
    return n;
}

static const char *column_type(const struct kind *kind, size_t i)
{
    switch (field_type(kind, i)) {
    case FIELD_TEXT:
        return "TEXT";
    case FIELD_ID:
        return "BLOB";
    default:
        return "INTEGER";
    }
}

static enum err execute_built(struct book *b, sqlite3_str *text, struct fault *f)
{
    char *sql = sqlite3_str_finish(text);
    enum err e = sql == NULL ? book_no_memory(b, f) : book_execute(b, sql, f);
    sqlite3_free(sql);
    return e;
}

static enum err table_make_bare(struct book *b, const struct kind *kind, struct fault *f)
{
    sqlite3_str *text = sqlite3_str_new(b->db);
    sqlite3_str_appendf(text, "CREATE TABLE IF NOT EXISTS \"%w\" (id BLOB PRIMARY KEY", kind->table);
    if (kind_name_field(kind) >= 0)
        sqlite3_str_appendall(text, ", sort_key BLOB, fold TEXT");
    sqlite3_str_appendall(text, ") STRICT, WITHOUT ROWID");
    if (kind_name_field(kind) >= 0) /* references in files are found by name */
        sqlite3_str_appendf(text, "; CREATE INDEX IF NOT EXISTS \"%w_fold\" ON \"%w\" (fold)", kind->table,
                            kind->table);
    return execute_built(b, text, f);
}

static enum err column_known(struct book *b, const struct kind *kind, size_t i, bool *known, struct fault *f)
{
    STATEMENT_ALONE s = NULL;
    static const char sql[] = "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2";
    if (sqlite3_prepare_v2(b->db, sql, -1, &s, NULL) != SQLITE_OK)
        return book_fault(b, f);
    enum err e = book_bind(b, s, f, "tt", kind->table, kind->fields[i].name);
    return e != ERR_OK ? e : book_step(b, s, known, f);
}

static enum err column_make(struct book *b, const struct kind *kind, size_t i, struct fault *f)
{
    bool known;
    enum err e = column_known(b, kind, i, &known, f);
    if (e != ERR_OK || known)
        return e;
    sqlite3_str *text = sqlite3_str_new(b->db);
    sqlite3_str_appendf(text, "ALTER TABLE \"%w\" ADD COLUMN \"%w\" %s", kind->table, kind->fields[i].name,
                        column_type(kind, i));
    return execute_built(b, text, f);
}

/* What is looked up by: references, and citizen numbers, which few records of old lists have. */
static enum err index_make(struct book *b, const struct kind *kind, size_t i, struct fault *f)
{
    bool citizen = kind->fields[i].check == CHECK_CITIZEN;
    if (!citizen && field_type(kind, i) != FIELD_ID)
        return ERR_OK;
    const char *name = kind->fields[i].name;
    sqlite3_str *text = sqlite3_str_new(b->db);
    sqlite3_str_appendf(text, "CREATE INDEX IF NOT EXISTS \"%w_%w\" ON \"%w\" (\"%w\")", kind->table, name,
                        kind->table, name);
    if (citizen)
        sqlite3_str_appendf(text, " WHERE \"%w\" IS NOT NULL", name);
    return execute_built(b, text, f);
}

static enum err kind_widen(struct book *b, const struct kind *kind, struct fault *f)
{
    enum err e = table_make_bare(b, kind, f);
    for (size_t i = 0; e == ERR_OK && i < kind->field_count; i++) {
        e = column_make(b, kind, i, f);
        if (e == ERR_OK)
            e = index_make(b, kind, i, f);
    }
    return e;
}

static enum err pragma_number(struct book *b, const char *sql, int64_t *out, struct fault *f)
{
    STATEMENT_ALONE s = NULL;
    bool row;
    if (sqlite3_prepare_v2(b->db, sql, -1, &s, NULL) != SQLITE_OK)
        return book_fault(b, f);
    enum err e = book_step(b, s, &row, f);
    *out = e == ERR_OK && row ? sqlite3_column_int64(s, 0) : 0;
    return e;
}

static enum err layout_check(struct book *b, int64_t layout, struct fault *f)
{
    int64_t application, objects;
    enum err e = pragma_number(b, "PRAGMA application_id", &application, f);
    if (e == ERR_OK)
        e = pragma_number(b, "SELECT count(*) FROM sqlite_schema", &objects, f);
    if (e != ERR_OK)
        return e;
    if (objects > 0 && application != APPLICATION_ID)
        return ui_fault(
            b->ui, f, ERR_FILE,
            "Tệp register.db không phải là sổ hội viên; hãy chọn thư mục khác hoặc chép bản sao lưu "
            "vào chỗ của nó.",
            "The file register.db is not a register; choose another folder, or put a backup in its "
            "place.");
    if (layout > LAYOUT)
        return ui_fault(b->ui, f, ERR_SCHEMA,
                        "Sổ này do bản chương trình mới hơn ghi; hãy cài bản mới của %s rồi làm lại.",
                        "A newer program wrote this register; install the new %s, then try again.",
                        b->ui->program);
    return ERR_OK;
}

static enum err vocabulary_of_tables(struct book *b, int64_t *out, struct fault *f)
{
    return pragma_number(b, "SELECT value FROM settings WHERE name = 'vocabulary'", out, f);
}

/* Inside the transaction everything is looked at again: another program may have been faster. */
static enum err build(struct book *b, struct fault *f)
{
    int64_t layout, vocabulary = 0;
    enum err e = pragma_number(b, "PRAGMA user_version", &layout, f);
    if (e == ERR_OK && layout == 0) {
        e = book_execute(b, tables, f);
        if (e == ERR_OK)
            e = book_execute(b, "PRAGMA user_version = 1; PRAGMA application_id = 1213616711;", f);
    }
    if (e == ERR_OK)
        e = vocabulary_of_tables(b, &vocabulary, f);
    if (e == ERR_OK)
        e = book_execute(b, above_table, f);
    for (size_t k = 0; e == ERR_OK && k < kind_count; k++)
        e = kind_widen(b, kinds[k], f);
    if (e == ERR_OK && vocabulary < book_vocabulary())
        e = book_put_number(b, "vocabulary", book_vocabulary(), f);
    return e;
}

enum err book_schema(struct book *b, struct fault *f)
{
    int64_t layout, vocabulary = 0;
    enum err e = pragma_number(b, "PRAGMA user_version", &layout, f);
    if (e == ERR_OK)
        e = layout_check(b, layout, f);
    if (e == ERR_OK && layout > 0)
        e = vocabulary_of_tables(b, &vocabulary, f);
    if (e != ERR_OK || vocabulary >= book_vocabulary())
        return e;
    bool own;
    e = scope_open(b, &own, f);
    return e != ERR_OK ? e : scope_close(b, own, build(b, f), f);
}
