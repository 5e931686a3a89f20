#include "common/target.h"
#include <stdio.h>
#include <string.h>

const struct code form_codes[] = {
    {HV__FORM__RATIO, "ratio", {"Tỷ lệ", "Ratio"}},
    {HV__FORM__NUMBER, "number", {"Số lượng", "Number"}},
    {HV__FORM__INCREASE, "increase", {"Tăng thêm", "Increase"}},
    {HV__FORM__NONE_BELOW, "none-below", {"Không có cơ sở dưới mức", "No unit below"}},
    {HV__FORM__EACH_GROUP, "each-group", {"Mỗi tổ chức trong xã đều đạt mức", "Each group reaches it"}},
    {HV__FORM__UNITS_NUMBER, "units-number", {"Số cơ sở đạt mức", "Number of units that reach it"}},
    {HV__FORM__UNITS_SHARE, "units-share", {"Tỷ lệ cơ sở đạt mức", "Share of units that reach it"}},
    {0, NULL, {NULL, NULL}},
};

const struct code comparator_codes[] = {
    {HV__COMPARATOR__AT_LEAST, "at-least", {"từ", "at least"}},
    {HV__COMPARATOR__ABOVE, "above", {"trên", "above"}},
    {HV__COMPARATOR__AT_MOST, "at-most", {"không quá", "at most"}},
    {HV__COMPARATOR__BELOW, "below", {"dưới", "below"}},
    {HV__COMPARATOR__EQUAL, "equal", {"đúng bằng", "exactly"}},
    {0, NULL, {NULL, NULL}},
};

const struct code period_codes[] = {
    {HV__PERIOD__TERM, "term", {"Cả nhiệm kỳ", "The term"}},
    {HV__PERIOD__YEAR, "year", {"Mỗi năm", "Each year"}},
    {HV__PERIOD__QUARTER, "quarter", {"Mỗi quý", "Each quarter"}},
    {0, NULL, {NULL, NULL}},
};

const struct code population_codes[] = {
    {HV__POPULATION_TYPE__WOMEN_18_PLUS,
     "women-18-plus",
     {"Phụ nữ từ 18 tuổi trở lên", "Women 18 and older"}},
    {HV__POPULATION_TYPE__WOMEN_18_ELIGIBLE,
     "women-18-eligible",
     {"Phụ nữ từ 18 tuổi trở lên đủ điều kiện vào Hội", "Eligible women 18 and older"}},
    {HV__POPULATION_TYPE__WOMEN_18_PRESENT,
     "women-18-present",
     {"Phụ nữ từ 18 tuổi trở lên có mặt tại địa bàn", "Women 18 and older present"}},
    {HV__POPULATION_TYPE__HOUSEHOLDS_WITH_WOMAN_18_PLUS,
     "households-with-woman-18-plus",
     {"Hộ có phụ nữ từ 18 tuổi trở lên", "Households with a woman 18 or older"}},
    {0, NULL, {NULL, NULL}},
};

const struct code verdict_codes[] = {
    {HV__VERDICT_WORD__NO_VERDICT, "no-verdict", {"Chưa đủ số liệu", "Not enough data"}},
    {HV__VERDICT_WORD__NOT_MET, "not-met", {"Chưa đạt", "Not met"}},
    {HV__VERDICT_WORD__MET, "met", {"Đạt", "Met"}},
    {HV__VERDICT_WORD__EXCEEDED, "exceeded", {"Vượt", "Exceeded"}},
    {0, NULL, {NULL, NULL}},
};

/* How far a figure has come: `over` is how far it lies beyond the threshold in the direction that the
 * comparator wants (negative: short of it), in steps of which `step` make one member. */
struct margin {
    __int128 over;
    int64_t step;
    bool strict; /* reached exactly is not enough */
};

enum direction { MORE, FEWER, SAME };

static bool comparator_read(Hv__Comparator c, enum direction *direction, bool *strict)
{
    static const struct {
        Hv__Comparator comparator;
        enum direction direction;
        bool strict;
    } rows[] = {
        {HV__COMPARATOR__AT_LEAST, MORE, false}, {HV__COMPARATOR__ABOVE, MORE, true},
        {HV__COMPARATOR__AT_MOST, FEWER, false}, {HV__COMPARATOR__BELOW, FEWER, true},
        {HV__COMPARATOR__EQUAL, SAME, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].comparator == c) {
            *direction = rows[i].direction;
            *strict = rows[i].strict;
            return true;
        }
    return false;
}

static __int128 towards(__int128 over, enum direction direction)
{
    bool turn = direction == FEWER || (direction == SAME && over > 0);
    return turn ? -over : over;
}

bool target_is_ratio(const struct target_figure *t)
{
    switch (t->form) {
    case HV__FORM__RATIO:
    case HV__FORM__NONE_BELOW:
        return true;
    case HV__FORM__NUMBER:
    case HV__FORM__INCREASE:
        return false;
    default:
        return t->ratio;
    }
}

/* False: no verdict. */
static bool margin_of(const struct target_figure *t, struct margin *out)
{
    enum direction direction;
    if (code_by_value(form_codes, (int64_t)t->form) == NULL ||
        !comparator_read(t->comparator, &direction, &out->strict))
        return false;
    out->step = 1;
    if (target_is_ratio(t)) {
        if (!t->has_denominator || t->denominator <= 0)
            return false;
        out->step = 1000000;
        out->over = (__int128)t->numerator * out->step - (__int128)t->threshold * t->denominator;
    } else if (t->form == HV__FORM__INCREASE) {
        if (!t->has_baseline)
            return false;
        out->over = (__int128)t->numerator - t->baseline - t->threshold;
    } else {
        out->over = (__int128)t->numerator - t->threshold;
    }
    out->over = towards(out->over, direction);
    return true;
}

/* The units that have met as a figure of their own, if of those that are not known `more` meet. */
static struct target_figure units_figure(const struct target_figure *t, int64_t more)
{
    return (struct target_figure){
        .form = t->form == HV__FORM__UNITS_SHARE ? HV__FORM__RATIO : HV__FORM__NUMBER,
        .comparator = t->units_comparator,
        .threshold = t->units_threshold,
        .numerator = t->units_met + more,
        .has_denominator = true,
        .denominator = t->units,
    };
}

static bool are_all_wanted(const struct target_figure *t)
{
    return t->form == HV__FORM__NONE_BELOW || t->form == HV__FORM__EACH_GROUP;
}

static Hv__VerdictWord units_verdict(const struct target_figure *t)
{
    if (are_all_wanted(t)) {
        bool open = t->units_open > 0 || t->units <= 0;
        return t->units_met + t->units_open < t->units ? HV__VERDICT_WORD__NOT_MET
               : open                                  ? HV__VERDICT_WORD__NO_VERDICT
                                                       : HV__VERDICT_WORD__MET;
    }
    struct target_figure least = units_figure(t, 0), most = units_figure(t, t->units_open);
    Hv__VerdictWord word = target_verdict(&least);
    return word == target_verdict(&most) ? word : HV__VERDICT_WORD__NO_VERDICT;
}

Hv__VerdictWord target_verdict(const struct target_figure *t)
{
    struct margin m;
    if (t->has_units)
        return units_verdict(t);
    if (!margin_of(t, &m))
        return HV__VERDICT_WORD__NO_VERDICT;
    if (m.over < 0 || (m.over == 0 && m.strict))
        return HV__VERDICT_WORD__NOT_MET;
    bool can_exceed = !m.strict && t->form >= HV__FORM__RATIO && t->form <= HV__FORM__INCREASE;
    return m.over > 0 && can_exceed ? HV__VERDICT_WORD__EXCEEDED : HV__VERDICT_WORD__MET;
}

int64_t target_missing(const struct target_figure *t)
{
    struct margin m;
    if (t->has_units) {
        struct target_figure units = units_figure(t, 0);
        if (units_verdict(t) == HV__VERDICT_WORD__NO_VERDICT)
            return -1;
        return are_all_wanted(t) ? t->units - t->units_met : target_missing(&units);
    }
    if (!margin_of(t, &m))
        return -1;
    __int128 lacking = -m.over;
    if (lacking < 0 || (lacking == 0 && !m.strict))
        return 0;
    __int128 members = m.strict ? lacking / m.step + 1 : (lacking + m.step - 1) / m.step;
    return members > INT64_MAX ? INT64_MAX : (int64_t)members;
}

Hv__VerdictWord target_standing(Hv__TargetLine *const *lines, size_t count)
{
    bool decided = false, open = false;
    for (size_t i = 0; i < count; i++) {
        if (!lines[i]->has_decides || !lines[i]->decides)
            continue;
        decided = true;
        if (lines[i]->has_verdict && lines[i]->verdict == HV__VERDICT_WORD__NOT_MET)
            return HV__VERDICT_WORD__NOT_MET;
        if (!lines[i]->has_verdict || lines[i]->verdict == HV__VERDICT_WORD__NO_VERDICT)
            open = true;
    }
    return decided && !open ? HV__VERDICT_WORD__MET : HV__VERDICT_WORD__NO_VERDICT;
}

struct target_figure target_figure_of(const Hv__TargetLine *line)
{
    return (struct target_figure){
        .form = line->has_form ? line->form : 0,
        .comparator = line->has_comparator ? line->comparator : 0,
        .threshold = line->threshold,
        .numerator = line->numerator,
        .has_denominator = line->has_denominator,
        .denominator = line->denominator,
        .has_baseline = line->has_baseline,
        .baseline = line->baseline,
        .ratio = line->has_denominator_type || line->has_denominator_measure,
        .has_units = line->has_units,
        .units = line->units,
        .units_met = line->units_met,
        .units_open = line->units_open,
        .units_comparator = line->has_units_comparator ? line->units_comparator : 0,
        .units_threshold = line->units_threshold,
    };
}

bool target_line_is_ratio(const Hv__TargetLine *line)
{
    struct target_figure t = target_figure_of(line);
    return target_is_ratio(&t);
}

int32_t target_period_from(const Hv__TargetLine *line, int32_t day)
{
    int32_t year = day / 10000 * 10000, month = day / 100 % 100;
    switch (line->has_period ? line->period : HV__PERIOD__TERM) {
    case HV__PERIOD__YEAR:
        return year + 101;
    case HV__PERIOD__QUARTER:
        return year + (month - (month - 1) % 3) * 100 + 1;
    default:
        return line->term_from;
    }
}

void target_decide(Hv__TargetLine *line)
{
    struct target_figure t = target_figure_of(line);
    int64_t missing = target_missing(&t);
    line->has_verdict = 1;
    line->verdict = target_verdict(&t);
    line->has_missing = missing >= 0;
    line->missing = missing >= 0 ? missing : 0;
}

#define DIGITS_ROOM 64 /* a 128-bit number has 39 digits, and 12 separators between them */

/* Digits of `n`, with `separator` between thousands unless it is 0. */
static void digits_write(unsigned __int128 n, char separator, char out[DIGITS_ROOM])
{
    char reversed[DIGITS_ROOM];
    size_t length = 0;
    for (int place = 0; place == 0 || n > 0; place++, n /= 10) {
        if (separator != 0 && place > 0 && place % 3 == 0)
            reversed[length++] = separator;
        reversed[length++] = (char)('0' + (int)(n % 10));
    }
    for (size_t i = 0; i < length; i++)
        out[i] = reversed[length - 1 - i];
    out[length] = '\0';
}

static unsigned __int128 magnitude(int64_t n)
{
    return n < 0 ? (unsigned __int128)(-(__int128)n) : (unsigned __int128)n;
}

void ratio_format(int64_t num, int64_t den, int decimals, enum lang lang, char *out, size_t size)
{
    static const unsigned scales[] = {1, 10, 100, 1000, 10000};
    if (den == 0 || decimals < 0 || decimals > 4) {
        snprintf(out, size, "%s", "");
        return;
    }
    unsigned scale = scales[decimals];
    unsigned __int128 d = magnitude(den);
    unsigned __int128 rounded = (2 * magnitude(num) * 100 * scale + d) / (2 * d);
    const char *sign = (num < 0) != (den < 0) && rounded != 0 ? "-" : "";
    char whole[DIGITS_ROOM];
    digits_write(rounded / scale, 0, whole);
    if (decimals == 0)
        snprintf(out, size, "%s%s", sign, whole);
    else
        snprintf(out, size, "%s%s%c%0*u", sign, whole, lang == LANG_EN ? '.' : ',', decimals,
                 (unsigned)(rounded % scale));
}

void product_format(int64_t a, int64_t b, enum lang lang, char *out, size_t size)
{
    char whole[DIGITS_ROOM];
    unsigned __int128 product = magnitude(a) * magnitude(b);
    digits_write(product, lang == LANG_EN ? ',' : '.', whole);
    snprintf(out, size, "%s%s", (a < 0) != (b < 0) && product != 0 ? "-" : "", whole);
}

void count_format(int64_t n, enum lang lang, char *out, size_t size)
{
    product_format(n, 1, lang, out, size);
}
