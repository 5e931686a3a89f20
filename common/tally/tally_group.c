/* The groups of a commune and the people in them (guidance, task 3).
 *
 * Persons (người) are the members of the union who stand on the day, each once, however many groups she is
 * in; memberships (lượt) are her groups: the one of her record, whatever has become of it, and those joined
 * besides that run on the day, in groups open on it. So the persons of section "all" are those of the member
 * ratio, a woman reached only through a club included. Women who are not members yet are counted apart,
 * honorary members nowhere.
 *
 * A group is open from its founding to its closing. Rows "-" hold groups for which basis, purpose or channel
 * is not given.
 *
 * Core share (reports of Khánh Hòa: at least 15 to 20 % of a chi hội's members, officers of the union not
 * counted): who holds a post on the day is left out of both numbers; of open groups, each member once a row.
 *
 * A group has a head on the day when a post of a head in it runs. */
#include "common/change.h"
#include "common/codes.h"
#include "common/officers.h"
#include "common/tally_rules.h"
#include "proto/record.pb-c.h"
#include <stdlib.h>

enum { ALL, TYPE, BASIS, PURPOSE, CHANNEL, SPECIAL, HEADS, CORE, CORE_GROUP, SECTIONS };
enum { GROUPS, PERSONS, MEMBERSHIPS, NOT_YET };
enum { HEADS_GROUPS, HEADS_WITH, HEADS_WITHOUT };
enum { CORE_MEMBERS, CORE_OFFICERS, CORE_COUNTED, CORE_CORE };

#define PLACES (SPECIAL + 1) /* sections in which a group's people are counted */

#define PEOPLE_COLUMNS                                                                                       \
    {                                                                                                        \
        {"groups", {"Số nhóm", "Groups"}, -1}, {"persons", {"Hội viên (người)", "Members (persons)"}, -1},   \
            {"memberships", {"Lượt hội viên", "Memberships"}, -1},                                           \
            {"not-yet", {"Phụ nữ chưa là hội viên", "Women not yet members"}, -1},                           \
        {                                                                                                    \
            NULL, {NULL, NULL}, -1                                                                           \
        }                                                                                                    \
    }

#define CORE_COLUMNS                                                                                         \
    {                                                                                                        \
        {"members", {"Hội viên", "Members"}, -1},                                                            \
            {"officers", {"Trong đó cán bộ Hội", "Officers among them"}, -1},                                \
            {"counted", {"Hội viên không kể cán bộ", "Members without officers"}, -1},                       \
            {"core", {"Hội viên nòng cốt", "Core members"}, CORE_COUNTED},                                   \
        {                                                                                                    \
            NULL, {NULL, NULL}, -1                                                                           \
        }                                                                                                    \
    }

static const struct tally_section sections[SECTIONS] = {
    [ALL] = {.token = "all", .label = {"Tất cả các nhóm", "All groups"}, .columns = PEOPLE_COLUMNS},
    [TYPE] = {.token = "type",
              .label = {"Theo loại hình", "By type"},
              .keys = group_kind_codes,
              .columns = PEOPLE_COLUMNS},
    [BASIS] = {.token = "basis",
               .label = {"Theo tiêu chí tập hợp", "By basis"},
               .keys = basis_codes,
               .columns = PEOPLE_COLUMNS},
    [PURPOSE] = {.token = "purpose",
                 .label = {"Theo mục đích", "By purpose"},
                 .keys = purpose_codes,
                 .columns = PEOPLE_COLUMNS},
    [CHANNEL] = {.token = "channel",
                 .label = {"Theo hình thức sinh hoạt", "By channel"},
                 .keys = channel_codes,
                 .columns = PEOPLE_COLUMNS},
    [SPECIAL] = {.token = "special-model",
                 .label = {"Mô hình tập hợp phụ nữ đặc thù", "Models for special groups"},
                 .columns = PEOPLE_COLUMNS},
    [HEADS] = {.token = "heads",
               .label = {"Người phụ trách nhóm", "Heads of groups"},
               .keys = group_kind_codes,
               .columns = {{"groups", {"Số nhóm", "Groups"}, -1},
                           {"with-head", {"Có người phụ trách", "With a head"}, HEADS_GROUPS},
                           {"without-head", {"Chưa có người phụ trách", "Without a head"}, HEADS_GROUPS},
                           {NULL, {NULL, NULL}, -1}}},
    [CORE] = {.token = "core",
              .label = {"Hội viên nòng cốt theo loại hình", "Core members by type of group"},
              .keys = group_kind_codes,
              .columns = CORE_COLUMNS},
    [CORE_GROUP] = {.token = "core-group",
                    .label = {"Hội viên nòng cốt của từng nhóm", "Core members of each group"},
                    .detail = true,
                    .columns = CORE_COLUMNS},
};

/* Where a group's figures go: numbers of rows; NOWHERE: it has none there. */
struct places {
    size_t people[PLACES];
    size_t core;
    size_t core_group;
};
#define NOWHERE SIZE_MAX

struct work {
    const struct tally_input *in;
    struct tally *out;
    struct named_groups groups;
    struct places *places;      /* of each group, and of the one that is not there */
    bool *open;                 /* of each group */
    const struct person **last; /* by row: who was counted there last, so that nobody is counted twice */
    struct records joined;      /* memberships by member */
    struct people people;
    struct officers officers;
    bool *holds_post; /* of each of the people */
    size_t at;        /* walks through the memberships as the people are walked through */
};

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the groups");
}

static bool runs(const struct record *r, const char *since, const char *until, int32_t day)
{
    return lasts_on(r, kind_field(r->kind, since), kind_field(r->kind, until), day);
}

/* ---- rows ---- */

/* The key of a group in a section; NULL: it has no row there. */
static const char *key_in(struct arena *a, const struct record *g, size_t section)
{
    static const char *const fields[PLACES] = {
        [TYPE] = "type", [BASIS] = "basis", [PURPOSE] = "purpose", [CHANNEL] = "channel"};
    if (section == ALL)
        return "";
    if (section == SPECIAL)
        return record_number(g, "special_model") != 0 ? "" : NULL;
    int i = kind_field(&kind_group, fields[section]);
    if (!record_has(g, i))
        return "-";
    if (section == PURPOSE) {
        struct bytes text = record_text(g, i);
        return arena_print(a, "%.*s", (int)text.n, (const char *)text.p);
    }
    const struct code *c = code_by_value(sections[section].keys, record_int(g, i, 0));
    return c != NULL ? c->token : "-";
}

static enum err row_number(struct work *w, size_t section, const char *key, size_t *out, struct fault *f)
{
    struct tally_row *row;
    enum err e = tally_row(w->out, section, key, &row, f);
    if (e == ERR_OK)
        *out = (size_t)(row - w->out->rows);
    return e;
}

static enum err rows_of_group(struct work *w, size_t i, struct fault *f)
{
    const struct named_group *g = &w->groups.list[i];
    struct places *p = &w->places[i];
    enum err e = ERR_OK;
    for (size_t s = 0; e == ERR_OK && s < PLACES; s++) {
        const char *key = key_in(w->in->arena, g->record, s);
        p->people[s] = NOWHERE;
        if (key != NULL)
            e = row_number(w, s, key, &p->people[s], f);
    }
    p->core = p->core_group = NOWHERE;
    if (e == ERR_OK && w->open[i])
        e = row_number(w, CORE, key_in(w->in->arena, g->record, TYPE), &p->core, f);
    if (e == ERR_OK && w->open[i])
        e = row_number(w, CORE_GROUP, g->name, &p->core_group, f);
    return e;
}

/* Who belongs to a group that is not there counts among all. */
static enum err rows_of_none(struct work *w, struct fault *f)
{
    struct places *p = &w->places[w->groups.count];
    for (size_t s = 0; s < PLACES; s++)
        p->people[s] = NOWHERE;
    p->core = p->core_group = NOWHERE;
    return row_number(w, ALL, "", &p->people[ALL], f);
}

static enum err rows_make(struct work *w, struct fault *f)
{
    struct tally_row *row;
    enum err e = rows_of_none(w, f);
    for (size_t s = 0; e == ERR_OK && s < SECTIONS; s++)
        if (sections[s].keys != NULL && !sections[s].detail)
            e = tally_rows_of_codes(w->out, &tally_group, s, f);
    if (e == ERR_OK)
        e = tally_row(w->out, SPECIAL, "", &row, f);
    for (size_t i = 0; e == ERR_OK && i < w->groups.count; i++) {
        w->open[i] = runs(w->groups.list[i].record, "founded", "closed", w->in->day);
        e = rows_of_group(w, i, f);
    }
    if (e != ERR_OK)
        return e;
    w->last = arena_zero(w->in->arena, w->out->count, sizeof *w->last);
    return w->last != NULL ? ERR_OK : no_memory(f);
}

/* ---- groups and their heads ---- */

static enum err count_heads(struct work *w, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < w->groups.count; i++) {
        if (!w->open[i])
            continue;
        const char *key = key_in(w->in->arena, w->groups.list[i].record, TYPE);
        for (size_t s = 0; s < PLACES; s++)
            if (w->places[i].people[s] != NOWHERE)
                w->out->rows[w->places[i].people[s]].v[GROUPS]++;
        e = tally_add(w->out, HEADS, key, HEADS_GROUPS, 1, f);
        if (e == ERR_OK)
            e = tally_add(w->out, HEADS, key, w->officers.headed[i] ? HEADS_WITH : HEADS_WITHOUT, 1, f);
    }
    return e;
}

static int by_member(const void *a, const void *b)
{
    const struct record *const *x = a, *const *y = b;
    return id_compare(record_reference(*x, "member_id"), record_reference(*y, "member_id"));
}

/* Keeps those that name a member, in the order of the members. */
static void members_sort(struct records *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->count; i++)
        if (record_reference(r->list[i], "member_id") != NULL)
            r->list[kept++] = r->list[i];
    r->count = kept;
    if (kept > 1)
        qsort(r->list, kept, sizeof *r->list, by_member);
}

static enum err officers_read(struct work *w, struct fault *f)
{
    enum err e = people_load(w->in, &w->people, f);
    if (e == ERR_OK)
        e = officers_load(w->in, &w->people, &w->groups, &w->officers, f);
    if (e != ERR_OK)
        return e;
    w->holds_post = arena_zero(w->in->arena, w->people.count + 1, sizeof *w->holds_post);
    if (w->holds_post == NULL)
        return no_memory(f);
    for (size_t i = 0; i < w->officers.count; i++) {
        const struct officer *o = &w->officers.list[i];
        if (o->posts != 0 && o->person != NULL)
            w->holds_post[o->person - w->people.list] = true;
    }
    return ERR_OK;
}

/* ---- people ---- */

static bool first_time(struct work *w, size_t row, const struct person *p)
{
    bool first = w->last[row] != p;
    w->last[row] = p;
    return first;
}

static void count_core(struct work *w, size_t row, const struct person *p, bool officer)
{
    if (row == NOWHERE || !first_time(w, row, p))
        return;
    int64_t *v = w->out->rows[row].v;
    v[CORE_MEMBERS]++;
    v[officer ? CORE_OFFICERS : CORE_COUNTED]++;
    v[CORE_CORE] += !officer && record_number(p->member, "core") != 0;
}

/* She is in this group. */
static void count_in(struct work *w, size_t group, const struct person *p, bool member, bool officer)
{
    const struct places *places = &w->places[group];
    for (size_t s = 0; s < PLACES; s++) {
        size_t row = places->people[s];
        if (row == NOWHERE)
            continue;
        int64_t *v = w->out->rows[row].v;
        v[MEMBERSHIPS] += member;
        if (first_time(w, row, p))
            v[member ? PERSONS : NOT_YET]++;
    }
    if (member) {
        count_core(w, places->core, p, officer);
        count_core(w, places->core_group, p, officer);
    }
}

/* A membership that says what her record says already is no second one. */
static bool joins(const struct work *w, const struct record *membership, size_t home, size_t *group)
{
    *group = named_groups_find(&w->groups, record_reference(membership, "group_id"));
    return *group < w->groups.count && *group != home && w->open[*group] &&
           runs(membership, "since", "until", w->in->day);
}

static void count_person(struct work *w, const struct person *p)
{
    const struct record *const *list = w->joined.list;
    while (w->at < w->joined.count &&
           id_compare(record_reference(list[w->at], "member_id"), &p->member->id) < 0)
        w->at++;
    const struct interval *stands = person_on(p, w->in->day);
    bool member = stands != NULL && category_is_member(stands->category),
         officer = w->holds_post[p - w->people.list];
    if (!member && (stands == NULL || stands->category != HV__CATEGORY__NOT_YET))
        return;
    size_t home = named_groups_find(&w->groups, record_reference(p->member, "group_id")), group;
    count_in(w, home, p, member, officer);
    for (; w->at < w->joined.count && id_equal(record_reference(list[w->at], "member_id"), &p->member->id);
         w->at++)
        if (joins(w, list[w->at], home, &group))
            count_in(w, group, p, member, officer);
}

static enum err people_count(struct work *w, struct fault *f)
{
    enum err e = records_load(w->in, &kind_membership, &w->joined, f);
    if (e != ERR_OK)
        return e;
    members_sort(&w->joined);
    for (size_t i = 0; i < w->people.count; i++)
        count_person(w, &w->people.list[i]);
    return ERR_OK;
}

static enum err rule(const struct tally_input *in, struct tally *out, struct fault *f)
{
    struct work w = {.in = in, .out = out};
    enum err e = named_groups_load(in, &w.groups, f);
    if (e != ERR_OK)
        return e;
    w.places = arena_zero(in->arena, w.groups.count + 1, sizeof *w.places);
    w.open = arena_zero(in->arena, w.groups.count + 1, sizeof *w.open);
    if (w.places == NULL || w.open == NULL)
        return no_memory(f);
    e = rows_make(&w, f);
    if (e == ERR_OK)
        e = officers_read(&w, f);
    if (e == ERR_OK)
        e = count_heads(&w, f);
    return e == ERR_OK ? people_count(&w, f) : e;
}

const struct tally_report tally_group = {.token = "groups",
                                         .label = {"Tổ chức của hội viên", "Groups"},
                                         .sections = sections,
                                         .section_count = SECTIONS,
                                         .rule = rule};
