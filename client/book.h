/* The register on the clerk's computer: records and outbox in one SQLite file. The only room that sees
 * sqlite3.h.
 *
 * The tables of the kinds are made and widened from the registry when a book is opened. A change is one
 * transaction: the row and its outbox entry. WAL, synchronous=FULL. */
#ifndef HV_BOOK_H
#define HV_BOOK_H

#include "common/arena.h"
#include "common/change.h"
#include "common/fault.h"
#include "common/figure.h"
#include "common/keys.h"
#include "common/kind.h"
#include "common/right.h"
#include "common/standing.h"
#include "common/tally.h"
#include "common/ui.h"
#include "common/wire.h"

struct book;

/* Opens DIR/register.db (0600), making it when `make`. ERR_FILE when there is none, with what to do. Holds no
 * lock of its own. */
enum err book_open(struct book **out, const struct ui *ui, const char *folder, bool make,
                   struct fault *f) HV_MUST_USE;
void book_close(struct book **b);

enum err book_begin(struct book *b, struct fault *f) HV_MUST_USE; /* BEGIN IMMEDIATE */
enum err book_commit(struct book *b, struct fault *f) HV_MUST_USE;
void book_rollback(struct book *b);

/* Settings: small named values. book_get gives NULL p when absent. */
enum err book_put(struct book *b, const char *name, struct bytes v, struct fault *f) HV_MUST_USE;
enum err book_get(struct book *b, struct arena *a, const char *name, struct bytes *out,
                  struct fault *f) HV_MUST_USE;

/* Records one change of the clerk inside a transaction: checks it (check_change, references known here),
 * writes the row and the outbox entry with the next number and the cursor as base. An edit that changes
 * nothing leaves no trace. Joins an entry of the same record and base that was never sent; an edit of a
 * record with a refused change takes that change's fields along, and the changes that were refused as
 * depending on it go again behind it. */
enum err book_record(struct book *b, struct arena *a, struct change *c, bool creates,
                     struct fault *f) HV_MUST_USE;

/* ERR_NO_SUCH_RECORD when there is none. */
enum err book_find(struct book *b, struct arena *a, const struct kind *kind, const struct id *id,
                   struct record **out, struct fault *f) HV_MUST_USE;

/* Calls for each record that matches, in list order (name key, or date, id). A filter names fields and texts;
 * see book_filter. */
struct book_filter {
    const struct kind *kind;
    bool with_voided;
    const struct id
        *group; /* members: by home group or membership; others by their own group or their member's */
    const struct id *member; /* herself, or what refers to her, joins her or is named by her record */
    /* With `of`, which is of this kind: records that refer to it, or that `relation` joins with it and is not
     * void. */
    const struct kind *of_kind;
    const struct id *of;
    const struct kind *relation; /* NULL: none */
    const char *search;          /* folded and looked for in the name, or the member's where there is none */
    const char *citizen_no;
    int missing_field;      /* index of a field that is not set; -1: no such filter */
    const char *name_exact; /* groups: folded name equal */
};
typedef enum err book_fn(void *context, const struct record *r, struct fault *f);
/* Whether the filter's `member` means anything for the kind. */
bool book_knows_member(const struct kind *kind);

enum err book_each(struct book *b, struct arena *a, const struct book_filter *filter, book_fn *fn,
                   void *context, struct fault *f) HV_MUST_USE;

/* Members with this folded name and year of birth, voided ones left out. */
enum err book_similar(struct book *b, struct arena *a, struct bytes fold, int32_t birth_year, book_fn *fn,
                      void *context, struct fault *f) HV_MUST_USE;

/* Standing of one member from the rows here; intervals in the arena. */
enum err book_standing(struct book *b, struct arena *a, const struct id *member, struct interval **out,
                       size_t *count, struct fault *f) HV_MUST_USE;

/* What `out` wants on a day, over all records here (common/figure.h). `regular_percent`: from where on
 * somebody attends regularly. */
enum err book_figures(struct book *b, struct arena *a, int32_t day, int regular_percent, struct figures *out,
                      struct fault *f) HV_MUST_USE;

/* Fills the lines of a target report from the records here, as of a day, and decides them. */
enum err book_recount(struct book *b, struct arena *a, int32_t day, Hv__TargetReport *r,
                      struct fault *f) HV_MUST_USE;

/* The figures of a report over the rows here, in the arena. Whether the commune is below target is told by
 * the last report that came, counted anew. */
enum err book_tally(struct book *b, struct arena *a, const struct tally_report *r, int32_t from, int32_t day,
                    int regular_percent, struct tally *out, struct fault *f) HV_MUST_USE;

/* The outbox. */
struct outbox_state {
    uint64_t last;    /* number of the newest change */
    uint64_t acked;   /* all up to it are kept by the server */
    uint64_t waiting; /* last - acked */
    uint64_t refused; /* changes that stand refused and are not mended */
    uint64_t conflicts;
};
enum err outbox_state(struct book *b, struct outbox_state *out, struct fault *f) HV_MUST_USE;

/* The next changes after `after`, at most `limit`, ending before a record would be named twice; ordered for
 * wire_batch_pack. *last is the number of the last one; 0 changes: nothing waits. Marks them as sent in the
 * same transaction. */
enum err outbox_next(struct book *b, struct arena *a, uint64_t after, size_t limit, struct batch *out,
                     uint64_t *last, struct fault *f) HV_MUST_USE;

/* Everything up to `last` is kept by the server; verdicts and conflicts are stored. One transaction with
 * book_apply's. */
enum err outbox_ack(struct book *b, struct arena *a, const Hv__SyncReply *reply, struct fault *f) HV_MUST_USE;

/* Writes what came down: fields that a waiting change sets stay as they are here; kinds and fields unknown
 * here are passed over; what is gone is taken away with its waiting changes. *gone counts records taken away.
 */
enum err book_apply(struct book *b, struct arena *a, const struct batch *pulled, uint64_t *gone,
                    struct fault *f) HV_MUST_USE;

/* Notes which of the records that came down (book_apply) lie in a stream above, and so are read here only. */
enum err book_note_above(struct book *b, const struct batch *pulled, uint32_t stream,
                         struct fault *f) HV_MUST_USE;

/* The name of the unit above whose record it is; NULL: it is this register's own. */
enum err book_above(struct book *b, struct arena *a, const struct record *r, const char **out,
                    struct fault *f) HV_MUST_USE;

/* Refused changes as they stand, oldest first. */
struct refused {
    uint64_t number;
    const struct kind *kind;
    struct id id;
    enum err code;
    int field; /* index or -1 */
};
typedef enum err refused_fn(void *context, const struct refused *r, struct fault *f);
enum err outbox_each_refused(struct book *b, refused_fn *fn, void *context, struct fault *f) HV_MUST_USE;

/* Why the record stands refused; ERR_OK: it does not. One of an append-only kind that was refused is kept
 * nowhere but here: book_record takes edits of it, and book_withdraw takes it out of the register. */
enum err refused_code(struct book *b, const struct id *id, enum err *out, struct fault *f) HV_MUST_USE;
enum err book_withdraw(struct book *b, const struct kind *kind, const struct id *id,
                       struct fault *f) HV_MUST_USE;

/* The record as the server has it: `here` with the fields of its refused changes (*mask; 0: none was refused)
 * as they stand there. NULL: the server has no such record, or did not say. */
enum err refused_stands(struct book *b, struct arena *a, const struct record *here, uint64_t *mask,
                        struct record **out, struct fault *f) HV_MUST_USE;

/* Where this register's owner sits; one that is not enrolled writes what it likes as a commune. */
enum err book_seat(struct book *b, enum seat *out, struct fault *f) HV_MUST_USE;

/* Forgets refusals after which nothing is to be done: an append-only relation that another device made first
 * (ERR_EXISTS) has come down in the place of this one. */
enum err refused_settle(struct book *b, struct fault *f) HV_MUST_USE;

/* Fields that were edited elsewhere too, at most `limit`, oldest first: what stood before the later arrival.
 * `stood` has that field alone, or nothing. */
struct conflict {
    const struct kind *kind;
    struct id id;
    int field; /* index */
    struct record *stood;
};
typedef enum err conflict_fn(void *context, const struct conflict *c, struct fault *f);
enum err outbox_each_conflict(struct book *b, struct arena *a, size_t limit, conflict_fn *fn, void *context,
                              struct fault *f) HV_MUST_USE;

/* Who this register belongs to, as enrolment told; kept in settings. */
struct identity {
    struct curve_pair curve;
    struct sign_pair sign;
    struct id replica;
    uint8_t server_key[KEY_SIZE];
    char endpoints[400];
    uint32_t device; /* 0: not enrolled */
    char role[16];
    struct {
        uint32_t stream;
        char code[16];
        char name[200];
        uint32_t level;
    } units[4]; /* own unit first */
    size_t unit_count;
};
void identity_units(struct identity *who, Hv__Unit *const *units,
                    size_t count); /* as the server tells them */
enum err identity_load(struct book *b, struct identity *out, struct fault *f) HV_MUST_USE;
enum err identity_save(struct book *b, const struct identity *i, struct fault *f) HV_MUST_USE;

/* Cursor by stream; rev 0 when never pulled. */
enum err cursor_get(struct book *b, uint32_t stream, uint64_t *rev, uint64_t *mark,
                    struct fault *f) HV_MUST_USE;
enum err cursor_put(struct book *b, uint32_t stream, uint64_t rev, uint64_t mark,
                    struct fault *f) HV_MUST_USE;

/* The last report fetched; NULL when none. */
enum err report_get(struct book *b, struct arena *a, Hv__TargetReport **out, struct fault *f) HV_MUST_USE;
enum err report_put(struct book *b, struct arena *a, const Hv__TargetReport *r, struct fault *f) HV_MUST_USE;

/* One consistent copy, made while the book is in use. */
enum err book_backup(struct book *b, const char *path, struct fault *f) HV_MUST_USE;

#endif
