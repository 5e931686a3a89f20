#include "common/tally.h"
#include "common/date.h"
#include <string.h>

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the figures");
}

const struct tally_report *tally_report_by_token(const char *token)
{
    for (size_t i = 0; i < tally_report_count; i++)
        if (strcmp(tally_reports[i]->token, token) == 0)
            return tally_reports[i];
    return NULL;
}

bool tally_period(int32_t today, int32_t *from, int32_t *day)
{
    if (*day == 0)
        *day = today;
    if (*from == 0)
        *from = *day / 10000 * 10000 + 101;
    return date_valid(*from, false) && date_valid(*day, false) && *from <= *day;
}

static enum err make_room(struct tally *t, struct fault *f)
{
    if (t->count < t->room)
        return ERR_OK;
    size_t room = t->room == 0 ? 32 : 2 * t->room;
    struct tally_row *more = arena_zero(t->arena, room, sizeof *more);
    if (more == NULL)
        return no_memory(f);
    if (t->count > 0)
        memcpy(more, t->rows, t->count * sizeof *more);
    t->rows = more;
    t->room = room;
    return ERR_OK;
}

static bool ends_month(int32_t day)
{
    return day == date_last_day(day / 100 * 100);
}

int32_t tally_earlier(int32_t from, int32_t day, int32_t then)
{
    int months = (day / 10000 - then / 10000) * 12 + day / 100 % 100 - then / 100 % 100;
    if (from % 100 == 1 && ends_month(day) && ends_month(then))
        return date_add_months(from, -months);
    return date_add_days(from, date_to_days(then) - date_to_days(day));
}

enum err tally_row(struct tally *t, size_t section, const char *key, struct tally_row **out, struct fault *f)
{
    for (size_t i = t->count; i > 0; i--)
        if (t->rows[i - 1].section == section && strcmp(t->rows[i - 1].key, key) == 0) {
            *out = &t->rows[i - 1];
            return ERR_OK;
        }
    enum err e = make_room(t, f);
    if (e != ERR_OK)
        return e;
    const char *copy = arena_copy(t->arena, key, strlen(key));
    if (copy == NULL)
        return no_memory(f);
    *out = &t->rows[t->count++];
    **out = (struct tally_row){.section = section, .key = copy};
    return ERR_OK;
}

enum err tally_add(struct tally *t, size_t section, const char *key, int column, int64_t n, struct fault *f)
{
    struct tally_row *row;
    enum err e = tally_row(t, section, key, &row, f);
    if (e == ERR_OK)
        row->v[column] += n;
    return e;
}

enum err tally_rows_of_codes(struct tally *t, const struct tally_report *r, size_t section, struct fault *f)
{
    struct tally_row *row;
    enum err e = ERR_OK;
    for (const struct code *c = r->sections[section].keys; e == ERR_OK && c->token != NULL; c++)
        e = tally_row(t, section, c->token, &row, f);
    return e;
}

/* What a part adds to a sum: what is of the unit above is left to that. */
static int64_t part_of_sum(const struct tally_section *s, const struct tally_row *from, int k)
{
    if (s->above == 0 || (k != s->above && k != s->with_above))
        return from->v[k];
    return k == s->above ? 0 : from->v[k] - from->v[s->above];
}

enum err tally_sum(struct tally *t, const struct tally_report *r, const struct tally *part, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < part->count; i++) {
        const struct tally_row *from = &part->rows[i];
        struct tally_row *to;
        if (r->sections[from->section].detail)
            continue;
        e = tally_row(t, from->section, from->key, &to, f);
        for (int k = 0; e == ERR_OK && k < TALLY_COLUMNS; k++)
            if (__builtin_add_overflow(to->v[k], part_of_sum(&r->sections[from->section], from, k),
                                       &to->v[k]))
                e = fault(f, ERR_BAD_NUMBER, "a sum of the report is beyond 64 bits");
    }
    return e;
}
