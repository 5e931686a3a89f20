#include "common/change.h"
#include "server/merge.h"
#include "server/sync.h"
#include <string.h>

/* ---- merging ---- */

static void merge_new(struct entry *e)
{
    e->record = (struct record){e->change->kind, e->change->id, e->change->set, e->change->values};
    e->mask = e->change->set;
}

static enum err merge_edit(struct sync *s, struct entry *e, const struct history *h, struct fault *f)
{
    const struct kind *kind = e->change->kind;
    size_t count;
    const struct log_row *rows = history_of(h, e->change, &count);
    struct value *values = arena_alloc(s->call->arena, kind->field_count * sizeof *values);
    if (values == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the records");
    memcpy(values, e->stored.record.values, kind->field_count * sizeof *values);
    e->record = (struct record){kind, e->change->id, e->stored.record.set, values};
    struct merge_result m = merge_change(
        &e->record, e->change, merge_others(rows, count, s->lock.replica, e->change->base, UINT64_MAX));
    e->mask = m.changed;
    e->conflicts = m.conflicts;
    return value_list_pack(s->call->arena, &e->stored.record, e->mask, &e->old) == ERR_OK
               ? ERR_OK
               : fault(f, ERR_NO_MEMORY, "no memory for the log");
}

/* Only records that somebody wrote after the base are looked up in the log. */
static enum err history_of_kind(struct sync *s, size_t begin, size_t end, struct history *out,
                                struct fault *f)
{
    struct id *ids = arena_alloc(s->call->arena, (end - begin) * sizeof *ids);
    size_t n = 0;
    uint64_t base = UINT64_MAX;
    if (ids == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the records");
    for (size_t i = begin; i < end; i++) {
        const struct entry *e = &s->entries[i];
        if (e->code != ERR_OK || e->creates || e->stored.rev <= e->change->base)
            continue;
        ids[n++] = e->change->id;
        base = e->change->base < base ? e->change->base : base;
    }
    return history_read(s, base, ids, n, out, f);
}

static enum err merge_kind(struct sync *s, size_t begin, size_t end, struct fault *f)
{
    struct history h;
    enum err e = history_of_kind(s, begin, end, &h, f);
    for (size_t i = begin; e == ERR_OK && i < end; i++) {
        struct entry *x = &s->entries[i];
        if (x->code == ERR_OK && x->creates)
            merge_new(x);
        else if (x->code == ERR_OK)
            e = merge_edit(s, x, &h, f);
    }
    return e;
}

/* ---- what others will have to fetch ---- */

/* Records that surely fit are not packed to see whether they do. */
#define SURELY_FITS ((size_t)512 << 10)

static size_t record_size(const struct record *r)
{
    size_t size = sizeof r->id;
    for (size_t i = 0; i < r->kind->field_count; i++)
        if ((r->set & field_bit(r->kind, i)) != 0)
            size += field_type(r->kind, i) == FIELD_TEXT ? r->values[i].n + 2 : sizeof(struct id);
    return size;
}

/* A revision travels down in one piece, whole records in one message: a batch that changes more than that is
 * sent again in smaller ones. Replaced values go back in the reply and must fit there. */
static enum err check_size(struct sync *s, const struct entry *const *list, size_t count, struct fault *f)
{
    size_t size = 0, replaced = 0;
    struct batch b = {.changes = arena_zero(s->call->arena, count + 1, sizeof *b.changes)};
    struct bytes packed;
    if (b.changes == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the records");
    for (size_t i = 0; i < count; i++) {
        const struct record *r = &list[i]->record;
        b.changes[b.count++] = (struct change){
            .kind = r->kind, .kind_number = r->kind->number, .id = r->id, .set = r->set, .values = r->values};
        size += record_size(r);
        replaced += list[i]->conflicts != 0 ? list[i]->old.n : 0;
    }
    enum err e = size <= SURELY_FITS ? ERR_OK : wire_batch_pack(s->call->arena, &b, 0, &packed);
    if (e == ERR_TOO_LARGE || (replaced > SURELY_FITS && count > 1))
        return fault(f, ERR_TOO_LARGE, "the records that the batch changes do not fit into one message");
    return e == ERR_OK ? e : fault(f, e, "the records that the batch changes can't be packed");
}

/* ---- writing ---- */

static enum err put_kind(struct sync *s, const struct entry *const *entries, size_t count, struct fault *f)
{
    struct arena *a = s->call->arena;
    const struct record **records = arena_alloc(a, count * sizeof *records);
    struct log_row *rows = arena_alloc(a, count * sizeof *rows);
    if (records == NULL || rows == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the rows");
    for (size_t i = 0; i < count; i++) {
        const struct entry *e = entries[i];
        records[i] = &e->record;
        rows[i] = (struct log_row){.kind_number = e->change->kind_number,
                                   .record = e->change->id,
                                   .replica = s->lock.replica,
                                   .number = e->change->number,
                                   .mask = e->mask,
                                   .old = e->old};
    }
    enum err e =
        store_put(s->call->db, a, entries[0]->change->kind, s->lock.stream, s->rev, records, count, f);
    return e == ERR_OK ? store_log_add(s->call->db, a, s->lock.stream, s->rev, rows, count, f) : e;
}

/* Entries that change something; they lie by kind. */
static enum err write_entries(struct sync *s, const struct entry *const *entries, size_t count,
                              struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t begin = 0, end; e == ERR_OK && begin < count; begin = end) {
        for (end = begin; end < count && entries[end]->change->kind == entries[begin]->change->kind; end++)
            ;
        e = put_kind(s, entries + begin, end - begin, f);
    }
    return e == ERR_OK ? sync_standing(s, entries, count, f) : e;
}

static const struct entry **writable(struct sync *s, size_t *count)
{
    const struct entry **list = arena_alloc(s->call->arena, (s->count + 1) * sizeof *list);
    *count = 0;
    for (size_t i = 0; list != NULL && i < s->count; i++)
        if (s->entries[i].code == ERR_OK && s->entries[i].mask != 0)
            list[(*count)++] = &s->entries[i];
    return list;
}

static enum err merge_all(struct sync *s, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t begin = 0, end; e == ERR_OK && begin < s->count; begin = end) {
        end = entries_of_kind(s, begin);
        if (s->entries[begin].change->kind != NULL)
            e = merge_kind(s, begin, end, f);
    }
    return e;
}

enum err sync_write(struct sync *s, struct fault *f)
{
    size_t count;
    enum err e = merge_all(s, f);
    if (e != ERR_OK)
        return e;
    const struct entry **list = writable(s, &count);
    if (list == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the changes");
    s->rev_moved = count > 0;
    if (count > 0)
        e = check_size(s, list, count, f);
    return count > 0 && e == ERR_OK ? write_entries(s, list, count, f) : e;
}

/* ---- when the database refuses something ---- */

/* Whether these go in; what was tried is taken back either way. */
static enum err try_entries(struct sync *s, const struct entry *const *list, size_t count, bool *fits,
                            struct fault *f)
{
    enum err e = db_savepoint(s->call->db, f);
    if (e == ERR_OK)
        e = write_entries(s, list, count, f);
    if (e == ERR_OK)
        e = db_savepoint(s->call->db, f); /* shows the errors of what was posted */
    *fits = e == ERR_OK;
    if (e == ERR_OK)
        e = db_savepoint_undo(s->call->db, f);
    if (e == ERR_OK || e == ERR_DB_DATA)
        e = db_savepoint_undo(s->call->db, f);
    return e;
}

/* Halves until one is left. */
static enum err find_bad(struct sync *s, const struct entry *const *list, size_t count,
                         const struct entry **bad, struct fault *f)
{
    while (count > 1) {
        bool fits;
        size_t half = count / 2;
        enum err e = try_entries(s, list, half, &fits, f);
        if (e != ERR_OK)
            return e;
        if (fits)
            list += half;
        count = fits ? count - half : half;
    }
    *bad = list[0];
    return ERR_OK;
}

/* Refuses an entry that refers to a refused creation. */
static bool refuse_dependent(const struct sync *s, struct entry *e)
{
    for (size_t k = 0; e->code == ERR_OK && k < e->change->kind->field_count; k++) {
        const struct kind *kind = e->change->kind;
        if (field_type(kind, k) != FIELD_ID || (e->change->set & field_bit(kind, k)) == 0)
            continue;
        size_t place = id_map_get(&s->places, kind_by_name(kind->fields[k].refers)->number,
                                  (const struct id *)(const void *)e->change->values[k].p);
        if (place == SIZE_MAX || !s->entries[place].creates || s->entries[place].code == ERR_OK)
            continue;
        entry_refuse(e, ERR_DEPENDS_ON, field_number(kind, k), s->entries[place].change->number);
        return true;
    }
    return false;
}

/* One refusal may follow from another: again until nothing changes. */
static void refuse_dependents(struct sync *s)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < s->count; i++)
            again |= refuse_dependent(s, &s->entries[i]);
    }
}

/* What stands must still fit without what was refused since. */
static enum err refuse_further(struct sync *s, struct fault *f)
{
    enum err e = ERR_OK;
    for (bool again = true; e == ERR_OK && again;) {
        again = false;
        refuse_dependents(s);
        for (size_t begin = 0, end; e == ERR_OK && begin < s->count; begin = end) {
            end = entries_of_kind(s, begin);
            if (s->entries[begin].change->kind != NULL)
                e = sync_fit(s, begin, end, &again, f);
        }
    }
    return e;
}

enum err sync_write_careful(struct sync *s, struct fault *f)
{
    enum err e = merge_all(s, f);
    while (e == ERR_OK) {
        size_t count;
        bool fits = true;
        const struct entry **list = writable(s, &count), *bad;
        if (list == NULL)
            return fault(f, ERR_NO_MEMORY, "no memory for the changes");
        s->rev_moved = count > 0;
        if (count > 0)
            e = try_entries(s, list, count, &fits, f);
        if (e != ERR_OK || fits)
            return e == ERR_OK && count > 0 ? write_entries(s, list, count, f) : e;
        if ((e = find_bad(s, list, count, &bad, f)) == ERR_OK) {
            entry_refuse(&s->entries[id_map_get(&s->places, bad->change->kind_number, &bad->change->id)],
                         ERR_REFUSED_BY_STORE, 0, 0);
            e = refuse_further(s, f);
        }
    }
    return e;
}
