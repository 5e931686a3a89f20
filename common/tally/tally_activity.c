/* What groups did and who came (guidance, task 1).
 *
 * Activities of the period are those whose date lies in it. Who attended is told by member (Attendance) or by
 * count: the list holds where it names somebody who is still there, the count elsewhere. An activity of
 * several forms counts under each of them; rows "-" hold those whose form, topic or channel is not given.
 *
 * Members are those of the union who stand on the last day, honorary ones and women not yet members left out.
 * One who came and has left since is no longer among those who came at least once, so that it is a share.
 *
 * Meeting within 3 months: a tổ meets at least once in 3 months. A group has met when the day three calendar
 * months after its latest activity has not passed; of groups open on the last day.
 *
 * Regular attendance: an activity is a member's when she stood on its date and her group held it: that of her
 * record, or one in which a membership of hers ran on that date. She attends regularly who came, by the
 * lists, to at least the given percentage of them. Whose groups held none does not; nor does one of a group
 * that only counts heads, hence the column of those whom the lists can tell of. */
#include "common/change.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/meetings.h"
#include "common/tally_rules.h"
#include <stdio.h>
#include <stdlib.h>

enum { TOTAL, FORM, TOPIC, CHANNEL, YEAR, MET, REGULAR, GROUP, NOT_MET, SECTIONS };
enum { ACTIVITIES, LISTED, ATTENDANCES, CAME, MEMBERS };
enum { MET_GROUPS, MET_MONTHS, MET_PERIOD, MET_NOT };
enum { REGULAR_CAME, REGULAR_TOLD, REGULAR_MEMBERS };
enum { NOT_MET_MEMBERS, NOT_MET_EARLIER };

#define MONTHS 3

#define END_OF_COLUMNS                                                                                       \
    {                                                                                                        \
        NULL, {NULL, NULL}, -1                                                                               \
    }
#define ACTIVITY_COLUMNS                                                                                     \
    {"activities", {"Số buổi", "Activities"}, -1},                                                           \
        {"listed", {"Có điểm danh", "With a list of who came"}, ACTIVITIES},                                 \
    {                                                                                                        \
        "attendances", {"Lượt người dự", "Persons attending"}, -1                                            \
    }

static const struct tally_section sections[SECTIONS] = {
    [TOTAL] =
        {.token = "all",
         .label = {"Sinh hoạt trong kỳ", "Activities of the period"},
         .columns = {ACTIVITY_COLUMNS,
                     {"came", {"Hội viên dự ít nhất một lần", "Members who came at least once"}, MEMBERS},
                     {"members", {"Hội viên", "Members"}, -1},
                     END_OF_COLUMNS}},
    [FORM] = {.token = "form",
              .label = {"Theo hình thức (một buổi có thể có nhiều hình thức)",
                        "By form (an activity may have several)"},
              .keys = activity_form_codes,
              .columns = {ACTIVITY_COLUMNS, END_OF_COLUMNS}},
    [TOPIC] = {.token = "topic",
               .label = {"Theo chủ đề", "By topic"},
               .keys = topic_codes,
               .columns = {ACTIVITY_COLUMNS, END_OF_COLUMNS}},
    [CHANNEL] = {.token = "channel",
                 .label = {"Theo kênh sinh hoạt", "By channel"},
                 .keys = channel_codes,
                 .columns = {ACTIVITY_COLUMNS, END_OF_COLUMNS}},
    [YEAR] = {.token = "year",
              .label = {"Theo năm", "By year"},
              .columns = {ACTIVITY_COLUMNS, END_OF_COLUMNS}},
    [MET] = {.token = "met",
             .label = {"Các nhóm có sinh hoạt, theo loại hình", "Groups that met, by type"},
             .keys = group_kind_codes,
             .columns = {{"groups", {"Số nhóm", "Groups"}, -1},
                         {"within-months",
                          {"Có sinh hoạt trong 3 tháng gần nhất", "Met within the last 3 months"},
                          MET_GROUPS},
                         {"in-period", {"Có sinh hoạt trong kỳ", "Met in the period"}, MET_GROUPS},
                         {"not-met", {"Chưa sinh hoạt trong kỳ", "Did not meet in the period"}, MET_GROUPS},
                         END_OF_COLUMNS}},
    [REGULAR] = {.token = "regular",
                 .label = {"Sinh hoạt thường xuyên: dự ít nhất bao nhiêu % số buổi của nhóm mình",
                           "Regular attendance: came to at least this % of her groups' activities"},
                 .columns = {{"regular", {"Sinh hoạt thường xuyên", "Attend regularly"}, REGULAR_MEMBERS},
                             {"told",
                              {"Thuộc nhóm có điểm danh", "In groups that list who came"},
                              REGULAR_MEMBERS},
                             {"members", {"Hội viên", "Members"}, -1},
                             END_OF_COLUMNS}},
    [GROUP] = {.token = "group",
               .label = {"Từng nhóm", "Each group"},
               .detail = true,
               .columns = {ACTIVITY_COLUMNS, END_OF_COLUMNS}},
    [NOT_MET] = {.token = "group-not-met",
                 .label = {"Các nhóm chưa sinh hoạt trong kỳ", "Groups that did not meet in the period"},
                 .detail = true,
                 .columns = {{"members", {"Hội viên", "Members"}, -1},
                             {"earlier", {"Số buổi trước kỳ", "Activities before the period"}, -1},
                             END_OF_COLUMNS}},
};

struct work {
    const struct tally_input *in;
    struct tally *out;
    struct people people;
    struct named_groups groups;
    struct meetings meetings;
    int64_t *members;      /* of each group on the last day */
    struct records joined; /* memberships by member */
    size_t at_joined;      /* walks along with the people, as does the next */
    size_t at_visit;
};

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the activities");
}

static bool in_period(const struct work *w, const struct meeting *m)
{
    return m->date >= w->in->from;
}

/* ---- figures of meetings ---- */

static enum err count_in(struct work *w, size_t section, const char *key, const struct meeting *m,
                         struct fault *f)
{
    struct tally_row *row;
    if (key == NULL)
        return no_memory(f);
    enum err e = tally_row(w->out, section, key, &row, f);
    if (e != ERR_OK)
        return e;
    row->v[ACTIVITIES]++;
    row->v[LISTED] += m->listed > 0;
    row->v[ATTENDANCES] += meeting_attended(m);
    return ERR_OK;
}

static enum err count_forms(struct work *w, const struct meeting *m, struct fault *f)
{
    int64_t forms = record_number(m->record, "forms");
    enum err e = forms == 0 ? count_in(w, FORM, "-", m, f) : ERR_OK;
    for (const struct code *c = activity_form_codes; e == ERR_OK && c->token != NULL; c++)
        if ((forms >> c->value & 1) != 0)
            e = count_in(w, FORM, c->token, m, f);
    return e;
}

static const char *topic_of(struct arena *a, const struct meeting *m)
{
    struct bytes text = record_text(m->record, kind_field(&kind_activity, "topic"));
    return text.n > 0 ? arena_print(a, "%.*s", (int)text.n, (const char *)text.p) : "-";
}

static const char *code_of(const struct record *r, const char *field, const struct code *codes)
{
    int i = kind_field(r->kind, field);
    const struct code *c = record_has(r, i) ? code_by_value(codes, record_int(r, i, 0)) : NULL;
    return c != NULL ? c->token : "-";
}

static enum err count_meeting(struct work *w, const struct meeting *m, struct fault *f)
{
    const char *group = m->group < w->groups.count ? w->groups.list[m->group].name : NO_GROUP;
    enum err e = count_in(w, TOTAL, "", m, f);
    if (e == ERR_OK)
        e = count_forms(w, m, f);
    if (e == ERR_OK)
        e = count_in(w, TOPIC, topic_of(w->in->arena, m), m, f);
    if (e == ERR_OK)
        e = count_in(w, CHANNEL, code_of(m->record, "channel", channel_codes), m, f);
    if (e == ERR_OK)
        e = count_in(w, YEAR, arena_print(w->in->arena, "%d", m->date / 10000), m, f);
    return e == ERR_OK ? count_in(w, GROUP, group, m, f) : e;
}

/* ---- figures of groups ---- */

static bool is_open(const struct work *w, size_t group)
{
    return lasts_on(w->groups.list[group].record, kind_field(&kind_group, "founded"),
                    kind_field(&kind_group, "closed"), w->in->day);
}

static enum err count_group(struct work *w, size_t group, struct fault *f)
{
    struct tally_row *row;
    const struct named_group *named = &w->groups.list[group];
    const struct meeting_range *g = &w->meetings.of_group[group];
    const struct meeting *last = g->count > 0 ? &w->meetings.list[g->first + g->count - 1] : NULL;
    bool met = last != NULL && in_period(w, last);
    enum err e = tally_row(w->out, MET, code_of(named->record, "type", group_kind_codes), &row, f);
    if (e != ERR_OK)
        return e;
    row->v[MET_GROUPS]++;
    row->v[MET_MONTHS] += last != NULL && date_add_months(last->date, MONTHS) >= w->in->day;
    row->v[met ? MET_PERIOD : MET_NOT]++;
    if (met)
        return ERR_OK;
    if ((e = tally_row(w->out, GROUP, named->name, &row, f)) == ERR_OK)
        e = tally_row(w->out, NOT_MET, named->name, &row, f);
    if (e != ERR_OK)
        return e;
    row->v[NOT_MET_MEMBERS] = w->members[group];
    row->v[NOT_MET_EARLIER] = (int64_t)g->count;
    return ERR_OK;
}

/* ---- figures of members ---- */

static int by_member(const void *a, const void *b)
{
    const struct record *const *x = a, *const *y = b;
    return id_compare(record_reference_or_none(*x, "member_id"), record_reference_or_none(*y, "member_id"));
}

static enum err memberships_load(struct work *w, struct fault *f)
{
    enum err e = records_load(w->in, &kind_membership, &w->joined, f);
    if (e == ERR_OK && w->joined.count > 1)
        qsort(w->joined.list, w->joined.count, sizeof *w->joined.list, by_member);
    return e;
}

/* What one member's groups held, what she came to, and whether a list tells of her. */
struct record_of_visits {
    size_t held;
    size_t came;
    bool told;
};

static bool membership_runs(const struct record *membership, int32_t day)
{
    return lasts_on(membership, kind_field(&kind_membership, "since"), kind_field(&kind_membership, "until"),
                    day);
}

/* One of her groups: by her record, or by a membership. */
static void follow(struct work *w, const struct person *p, size_t group, const struct record *membership,
                   struct record_of_visits *of)
{
    if (group == w->groups.count)
        return;
    const struct meeting_range *g = &w->meetings.of_group[group];
    w->members[group] += membership == NULL || membership_runs(membership, w->in->day);
    for (size_t i = g->first; i < g->first + g->count; i++) {
        const struct meeting *m = &w->meetings.list[i];
        if (!in_period(w, m) || person_on(p, m->date) == NULL ||
            (membership != NULL && !membership_runs(membership, m->date)))
            continue;
        of->held++;
        of->told |= m->listed > 0;
        of->came += meeting_visited(&w->meetings, (size_t)(p - w->people.list), i);
    }
}

/* Membership `i` against the member. */
static int joined_compare(const struct work *w, size_t i, const struct person *p)
{
    return id_compare(record_reference_or_none(w->joined.list[i], "member_id"), &p->member->id);
}

/* Her groups: that of her record and, each once, those joined besides. */
static void follow_all(struct work *w, const struct person *p, struct record_of_visits *of)
{
    size_t home = named_groups_find(&w->groups, record_reference_or_none(p->member, "group_id"));
    follow(w, p, home, NULL, of);
    while (w->at_joined < w->joined.count && joined_compare(w, w->at_joined, p) < 0)
        w->at_joined++;
    for (size_t i = w->at_joined; i < w->joined.count && joined_compare(w, i, p) == 0; i++) {
        size_t group = named_groups_find(&w->groups, record_reference_or_none(w->joined.list[i], "group_id"));
        if (group != home)
            follow(w, p, group, w->joined.list[i], of);
    }
}

static bool came_once(struct work *w, size_t person)
{
    const struct meetings *m = &w->meetings;
    bool came = false;
    while (w->at_visit < m->visit_count && m->visits[w->at_visit].person < person)
        w->at_visit++;
    for (size_t i = w->at_visit; i < m->visit_count && m->visits[i].person == person; i++)
        came |= in_period(w, &m->list[m->visits[i].meeting]);
    return came;
}

static bool attends(const struct work *w, const struct record_of_visits *of)
{
    return of->held > 0 && of->came * 100 >= of->held * (size_t)w->in->regular_percent;
}

/* Where a member of the union stands on the last day; NULL: she does not. */
static const struct interval *member_on(const struct work *w, const struct person *p)
{
    const struct interval *stands = person_on(p, w->in->day);
    return stands != NULL && category_is_member(stands->category) ? stands : NULL;
}

static void count_member(struct work *w, size_t person, struct tally_row *total, struct tally_row *regular)
{
    struct record_of_visits of = {0};
    const struct person *p = &w->people.list[person];
    if (member_on(w, p) == NULL)
        return;
    follow_all(w, p, &of);
    total->v[MEMBERS]++;
    total->v[CAME] += came_once(w, person);
    regular->v[REGULAR_MEMBERS]++;
    regular->v[REGULAR_TOLD] += of.told;
    regular->v[REGULAR_CAME] += attends(w, &of);
}

static enum err members_count(struct work *w, struct fault *f)
{
    char percent[16];
    struct tally_row *total, *regular;
    snprintf(percent, sizeof percent, "%d", w->in->regular_percent);
    enum err e = tally_row(w->out, REGULAR, percent, &regular, f);
    if (e != ERR_OK)
        return e;
    size_t at = (size_t)(regular - w->out->rows);
    if ((e = tally_row(w->out, TOTAL, "", &total, f)) != ERR_OK)
        return e;
    for (size_t i = 0; i < w->people.count; i++)
        count_member(w, i, total, &w->out->rows[at]);
    return ERR_OK;
}

/* ---- the report ---- */

static enum err rows_make(struct work *w, struct fault *f)
{
    struct tally_row *row;
    enum err e = tally_row(w->out, TOTAL, "", &row, f);
    for (size_t s = 0; e == ERR_OK && s < SECTIONS; s++)
        if (sections[s].keys != NULL && !sections[s].detail)
            e = tally_rows_of_codes(w->out, &tally_activity, s, f);
    for (int year = w->in->from / 10000; e == ERR_OK && year <= w->in->day / 10000; year++) {
        char key[16];
        snprintf(key, sizeof key, "%d", year);
        e = tally_row(w->out, YEAR, key, &row, f);
    }
    return e;
}

static enum err load(struct work *w, struct fault *f)
{
    enum err e = people_load(w->in, &w->people, f);
    if (e == ERR_OK)
        e = named_groups_load(w->in, &w->groups, f);
    if (e == ERR_OK)
        e = meetings_load(w->in, &w->people, &w->groups, &w->meetings, f);
    if (e == ERR_OK)
        e = memberships_load(w, f);
    w->members = arena_zero(w->in->arena, w->groups.count + 1, sizeof *w->members);
    return e == ERR_OK && w->members == NULL ? no_memory(f) : e;
}

static enum err rule(const struct tally_input *in, struct tally *out, struct fault *f)
{
    struct work w = {.in = in, .out = out};
    enum err e = load(&w, f);
    if (e == ERR_OK)
        e = rows_make(&w, f);
    if (e == ERR_OK)
        e = members_count(&w, f);
    for (size_t i = 0; e == ERR_OK && i < w.meetings.count; i++)
        if (in_period(&w, &w.meetings.list[i]))
            e = count_meeting(&w, &w.meetings.list[i], f);
    for (size_t i = 0; e == ERR_OK && i < w.groups.count; i++)
        if (is_open(&w, i))
            e = count_group(&w, i, f);
    return e;
}

enum err activity_regular(const struct tally_input *in, regular_fn *fn, void *context, struct fault *f)
{
    struct work w = {.in = in};
    enum err e = load(&w, f);
    for (size_t i = 0; e == ERR_OK && i < w.people.count; i++) {
        struct record_of_visits of = {0};
        const struct interval *stands = member_on(&w, &w.people.list[i]);
        if (stands == NULL)
            continue;
        follow_all(&w, &w.people.list[i], &of);
        if (attends(&w, &of))
            e = fn(context, stands, f);
    }
    return e;
}

const struct tally_report tally_activity = {.token = "activities",
                                            .label = {"Sinh hoạt", "Activities"},
                                            .sections = sections,
                                            .section_count = SECTIONS,
                                            .rule = rule};
