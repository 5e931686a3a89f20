#include "client/tally_rows.h"
#include "client/tally_compare.h"
#include "common/date.h"
#include "common/text.h"
#include <stdlib.h>
#include <string.h>

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "out of memory");
}

const char *tally_key_words(enum lang lang, const struct tally_section *section, const char *key)
{
    static const struct text_pair not_given = {"(chưa ghi)", "(not given)"};
    const struct code *code = section->keys != NULL ? code_by_token(section->keys, key) : NULL;
    if (code != NULL)
        return text_in(lang, code->label);
    bool is_none = strcmp(key, "-") == 0 || (section->keys != NULL && key[0] == '\0');
    return is_none ? text_in(lang, not_given) : key;
}

const char *tally_date_words(const struct tally_show *s, int64_t date, bool iso)
{
    char text[DATE_TEXT] = "";
    if (date != 0)
        date_format((int32_t)date, iso, text);
    return arena_print(s->arena, "%s", text);
}

const int64_t *tally_row_then(const struct tally_unit *unit, const struct tally_row *row)
{
    return unit->then != NULL ? tally_compare_row(unit->then, row) : NULL;
}

bool tally_has_share(const struct tally_column *c)
{
    return c->of >= 0;
}

struct sorted {
    const struct tally_row *row;
    struct bytes key;
};

static int by_key(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    size_t n = x->key.n < y->key.n ? x->key.n : y->key.n;
    int order = memcmp(x->key.p, y->key.p, n);
    return order != 0 ? order : (x->key.n > y->key.n) - (x->key.n < y->key.n);
}

/* Names in their Vietnamese order, whichever side has counted. */
static enum err rows_sort(struct arena *a, struct tally_rows *rows, struct fault *f)
{
    struct sorted *sorted = arena_zero(a, rows->count + 1, sizeof *sorted);
    if (sorted == NULL)
        return no_memory(f);
    for (size_t i = 0; i < rows->count; i++) {
        sorted[i].row = rows->list[i];
        if (text_sort_key(a, rows->list[i]->key, strlen(rows->list[i]->key), &sorted[i].key) != ERR_OK)
            return no_memory(f);
    }
    if (rows->count > 1)
        qsort(sorted, rows->count, sizeof *sorted, by_key);
    for (size_t i = 0; i < rows->count; i++)
        rows->list[i] = sorted[i].row;
    return ERR_OK;
}

enum err tally_rows_of(const struct tally_show *s, const struct tally *t, size_t section,
                       struct tally_rows *out, struct fault *f)
{
    *out = (struct tally_rows){arena_zero(s->arena, t->count + 1, sizeof *out->list), 0};
    if (out->list == NULL)
        return no_memory(f);
    for (size_t i = 0; i < t->count; i++)
        if (t->rows[i].section == section)
            out->list[out->count++] = &t->rows[i];
    return s->report->sections[section].keys == NULL ? rows_sort(s->arena, out, f) : ERR_OK;
}
