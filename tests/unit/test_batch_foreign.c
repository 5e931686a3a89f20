/* Batches that no honest program packs: each broken structure, each value that does not add up, and bombs.
 * The rows' values are written by hand from the head comment of proto/batch.proto. */
#include "common/check.h"
#include "common/wire.h"
#include "common/wire/wire_frame.h"
#include "proto/batch.pb-c.h"
#include <criterion/criterion.h>
#include <string.h>
#include <zstd.h>

static struct arena *arena;

static void begin(void)
{
    arena = arena_make(WIRE_ARENA);
}

static void end(void)
{
    arena_free(arena);
}

TestSuite(batch_foreign, .init = begin, .fini = end);

static ProtobufCBinaryData data(const char *bytes, size_t n)
{
    return (ProtobufCBinaryData){n, arena_copy(arena, bytes, n)};
}

/* A block of `count` rows with ids of their own. */
static Hv__Block *block_of(uint32_t kind, uint32_t count)
{
    Hv__Block *b = arena_alloc(arena, sizeof *b);
    hv__block__init(b);
    b->has_kind = b->has_count = b->has_ids = true;
    b->kind = kind;
    b->count = count;
    b->ids = (ProtobufCBinaryData){count * sizeof(struct id), arena_zero(arena, count, sizeof(struct id))};
    for (uint32_t i = 0; i < count; i++)
        b->ids.data[i] = (uint8_t)i;
    b->column = arena_zero(arena, 80, sizeof *b->column);
    return b;
}

static Hv__Column *column_of(Hv__Block *b, uint32_t field, const char *values, size_t n)
{
    Hv__Column *c = arena_alloc(arena, sizeof *c);
    hv__column__init(c);
    c->has_field = c->has_values = true;
    c->field = field;
    c->values = data(values, n);
    b->column[b->n_column++] = c;
    return c;
}

static enum err unpack_blocks(Hv__Block **blocks, size_t count, uint64_t first, struct batch *out)
{
    Hv__Batch m = HV__BATCH__INIT;
    struct bytes packed;
    struct fault f;
    m.block = blocks;
    m.n_block = count;
    cr_assert_eq(frame_pack(arena, &m.base, &packed), ERR_OK);
    return wire_batch_unpack(arena, packed, first, out, &f);
}

static enum err unpack_block(Hv__Block *b, uint64_t first)
{
    struct batch out;
    return unpack_blocks(&b, 1, first, &out);
}

enum { KIND_GROUP = 1, KIND_MEMBER = 2, KIND_EVENT = 4, CORE = 24, NAME = 1, BIRTH = 2, GROUP_ID = 3 };

Test(batch_foreign, kinds_and_fields_not_known_are_named_and_passed_over)
{
    Hv__Block *blocks[] = {block_of(900, 2), block_of(KIND_MEMBER, 3), block_of(901, 1)};
    struct batch out;
    column_of(blocks[0], 5, "whatever", 8);
    column_of(blocks[1], CORE, "\0\1\1", 3);
    Hv__Column *c = column_of(blocks[1], 61, "whatever", 8);
    c->has_rows = true;
    c->rows = data("\5", 1);
    column_of(blocks[1], 62, "", 0);
    blocks[0]->has_numbers = blocks[1]->has_numbers = blocks[2]->has_numbers = true;
    blocks[0]->numbers = data("\3\2", 2);
    blocks[1]->numbers = data("\0\3", 2);
    blocks[2]->numbers = data("\5\1", 2);
    cr_assert_eq(unpack_blocks(blocks, 3, 100, &out), ERR_OK);
    cr_assert_eq(out.count, 6);
    cr_assert(out.changes[0].kind == NULL && out.changes[0].kind_number == 900);
    cr_assert(out.changes[0].number == 103 && out.changes[5].number == 105);
    cr_assert_eq(out.changes[2].unknown_field, 61);
    cr_assert_eq(out.changes[3].unknown_field, 62);
    cr_assert_eq(out.changes[4].unknown_field, 61);
    cr_assert_eq(out.changes[3].values[kind_field(&kind_member, "core")].i, 1);
}

/* Each spoils a good block of three members. */
static void spoil_ids(Hv__Block *b)
{
    b->ids.len--;
}
static void spoil_no_ids(Hv__Block *b)
{
    b->has_ids = false;
}
static void spoil_count(Hv__Block *b)
{
    b->count = UINT32_MAX;
}
static void spoil_no_kind(Hv__Block *b)
{
    b->has_kind = false;
}
static void spoil_no_rows(Hv__Block *b)
{
    b->count = 0;
}
static void spoil_bitmap_long(Hv__Block *b)
{
    b->column[0]->has_rows = true;
    b->column[0]->rows = data("\7\0", 2);
}
static void spoil_bitmap_short(Hv__Block *b)
{
    b->column[0]->has_rows = true;
    b->column[0]->rows = data("", 0);
}
static void spoil_bitmap_tail(Hv__Block *b)
{
    b->column[0]->has_rows = true;
    b->column[0]->rows = data("\x0f", 1);
}
static void spoil_cleared_not_named(Hv__Block *b)
{
    b->column[0]->has_rows = b->column[0]->has_cleared = true;
    b->column[0]->rows = data("\3", 1);
    b->column[0]->cleared = data("\4", 1);
    b->column[0]->values = data("\0\1", 2);
}
static void spoil_values_of_cleared(Hv__Block *b)
{
    b->column[0]->has_cleared = true;
    b->column[0]->cleared = data("\7", 1);
}
static void spoil_field_none(Hv__Block *b)
{
    b->column[0]->has_field = false;
}
static void spoil_field_zero(Hv__Block *b)
{
    b->column[0]->field = 0;
}
static void spoil_field_63(Hv__Block *b)
{
    b->column[0]->field = 63;
}
static void spoil_field_twice(Hv__Block *b)
{
    column_of(b, CORE, "\1\1\1", 3);
}
static void spoil_run_short(Hv__Block *b)
{
    b->numbers = data("\0\2", 2);
}
static void spoil_run_long(Hv__Block *b)
{
    b->numbers = data("\0\4", 2);
}
static void spoil_run_empty(Hv__Block *b)
{
    b->numbers = data("\0\0\0\3", 4);
}
static void spoil_run_left_over(Hv__Block *b)
{
    b->numbers = data("\0\3\0\1", 4);
}
static void spoil_run_far(Hv__Block *b)
{
    b->numbers = data("\xff\xff\3\3", 4);
}
static void spoil_run_wraps(Hv__Block *b)
{
    b->numbers = data("\0\1\xfe\xff\xff\xff\xff\xff\xff\xff\xff\1\2", 13);
}
static void spoil_bases_short(Hv__Block *b)
{
    b->bases = data("\7\2", 2);
}
static void spoil_bases_long(Hv__Block *b)
{
    b->bases = data("\7\xff\xff\xff\xff\xff\xff\xff\xff\xff\1", 11);
}
static void spoil_base_large(Hv__Block *b)
{
    b->bases = data("\xff\xff\xff\xff\xff\xff\xff\xff\xff\1\3", 11);
}
static void spoil_gone_up(Hv__Block *b)
{
    b->has_gone = true;
    b->gone = b->ids;
}

static Hv__Block *good_block(void)
{
    Hv__Block *b = block_of(KIND_MEMBER, 3);
    column_of(b, CORE, "\0\1\1", 3);
    b->has_numbers = b->has_bases = true;
    b->numbers = data("\0\3", 2);
    b->bases = data("\7\3", 2);
    return b;
}

Test(batch_foreign, a_broken_structure_refuses_the_whole)
{
    static const struct {
        const char *name;
        void (*spoil)(Hv__Block *b);
        enum err err;
    } cases[] = {
        {"ids cut", spoil_ids, ERR_MALFORMED},
        {"no ids", spoil_no_ids, ERR_MALFORMED},
        {"count", spoil_count, ERR_TOO_LARGE},
        {"no kind", spoil_no_kind, ERR_MALFORMED},
        {"no rows", spoil_no_rows, ERR_MALFORMED},
        {"bitmap long", spoil_bitmap_long, ERR_MALFORMED},
        {"bitmap short", spoil_bitmap_short, ERR_MALFORMED},
        {"bitmap tail", spoil_bitmap_tail, ERR_MALFORMED},
        {"cleared not named", spoil_cleared_not_named, ERR_MALFORMED},
        {"values of cleared", spoil_values_of_cleared, ERR_MALFORMED},
        {"no field", spoil_field_none, ERR_MALFORMED},
        {"field 0", spoil_field_zero, ERR_MALFORMED},
        {"field 63", spoil_field_63, ERR_MALFORMED},
        {"field twice", spoil_field_twice, ERR_MALFORMED},
        {"run short", spoil_run_short, ERR_MALFORMED},
        {"run long", spoil_run_long, ERR_MALFORMED},
        {"run empty", spoil_run_empty, ERR_MALFORMED},
        {"run left over", spoil_run_left_over, ERR_MALFORMED},
        {"run far", spoil_run_far, ERR_MALFORMED},
        {"run wraps", spoil_run_wraps, ERR_MALFORMED},
        {"bases short", spoil_bases_short, ERR_MALFORMED},
        {"bases long", spoil_bases_long, ERR_MALFORMED},
        {"base large", spoil_base_large, ERR_MALFORMED},
        {"gone up", spoil_gone_up, ERR_MALFORMED},
    };
    cr_assert_eq(unpack_block(good_block(), 1), ERR_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Hv__Block *b = good_block();
        cases[i].spoil(b);
        cr_assert_eq(unpack_block(b, 1), cases[i].err, "%s", cases[i].name);
    }
    cr_assert_eq(unpack_block(good_block(), 0), ERR_MALFORMED); /* numbers on the way down */
    cr_assert_eq(unpack_block(good_block(), UINT64_MAX), ERR_MALFORMED);
}

Test(batch_foreign, kinds_come_once_and_in_order)
{
    struct batch out;
    Hv__Block *twice[] = {block_of(KIND_MEMBER, 1), block_of(KIND_MEMBER, 1)};
    Hv__Block *unknown_twice[] = {block_of(900, 1), block_of(KIND_MEMBER, 1), block_of(900, 1)};
    Hv__Block *turned[] = {block_of(KIND_EVENT, 1), block_of(KIND_GROUP, 1)};
    Hv__Block *fine[] = {block_of(KIND_GROUP, 1), block_of(900, 1), block_of(KIND_EVENT, 1)};
    cr_assert_eq(unpack_blocks(twice, 2, 0, &out), ERR_MALFORMED);
    cr_assert_eq(unpack_blocks(unknown_twice, 3, 0, &out), ERR_MALFORMED);
    cr_assert_eq(unpack_blocks(turned, 2, 0, &out), ERR_MALFORMED);
    cr_assert_eq(unpack_blocks(fine, 3, 0, &out), ERR_OK);
    cr_assert_eq(unpack_blocks(fine, 3, 1, &out), ERR_MALFORMED); /* all three have the first number */
}

/* Values of three rows. */
Test(batch_foreign, values_are_used_up_exactly)
{
    static const struct {
        const char *name;
        uint32_t field;
        const char *bytes;
        size_t n;
        enum err err;
    } cases[] = {
        {"bools", CORE, "\0\1\1", 3, ERR_OK},
        {"bools short", CORE, "\0\1", 2, ERR_MALFORMED},
        {"bools long", CORE, "\0\1\1\1", 4, ERR_MALFORMED},
        {"numbers", BIRTH, "\1\5\6\7", 4, ERR_OK},
        {"numbers all 0", BIRTH, "\0", 1, ERR_OK},
        {"numbers nothing", BIRTH, "", 0, ERR_MALFORMED},
        {"numbers short", BIRTH, "\1\5\6", 3, ERR_MALFORMED},
        {"numbers long", BIRTH, "\1\5\6\7\x8", 5, ERR_MALFORMED},
        {"numbers signed", BIRTH, "\x11\0\1\0\5\6\7", 7, ERR_OK},
        {"numbers sign of 2", BIRTH, "\x11\0\2\0\5\6\7", 7, ERR_MALFORMED},
        {"numbers digit of 100", BIRTH, "\1\5\x64\7", 4, ERR_MALFORMED},
        {"numbers eleven planes", BIRTH,
         "\x0b\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 34, ERR_MALFORMED},
        {"numbers other bits", BIRTH, "\x21\5\6\7", 4, ERR_MALFORMED},
        {"numbers beyond 64 bits", BIRTH,
         "\x0a\0\0\x63\0\0\x63\0\0\x63\0\0\x63\0\0\x63\0\0\x63\0\0\x63\0\0\x63\0\0\x63\0\0\x63", 31,
         ERR_MALFORMED},
        {"ids", GROUP_ID, "\1AAAAAAAAAAAAAAAA\0\1\1", 20, ERR_OK},
        {"ids too many", GROUP_ID, "\4", 1, ERR_MALFORMED},
        {"ids cut", GROUP_ID, "\1AAAA", 5, ERR_MALFORMED},
        {"ids place beyond", GROUP_ID, "\1AAAAAAAAAAAAAAAA\0\1\2", 20, ERR_MALFORMED},
        {"ids one new too many", GROUP_ID, "\1AAAAAAAAAAAAAAAA\0\1\0", 20, ERR_MALFORMED},
        {"texts", NAME, "\2\1\2abb\0\1\0\0\0\1\2", 13, ERR_OK},
        {"texts of one length", NAME, "\2\2\2acbd\0\0\0\0\0\1", 13, ERR_OK},
        {"texts without words", NAME, "\0\0\0\0", 4, ERR_MALFORMED},
        {"texts words too many", NAME, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\1", 10, ERR_MALFORMED},
        {"texts word too long", NAME,
         "\2\1\x7f"
         "abb\0\0\0\0\1\1",
         12, ERR_MALFORMED},
        {"texts lengths wrap", NAME, "\2\xff\xff\xff\xff\xff\xff\xff\xff\xff\1\1aa", 14, ERR_MALFORMED},
        {"texts planes wrap", NAME,
         "\2\x80\x80\x80\x80\x80\x80\x80\x80\x80\1\x80\x80\x80\x80\x80\x80\x80\x80\x80\1", 21, ERR_MALFORMED},
        {"texts blanks too many", NAME, "\1\1a\xff\xff\xff\xff\xff\xff\xff\xff\xff\1\0\0\0\1\1", 18,
         ERR_MALFORMED},
        {"texts blanks beyond", NAME, "\1\1a\5\0\0\0\1\1", 9, ERR_MALFORMED},
        {"texts place beyond", NAME, "\1\1a\0\0\0\0\1\2", 9, ERR_MALFORMED},
        {"texts left over", NAME, "\1\1a\0\0\0\0\1\1\1", 10, ERR_MALFORMED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Hv__Block *b = block_of(KIND_MEMBER, 3);
        column_of(b, cases[i].field, cases[i].bytes, cases[i].n);
        cr_assert_eq(unpack_block(b, 0), cases[i].err, "%s", cases[i].name);
    }
}

Test(batch_foreign, the_form_is_as_the_protocol_says)
{
    Hv__Block *b = block_of(KIND_MEMBER, 3);
    struct batch out;
    column_of(b, NAME, "\2\2\2acbd\0\1\0\0\1\0\2", 14);
    column_of(b, BIRTH, "\x14\0\1\0\x14\0\0\x13\0\0\5\0\0\x0c\0\x63", 16);
    cr_assert_eq(unpack_blocks(&b, 1, 0, &out), ERR_OK);
    const char *const names[] = {"ab", "ab cd", "cd"};
    const int64_t births[] = {20190512, 0, 99};
    for (size_t i = 0; i < 3; i++) {
        const struct value *name = &out.changes[i].values[0];
        cr_assert(name->n == strlen(names[i]) && memcmp(name->p, names[i], name->n) == 0);
        cr_assert_eq(out.changes[i].values[1].i, births[i]);
        cr_assert_eq(out.changes[i].id.b[0], i);
    }
}

/* ---- bombs ---- */

/* A word of 64 KiB, 2,000 times: 128 MiB of text out of a few bytes. */
Test(batch_foreign, texts_beyond_the_bound_are_refused)
{
    const uint32_t count = WIRE_MAX_CHANGES;
    const size_t word = (size_t)64 << 10;
    Hv__Block *b = block_of(KIND_MEMBER, count);
    char *values = arena_zero(arena, word + 2 * count + 4, 1);
    memcpy(values, "\1\x80\x80\4", 4);
    memset(values + 4, 'a', word);
    memset(values + 4 + word + count + 1, 1, count - 1);
    Hv__Column *c = column_of(b, NAME, values, word + 2 * count + 4);
    cr_assert_eq(unpack_block(b, 0), ERR_TOO_LARGE);
    b->count = 100;
    b->ids.len = 100 * sizeof(struct id);
    memset(values + 4 + word + 101, 1, 99);
    c->values = data(values, word + 2 * 100 + 4);
    cr_assert_eq(unpack_block(b, 0), ERR_OK);
}

Test(batch_foreign, many_small_parts_use_up_the_budget_and_no_more)
{
    size_t n = (size_t)7 << 20;
    char *raw = arena_alloc(arena, n), *packed = arena_alloc(arena, ZSTD_compressBound(n));
    for (size_t i = 0; i + 1 < n; i += 2)
        memcpy(raw + i, "\x0a\0", 2); /* an empty block */
    size_t size = ZSTD_compress(packed, ZSTD_compressBound(n), raw, n, 1);
    struct arena *own = arena_make(WIRE_ARENA);
    struct batch out;
    struct fault f;
    cr_assert_eq(wire_batch_unpack(own, (struct bytes){(uint8_t *)packed, size}, 1, &out, &f), ERR_MALFORMED);
    arena_free(own);
}

static enum err unpack_frame(const void *p, size_t n)
{
    struct batch out;
    struct fault f;
    return wire_batch_unpack(arena, (struct bytes){p, n}, 1, &out, &f);
}

Test(batch_foreign, frames_are_bounded_before_they_are_opened)
{
    static const uint8_t passed_over[] = {0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0};
    size_t n = (size_t)WIRE_MAX_RAW + 1, room = ZSTD_compressBound(n);
    uint8_t *zeros = arena_zero(arena, n, 1), *packed = arena_alloc(arena, room + 1);
    size_t size = ZSTD_compress(packed, room, zeros, n, 1);
    cr_assert(size < 2000);
    cr_assert_eq(unpack_frame(packed, size), ERR_TOO_LARGE);
    cr_assert_eq(unpack_frame(passed_over, sizeof passed_over), ERR_MALFORMED);
    cr_assert_eq(unpack_frame("", 0), ERR_MALFORMED);
    size = ZSTD_compress(packed, room, "", 0, 1);
    cr_assert_eq(unpack_frame(packed, size), ERR_OK); /* nothing to tell */
    packed[size] = 0;
    cr_assert_eq(unpack_frame(packed, size + 1), ERR_MALFORMED);
    size = ZSTD_compress(packed, room, zeros, 200, 1);
    packed[5]++; /* the size in the header */
    cr_assert_eq(unpack_frame(packed, size), ERR_MALFORMED);
}

Test(batch_foreign, a_frame_that_names_no_size_is_refused)
{
    uint8_t packed[200];
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    size_t n = ZSTD_compress2(context, packed, sizeof packed, "abc", 3);
    ZSTD_freeCCtx(context);
    cr_assert_eq(unpack_frame(packed, n), ERR_MALFORMED);
}
