/* What is doubtful in a record and yet stands (DOMAIN 9). */
#include "common/change.h"
#include "common/check.h"
#include "common/date.h"
#include "proto/record.pb-c.h"
#include <stdio.h>
#include <string.h>

struct sentence {
    enum lang lang;
    char *out;
    size_t size;
};

/* What a 12-digit citizen number says of its bearer: the fourth digit is century and sex, two digits of the
 * year of birth follow. Centuries from the 2100s on are nobody's yet. */
static bool citizen_read(struct bytes number, int *sex, int *year)
{
    if (number.n != 12)
        return false;
    int century = number.p[3] - '0';
    if (century < 0 || century > 3)
        return false;
    *sex = century % 2 == 0 ? HV__SEX__MALE : HV__SEX__FEMALE;
    *year = 1900 + century / 2 * 100 + (number.p[4] - '0') * 10 + (number.p[5] - '0');
    return true;
}

/* Only honorary members are men, so a sex that is not given is known all the same. */
static int64_t sex_of(const struct record *r)
{
    int64_t sex = record_number(r, "sex");
    if (sex == 0 && record_number(r, "category") != HV__CATEGORY__HONORARY)
        return HV__SEX__FEMALE;
    return sex;
}

static bool warn_citizen(const struct record *r, const struct sentence *s)
{
    int sex, year;
    if (!citizen_read(record_text(r, kind_field(r->kind, "citizen_no")), &sex, &year))
        return false;
    int64_t own_sex = sex_of(r);
    if (own_sex != 0 && own_sex != sex) {
        static const struct text_pair man = {"Số CCCD là của nam giới; hãy xem lại số CCCD và giới tính.",
                                             "The citizen number is a man's; check the number and the sex."};
        static const struct text_pair woman = {
            "Số CCCD là của nữ giới; hãy xem lại số CCCD và giới tính.",
            "The citizen number is a woman's; check the number and the sex."};
        snprintf(s->out, s->size, "%s", text_in(s->lang, sex == HV__SEX__MALE ? man : woman));
        return true;
    }
    int own_year = (int)(record_number(r, "birth") / 10000);
    if (own_year == 0 || own_year == year)
        return false;
    if (s->lang == LANG_EN)
        snprintf(s->out, s->size, "By the citizen number she was born in %d, by the list in %d; check both.",
                 year, own_year);
    else
        snprintf(s->out, s->size,
                 "Theo số CCCD thì sinh năm %d, còn danh sách ghi năm %d; hãy xem lại cả hai.", year,
                 own_year);
    return true;
}

/* Who takes part without being a member may be anybody. */
static bool warn_man(const struct record *r, const struct sentence *s)
{
    static const struct text_pair man = {
        "Chỉ hội viên danh dự mới có thể là nam; hãy xem lại giới tính và thành phần.",
        "Only honorary members may be men; check the sex and the category."};
    int64_t category = record_number(r, "category");
    if (record_number(r, "sex") != HV__SEX__MALE || category == HV__CATEGORY__HONORARY ||
        category == HV__CATEGORY__NOT_YET)
        return false;
    snprintf(s->out, s->size, "%s", text_in(s->lang, man));
    return true;
}

/* What lies ahead by nature. */
static bool may_lie_ahead(const char *field)
{
    static const char *const names[] = {"due", "deadline", "starts", "ends"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], field) == 0)
            return true;
    return false;
}

static bool warn_future(const struct record *r, int32_t today, const struct sentence *s)
{
    for (size_t i = 0; i < r->kind->field_count; i++) {
        if (field_type(r->kind, i) != FIELD_DATE || !record_has(r, (int)i) ||
            may_lie_ahead(r->kind->fields[i].name))
            continue;
        if (date_first_day((int32_t)r->values[i].i) <= today)
            continue;
        const char *label = text_in(s->lang, r->kind->fields[i].label);
        if (s->lang == LANG_EN)
            snprintf(s->out, s->size, "The field \"%s\" has a date in the future; check it.", label);
        else
            snprintf(s->out, s->size, "Mục \"%s\" ghi một ngày chưa đến; hãy xem lại.", label);
        return true;
    }
    return false;
}

static bool warn_young(const struct record *r, int32_t today, const struct sentence *s)
{
    int32_t birth = (int32_t)record_number(r, "birth");
    if (birth == 0 || date_add_months(date_first_day(birth), ADULT_MONTHS) <= today)
        return false;
    static const struct text_pair young = {"Chưa đủ 18 tuổi; hãy xem lại ngày sinh.",
                                           "Not yet 18 years old; check the date of birth."};
    snprintf(s->out, s->size, "%s", text_in(s->lang, young));
    return true;
}

/* Whoever reads it can't do it in time any more. */
static bool warn_due(const struct record *r, int32_t today, const struct sentence *s)
{
    int32_t due = (int32_t)record_number(r, "due");
    static const struct text_pair past = {
        "Hạn của thông báo đã qua; hãy xem lại hạn.",
        "The notice is due on a day that has passed; check when it is due."};
    if (due == 0 || due >= today || record_number(r, "voided") != 0)
        return false;
    snprintf(s->out, s->size, "%s", text_in(s->lang, past));
    return true;
}

bool check_warning(const struct record *r, int32_t today, enum lang lang, char *out, size_t size)
{
    struct sentence s = {lang, out, size};
    bool member = r->kind == &kind_member;
    return (member && (warn_citizen(r, &s) || warn_man(r, &s))) || warn_future(r, today, &s) ||
           (member && warn_young(r, today, &s)) || (r->kind == &kind_notice && warn_due(r, today, &s));
}

bool check_activity_warning(const struct record *activity, const struct record *group, enum lang lang,
                            char *out, size_t size)
{
    static const struct text_pair early = {
        "Buổi sinh hoạt ở trước ngày thành lập nhóm; hãy xem lại cả hai ngày.",
        "The activity lies before its group's founding; check both dates."};
    static const struct text_pair late = {"Buổi sinh hoạt ở sau ngày giải thể nhóm; hãy xem lại cả hai ngày.",
                                          "The activity lies after its group's end; check both dates."};
    int32_t day = (int32_t)record_number(activity, "date"),
            founded = (int32_t)record_number(group, "founded"),
            closed = (int32_t)record_number(group, "closed");
    bool is_early = founded != 0 && date_last_day(day) < date_first_day(founded),
         is_late = closed != 0 && date_first_day(day) > date_last_day(closed);
    if (is_early || is_late)
        snprintf(out, size, "%s", text_in(lang, is_early ? early : late));
    return is_early || is_late;
}

bool check_closed_warning(const struct record *r, const struct record *group, enum lang lang, char *out,
                          size_t size)
{
    static const struct text_pair beyond = {
        "Nhóm này đã giải thể; hãy ghi ngày kết thúc hoặc chọn nhóm khác.",
        "The group is closed; note when this ended or choose another group."};
    int32_t closed = (int32_t)record_number(group, "closed"), until = (int32_t)record_number(r, "until");
    bool goes_on = closed != 0 && (until == 0 || date_first_day(until) > date_last_day(closed));
    if (goes_on)
        snprintf(out, size, "%s", text_in(lang, beyond));
    return goes_on;
}

bool check_replication_warning(const struct record *replication, const struct record *model, enum lang lang,
                               char *out, size_t size)
{
    static const struct text_pair early = {
        "Ngày nhân rộng ở trước ngày mô hình bắt đầu; hãy xem lại cả hai ngày.",
        "The replication lies before the start of its model; check both dates."};
    int32_t day = (int32_t)record_number(replication, "date"),
            started = (int32_t)record_number(model, "started");
    bool is_early = day != 0 && started != 0 && date_last_day(day) < date_first_day(started);
    if (is_early)
        snprintf(out, size, "%s", text_in(lang, early));
    return is_early;
}
