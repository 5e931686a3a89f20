/* What is kept of records, made anew behind the rows that were just written: only measures that read a kind
 * of which something was written, so that members, memberships and events cost nothing here. */
#include "server/store_figure.h"
#include "server/sync.h"

static bool is_read(const struct sync *s, const struct measure_rule *rule, const struct kind *kind)
{
    if (s->seat == SEAT_PROVINCE && !kind_is_read_below(kind))
        return false;
    for (size_t k = 0; rule->kinds[k] != NULL; k++)
        if (rule->kinds[k] == kind)
            return true;
    return false;
}

static bool is_touched(const struct sync *s, const struct measure_rule *rule)
{
    for (size_t begin = 0, end; begin < s->count; begin = end) {
        end = entries_of_kind(s, begin);
        if (s->entries[begin].change->kind == NULL || !is_read(s, rule, s->entries[begin].change->kind))
            continue;
        for (size_t i = begin; i < end; i++)
            if (s->entries[i].code == ERR_OK && (s->entries[i].creates || s->entries[i].mask != 0))
                return true;
    }
    return false;
}

/* Communes read some of what a province writes; so what is kept of them waits until none of them writes. */
static enum err keep_below(struct sync *s, const struct measure_rule *rule, struct fault *f)
{
    int32_t *communes;
    size_t count;
    enum err e = store_streams_below(s->call->db, s->call->arena, s->lock.stream, &communes, &count, f);
    for (size_t i = 0; e == ERR_OK && i < count; i++)
        e = store_figures_keep(s->call->db, s->call->arena, communes[i], rule, f);
    return e;
}

enum err sync_figure(struct sync *s, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; s->seat == SEAT_PROVINCE && e == ERR_OK && i < measure_rule_count; i++)
        if (!measure_rules[i]->live && is_touched(s, measure_rules[i]))
            e = keep_below(s, measure_rules[i], f);
    if (s->seat == SEAT_PROVINCE)
        return e;
    for (size_t i = 0; e == ERR_OK && i < measure_rule_count; i++)
        if (!measure_rules[i]->live && is_touched(s, measure_rules[i]))
            e = store_figures_keep(s->call->db, s->call->arena, s->lock.stream, measure_rules[i], f);
    return e;
}
