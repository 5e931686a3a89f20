/* The parts of a sync (sync_*.c): known prefix, checks and references, merging and writing, standing, pull.
 */
#ifndef HV_SYNC_H
#define HV_SYNC_H

#include "common/right.h"
#include "server/handle.h"
#include "server/id_map.h"
#include "server/store.h"

/* One change that is new to the server, on its way to a verdict. */
struct entry {
    struct change *change;
    struct stored stored; /* as it was before */
    bool looked_at;       /* stored and creates mean something */
    bool creates;
    enum err code;         /* ERR_OK, or why it is refused */
    uint32_t field_number; /* at fault, or 0 */
    uint64_t depends_on;
    struct record record; /* as it becomes */
    uint64_t mask;        /* fields that change */
    uint64_t conflicts;   /* of these, what another replica had set since the base */
    struct bytes old;
};

/* The log's rows of some records since a revision, own ones too, by record and revision. */
struct history {
    struct log_row *rows;
    size_t count;
    struct id_map begins; /* place of a record's first row, by kind and id */
};

/* One field that two replicas set apart from each other. */
struct conflict {
    uint64_t number;
    uint32_t field;
    struct bytes other; /* NULL: it had been cleared */
};

struct sync {
    struct call *call;
    enum seat seat;
    struct sync_lock lock;
    struct batch batch;
    uint64_t first;
    size_t known;          /* changes at the front of the numbers that the server has already */
    uint64_t *hashes;      /* by number from `first` */
    struct entry *entries; /* the others, in the batch's order */
    size_t count;
    struct id_map places; /* of entries, by kind and id */
    uint64_t rev;         /* that this transaction would make */
    uint64_t mark;
    bool rev_moved;
    struct refusal *refusals; /* of the known ones */
    size_t refusal_count;
    struct conflict *conflicts;
    size_t conflict_count;
    size_t conflict_room;
};

/* Changes already kept are compared by hash and set aside. ERR_GAP, ERR_FORK, ERR_BAD_REQUEST. */
enum err sync_prefix(struct sync *s, struct fault *f) HV_MUST_USE;

/* The conflicts of the known ones, as they were told the first time: that reply may have been lost. */
enum err sync_recall(struct sync *s, struct fault *f) HV_MUST_USE;

/* Decides which entries are refused: unknown, named twice, wrong values, references that are not there,
 * others' records. */
enum err sync_check(struct sync *s, struct fault *f) HV_MUST_USE;

/* Refuses, of entries of one kind from `begin` to `end`, those that do not fit the stream's other records
 * (server/sync_fit.h); *refused is set when there was one. */
enum err sync_fit(struct sync *s, size_t begin, size_t end, bool *refused, struct fault *f) HV_MUST_USE;

/* Refuses, of entries of one kind from `begin` to `end`, those that name by code what is no commune of the
 * stream's province today or when it begins (ERR_NO_SUCH_UNIT). */
enum err sync_communes(struct sync *s, size_t begin, size_t end, struct fault *f) HV_MUST_USE;

/* Refuses (ERR_BAD_DATE, the deadline) plans that would end later than the target whose key they name, or its
 * term. A key that is nobody's says nothing. */
enum err sync_plan(struct sync *s, size_t begin, size_t end, struct fault *f) HV_MUST_USE;

/* Refuses a record whose fields do not fit each other as they will be (check_whole). ERR_NO_MEMORY. */
enum err sync_whole(const struct sync *s, struct entry *e, struct fault *f) HV_MUST_USE;

/* A relation that is written once and made on two devices: whether the change is of such a kind, and the
 * refusal (ERR_EXISTS) of the later one where it says something else than the first. */
bool sync_is_again(const struct change *c);
void sync_again(struct entry *e);

/* Entries and reversals of the fund are of years that are open (ERR_YEAR_CLOSED); a year is closed when it is
 * over (ERR_BAD_DATE), after those before it, with the balance that the book has (ERR_BAD_NUMBER). */
enum err sync_fund(struct sync *s, size_t begin, size_t end, struct fault *f) HV_MUST_USE;

/* Within a kind one refusal may follow from another (a tổ of a refused chi hội): until nothing changes. */
void sync_follow_refusals(struct sync *s, size_t begin, size_t end);

/* Merges what stands into rows and log, writes them, and standing behind. */
enum err sync_write(struct sync *s, struct fault *f) HV_MUST_USE;
enum err sync_standing(struct sync *s, const struct entry *const *entries, size_t count,
                       struct fault *f) HV_MUST_USE;

/* Makes what is kept of records anew, where a kind was written that it reads. */
enum err sync_figure(struct sync *s, struct fault *f) HV_MUST_USE;

/* Finds the change that the database refuses and refuses it, with what depends on it, until the rest goes in.
 */
enum err sync_write_careful(struct sync *s, struct fault *f) HV_MUST_USE;

/* Verdicts and conflicts. */
enum err sync_reply(struct sync *s, Hv__SyncReply *reply, struct fault *f) HV_MUST_USE;

/* About how many bytes they take at most. */
size_t sync_reply_size(const Hv__SyncReply *reply);

/* What others changed, and the report. */
enum err sync_pull(struct sync *s, Hv__SyncReply *reply, struct fault *f) HV_MUST_USE;

/* Which stream the request is about, and the caller's seat there. ERR_NOT_ALLOWED. */
enum err sync_seat(struct sync *s, int32_t *stream, struct fault *f) HV_MUST_USE;

/* Refuses an entry that touches a kind or field that is not the writer's. */
void sync_right(const struct sync *s, struct entry *e);

/* Which kinds of a stream the caller hears. */
kind_wanted *sync_wanted(const struct sync *s, int32_t stream);

void entry_refuse(struct entry *e, enum err code, uint32_t field_number, uint64_t depends_on);

/* Entries of a kind lie side by side: from *begin up to the returned end. */
size_t entries_of_kind(const struct sync *s, size_t begin);

enum err history_read(struct sync *s, uint64_t base, const struct id *ids, size_t count, struct history *out,
                      struct fault *f) HV_MUST_USE;
const struct log_row *history_of(const struct history *h, const struct change *c, size_t *count);

/* Notes that the change `number` replaced what `before` has in these fields. */
enum err conflicts_add(struct sync *s, uint64_t number, const struct record *before, uint64_t fields,
                       struct fault *f) HV_MUST_USE;

#endif
