/* The values of one column of a batch, packed and unpacked (proto/batch.proto tells the form). Private to the
 * wire. */
#ifndef HV_WIRE_COLUMN_H
#define HV_WIRE_COLUMN_H

#include "common/arena.h"
#include "common/kind.h"
#include "common/varint.h"

/* `count` pieces of `width` bytes, byte by byte: all first bytes, then all second bytes ... and back: piece
 * after piece. */
void planes_put(uint8_t *out, const struct bytes *pieces, size_t count, size_t width);
void planes_get(uint8_t *out, const uint8_t *in, size_t count, size_t width);

/* Pieces of bytes numbered in the order of their first appearance. */
struct dictionary {
    struct bytes *pieces;
    size_t count;
    uint32_t *slots;
    size_t slot_mask;
};
/* Room for `most` pieces; false when the budget is used up. */
bool dictionary_make(struct arena *a, struct dictionary *d, size_t most);
/* 0 when the piece is new, otherwise 1 + its place. */
uint32_t dictionary_add(struct dictionary *d, const uint8_t *p, size_t n);

/* Packs `count` values of one type. ERR_NO_MEMORY only. */
enum err column_pack(struct arena *a, enum field_type type, const struct value *const *values, size_t count,
                     struct bytes *out) HV_MUST_USE;
enum err words_pack(struct arena *a, const struct value *const *values, size_t count,
                    struct bytes *out) HV_MUST_USE;

/* Unpacks exactly `count` values and nothing more into the places of `out`. Texts and ids are new memory;
 * `text_budget` is what all texts of the batch may still take, and becomes less. ERR_MALFORMED,
 * ERR_TOO_LARGE, ERR_NO_MEMORY. */
enum err column_unpack(struct arena *a, enum field_type type, struct bytes in, struct value *const *out,
                       size_t count, size_t *text_budget) HV_MUST_USE;
enum err words_unpack(struct arena *a, struct reader *r, struct value *const *out, size_t count,
                      size_t *text_budget) HV_MUST_USE;

#endif
