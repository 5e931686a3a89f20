#include "common/measure.h"
#include "common/date.h"
#include "common/id.h"
#include "proto/record.pb-c.h"
#include <stdlib.h>
#include <string.h>

#define BIT(category)  (UINT32_C(1) << (category))
#define COUNTED_MEMBER (BIT(HV__CATEGORY__ORDINARY) | BIT(HV__CATEGORY__ORGANISATION))

const struct measure_rule *const measure_rules[] = {
    &measure_of_activity, &measure_of_group,   &measure_of_officer, &measure_of_commendation,
    &measure_of_model,    &measure_of_support, &measure_of_dues,    &measure_of_attending,
};
const size_t measure_rule_count = sizeof measure_rules / sizeof measure_rules[0];

#define GROUPS_COUNT                                                                                                                   \
    {                                                                                                                                  \
        "Tính các tổ chức đã thành lập mà chưa giải thể vào ngày xét; không ghi ngày thành lập thì coi là " \
        "đã có từ trước; ngày chưa đủ thì lấy ngày cuối của tháng hoặc năm ấy. Hồ sơ đã huỷ không tính.",                              \
            "Groups count that were founded and not closed by the day; one without a day of founding was "                             \
            "always there; of a month or year alone the last day is taken. Void records do not count."                                 \
    }
#define HEADS_COUNT                                                                                                                    \
    {                                                                                                                                  \
        "Tính theo chức danh đang giữ vào ngày xét: một người đứng đầu hai chi hội là hai. Chức danh hoặc " \
        "cán bộ đã huỷ không tính.",                                                                                                   \
            "Posts count that are held on the day: who heads two chi hội is two. Void posts and officers "                           \
            "do not count."                                                                                                            \
    }
#define TRAINED_COUNT                                                                                                                             \
    {                                                                                                                                             \
        "Tính chức danh đang giữ vào ngày xét mà người giữ đã dự ít nhất một lớp tập huấn, từ ngày của lớp " \
        "đầu tiên, kể cả lớp dự trước khi nhận chức danh. Hồ sơ đã huỷ không tính.",                                                              \
            "Posts count that are held on the day by who attended a course, from the day of the first one "                                       \
            "on, also one before the post. Void records do not count."                                                                            \
    }

const struct measure measures[] = {
    {.measure = HV__MEASURE__MEMBERS,
     .token = "members",
     .label = {"Hội viên cư trú tại địa bàn", "Members resident here"},
     .categories = COUNTED_MEMBER,
     .by_group = true},
    {.measure = HV__MEASURE__MEMBERS_PRESENT,
     .token = "members-present",
     .label = {"Hội viên có mặt tại địa bàn", "Members present here"},
     .categories = COUNTED_MEMBER,
     .present_only = true,
     .by_group = true},
    {.measure = HV__MEASURE__MEMBERS_HONORARY,
     .token = "members-honorary",
     .label = {"Hội viên danh dự", "Honorary members"},
     .categories = BIT(HV__CATEGORY__HONORARY),
     .by_group = true},
    {.measure = HV__MEASURE__MEMBERS_ORGANISATION,
     .token = "members-organisation",
     .label = {"Hội viên của tổ chức thành viên", "Members of member organisations"},
     .categories = BIT(HV__CATEGORY__ORGANISATION),
     .by_group = true},
    {.measure = HV__MEASURE__HOUSEHOLDS,
     .token = "households",
     .label = {"Hộ có hội viên", "Households with a member"},
     .categories = COUNTED_MEMBER,
     .distinct = "household_id"},
    {.measure = HV__MEASURE__CORE,
     .token = "core",
     .label = {"Hội viên nòng cốt", "Core members"},
     .categories = COUNTED_MEMBER,
     .flags = STANDING_CORE,
     .by_group = true},
    {.measure = HV__MEASURE__CARD,
     .token = "card",
     .label = {"Hội viên có thẻ", "Members with a card"},
     .categories = COUNTED_MEMBER,
     .flags = STANDING_CARD,
     .by_group = true},
    {.measure = HV__MEASURE__WOMEN_REACHED,
     .token = "women-reached",
     .label = {"Phụ nữ được tập hợp, kể cả chưa là hội viên", "Women reached, also those not yet members"},
     .categories = COUNTED_MEMBER | BIT(HV__CATEGORY__NOT_YET),
     .by_group = true},
    {.measure = HV__MEASURE__ACTIVITIES,
     .token = "activities",
     .label = {"Buổi sinh hoạt", "Activities"},
     .rule = &measure_of_activity,
     .flow = true,
     .counts = {"Tính mỗi buổi sinh hoạt có ngày nằm trong kỳ, của tổ chức nào cũng tính, cho tổ chức đã tổ "
                "chức buổi ấy. Buổi đã huỷ không tính.",
                "Each activity whose date lies in the period counts, whatever group held it, and for that "
                "group. Void ones do not count."},
     .by_group = true},
    {.measure = HV__MEASURE__GROUPS,
     .token = "groups",
     .label = {"Chi hội, tổ, nhóm, câu lạc bộ, mạng lưới", "Groups of every kind"},
     .rule = &measure_of_group,
     .counts = GROUPS_COUNT,
     .by_group = true},
    {.measure = HV__MEASURE__GROUPS_CHI_HOI,
     .token = "groups-chi-hoi",
     .label = {"Chi hội", "Chi hội"},
     .rule = &measure_of_group,
     .counts = GROUPS_COUNT,
     .by_group = true},
    {.measure = HV__MEASURE__GROUPS_TO,
     .token = "groups-to",
     .label = {"Tổ phụ nữ", "Tổ"},
     .rule = &measure_of_group,
     .counts = GROUPS_COUNT,
     .by_group = true},
    {.measure = HV__MEASURE__GROUPS_NHOM,
     .token = "groups-nhom",
     .label = {"Nhóm", "Nhóm"},
     .rule = &measure_of_group,
     .counts = GROUPS_COUNT,
     .by_group = true},
    {.measure = HV__MEASURE__GROUPS_CLUB,
     .token = "groups-club",
     .label = {"Câu lạc bộ", "Clubs"},
     .rule = &measure_of_group,
     .counts = GROUPS_COUNT,
     .by_group = true},
    {.measure = HV__MEASURE__GROUPS_NETWORK,
     .token = "groups-network",
     .label = {"Mạng lưới", "Networks"},
     .rule = &measure_of_group,
     .counts = GROUPS_COUNT,
     .by_group = true},
    {.measure = HV__MEASURE__GROUPS_COUNSELLING,
     .token = "groups-counselling",
     .label = {"Tổ tư vấn", "Counselling groups"},
     .rule = &measure_of_group,
     .counts = GROUPS_COUNT,
     .by_group = true},
    {.measure = HV__MEASURE__SPECIAL_MODELS,
     .token = "special-models",
     .label = {"Mô hình tập hợp phụ nữ đặc thù", "Special-group models"},
     .rule = &measure_of_group,
     .counts = {"Tính các tổ chức đang hoạt động vào ngày xét được ghi là mô hình tập hợp phụ nữ đặc thù.",
                "Groups count that exist on the day and are marked as models for special groups of women."},
     .by_group = true},
    {.measure = HV__MEASURE__CHI_HOI_HEADS,
     .token = "chi-hoi-heads",
     .label = {"Chi hội trưởng", "Chi hội heads"},
     .rule = &measure_of_officer,
     .counts = HEADS_COUNT,
     .by_group = true},
    {.measure = HV__MEASURE__CHI_HOI_HEADS_TRAINED,
     .token = "chi-hoi-heads-trained",
     .label = {"Chi hội trưởng đã được tập huấn", "Chi hội heads who were trained"},
     .rule = &measure_of_officer,
     .counts = TRAINED_COUNT,
     .by_group = true},
    {.measure = HV__MEASURE__PRESIDENTS,
     .token = "presidents",
     .label = {"Chủ tịch Hội cấp xã", "Commune presidents"},
     .rule = &measure_of_officer,
     .counts = HEADS_COUNT},
    {.measure = HV__MEASURE__PRESIDENTS_TRAINED,
     .token = "presidents-trained",
     .label = {"Chủ tịch Hội cấp xã đã được tập huấn", "Commune presidents who were trained"},
     .rule = &measure_of_officer,
     .counts = TRAINED_COUNT},
    {.measure = HV__MEASURE__COMMENDATIONS,
     .token = "commendations",
     .label = {"Lượt khen thưởng", "Commendations"},
     .rule = &measure_of_commendation,
     .flow = true,
     .counts = {"Tính mỗi lượt khen có ngày quyết định nằm trong kỳ, cho cá nhân lẫn tập thể. Lượt đã huỷ "
                "hoặc không ghi ngày không tính.",
                "Each commendation whose decision is dated in the period counts, of persons and of units. "
                "Void ones and those without a date do not count."}},
    {.measure = HV__MEASURE__PERSONS_HONOURED,
     .token = "persons-honoured",
     .label = {"Người được khen thưởng", "Persons honoured"},
     .rule = &measure_of_commendation,
     .flow = true,
     .counts =
         {"Đếm người, mỗi người một lần trong một năm: hội viên và cán bộ được khen; cán bộ là hội viên "
          "thì là một người. Tập thể và tên không gắn với hồ sơ nào không tính, vì không biết có phải "
          "là người không.",
          "Persons count, each once a calendar year: members and officers who were commended; an "
          "officer who is a member is one person. Units, and names without a record, do not count, "
          "since nobody can tell whether they are persons."}},
    {.measure = HV__MEASURE__MODELS,
     .token = "models",
     .label = {"Mô hình", "Models"},
     .rule = &measure_of_model,
     .counts = {"Tính các mô hình đã bắt đầu vào ngày xét; mô hình đã huỷ không tính.",
                "Models count that have started by the day; void ones do not."},
     .by_group = true},
    {.measure = HV__MEASURE__SUPPORTS,
     .token = "supports",
     .label = {"Lượt chăm lo, hỗ trợ", "Times of support"},
     .rule = &measure_of_support,
     .flow = true,
     .counts = {"Tính lượt có ngày nằm trong kỳ; lượt ghi cho bao nhiêu người thì tính bấy nhiêu lượt. Lượt "
                "đã huỷ hoặc không ghi ngày không tính.",
                "Support whose date lies in the period counts; one for several persons counts as that many "
                "times. Void ones and those without a date do not count."}},
    {.measure = HV__MEASURE__SUPPORTED_WOMEN,
     .token = "supported-women",
     .label = {"Phụ nữ được chăm lo, hỗ trợ", "Women supported"},
     .rule = &measure_of_support,
     .flow = true,
     .counts = {"Đếm người, mỗi người một lần trong một năm: hội viên theo hồ sơ, phụ nữ khác theo họ tên; "
                "người chỉ ghi bằng số lượng thì tính theo số ấy.",
                "Persons count, each once a calendar year: members by their record, other women by name; "
                "who is told by number alone counts by that number."}},
    {.measure = HV__MEASURE__DUES_PAID,
     .token = "dues-paid",
     .label = {"Hội viên đã nộp đủ hội phí của năm", "Members who paid their dues in full for the year"},
     .rule = &measure_of_dues,
     .flow = true,
     .counts = {"Đếm hội viên đã nộp đủ 12 tháng hội phí của năm, từ ngày nộp đủ; nộp trước cho năm sau thì "
                "tính từ ngày đầu năm ấy, nộp khi năm đã hết thì không tính. Khoản thu đã bị ghi đảo không "
                "tính từ ngày ghi đảo. Chương trình chưa xét ai được miễn.",
                "Members count who paid all 12 months of dues of the year, from the day on which they had; "
                "paid ahead they count from the year's first day, paid when the year is over not at all. A "
                "reversed receipt does not count from its reversal on. Exemptions are not looked at."},
     .by_group = true},
    {.measure = HV__MEASURE__ATTENDING,
     .token = "attending",
     .label = {"Hội viên sinh hoạt thường xuyên trong năm", "Members attending regularly in the year"},
     .rule = &measure_of_attending,
     .counts = {"Tính hội viên cư trú tại địa bàn vào ngày xét mà từ đầu năm đã dự, theo điểm danh, ít nhất "
                "tỷ lệ do người giữ máy chủ đặt trong các buổi của tổ chức mình. Tổ chức chưa có buổi nào, "
                "hoặc chỉ ghi số người dự, thì hội viên chưa được tính.",
                "Members count who stand on the day and, since the year's first day, came by the lists to at "
                "least the share of their groups' activities that the operator has set. Whose groups held "
                "none, or only counted heads, does not count."},
     .by_group = true},
};
const size_t measure_count = sizeof measures / sizeof measures[0];

const struct measure *measure_by_number(int number)
{
    for (size_t i = 0; i < measure_count; i++)
        if ((int)measures[i].measure == number)
            return &measures[i];
    return NULL;
}

const struct measure *measure_by_token(const char *token)
{
    for (size_t i = 0; i < measure_count; i++)
        if (strcmp(measures[i].token, token) == 0)
            return &measures[i];
    return NULL;
}

bool measure_counts(const struct measure *m, int category, bool away, int32_t flags)
{
    bool counted = category >= 0 && category < 32 && (m->categories >> category & 1) != 0;
    return counted && !(m->present_only && away) && (flags & m->flags) == m->flags;
}

bool measure_of_groups(const struct measure *m)
{
    return m->rule == &measure_of_group;
}

/* ---- steps ---- */

enum err steps_add(struct steps *s, int measure, const struct id *group, int32_t day, int64_t n,
                   struct fault *f)
{
    static const struct id none;
    if (s->count == s->room) {
        size_t room = s->room == 0 ? 64 : 2 * s->room;
        struct step *more = arena_alloc(s->arena, room * sizeof *more);
        if (more == NULL)
            return fault(f, ERR_NO_MEMORY, "no memory for the figures");
        if (s->count > 0)
            memcpy(more, s->list, s->count * sizeof *more);
        s->list = more;
        s->room = room;
    }
    s->list[s->count++] = (struct step){measure, group != NULL ? *group : none, day, n};
    return ERR_OK;
}

enum err steps_last(struct steps *s, int measure, const struct id *group, int32_t from, int32_t to,
                    struct fault *f)
{
    if (from >= to)
        return ERR_OK;
    enum err e = steps_add(s, measure, group, from, 1, f);
    return e == ERR_OK && to < DATE_MAX ? steps_add(s, measure, group, to, -1, f) : e;
}

static int step_compare(const void *a, const void *b)
{
    const struct step *x = a, *y = b;
    if (x->measure != y->measure)
        return x->measure < y->measure ? -1 : 1;
    int order = id_compare(&x->group, &y->group);
    if (order != 0)
        return order;
    return x->day < y->day ? -1 : x->day > y->day;
}

void steps_settle(struct steps *s)
{
    size_t kept = 0;
    if (s->count > 1)
        qsort(s->list, s->count, sizeof *s->list, step_compare);
    for (size_t i = 0, end; i < s->count; i = end) {
        struct step sum = s->list[i];
        for (end = i + 1; end < s->count && step_compare(&s->list[i], &s->list[end]) == 0; end++)
            sum.n += s->list[end].n;
        if (sum.n != 0)
            s->list[kept++] = sum;
    }
    s->count = kept;
}
