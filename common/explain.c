#include "common/explain.h"
#include "common/change.h"
#include "common/check.h"
#include "common/date.h"
#include "common/people.h"
#include "proto/record.pb-c.h"
#include <stdlib.h>

const struct reason_row reasons[REASON_COUNT] = {
    [REASON_ORDINARY] = {"ordinary",
                         {"Hội viên cư trú tại địa bàn", "Members who reside here"},
                         true,
                         RULE_RESIDENCE},
    [REASON_ORGANISATION] = {"organisation",
                             {"Hội viên của tổ chức thành viên", "Members of member organisations"},
                             true,
                             RULE_ORGANISATION},
    [REASON_HONORARY] = {"honorary", {"Hội viên danh dự", "Honorary members"}, true, RULE_HONORARY},
    [REASON_REACHED] = {"reached",
                        {"Phụ nữ sinh hoạt trong nhóm, chưa là hội viên",
                         "Women in groups who are not members yet"},
                        true,
                        RULE_REACHED},
    [REASON_VOID] = {"void", {"Hồ sơ đã huỷ vì ghi nhầm", "Records voided as mistakes"}, false, RULE_VOID},
    [REASON_NOT_ORDINARY] = {"not-ordinary",
                             {"Hội viên thường, là loại chỉ tiêu này không đếm",
                              "Ordinary members, whom this target does not count"},
                             false,
                             RULE_MEASURE},
    [REASON_NOT_ORGANISATION] = {"not-organisation",
                                 {"Hội viên của tổ chức thành viên, là loại chỉ tiêu này không đếm",
                                  "Members of member organisations, whom this target does not count"},
                                 false,
                                 RULE_MEASURE},
    [REASON_NOT_HONORARY] = {"not-honorary",
                             {"Hội viên danh dự", "Honorary members"},
                             false,
                             RULE_HONORARY_APART},
    [REASON_NOT_YET] = {"not-yet",
                        {"Phụ nữ sinh hoạt trong nhóm nhưng chưa là hội viên",
                         "Women in groups who are not members yet"},
                        false,
                        RULE_NOT_YET},
    [REASON_UNKNOWN_CATEGORY] = {"unknown-category",
                                 {"Thành phần mà phiên bản này chưa biết; hãy cập nhật chương trình",
                                  "A category that this version does not know; update the program"},
                                 false,
                                 RULE_MEASURE},
    [REASON_NOT_BEGUN] = {"not-begun",
                          {"Ngày kết nạp, chuyển đến hoặc trở lại chưa tới",
                           "The day of joining, moving in or returning has not come"},
                          false,
                          RULE_DAYS},
    [REASON_MOVED_OUT] = {"moved-out", {"Đã chuyển đi", "Moved out"}, false, RULE_MOVED},
    [REASON_LEFT] = {"left", {"Đã thôi sinh hoạt", "Left the union"}, false, RULE_GONE},
    [REASON_REMOVED] = {"removed", {"Đã đưa ra khỏi danh sách", "Removed from the list"}, false, RULE_GONE},
    [REASON_DIED] = {"died", {"Đã qua đời", "Died"}, false, RULE_GONE},
    [REASON_ELSEWHERE] = {"elsewhere", {"Cư trú ở nơi khác", "Reside elsewhere"}, false, RULE_RESIDENCE},
    [REASON_TEMPORARY_UNKNOWN] = {"temporary-unknown",
                                  {"Tạm trú nhưng chưa ghi từ ngày nào",
                                   "Temporary residents with no date of coming"},
                                  false,
                                  RULE_SIX_MONTHS},
    [REASON_TEMPORARY_SHORT] = {"temporary-short",
                                {"Tạm trú chưa đủ 6 tháng", "Temporary residents of less than 6 months"},
                                false,
                                RULE_RESIDENCE},
    [REASON_AWAY] = {"away",
                     {"Đang đi làm ăn xa, không có mặt tại địa bàn", "Working away, not present here"},
                     false,
                     RULE_PRESENT},
    [REASON_NOT_CORE] = {"not-core", {"Không phải hội viên nòng cốt", "Not core members"}, false, RULE_CORE},
    [REASON_NO_CARD] = {"no-card",
                        {"Hồ sơ chưa có số thẻ hay ngày cấp thẻ",
                         "Records with neither number nor date of a card"},
                        false,
                        RULE_CARD},
};

static const struct category_row {
    int32_t category;
    enum reason counted, left_out;
} category_rows[] = {
    {HV__CATEGORY__ORDINARY, REASON_ORDINARY, REASON_NOT_ORDINARY},
    {HV__CATEGORY__ORGANISATION, REASON_ORGANISATION, REASON_NOT_ORGANISATION},
    {HV__CATEGORY__HONORARY, REASON_HONORARY, REASON_NOT_HONORARY},
    {HV__CATEGORY__NOT_YET, REASON_REACHED, REASON_NOT_YET},
    {0, REASON_UNKNOWN_CATEGORY, REASON_UNKNOWN_CATEGORY},
};

static const struct category_row *category_row(int32_t category)
{
    const struct category_row *row = category_rows;
    while (row->category != 0 && row->category != category)
        row++;
    return row;
}

static enum reason reason_of_leaving(int32_t type)
{
    return type == HV__EVENT_TYPE__MOVED_OUT ? REASON_MOVED_OUT
           : type == HV__EVENT_TYPE__LEFT    ? REASON_LEFT
           : type == HV__EVENT_TYPE__REMOVED ? REASON_REMOVED
                                             : REASON_DIED;
}

/* Which of her events keeps her out on the day; false: none does. What ended her standing is the reason, not
 * what was noted after it. */
static bool kept_out(struct standing_event *events, size_t event_count, int32_t day, enum reason *out)
{
    size_t count = standing_order(events, event_count);
    bool stands = count == 0 || !standing_enters(events[0].type);
    *out = REASON_NOT_BEGUN;
    for (size_t i = 0; i < count && date_last_day(events[i].date) <= day; i++) {
        if (stands && !standing_enters(events[i].type))
            *out = reason_of_leaving(events[i].type);
        stands = standing_enters(events[i].type);
        if (events[i].type == HV__EVENT_TYPE__DIED)
            break;
    }
    return !stands;
}

static enum reason reason_of_residence(const struct standing_member *who)
{
    return who->residence == HV__RESIDENCE__ELSEWHERE ? REASON_ELSEWHERE
           : who->residence_since == 0                ? REASON_TEMPORARY_UNKNOWN
                                                      : REASON_TEMPORARY_SHORT;
}

enum reason reason_of(const struct measure *m, const struct standing_member *who,
                      struct standing_event *events, size_t event_count, int32_t day)
{
    int32_t category = who->category == 0 ? HV__CATEGORY__ORDINARY : who->category;
    const struct category_row *row = category_row(category);
    bool away = who->away_since != 0 && date_last_day(who->away_since) <= day;
    enum reason event;
    if (who->voided)
        return REASON_VOID;
    if (!measure_counts(m, category, false, m->flags))
        return row->left_out;
    if (kept_out(events, event_count, day, &event))
        return event;
    if (day < standing_residence_from(who))
        return reason_of_residence(who);
    if (!measure_counts(m, category, away, m->flags))
        return REASON_AWAY;
    return (m->flags & ~who->flags) == 0                   ? row->counted
           : (m->flags & ~who->flags & STANDING_CORE) != 0 ? REASON_NOT_CORE
                                                           : REASON_NO_CARD;
}

static enum err reason_of_person(struct arena *a, const struct person *p, const struct measure *m,
                                 int32_t day, enum reason *out, struct fault *f)
{
    struct standing_member who = standing_member_of(p->member);
    struct standing_event *events = arena_alloc(a, (p->event_count + 1) * sizeof *events);
    if (events == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the events of a member");
    for (size_t i = 0; i < p->event_count; i++)
        events[i] = standing_event_of(p->events[i]);
    *out = reason_of(m, &who, events, p->event_count, day);
    return ERR_OK;
}

const struct kind *measure_kind(const struct measure *m)
{
    int field = m->distinct != NULL ? kind_field(&kind_member, m->distinct) : -1;
    return field >= 0 ? kind_by_name(kind_member.fields[field].refers) : NULL;
}

enum rule_name measure_rule(const struct measure *m)
{
    return measure_kind(m) != NULL ? RULE_HOUSEHOLDS : RULE_ONCE;
}

enum rule_name denominator_rule(int population_type)
{
    static const struct {
        int type;
        enum rule_name rule;
    } rows[] = {
        {HV__POPULATION_TYPE__WOMEN_18_ELIGIBLE, RULE_DENOMINATOR_ELIGIBLE},
        {HV__POPULATION_TYPE__WOMEN_18_PRESENT, RULE_DENOMINATOR_PRESENT},
        {HV__POPULATION_TYPE__HOUSEHOLDS_WITH_WOMAN_18_PLUS, RULE_DENOMINATOR_HOUSEHOLDS},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].type == population_type)
            return rows[i].rule;
    return RULE_DENOMINATOR;
}

/* What those who count refer to, once for each of them; void or missing records count nothing. */
struct referring {
    const struct record **list;
    size_t count;
    struct records all; /* of the kind, by id */
    int field;
};

static enum err referring_begin(const struct tally_input *in, const struct measure *m, size_t room,
                                struct referring *r, struct fault *f)
{
    const struct kind *kind = measure_kind(m);
    *r = (struct referring){.field = -1};
    if (kind == NULL)
        return ERR_OK;
    r->field = kind_field(&kind_member, m->distinct);
    r->list = arena_alloc(in->arena, (room + 1) * sizeof *r->list);
    if (r->list == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for what members refer to");
    enum err e = records_load(in, kind, &r->all, f);
    records_sort(&r->all);
    return e;
}

static void refer(struct referring *r, const struct record *member)
{
    const struct id *id = r->field >= 0 ? record_id(member, r->field) : NULL;
    const struct record *to = id != NULL ? records_find(&r->all, id) : NULL;
    if (to != NULL && record_int(to, kind_field(to->kind, "voided"), 0) == 0)
        r->list[r->count++] = to;
}

static int by_id(const void *a, const void *b)
{
    const struct record *const *x = a, *const *y = b;
    return id_compare(&(*x)->id, &(*y)->id);
}

static void referring_end(struct referring *r, struct reason_counts *out)
{
    out->numerator = out->counted;
    if (r->field < 0)
        return;
    if (r->count > 1)
        qsort(r->list, r->count, sizeof *r->list, by_id);
    out->numerator = 0;
    for (size_t i = 0; i < r->count; i++)
        out->numerator += i == 0 || r->list[i] != r->list[i - 1];
    out->unreferred = out->counted - (int64_t)r->count;
}

static void count_doubtful(const struct record *member, enum reason reason, int32_t day,
                           struct reason_counts *out)
{
    int64_t birth = record_int(member, kind_field(&kind_member, "birth"), 0);
    out->men +=
        reason != REASON_HONORARY && record_int(member, kind_field(&kind_member, "sex"), 0) == HV__SEX__MALE;
    out->young += birth != 0 && date_add_months(date_first_day((int32_t)birth), ADULT_MONTHS) > day;
}

enum err reason_count(const struct tally_input *in, const struct measure *m, struct reason_counts *out,
                      struct fault *f)
{
    struct people people;
    struct referring to;
    *out = (struct reason_counts){.records = 0};
    enum err e = people_load(in, &people, f);
    if (e == ERR_OK)
        e = referring_begin(in, m, people.count, &to, f);
    for (size_t i = 0; e == ERR_OK && i < people.count; i++) {
        enum reason reason;
        if ((e = reason_of_person(in->arena, &people.list[i], m, in->day, &reason, f)) != ERR_OK)
            break;
        out->by[reason]++;
        out->records++;
        out->counted += reasons[reason].counts;
        if (reasons[reason].counts) {
            refer(&to, people.list[i].member);
            count_doubtful(people.list[i].member, reason, in->day, out);
        }
    }
    if (e == ERR_OK)
        referring_end(&to, out);
    return e;
}

static bool sides_fill(const struct target_figure *t, struct explain_sides *out)
{
    *out = (struct explain_sides){
        .left = t->numerator, .left_factor = 1, .right = t->threshold, .right_factor = 1};
    if (t->form == HV__FORM__INCREASE)
        return t->has_baseline && !__builtin_sub_overflow(t->numerator, t->baseline, &out->left);
    if (!target_is_ratio(t))
        return !t->has_units;
    out->left_factor = 1000000;
    out->right_factor = t->denominator;
    return !t->has_units && t->has_denominator && t->denominator > 0;
}

bool explain_sides(const struct target_figure *t, struct explain_sides *out)
{
    if (!sides_fill(t, out) || target_verdict(t) == HV__VERDICT_WORD__NO_VERDICT)
        return false;
    __int128 left = (__int128)out->left * out->left_factor, right = (__int128)out->right * out->right_factor;
    out->order = left < right ? -1 : left > right;
    return true;
}

/* How many members change whether the figure stands to its threshold as `comparator` says. */
static int64_t members_until(const struct target_figure *t, Hv__Comparator comparator)
{
    struct target_figure other = *t;
    other.comparator = comparator;
    return target_missing(&other);
}

static const struct comparator_row {
    Hv__Comparator comparator;
    Hv__Comparator beyond; /* Vượt; 0: there is no such word */
    Hv__Comparator not_beyond;
    Hv__Comparator against;
    bool more; /* more members lead to the target */
} comparator_rows[] = {
    {HV__COMPARATOR__AT_LEAST, HV__COMPARATOR__ABOVE, HV__COMPARATOR__AT_MOST, HV__COMPARATOR__BELOW, true},
    {HV__COMPARATOR__ABOVE, 0, 0, HV__COMPARATOR__AT_MOST, true},
    {HV__COMPARATOR__AT_MOST, HV__COMPARATOR__BELOW, HV__COMPARATOR__AT_LEAST, HV__COMPARATOR__ABOVE, false},
    {HV__COMPARATOR__BELOW, 0, 0, HV__COMPARATOR__AT_LEAST, false},
};

/* A step that leads to the word of the step before it is that step. */
static size_t step_add(const struct target_figure *t, Hv__Comparator comparator, bool more,
                       struct explain_step *out, size_t count)
{
    struct target_figure then = *t;
    int64_t members = comparator != 0 ? members_until(t, comparator) : 0;
    if (members <= 0 || (!more && members > t->numerator) ||
        __builtin_add_overflow(t->numerator, more ? members : -members, &then.numerator))
        return count;
    Hv__VerdictWord word = target_verdict(&then);
    bool same = word == target_verdict(t) ||
                (count > 0 && out[count - 1].more == more && out[count - 1].word == word);
    if (same)
        return count;
    out[count] = (struct explain_step){members, more, word};
    return count + 1;
}

/* Exactly: what leads there, where whole members can; from there any one leads away. */
static size_t steps_to_equal(const struct target_figure *t, struct explain_step out[EXPLAIN_STEPS])
{
    size_t count = 0;
    int64_t members = target_missing(t) > 0 ? target_missing(t) : 1;
    for (int more = 1; more >= 0; more--) {
        struct target_figure then = *t;
        if ((!more && members > t->numerator) ||
            __builtin_add_overflow(t->numerator, more ? members : -members, &then.numerator))
            continue;
        Hv__VerdictWord word = target_verdict(&then);
        if (word != target_verdict(t))
            out[count++] = (struct explain_step){members, more, word};
    }
    return count;
}

size_t explain_steps(const struct target_figure *t, struct explain_step out[EXPLAIN_STEPS])
{
    size_t count = 0;
    if (t->has_units || target_verdict(t) == HV__VERDICT_WORD__NO_VERDICT)
        return 0;
    if (t->comparator == HV__COMPARATOR__EQUAL)
        return steps_to_equal(t, out);
    for (size_t i = 0; i < sizeof comparator_rows / sizeof comparator_rows[0]; i++) {
        const struct comparator_row *row = &comparator_rows[i];
        if (row->comparator != t->comparator)
            continue;
        count = step_add(t, row->comparator, row->more, out, count);
        count = step_add(t, row->beyond, row->more, out, count);
        count = step_add(t, row->not_beyond, !row->more, out, count);
        count = step_add(t, row->against, !row->more, out, count);
    }
    return count;
}
