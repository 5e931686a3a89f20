#include "common/wire/wire_column.h"
#include <string.h>

#define NUMBER_PLANES 10 /* of two decimal digits each: 64 bits */
#define NEGATIVE      0x10u

void planes_put(uint8_t *out, const struct bytes *pieces, size_t count, size_t width)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < width; j++)
            out[j * count + i] = pieces[i].p[j];
}

void planes_get(uint8_t *out, const uint8_t *in, size_t count, size_t width)
{
    for (size_t j = 0; j < width; j++)
        for (size_t i = 0; i < count; i++)
            out[i * width + j] = *in++;
}

bool dictionary_make(struct arena *a, struct dictionary *d, size_t most)
{
    size_t slots = 16;
    while (slots < 2 * most)
        slots *= 2;
    d->pieces = arena_alloc(a, most * sizeof *d->pieces);
    d->slots = arena_zero(a, slots, sizeof *d->slots);
    d->count = 0;
    d->slot_mask = slots - 1;
    return d->pieces != NULL && d->slots != NULL;
}

static uint64_t piece_hash(const uint8_t *p, size_t n)
{
    uint64_t hash = n;
    while (n > 0) {
        uint64_t part = 0;
        size_t take = n < sizeof part ? n : sizeof part;
        memcpy(&part, p, take);
        hash = (hash ^ part) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
        p += take;
        n -= take;
    }
    return hash;
}

uint32_t dictionary_add(struct dictionary *d, const uint8_t *p, size_t n)
{
    size_t i = piece_hash(p, n) & d->slot_mask;
    for (; d->slots[i] != 0; i = (i + 1) & d->slot_mask) {
        const struct bytes *piece = &d->pieces[d->slots[i] - 1];
        if (piece->n == n && memcmp(piece->p, p, n) == 0)
            return d->slots[i];
    }
    d->pieces[d->count++] = (struct bytes){p, n};
    d->slots[i] = (uint32_t)d->count;
    return 0;
}

static uint64_t magnitude(int64_t v)
{
    return v < 0 ? -(uint64_t)v : (uint64_t)v;
}

static enum err numbers_pack(struct arena *a, const struct value *const *values, size_t count,
                             struct bytes *out)
{
    uint64_t greatest = 0;
    bool negative = false;
    for (size_t i = 0; i < count; i++) {
        uint64_t v = magnitude(values[i]->i);
        greatest = v > greatest ? v : greatest;
        negative |= values[i]->i < 0;
    }
    size_t planes = 0;
    for (; greatest > 0; greatest /= 100)
        planes++;
    size_t size = 1 + (planes + negative) * count;
    uint8_t *start = arena_alloc(a, size);
    if (start == NULL)
        return ERR_NO_MEMORY;
    *start = (uint8_t)(planes | (negative ? NEGATIVE : 0));
    uint8_t *p = start + 1;
    for (size_t i = 0; negative && i < count; i++)
        *p++ = values[i]->i < 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t v = magnitude(values[i]->i);
        for (size_t j = planes; j-- > 0; v /= 100)
            p[j * count + i] = (uint8_t)(v % 100);
    }
    *out = (struct bytes){start, size};
    return ERR_OK;
}

static enum err numbers_unpack(struct reader *r, struct value *const *out, size_t count)
{
    const uint8_t *head = read_bytes(r, 1);
    size_t planes = head == NULL ? 0 : *head & ~NEGATIVE;
    if (head == NULL || planes > NUMBER_PLANES)
        return ERR_MALFORMED;
    const uint8_t *sign = *head & NEGATIVE ? read_bytes(r, count) : NULL;
    const uint8_t *digits = read_bytes(r, planes * count);
    if (r->bad)
        return ERR_MALFORMED;
    for (size_t i = 0; i < count; i++) {
        uint64_t v = 0;
        bool over = false;
        for (size_t j = 0; j < planes; j++) {
            uint8_t digit = digits[j * count + i];
            over |= digit > 99 || __builtin_mul_overflow(v, 100, &v) || __builtin_add_overflow(v, digit, &v);
        }
        bool negative = sign != NULL && sign[i] == 1;
        if (over || v > (uint64_t)INT64_MAX + negative || (sign != NULL && sign[i] > 1))
            return ERR_MALFORMED;
        out[i]->i = negative ? (int64_t)-v : (int64_t)v;
    }
    return ERR_OK;
}

static enum err bools_pack(struct arena *a, const struct value *const *values, size_t count,
                           struct bytes *out)
{
    uint8_t *p = arena_alloc(a, count);
    if (p == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        p[i] = (uint8_t)values[i]->i;
    *out = (struct bytes){p, count};
    return ERR_OK;
}

static enum err bools_unpack(struct reader *r, struct value *const *out, size_t count)
{
    const uint8_t *p = read_bytes(r, count);
    if (p == NULL)
        return ERR_MALFORMED;
    for (size_t i = 0; i < count; i++)
        out[i]->i = p[i];
    return ERR_OK;
}

static enum err ids_pack(struct arena *a, const struct value *const *values, size_t count, struct bytes *out)
{
    struct dictionary d;
    uint32_t *places = arena_alloc(a, count * sizeof *places);
    if (places == NULL || !dictionary_make(a, &d, count))
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        places[i] = dictionary_add(&d, (const uint8_t *)values[i]->p, sizeof(struct id));
    uint8_t *start = arena_alloc(a, VARINT_MAX * (1 + count) + d.count * sizeof(struct id));
    if (start == NULL)
        return ERR_NO_MEMORY;
    uint8_t *p = varint_put(start, d.count);
    planes_put(p, d.pieces, d.count, sizeof(struct id));
    p += d.count * sizeof(struct id);
    for (size_t i = 0; i < count; i++)
        p = varint_put(p, places[i]);
    *out = (struct bytes){start, (size_t)(p - start)};
    return ERR_OK;
}

static enum err ids_unpack(struct arena *a, struct reader *r, struct value *const *out, size_t count)
{
    uint64_t distinct = read_varint(r);
    if (distinct > count)
        return ERR_MALFORMED;
    const uint8_t *planes = read_bytes(r, distinct * sizeof(struct id));
    struct id *ids = arena_alloc(a, distinct * sizeof *ids);
    if (planes == NULL)
        return ERR_MALFORMED;
    if (ids == NULL)
        return ERR_NO_MEMORY;
    planes_get(ids->b, planes, distinct, sizeof *ids);
    uint64_t next = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t place = read_varint(r);
        place = place == 0 ? next++ : place - 1;
        if (place >= distinct)
            return ERR_MALFORMED;
        *out[i] = (struct value){.p = (const char *)ids[place].b, .n = sizeof *ids};
    }
    return ERR_OK;
}

enum err column_pack(struct arena *a, enum field_type type, const struct value *const *values, size_t count,
                     struct bytes *out)
{
    switch (type) {
    case FIELD_TEXT:
        return words_pack(a, values, count, out);
    case FIELD_ID:
        return ids_pack(a, values, count, out);
    case FIELD_BOOL:
        return bools_pack(a, values, count, out);
    default:
        return numbers_pack(a, values, count, out);
    }
}

static enum err values_unpack(struct arena *a, enum field_type type, struct reader *r,
                              struct value *const *out, size_t count, size_t *text_budget)
{
    switch (type) {
    case FIELD_TEXT:
        return words_unpack(a, r, out, count, text_budget);
    case FIELD_ID:
        return ids_unpack(a, r, out, count);
    case FIELD_BOOL:
        return bools_unpack(r, out, count);
    default:
        return numbers_unpack(r, out, count);
    }
}

enum err column_unpack(struct arena *a, enum field_type type, struct bytes in, struct value *const *out,
                       size_t count, size_t *text_budget)
{
    struct reader r = reader_of(in.p, in.n);
    enum err err = values_unpack(a, type, &r, out, count, text_budget);
    if (err == ERR_OK && !reader_done(&r))
        return ERR_MALFORMED;
    return err;
}
