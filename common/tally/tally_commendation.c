/* Commendations (guidance, task 5: reward those who do well).
 *
 * One counts when the date of its decision lies in the period; an incomplete date counts on its last possible
 * day. Of a commendation that names several, a person comes before a group and a group before another name;
 * that may be a person's or a unit's, which nobody can tell, so those stand apart: commendations = persons +
 * groups + other names. Distinct persons are members and officers, each once in a row; an officer who is a
 * member is one and the same. A member is who stood as one, honorary ones too, on the day of the decision.
 *
 * Communes with honoured persons: "at least 2 honoured persons a year" (a target of some provinces) is read
 * as distinct persons commended in the period. What a province keeps itself is of no commune. */
#include "common/change.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/heads.h"
#include "common/named_groups.h"
#include "common/tally_rules.h"

#define HONOURED 2

enum { TOTAL, LEVEL, AWARD, GROUND, YEAR, COMMUNE, GROUP, SECTIONS };
enum { ALL, TO_PERSONS, TO_GROUPS, TO_OTHERS, PERSONS, MEMBERS };
enum { C_COMMUNES, C_ANY, C_PERSON, C_HONOURED };

#define COMMENDATION_COLUMNS                                                                                 \
    {                                                                                                        \
        {"commendations", {"Lượt khen", "Commendations"}, -1},                                               \
            {"to-persons", {"Cho cá nhân", "To persons"}, ALL},                                              \
            {"to-groups", {"Cho tập thể trong xã", "To groups"}, ALL},                                       \
            {"to-others", {"Cá nhân, tập thể khác", "To others"}, ALL},                                      \
            {"persons", {"Số người được khen", "Distinct persons"}, -1},                                     \
            {"members", {"Là hội viên", "Members"}, PERSONS},                                                \
        {                                                                                                    \
            NULL, {NULL, NULL}, -1                                                                           \
        }                                                                                                    \
    }

static const struct tally_section sections[SECTIONS] = {
    [TOTAL] = {.token = "all",
               .label = {"Khen thưởng trong kỳ", "Commendations in the period"},
               .columns = COMMENDATION_COLUMNS},
    [LEVEL] = {.token = "level",
               .label = {"Theo cấp khen", "By level"},
               .keys = award_level_codes,
               .columns = COMMENDATION_COLUMNS},
    [AWARD] = {.token = "award",
               .label = {"Theo hình thức khen", "By award"},
               .keys = award_codes,
               .columns = COMMENDATION_COLUMNS},
    [GROUND] = {.token = "ground",
                .label = {"Theo thành tích", "By ground"},
                .keys = award_ground_codes,
                .columns = COMMENDATION_COLUMNS},
    [YEAR] = {.token = "year", .label = {"Theo năm", "By year"}, .columns = COMMENDATION_COLUMNS},
    [COMMUNE] =
        {.token = "communes",
         .label = {"Các xã có khen thưởng", "Communes with commendations"},
         .columns = {{"communes", {"Số xã", "Communes"}, -1},
                     {"with-commendations", {"Có khen thưởng", "With commendations"}, C_COMMUNES},
                     {"with-person", {"Có cá nhân được khen", "With a person"}, C_COMMUNES},
                     {"with-2-persons", {"Có từ 2 cá nhân được khen", "With at least 2 persons"}, C_COMMUNES},
                     {NULL, {NULL, NULL}, -1}}},
    [GROUP] = {.token = "group",
               .label = {"Theo chi hội, tổ, nhóm", "By group"},
               .keys = no_group_codes,
               .detail = true,
               .columns = COMMENDATION_COLUMNS},
};

struct work {
    const struct tally_input *in;
    struct tally *out;
    struct people people;
    struct named_groups groups;
    struct records officers;
    struct heads heads;
};

/* To whom a commendation went. */
struct receiver {
    int column;
    struct who who;
    const char *group; /* hers, or that which was commended */
};

static const char *group_of(const struct work *w, const struct record *r)
{
    const struct id *id = record_id(r, kind_field(r->kind, "group_id"));
    size_t i = named_groups_find(&w->groups, id);
    return i < w->groups.count ? w->groups.list[i].name : NO_GROUP;
}

static enum err find_receiver(struct work *w, const struct record *r, int32_t day, struct receiver *to,
                              struct fault *f)
{
    bool person = record_has(r, kind_field(&kind_commendation, "member_id")) ||
                  record_has(r, kind_field(&kind_commendation, "officer_id"));
    bool group = record_has(r, kind_field(&kind_commendation, "group_id"));
    *to = (struct receiver){.column = person  ? TO_PERSONS
                                      : group ? TO_GROUPS
                                              : TO_OTHERS,
                            .group = group_of(w, r)};
    if (!person)
        return ERR_OK;
    enum err e = who_of(w->in->arena, &w->people, &w->officers, r, day, &to->who, f);
    if (e == ERR_OK && !group && to->who.person != NULL)
        to->group = group_of(w, to->who.person->member);
    return e;
}

static enum err count_in(struct work *w, size_t section, const char *key, const struct receiver *to,
                         struct fault *f)
{
    struct tally_row *row;
    if (key == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the report");
    enum err e = tally_row(w->out, section, key, &row, f);
    if (e != ERR_OK)
        return e;
    row->v[ALL]++;
    row->v[to->column]++;
    return heads_add(&w->heads, (size_t)(row - w->out->rows), &to->who, f);
}

static const char *level_of(const struct record *r)
{
    const struct code *code = code_by_value(award_level_codes, record_number(r, "level"));
    return code != NULL ? code->token : "-";
}

static enum err count_commendation(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    struct receiver to;
    struct arena *a = w->in->arena;
    int64_t date = record_number(r, "date");
    if (!period_holds(w->in, date))
        return ERR_OK;
    int32_t day = date_last_day((int32_t)date);
    enum err e = find_receiver(w, r, day, &to, f);
    if (e != ERR_OK)
        return e;
    const char *const keys[SECTIONS] = {[TOTAL] = "",
                                        [LEVEL] = level_of(r),
                                        [AWARD] = row_key_of(a, r, "award"),
                                        [GROUND] = row_key_of(a, r, "ground"),
                                        [YEAR] = arena_print(a, "%d", day / 10000),
                                        [GROUP] = to.group};
    for (size_t s = 0; e == ERR_OK && s < SECTIONS; s++)
        if (s != COMMUNE)
            e = count_in(w, s, keys[s], &to, f);
    return e;
}

static enum err load(struct work *w, struct fault *f)
{
    enum err e = people_load(w->in, &w->people, f);
    if (e == ERR_OK)
        e = named_groups_load(w->in, &w->groups, f);
    if (e == ERR_OK)
        e = records_load(w->in, &kind_officer, &w->officers, f);
    records_sort(&w->officers);
    return e;
}

/* After all have been counted. */
static enum err count_commune(struct work *w, struct fault *f)
{
    struct tally_row *row;
    enum err e = tally_row(w->out, TOTAL, "", &row, f);
    if (e != ERR_OK)
        return e;
    int64_t all = row->v[ALL], persons = row->v[PERSONS];
    if ((e = tally_row(w->out, COMMUNE, "", &row, f)) != ERR_OK || w->in->of_province)
        return e;
    row->v[C_COMMUNES] = 1;
    row->v[C_ANY] = all > 0;
    row->v[C_PERSON] = persons > 0;
    row->v[C_HONOURED] = persons >= HONOURED;
    return ERR_OK;
}

static enum err rule(const struct tally_input *in, struct tally *out, struct fault *f)
{
    struct work w = {.in = in, .out = out, .heads = {.arena = in->arena}};
    struct tally_row *row;
    enum err e = load(&w, f);
    if (e == ERR_OK)
        e = tally_row(out, TOTAL, "", &row, f);
    for (size_t s = 0; e == ERR_OK && s < SECTIONS; s++)
        if (sections[s].keys != NULL && !sections[s].detail)
            e = tally_rows_of_codes(out, &tally_commendation, s, f);
    if (e == ERR_OK)
        e = in->each(in->source, &kind_commendation, count_commendation, &w, f);
    if (e == ERR_OK)
        heads_settle(&w.heads, out, PERSONS, MEMBERS, -1);
    return e == ERR_OK ? count_commune(&w, f) : e;
}

const struct tally_report tally_commendation = {.token = "commendations",
                                                .label = {"Khen thưởng", "Commendations"},
                                                .sections = sections,
                                                .section_count = SECTIONS,
                                                .rule = rule,
                                                .also_province = true};
