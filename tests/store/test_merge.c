/* The rule of merging, field by field. */
#include "common/change.h"
#include "server/merge.h"
#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;
static struct record *stands;
static struct change *comes;
static int name, birth, phone, core;

static void setup(void)
{
    arena = arena_make(1 << 16);
    stands = record_make(arena, &kind_member);
    comes = change_make(arena, &kind_member);
    name = kind_field(&kind_member, "name");
    birth = kind_field(&kind_member, "birth");
    phone = kind_field(&kind_member, "phone");
    core = kind_field(&kind_member, "core");
}

static void teardown(void)
{
    arena_free(arena);
}

TestSuite(merge, .init = setup, .fini = teardown);

static uint64_t bit(int field)
{
    return field_bit(&kind_member, (size_t)field);
}

static void stands_text(int field, const char *text)
{
    stands->values[field] = (struct value){.p = text, .n = (uint32_t)strlen(text)};
    stands->set |= bit(field);
}

static void stands_int(int field, int64_t v)
{
    stands->values[field] = (struct value){.i = v};
    stands->set |= bit(field);
}

static void assert_merges(uint64_t others, uint64_t changed, uint64_t conflicts)
{
    struct merge_result r = merge_change(stands, comes, others);
    cr_assert_eq(r.changed, changed, "changed %llx", (unsigned long long)r.changed);
    cr_assert_eq(r.conflicts, conflicts, "conflicts %llx", (unsigned long long)r.conflicts);
}

static void assert_text(int field, const char *want)
{
    struct bytes b = record_text(stands, field);
    cr_assert(b.n == strlen(want) && memcmp(b.p, want, b.n) == 0, "%.*s", (int)b.n, (const char *)b.p);
}

Test(merge, another_field_merges_without_a_word)
{
    stands_text(name, "Lan");
    stands_int(birth, 19700000);
    change_set_int(comes, birth, 19710000);
    assert_merges(bit(name), bit(birth), 0);
    assert_text(name, "Lan");
    cr_assert_eq(record_int(stands, birth, 0), 19710000);
}

Test(merge, the_later_arrival_stands_and_the_conflict_is_told)
{
    stands_text(name, "Lan");
    change_set_text(comes, name, "Mai", 3);
    assert_merges(bit(name) | bit(birth), bit(name), bit(name));
    assert_text(name, "Mai");
}

Test(merge, nobody_else_no_conflict)
{
    stands_text(name, "Lan");
    change_set_text(comes, name, "Mai", 3);
    assert_merges(0, bit(name), 0);
}

Test(merge, equal_values_change_nothing_and_are_no_conflict)
{
    stands_text(name, "Lan");
    stands_int(birth, 19700000);
    stands_int(core, 1);
    change_set_text(comes, name, "Lan", 3);
    change_set_int(comes, birth, 19700000);
    change_set_int(comes, core, 1);
    assert_merges(UINT64_MAX, 0, 0);
    assert_text(name, "Lan");
}

Test(merge, a_longer_text_with_the_same_beginning_is_another)
{
    stands_text(name, "Lan");
    change_set_text(comes, name, "Lan Anh", 7);
    assert_merges(0, bit(name), 0);
    assert_text(name, "Lan Anh");
}

Test(merge, cleared_differs_from_untouched)
{
    stands_text(phone, "0912345678");
    stands_text(name, "Lan");
    change_clear(comes, phone);
    assert_merges(bit(phone), bit(phone), bit(phone));
    cr_assert_not(record_has(stands, phone));
    assert_text(name, "Lan");
}

Test(merge, clearing_what_is_clear_changes_nothing)
{
    change_clear(comes, phone);
    assert_merges(bit(phone), 0, 0);
    cr_assert_not(record_has(stands, phone));
}

Test(merge, setting_what_others_cleared_is_a_conflict)
{
    change_set_text(comes, phone, "0912345678", 10);
    assert_merges(bit(phone), bit(phone), bit(phone));
    assert_text(phone, "0912345678");
}

/* A value of nought is a value. */
Test(merge, false_differs_from_not_given)
{
    change_set_int(comes, core, 0);
    assert_merges(0, bit(core), 0);
    cr_assert(record_has(stands, core));
}

Test(merge, each_field_is_decided_for_itself)
{
    stands_text(name, "Lan");
    stands_int(birth, 19700000);
    stands_text(phone, "1234");
    change_set_text(comes, name, "Mai", 3);
    change_set_int(comes, birth, 19700000);
    change_clear(comes, phone);
    assert_merges(bit(name) | bit(birth), bit(name) | bit(phone), bit(name));
}
