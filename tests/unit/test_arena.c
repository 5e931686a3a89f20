#include "common/arena.h"
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

Test(arena, what_it_hands_out_is_aligned_and_apart)
{
    struct arena *a = arena_make((size_t)1 << 20);
    unsigned char *p[100];
    for (size_t i = 0; i < 100; i++) {
        p[i] = arena_alloc(a, i);
        cr_assert_not_null(p[i]);
        cr_assert_eq((uintptr_t)p[i] % _Alignof(max_align_t), 0);
        memset(p[i], (int)i, i);
    }
    for (size_t i = 0; i < 100; i++)
        for (size_t k = 0; k < i; k++)
            cr_assert_eq(p[i][k], i);
    arena_free(a);
}

Test(arena, the_budget_ends_it)
{
    struct arena *a = arena_make(1000);
    cr_assert_null(arena_alloc(a, 1001));
    cr_assert_null(arena_alloc(a, SIZE_MAX));
    cr_assert_not_null(arena_alloc(a, 500));
    cr_assert_null(arena_alloc(a, 501));
    cr_assert_null(arena_print(a, "%0600d", 1));
    cr_assert_null(arena_copy(a, "", SIZE_MAX));
    arena_reset(a);
    cr_assert_not_null(arena_alloc(a, 1000));
    arena_free(a);
}

Test(arena, large_pieces_beyond_a_block_fit)
{
    struct arena *a = arena_make((size_t)64 << 20);
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < (size_t)16 << 20; size *= 3) {
            unsigned char *p = arena_alloc(a, size);
            cr_assert_not_null(p);
            memset(p, 7, size);
        }
        arena_reset(a);
    }
    arena_free(a);
}

Test(arena, zeroed_memory_is_zero_after_a_reset_and_counts_do_not_wrap)
{
    struct arena *a = arena_make((size_t)1 << 20);
    memset(arena_alloc(a, 4096), 255, 4096);
    arena_reset(a);
    const unsigned char *p = arena_zero(a, 64, 64);
    for (size_t i = 0; i < 4096; i++)
        cr_assert_eq(p[i], 0);
    cr_assert_null(arena_zero(a, SIZE_MAX / 2, 3));
    arena_free(a);
}

Test(arena, copies_and_prints_end_in_a_zero_byte)
{
    struct arena *a = arena_make((size_t)1 << 20);
    const char *copy = arena_copy(a, "xyz", 2);
    cr_assert_str_eq(copy, "xy");
    cr_assert_str_eq(arena_copy(a, NULL, 0), "");
    cr_assert_str_eq(arena_print(a, "%s-%d", "a", 5), "a-5");
    arena_free(a);
}

Test(arena, the_allocator_of_messages_draws_on_the_same_budget)
{
    struct arena *a = arena_make(100);
    ProtobufCAllocator *m = arena_allocator(a);
    void *p = m->alloc(m->allocator_data, 90);
    cr_assert_not_null(p);
    m->free(m->allocator_data, p);
    cr_assert_null(m->alloc(m->allocator_data, 90), "nothing is freed before the reset");
    arena_free(a);
}

Test(arena, cleanup_takes_null)
{
    struct arena *a = NULL;
    arena_cleanup(&a);
    arena_free(NULL);
    a = arena_make(10);
    arena_cleanup(&a);
    cr_assert_null(a);
}
