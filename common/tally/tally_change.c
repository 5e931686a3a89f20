/* The changes of a commune's members in a period (guidance, task 7; the identity between columns is that of
 * the sister organisations' forms):
 *
 *   opening + joined + moved in + returned + resident - moved out - left - removed - died = closing
 *
 * Opening: members of the union who stand on the eve of the period; closing: on its last day; a change is the
 * beginning or the end of an interval of standing within the period. An event that changes nothing
 * (standing.h) is in no column. "Resident" are those whom no event brings: temporary residents who come to
 * count after six months. Who goes to work away stands on. A void record, an honorary member, and a woman not
 * yet a member are in no figure.
 *
 * A woman belongs to the group of her record, and is of its category, on all days: both are corrected in
 * place and have no days of their own. So who moves between the groups of one commune is no change of the
 * commune. */
#include "common/change.h"
#include "common/date.h"
#include "common/named_groups.h"
#include "common/tally_rules.h"
#include "proto/record.pb-c.h"

enum { COMMUNE, GROUP, SECTIONS };
enum { OPENING, JOINED, MOVED_IN, RETURNED, RESIDENT, MOVED_OUT, LEFT, REMOVED, DIED, CLOSING };

#define CHANGE_COLUMNS                                                                                       \
    {                                                                                                        \
        {"opening", {"Đầu kỳ", "Opening"}, -1}, {"joined", {"Kết nạp", "Joined"}, -1},                       \
            {"moved-in", {"Chuyển đến", "Moved in"}, -1},                                                    \
            {"returned", {"Sinh hoạt trở lại", "Returned"}, -1},                                             \
            {"resident", {"Tạm trú đủ 6 tháng", "Resident 6 months"}, -1},                                   \
            {"moved-out", {"Chuyển đi", "Moved out"}, -1}, {"left", {"Thôi sinh hoạt", "Left"}, -1},         \
            {"removed", {"Đưa ra khỏi danh sách", "Removed"}, -1}, {"died", {"Qua đời", "Died"}, -1},        \
            {"closing", {"Cuối kỳ", "Closing"}, -1},                                                         \
        {                                                                                                    \
            NULL, {NULL, NULL}, -1                                                                           \
        }                                                                                                    \
    }

static const struct tally_section sections[SECTIONS] = {
    [COMMUNE] = {.token = "all", .label = {"Tất cả hội viên", "All members"}, .columns = CHANGE_COLUMNS},
    [GROUP] = {.token = "group",
               .label = {"Theo chi hội, tổ, nhóm", "By group"},
               .keys = no_group_codes,
               .detail = true,
               .columns = CHANGE_COLUMNS},
};

/* The columns of the types of events; 0 is no event. */
static const int columns[] = {
    [0] = RESIDENT,
    [HV__EVENT_TYPE__JOINED] = JOINED,
    [HV__EVENT_TYPE__MOVED_IN] = MOVED_IN,
    [HV__EVENT_TYPE__RETURNED] = RETURNED,
    [HV__EVENT_TYPE__MOVED_OUT] = MOVED_OUT,
    [HV__EVENT_TYPE__LEFT] = LEFT,
    [HV__EVENT_TYPE__REMOVED] = REMOVED,
    [HV__EVENT_TYPE__DIED] = DIED,
};

/* Both rows of a member. */
static enum err count(struct tally *out, const char *group, int column, struct fault *f)
{
    enum err e = tally_add(out, COMMUNE, "", column, 1, f);
    return e == ERR_OK ? tally_add(out, GROUP, group, column, 1, f) : e;
}

/* A stretch of days without a gap; going to work away cuts an interval and no stretch. Who always stood
 * begins before every period, who stands without end ends behind every one. */
static enum err count_stretch(const struct tally_input *in, struct tally *out, const char *group,
                              const struct interval *x, struct fault *f)
{
    bool before = x->from == DATE_MIN || x->from < in->from;
    bool behind = x->to == DATE_MAX || x->to > in->day;
    enum err e = ERR_OK;
    if (before && x->to >= in->from)
        e = count(out, group, OPENING, f);
    if (e == ERR_OK && !before && x->from <= in->day)
        e = count(out, group, columns[x->begun_by], f);
    if (e == ERR_OK && !behind && x->to >= in->from)
        e = count(out, group, columns[x->ended_by], f);
    if (e == ERR_OK && behind && x->from <= in->day)
        e = count(out, group, CLOSING, f);
    return e;
}

/* Within the period, as far as its dates tell: who is in a group that was not there yet has a row all the
 * same. */
static bool was_there(const struct tally_input *in, const struct record *g)
{
    int32_t founded = (int32_t)record_int(g, kind_field(g->kind, "founded"), 0),
            closed = (int32_t)record_int(g, kind_field(g->kind, "closed"), 0);
    return (founded == 0 || date_first_day(founded) <= in->day) &&
           (closed == 0 || date_last_day(closed) >= in->from);
}

static enum err count_person(const struct tally_input *in, struct tally *out, const struct named_groups *g,
                             const struct person *p, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < p->interval_count; i++) {
        struct interval x = p->intervals[i];
        for (; i + 1 < p->interval_count && p->intervals[i + 1].from == x.to; i++) {
            x.to = p->intervals[i + 1].to;
            x.ended_by = p->intervals[i + 1].ended_by;
        }
        size_t at = named_groups_find(g, &x.group);
        if (category_is_member(x.category))
            e = count_stretch(in, out, at < g->count ? g->list[at].name : NO_GROUP, &x, f);
    }
    return e;
}

static enum err rule(const struct tally_input *in, struct tally *out, struct fault *f)
{
    struct named_groups groups;
    struct people people;
    struct tally_row *row;
    enum err e = named_groups_load(in, &groups, f);
    if (e == ERR_OK)
        e = people_load(in, &people, f);
    if (e == ERR_OK)
        e = tally_row(out, COMMUNE, "", &row, f);
    for (size_t i = 0; e == ERR_OK && i < groups.count; i++)
        if (was_there(in, groups.list[i].record))
            e = tally_row(out, GROUP, groups.list[i].name, &row, f);
    for (size_t i = 0; e == ERR_OK && i < people.count; i++)
        e = count_person(in, out, &groups, &people.list[i], f);
    return e;
}

const struct tally_report tally_change = {
    .token = "changes",
    .label = {"Biến động hội viên", "Changes of members"},
    .note =
        {"Cột “Tạm trú đủ 6 tháng” là những người không có biến động nào mà bắt đầu được tính khi đã tạm "
         "trú đủ 6 tháng; biểu của cấp trên không có cột này thì cộng vào “Chuyển đến”. Chi hội và thành "
         "phần của hội viên không có ngày: ai đã chuyển sang chi hội khác thì được tính "
         "ở chi hội hiện nay, cả trong những kỳ trước.",
         "The column \"Resident 6 months\" has those whom no event brings and who come to count after six "
         "months of temporary residence; where a form has no such column, add it to those who moved in. "
         "A member's chi hội and category have no dates: who was moved to another chi hội is counted in "
         "her present one, in earlier periods too."},
    .sections = sections,
    .section_count = SECTIONS,
    .rule = rule};
