#include "tests/bench/person.h"
#include "client/cell.h"
#include "common/change.h"
#include "common/id.h"
#include "common/wire.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct id id_of_state(uint64_t ms, uint64_t *state)
{
    uint8_t random[10];
    for (size_t i = 0; i < sizeof random; i++)
        random[i] = (uint8_t)example_random(state, 256);
    return id_make(ms, random);
}

struct change *bench_person(struct arena *a, const struct example_names *names, const struct id *group,
                            uint64_t serial, uint64_t ms, uint64_t *state)
{
    static const struct example_commune commune = {.code = "31317", .name = "Phường I", .type = "Phường"};
    static const struct ui ui = {.lang = LANG_EN, .program = "bench"};
    struct cells x = {.ui = &ui, .arena = a};
    struct example_person person;
    struct fault f;
    struct change *c = change_make(a, &kind_member);
    size_t columns[64];
    if (c == NULL)
        return NULL;
    example_person_make(names, &commune, "", serial, true, state, &person);
    for (size_t k = 0, n = example_columns(columns); k < n; k++) {
        const char *cell = person.cells[columns[k]];
        if (field_type(&kind_member, columns[k]) == FIELD_ID)
            change_set_id(c, (int)columns[k], group);
        else if (cell_read(&x, c, columns[k], cell, strlen(cell), &f) != ERR_OK)
            return NULL;
    }
    c->id = id_of_state(ms, state);
    return c;
}

void bench_batch(struct arena *a, const struct example_names *names, size_t count, uint64_t *state,
                 struct batch *out)
{
    *out = (struct batch){.changes = arena_zero(a, count, sizeof *out->changes), .count = count};
    struct id *group = NULL;
    for (size_t i = 0; i < count; i++) {
        if (i % 90 == 0) {
            group = arena_alloc(a, sizeof *group);
            *group = id_of_state(1700000000000, state);
        }
        struct change *c = bench_person(a, names, group, i + 1, 1700000000000 + i / 50, state);
        if (c == NULL) {
            fprintf(stderr, "bench: a person can't be made\n");
            exit(1);
        }
        out->changes[i] = *c;
        out->changes[i].number = i + 1;
        out->changes[i].base = 1;
        out->changes[i].kind_number = kind_member.number;
    }
}

void bench_names(struct arena *a, struct example_names *out)
{
    struct fault f;
    if (example_names_load(a, HV_SOURCE "/deploy/data/female-given-names.txt", out, &f) != ERR_OK) {
        fprintf(stderr, "bench: %s\n", f.text);
        exit(1);
    }
}

#define FRAMING 42 /* CURVE (33) and the head of a ZMTP frame of more than 255 bytes (9) */

double bench_bytes_per_member(const struct example_names *names, size_t count,
                              void look(void *context, const struct batch *b), void *context)
{
    uint64_t state = 7;
    size_t bytes = 0;
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        struct arena *a = arena_make((size_t)64 << 20);
        struct batch b;
        struct bytes out;
        bench_batch(a, names, count, &state, &b);
        if (wire_batch_pack(a, &b, 1, &out) != ERR_OK)
            exit(1);
        bytes += out.n + FRAMING;
        if (look != NULL)
            look(context, &b);
        arena_free(a);
    }
    return (double)bytes / (double)(BENCH_ROUNDS * count);
}

double bench_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_percentile(double *values, size_t count, double share)
{
    qsort(values, count, sizeof *values, compare);
    size_t at = (size_t)(share * (double)(count - 1));
    return values[at];
}
