/* bench_people COUNT SEED [IDS]: members with 25 filled fields as CSV; with a file of ids, rows that update
 * them. */
#include "common/os.h"
#include "tests/bench/person.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const *read_ids(struct arena *a, const char *path, int64_t count)
{
    struct bytes text;
    struct fault f;
    const char **ids = arena_zero(a, (size_t)count, sizeof *ids);
    if (ids == NULL || os_file_read(a, path, (size_t)64 << 20, &text, &f) != ERR_OK)
        return NULL;
    char *rest, *copy = arena_copy(a, text.p, text.n);
    int64_t n = 0;
    for (char *line = strtok_r(copy, "\r\n", &rest); line != NULL && n < count;
         line = strtok_r(NULL, "\r\n", &rest))
        if (strlen(line) == 36)
            ids[n++] = line;
    return n == count ? ids : NULL;
}

int main(int argc, char **argv)
{
    static const struct example_commune commune = {.code = "31317", .name = "Phường I", .type = "Phường"};
    struct arena *a = arena_make((size_t)512 << 20);
    struct example_names names;
    struct csv_out csv;
    if (argc < 3)
        return 2;
    bench_names(a, &names);
    struct example_file e = {
        .names = &names, .commune = &commune, .count = atoll(argv[1]), .first_serial = 1, .full = true};
    if (argc > 3)
        e.first_serial = 500001; /* citizen numbers that nobody has yet */
    uint64_t state = strtoull(argv[2], NULL, 10);
    if (argc > 3 && (e.ids = read_ids(a, argv[3], e.count)) == NULL) {
        fprintf(stderr, "bench_people: %s does not hold %lld ids\n", argv[3], (long long)e.count);
        return 1;
    }
    csv_begin(&csv, stdout, false);
    example_members_write(&csv, &e, &state);
    arena_free(a);
    return fflush(stdout) == 0 ? 0 : 1;
}
