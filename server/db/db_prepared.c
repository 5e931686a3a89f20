#include "server/db/db_private.h"
#include <stdlib.h>
#include <string.h>

static int prepared_compare(const void *name, const void *p)
{
    return strcmp(name, ((const struct prepared *)p)->name);
}

const struct prepared *prepared_find(const struct prepared_list *all, const char *name)
{
    if (all->count == 0)
        return NULL;
    return bsearch(name, all->list, all->count, sizeof *all->list, prepared_compare);
}

struct prepared *prepared_add(struct prepared_list *all, const char *name, int count)
{
    struct prepared *wider = realloc(all->list, (all->count + 1) * sizeof *wider);
    if (wider == NULL)
        return NULL;
    all->list = wider;
    struct prepared made = {
        .name = strdup(name), .count = count, .types = calloc((size_t)count + 1, sizeof *made.types)};
    if (made.name == NULL || made.types == NULL) {
        free(made.name);
        free(made.types);
        return NULL;
    }
    size_t at = 0;
    while (at < all->count && strcmp(wider[at].name, name) < 0)
        at++;
    memmove(wider + at + 1, wider + at, (all->count - at) * sizeof *wider);
    wider[at] = made;
    all->count++;
    return &wider[at];
}

void prepared_free(struct prepared_list *all)
{
    for (size_t i = 0; i < all->count; i++) {
        free(all->list[i].name);
        free(all->list[i].types);
    }
    free(all->list);
}

enum err prepared_check(const struct prepared *s, const char *name, const struct db_params *p,
                        struct fault *f)
{
    if (s == NULL)
        return fault(f, ERR_INTERNAL, "statement %s is not prepared", name);
    int count = p != NULL ? p->count : 0;
    if (p != NULL && p->failed)
        return fault(f, ERR_NO_MEMORY, "no memory for the parameters of statement %s", name);
    if (s->count != count)
        return fault(f, ERR_INTERNAL, "statement %s wants %d parameters, not %d", name, s->count, count);
    for (int i = 0; i < count; i++)
        if (s->types[i] != p->types[i])
            return fault(f, ERR_INTERNAL, "parameter %d of statement %s is of type %u, not %u", i + 1, name,
                         s->types[i], p->types[i]);
    return ERR_OK;
}
