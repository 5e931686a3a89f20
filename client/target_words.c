#include "client/target_words.h"

static const char *measure_words(enum lang lang, int number)
{
    const struct measure *m = measure_by_number(number);
    return m != NULL ? text_in(lang, m->label) : "?";
}

static const char *code_words_of(enum lang lang, const struct code *codes, int64_t value)
{
    const struct code *code = code_by_value(codes, value);
    return code != NULL ? text_in(lang, code->label) : "?";
}

/* A share in millionths or a count. */
static const char *amount(struct arena *a, enum lang lang, bool share, int64_t n)
{
    char text[64];
    if (share)
        ratio_format(n, 1000000, 2, lang, text, sizeof text);
    else
        count_format(n, lang, text, sizeof text);
    return arena_print(a, share ? "%s %%" : "%s", text);
}

static const char *groups_words(enum lang lang, const Hv__TargetLine *line)
{
    return measure_words(lang, line->has_groups ? (int)line->groups : HV__MEASURE__GROUPS);
}

/* What is compared: the measure, of what it is a share, and in which time. */
static const char *figure_words(struct arena *a, enum lang lang, const Hv__TargetLine *line)
{
    bool en = lang == LANG_EN;
    const char *text = arena_print(a, "%s", measure_words(lang, (int)line->measure));
    if (text != NULL && line->has_denominator_measure)
        text = arena_print(a, en ? "%s / %s" : "%s / %s", text,
                           measure_words(lang, (int)line->denominator_measure));
    if (text != NULL && line->has_period)
        text = arena_print(a, "%s (%s)", text, code_words_of(lang, period_codes, (int64_t)line->period));
    return text;
}

/* Where it is to be reached, behind the threshold. */
static const char *where_words(struct arena *a, enum lang lang, const Hv__TargetLine *line)
{
    bool en = lang == LANG_EN;
    const char *comparator = code_words_of(lang, comparator_codes, (int64_t)line->units_comparator);
    switch (line->form) {
    case HV__FORM__INCREASE:
        return en ? " more than the baseline" : " tăng thêm so với số gốc";
    case HV__FORM__EACH_GROUP:
        return arena_print(a, en ? ", in each: %s" : ", ở mỗi đơn vị: %s", groups_words(lang, line));
    case HV__FORM__UNITS_NUMBER:
        return arena_print(a, en ? ", in %s %s communes" : ", ở %s %s xã", comparator,
                           amount(a, lang, false, line->units_threshold));
    case HV__FORM__UNITS_SHARE:
        return arena_print(a, en ? ", in %s %s of the communes" : ", ở %s %s số xã", comparator,
                           amount(a, lang, true, line->units_threshold));
    default:
        return "";
    }
}

const char *target_wish(struct arena *a, enum lang lang, const Hv__TargetLine *line)
{
    const char *figure = figure_words(a, lang, line), *where = where_words(a, lang, line);
    const char *threshold = amount(a, lang, target_line_is_ratio(line), line->threshold);
    if (figure == NULL || where == NULL || threshold == NULL)
        return NULL;
    return arena_print(a, "%s %s %s%s", figure,
                       code_words_of(lang, comparator_codes, (int64_t)line->comparator), threshold, where);
}

const char *target_denominator(enum lang lang, const Hv__TargetLine *line)
{
    if (line->has_denominator_measure)
        return measure_words(lang, (int)line->denominator_measure);
    return line->has_denominator_type ? code_words_of(lang, population_codes, (int64_t)line->denominator_type)
                                      : "";
}

const char *target_units(struct arena *a, enum lang lang, const Hv__TargetLine *line)
{
    bool en = lang == LANG_EN;
    const char *of = line->form == HV__FORM__EACH_GROUP ? groups_words(lang, line) : en ? "Communes" : "Xã";
    if (!line->has_units)
        return "";
    const char *met = amount(a, lang, false, line->units_met), *all = amount(a, lang, false, line->units),
               *open = amount(a, lang, false, line->units_open);
    if (met == NULL || all == NULL || open == NULL)
        return NULL;
    if (line->units_open == 0)
        return arena_print(a, en ? "%s that reach it: %s of %s" : "%s đạt mức: %s trên %s", of, met, all);
    return arena_print(a,
                       en ? "%s that reach it: %s of %s; not enough data: %s"
                          : "%s đạt mức: %s trên %s; chưa đủ số liệu: %s",
                       of, met, all, open);
}
