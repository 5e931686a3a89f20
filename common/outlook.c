#include "common/outlook.h"
#include "common/date.h"

const struct code outlook_codes[] = {
    {OUTLOOK_UNKNOWN, "unknown", {"Chưa rõ mức cần đạt", "No figure to reach is known"}},
    {OUTLOOK_FEW, "too-few", {"Chưa đủ số liệu cuối tháng", "Too few month-ends"}},
    {OUTLOOK_MET, "met", {"Đã đạt", "Met already"}},
    {OUTLOOK_NEVER, "never", {"Không đạt theo đà này", "Not met on this line"}},
    {OUTLOOK_IN_TIME, "in-time", {"Đạt trước hạn", "Met in time"}},
    {OUTLOOK_LATE, "late", {"Đạt sau hạn", "Met too late"}},
    {0, NULL, {NULL, NULL}},
};

int64_t outlook_figure(const Hv__TargetLine *line)
{
    return line->has_units ? line->units_met : line->numerator;
}

bool outlook_goal(const Hv__TargetLine *line, int64_t *goal, bool *falls)
{
    bool each = line->form == HV__FORM__EACH_GROUP || line->form == HV__FORM__NONE_BELOW;
    int comparator = line->has_units && !each ? (int)line->units_comparator : (int)line->comparator;
    *falls = !(line->has_units && each) &&
             (comparator == HV__COMPARATOR__AT_MOST || comparator == HV__COMPARATOR__BELOW);
    if (line->has_units && each) {
        *goal = line->units;
        return line->units > 0;
    }
    int64_t missing = line->has_missing ? line->missing : 0;
    if (line->verdict == HV__VERDICT_WORD__NO_VERDICT || !line->has_verdict)
        return false;
    if (comparator == HV__COMPARATOR__EQUAL && !line->has_units && !target_line_is_ratio(line))
        *falls = line->numerator - line->baseline > line->threshold;
    *goal = outlook_figure(line) + (*falls ? -missing : missing);
    return true;
}

static bool begins_anew(const Hv__TargetLine *line)
{
    const struct measure *m = measure_by_number((int)line->measure);
    return m != NULL && m->flow;
}

int32_t outlook_from(const Hv__TargetLine *line, int32_t today)
{
    return begins_anew(line) ? target_period_from(line, today) : 0;
}

int32_t outlook_deadline(const Hv__TargetLine *line, int32_t today)
{
    int period = begins_anew(line) && line->has_period ? (int)line->period : (int)HV__PERIOD__TERM;
    int months = period == HV__PERIOD__YEAR ? 12 : period == HV__PERIOD__QUARTER ? 3 : 0;
    int32_t end = months == 0 ? line->deadline
                              : date_add_days(date_add_months(target_period_from(line, today), months), -1);
    return line->deadline != 0 && line->deadline < end ? line->deadline : end;
}

/* Of the month-ends that are still to come, those up to the deadline. */
static int32_t months_left(int32_t last, int32_t deadline)
{
    int32_t month = forecast_month(deadline);
    if (forecast_month_end(month) > deadline)
        month--;
    return month > last ? month - last : 0;
}

static enum outlook_word word_of(const struct outlook *o, const struct forecast_line *line, int32_t last,
                                 int32_t *reached)
{
    if (o->falls ? o->now <= o->goal : o->now >= o->goal)
        return OUTLOOK_MET;
    if (!o->has_line)
        return OUTLOOK_FEW;
    int32_t month = forecast_reaches(line, o->goal, o->falls, last + 1);
    if (month == FORECAST_NEVER)
        return OUTLOOK_NEVER;
    *reached = forecast_month_end(month);
    return o->deadline == 0 || *reached <= o->deadline ? OUTLOOK_IN_TIME : OUTLOOK_LATE;
}

struct outlook outlook_of(const struct forecast_point *points, size_t count, int64_t now, int64_t goal,
                          bool falls, int32_t today, int32_t deadline)
{
    struct outlook o = {.now = now, .goal = goal, .falls = falls, .points = count, .deadline = deadline};
    struct forecast_line line;
    int32_t last = forecast_month(today) - 1;
    o.has_line = forecast_line(points, count, &line);
    o.gain = o.has_line ? forecast_gain(&line) : 0;
    o.word = word_of(&o, &line, last, &o.reached);
    o.months = deadline != 0 ? months_left(last, deadline) : 0;
    o.needed = forecast_needed(now, goal, falls, o.months > 0 ? o.months : 1);
    return o;
}
