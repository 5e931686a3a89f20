/* Canonical bytes of changes and lists of values. Seed: HV_SEED. */
#include "common/change.h"
#include "tests/unit/sample.h"
#include <criterion/criterion.h>

static struct arena *arena;
static struct sample sample;

static void begin(void)
{
    arena = arena_make((size_t)64 << 20);
    sample = sample_begin(arena);
}

static void end(void)
{
    arena_free(arena);
}

TestSuite(change, .init = begin, .fini = end);

static struct bytes packed(const struct change *c)
{
    struct bytes out;
    cr_assert_eq(change_pack(arena, c, &out), ERR_OK);
    return out;
}

static int field_of(const struct kind *kind, const char *name)
{
    int i = kind_field(kind, name);
    cr_assert(i >= 0, "%s", name);
    return i;
}

/* Written down by hand from the form in change.h, so that bytes kept in databases never change their meaning.
 */
Test(change, bytes_are_as_the_header_says)
{
    static const uint8_t expected[] = {
        2,          1,    1,    1,    1,    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* kind, id */
        0xac,       2,                                                          /* base 300 */
        1 << 1,     3,    'H',  'o',  'a',                                      /* name */
        2 << 1,     0xd8, 0xe6, 0xe4, 0x12,                                     /* birth 19700140 in zigzag */
        9 << 1 | 1,                                                             /* card_issued cleared */
        24 << 1,    1,                                                          /* core */
    };
    struct change *c = change_make(arena, &kind_member);
    memset(c->id.b, 1, sizeof c->id.b);
    c->base = 300;
    c->number = 77; /* not part of it */
    change_set_text(c, field_of(&kind_member, "name"), "Hoa", 3);
    change_set_int(c, field_of(&kind_member, "birth"), 19700140);
    change_clear(c, field_of(&kind_member, "card_issued"));
    change_set_int(c, field_of(&kind_member, "core"), 1);
    struct bytes out = packed(c);
    cr_assert_eq(kind_member.number, 2);
    cr_assert_eq(out.n, sizeof expected);
    cr_assert_eq(memcmp(out.p, expected, sizeof expected), 0);
}

Test(change, what_is_packed_comes_back)
{
    for (int round = 0; round < 2000; round++) {
        struct change back, *c = sample_change(&sample, kinds[sample_below(&sample, kind_count)]);
        struct fault f;
        cr_assert_eq(change_unpack(arena, packed(c), &back, &f), ERR_OK, "%s", f.text);
        cr_assert(sample_same(c, &back) && c->base == back.base);
        cr_assert_eq(content_hash(packed(c)), content_hash(packed(&back)));
        if (round % 100 == 0) {
            uint64_t state = sample.state;
            arena_reset(arena);
            sample = (struct sample){arena, state};
        }
    }
}

Test(change, empty_is_not_cleared_and_cleared_is_not_untouched)
{
    int name = field_of(&kind_member, "name"), phone = field_of(&kind_member, "phone");
    struct change back, *c = change_make(arena, &kind_member);
    struct fault f;
    change_set_text(c, name, "", 0);
    change_clear(c, phone);
    cr_assert_eq(change_unpack(arena, packed(c), &back, &f), ERR_OK);
    cr_assert_eq(back.set, field_bit(&kind_member, (size_t)name));
    cr_assert_eq(back.cleared, field_bit(&kind_member, (size_t)phone));
    cr_assert_eq(back.values[name].n, 0);
}

Test(change, setting_and_clearing_undo_each_other)
{
    int phone = field_of(&kind_member, "phone");
    uint64_t bit = field_bit(&kind_member, (size_t)phone);
    struct change *c = change_make(arena, &kind_member);
    change_clear(c, phone);
    change_set_text(c, phone, "1", 1);
    cr_assert(c->set == bit && c->cleared == 0);
    change_clear(c, phone);
    cr_assert(c->set == 0 && c->cleared == bit);
}

Test(change, cut_short_it_is_refused_or_a_shorter_change)
{
    struct change back, *c = sample_change(&sample, &kind_member);
    struct bytes whole = packed(c);
    for (size_t n = 0; n < whole.n; n++) {
        struct bytes cut = {arena_copy(arena, whole.p, n), n};
        struct fault f;
        enum err err = change_unpack(arena, cut, &back, &f);
        cr_assert(err == ERR_OK || err == ERR_MALFORMED);
        if (err == ERR_OK)
            cr_assert_eq(packed(&back).n, n);
    }
}

Test(change, broken_bytes_get_their_fault)
{
#define HEAD "\2\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\0"
    static const struct {
        const char *bytes;
        size_t n;
        enum err err;
    } cases[] = {
        {HEAD, 18, ERR_OK},
        {"", 0, ERR_MALFORMED},
        {"\x63" HEAD, 19, ERR_UNKNOWN_KIND},
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02" HEAD, 28, ERR_MALFORMED}, /* more than 64 bits */
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01" HEAD, 28, ERR_UNKNOWN_KIND},
        {HEAD "\x7a\1a", 21, ERR_UNKNOWN_FIELD}, /* field 61 */
        {HEAD "\x7e\1a", 21, ERR_MALFORMED},     /* field 63 */
        {HEAD "\0\1a", 21, ERR_MALFORMED},       /* field 0 */
        {HEAD "\2\1a\2\1b", 24, ERR_MALFORMED},  /* name twice */
        {HEAD "\4\2\2\1b", 23, ERR_MALFORMED},   /* birth before name */
        {HEAD "\2\5abcd", 24, ERR_MALFORMED},    /* five bytes, four there */
        {HEAD "\2\xff\xff\xff\xff\xff\1", 25, ERR_MALFORMED},
        {HEAD "\x30", 19, ERR_MALFORMED},     /* core without its byte */
        {HEAD "\6\1\1\1", 22, ERR_MALFORMED}, /* a short group_id */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct change back;
        struct fault f;
        struct bytes in = {(const uint8_t *)cases[i].bytes, cases[i].n};
        cr_assert_eq(change_unpack(arena, in, &back, &f), cases[i].err, "case %zu", i);
    }
}

Test(change, a_used_up_budget_is_a_fault)
{
    struct arena *small = arena_make(64);
    struct change back, *c = sample_change(&sample, &kind_member);
    static const char note[] =
        "A note that alone is longer than all that the small arena may give to anybody.";
    change_set_text(c, field_of(&kind_member, "note"), note, sizeof note - 1);
    struct bytes out, whole = packed(c);
    struct fault f;
    cr_assert_eq(change_unpack(small, whole, &back, &f), ERR_NO_MEMORY);
    cr_assert_eq(change_pack(small, c, &out), ERR_NO_MEMORY);
    cr_assert_null(change_make(small, &kind_member));
    cr_assert_null(record_make(small, &kind_member));
    arena_free(small);
}

Test(change, a_list_of_values_names_what_the_record_lacks)
{
    int name = field_of(&kind_group, "name"), type = field_of(&kind_group, "type"),
        note = field_of(&kind_group, "note");
    struct record *r = record_make(arena, &kind_group);
    struct change back, *c = change_make(arena, &kind_group);
    struct bytes out;
    struct fault f;
    change_set_text(c, name, "Chi hội 1", strlen("Chi hội 1"));
    change_set_int(c, type, 1);
    change_apply(r, c);
    uint64_t mask = field_bit(&kind_group, (size_t)name) | field_bit(&kind_group, (size_t)note);
    cr_assert_eq(value_list_pack(arena, r, mask, &out), ERR_OK);
    cr_assert_eq(value_list_unpack(arena, &kind_group, out, &back, &f), ERR_OK);
    cr_assert(back.kind == &kind_group && back.set == field_bit(&kind_group, (size_t)name));
    cr_assert_eq(back.cleared, field_bit(&kind_group, (size_t)note));
    cr_assert(value_equal(&kind_group, (size_t)name, &back.values[name], &c->values[name]));
}

Test(change, applying_sets_clears_and_leaves_alone)
{
    int name = field_of(&kind_group, "name"), type = field_of(&kind_group, "type"),
        note = field_of(&kind_group, "note"), parent = field_of(&kind_group, "parent_id");
    struct id id = {{7}};
    struct record *r = record_make(arena, &kind_group);
    struct change *one = change_make(arena, &kind_group), *two = change_make(arena, &kind_group);
    change_set_text(one, name, "A", 1);
    change_set_text(one, note, "B", 1);
    change_set_id(one, parent, &id);
    change_apply(r, one);
    change_clear(two, note);
    change_set_int(two, type, 3);
    change_apply(r, two);
    cr_assert(record_has(r, name) && !record_has(r, note));
    cr_assert_eq(record_int(r, type, -1), 3);
    cr_assert_eq(record_int(r, field_of(&kind_group, "founded"), -1), -1);
    cr_assert(record_text(r, name).n == 1 && record_text(r, note).n == 0);
    cr_assert(id_equal(record_id(r, parent), &id));
    cr_assert_null(record_id(record_make(arena, &kind_group), parent));
}

Test(change, every_byte_counts_for_the_hash)
{
    struct bytes whole = packed(sample_change(&sample, &kind_member));
    uint8_t *copy = arena_copy(arena, whole.p, whole.n);
    uint64_t hash = content_hash(whole);
    for (size_t i = 0; i < whole.n; i++) {
        copy[i] ^= 1;
        cr_assert_neq(content_hash((struct bytes){copy, whole.n}), hash);
        copy[i] ^= 1;
    }
    /* fixed for ever: hashes are kept in databases */
    cr_assert_eq(content_hash((struct bytes){(const uint8_t *)"hoa", 3}), UINT64_C(0x996a550cc32b93a6));
}
