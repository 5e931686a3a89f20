#include "common/result.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct result_row result_row_of(const Hv__TargetLine *line)
{
    return (struct result_row){.line = line, .same_each = true, .each = line->threshold};
}

static const char *pick(enum lang lang, const char *vi, const char *en)
{
    return text_in(lang, (struct text_pair){vi, en});
}

/* Appends; what does not fit is cut off. */
__attribute__((format(printf, 2, 3))) static void say(char out[RESULT_TEXT], const char *format, ...)
{
    size_t n = strlen(out);
    va_list args;
    va_start(args, format);
    vsnprintf(out + n, RESULT_TEXT - n, format, args);
    va_end(args);
}

static void say_count(char out[RESULT_TEXT], int64_t n, enum lang lang)
{
    char text[64];
    count_format(n, lang, text, sizeof text);
    say(out, "%s", text);
}

static void say_ratio(char out[RESULT_TEXT], int64_t num, int64_t den, enum lang lang)
{
    char text[64];
    ratio_format(num, den, 2, lang, text, sizeof text);
    say(out, "%s %%", text);
}

/* "hoạt động": the measure's label inside a sentence. */
static void say_measure(char out[RESULT_TEXT], const Hv__TargetLine *line, enum lang lang)
{
    const struct measure *m = measure_by_number((int)line->measure);
    const char *label = m != NULL ? text_in(lang, m->label) : "?";
    if (label[0] >= 'A' && label[0] <= 'Z')
        say(out, "%c%s", label[0] - 'A' + 'a', label + 1);
    else
        say(out, "%s", label);
}

static void say_comparator(char out[RESULT_TEXT], int comparator, enum lang lang)
{
    const struct code *code = code_by_value(comparator_codes, comparator);
    say(out, "%s ", code != NULL ? text_in(lang, code->label) : "?");
}

/* "2 hoạt động x 10.603 đơn vị = 21.206" */
static void say_expanded(char out[RESULT_TEXT], const struct result_row *r, enum lang lang)
{
    char product[80];
    int64_t units = r->line->form == HV__FORM__INCREASE ? r->counted : r->units;
    product_format(r->each, units, lang, product, sizeof product);
    say_count(out, r->each, lang);
    say(out, " ");
    say_measure(out, r->line, lang);
    say(out, " x ");
    say_count(out, units, lang);
    say(out, "%s = %s", pick(lang, " đơn vị", units == 1 ? " unit" : " units"), product);
}

/* Of whom each must reach the figure, and how many of them. */
static void say_whom(char out[RESULT_TEXT], const struct result_row *r, enum lang lang)
{
    const Hv__TargetLine *line = r->line;
    if (line->form == HV__FORM__UNITS_NUMBER || line->form == HV__FORM__UNITS_SHARE) {
        say_comparator(out, (int)line->units_comparator, lang);
        if (line->form == HV__FORM__UNITS_SHARE)
            say_ratio(out, line->units_threshold, 1000000, lang);
        else
            say_count(out, line->units_threshold, lang);
        say(out, "%s", pick(lang, " đơn vị, mỗi đơn vị ", " units, each "));
    } else if (line->form == HV__FORM__EACH_GROUP) {
        say(out, "%s", pick(lang, "mỗi tổ chức ", "each group "));
    } else if (line->form == HV__FORM__NONE_BELOW && r->summed) {
        say(out, "%s", pick(lang, "mỗi đơn vị ", "each unit "));
    } else if (line->form == HV__FORM__INCREASE) {
        say(out, "%s", pick(lang, "tăng ", "more by "));
    }
}

void result_target(const struct result_row *r, enum lang lang, char out[RESULT_TEXT])
{
    const Hv__TargetLine *line = r->line;
    out[0] = '\0';
    bool multiplied = line->form == HV__FORM__NUMBER || line->form == HV__FORM__INCREASE;
    say_whom(out, r, lang);
    say_comparator(out, (int)line->comparator, lang);
    if (target_line_is_ratio(line))
        say_ratio(out, line->threshold, 1000000, lang);
    else if (r->summed && r->same_each && multiplied)
        say_expanded(out, r, lang);
    else
        say_count(out, line->threshold, lang);
}

static void say_below(char out[RESULT_TEXT], const struct result_row *r, enum lang lang)
{
    char below[64], units[64], open[64];
    count_format(r->not_met, lang, below, sizeof below);
    count_format(r->units, lang, units, sizeof units);
    count_format(r->open, lang, open, sizeof open);
    say(out, pick(lang, "; %s/%s đơn vị chưa đạt", "; %s/%s units below"), below, units);
    if (r->open > 0)
        say(out, pick(lang, ", %s chưa đủ số liệu", ", %s without figures"), open);
}

/* An increase is that of the units with a baseline. */
static void say_without(char out[RESULT_TEXT], const struct result_row *r, enum lang lang)
{
    say(out, "; ");
    say_count(out, r->units - r->counted, lang);
    say(out, "/");
    say_count(out, r->units, lang);
    say(out, "%s",
        pick(lang, " đơn vị chưa có số gốc, không tính", " units without a baseline, not counted"));
}

/* Groups or communes that have reached it. */
static void say_reaching(char out[RESULT_TEXT], const Hv__TargetLine *line, enum lang lang)
{
    bool groups = line->form == HV__FORM__EACH_GROUP;
    say(out, "; ");
    say_count(out, line->units_met, lang);
    say(out, "/");
    say_count(out, line->units, lang);
    say(out, "%s",
        groups ? pick(lang, " tổ chức đạt", " groups reach it")
               : pick(lang, " đơn vị đạt", " units reach it"));
}

void result_figure(const struct result_row *r, enum lang lang, char out[RESULT_TEXT])
{
    const Hv__TargetLine *line = r->line;
    char now[64], base[64];
    out[0] = '\0';
    count_format(line->numerator, lang, now, sizeof now);
    count_format(line->baseline, lang, base, sizeof base);
    if (line->form == HV__FORM__INCREASE && line->has_baseline) {
        say_count(out, line->numerator - line->baseline, lang);
        say(out, pick(lang, " (số gốc %s, nay %s)", " (baseline %s, now %s)"), base, now);
    } else if (line->form == HV__FORM__INCREASE) {
        say(out, pick(lang, "nay %s (chưa có số gốc)", "now %s (no baseline)"), now);
    } else if (line->has_denominator && line->denominator > 0) {
        say(out, "%s/", now);
        say_count(out, line->denominator, lang);
        say(out, " = ");
        say_ratio(out, line->numerator, line->denominator, lang);
    } else if (target_line_is_ratio(line)) {
        say(out, pick(lang, "%s (chưa có mẫu số)", "%s (no denominator)"), now);
    } else {
        say(out, "%s", now);
    }
    if (r->summed && line->form == HV__FORM__NONE_BELOW)
        say_below(out, r, lang);
    else if (r->summed && line->form == HV__FORM__INCREASE && r->counted < r->units)
        say_without(out, r, lang);
    else if (line->has_units && line->form != HV__FORM__NONE_BELOW)
        say_reaching(out, line, lang);
}

static const char *plus(__int128 n)
{
    return n > 0 ? "+" : "";
}

void result_change(const Hv__TargetLine *now, const Hv__TargetLine *earlier, enum lang lang,
                   char out[RESULT_TEXT])
{
    int64_t more = now->numerator - earlier->numerator;
    __int128 over = (__int128)now->numerator * earlier->denominator -
                    (__int128)earlier->numerator * now->denominator,
             under = (__int128)now->denominator * earlier->denominator;
    out[0] = '\0';
    say(out, "%s", plus(more));
    say_count(out, more, lang);
    if (!now->has_denominator || !earlier->has_denominator || under <= 0 || under > INT64_MAX ||
        over > INT64_MAX || over < INT64_MIN)
        return;
    char points[64];
    ratio_format((int64_t)over, (int64_t)under, 2, lang, points, sizeof points);
    say(out, pick(lang, " (%s%s điểm %%)", " (%s%s points)"), plus(over), points);
}
