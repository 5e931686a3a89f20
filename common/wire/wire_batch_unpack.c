#include "common/wire.h"
#include "common/wire/wire_column.h"
#include "common/wire/wire_frame.h"
#include "proto/batch.pb-c.h"
#include <string.h>

#define MAX_FIELD 62

/* What the blocks of one batch have in common. */
struct unpacking {
    struct arena *a;
    struct fault *f;
    uint64_t first;
    uint8_t *seen;      /* bitmap of the numbers met, counted from `first`; NULL on the way down */
    size_t text_budget; /* bytes that texts may still take */
};

/* The rows of one block. */
struct section {
    const Hv__Block *block;
    struct change *changes;
    size_t count;
};

static enum err malformed(struct unpacking *u, const Hv__Block *block, const char *what)
{
    return fault(u->f, ERR_MALFORMED, "batch, kind %u: %s", block->kind, what);
}

static struct bytes bytes_of(protobuf_c_boolean has, const ProtobufCBinaryData *field)
{
    return has ? (struct bytes){field->data, field->len} : (struct bytes){NULL, 0};
}

static bool bit_is_set(const uint8_t *bitmap, size_t i)
{
    return (bitmap[i / 8] >> (i % 8) & 1) != 0;
}

/* As long as `count` bits need, and nothing in the bits behind them. */
static bool bitmap_fits(struct bytes b, size_t count)
{
    return b.n == (count + 7) / 8 && (count % 8 == 0 || b.p[b.n - 1] >> (count % 8) == 0);
}

static enum err ids_get(struct unpacking *u, const Hv__Block *block, struct bytes planes, size_t count,
                        struct id **out)
{
    if (planes.n != count * sizeof(struct id))
        return malformed(u, block, "the ids do not fit their count");
    *out = arena_alloc(u->a, planes.n);
    if (*out == NULL)
        return fault(u->f, ERR_NO_MEMORY, "no memory for ids");
    planes_get((uint8_t *)*out, planes.p, count, sizeof(struct id));
    return ERR_OK;
}

/* Numbers one run of changes; false when it leaves the batch's span or a number was met before. */
static bool number_run(struct unpacking *u, struct change *changes, size_t count, uint64_t offset)
{
    if (offset > WIRE_MAX_SPAN - count)
        return false;
    for (size_t i = 0; i < count; i++, offset++) {
        if (bit_is_set(u->seen, offset))
            return false;
        u->seen[offset / 8] = (uint8_t)(u->seen[offset / 8] | 1u << (offset % 8));
        changes[i].number = u->first + offset;
    }
    return true;
}

static enum err numbers_get(struct unpacking *u, const struct section *s)
{
    static const char wrong[] = "the numbers do not fit the rows or come twice";
    struct bytes runs = bytes_of(s->block->has_numbers, &s->block->numbers);
    struct reader r = reader_of(runs.p, runs.n);
    if (!s->block->has_numbers)
        return number_run(u, s->changes, s->count, 0) ? ERR_OK : malformed(u, s->block, wrong);
    uint64_t next = 0;
    for (size_t i = 0; i < s->count;) {
        uint64_t gap = read_varint(&r);
        uint64_t n = read_varint(&r);
        if (gap >= WIRE_MAX_SPAN || n == 0 || n > s->count - i ||
            !number_run(u, s->changes + i, n, next + gap))
            return malformed(u, s->block, wrong);
        next += gap + n;
        i += n;
    }
    return reader_done(&r) ? ERR_OK : malformed(u, s->block, wrong);
}

static enum err bases_get(struct unpacking *u, const struct section *s)
{
    struct bytes runs = bytes_of(s->block->has_bases, &s->block->bases);
    struct reader r = reader_of(runs.p, runs.n);
    for (size_t i = 0; s->block->has_bases && i < s->count;) {
        uint64_t base = read_varint(&r);
        uint64_t n = read_varint(&r);
        if (base > INT64_MAX || n == 0 || n > s->count - i)
            return malformed(u, s->block, "the bases do not fit the rows");
        for (size_t end = i + n; i < end; i++)
            s->changes[i].base = base;
    }
    return reader_done(&r) ? ERR_OK : malformed(u, s->block, "the bases do not fit the rows");
}

/* Which rows a column names, and which of them it clears. */
static enum err column_rows(struct unpacking *u, const struct section *s, const Hv__Column *c,
                            struct bytes *rows, struct bytes *cleared)
{
    *rows = bytes_of(c->has_rows, &c->rows);
    *cleared = bytes_of(c->has_cleared, &c->cleared);
    if ((c->has_rows && !bitmap_fits(*rows, s->count)) ||
        (c->has_cleared && !bitmap_fits(*cleared, s->count)))
        return malformed(u, s->block, "a bitmap does not fit the rows");
    for (size_t i = 0; c->has_rows && i < cleared->n; i++)
        if (cleared->p[i] & ~rows->p[i])
            return malformed(u, s->block, "a row is cleared but not named");
    if (!c->has_rows)
        rows->p = NULL;
    if (!c->has_cleared)
        cleared->p = NULL;
    return ERR_OK;
}

static void unknown_column(const struct section *s, uint32_t number, const uint8_t *rows)
{
    for (size_t i = 0; i < s->count; i++)
        if ((rows == NULL || bit_is_set(rows, i)) && s->changes[i].unknown_field == 0)
            s->changes[i].unknown_field = number;
}

/* Marks the rows and gathers the places of their values. */
static size_t known_column(const struct section *s, size_t field, const uint8_t *rows, const uint8_t *cleared,
                           struct value **places)
{
    uint64_t bit = field_bit(s->changes[0].kind, field);
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (rows != NULL && !bit_is_set(rows, i))
            continue;
        if (cleared != NULL && bit_is_set(cleared, i)) {
            s->changes[i].cleared |= bit;
            continue;
        }
        s->changes[i].set |= bit;
        places[n++] = &s->changes[i].values[field];
    }
    return n;
}

static enum err column_get(struct unpacking *u, const struct section *s, const Hv__Column *c)
{
    struct bytes rows, cleared, values = bytes_of(c->has_values, &c->values);
    const struct kind *kind = s->changes[0].kind;
    enum err err = column_rows(u, s, c, &rows, &cleared);
    if (err != ERR_OK)
        return err;
    int field = kind_field_by_number(kind, c->field);
    if (field < 0) {
        unknown_column(s, c->field, rows.p);
        return ERR_OK;
    }
    struct value **places = arena_alloc(u->a, s->count * sizeof(struct value *));
    if (places == NULL)
        return fault(u->f, ERR_NO_MEMORY, "no memory for a column");
    size_t n = known_column(s, (size_t)field, rows.p, cleared.p, places);
    if (n == 0)
        return values.n == 0 ? ERR_OK : malformed(u, s->block, "values without rows");
    err = column_unpack(u->a, field_type(kind, (size_t)field), values, places, n, &u->text_budget);
    return err == ERR_OK ? ERR_OK
                         : fault_field(u->f, err, field, "batch, kind %u, field %u: the values do not fit",
                                       s->block->kind, c->field);
}

static enum err columns_get(struct unpacking *u, const struct section *s)
{
    uint32_t last = 0;
    for (size_t i = 0; i < s->block->n_column; i++) {
        const Hv__Column *c = s->block->column[i];
        if (!c->has_field || c->field <= last || c->field > MAX_FIELD)
            return malformed(u, s->block, "the fields do not rise");
        last = c->field;
        enum err err = s->changes[0].kind == NULL ? ERR_OK : column_get(u, s, c);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

/* Empty changes of the block's kind, with their ids. */
static enum err rows_make(struct unpacking *u, const struct section *s)
{
    const struct kind *kind = kind_by_number(s->block->kind);
    struct value *values = NULL;
    struct id *ids;
    enum err err = ids_get(u, s->block, bytes_of(s->block->has_ids, &s->block->ids), s->count, &ids);
    if (err != ERR_OK)
        return err;
    if (kind != NULL && (values = arena_zero(u->a, s->count * kind->field_count, sizeof *values)) == NULL)
        return fault(u->f, ERR_NO_MEMORY, "no memory for %zu rows", s->count);
    for (size_t i = 0; i < s->count; i++)
        s->changes[i] = (struct change){.kind = kind,
                                        .kind_number = s->block->kind,
                                        .id = ids[i],
                                        .values = kind == NULL ? NULL : values + i * kind->field_count};
    return ERR_OK;
}

static enum err rows_get(struct unpacking *u, const struct section *s)
{
    if (s->count == 0)
        return s->block->n_column > 0 || s->block->has_ids || s->block->has_numbers || s->block->has_bases
                   ? malformed(u, s->block, "columns without rows")
                   : ERR_OK;
    if (u->seen == NULL && (s->block->has_numbers || s->block->has_bases))
        return malformed(u, s->block, "numbers on the way down");
    enum err err = rows_make(u, s);
    if (err == ERR_OK && u->seen != NULL)
        err = numbers_get(u, s);
    if (err == ERR_OK && u->seen != NULL)
        err = bases_get(u, s);
    return err == ERR_OK ? columns_get(u, s) : err;
}

static enum err gone_get(struct unpacking *u, const Hv__Block *block, struct gone *out, size_t count)
{
    struct id *ids;
    if (count == 0)
        return ERR_OK;
    if (u->seen != NULL)
        return malformed(u, block, "gone records on the way up");
    enum err err = ids_get(u, block, (struct bytes){block->gone.data, block->gone.len}, count, &ids);
    for (size_t i = 0; err == ERR_OK && i < count; i++)
        out[i] = (struct gone){block->kind, ids[i]};
    return err;
}

static size_t block_gone(const Hv__Block *block)
{
    return block->has_gone ? block->gone.len / sizeof(struct id) : 0;
}

/* Kinds come once each, those known here in the registry's order. */
static enum err kinds_check(struct unpacking *u, const Hv__Batch *m)
{
    size_t least = 0;
    for (size_t i = 0; i < m->n_block; i++) {
        const struct kind *kind = kind_by_number(m->block[i]->kind);
        for (size_t j = 0; kind == NULL && j < i; j++)
            if (m->block[j]->kind == m->block[i]->kind)
                return malformed(u, m->block[i], "the kind comes twice");
        if (kind == NULL)
            continue;
        if (kind_index(kind) < least)
            return malformed(u, m->block[i], "the kind comes twice or out of order");
        least = kind_index(kind) + 1;
    }
    return ERR_OK;
}

/* Makes room for what the blocks say they hold. An empty block would cost memory and say nothing. */
static enum err batch_room(struct unpacking *u, const Hv__Batch *m, struct batch *out)
{
    size_t rows = 0, gone = 0;
    for (size_t i = 0; i < m->n_block; i++) {
        const Hv__Block *b = m->block[i];
        if (!b->has_kind || (b->count == 0 && block_gone(b) == 0))
            return malformed(u, b, "a block without kind or rows");
        rows += b->count;
        gone += block_gone(b);
        if (rows > WIRE_MAX_CHANGES || gone > WIRE_MAX_CHANGES)
            return fault(u->f, ERR_TOO_LARGE, "the batch has more than %u rows", WIRE_MAX_CHANGES);
    }
    *out = (struct batch){.changes = arena_zero(u->a, rows, sizeof *out->changes),
                          .count = rows,
                          .gone = arena_zero(u->a, gone, sizeof *out->gone),
                          .gone_count = gone};
    if (out->changes == NULL || out->gone == NULL)
        return fault(u->f, ERR_NO_MEMORY, "no memory for %zu rows", rows + gone);
    return kinds_check(u, m);
}

static enum err blocks_get(struct unpacking *u, const Hv__Batch *m, struct batch *out)
{
    struct change *changes = out->changes;
    struct gone *gone = out->gone;
    for (size_t i = 0; i < m->n_block; i++) {
        const struct section s = {m->block[i], changes, m->block[i]->count};
        enum err err = rows_get(u, &s);
        if (err == ERR_OK)
            err = gone_get(u, m->block[i], gone, block_gone(m->block[i]));
        if (err != ERR_OK)
            return err;
        changes += s.count;
        gone += block_gone(m->block[i]);
    }
    return ERR_OK;
}

enum err wire_batch_unpack(struct arena *a, struct bytes in, uint64_t first, struct batch *out,
                           struct fault *f)
{
    struct unpacking u = {.a = a, .f = f, .first = first, .text_budget = WIRE_MAX_RAW};
    struct bytes raw;
    if (first > INT64_MAX - WIRE_MAX_SPAN)
        return fault(f, ERR_MALFORMED, "no change has so high a number");
    if (first > 0 && (u.seen = arena_zero(a, WIRE_MAX_SPAN / 8, 1)) == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for a batch");
    enum err err = frame_unpack(a, in, &raw, f);
    if (err != ERR_OK)
        return err;
    const Hv__Batch *m = hv__batch__unpack(arena_allocator(a), raw.n, raw.p);
    if (m == NULL)
        return fault(f, ERR_MALFORMED, "the batch is no message, or has too many parts");
    err = batch_room(&u, m, out);
    return err == ERR_OK ? blocks_get(&u, m, out) : err;
}
