/* Records made in memory and the figures of a report over them. */
#ifndef HV_TALLY_SCENE_H
#define HV_TALLY_SCENE_H

#include "common/change.h"
#include "common/tally_rules.h"
#include "proto/record.pb-c.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

struct scene {
    struct arena *arena;
    struct record **records;
    size_t count;
    size_t room;
    int32_t from;
    int32_t day;
    int regular_percent;
    bool above_target; /* otherwise the commune is below it */
    bool of_province;
};

static inline struct scene scene_begin(int32_t from, int32_t day)
{
    return (struct scene){.arena = arena_make(64u << 20), .from = from, .day = day, .regular_percent = 50};
}

static inline void scene_end(struct scene *s)
{
    free(s->records);
    arena_free(s->arena);
}

/* A field's value: a text, a reference, or else a number. */
struct given {
    const char *field;
    int64_t n;
    const char *text;
    const struct record *to;
};

static inline void record_put(struct record *r, struct given g)
{
    int i = kind_field(r->kind, g.field);
    cr_assert(i >= 0, "%s has no field %s", r->kind->name, g.field);
    struct value *v = &r->values[i];
    if (g.text != NULL)
        *v = (struct value){.p = g.text, .n = (uint32_t)strlen(g.text)};
    else if (g.to != NULL)
        *v = (struct value){.p = (const char *)g.to->id.b, .n = sizeof g.to->id.b};
    else
        *v = (struct value){.i = g.n};
    r->set |= field_bit(r->kind, (size_t)i);
}

/* Ids grow from record to record. */
static inline struct record *record_new(struct scene *s, const struct kind *kind, const struct given *list,
                                        size_t count)
{
    if (s->count == s->room) {
        s->room = s->room == 0 ? 64 : 2 * s->room;
        s->records = realloc(s->records, s->room * sizeof(struct record *));
        cr_assert(s->records != NULL);
    }
    struct record *r = record_make(s->arena, kind);
    cr_assert(r != NULL);
    r->id.b[14] = (uint8_t)(s->count >> 8);
    r->id.b[15] = (uint8_t)s->count;
    r->id.b[13] = (uint8_t)(s->count >> 16);
    r->id.b[0] = 1;
    for (size_t i = 0; i < count; i++)
        record_put(r, list[i]);
    s->records[s->count++] = r;
    return r;
}

/* NEW(&scene, &kind_group, {"name", .text = "Chi hội 1"}, {"type", .n = 1}) */
#define NEW(scene, kind, ...)                                                                                \
    record_new(scene, kind, (const struct given[]){__VA_ARGS__},                                             \
               sizeof((const struct given[]){__VA_ARGS__}) / sizeof(struct given))

static inline enum err scene_each(void *source, const struct kind *kind, tally_record_fn *fn, void *context,
                                  struct fault *f)
{
    const struct scene *s = source;
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < s->count; i++) {
        const struct record *r = s->records[i];
        if (r->kind == kind && record_int(r, kind_field(kind, "voided"), 0) == 0)
            e = fn(context, r, f);
    }
    return e;
}

static inline struct tally scene_tally(struct scene *s, const struct tally_report *report)
{
    struct fault f = {0};
    struct tally t = {.arena = s->arena};
    struct tally_input in = {.arena = s->arena,
                             .below_target = !s->above_target,
                             .of_province = s->of_province,
                             .from = s->from,
                             .day = s->day,
                             .regular_percent = s->regular_percent,
                             .source = s,
                             .each = scene_each};
    cr_assert_eq(report->rule(&in, &t, &f), ERR_OK, "%s", f.text);
    return t;
}

static inline size_t scene_section(const struct tally_report *report, const char *section)
{
    for (size_t i = 0; i < report->section_count; i++)
        if (strcmp(report->sections[i].token, section) == 0)
            return i;
    cr_assert(false, "there is no section %s", section);
    return 0;
}

/* The row; NULL: there is none. */
static inline const struct tally_row *scene_row(const struct tally_report *report, const struct tally *t,
                                                const char *section, const char *key)
{
    size_t at = scene_section(report, section);
    for (size_t i = 0; i < t->count; i++)
        if (t->rows[i].section == at && strcmp(t->rows[i].key, key) == 0)
            return &t->rows[i];
    return NULL;
}

/* The figure in a row; where the row is missing, the test fails. */
static inline int64_t scene_figure(const struct tally_report *report, const struct tally *t,
                                   const char *section, const char *key, const char *column)
{
    const struct tally_row *row = scene_row(report, t, section, key);
    cr_assert(row != NULL, "%s has no row \"%s\"", section, key);
    const struct tally_column *columns = report->sections[row->section].columns;
    for (int k = 0; columns[k].token != NULL; k++)
        if (strcmp(columns[k].token, column) == 0)
            return row->v[k];
    cr_assert(false, "%s has no column %s", section, column);
    return 0;
}

#define FIGURE_IS(report, tally, section, key, column, n)                                                    \
    cr_assert_eq(scene_figure(&(report), tally, section, key, column), n, "%s \"%s\" %s: %lld", section,     \
                 key, column, (long long)scene_figure(&(report), tally, section, key, column))

#endif
