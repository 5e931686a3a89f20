/* Who does the union's work, and what she was taught (guidance, tasks 6 and 9).
 *
 * An officer holds a post on the day when a post of hers runs on it: it has begun (an incomplete date on its
 * last possible day) and not ended. She counts once under each type of post, however many of it she holds,
 * and once in all. Officers need be neither members nor women: a member is one whose record of a member of
 * the union stands on the day; her sex is that of her own record or else of her member's; where neither
 * tells, she is neither woman nor man.
 *
 * Trained is who attended a course by the day; a course without a full date counts from its last possible
 * day. Commune presidents and chi hội heads, whom the guidance names first, come first.
 *
 * Trained is who attended either, a course of the commune's own or of its province. A commune's courses are
 * those that its officers attended, and beside them stands how many are the province's. A sum counts each
 * course once: communes add their own, and the province what it held in the period, whoever attended.
 *
 * Presidents not yet trained are those of communes below target. What a province keeps counts as its own
 * officers and courses; it has no president of a commune, so none is vacant there.
 *
 * Vacant: groups open on the day without a running post of a head in them; the commune, without a
 * president. */
#include "common/change.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/officers.h"
#include "common/tally_rules.h"
#include "proto/record.pb-c.h"
#include <stdio.h>

enum { TOTAL, POST, TOPIC, YEAR, VACANT, PRESIDENT, VACANT_GROUP, SECTIONS };
enum { OFFICERS, WOMEN, MEN, OF_MEMBERS, NOT_MEMBERS, TRAINED, TRAINED_PERIOD };
enum { T_OFFICERS, T_TRAINED, T_PERIOD, T_PRESIDENTS, T_PRESIDENTS_TRAINED, T_HEADS, T_HEADS_TRAINED };
enum {
    Y_COURSES,
    Y_ALL,
    Y_OFFICERS,
    Y_TRAINED,
    Y_PRESIDENTS,
    Y_PRESIDENTS_TRAINED,
    Y_HEADS,
    Y_HEADS_TRAINED,
    Y_ABOVE
};
enum { V_PLACES, V_VACANT };
enum { P_PRESIDENTS, P_UNTRAINED };

#define END_OF_COLUMNS                                                                                       \
    {                                                                                                        \
        NULL, {NULL, NULL}, -1                                                                               \
    }
#define OFFICER_COLUMNS                                                                                      \
    {                                                                                                        \
        {"officers", {"Cán bộ", "Officers"}, -1}, {"women", {"Nữ", "Women"}, OFFICERS},                      \
            {"men", {"Nam", "Men"}, OFFICERS}, {"members", {"Là hội viên", "Members"}, OFFICERS},            \
            {"not-members", {"Không là hội viên", "Not members"}, OFFICERS},                                 \
            {"trained", {"Đã tập huấn", "Trained"}, OFFICERS},                                               \
            {"trained-in-period", {"Tập huấn trong kỳ", "Trained in the period"}, OFFICERS}, END_OF_COLUMNS  \
    }

static const struct tally_section sections[SECTIONS] = {
    [TOTAL] = {.token = "all",
               .label = {"Cán bộ đang giữ chức vụ", "Officers holding a post"},
               .columns = OFFICER_COLUMNS},
    [POST] = {.token = "post",
              .label = {"Theo chức danh", "By type of post"},
              .keys = post_type_codes,
              .columns = OFFICER_COLUMNS},
    [TOPIC] =
        {.token = "topic",
         .label = {"Đã tập huấn, theo nội dung", "Trained, by topic"},
         .keys = course_topic_codes,
         .columns = {{"officers", {"Cán bộ", "Officers"}, -1},
                     {"trained", {"Đã tập huấn", "Trained"}, T_OFFICERS},
                     {"trained-in-period", {"Tập huấn trong kỳ", "Trained in the period"}, T_OFFICERS},
                     {"presidents", {"Chủ tịch Hội cấp xã", "Presidents"}, -1},
                     {"presidents-trained", {"Chủ tịch đã tập huấn", "Presidents trained"}, T_PRESIDENTS},
                     {"heads", {"Chi hội trưởng", "Heads of chi hội"}, -1},
                     {"heads-trained", {"Chi hội trưởng đã tập huấn", "Heads of chi hội trained"}, T_HEADS},
                     END_OF_COLUMNS}},
    [YEAR] = {.token = "year",
              .label = {"Tập huấn trong kỳ, theo năm", "Trained in the period, by year"},
              .with_above = Y_COURSES,
              .above = Y_ABOVE,
              .columns =
                  {{"courses", {"Số lớp", "Courses"}, -1},
                   {"persons", {"Người dự lớp", "Persons who attended"}, -1},
                   {"officers", {"Cán bộ", "Officers"}, -1},
                   {"trained", {"Đã tập huấn", "Trained"}, Y_OFFICERS},
                   {"presidents", {"Chủ tịch Hội cấp xã", "Presidents"}, -1},
                   {"presidents-trained", {"Chủ tịch đã tập huấn", "Presidents trained"}, Y_PRESIDENTS},
                   {"heads", {"Chi hội trưởng", "Heads of chi hội"}, -1},
                   {"heads-trained", {"Chi hội trưởng đã tập huấn", "Heads of chi hội trained"}, Y_HEADS},
                   {"courses-of-province", {"Trong đó lớp của tỉnh", "Of them the province's"}, -1},
                   END_OF_COLUMNS}},
    [VACANT] = {.token = "vacant",
                .label = {"Chức danh còn khuyết", "Posts vacant"},
                .keys = post_type_codes,
                .columns = {{"places", {"Cần có", "Needed"}, -1},
                            {"vacant", {"Còn khuyết", "Vacant"}, V_PLACES},
                            END_OF_COLUMNS}},
    [PRESIDENT] = {.token = "president-untrained",
                   .label = {"Xã chưa đạt chỉ tiêu có Chủ tịch Hội chưa được tập huấn, theo nội dung",
                             "Presidents of communes below target not yet trained, by topic"},
                   .keys = course_topic_codes,
                   .columns = {{"communes",
                                {"Xã chưa đạt có Chủ tịch Hội", "Communes below target with a president"},
                                -1},
                               {"untrained", {"Chưa tập huấn", "Not yet trained"}, P_PRESIDENTS},
                               END_OF_COLUMNS}},
    [VACANT_GROUP] = {.token = "group-vacant",
                      .label = {"Các nhóm chưa có người phụ trách", "Groups without a head"},
                      .detail = true,
                      .columns = {{"vacant", {"Còn khuyết", "Vacant"}, -1}, END_OF_COLUMNS}},
};

struct work {
    const struct tally_input *in;
    struct tally *out;
    struct people people;
    struct named_groups groups;
    struct officers officers;
};

/* ---- courses ---- */

/* A year's row: who holds a post on the day, and who of them learnt in that year. */
static enum err count_lesson(struct work *w, const struct lesson *l, bool new_course, struct fault *f)
{
    char key[16];
    struct tally_row *row;
    struct officer *o = l->officer;
    snprintf(key, sizeof key, "%d", l->day / 10000);
    enum err e = tally_row(w->out, YEAR, key, &row, f);
    if (e != ERR_OK)
        return e;
    row->v[Y_COURSES] += new_course && !w->in->of_province;
    row->v[Y_ABOVE] += new_course && l->is_above;
    if (o->year == l->day / 10000)
        return ERR_OK;
    o->year = l->day / 10000;
    row->v[Y_ALL]++;
    row->v[Y_TRAINED] += o->posts != 0;
    row->v[Y_PRESIDENTS_TRAINED] += officer_holds(o, HV__POST_TYPE__COMMUNE_PRESIDENT);
    row->v[Y_HEADS_TRAINED] += officer_holds(o, HV__POST_TYPE__CHI_HOI_HEAD);
    return ERR_OK;
}

/* One that a province held. */
static enum err count_course(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    char key[16];
    int32_t day = date_last_day((int32_t)record_number(r, "date"));
    if (tally_is_above(w->in, r) || day < w->in->from || day > w->in->day)
        return ERR_OK;
    snprintf(key, sizeof key, "%d", day / 10000);
    return tally_add(w->out, YEAR, key, Y_COURSES, 1, f);
}

static enum err count_lessons(struct work *w, struct fault *f)
{
    const struct lesson *list = w->officers.lessons;
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < w->officers.lesson_count; i++)
        if (list[i].day >= w->in->from)
            e = count_lesson(w, &list[i], i == 0 || list[i].course != list[i - 1].course, f);
    return e;
}

/* ---- figures of officers ---- */

static void count_officer(const struct work *w, const struct officer *o, struct tally_row *row)
{
    int64_t sex = record_number(o->record, "sex");
    const struct interval *stands = o->person != NULL ? person_on(o->person, w->in->day) : NULL;
    if (sex == 0 && o->person != NULL)
        sex = record_number(o->person->member, "sex");
    row->v[OFFICERS]++;
    row->v[WOMEN] += sex == HV__SEX__FEMALE;
    row->v[MEN] += sex == HV__SEX__MALE;
    row->v[stands != NULL && category_is_member(stands->category) ? OF_MEMBERS : NOT_MEMBERS]++;
    row->v[TRAINED] += o->trained;
    row->v[TRAINED_PERIOD] += o->trained_in_period;
}

static enum err count_posts(struct work *w, const struct officer *o, struct fault *f)
{
    struct tally_row *row;
    enum err e = tally_row(w->out, TOTAL, "", &row, f);
    if (e == ERR_OK)
        count_officer(w, o, row);
    for (const struct code *c = post_type_codes; e == ERR_OK && c->token != NULL; c++) {
        if (!officer_holds(o, c->value))
            continue;
        if ((e = tally_row(w->out, POST, c->token, &row, f)) == ERR_OK)
            count_officer(w, o, row);
    }
    return e;
}

static enum err count_topics(struct work *w, const struct officer *o, struct fault *f)
{
    bool president = officer_holds(o, HV__POST_TYPE__COMMUNE_PRESIDENT),
         head = officer_holds(o, HV__POST_TYPE__CHI_HOI_HEAD);
    enum err e = ERR_OK;
    for (const struct code *c = course_topic_codes; e == ERR_OK && c->token != NULL; c++) {
        struct tally_row *row;
        bool trained = (o->topics & SET_BIT(c->value)) != 0;
        if ((e = tally_row(w->out, TOPIC, c->token, &row, f)) != ERR_OK)
            break;
        row->v[T_OFFICERS]++;
        row->v[T_TRAINED] += trained;
        row->v[T_PERIOD] += (o->topics_in_period & SET_BIT(c->value)) != 0;
        row->v[T_PRESIDENTS] += president;
        row->v[T_PRESIDENTS_TRAINED] += president && trained;
        row->v[T_HEADS] += head;
        row->v[T_HEADS_TRAINED] += head && trained;
    }
    return e;
}

/* Those in a post stand in each year's row, so that years and communes have the same whole. */
static void count_in_years(struct work *w, const struct officer *o)
{
    for (size_t i = 0; i < w->out->count; i++) {
        struct tally_row *row = &w->out->rows[i];
        if (row->section != YEAR)
            continue;
        row->v[Y_OFFICERS]++;
        row->v[Y_PRESIDENTS] += officer_holds(o, HV__POST_TYPE__COMMUNE_PRESIDENT);
        row->v[Y_HEADS] += officer_holds(o, HV__POST_TYPE__CHI_HOI_HEAD);
    }
}

/* A commune counts once, whichever of two presidents who hold the post together lacks a topic. */
static enum err count_president(struct work *w, struct fault *f)
{
    uint32_t topics = UINT32_MAX;
    bool any = false;
    enum err e = ERR_OK;
    for (size_t i = 0; i < w->officers.count; i++)
        if (officer_holds(&w->officers.list[i], HV__POST_TYPE__COMMUNE_PRESIDENT)) {
            topics &= w->officers.list[i].topics;
            any = true;
        }
    bool counts = any && w->in->below_target;
    for (const struct code *c = course_topic_codes; counts && e == ERR_OK && c->token != NULL; c++) {
        e = tally_add(w->out, PRESIDENT, c->token, P_PRESIDENTS, 1, f);
        if (e == ERR_OK)
            e = tally_add(w->out, PRESIDENT, c->token, P_UNTRAINED, (topics & SET_BIT(c->value)) == 0, f);
    }
    const char *post = code_by_value(post_type_codes, HV__POST_TYPE__COMMUNE_PRESIDENT)->token;
    if (e == ERR_OK)
        e = tally_add(w->out, VACANT, post, V_PLACES, 1, f);
    return e == ERR_OK ? tally_add(w->out, VACANT, post, V_VACANT, !any, f) : e;
}

/* ---- groups without a head ---- */

/* Who heads a group of this kind; NULL: the kind is not given. */
static const char *head_of(int64_t group_kind)
{
    static const int posts[] = {
        [HV__GROUP_KIND__CHI_HOI] = HV__POST_TYPE__CHI_HOI_HEAD,
        [HV__GROUP_KIND__TO] = HV__POST_TYPE__TO_HEAD,
        [HV__GROUP_KIND__NHOM] = HV__POST_TYPE__NHOM_HEAD,
        [HV__GROUP_KIND__CAU_LAC_BO] = HV__POST_TYPE__CLUB_HEAD,
        [HV__GROUP_KIND__MANG_LUOI] = HV__POST_TYPE__NETWORK_HEAD,
        [HV__GROUP_KIND__TO_TU_VAN] = HV__POST_TYPE__TO_HEAD,
    };
    if (group_kind <= 0 || group_kind >= (int64_t)(sizeof posts / sizeof posts[0]))
        return NULL;
    return code_by_value(post_type_codes, posts[group_kind])->token;
}

static enum err count_group(struct work *w, size_t i, struct fault *f)
{
    const struct named_group *g = &w->groups.list[i];
    const char *post = head_of(record_number(g->record, "type"));
    if (post == NULL || !lasts_on(g->record, kind_field(&kind_group, "founded"),
                                  kind_field(&kind_group, "closed"), w->in->day))
        return ERR_OK;
    enum err e = tally_add(w->out, VACANT, post, V_PLACES, 1, f);
    if (e == ERR_OK && !w->officers.headed[i])
        e = tally_add(w->out, VACANT, post, V_VACANT, 1, f);
    return e == ERR_OK && !w->officers.headed[i] ? tally_add(w->out, VACANT_GROUP, g->name, 0, 1, f) : e;
}

/* ---- the report ---- */

static enum err vacant_rows(struct work *w, struct fault *f)
{
    struct tally_row *row;
    enum err e = ERR_OK;
    for (const struct code *c = post_type_codes; e == ERR_OK && c->token != NULL; c++)
        if (c->value == HV__POST_TYPE__COMMUNE_PRESIDENT || post_is_head(c->value))
            e = tally_row(w->out, VACANT, c->token, &row, f);
    return e;
}

static enum err rows_make(struct work *w, struct fault *f)
{
    static const int first[] = {HV__POST_TYPE__COMMUNE_PRESIDENT, HV__POST_TYPE__CHI_HOI_HEAD};
    struct tally_row *row;
    enum err e = tally_row(w->out, TOTAL, "", &row, f);
    for (size_t i = 0; e == ERR_OK && i < sizeof first / sizeof first[0]; i++)
        e = tally_row(w->out, POST, code_by_value(post_type_codes, first[i])->token, &row, f);
    for (size_t s = POST; e == ERR_OK && s <= PRESIDENT; s++)
        if (sections[s].keys != NULL && s != VACANT)
            e = tally_rows_of_codes(w->out, &tally_officer, s, f);
    for (int year = w->in->from / 10000; e == ERR_OK && year <= w->in->day / 10000; year++) {
        char key[16];
        snprintf(key, sizeof key, "%d", year);
        e = tally_row(w->out, YEAR, key, &row, f);
    }
    return e == ERR_OK ? vacant_rows(w, f) : e;
}

static enum err load(struct work *w, struct fault *f)
{
    enum err e = people_load(w->in, &w->people, f);
    if (e == ERR_OK)
        e = named_groups_load(w->in, &w->groups, f);
    return e == ERR_OK ? officers_load(w->in, &w->people, &w->groups, &w->officers, f) : e;
}

static enum err rule(const struct tally_input *in, struct tally *out, struct fault *f)
{
    struct work w = {.in = in, .out = out};
    enum err e = rows_make(&w, f);
    if (e == ERR_OK)
        e = load(&w, f);
    if (e == ERR_OK)
        e = count_lessons(&w, f);
    if (e == ERR_OK && in->of_province)
        e = in->each(in->source, &kind_course, count_course, &w, f);
    for (size_t i = 0; e == ERR_OK && i < w.officers.count; i++) {
        if (w.officers.list[i].posts == 0)
            continue;
        count_in_years(&w, &w.officers.list[i]);
        if ((e = count_posts(&w, &w.officers.list[i], f)) == ERR_OK)
            e = count_topics(&w, &w.officers.list[i], f);
    }
    if (e == ERR_OK && !in->of_province)
        e = count_president(&w, f);
    for (size_t i = 0; e == ERR_OK && i < w.groups.count; i++)
        e = count_group(&w, i, f);
    return e;
}

const struct tally_report tally_officer = {.token = "officers",
                                           .label = {"Cán bộ và tập huấn", "Officers and training"},
                                           .sections = sections,
                                           .section_count = SECTIONS,
                                           .rule = rule,
                                           .asks_target = true,
                                           .also_province = true};
