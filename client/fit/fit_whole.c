/* What the fields of one record must be to each other, and what its numbers may be, in words. */
#include "client/fit.h"
#include "common/check.h"
#include "common/target.h"

static const char *label_of(const struct client *c, const struct record *r, int field)
{
    return text_in(c->ui.lang, r->kind->fields[field].label);
}

/* Money with points, other numbers as they are typed. */
static const char *number_words(struct client *c, struct arena *a, const struct field *field, int64_t n)
{
    char text[40];
    if (field->check != CHECK_MONEY)
        return arena_print(a, "%lld", (long long)n);
    count_format(n, c->ui.lang, text, sizeof text);
    return arena_print(a, "%s", text);
}

enum err fit_bounds_check(struct client *c, struct arena *a, const struct record *r, int i, struct fault *f)
{
    const struct field *field = &r->kind->fields[i];
    int64_t least, most, v = record_int(r, i, 0);
    if (!check_bounds(field, &least, &most) || (v >= least && v <= most))
        return ERR_OK;
    return ui_fault(&c->ui, f, ERR_BAD_NUMBER, "%s: %s không thể có; hãy viết một số từ %s đến %s.",
                    "%s: %s can't be; write a number from %s to %s.", label_of(c, r, i),
                    number_words(c, a, field, v), number_words(c, a, field, least),
                    number_words(c, a, field, most));
}

enum err fit_whole_check(struct client *c, const struct record *r, struct fault *f)
{
    enum whole_fault why;
    int field;
    if (record_int(r, kind_field(r->kind, "voided"), 0) != 0)
        return ERR_OK;
    enum err e = check_whole(r, &why, &field);
    return e == ERR_OK ? e
                       : ui_fault(&c->ui, f, e, "%s: %s", "%s: %s", label_of(c, r, field),
                                  whole_words(why, c->ui.lang));
}
