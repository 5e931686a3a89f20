#include "common/wire.h"
#include "common/wire/wire_column.h"
#include "common/wire/wire_frame.h"
#include "proto/batch.pb-c.h"
#include <string.h>

/* The changes of one kind, on their way into a block. */
struct section {
    struct arena *a;
    const struct kind *kind;
    const struct change *changes;
    size_t count;
};

static ProtobufCBinaryData *set_bytes(protobuf_c_boolean *has, ProtobufCBinaryData *field, struct bytes b)
{
    *has = true;
    *field = (ProtobufCBinaryData){b.n, (uint8_t *)(uintptr_t)b.p};
    return field;
}

static enum err ids_put(struct arena *a, const struct bytes *ids, size_t count, struct bytes *out)
{
    uint8_t *p = arena_alloc(a, count * sizeof(struct id));
    if (p == NULL)
        return ERR_NO_MEMORY;
    planes_put(p, ids, count, sizeof(struct id));
    *out = (struct bytes){p, count * sizeof(struct id)};
    return ERR_OK;
}

/* Runs of numbers without a gap; nothing when it is one run that begins at `first`. */
static enum err numbers_put(const struct section *s, uint64_t first, struct bytes *out)
{
    uint8_t *start = arena_alloc(s->a, s->count * 2 * VARINT_MAX);
    if (start == NULL)
        return ERR_NO_MEMORY;
    uint8_t *p = start;
    uint64_t next = first;
    for (size_t i = 0; i < s->count;) {
        size_t n = 1;
        while (i + n < s->count && s->changes[i + n].number == s->changes[i].number + n)
            n++;
        p = varint_put(p, s->changes[i].number - next);
        p = varint_put(p, n);
        next = s->changes[i].number + n;
        i += n;
    }
    bool plain = next - first == s->count;
    *out = (struct bytes){start, plain ? 0 : (size_t)(p - start)};
    return ERR_OK;
}

static enum err bases_put(const struct section *s, struct bytes *out)
{
    uint8_t *start = arena_alloc(s->a, s->count * 2 * VARINT_MAX);
    if (start == NULL)
        return ERR_NO_MEMORY;
    uint8_t *p = start;
    for (size_t i = 0; i < s->count;) {
        size_t n = 1;
        while (i + n < s->count && s->changes[i + n].base == s->changes[i].base)
            n++;
        p = varint_put(p, s->changes[i].base);
        p = varint_put(p, n);
        i += n;
    }
    bool plain = s->changes[0].base == 0 && s->changes[s->count - 1].base == 0 && p - start <= 3;
    *out = (struct bytes){start, plain ? 0 : (size_t)(p - start)};
    return ERR_OK;
}

/* Bitmap of the rows whose `set` or `cleared` has the bit. */
static enum err rows_put(const struct section *s, uint64_t bit, bool set, bool cleared, struct bytes *out)
{
    size_t size = (s->count + 7) / 8;
    uint8_t *p = arena_zero(s->a, size, 1);
    if (p == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < s->count; i++) {
        const struct change *c = &s->changes[i];
        if ((set && c->set & bit) || (cleared && c->cleared & bit))
            p[i / 8] = (uint8_t)(p[i / 8] | 1u << (i % 8));
    }
    *out = (struct bytes){p, size};
    return ERR_OK;
}

static enum err values_put(const struct section *s, size_t field, uint64_t bit, size_t count,
                           struct bytes *out)
{
    const struct value **values = arena_alloc(s->a, count * sizeof *values);
    if (values == NULL)
        return ERR_NO_MEMORY;
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->changes[i].set & bit)
            values[n++] = &s->changes[i].values[field];
    return column_pack(s->a, field_type(s->kind, field), values, n, out);
}

/* The column of a field; *out is NULL when no row touches it. */
static enum err column_put(const struct section *s, size_t field, Hv__Column **out)
{
    uint64_t bit = field_bit(s->kind, field);
    size_t set = 0, cleared = 0;
    struct bytes b;
    enum err err = ERR_OK;
    for (size_t i = 0; i < s->count; i++) {
        set += (s->changes[i].set & bit) != 0;
        cleared += (s->changes[i].cleared & bit) != 0;
    }
    *out = NULL;
    if (set + cleared == 0)
        return ERR_OK;
    Hv__Column *c = arena_alloc(s->a, sizeof *c);
    if (c == NULL)
        return ERR_NO_MEMORY;
    hv__column__init(c);
    c->has_field = true;
    c->field = field_number(s->kind, field);
    if (set + cleared < s->count && (err = rows_put(s, bit, true, true, &b)) == ERR_OK)
        set_bytes(&c->has_rows, &c->rows, b);
    if (err == ERR_OK && cleared > 0 && (err = rows_put(s, bit, false, true, &b)) == ERR_OK)
        set_bytes(&c->has_cleared, &c->cleared, b);
    if (err == ERR_OK && set > 0 && (err = values_put(s, field, bit, set, &b)) == ERR_OK)
        set_bytes(&c->has_values, &c->values, b);
    *out = c;
    return err;
}

static enum err rows_of_block(const struct section *s, uint64_t first, Hv__Block *block)
{
    struct bytes b;
    struct bytes *ids = arena_alloc(s->a, s->count * sizeof *ids);
    if (ids == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < s->count; i++)
        ids[i] = (struct bytes){s->changes[i].id.b, sizeof(struct id)};
    enum err err = ids_put(s->a, ids, s->count, &b);
    if (err != ERR_OK)
        return err;
    set_bytes(&block->has_ids, &block->ids, b);
    block->has_count = true;
    block->count = (uint32_t)s->count;
    if (first == 0)
        return ERR_OK;
    if ((err = numbers_put(s, first, &b)) != ERR_OK)
        return err;
    if (b.n > 0)
        set_bytes(&block->has_numbers, &block->numbers, b);
    if ((err = bases_put(s, &b)) != ERR_OK)
        return err;
    if (b.n > 0)
        set_bytes(&block->has_bases, &block->bases, b);
    return ERR_OK;
}

static enum err columns_of_block(const struct section *s, Hv__Block *block)
{
    block->column = arena_alloc(s->a, s->kind->field_count * sizeof *block->column);
    if (block->column == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < s->kind->field_count; i++) {
        Hv__Column *c;
        enum err err = column_put(s, i, &c);
        if (err != ERR_OK)
            return err;
        if (c != NULL)
            block->column[block->n_column++] = c;
    }
    return ERR_OK;
}

static enum err gone_of_block(struct arena *a, const struct batch *b, uint32_t kind_number, Hv__Block *block)
{
    struct bytes packed;
    struct bytes *ids = arena_alloc(a, b->gone_count * sizeof *ids);
    size_t count = 0;
    if (ids == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < b->gone_count; i++)
        if (b->gone[i].kind_number == kind_number)
            ids[count++] = (struct bytes){b->gone[i].id.b, sizeof(struct id)};
    if (count == 0)
        return ERR_OK;
    enum err err = ids_put(a, ids, count, &packed);
    if (err == ERR_OK)
        set_bytes(&block->has_gone, &block->gone, packed);
    return err;
}

static enum err block_put(const struct section *s, const struct batch *b, uint64_t first, Hv__Block *block)
{
    hv__block__init(block);
    block->has_kind = true;
    block->kind = s->kind->number;
    enum err err = s->count == 0 ? ERR_OK : rows_of_block(s, first, block);
    if (err == ERR_OK && s->count > 0)
        err = columns_of_block(s, block);
    if (err == ERR_OK)
        err = gone_of_block(s->a, b, s->kind->number, block);
    return err;
}

static enum err blocks_put(struct arena *a, const struct batch *b, uint64_t first, Hv__Batch *out)
{
    Hv__Block *blocks = arena_alloc(a, kind_count * sizeof *blocks);
    out->block = arena_alloc(a, kind_count * sizeof *out->block);
    if (blocks == NULL || out->block == NULL)
        return ERR_NO_MEMORY;
    size_t at = 0;
    for (size_t k = 0; k < kind_count; k++) {
        struct section s = {a, kinds[k], at < b->count ? b->changes + at : NULL, 0};
        while (at + s.count < b->count && s.changes[s.count].kind == kinds[k])
            s.count++;
        at += s.count;
        enum err err = block_put(&s, b, first, &blocks[k]);
        if (err != ERR_OK)
            return err;
        if (blocks[k].has_count || blocks[k].has_gone)
            out->block[out->n_block++] = &blocks[k];
    }
    return at == b->count ? ERR_OK : ERR_INTERNAL;
}

enum err wire_batch_pack(struct arena *a, const struct batch *b, uint64_t first, struct bytes *out)
{
    Hv__Batch batch = HV__BATCH__INIT;
    if (b->count > WIRE_MAX_CHANGES || b->gone_count > WIRE_MAX_CHANGES)
        return ERR_TOO_LARGE;
    enum err err = blocks_put(a, b, first, &batch);
    if (err == ERR_OK)
        err = frame_pack(a, &batch.base, out);
    if (err == ERR_OK && out->n > WIRE_MAX_BATCH)
        return ERR_TOO_LARGE;
    return err;
}
