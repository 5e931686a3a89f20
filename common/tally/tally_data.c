/* What is missing in members' records (guidance, task 7).
 *
 * Members are those of all categories who stand on the day. A cell is one field of one of them that may be
 * asked for (field_is_asked, member_is_asked) or that is filled. Missing cells are those that are not filled,
 * among them those that she was asked for and those that she declined to give; a question about a cell that
 * is filled does not count. Nobody's entry depends on any of it. */
#include "common/ask.h"
#include "common/change.h"
#include "common/named_groups.h"
#include "common/tally_rules.h"

enum { ALL, FIELDS, GROUPS, SECTIONS };
enum { ALL_MEMBERS, ALL_COMPLETE, ALL_CELLS, ALL_FILLED, ALL_MISSING, ALL_ASKED, ALL_DECLINED };
enum { FIELD_MEMBERS, FIELD_FILLED, FIELD_MISSING, FIELD_ASKED, FIELD_DECLINED };

#define CELL_COLUMNS                                                                                         \
    {"members", {"Hội viên", "Members"}, -1},                                                                \
        {"complete", {"Hồ sơ đủ mục", "Complete records"}, ALL_MEMBERS},                                     \
        {"cells", {"Số mục cần có", "Cells that could be filled"}, -1},                                      \
        {"filled", {"Mục đã có", "Cells filled"}, ALL_CELLS},                                                \
        {"missing", {"Mục còn thiếu", "Cells missing"}, ALL_CELLS},                                          \
        {"asked", {"Trong đó đã hỏi", "Asked for among them"}, ALL_MISSING},                                 \
        {"declined", {"Trong đó không cung cấp", "Declined among them"}, ALL_MISSING},                       \
    {                                                                                                        \
        NULL, {NULL, NULL}, -1                                                                               \
    }

static const struct tally_section sections[SECTIONS] = {
    [ALL] = {.token = "all", .label = {"Tất cả hội viên", "All members"}, .columns = {CELL_COLUMNS}},
    [FIELDS] = {.token = "fields",
                .label = {"Theo mục thông tin", "By field"},
                .keys = ask_field_codes,
                .columns = {{"members", {"Hội viên", "Members"}, -1},
                            {"filled", {"Đã có", "Filled"}, FIELD_MEMBERS},
                            {"missing", {"Còn thiếu", "Missing"}, FIELD_MEMBERS},
                            {"asked", {"Trong đó đã hỏi", "Asked for among them"}, FIELD_MISSING},
                            {"declined", {"Trong đó không cung cấp", "Declined among them"}, FIELD_MISSING},
                            {NULL, {NULL, NULL}, -1}}},
    [GROUPS] = {.token = "groups",
                .label = {"Theo chi hội", "By chi hội"},
                .keys = no_group_codes,
                .detail = true,
                .columns = {CELL_COLUMNS}},
};

enum { CELL_SUMS = ALL_DECLINED + 1, FIELD_SUMS = FIELD_DECLINED + 1 };

struct counting {
    struct people people;
    struct asks asks;
    struct named_groups groups;
    int64_t fields[ASK_FIELDS][FIELD_SUMS];
    int64_t all[CELL_SUMS];
    int64_t (*by_group)[CELL_SUMS]; /* by index of the group; the last one: groups not known */
};

static enum err load(struct counting *c, const struct tally_input *in, struct fault *f)
{
    enum err e = people_load(in, &c->people, f);
    if (e == ERR_OK)
        e = asks_load(in, &c->asks, f);
    if (e == ERR_OK)
        e = named_groups_load(in, &c->groups, f);
    if (e != ERR_OK)
        return e;
    c->by_group = arena_zero(in->arena, c->groups.count + 1, sizeof *c->by_group);
    return c->by_group != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "no memory for the figures");
}

/* One cell into the sums of its field and of the person. */
static void count_cell(int64_t field[], int64_t person[], enum ask_cell cell)
{
    bool missing = cell != ASK_FILLED;
    if (cell == ASK_NO_CELL)
        return;
    field[FIELD_MEMBERS]++;
    field[FIELD_FILLED] += !missing;
    field[FIELD_MISSING] += missing;
    field[FIELD_ASKED] += cell == ASK_ASKED;
    field[FIELD_DECLINED] += cell == ASK_DECLINED;
    person[ALL_CELLS]++;
    person[ALL_FILLED] += !missing;
    person[ALL_MISSING] += missing;
    person[ALL_ASKED] += cell == ASK_ASKED;
    person[ALL_DECLINED] += cell == ASK_DECLINED;
}

static void count_person(struct counting *c, const struct person *p, const struct interval *now)
{
    int64_t sums[CELL_SUMS] = {[ALL_MEMBERS] = 1};
    for (size_t k = 0; k < ASK_FIELDS; k++) {
        int i = kind_field_by_number(&kind_member, (uint32_t)ask_field_codes[k].value);
        count_cell(c->fields[k], sums, ask_cell(&c->asks, p->member, (size_t)i));
    }
    sums[ALL_COMPLETE] = sums[ALL_MISSING] == 0;
    size_t group = named_groups_find(&c->groups, &now->group);
    for (size_t k = 0; k < CELL_SUMS; k++) {
        c->all[k] += sums[k];
        c->by_group[group][k] += sums[k];
    }
}

static enum err add(struct tally *t, size_t section, const char *key, const int64_t sums[], size_t count,
                    struct fault *f)
{
    struct tally_row *row;
    enum err e = tally_row(t, section, key, &row, f);
    for (size_t k = 0; e == ERR_OK && k < count; k++)
        row->v[k] += sums[k];
    return e;
}

static enum err add_all(const struct counting *c, struct tally *out, struct fault *f)
{
    enum err e = add(out, ALL, "", c->all, CELL_SUMS, f);
    for (size_t k = 0; e == ERR_OK && k < ASK_FIELDS; k++)
        e = add(out, FIELDS, ask_field_codes[k].token, c->fields[k], FIELD_SUMS, f);
    for (size_t g = 0; e == ERR_OK && g <= c->groups.count; g++)
        if (c->by_group[g][ALL_MEMBERS] > 0)
            e = add(out, GROUPS, g < c->groups.count ? c->groups.list[g].name : NO_GROUP, c->by_group[g],
                    CELL_SUMS, f);
    return e;
}

static enum err rule(const struct tally_input *in, struct tally *out, struct fault *f)
{
    struct counting c = {0};
    enum err e = load(&c, in, f);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < c.people.count; i++) {
        const struct interval *now = person_on(&c.people.list[i], in->day);
        if (now != NULL && category_is_asked(now->category))
            count_person(&c, &c.people.list[i], now);
    }
    return add_all(&c, out, f);
}

const struct tally_report tally_data = {.token = "data",
                                        .label = {"Dữ liệu hội viên", "Member data"},
                                        .sections = sections,
                                        .section_count = SECTIONS,
                                        .rule = rule};
