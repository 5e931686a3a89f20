#include "common/named_groups.h"
#include "common/change.h"
#include <stdlib.h>
#include <string.h>

const struct code no_group_codes[] = {
    {1, NO_GROUP, {"Không rõ chi hội, tổ, nhóm", "Group not known"}},
    {0, NULL, {NULL, NULL}},
};

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the groups");
}

static bool is_taken(const struct named_groups *g, const char *name)
{
    for (size_t i = 0; i < g->count; i++)
        if (strcmp(g->list[i].name, name) == 0)
            return true;
    return false;
}

/* Groups are numbered in the order of their ids, so that all programs give the same names. */
static const char *own_name(struct arena *a, const struct named_groups *g, const struct record *r)
{
    struct bytes given = record_text(r, kind_field(r->kind, "name"));
    const char *name = arena_print(a, "%.*s", (int)given.n, (const char *)given.p);
    for (unsigned n = 2; name != NULL && (*name == '\0' || is_taken(g, name)); n++)
        name = arena_print(a, "%.*s (%u)", (int)given.n, (const char *)given.p, n);
    return name;
}

enum err named_records_load(const struct tally_input *in, const struct kind *kind, struct named_groups *out,
                            struct fault *f)
{
    struct records r;
    *out = (struct named_groups){0};
    enum err e = records_load(in, kind, &r, f);
    if (e != ERR_OK)
        return e;
    records_sort(&r);
    out->list = arena_zero(in->arena, r.count + 1, sizeof *out->list);
    if (out->list == NULL)
        return no_memory(f);
    for (size_t i = 0; i < r.count; i++) {
        struct named_group g = {r.list[i], own_name(in->arena, out, r.list[i])};
        if (g.name == NULL)
            return no_memory(f);
        out->list[out->count++] = g;
    }
    return ERR_OK;
}

enum err named_groups_load(const struct tally_input *in, struct named_groups *out, struct fault *f)
{
    return named_records_load(in, &kind_group, out, f);
}

static int by_id(const void *key, const void *element)
{
    const struct named_group *g = element;
    return id_compare(key, &g->record->id);
}

size_t named_groups_find(const struct named_groups *g, const struct id *id)
{
    const struct named_group *found =
        id != NULL && g->count > 0 ? bsearch(id, g->list, g->count, sizeof *g->list, by_id) : NULL;
    return found != NULL ? (size_t)(found - g->list) : g->count;
}
