/* Bytes are what a weak link costs: they stay within 2 % of the baseline beside this file. A change that
 * makes them fewer moves the baseline down. */
#include "tests/bench/person.h"
#include <criterion/criterion.h>
#include <stdio.h>

#define TOLERANCE 0.02

Test(bytes, a_new_member_costs_what_the_baseline_says)
{
    struct arena *a = arena_make((size_t)8 << 20);
    struct example_names names;
    size_t count;
    double baseline;
    int lines = 0;
    FILE *f = fopen(HV_SOURCE "/tests/bench/bytes.baseline", "r");
    cr_assert(f != NULL);
    bench_names(a, &names);
    while (fscanf(f, "%zu %lf", &count, &baseline) == 2) {
        double now = bench_bytes_per_member(&names, count, NULL, NULL);
        cr_expect(now <= baseline * (1 + TOLERANCE) && now >= baseline * (1 - TOLERANCE),
                  "batches of %zu: %.2f bytes a member, the baseline is %.2f", count, now, baseline);
        lines++;
    }
    cr_assert_eq(lines, 2);
    fclose(f);
    arena_free(a);
}
