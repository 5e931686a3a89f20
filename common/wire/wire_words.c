/* A column of texts. Names and addresses are made of words that come again and again: each distinct word is
 * written once, and the texts are the places of their words. Words lie by their place in the text, so that
 * what stands there (family names, then middle names ...) is compressed among its like. */
#include "common/wire.h"
#include "common/wire/wire_column.h"
#include <string.h>

struct words {
    struct dictionary distinct;
    uint32_t *counts; /* words of each text */
    uint32_t *places; /* what dictionary_add said of each word, text after text */
    size_t total;
    size_t bytes;
};

static size_t blanks_in(const struct value *v)
{
    size_t n = 0;
    for (uint32_t i = 0; i < v->n; i++)
        n += v->p[i] == ' ';
    return n;
}

static void text_cut(struct words *w, const struct value *v, uint32_t *places)
{
    const uint8_t *p = (const uint8_t *)v->p;
    size_t left = v->n;
    for (;;) {
        const uint8_t *blank = left == 0 ? NULL : memchr(p, ' ', left);
        size_t n = blank == NULL ? left : (size_t)(blank - p);
        *places++ = dictionary_add(&w->distinct, left == 0 ? (const uint8_t *)"" : p, n);
        if (blank == NULL)
            return;
        p += n + 1;
        left -= n + 1;
    }
}

static bool words_cut(struct arena *a, struct words *w, const struct value *const *values, size_t count)
{
    *w = (struct words){.counts = arena_alloc(a, count * sizeof *w->counts)};
    if (w->counts == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        w->counts[i] = (uint32_t)blanks_in(values[i]) + 1;
        w->total += w->counts[i];
        w->bytes += values[i]->n;
    }
    w->places = arena_alloc(a, w->total * sizeof *w->places);
    if (w->places == NULL || !dictionary_make(a, &w->distinct, w->total))
        return false;
    uint32_t *places = w->places;
    for (size_t i = 0; i < count; places += w->counts[i++])
        text_cut(w, values[i], places);
    return true;
}

/* Words of one length are mostly numbers, which resemble each other place by place. */
static uint8_t *distinct_put(uint8_t *p, const struct dictionary *d)
{
    bool one_length = true;
    for (size_t i = 0; i < d->count; i++) {
        p = varint_put(p, d->pieces[i].n);
        one_length &= d->pieces[i].n == d->pieces[0].n;
    }
    if (one_length) {
        planes_put(p, d->pieces, d->count, d->pieces[0].n);
        return p + d->count * d->pieces[0].n;
    }
    for (size_t i = 0; i < d->count; i++) {
        memcpy(p, d->pieces[i].p, d->pieces[i].n);
        p += d->pieces[i].n;
    }
    return p;
}

enum err words_pack(struct arena *a, const struct value *const *values, size_t count, struct bytes *out)
{
    struct words w;
    if (!words_cut(a, &w, values, count))
        return ERR_NO_MEMORY;
    uint8_t *start = arena_alloc(a, VARINT_MAX + 5 * (w.distinct.count + count + w.total) + w.bytes);
    if (start == NULL)
        return ERR_NO_MEMORY;
    uint8_t *p = distinct_put(varint_put(start, w.distinct.count), &w.distinct);
    for (size_t i = 0; i < count; i++)
        p = varint_put(p, w.counts[i] - 1);
    for (size_t i = 0; i < w.total; i++)
        p = varint_put(p, w.places[i]);
    *out = (struct bytes){start, (size_t)(p - start)};
    return ERR_OK;
}

static enum err planes_read(struct arena *a, struct reader *r, struct bytes *words, size_t count)
{
    size_t width = words[0].n, size;
    if (__builtin_mul_overflow(count, width, &size))
        return ERR_MALFORMED;
    const uint8_t *planes = read_bytes(r, size);
    if (planes == NULL)
        return ERR_MALFORMED;
    uint8_t *bytes = arena_alloc(a, size);
    if (bytes == NULL)
        return ERR_NO_MEMORY;
    planes_get(bytes, planes, count, width);
    for (size_t i = 0; i < count; i++)
        words[i].p = bytes + i * width;
    return ERR_OK;
}

/* The distinct words. The bytes of words of one length come place by place. */
static enum err distinct_read(struct arena *a, struct reader *r, struct bytes **words, size_t *count)
{
    uint64_t n = read_varint(r);
    if (n > reader_left(r))
        return ERR_MALFORMED;
    struct bytes *w = arena_alloc(a, n * sizeof *w);
    if (w == NULL)
        return ERR_NO_MEMORY;
    bool one_length = true;
    for (size_t i = 0; i < n; i++) {
        w[i].n = read_varint(r);
        one_length &= w[i].n == w[0].n;
    }
    *words = w;
    *count = n;
    if (one_length && n > 0)
        return planes_read(a, r, w, n);
    for (size_t i = 0; i < n; i++)
        w[i].p = read_bytes(r, w[i].n);
    return r->bad ? ERR_MALFORMED : ERR_OK;
}

/* How many words each text has. Each takes a byte at least of what is left, which bounds the sum. */
static enum err counts_read(struct arena *a, struct reader *r, size_t count, uint32_t **counts, size_t *total)
{
    uint32_t *c = arena_alloc(a, count * sizeof *c);
    if (c == NULL)
        return ERR_NO_MEMORY;
    *total = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t blanks = read_varint(r);
        if (blanks >= WIRE_MAX_RAW)
            return ERR_MALFORMED;
        c[i] = (uint32_t)blanks + 1;
        *total += c[i];
        if (*total > WIRE_MAX_RAW)
            return ERR_MALFORMED;
    }
    *counts = c;
    return r->bad || *total > reader_left(r) ? ERR_MALFORMED : ERR_OK;
}

/* What the texts are made of, as read. */
struct texts {
    struct bytes *words;
    size_t word_count;
    uint32_t *counts;
    uint32_t *places;
    size_t total;
};

static enum err places_read(struct arena *a, struct reader *r, struct texts *t)
{
    uint64_t next = 0;
    t->places = arena_alloc(a, t->total * sizeof *t->places);
    if (t->places == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < t->total; i++) {
        uint64_t place = read_varint(r);
        place = place == 0 ? next++ : place - 1;
        if (place >= t->word_count)
            return ERR_MALFORMED;
        t->places[i] = (uint32_t)place;
    }
    return r->bad ? ERR_MALFORMED : ERR_OK;
}

/* Bytes of a text of these words, or SIZE_MAX when beyond `most`. */
static size_t text_length(const struct texts *t, const uint32_t *places, uint32_t count, size_t most)
{
    size_t n = count - 1;
    for (uint32_t i = 0; i < count && n <= most; i++)
        n += t->words[places[i]].n;
    return n <= most ? n : SIZE_MAX;
}

static char *text_join(const struct texts *t, const uint32_t *places, uint32_t count, char *p)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct bytes *word = &t->words[places[i]];
        if (i > 0)
            *p++ = ' ';
        memcpy(p, word->p, word->n);
        p += word->n;
    }
    return p;
}

static enum err texts_join(struct arena *a, const struct texts *t, struct value *const *out, size_t count,
                           size_t *text_budget)
{
    const uint32_t *places = t->places;
    size_t bytes = 0;
    for (size_t i = 0; i < count; places += t->counts[i++]) {
        size_t n = text_length(t, places, t->counts[i], *text_budget - bytes);
        if (n == SIZE_MAX)
            return ERR_TOO_LARGE;
        out[i]->n = (uint32_t)n;
        bytes += n;
    }
    *text_budget -= bytes;
    char *p = arena_alloc(a, bytes);
    if (p == NULL)
        return ERR_NO_MEMORY;
    places = t->places;
    for (size_t i = 0; i < count; places += t->counts[i++]) {
        out[i]->p = p;
        p = text_join(t, places, t->counts[i], p);
    }
    return ERR_OK;
}

enum err words_unpack(struct arena *a, struct reader *r, struct value *const *out, size_t count,
                      size_t *text_budget)
{
    struct texts t;
    enum err err = distinct_read(a, r, &t.words, &t.word_count);
    if (err == ERR_OK)
        err = counts_read(a, r, count, &t.counts, &t.total);
    if (err == ERR_OK)
        err = places_read(a, r, &t);
    return err == ERR_OK ? texts_join(a, &t, out, count, text_budget) : err;
}
