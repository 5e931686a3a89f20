/* Numbers of variable length, and a reader that never runs past its end. */
#ifndef HV_VARINT_H
#define HV_VARINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VARINT_MAX 10 /* bytes of the longest */

/* Writes seven bits a byte, the lowest first; returns the byte behind. */
static inline uint8_t *varint_put(uint8_t *p, uint64_t v)
{
    while (v >= 0x80) {
        *p++ = (uint8_t)(v | 0x80);
        v >>= 7;
    }
    *p++ = (uint8_t)v;
    return p;
}

/* Small numbers of either sign as small numbers without sign: 0, -1, 1, -2 ... */
static inline uint64_t zigzag(int64_t v)
{
    return ((uint64_t)v << 1) ^ (v < 0 ? UINT64_MAX : 0);
}

static inline int64_t unzigzag(uint64_t v)
{
    return (int64_t)((v >> 1) ^ (v & 1 ? UINT64_MAX : 0));
}

/* Once something was missing or wrong, `bad` stays and every further read gives 0 or NULL: the caller may
 * check once, after its last read, as long as no loop is bounded by an unchecked number. */
struct reader {
    const uint8_t *p;
    const uint8_t *end;
    bool bad;
};

static inline struct reader reader_of(const uint8_t *p, size_t n)
{
    if (p == NULL)
        p = (const uint8_t *)"";
    return (struct reader){p, p + n, false};
}

static inline size_t reader_left(const struct reader *r)
{
    return (size_t)(r->end - r->p);
}

/* Everything was read, and all of it was good. */
static inline bool reader_done(const struct reader *r)
{
    return !r->bad && r->p == r->end;
}

static inline uint64_t reader_fail(struct reader *r)
{
    r->bad = true;
    r->p = r->end;
    return 0;
}

static inline uint64_t read_varint(struct reader *r)
{
    uint64_t v = 0;
    for (unsigned shift = 0; shift < 64 && r->p < r->end; shift += 7) {
        uint8_t byte = *r->p++;
        if (shift == 63 && byte > 1)
            break;
        v |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return v;
    }
    return reader_fail(r);
}

static inline const uint8_t *read_bytes(struct reader *r, size_t n)
{
    if (r->bad || n > reader_left(r)) {
        reader_fail(r);
        return NULL;
    }
    const uint8_t *p = r->p;
    r->p += n;
    return p;
}

#endif
