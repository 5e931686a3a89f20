/* Batches: what is packed comes back, and nothing that comes from outside does harm. Seed: HV_SEED. */
#include "common/change.h"
#include "common/check.h"
#include "common/id.h"
#include "common/wire.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct arena *arena;
static uint64_t state;

static void begin(void)
{
    const char *given = getenv("HV_SEED");
    arena = arena_make(WIRE_ARENA);
    state = given != NULL ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    fprintf(stderr, "HV_SEED=%llu\n", (unsigned long long)state);
}

static void end(void)
{
    arena_free(arena);
}

TestSuite(batch, .init = begin, .fini = end);

static uint64_t below(uint64_t n)
{
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (z ^ (z >> 31)) % n;
}

static struct id *random_id(void)
{
    struct id *id = arena_alloc(arena, sizeof *id);
    for (size_t i = 0; i < sizeof id->b; i++)
        id->b[i] = (uint8_t)below(256);
    return id;
}

static void set_any(struct change *c, size_t i)
{
    static const int64_t numbers[] = {0, 1, -1, 127, 128, 19700000, INT32_MAX, INT64_MAX, INT64_MIN};
    char *text;
    size_t n;
    switch (field_type(c->kind, i)) {
    case FIELD_TEXT:
        n = below(4) == 0 ? 0 : below(40);
        text = arena_alloc(arena, n + 1);
        for (size_t k = 0; k < n; k++)
            text[k] = (char)below(256);
        change_set_text(c, (int)i, text, n);
        break;
    case FIELD_ID:
        change_set_id(c, (int)i, random_id());
        break;
    case FIELD_BOOL:
        change_set_int(c, (int)i, (int64_t)below(2));
        break;
    default:
        change_set_int(c, (int)i, numbers[below(sizeof numbers / sizeof numbers[0])]);
    }
}

static struct change random_change(const struct kind *kind, uint64_t number)
{
    struct change *c = change_make(arena, kind);
    c->id = *random_id();
    c->number = number;
    c->base = below(3) == 0 ? below(1000000) : 7;
    for (size_t i = 0; i < kind->field_count; i++)
        switch (below(4)) {
        case 0:
            change_clear(c, (int)i);
            break;
        case 1:
            break;
        default:
            set_any(c, i);
        }
    return *c;
}

/* Numbers run on over all kinds, but not within one. */
static struct batch random_batch(size_t count, uint64_t first)
{
    struct batch b = {.changes = arena_zero(arena, count, sizeof *b.changes)};
    size_t *kind_of = arena_zero(arena, count, sizeof *kind_of);
    for (size_t i = 0; i < count; i++)
        kind_of[i] = below(kind_count);
    for (size_t k = 0; k < kind_count; k++)
        for (size_t i = 0; i < count; i++)
            if (kind_of[i] == k)
                b.changes[b.count++] = random_change(kinds[k], first == 0 ? 0 : first + i);
    return b;
}

static void assert_same(const struct change *x, const struct change *y)
{
    cr_assert(x->kind == y->kind && id_equal(&x->id, &y->id));
    cr_assert(x->number == y->number && x->base == y->base && x->set == y->set && x->cleared == y->cleared);
    for (size_t i = 0; i < x->kind->field_count; i++)
        if ((x->set & field_bit(x->kind, i)) != 0)
            cr_assert(value_equal(x->kind, i, &x->values[i], &y->values[i]), "field %s",
                      x->kind->fields[i].name);
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
        if (first == 0)
            b.changes[i].base = back.changes[i].base;
        assert_same(&b.changes[i], &back.changes[i]);
    }
}

Test(batch, what_goes_up_comes_back)
{
    const size_t counts[] = {1, 2, 7, 8, 9, 100, 500, WIRE_MAX_CHANGES};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        arena_reset(arena);
        round_trip(counts[i], 1 + below(1000000));
    }
}

Test(batch, what_goes_down_comes_back)
{
    for (size_t i = 0; i < 20; i++) {
        arena_reset(arena);
        round_trip(1 + below(50), 0);
    }
}

Test(batch, what_is_gone_comes_back)
{
    struct gone gone[3] = {{kind_member.number, *random_id()},
                           {kind_member.number, *random_id()},
                           {kind_event.number, *random_id()}};
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

static struct bytes request_bytes(uint32_t protocol)
{
    Hv__SyncRequest sync = HV__SYNC_REQUEST__INIT;
    Hv__Request r = HV__REQUEST__INIT;
    struct bytes out;
    r.has_id = r.has_protocol = true;
    r.id = 5;
    r.protocol = protocol;
    r.program = "test 1";
    r.body_case = HV__REQUEST__BODY_SYNC;
    r.sync = &sync;
    cr_assert_eq(wire_request_pack(arena, &r, &out), ERR_OK);
    return out;
}

Test(batch, a_request_with_bad_text_keeps_its_id)
{
    struct bytes out = request_bytes(1);
    Hv__Request *back;
    struct fault f;
    uint8_t *copy = arena_copy(arena, out.p, out.n);
    char *at = memmem(copy, out.n, "test 1", 6);
    cr_assert(at != NULL);
    at[2] = '\0';
    cr_assert_eq(wire_request_unpack(arena, (struct bytes){copy, out.n}, &back, &f), ERR_BAD_TEXT);
    cr_assert(back != NULL && back->id == 5);
    at[2] = (char)0xff;
    cr_assert_eq(wire_request_unpack(arena, (struct bytes){copy, out.n}, &back, &f), ERR_BAD_TEXT);
}

Test(batch, an_unknown_request_keeps_its_id)
{
    static const uint8_t unknown[] = {0x08, 0x05, 0x10, 0x01,
                                      0xf2, 0x01, 0x00}; /* id 5, protocol 1, field 30 */
    Hv__Request *back;
    struct fault f;
    cr_assert_eq(wire_request_unpack(arena, (struct bytes){unknown, sizeof unknown}, &back, &f),
                 ERR_UNKNOWN_REQUEST);
    cr_assert(back != NULL && back->id == 5);
}

Test(batch, the_digest_leaves_out_the_day)
{
    Hv__TargetReport r = HV__TARGET_REPORT__INIT;
    Hv__TargetLine line = HV__TARGET_LINE__INIT, *lines[] = {&line};
    r.n_line = 1;
    r.line = lines;
    line.has_numerator = true;
    line.numerator = 5;
    uint64_t before = wire_report_digest(arena, &r);
    r.has_as_of = true;
    r.as_of = 20181231;
    cr_assert_eq(wire_report_digest(arena, &r), before);
    line.numerator = 6;
    cr_assert_neq(wire_report_digest(arena, &r), before);
}
