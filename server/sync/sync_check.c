#include "common/check.h"
#include "common/right.h"
#include "server/sync.h"

void entry_refuse(struct entry *e, enum err code, uint32_t field_number, uint64_t depends_on)
{
    e->code = code;
    e->field_number = field_number;
    e->depends_on = depends_on;
}

size_t entries_of_kind(const struct sync *s, size_t begin)
{
    size_t end = begin;
    while (end < s->count && s->entries[end].change->kind_number == s->entries[begin].change->kind_number)
        end++;
    return end;
}

/* Kinds and fields unknown here, records named twice. A batch names no record twice, its known part included.
 */
static enum err look_over(struct sync *s, struct fault *f)
{
    struct id_map all;
    if (!id_map_make(&all, s->call->arena, s->batch.count) ||
        !id_map_make(&s->places, s->call->arena, s->count))
        return fault(f, ERR_NO_MEMORY, "no memory for the changes");
    for (size_t i = 0; i < s->batch.count; i++) {
        const struct change *c = &s->batch.changes[i];
        if (c->number - s->first < s->known)
            id_map_put(&all, c->kind_number, &c->id, i);
    }
    for (size_t i = 0; i < s->count; i++) {
        struct entry *e = &s->entries[i];
        const struct change *c = e->change;
        size_t seen = id_map_put(&all, c->kind_number, &c->id, s->batch.count + i);
        if (c->kind == NULL)
            entry_refuse(e, ERR_UNKNOWN_KIND, 0, 0);
        else if (c->unknown_field != 0)
            entry_refuse(e, ERR_UNKNOWN_FIELD, c->unknown_field, 0);
        else if (seen != s->batch.count + i)
            entry_refuse(e, ERR_NAMED_TWICE, 0, 0);
        else
            id_map_put(&s->places, c->kind_number, &c->id, i);
    }
    return ERR_OK;
}

/* ---- records ---- */

static enum err fetch_kind(struct sync *s, size_t begin, size_t end, struct fault *f)
{
    struct arena *a = s->call->arena;
    size_t count = end - begin;
    struct id *ids = arena_alloc(a, count * sizeof *ids);
    struct stored *rows = arena_zero(a, count, sizeof *rows);
    if (ids == NULL || rows == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the records");
    for (size_t i = 0; i < count; i++)
        ids[i] = s->entries[begin + i].change->id;
    enum err e = store_fetch(s->call->db, a, s->entries[begin].change->kind, ids, count, rows, f);
    for (size_t i = 0; e == ERR_OK && i < count; i++)
        s->entries[begin + i].stored = rows[i];
    return e;
}

static void check_values(const struct sync *s, struct entry *e)
{
    const struct kind *kind = e->change->kind;
    struct fault why = {.field = -1};
    enum err code = check_change(e->change, e->creates, &why);
    if (code != ERR_OK) {
        entry_refuse(e, code, why.field >= 0 ? field_number(kind, (size_t)why.field) : 0, 0);
        return;
    }
    sync_right(s, e);
}

static bool has_required(const struct change *c)
{
    for (size_t i = 0; i < c->kind->field_count; i++)
        if (c->kind->fields[i].required && (c->set & field_bit(c->kind, i)) == 0)
            return false;
    return true;
}

/* Whether the record is there for this commune. Another's goes the same way as none, so that no answer tells
 * one from the other. */
static enum err check_record(const struct sync *s, struct entry *e, bool *is_lost, struct fault *f)
{
    bool is_ours = e->stored.found && e->stored.stream == s->lock.stream;
    bool is_again = is_ours && sync_is_again(e->change) && has_required(e->change);
    e->creates = (!is_ours || is_again) && has_required(e->change);
    e->looked_at = true;
    check_values(s, e);
    e->creates &= !is_again;
    if (is_again && e->code == ERR_OK)
        sync_again(e);
    int held = e->code == ERR_OK && is_ours ? right_held(s->seat, &e->stored.record, e->change) : -1;
    if (held >= 0)
        entry_refuse(e, ERR_AGREED, field_number(e->change->kind, (size_t)held), 0);
    *is_lost = e->code == ERR_OK && !is_ours && (e->stored.found || !e->creates);
    return e->code == ERR_OK && !*is_lost ? sync_whole(s, e, f) : ERR_OK;
}

/* What is lost is the edit of a record whose creation was refused, or of none. */
static enum err settle_lost(struct sync *s, const size_t *lost, size_t count, struct fault *f)
{
    struct arena *a = s->call->arena;
    struct id *ids = arena_alloc(a, (count + 1) * sizeof *ids);
    uint64_t *numbers = arena_zero(a, count + 1, sizeof *numbers);
    if (ids == NULL || numbers == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the records");
    for (size_t i = 0; i < count; i++)
        ids[i] = s->entries[lost[i]].change->id;
    enum err e =
        count > 0 ? store_refused_records(s->call->db, a, s->lock.replica, ids, count, numbers, f) : ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < count; i++)
        if (numbers[i] != 0)
            entry_refuse(&s->entries[lost[i]], ERR_DEPENDS_ON, 0, numbers[i]);
        else
            entry_refuse(&s->entries[lost[i]], ERR_NO_SUCH_RECORD, 0, 0);
    return e;
}

/* ---- references ---- */

struct wanted {
    size_t entry;
    size_t field;
};

/* A reference to what this batch makes stands or falls with it; any other is looked up. */
static bool settled_here(const struct sync *s, struct entry *e, size_t field, const struct id *to)
{
    const struct kind *kind = e->change->kind;
    const struct kind *refers = kind_by_name(kind->fields[field].refers);
    size_t place = id_map_get(&s->places, refers->number, to);
    if (place == SIZE_MAX)
        return false;
    const struct entry *other = &s->entries[place];
    if (!other->looked_at)
        return false;
    if (!other->creates)
        return other->code == ERR_OK;
    if (other->code != ERR_OK)
        entry_refuse(e, ERR_DEPENDS_ON, field_number(kind, field), other->change->number);
    return true;
}

static const struct id *reference(const struct entry *e, size_t field)
{
    return (const struct id *)(const void *)e->change->values[field].p;
}

/* Which entries from begin to end still want a record of the kind that `field` refers to. */
static size_t gather(const struct sync *s, size_t begin, size_t end, size_t field, struct wanted *out)
{
    size_t count = 0;
    for (size_t i = begin; i < end; i++) {
        struct entry *e = &s->entries[i];
        bool sets = e->code == ERR_OK && (e->change->set & field_bit(e->change->kind, field)) != 0;
        if (sets && !settled_here(s, e, field, reference(e, field)))
            out[count++] = (struct wanted){i, field};
    }
    return count;
}

static enum err look_up(struct sync *s, const struct kind *refers, const struct wanted *w, size_t count,
                        struct fault *f)
{
    struct arena *a = s->call->arena;
    struct id *ids = arena_alloc(a, count * sizeof *ids);
    bool *there = arena_zero(a, count, sizeof *there);
    uint64_t *numbers = arena_zero(a, count, sizeof *numbers);
    if (ids == NULL || there == NULL || numbers == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the references");
    for (size_t i = 0; i < count; i++)
        ids[i] = *reference(&s->entries[w[i].entry], w[i].field);
    enum err e = store_exist(s->call->db, a, refers, s->lock.stream, ids, count, there, f);
    bool all = true;
    for (size_t i = 0; i < count; i++)
        all = all && there[i];
    if (e == ERR_OK && !all)
        e = store_refused_records(s->call->db, a, s->lock.replica, ids, count, numbers, f);
    for (size_t i = 0; e == ERR_OK && i < count; i++) {
        struct entry *x = &s->entries[w[i].entry];
        if (!there[i])
            entry_refuse(x, numbers[i] != 0 ? ERR_DEPENDS_ON : ERR_NO_SUCH_RECORD,
                         field_number(x->change->kind, w[i].field), numbers[i]);
    }
    return e;
}

void sync_follow_refusals(struct sync *s, size_t begin, size_t end)
{
    const struct kind *kind = s->entries[begin].change->kind;
    bool again = true;
    while (again) {
        again = false;
        for (size_t i = begin; i < end; i++)
            for (size_t k = 0; k < kind->field_count; k++) {
                struct entry *e = &s->entries[i];
                bool sets = e->code == ERR_OK && field_type(kind, k) == FIELD_ID &&
                            (e->change->set & field_bit(kind, k)) != 0;
                if (sets && settled_here(s, e, k, reference(e, k)) && e->code != ERR_OK)
                    again = true;
            }
    }
}

static enum err check_references(struct sync *s, size_t begin, size_t end, struct fault *f)
{
    const struct kind *kind = s->entries[begin].change->kind;
    struct wanted *w = arena_alloc(s->call->arena, (end - begin) * sizeof *w);
    if (w == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the references");
    enum err e = ERR_OK;
    for (size_t i = 0; i < kind->field_count && e == ERR_OK; i++) {
        size_t count = field_type(kind, i) == FIELD_ID ? gather(s, begin, end, i, w) : 0;
        if (count > 0)
            e = look_up(s, kind_by_name(kind->fields[i].refers), w, count, f);
    }
    if (e == ERR_OK)
        sync_follow_refusals(s, begin, end);
    return e;
}

static enum err check_kind(struct sync *s, size_t begin, size_t end, struct fault *f)
{
    size_t *lost = arena_alloc(s->call->arena, (end - begin) * sizeof *lost);
    size_t lost_count = 0;
    bool refused = false;
    if (lost == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the changes");
    enum err e = fetch_kind(s, begin, end, f);
    for (size_t i = begin; e == ERR_OK && i < end; i++) {
        bool is_lost = false;
        if (s->entries[i].code == ERR_OK)
            e = check_record(s, &s->entries[i], &is_lost, f);
        if (is_lost)
            lost[lost_count++] = i;
    }
    if (e == ERR_OK)
        e = settle_lost(s, lost, lost_count, f);
    if (e == ERR_OK)
        e = check_references(s, begin, end, f);
    if (e == ERR_OK)
        e = sync_communes(s, begin, end, f);
    if (e == ERR_OK)
        e = sync_plan(s, begin, end, f);
    if (e == ERR_OK)
        e = sync_fit(s, begin, end, &refused, f);
    return e == ERR_OK ? sync_fund(s, begin, end, f) : e;
}

enum err sync_check(struct sync *s, struct fault *f)
{
    enum err e = look_over(s, f);
    for (size_t begin = 0, end; e == ERR_OK && begin < s->count; begin = end) {
        end = entries_of_kind(s, begin);
        if (s->entries[begin].change->kind != NULL)
            e = check_kind(s, begin, end, f);
    }
    return e;
}
