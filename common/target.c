#include "common/target.h"
#include "proto/record.pb-c.h"
#include <stdio.h>
#include <string.h>

#define BIT(category)  (UINT32_C(1) << (category))
#define COUNTED_MEMBER (BIT(HV__CATEGORY__ORDINARY) | BIT(HV__CATEGORY__ORGANISATION))

const struct measure measures[] = {
    {.measure = HV__MEASURE__MEMBERS,
     .token = "members",
     .label = {"Hội viên cư trú tại địa bàn", "Members resident here"},
     .categories = COUNTED_MEMBER},
    {.measure = HV__MEASURE__MEMBERS_PRESENT,
     .token = "members-present",
     .label = {"Hội viên có mặt tại địa bàn", "Members present here"},
     .categories = COUNTED_MEMBER,
     .present_only = true},
    {.measure = HV__MEASURE__MEMBERS_HONORARY,
     .token = "members-honorary",
     .label = {"Hội viên danh dự", "Honorary members"},
     .categories = BIT(HV__CATEGORY__HONORARY)},
    {.measure = HV__MEASURE__MEMBERS_ORGANISATION,
     .token = "members-organisation",
     .label = {"Hội viên của tổ chức thành viên", "Members of member organisations"},
     .categories = BIT(HV__CATEGORY__ORGANISATION)},
    {.measure = HV__MEASURE__HOUSEHOLDS,
     .token = "households",
     .label = {"Hộ có hội viên", "Households with a member"},
     .categories = COUNTED_MEMBER,
     .distinct = "household_id"},
};
const size_t measure_count = sizeof measures / sizeof measures[0];

const struct code form_codes[] = {
    {HV__FORM__RATIO, "ratio", {"Tỷ lệ", "Ratio"}},
    {HV__FORM__NUMBER, "number", {"Số lượng", "Number"}},
    {HV__FORM__INCREASE, "increase", {"Tăng thêm", "Increase"}},
    {HV__FORM__NONE_BELOW, "none-below", {"Không có cơ sở dưới mức", "No unit below"}},
    {0, NULL, {NULL, NULL}},
};

const struct code comparator_codes[] = {
    {HV__COMPARATOR__AT_LEAST, "at-least", {"từ", "at least"}},
    {HV__COMPARATOR__ABOVE, "above", {"trên", "above"}},
    {HV__COMPARATOR__AT_MOST, "at-most", {"không quá", "at most"}},
    {HV__COMPARATOR__BELOW, "below", {"dưới", "below"}},
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

bool measure_counts(const struct measure *m, int category, bool away)
{
    bool counted = category >= 0 && category < 32 && (m->categories >> category & 1) != 0;
    return counted && !(m->present_only && away);
}

/* How far a figure has come: `over` is how far it lies beyond the threshold in the direction that the
 * comparator wants (negative: short of it), in steps of which `step` make one member. */
struct margin {
    __int128 over;
    int64_t step;
    bool strict; /* reached exactly is not enough */
};

static bool comparator_read(Hv__Comparator c, int *sign, bool *strict)
{
    static const struct {
        Hv__Comparator comparator;
        int sign;
        bool strict;
    } rows[] = {
        {HV__COMPARATOR__AT_LEAST, 1, false},
        {HV__COMPARATOR__ABOVE, 1, true},
        {HV__COMPARATOR__AT_MOST, -1, false},
        {HV__COMPARATOR__BELOW, -1, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].comparator == c) {
            *sign = rows[i].sign;
            *strict = rows[i].strict;
            return true;
        }
    return false;
}

/* False: no verdict. */
static bool margin_of(const struct target_figure *t, struct margin *out)
{
    int sign;
    if (!comparator_read(t->comparator, &sign, &out->strict))
        return false;
    out->step = 1;
    switch (t->form) {
    case HV__FORM__RATIO:
    case HV__FORM__NONE_BELOW:
        if (!t->has_denominator || t->denominator <= 0)
            return false;
        out->step = 1000000;
        out->over = (__int128)t->numerator * out->step - (__int128)t->threshold * t->denominator;
        break;
    case HV__FORM__NUMBER:
        out->over = (__int128)t->numerator - t->threshold;
        break;
    case HV__FORM__INCREASE:
        if (!t->has_baseline)
            return false;
        out->over = (__int128)t->numerator - t->baseline - t->threshold;
        break;
    default:
        return false;
    }
    out->over *= sign;
    return true;
}

Hv__VerdictWord target_verdict(const struct target_figure *t)
{
    struct margin m;
    if (!margin_of(t, &m))
        return HV__VERDICT_WORD__NO_VERDICT;
    if (m.over < 0 || (m.over == 0 && m.strict))
        return HV__VERDICT_WORD__NOT_MET;
    bool can_exceed = !m.strict && t->form != HV__FORM__NONE_BELOW;
    return m.over > 0 && can_exceed ? HV__VERDICT_WORD__EXCEEDED : HV__VERDICT_WORD__MET;
}

int64_t target_missing(const struct target_figure *t)
{
    struct margin m;
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
    };
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

void target_recount(Hv__TargetLine *line, const int64_t *counts)
{
    for (size_t i = 0; i < measure_count; i++)
        if (measures[i].measure == line->measure) {
            line->numerator = counts[i];
            line->has_numerator = true;
        }
    target_decide(line);
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
