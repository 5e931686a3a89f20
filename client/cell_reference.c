#include "client/cell_reference.h"
#include "client/selection.h"
#include "common/id.h"
#include <string.h>

const char *cell_reference_bracket(const char *text)
{
    const char *open = strrchr(text, '[');
    if (open == NULL)
        return NULL;
    size_t n = strspn(open + 1, "0123456789abcdef");
    return n >= 4 && n < REFERENCE_ROOM && strcmp(open + 1 + n, "]") == 0 ? open : NULL;
}

void cell_reference_inner(const char *bracket, char out[REFERENCE_ROOM])
{
    snprintf(out, REFERENCE_ROOM, "%.*s", (int)strcspn(bracket + 1, "]"), bracket + 1);
}

struct alike {
    const struct id *id;
    size_t others;
    bool found;
};

static enum err count_alike(void *context, const struct record *r, struct fault *f)
{
    struct alike *x = context;
    (void)f;
    if (id_equal(&r->id, x->id))
        x->found = true;
    else
        x->others++;
    return ERR_OK;
}

/* Whether reading the name finds this record and no other. */
static bool name_finds(struct cells *x, const struct record *r, const char *name)
{
    struct alike alike = {.id = &r->id};
    struct book_filter named = {.kind = r->kind, .name_exact = name, .missing_field = -1};
    return kind_field(r->kind, "name") >= 0 &&
           book_each(x->book, x->arena, &named, count_alike, &alike, NULL) == ERR_OK && alike.found &&
           alike.others == 0;
}

const char *cell_reference_write(struct cells *x, const struct record *r)
{
    char shown[ID_SHORT];
    const char *name = cell_name(x, r);
    if (!x->exact || name == NULL || name_finds(x, r, name))
        return name;
    id_short(&r->id, shown);
    return arena_print(x->arena, "%s [%s]", name, shown);
}
