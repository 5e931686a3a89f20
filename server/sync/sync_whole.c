/* What one record must be by itself: its fields to each other, and a relation that is written once. */
#include "common/change.h"
#include "common/check.h"
#include "server/sync.h"

static bool as_it_will_be(const struct sync *s, const struct entry *e, struct record *out)
{
    const struct change *c = e->change;
    *out = (struct record){c->kind, c->id, c->set, c->values};
    if (e->creates)
        return true;
    out->set = e->stored.record.set;
    out->values =
        arena_copy(s->call->arena, e->stored.record.values, c->kind->field_count * sizeof *out->values);
    if (out->values == NULL)
        return false;
    change_apply(out, c);
    return true;
}

enum err sync_whole(const struct sync *s, struct entry *e, struct fault *f)
{
    struct record r;
    enum whole_fault why;
    int field;
    if (!check_has_whole(e->change->kind))
        return ERR_OK;
    if (!as_it_will_be(s, e, &r))
        return fault(f, ERR_NO_MEMORY, "no memory for the records");
    if (record_int(&r, kind_field(r.kind, "voided"), 0) != 0)
        return ERR_OK;
    enum err code = check_whole(&r, &why, &field);
    if (code != ERR_OK)
        entry_refuse(e, code, field_number(r.kind, (size_t)field), 0);
    return ERR_OK;
}

bool sync_is_again(const struct change *c)
{
    return c->kind->append_only && c->kind->relation;
}

void sync_again(struct entry *e)
{
    const struct kind *kind = e->change->kind;
    const struct record *old = &e->stored.record;
    for (size_t i = 0; i < kind->field_count; i++) {
        uint64_t bit = field_bit(kind, i);
        if ((e->change->set & bit) != 0 &&
            ((old->set & bit) == 0 || !value_equal(kind, i, &e->change->values[i], &old->values[i])))
            entry_refuse(e, ERR_EXISTS, 0, 0);
    }
}
