#include "common/measure/once.h"
#include <stdlib.h>
#include <string.h>

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the persons");
}

enum err once_add(struct once_list *l, char what, const void *key, size_t n, int32_t day, struct fault *f)
{
    uint8_t *copy = arena_alloc(l->arena, n + 1);
    if (copy == NULL)
        return no_memory(f);
    copy[0] = (uint8_t)what;
    memcpy(copy + 1, key, n);
    if (l->count == l->room) {
        size_t room = l->room == 0 ? 64 : 2 * l->room;
        struct once *more = arena_alloc(l->arena, room * sizeof *more);
        if (more == NULL)
            return no_memory(f);
        if (l->count > 0)
            memcpy(more, l->list, l->count * sizeof *more);
        l->list = more;
        l->room = room;
    }
    l->list[l->count++] = (struct once){{copy, n + 1}, day};
    return ERR_OK;
}

static int key_compare(struct bytes x, struct bytes y)
{
    int order = memcmp(x.p, y.p, x.n < y.n ? x.n : y.n);
    return order != 0 ? order : (x.n > y.n) - (x.n < y.n);
}

static int once_compare(const void *a, const void *b)
{
    const struct once *x = a, *y = b;
    int order = key_compare(x->key, y->key);
    return order != 0 ? order : (x->day > y->day) - (x->day < y->day);
}

enum err once_settle(struct once_list *l, int measure, struct steps *out, struct fault *f)
{
    enum err e = ERR_OK;
    if (l->count > 1)
        qsort(l->list, l->count, sizeof *l->list, once_compare);
    for (size_t i = 0; e == ERR_OK && i < l->count; i++) {
        const struct once *x = &l->list[i];
        if (i > 0 && key_compare(x[-1].key, x->key) == 0 && x[-1].day / 10000 == x->day / 10000)
            continue;
        e = steps_add(out, measure, NULL, x->day, 1, f);
    }
    return e;
}
