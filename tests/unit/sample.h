/* Random changes of every kind, with the values that are hard to carry. */
#ifndef HV_SAMPLE_H
#define HV_SAMPLE_H

#include "common/change.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct sample {
    struct arena *arena;
    uint64_t state;
};

/* Takes the seed from HV_SEED or the clock and prints it. */
static inline struct sample sample_begin(struct arena *a)
{
    const char *given = getenv("HV_SEED");
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t seed = given != NULL ? strtoull(given, NULL, 0) : (uint64_t)now.tv_sec ^ (uint64_t)now.tv_nsec;
    fprintf(stderr, "HV_SEED=%llu\n", (unsigned long long)seed);
    return (struct sample){a, seed};
}

static inline uint64_t sample_next(struct sample *s)
{
    uint64_t z = s->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static inline uint64_t sample_below(struct sample *s, uint64_t n)
{
    return sample_next(s) % n;
}

static inline struct id *sample_id(struct sample *s)
{
    struct id *id = arena_alloc(s->arena, sizeof *id);
    for (size_t i = 0; i < sizeof id->b; i++)
        id->b[i] = (uint8_t)sample_next(s);
    return id;
}

/* Words that come again, blanks in all places, numbers of one length, and bytes that are no text. */
static inline struct bytes sample_text(struct sample *s)
{
    static const char *const parts[] = {"Nguyễn", "Thị", " ", "  ", "Ấp 3, xã", "", "0", "Hồng Đào"};
    char *p = arena_alloc(s->arena, 400);
    size_t n = 0, kind = sample_below(s, 4);
    if (kind == 0)
        n = (size_t)snprintf(p, 400, "%012llu", (unsigned long long)sample_below(s, 1000000000000));
    for (uint64_t left = sample_below(s, 6); kind == 1 && left > 0; left--) {
        const char *part = parts[sample_below(s, sizeof parts / sizeof parts[0])];
        n += (size_t)snprintf(p + n, 400 - n, "%s%s", n > 0 ? " " : "", part);
    }
    for (uint64_t left = sample_below(s, 40); kind == 2 && left > 0; left--)
        p[n++] = (char)sample_next(s);
    return (struct bytes){(const uint8_t *)p, n};
}

static inline void sample_value(struct sample *s, struct change *c, size_t i)
{
    static const int64_t numbers[] = {0,    1,         2,         99,        100,
                                      9999, 19700000,  20191006,  INT32_MAX, (int64_t)INT32_MAX + 1,
                                      -1,   INT64_MAX, INT64_MIN, INT32_MIN, -100};
    struct bytes text;
    switch (field_type(c->kind, i)) {
    case FIELD_TEXT:
        text = sample_text(s);
        change_set_text(c, (int)i, (const char *)text.p, text.n);
        break;
    case FIELD_ID:
        change_set_id(c, (int)i, sample_id(s));
        break;
    case FIELD_BOOL:
        change_set_int(c, (int)i, (int64_t)sample_below(s, sample_below(s, 8) == 0 ? 256 : 2));
        break;
    default:
        change_set_int(c, (int)i, numbers[sample_below(s, sizeof numbers / sizeof numbers[0])]);
    }
}

/* Fields set, cleared and untouched, in shares that differ from change to change. */
static inline struct change *sample_change(struct sample *s, const struct kind *kind)
{
    struct change *c = change_make(s->arena, kind);
    uint64_t set = sample_below(s, 11), cleared = sample_below(s, 4);
    c->id = *sample_id(s);
    c->base = sample_below(s, 3) == 0 ? sample_below(s, UINT64_C(1) << 40) : 7;
    for (size_t i = 0; i < kind->field_count; i++)
        if (sample_below(s, 10) < set)
            sample_value(s, c, i);
        else if (sample_below(s, 10) < cleared)
            change_clear(c, (int)i);
    return c;
}

/* The same record, kind, fields and values; number and base may differ. */
static inline bool sample_same(const struct change *x, const struct change *y)
{
    bool same = x->kind == y->kind && x->kind_number == y->kind_number && id_equal(&x->id, &y->id) &&
                x->set == y->set && x->cleared == y->cleared && x->unknown_field == y->unknown_field;
    for (size_t i = 0; same && x->kind != NULL && i < x->kind->field_count; i++)
        if (x->set & field_bit(x->kind, i))
            same = value_equal(x->kind, i, &x->values[i], &y->values[i]);
    return same;
}

#endif
