/* Care for the lives of members and women (guidance, task 4; its list of kinds is open).
 *
 * What was given counts when its date lies in the period; an incomplete date counts on its last possible day.
 * Times (lượt) are records; one that says for how many persons counts as that many. Persons (người) are
 * distinct: members by their record, other women by name, each once in a row however often and in however
 * many ways she was helped; so the rows of a section may sum to more than section "all". Who is named only by
 * number can't be told from others: the number counts whole, less the one whom the same record names.
 *
 * A member is who stood as one, honorary ones too, on the day of the support; of several supports in a row,
 * of one of them. All other persons named are others. Persons = members + others + not named. */
#include "common/change.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/heads.h"
#include "common/named_groups.h"
#include "common/tally_rules.h"

enum { TOTAL, TYPE, PROGRAMME, SOURCE, QUARTER, GROUP, SECTIONS };
enum { TIMES, PERSONS, MEMBERS, OTHERS, UNNAMED, VALUE };

#define SUPPORT_COLUMNS                                                                                      \
    {                                                                                                        \
        {"times", {"Số lượt", "Times"}, -1}, {"persons", {"Số người", "Persons"}, -1},                       \
            {"members", {"Hội viên", "Members"}, PERSONS}, {"others", {"Phụ nữ khác", "Others"}, PERSONS},   \
            {"not-named", {"Không ghi tên", "Not named"}, PERSONS},                                          \
            {"value", {"Giá trị (đồng)", "Value (đồng)"}, -1},                                               \
        {                                                                                                    \
            NULL, {NULL, NULL}, -1                                                                           \
        }                                                                                                    \
    }

static const struct tally_section sections[SECTIONS] = {
    [TOTAL] = {.token = "all",
               .label = {"Chăm lo, hỗ trợ trong kỳ", "Support given in the period"},
               .columns = SUPPORT_COLUMNS},
    [TYPE] = {.token = "type",
              .label = {"Theo nội dung chăm lo", "By kind of support"},
              .keys = support_type_codes,
              .columns = SUPPORT_COLUMNS},
    [PROGRAMME] = {.token = "programme",
                   .label = {"Theo chương trình, đề án", "By programme"},
                   .columns = SUPPORT_COLUMNS},
    [SOURCE] = {.token = "source",
                .label = {"Theo nguồn", "By source"},
                .keys = support_source_codes,
                .columns = SUPPORT_COLUMNS},
    [QUARTER] = {.token = "quarter", .label = {"Theo quý", "By quarter"}, .columns = SUPPORT_COLUMNS},
    [GROUP] = {.token = "group",
               .label = {"Theo chi hội, tổ, nhóm của người được giúp", "By the group of who was helped"},
               .keys = no_group_codes,
               .detail = true,
               .columns = SUPPORT_COLUMNS},
};

struct work {
    const struct tally_input *in;
    struct tally *out;
    struct people people;
    struct named_groups groups;
    struct named_groups programmes;
    struct heads heads;
};

static enum err count_in(struct work *w, size_t section, const char *key, const struct record *r,
                         const struct who *who, struct fault *f)
{
    struct tally_row *row;
    if (key == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the report");
    enum err e = tally_row(w->out, section, key, &row, f);
    if (e != ERR_OK)
        return e;
    int64_t unnamed = support_unnamed(r, who);
    row->v[TIMES] += support_times(r);
    row->v[PERSONS] += unnamed;
    row->v[UNNAMED] += unnamed;
    row->v[VALUE] += record_number(r, "value");
    return heads_add(&w->heads, (size_t)(row - w->out->rows), who, f);
}

static const char *programme_of(const struct work *w, const struct record *r)
{
    size_t i = named_groups_find(&w->programmes, record_id(r, kind_field(r->kind, "programme_id")));
    return i < w->programmes.count ? w->programmes.list[i].name : "-";
}

static const char *group_of(const struct work *w, const struct who *who)
{
    const struct record *member = who->person != NULL ? who->person->member : NULL;
    size_t i = member != NULL
                   ? named_groups_find(&w->groups, record_id(member, kind_field(&kind_member, "group_id")))
                   : w->groups.count;
    return i < w->groups.count ? w->groups.list[i].name : NO_GROUP;
}

static enum err count_support(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    struct who who;
    struct arena *a = w->in->arena;
    int64_t date = record_number(r, "date");
    if (!period_holds(w->in, date))
        return ERR_OK;
    int32_t day = date_last_day((int32_t)date);
    enum err e = who_of(a, &w->people, NULL, r, day, &who, f);
    if (e != ERR_OK)
        return e;
    const char *const keys[SECTIONS] = {[TOTAL] = "",
                                        [TYPE] = row_key_of(a, r, "type"),
                                        [PROGRAMME] = programme_of(w, r),
                                        [SOURCE] = row_key_of(a, r, "source"),
                                        [QUARTER] =
                                            arena_print(a, "%d-Q%d", day / 10000, (day / 100 % 100 + 2) / 3),
                                        [GROUP] = group_of(w, &who)};
    for (size_t s = 0; e == ERR_OK && s < SECTIONS; s++)
        e = count_in(w, s, keys[s], r, &who, f);
    return e;
}

static enum err rule(const struct tally_input *in, struct tally *out, struct fault *f)
{
    struct work w = {.in = in, .out = out, .heads = {.arena = in->arena}};
    struct tally_row *row;
    enum err e = people_load(in, &w.people, f);
    if (e == ERR_OK)
        e = named_groups_load(in, &w.groups, f);
    if (e == ERR_OK)
        e = named_records_load(in, &kind_programme, &w.programmes, f);
    if (e == ERR_OK)
        e = tally_row(out, TOTAL, "", &row, f);
    for (size_t s = 0; e == ERR_OK && s < SECTIONS; s++)
        if (sections[s].keys != NULL && !sections[s].detail)
            e = tally_rows_of_codes(out, &tally_support, s, f);
    if (e == ERR_OK)
        e = in->each(in->source, &kind_support, count_support, &w, f);
    if (e == ERR_OK)
        heads_settle(&w.heads, out, PERSONS, MEMBERS, OTHERS);
    return e;
}

const struct tally_report tally_support = {
    .token = "support",
    .label = {"Chăm lo, hỗ trợ hội viên, phụ nữ", "Support for members and women"},
    .sections = sections,
    .section_count = SECTIONS,
    .rule = rule};
