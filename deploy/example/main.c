/* hoivien-example DATA OUT: writes the quickstart's files for province 93. */
#include "common/os.h"
#include "deploy/example/example.h"
#include <stdio.h>
#include <string.h>

#define SEED     93
#define PROVINCE "93"
#define SOURCE   "Hậu Giang, phụ nữ từ 18 tuổi cuối năm 2018: 222.894 (số công bố), phân bổ cho xã là giả định"

struct reading {
    struct arena *arena;
    FILE *units;
    struct example_commune communes[256];
    size_t count;
};

/* Columns: province_code, province_name, district_code, district_name, commune_code, commune_name,
 * commune_type */
static enum err take_row(void *context, const struct csv_row *row, struct fault *f)
{
    struct reading *r = context;
    bool heading = row->line == 1;
    if (row->count < 7 || (!heading && strcmp(row->cells[0], PROVINCE) != 0))
        return ERR_OK;
    for (size_t i = 0; i < 7; i++)
        fprintf(r->units, "\"%s\"%s", row->cells[i], i < 6 ? "," : "\n");
    if (heading)
        return ERR_OK;
    if (r->count == sizeof r->communes / sizeof r->communes[0])
        return fault(f, ERR_TOO_LARGE, "province %s has too many communes", PROVINCE);
    r->communes[r->count++] =
        (struct example_commune){.code = arena_copy(r->arena, row->cells[4], row->lengths[4]),
                                 .name = arena_copy(r->arena, row->cells[5], row->lengths[5]),
                                 .type = arena_copy(r->arena, row->cells[6], row->lengths[6])};
    return ERR_OK;
}

static FILE *create(struct arena *a, const char *folder, const char *name, struct fault *f)
{
    const char *path = arena_print(a, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        fault(f, ERR_FILE, "cannot write %s", path);
    return file;
}

static enum err read_units(struct reading *r, const char *data, const char *out, struct fault *f)
{
    struct bytes text;
    struct arena *rows = arena_make((size_t)8 << 20);
    enum err e = os_file_read(r->arena, arena_print(r->arena, "%s/communes-2019-10-06.csv", data),
                              (size_t)4 << 20, &text, f);
    if (e == ERR_OK && (r->units = create(r->arena, out, "units.csv", f)) == NULL)
        e = ERR_FILE;
    if (e == ERR_OK) {
        e = csv_read(rows, LANG_EN, text, take_row, r, f);
        fclose(r->units);
    }
    arena_free(rows);
    return e;
}

/* The figure is frozen for both terms: the province's and the centre's. */
static enum err write_population(struct reading *r, const char *out, struct fault *f)
{
    FILE *file = create(r->arena, out, "population.csv", f);
    if (file == NULL)
        return ERR_FILE;
    fprintf(file, "unit,term_level,term,type,value,as_of,source\n");
    for (size_t i = 0; i < r->count; i++) {
        const struct example_commune *c = &r->communes[i];
        fprintf(file, "%s,centre,2017-2022,women-18-plus,%lld,2018-12-31,\"%s\"\n", c->code,
                (long long)c->women, SOURCE);
        fprintf(file, "%s,province,2016-2021,women-18-plus,%lld,2018-12-31,\"%s\"\n", c->code,
                (long long)c->women, SOURCE);
    }
    return fclose(file) == 0 ? ERR_OK : fault(f, ERR_FILE, "cannot write the population figures");
}

static enum err write_members(struct reading *r, const struct example_names *names, const char *out,
                              struct fault *f)
{
    uint64_t state = SEED, serial = 1;
    for (size_t i = 0; i < r->count; i++) {
        const struct example_commune *c = &r->communes[i];
        FILE *file = create(r->arena, out, arena_print(r->arena, "members/%s.csv", c->code), f);
        if (file == NULL)
            return ERR_FILE;
        struct csv_out csv;
        csv_begin(&csv, file, false);
        example_members_write(
            &csv,
            &(struct example_file){.names = names, .commune = c, .count = c->members, .first_serial = serial},
            &state);
        serial += (uint64_t)c->members;
        if (fclose(file) != 0)
            return fault(f, ERR_FILE, "cannot write the members of commune %s", c->code);
    }
    return ERR_OK;
}

static enum err write_work(struct reading *r, const struct example_names *names, const char *out,
                           struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < r->count; i++) {
        const struct example_commune *c = &r->communes[i];
        const char *folder = arena_print(r->arena, "%s/work/%s", out, c->code);
        if ((e = os_folder_make(folder, f)) == ERR_OK)
            e = example_work_write(
                &(struct example_work){.names = names,
                                       .commune = c,
                                       .members = arena_print(r->arena, "%s/members/%s.csv", out, c->code),
                                       .folder = folder,
                                       .seed = SEED + i},
                f);
    }
    return e;
}

static enum err write_all(const char *data, const char *out, struct fault *f)
{
    struct reading r = {.arena = arena_make((size_t)32 << 20)};
    struct example_names names;
    enum err e = os_folder_make(arena_print(r.arena, "%s/members", out), f);
    if (e == ERR_OK)
        e = example_names_load(r.arena, arena_print(r.arena, "%s/female-given-names.txt", data), &names, f);
    if (e == ERR_OK)
        e = read_units(&r, data, out, f);
    if (e == ERR_OK) {
        example_spread(r.communes, r.count, SEED);
        e = write_population(&r, out, f);
    }
    if (e == ERR_OK)
        e = write_members(&r, &names, out, f);
    if (e == ERR_OK)
        e = write_work(&r, &names, out, f);
    arena_free(r.arena);
    return e;
}

int main(int argc, char **argv)
{
    struct fault f = {0};
    if (argc != 3) {
        fprintf(stderr, "usage: hoivien-example DATA-FOLDER OUT-FOLDER\n");
        return 2;
    }
    if (write_all(argv[1], argv[2], &f) == ERR_OK)
        return 0;
    fprintf(stderr, "hoivien-example: %s\n", f.text);
    return 1;
}
