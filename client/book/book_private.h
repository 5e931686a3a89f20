/* What the files of the book share: the connection, its cached statements, the transaction under way. */
#ifndef HV_BOOK_PRIVATE_H
#define HV_BOOK_PRIVATE_H

#include "client/book.h"
#include "common/right.h"
#include <sqlite3.h>

/* Statements written by hand; their texts are in book_statement.c. */
enum book_sql {
    SQL_BEGIN,
    SQL_COMMIT,
    SQL_ROLLBACK,
    SQL_SETTING_PUT,
    SQL_SETTING_GET,
    SQL_UNIT_CLEAR,
    SQL_UNIT_PUT,
    SQL_UNIT_EACH,
    SQL_CURSOR_PUT,
    SQL_CURSOR_GET,
    SQL_MARKS,
    SQL_OUTBOX_INSERT,
    SQL_OUTBOX_LATEST,
    SQL_OUTBOX_REWRITE,
    SQL_OUTBOX_BY_NUMBER,
    SQL_OUTBOX_NEXT,
    SQL_OUTBOX_AFTER,
    SQL_OUTBOX_REMOVE,
    SQL_OUTBOX_LEAVE,
    SQL_OUTBOX_LEAVING,
    SQL_OUTBOX_NUMBERS,
    SQL_OUTBOX_RENUMBER,
    SQL_OUTBOX_EMPTY,
    SQL_OUTBOX_WHERE,
    SQL_OUTBOX_COUNTS,
    SQL_ACK_DAY_KNOWN,
    SQL_ACK_DAY_PUT,
    SQL_ACK_DAY_PRUNE,
    SQL_OUTBOX_PRUNE,
    SQL_REFUSED_PUT,
    SQL_REFUSED_STAND,
    SQL_REFUSED_STANDS,
    SQL_REFUSED_OF_RECORD,
    SQL_REFUSED_DEPENDENT,
    SQL_REFUSED_REMOVE,
    SQL_REFUSED_DROP,
    SQL_REFUSED_FIRST,
    SQL_REFUSED_POINT,
    SQL_REFUSED_EACH,
    SQL_CONFLICT_PUT,
    SQL_CONFLICT_SETTLE,
    SQL_CONFLICT_REMOVE,
    SQL_CONFLICT_EACH,
    SQL_ABOVE_PUT,
    SQL_ABOVE_REMOVE,
    SQL_ABOVE_UNIT,
    SQL_COUNT
};

/* Statements of one kind, built from the registry. */
enum kind_sql { KIND_INSERT, KIND_UPSERT, KIND_FIND, KIND_EXISTS, KIND_REMOVE, KIND_SQL_COUNT };

/* Where the outbox and the cursor stand. Read once a transaction. */
struct marks {
    bool loaded;
    uint64_t last;  /* number of the newest change */
    uint64_t acked; /* kept by the server up to here */
    uint64_t sent;  /* may have left this computer up to here */
    uint64_t base;  /* revision of the own stream that the clerk has seen */
    bool refused;   /* there are refused changes */
    bool conflicts;
};

#define KNOWN_SIZE 64

struct known_record {
    const struct kind *kind;
    struct id id;
};

struct book {
    sqlite3 *db;
    const struct ui *ui;
    sqlite3_stmt *fixed[SQL_COUNT];
    sqlite3_stmt *(*of_kind)[KIND_SQL_COUNT]; /* by kind_index */
    struct marks marks;
    bool is_seated; /* `seat` is known */
    bool is_free;   /* nobody's register yet: no right is asked for */
    enum seat seat;
    struct known_record known[KNOWN_SIZE]; /* found to exist in this transaction, by the id's last byte */
};

/* Kinds whose records have a name have the columns sort_key and fold too. The field's index, or -1. */
int kind_name_field(const struct kind *kind);

/* The key by which a kind's names are sorted, and their fold. */
enum err name_keys(struct arena *a, const struct record *r, struct bytes *key, struct bytes *fold);

/* What the registry knows: grows with every kind, field and code. */
uint32_t book_vocabulary(void);

/* Makes and widens the tables. */
enum err book_schema(struct book *b, struct fault *f) HV_MUST_USE;

/* What SQLite last complained of, as a sentence for the clerk. */
enum err book_fault(const struct book *b, struct fault *f);
enum err book_no_memory(const struct book *b, struct fault *f);

/* Cached statements; give them back by statement_done (or STATEMENT). */
enum err book_fixed(struct book *b, enum book_sql which, sqlite3_stmt **out, struct fault *f) HV_MUST_USE;
enum err book_of_kind(struct book *b, const struct kind *kind, enum kind_sql which, sqlite3_stmt **out,
                      struct fault *f) HV_MUST_USE;
void statement_done(sqlite3_stmt **s);     /* resets */
void statement_finalize(sqlite3_stmt **s); /* of a statement that is not cached */
#define STATEMENT       __attribute__((cleanup(statement_done))) sqlite3_stmt *
#define STATEMENT_ALONE __attribute__((cleanup(statement_finalize))) sqlite3_stmt *

/* Binds from parameter 1 on: i int64_t, d const struct id *, b struct bytes, t const char *, n nothing
 * (NULL). What is bound must live until the statement is done. */
enum err book_bind(struct book *b, sqlite3_stmt *s, struct fault *f, const char *form, ...) HV_MUST_USE;

/* One step; *row tells whether there is a row. */
enum err book_step(struct book *b, sqlite3_stmt *s, bool *row, struct fault *f) HV_MUST_USE;

/* Binds and runs a statement by hand that gives no rows. */
enum err book_run(struct book *b, enum book_sql which, struct fault *f, const char *form, ...) HV_MUST_USE;

/* SQL that runs once. */
enum err book_execute(struct book *b, const char *sql, struct fault *f) HV_MUST_USE;

/* Columns of a row; what they point to lives until the next step. */
uint64_t column_u64(sqlite3_stmt *s, int column);
struct bytes column_bytes(sqlite3_stmt *s, int column);
bool column_id(sqlite3_stmt *s, int column, struct id *out);

/* The record in a row whose columns are the kind's fields from `column` on. Its values are borrowed from the
 * row. */
void record_of_row(struct record *r, sqlite3_stmt *s, int column);

/* The list of the kind's columns, "x.name, x.birth ..." */
void sql_columns(sqlite3_str *out, const struct kind *kind, const char *prefix);

/* A transaction of its own unless one is under way; closing commits or, on an error, rolls back. */
enum err scope_open(struct book *b, bool *own, struct fault *f) HV_MUST_USE;
enum err scope_close(struct book *b, bool own, enum err e, struct fault *f) HV_MUST_USE;

/* What was remembered of the transaction under way holds only as long as nobody else can write. */
void book_forget(struct book *b);

enum err marks_load(struct book *b, struct fault *f) HV_MUST_USE;

/* Settings that are numbers. */
enum err book_put_number(struct book *b, const char *name, uint64_t v, struct fault *f) HV_MUST_USE;

/* Rows. row_insert gives *exists instead of a fault when the id is taken. */
enum err row_insert(struct book *b, struct arena *a, const struct record *r, bool *exists,
                    struct fault *f) HV_MUST_USE;
enum err row_write(struct book *b, struct arena *a, const struct record *r, struct fault *f) HV_MUST_USE;
enum err row_exists(struct book *b, const struct kind *kind, const struct id *id, bool *out,
                    struct fault *f) HV_MUST_USE;
/* NULL when there is none; values in the arena. */
enum err row_read(struct book *b, struct arena *a, const struct kind *kind, const struct id *id,
                  struct record **out, struct fault *f) HV_MUST_USE;

/* Entries of the outbox. */
enum entry_flag {
    ENTRY_WHOLE = 1,  /* sets all that the record has: a creation, or one that was refused, again */
    ENTRY_LEAVING = 2 /* its record is gone; it may have been sent, so it stays as it is until acknowledged */
};

/* Gives the change a number and its base, or joins it to the record's newest entry if that never left;
 * `fresh`: the record is new, so there is no such entry. */
enum err outbox_put(struct book *b, struct arena *a, struct change *c, unsigned flags, bool fresh,
                    struct fault *f) HV_MUST_USE;

/* Leaves of a record's entries up to `last` their numbers, and no field: what it was is forgotten, and no gap
 * stands in the way when a restored server must get them all again. */
enum err outbox_empty(struct book *b, struct arena *a, const struct kind *kind, const struct id *id,
                      uint64_t last, struct fault *f) HV_MUST_USE;

/* Fields that the refused changes of a record set or cleared. */
struct refusal {
    bool any;
    bool whole; /* one of them was a creation */
    uint64_t mask;
};
enum err refusal_of(struct book *b, const struct id *id, struct refusal *out, struct fault *f) HV_MUST_USE;

/* Sends again what was refused because it depends on this record's refused changes, and forgets these. Called
 * when the record's own mended change stands in the outbox. */
enum err refusal_mended(struct book *b, struct arena *a, const struct id *id, struct fault *f) HV_MUST_USE;

/* Adds to `out` who stands on the day, in all, by group, and what they refer to. */
enum err book_count(struct book *b, struct arena *a, int32_t day, struct figures *out,
                    struct fault *f) HV_MUST_USE;

#endif
