#include "server/merge.h"
#include "common/change.h"

static bool differs(const struct record *r, const struct change *c, size_t i)
{
    uint64_t bit = field_bit(r->kind, i);
    bool is_set = (r->set & bit) != 0;
    if ((c->cleared & bit) != 0)
        return is_set;
    return !is_set || !value_equal(r->kind, i, &r->values[i], &c->values[i]);
}

struct merge_result merge_change(struct record *r, const struct change *c, uint64_t others)
{
    struct merge_result result = {0, 0};
    for (size_t i = 0; i < r->kind->field_count; i++) {
        uint64_t bit = field_bit(r->kind, i);
        if (((c->set | c->cleared) & bit) == 0 || !differs(r, c, i))
            continue;
        result.changed |= bit;
        result.conflicts |= others & bit;
    }
    change_apply(r, c);
    return result;
}

uint64_t merge_others(const struct log_row *rows, size_t count, int32_t replica, uint64_t base, uint64_t upto)
{
    uint64_t others = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].rev <= base || rows[i].rev >= upto)
            continue;
        others = rows[i].replica == replica ? others & ~rows[i].mask : others | rows[i].mask;
    }
    return others;
}
