/* Values, records and changes of any kind, without knowing the kind.
 *
 * A mask has bit n set for the field with number n of the kind's message (numbers run from 1 to 62), so masks
 * may be kept in databases. Values stand in an array by the field's index in the kind (kind.h); which of them
 * mean something says the mask. All pointers are borrowed from the arena, statement or buffer that the record
 * was read from. */
#ifndef HV_VALUE_H
#define HV_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kind;

/* A record's id: 16 bytes, a UUIDv7, or a UUIDv8 computed from what a relation joins. */
struct id {
    uint8_t b[16];
};

struct bytes {
    const uint8_t *p;
    size_t n;
};

/* One value: a number (int, bool, date, code) in i, a text or an id in p and n. */
struct value {
    union {
        int64_t i;
        const char *p;
    };
    uint32_t n;
};

/* The whole of a record as it stands. */
struct record {
    const struct kind *kind;
    struct id id;
    uint64_t set;         /* fields that have a value */
    struct value *values; /* kind->field_count of them */
};

/* What somebody did to a record: fields set, fields cleared, all others untouched. */
struct change {
    const struct kind *kind; /* NULL: a kind that this program does not know */
    uint32_t kind_number;
    uint32_t unknown_field; /* number of the first field that this program does not know, or 0 */
    struct id id;
    uint64_t number; /* of the replica's changes; 0 for a record on its way down */
    uint64_t base;   /* revision of the stream that the author had seen */
    uint64_t set;
    uint64_t cleared;
    struct value *values;
};

static inline bool id_equal(const struct id *a, const struct id *b)
{
    return __builtin_memcmp(a->b, b->b, sizeof a->b) == 0;
}

static inline int id_compare(const struct id *a, const struct id *b)
{
    return __builtin_memcmp(a->b, b->b, sizeof a->b);
}

#endif
