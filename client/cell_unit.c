#include "client/cell_unit.h"
#include <string.h>

bool cell_is_unit(const struct kind *kind, size_t i)
{
    return strcmp(kind->fields[i].name, "unit") == 0;
}

bool cell_unit_read(struct cells *x, struct change *c, size_t i, const char *text)
{
    struct identity who;
    bool found = false;
    if (identity_load(x->book, &who, NULL) != ERR_OK)
        return false;
    for (size_t k = 0; k < who.unit_count && !found; k++)
        if (strcmp(who.units[k].code, text) == 0) {
            change_set_int(c, (int)i, who.units[k].stream);
            found = true;
        }
    key_wipe(&who, sizeof who);
    return found;
}

const char *cell_unit_write(struct cells *x, int64_t stream)
{
    struct identity who;
    const char *text = NULL;
    bool is_known = identity_load(x->book, &who, NULL) == ERR_OK, is_bare = x->plain || x->exact;
    for (size_t k = 0; is_known && k < who.unit_count && text == NULL; k++)
        if (who.units[k].stream == stream)
            text = arena_print(x->arena, is_bare ? "%s" : "%s %s", who.units[k].code, who.units[k].name);
    key_wipe(&who, sizeof who);
    return text != NULL ? text : arena_print(x->arena, "%lld", (long long)stream);
}
