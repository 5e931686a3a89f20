/* Batches: what is packed comes back, and nothing that comes from outside does harm. Seed: HV_SEED. */
#include "common/change.h"
#include "common/check.h"
#include "common/wire.h"
#include "common/wire/wire_frame.h"
#include "tests/unit/sample.h"
#include <criterion/criterion.h>
#include <string.h>
#include <zstd.h>

static struct arena *arena;
static struct sample sample;

static void begin(void)
{
    arena = arena_make(WIRE_ARENA);
    sample = sample_begin(arena);
}

static void end(void)
{
    arena_free(arena);
}

TestSuite(batch, .init = begin, .fini = end);

static uint64_t below(uint64_t n)
{
    return sample_below(&sample, n);
}

/* Numbers run on over all kinds, but not within one; some are left out. */
static struct batch random_batch(size_t count, uint64_t first)
{
    struct batch b = {.changes = arena_zero(arena, count, sizeof *b.changes)};
    size_t *kind_of = arena_zero(arena, count, sizeof *kind_of);
    uint64_t *numbers = arena_zero(arena, count, sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        kind_of[i] = below(kind_count);
        numbers[i] = (i == 0 ? first : numbers[i - 1] + 1) + (below(20) == 0 ? below(30) : 0);
    }
    for (size_t k = 0; k < kind_count; k++)
        for (size_t i = 0; i < count; i++)
            if (kind_of[i] == k) {
                b.changes[b.count] = *sample_change(&sample, kinds[k]);
                b.changes[b.count++].number = first == 0 ? 0 : numbers[i];
            }
    return b;
}

static void round_trip(size_t count, uint64_t first)
{
    struct batch b = random_batch(count, first), back;
    struct bytes packed;
    struct fault f;
    cr_assert_eq(wire_batch_pack(arena, &b, first, &packed), ERR_OK);
    cr_assert_eq(wire_batch_unpack(arena, packed, first, &back, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(back.count, b.count);
    for (size_t i = 0; i < b.count; i++) {
        cr_assert(sample_same(&b.changes[i], &back.changes[i]), "change %zu", i);
        cr_assert_eq(back.changes[i].number, b.changes[i].number);
        cr_assert_eq(back.changes[i].base, first == 0 ? 0 : b.changes[i].base);
    }
}

static void rounds(size_t count, uint64_t first)
{
    round_trip(count, first);
    arena_reset(arena);
}

Test(batch, what_goes_up_comes_back)
{
    const size_t counts[] = {1, 2, 7, 8, 9, 100, 500, WIRE_MAX_CHANGES};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        rounds(counts[i], 1 + below(1000000));
    for (size_t i = 0; i < 100; i++)
        rounds(1 + below(40), 1 + below(UINT64_C(1) << 62));
}

Test(batch, what_goes_down_comes_back)
{
    for (size_t i = 0; i < 100; i++)
        rounds(1 + below(40), 0);
}

Test(batch, what_is_gone_comes_back)
{
    struct gone gone[3] = {{kind_member.number, *sample_id(&sample)},
                           {kind_member.number, *sample_id(&sample)},
                           {kind_event.number, *sample_id(&sample)}};
    struct batch b = {.gone = gone, .gone_count = 3}, back;
    struct bytes packed;
    struct fault f;
    cr_assert_eq(wire_batch_pack(arena, &b, 0, &packed), ERR_OK);
    cr_assert_eq(wire_batch_unpack(arena, packed, 0, &back, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(back.gone_count, 3);
    for (size_t i = 0; i < 3; i++)
        cr_assert(back.gone[i].kind_number == gone[i].kind_number && id_equal(&back.gone[i].id, &gone[i].id));
}

Test(batch, canonical_bytes_and_their_hash_survive_the_wire)
{
    struct batch b = random_batch(50, 9), back;
    struct bytes packed, one, two;
    struct fault f;
    cr_assert_eq(wire_batch_pack(arena, &b, 9, &packed), ERR_OK);
    cr_assert_eq(wire_batch_unpack(arena, packed, 9, &back, &f), ERR_OK);
    for (size_t i = 0; i < b.count; i++) {
        cr_assert(change_pack(arena, &b.changes[i], &one) == ERR_OK &&
                  change_pack(arena, &back.changes[i], &two) == ERR_OK);
        cr_assert_eq(content_hash(one), content_hash(two));
        cr_assert(one.n == two.n && memcmp(one.p, two.p, one.n) == 0);
    }
}

static bool typed(enum err e)
{
    return e == ERR_OK || e == ERR_MALFORMED || e == ERR_TOO_LARGE || e == ERR_NO_MEMORY;
}

Test(batch, cut_short_anywhere_it_is_refused)
{
    struct batch b = random_batch(20, 1), back;
    struct bytes packed;
    struct fault f;
    struct arena *own = arena_make(WIRE_ARENA);
    cr_assert_eq(wire_batch_pack(arena, &b, 1, &packed), ERR_OK);
    for (size_t n = 0; n < packed.n; n++) {
        enum err e = wire_batch_unpack(own, (struct bytes){packed.p, n}, 1, &back, &f);
        cr_assert(e != ERR_OK && typed(e), "%zu of %zu bytes: %s", n, packed.n, err_name(e));
        arena_reset(own);
    }
    arena_free(own);
}

Test(batch, with_any_bit_turned_it_does_no_harm)
{
    struct batch b = random_batch(20, 1), back;
    struct bytes packed;
    struct fault f;
    struct arena *own = arena_make(WIRE_ARENA);
    cr_assert_eq(wire_batch_pack(arena, &b, 1, &packed), ERR_OK);
    uint8_t *copy = arena_copy(arena, packed.p, packed.n);
    for (int i = 0; i < 3000; i++) {
        size_t bit = below(packed.n * 8);
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
        cr_assert(typed(wire_batch_unpack(own, (struct bytes){copy, packed.n}, 1, &back, &f)));
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
        arena_reset(own);
    }
    arena_free(own);
}

Test(batch, too_many_changes_do_not_fit)
{
    struct batch b = random_batch(WIRE_MAX_CHANGES + 1, 1);
    struct bytes packed;
    cr_assert_eq(wire_batch_pack(arena, &b, 1, &packed), ERR_TOO_LARGE);
}

/* What is wrong with one value must not take the others with it. */
Test(batch, a_wrong_value_is_left_to_its_change)
{
    struct change changes[4];
    struct batch b = {.changes = changes, .count = 4}, back;
    struct bytes packed;
    struct fault f;
    for (size_t i = 0; i < 4; i++) {
        changes[i] = *change_make(arena, &kind_member);
        changes[i].number = i + 1;
        changes[i].id.b[0] = (uint8_t)(i + 1);
        change_set_text(&changes[i], kind_field(&kind_member, "name"), "Lê Hoa", strlen("Lê Hoa"));
    }
    change_set_text(&changes[0], kind_field(&kind_member, "name"), "L\xff\0a", 4);
    change_set_int(&changes[1], kind_field(&kind_member, "core"), 7);
    change_set_int(&changes[2], kind_field(&kind_member, "birth"), INT64_MIN);
    cr_assert_eq(wire_batch_pack(arena, &b, 1, &packed), ERR_OK);
    cr_assert_eq(wire_batch_unpack(arena, packed, 1, &back, &f), ERR_OK);
    cr_assert_eq(check_change(&back.changes[0], false, &f), ERR_BAD_TEXT);
    cr_assert_neq(check_change(&back.changes[1], false, &f), ERR_OK);
    cr_assert_eq(check_change(&back.changes[2], false, &f), ERR_BAD_DATE);
    cr_assert_eq(check_change(&back.changes[3], false, &f), ERR_OK);
}

Test(batch, what_does_not_fit_a_message_is_told_so)
{
    const size_t count = WIRE_MAX_CHANGES;
    struct batch b = {.changes = arena_zero(arena, count, sizeof *b.changes), .count = count};
    struct bytes packed;
    for (size_t i = 0; i < count; i++) {
        char *noise = arena_alloc(arena, 600);
        for (size_t k = 0; k < 600; k++)
            noise[k] = (char)below(256);
        b.changes[i] = *change_make(arena, &kind_member);
        b.changes[i].number = i + 1;
        change_set_text(&b.changes[i], kind_field(&kind_member, "note"), noise, 600);
    }
    cr_assert_eq(wire_batch_pack(arena, &b, 1, &packed), ERR_TOO_LARGE);
    b.count = 500;
    cr_assert_eq(wire_batch_pack(arena, &b, 1, &packed), ERR_OK);
}

Test(batch, changes_out_of_order_are_not_packed)
{
    struct change changes[] = {*change_make(arena, &kind_event), *change_make(arena, &kind_group)};
    struct batch b = {.changes = changes, .count = 2};
    struct bytes packed;
    cr_assert_eq(wire_batch_pack(arena, &b, 0, &packed), ERR_INTERNAL);
}

/* Behind the compression, too, where the columns are. */
Test(batch, with_any_byte_changed_inside_it_does_no_harm)
{
    struct batch b = random_batch(20, 1), back;
    struct bytes packed, raw;
    struct fault f;
    struct arena *own = arena_make(WIRE_ARENA);
    cr_assert_eq(wire_batch_pack(arena, &b, 1, &packed), ERR_OK);
    cr_assert_eq(frame_unpack(arena, packed, &raw, &f), ERR_OK);
    size_t room = ZSTD_compressBound(raw.n);
    uint8_t *copy = arena_copy(arena, raw.p, raw.n), *again = arena_alloc(arena, room);
    for (int i = 0; i < 5000; i++) {
        size_t at = below(raw.n), n = below(4) == 0 ? below(raw.n) : raw.n;
        copy[at] = (uint8_t)below(256);
        size_t size = ZSTD_compress(again, room, copy, n, 1);
        enum err e = wire_batch_unpack(own, (struct bytes){again, size}, 1, &back, &f);
        cr_assert(typed(e), "%s", err_name(e));
        for (size_t k = 0; e == ERR_OK && k < back.count; k++)
            (void)(check_change(&back.changes[k], true, &f) == ERR_OK);
        copy[at] = raw.p[at];
        arena_reset(own);
    }
    arena_free(own);
}
