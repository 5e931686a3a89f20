#include "client/where.h"
#include "client/selection.h"
#include "common/date.h"
#include <string.h>

/* "FIELD=" of the text's beginning; -1: it begins otherwise. */
static int field_begins(struct cells *x, const struct kind *kind, const char *text)
{
    size_t n = strcspn(text, "=,");
    const char *word = text[n] == '=' ? arena_copy(x->arena, text, n) : NULL;
    return word != NULL ? cell_field_of(x->arena, kind, word) : -1;
}

/* Up to the comma behind which the next field begins: values have commas, too. */
static size_t value_length(struct cells *x, const struct kind *kind, const char *text)
{
    size_t n = 0;
    while (text[n] != '\0' && (text[n] != ',' || field_begins(x, kind, text + n + 1) < 0))
        n++;
    return n;
}

static enum err usage(struct cells *x, const struct kind *kind, struct fault *f)
{
    return ui_fault(
        x->ui, f, ERR_USAGE,
        "--where cần MỤC=GIÁ TRỊ, nhiều điều kiện cách nhau bằng dấu phẩy (nhiều nhất %d); hãy xem "
        "các mục bằng: %s %s add --help",
        "--where needs FIELD=VALUE, several between commas (at most %d); see the fields by: %s %s "
        "add --help",
        WHERE_MOST, x->ui->program, kind->name);
}

enum err where_read(struct cells *x, const struct kind *kind, const char *text, struct where *out,
                    struct fault *f)
{
    *out = (struct where){0};
    while (*text != '\0') {
        int field = field_begins(x, kind, text);
        text += strcspn(text, "=") + 1;
        size_t n = field >= 0 ? value_length(x, kind, text) : 0;
        if (n == 0 || out->count == WHERE_MOST)
            return usage(x, kind, f);
        struct change *want = change_make(x->arena, kind);
        if (want == NULL)
            return fault(f, ERR_NO_MEMORY, "out of memory");
        if (cell_read(x, want, (size_t)field, text, n, f) != ERR_OK)
            return selection_field_fault(x->ui, f, kind, (size_t)field);
        if (want->set == 0)
            return usage(x, kind, f);
        out->list[out->count].field = (size_t)field;
        out->list[out->count++].want = want;
        text += n + (text[n] == ',');
    }
    return out->count > 0 ? ERR_OK : usage(x, kind, f);
}

static bool holds(const struct kind *kind, size_t i, const struct value *want, const struct value *has)
{
    switch (field_type(kind, i)) {
    case FIELD_DATE:
        return date_first_day((int32_t)want->i) <= date_first_day((int32_t)has->i) &&
               date_last_day((int32_t)has->i) <= date_last_day((int32_t)want->i);
    case FIELD_SET:
        return (has->i & want->i) == want->i;
    default:
        return value_equal(kind, i, want, has);
    }
}

bool where_holds(const struct where *w, const struct record *r)
{
    for (size_t k = 0; k < w->count; k++) {
        size_t i = w->list[k].field;
        if (!record_has(r, (int)i) || !holds(r->kind, i, &w->list[k].want->values[i], &r->values[i]))
            return false;
    }
    return true;
}
