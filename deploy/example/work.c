#include "deploy/example/work.h"
#include "common/change.h"
#include "common/kind.h"
#include "common/os.h"
#include "common/text.h"
#include <stdarg.h>
#include <string.h>

#define NAME_SLOTS   16384u
#define MEMBERS_MOST 6000u

bool work_chance(struct work *w, unsigned percent)
{
    return example_random(&w->state, 100) < percent;
}

unsigned work_below(struct work *w, unsigned n)
{
    return (unsigned)example_random(&w->state, n);
}

const char *work_day(struct work *w, unsigned day, unsigned month)
{
    return arena_print(w->arena, "%02u/%02u/2018", day, month);
}

const char *work_chi_hoi(struct work *w, int number)
{
    return arena_print(w->arena, "Chi hội %d", number);
}

/* ---- files ---- */

enum err work_file_begin(const struct work *w, const char *kind, struct work_file *out, struct fault *f)
{
    const char *path = arena_print(w->arena, "%s/%s.csv", w->of->folder, kind);
    out->file = path != NULL ? fopen(path, "w") : NULL;
    if (out->file == NULL)
        return fault(f, ERR_FILE, "cannot write %s.csv in %s", kind, w->of->folder);
    csv_begin(&out->csv, out->file, false);
    return ERR_OK;
}

void work_row(struct work_file *file, ...)
{
    va_list cells;
    va_start(cells, file);
    for (const char *cell; (cell = va_arg(cells, const char *)) != NULL;)
        csv_string(&file->csv, cell);
    va_end(cells);
    csv_end_row(&file->csv);
}

enum err work_file_end(struct work_file *file, struct fault *f)
{
    return fclose(file->file) == 0 ? ERR_OK : fault(f, ERR_FILE, "cannot write a file of the year's work");
}

/* ---- names ---- */

/* Two entries a slot: the hash, how often. */
unsigned work_name(struct work *w, const char *name)
{
    struct bytes fold = {(const uint8_t *)name, strlen(name)};
    if (text_fold(w->arena, name, strlen(name), &fold) != ERR_OK)
        return 0;
    uint64_t hash = content_hash(fold) | 1;
    size_t at = hash % NAME_SLOTS;
    while (w->names[2 * at] != 0 && w->names[2 * at] != hash)
        at = (at + 1) % NAME_SLOTS;
    w->names[2 * at] = hash;
    return (unsigned)w->names[2 * at + 1]++;
}

/* ---- members ---- */

/* Where the columns stand in the members' file. */
struct member_columns {
    struct work *work;
    size_t name, birth, group, citizen_no, phone;
};

static size_t place_of(const char *field)
{
    size_t columns[64], count = example_columns(columns), i = 0;
    while (i < count && columns[i] != (size_t)kind_field(&kind_member, field))
        i++;
    return i;
}

static const char *cell_keep(const struct work *w, const struct csv_row *row, size_t i)
{
    return i < row->count ? arena_copy(w->arena, row->cells[i], row->lengths[i]) : "";
}

static enum err take_member(void *context, const struct csv_row *row, struct fault *f)
{
    struct member_columns *c = context;
    struct work *w = c->work;
    if (row->line == 1)
        return ERR_OK;
    if (w->member_count == MEMBERS_MOST)
        return fault(f, ERR_TOO_LARGE, "a commune has too many members for an example");
    w->members[w->member_count++] = (struct worker){.name = cell_keep(w, row, c->name),
                                                    .birth = cell_keep(w, row, c->birth),
                                                    .group = cell_keep(w, row, c->group),
                                                    .citizen_no = cell_keep(w, row, c->citizen_no),
                                                    .phone = cell_keep(w, row, c->phone)};
    return ERR_OK;
}

/* Groups come in the order of their numbers, so the last one tells how many there are. */
static void mark_single(struct work *w)
{
    for (size_t i = 0; i < w->member_count; i++)
        work_name(w, w->members[i].name);
    for (size_t i = 0; i < w->member_count; i++)
        w->members[i].single = work_name(w, w->members[i].name) == 1;
    w->chi_hoi = 0;
    if (w->member_count > 0)
        sscanf(w->members[w->member_count - 1].group, "Chi hội %d", &w->chi_hoi);
}

enum err work_members_read(struct work *w, struct fault *f)
{
    struct bytes text;
    struct member_columns columns = {
        w,
        place_of("name"),
        place_of("birth"),
        place_of("group_id"),
        place_of("citizen_no"),
        place_of("phone"),
    };
    w->members = arena_zero(w->arena, MEMBERS_MOST, sizeof *w->members);
    w->names = arena_zero(w->arena, 2 * NAME_SLOTS, sizeof *w->names);
    if (w->members == NULL || w->names == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the members");
    enum err e = os_file_read(w->arena, w->of->members, (size_t)8 << 20, &text, f);
    struct arena *rows = arena_make((size_t)1 << 20); /* reset with every row */
    if (e == ERR_OK)
        e = rows != NULL ? csv_read(rows, LANG_EN, text, take_member, &columns, f)
                         : fault(f, ERR_NO_MEMORY, "no memory for the members");
    arena_free(rows);
    if (e == ERR_OK)
        mark_single(w);
    return e;
}

const struct worker *work_member(struct work *w, int chi_hoi)
{
    const char *group = chi_hoi > 0 ? work_chi_hoi(w, chi_hoi) : NULL;
    size_t start = w->member_count > 0 ? example_random(&w->state, w->member_count) : 0;
    for (size_t k = 0; k < w->member_count; k++) {
        struct worker *m = &w->members[(start + k) % w->member_count];
        if (!m->single || (group != NULL && strcmp(m->group, group) != 0))
            continue;
        m->single = false; /* nobody is chosen twice */
        return m;
    }
    return NULL;
}

enum err example_work_write(const struct example_work *of, struct fault *f)
{
    struct work w = {.of = of, .arena = arena_make((size_t)64 << 20), .state = of->seed};
    if (w.arena == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for a commune's year");
    enum err e = work_members_read(&w, f);
    work_clubs_choose(&w);
    if (e == ERR_OK)
        e = work_groups_write(&w, f);
    if (e == ERR_OK)
        e = work_people_write(&w, f);
    if (e == ERR_OK)
        e = work_year_write(&w, f);
    if (e == ERR_OK)
        e = work_officers_write(&w, f);
    if (e == ERR_OK)
        e = work_means_write(&w, f);
    arena_free(w.arena);
    return e;
}
