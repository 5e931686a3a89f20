#include "common/change.h"
#include "common/date.h"
#include "common/kind.h"
#include "common/os.h"
#include "deploy/example/example.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PER_GROUP 90

/* Shares in thousandths, as family names are spread in Viet Nam; the rest goes to the first. */
static const struct {
    const char *name;
    unsigned share;
} families[] = {{"Nguyễn", 310}, {"Trần", 110}, {"Lê", 95},   {"Phạm", 70}, {"Huỳnh", 51}, {"Phan", 45},
                {"Võ", 39},      {"Đặng", 21},  {"Bùi", 20},  {"Đỗ", 14},   {"Hồ", 13},    {"Ngô", 13},
                {"Dương", 10},   {"Lý", 5},     {"Danh", 12}, {"Thạch", 6}, {"Kim", 4},    {"Trương", 22},
                {"Đoàn", 9},     {"Lâm", 11},   {"Mai", 8},   {"Cao", 7},   {"Châu", 6},   {"Tô", 5}};

static const char *const occupations[] = {"Làm ruộng", "Buôn bán",  "Nội trợ",  "Công nhân", "Giáo viên",
                                          "May mặc",   "Chăn nuôi", "Làm vườn", "Cán bộ",    "Thợ thủ công"};
static const char *const hamlets[] = {"Ấp 1",      "Ấp 2",      "Ấp 3",         "Ấp 4",
                                      "Ấp 5",      "Ấp 6",      "Ấp Thạnh Lợi", "Ấp Phú Xuân",
                                      "Ấp Mỹ Hoà", "Khu vực 1", "Khu vực 2",    "Ấp Long An"};
static const char *const relations[] = {"chủ hộ", "vợ", "con", "mẹ", "con dâu"};

struct maker {
    const struct example_names *names;
    const struct example_commune *commune;
    const char *group;
    uint64_t serial;
    bool full;
    uint64_t *state;
    int year;
    struct example_person *out;
};

static bool chance(struct maker *m, unsigned percent)
{
    return m->full || example_random(m->state, 100) < percent;
}

static const char *pick(struct maker *m, const char *const *list, size_t count)
{
    return list[example_random(m->state, count)];
}
#define PICK(m, list) pick(m, list, sizeof(list) / sizeof(list)[0])

static char *cell(struct maker *m, const char *field)
{
    return m->out->cells[kind_field(&kind_member, field)];
}

static const char *family(uint64_t *state)
{
    unsigned at = (unsigned)example_random(state, 1000);
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        if (at < families[i].share)
            return families[i].name;
        at -= families[i].share;
    }
    return families[0].name;
}

/* Four words for about 65 of a hundred women, three for the others. */
void example_name_make(const struct example_names *names, uint64_t *state, char out[EXAMPLE_CELL])
{
    const char *given = names->given[example_random(state, names->count)];
    const char *middle = example_random(state, 1000) < 650 ? "Thị " : "";
    snprintf(out, EXAMPLE_CELL, "%s %s%s", family(state), middle, given);
}

static void put_name(struct maker *m, const char *field)
{
    example_name_make(m->names, m->state, cell(m, field));
}

static void put_date(struct maker *m, const char *field, int from_year, int to_year, unsigned partial)
{
    int year = from_year + (int)example_random(m->state, (uint64_t)(to_year - from_year + 1));
    int month = 1 + (int)example_random(m->state, 12), day = 1 + (int)example_random(m->state, 28);
    int32_t date = year * 10000 + month * 100 + day;
    if (!m->full && example_random(m->state, 100) < partial)
        date = year * 10000;
    date_format(date, false, cell(m, field));
    if (strcmp(field, "birth") == 0)
        m->year = year;
}

static void put_code(struct maker *m, const char *field, const struct code *codes, size_t count)
{
    snprintf(cell(m, field), EXAMPLE_CELL, "%s", codes[example_random(m->state, count)].label.vi);
}

static void put_enum(struct maker *m, const char *field)
{
    const struct code *codes = kind_member.fields[kind_field(&kind_member, field)].codes;
    size_t count = 0;
    while (codes[count].token != NULL)
        count++;
    put_code(m, field, codes, count);
}

static void put_person(struct maker *m)
{
    put_name(m, "name");
    put_date(m, "birth", 1940, 1999, 15);
    snprintf(cell(m, "group_id"), EXAMPLE_CELL, "%s", m->group);
    put_code(m, "sex", kind_member.fields[kind_field(&kind_member, "sex")].codes, 1);
    put_code(m, "category", kind_member.fields[kind_field(&kind_member, "category")].codes, 1);
    if (chance(m, 88))
        snprintf(cell(m, "citizen_no"), EXAMPLE_CELL, "093%d%02d%06u", m->year < 2000 ? 1 : 3, m->year % 100,
                 (unsigned)m->serial % 1000000);
    if (chance(m, 70))
        put_date(m, "citizen_issued", 2014, 2017, 0);
    if (chance(m, 75))
        snprintf(cell(m, "card_no"), EXAMPLE_CELL, "%s-%05u", m->commune->code, (unsigned)m->serial % 100000);
    if (chance(m, 60))
        put_date(m, "card_issued", 2000, 2017, 20);
}

static void put_place(struct maker *m)
{
    bool temporary = !m->full && example_random(m->state, 100) < 6;
    put_code(m, "residence",
             kind_member.fields[kind_field(&kind_member, "residence")].codes + (temporary ? 1 : 0), 1);
    if (temporary || chance(m, 30))
        put_date(m, "residence_since", 1990, 2017, 30);
    if (chance(m, 90))
        snprintf(cell(m, "permanent_address"), EXAMPLE_CELL, "%s, %s", PICK(m, hamlets), m->commune->name);
    if (chance(m, 40))
        snprintf(cell(m, "present_address"), EXAMPLE_CELL, "Số %u, %s, %s",
                 1 + (unsigned)example_random(m->state, 400), PICK(m, hamlets), m->commune->name);
    if (chance(m, 55))
        snprintf(cell(m, "phone"), EXAMPLE_CELL, "09%08u", (unsigned)example_random(m->state, 100000000));
}

static void put_life(struct maker *m)
{
    if (chance(m, 85)) {
        snprintf(cell(m, "ethnic_code"), EXAMPLE_CELL, "%s",
                 example_random(m->state, 100) < 94 ? "01" : "05");
        put_code(m, "ethnic_list", kind_member.fields[kind_field(&kind_member, "ethnic_list")].codes + 1, 1);
    }
    if (chance(m, 60))
        snprintf(cell(m, "religion"), EXAMPLE_CELL, "%02u",
                 (unsigned)(example_random(m->state, 100) < 70 ? 0 : 1 + example_random(m->state, 5)));
    if (chance(m, 70))
        put_enum(m, "education");
    if (chance(m, 45))
        put_enum(m, "profession");
    if (chance(m, 20))
        put_enum(m, "political_theory");
    if (chance(m, 8))
        put_date(m, "party_since", 1990, 2017, 10);
    if (chance(m, 80))
        snprintf(cell(m, "occupation"), EXAMPLE_CELL, "%s", PICK(m, occupations));
    if (chance(m, 17))
        snprintf(cell(m, "core"), EXAMPLE_CELL, "%s", "có");
    if (chance(m, 50)) {
        put_name(m, "household_head");
        snprintf(cell(m, "household_relation"), EXAMPLE_CELL, "%s", PICK(m, relations));
    }
}

void example_person_make(const struct example_names *names, const struct example_commune *commune,
                         const char *group, uint64_t serial, bool full, uint64_t *state,
                         struct example_person *out)
{
    struct maker m = {names, commune, group, serial, full, state, 0, out};
    memset(out, 0, sizeof *out);
    put_person(&m);
    put_place(&m);
    put_life(&m);
}

enum err example_names_load(struct arena *a, const char *path, struct example_names *out, struct fault *f)
{
    struct bytes text;
    enum err e = os_file_read(a, path, (size_t)1 << 20, &text, f);
    if (e != ERR_OK)
        return e;
    char *copy = arena_copy(a, text.p, text.n);
    out->given = arena_zero(a, 4096, sizeof *out->given);
    if (copy == NULL || out->given == NULL)
        return fault(f, ERR_NO_MEMORY, "%s is too large", path);
    out->count = 0;
    char *rest;
    for (char *line = strtok_r(copy, "\r\n", &rest); line != NULL && out->count < 4096;
         line = strtok_r(NULL, "\r\n", &rest))
        out->given[out->count++] = line;
    return out->count > 0 ? ERR_OK : fault(f, ERR_FILE, "%s holds no names", path);
}

static const size_t left_out = SIZE_MAX;

/* Columns of the file: every field that the maker fills, in the order of the registry. */
size_t example_columns(size_t columns[64])
{
    static const char *const never[] = {"away_since", "nationality", "note", "voided", "household_id"};
    size_t count = 0;
    for (size_t i = 0; i < kind_member.field_count; i++) {
        size_t column = i;
        for (size_t k = 0; k < sizeof never / sizeof never[0]; k++)
            if (strcmp(kind_member.fields[i].name, never[k]) == 0)
                column = left_out;
        if (column != left_out)
            columns[count++] = column;
    }
    return count;
}

/* Names with years of birth that a commune has had: two women may well bear one name, but an import would ask
 * whether they are the same person. */
#define SEEN_SLOTS 65536u
static bool seen_before(uint64_t *seen, const struct example_person *p)
{
    const char *name = p->cells[kind_field(&kind_member, "name")],
               *birth = p->cells[kind_field(&kind_member, "birth")];
    char text[2 * EXAMPLE_CELL];
    int n = snprintf(text, sizeof text, "%s %s", name, birth + strlen(birth) - 4);
    uint64_t hash = content_hash((struct bytes){(const uint8_t *)text, (size_t)n}) | 1;
    size_t at = hash % SEEN_SLOTS;
    while (seen[at] != 0 && seen[at] != hash)
        at = (at + 1) % SEEN_SLOTS;
    bool known = seen[at] == hash;
    seen[at] = hash;
    return known;
}

static void write_heading(struct csv_out *out, const struct example_file *e, const size_t *columns,
                          size_t count)
{
    if (e->ids != NULL)
        csv_string(out, "id");
    for (size_t k = 0; k < count; k++)
        csv_string(out, kind_member.fields[columns[k]].label.vi);
    csv_end_row(out);
}

void example_members_write(struct csv_out *out, const struct example_file *e, uint64_t *state)
{
    size_t columns[64];
    size_t column_count = example_columns(columns);
    struct example_person *person = malloc(sizeof *person);
    uint64_t *seen = calloc(SEEN_SLOTS, sizeof *seen);
    if (person == NULL || seen == NULL)
        abort();
    write_heading(out, e, columns, column_count);
    int64_t groups = (e->count + PER_GROUP - 1) / PER_GROUP;
    for (int64_t i = 0; i < e->count; i++) {
        char group[64];
        snprintf(group, sizeof group, "Chi hội %d", (int)(1 + i * groups / e->count));
        do {
            example_person_make(e->names, e->commune, group, e->first_serial + (uint64_t)i, e->full, state,
                                person);
        } while (seen_before(seen, person));
        if (e->ids != NULL)
            csv_string(out, e->ids[i]);
        for (size_t k = 0; k < column_count; k++)
            csv_string(out, person->cells[columns[k]]);
        csv_end_row(out);
    }
    free(seen);
    free(person);
}
