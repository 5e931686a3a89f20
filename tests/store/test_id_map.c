/* Places by kind and id, and who was the last to set a field. */
#include "server/id_map.h"
#include "server/merge.h"
#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;

static void setup(void)
{
    arena = arena_make(8 << 20);
}

static void teardown(void)
{
    arena_free(arena);
}

TestSuite(id_map, .init = setup, .fini = teardown);
TestSuite(others);

static struct id id_number(uint64_t n)
{
    struct id id = {{0}};
    memcpy(id.b, &n, sizeof n);
    return id;
}

Test(id_map, keeps_the_first_place_of_a_key)
{
    struct id_map m;
    struct id x = id_number(1), y = id_number(2);
    cr_assert(id_map_make(&m, arena, 3));
    cr_assert_eq(id_map_get(&m, 1, &x), SIZE_MAX);
    cr_assert_eq(id_map_put(&m, 1, &x, 10), 10);
    cr_assert_eq(id_map_put(&m, 1, &x, 20), 10);
    cr_assert_eq(id_map_put(&m, 2, &x, 30), 30, "of another kind");
    cr_assert_eq(id_map_put(&m, 1, &y, 40), 40);
    cr_assert_eq(id_map_get(&m, 1, &x), 10);
    cr_assert_eq(id_map_get(&m, 2, &x), 30);
    cr_assert_eq(id_map_get(&m, 2, &y), SIZE_MAX);
}

/* Ids that all end alike meet in one slot. */
Test(id_map, finds_keys_that_meet_in_one_slot)
{
    enum { COUNT = 2000 };
    struct id_map m;
    cr_assert(id_map_make(&m, arena, COUNT));
    for (uint64_t i = 0; i < COUNT; i++) {
        struct id id = id_number(i);
        cr_assert_eq(id_map_put(&m, 2, &id, i), i);
    }
    for (uint64_t i = 0; i < COUNT; i++) {
        struct id id = id_number(i);
        cr_assert_eq(id_map_get(&m, 2, &id), i);
    }
}

Test(id_map, makes_no_room_beyond_the_budget)
{
    struct id_map m;
    cr_assert_not(id_map_make(&m, arena, 1 << 20));
}

/* ---- the last writer of each field ---- */

#define OWN   7
#define OTHER 8

static const struct log_row rows[] = {
    {.rev = 3, .replica = OTHER, .mask = 0x2},
    {.rev = 5, .replica = OTHER, .mask = 0x6},
    {.rev = 6, .replica = OWN, .mask = 0x4},
    {.rev = 9, .replica = 9, .mask = 0x8},
};

Test(others, are_those_who_wrote_after_the_base)
{
    cr_assert_eq(merge_others(rows, 4, OWN, 0, UINT64_MAX), 0x2 | 0x8);
    cr_assert_eq(merge_others(rows, 4, OWN, 5, UINT64_MAX), 0x8);
    cr_assert_eq(merge_others(rows, 4, OWN, 9, UINT64_MAX), 0);
    cr_assert_eq(merge_others(NULL, 0, OWN, 0, UINT64_MAX), 0);
}

Test(others, do_not_own_what_the_replica_has_set_since)
{
    cr_assert_eq(merge_others(rows, 4, OWN, 0, 6), 0x2 | 0x4, "before that");
    cr_assert_eq(merge_others(rows, 4, OWN, 0, 7), 0x2);
}

Test(others, include_oneself_for_somebody_else)
{
    cr_assert_eq(merge_others(rows, 4, 10, 0, UINT64_MAX), 0x2 | 0x4 | 0x8);
}
