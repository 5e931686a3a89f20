/* bench_bytes: bytes of a batch of new members on the wire beside gzip -9 of one JSON array of the same.
 * Prints "batch wire json" lines, bytes a member. */
#include "common/date.h"
#include "common/id.h"
#include "common/wire.h"
#include "tests/bench/person.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void json_value(FILE *f, const struct change *c, size_t i)
{
    char text[64];
    switch (field_type(c->kind, i)) {
    case FIELD_TEXT:
        fprintf(f, "\"%.*s\"", (int)c->values[i].n, c->values[i].p);
        break;
    case FIELD_DATE:
        date_format((int32_t)c->values[i].i, true, text);
        fprintf(f, "\"%s\"", text);
        break;
    case FIELD_BOOL:
        fprintf(f, "%s", c->values[i].i != 0 ? "true" : "false");
        break;
    case FIELD_ID:
        id_format((const struct id *)(const void *)c->values[i].p, text);
        fprintf(f, "\"%s\"", text);
        break;
    default:
        fprintf(f, "%lld", (long long)c->values[i].i);
    }
}

static void json_write(FILE *f, const struct batch *b)
{
    char id[ID_TEXT];
    for (size_t k = 0; k < b->count; k++) {
        const struct change *c = &b->changes[k];
        id_format(&c->id, id);
        fprintf(f, "%s{\"id\":\"%s\"", k == 0 ? "[" : ",", id);
        for (size_t i = 0; i < c->kind->field_count; i++)
            if ((c->set & field_bit(c->kind, i)) != 0) {
                fprintf(f, ",\"%s\":", c->kind->fields[i].name);
                json_value(f, c, i);
            }
        fputc('}', f);
    }
    fputc(']', f);
}

static long gzip_size(const struct batch *b)
{
    char path[] = "/tmp/hv-bench-XXXXXX", line[100];
    int fd = mkstemp(path);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (f == NULL)
        exit(1);
    json_write(f, b);
    fclose(f);
    snprintf(line, sizeof line, "gzip -9 -c %s | wc -c", path);
    FILE *p = popen(line, "r");
    long size = 0;
    if (p == NULL || fscanf(p, "%ld", &size) != 1)
        exit(1);
    pclose(p);
    remove(path);
    return size;
}

static void add_json(void *context, const struct batch *b)
{
    *(long *)context += gzip_size(b);
}

static void measure(const struct example_names *names, size_t count)
{
    long json = 0;
    double wire = bench_bytes_per_member(names, count, add_json, &json);
    printf("%zu %.2f %.2f\n", count, wire, (double)json / (double)(BENCH_ROUNDS * count));
}

int main(void)
{
    struct arena *a = arena_make((size_t)8 << 20);
    struct example_names names;
    bench_names(a, &names);
    measure(&names, 100);
    measure(&names, 500);
    arena_free(a);
    return 0;
}
