/* What the fields of one record must be to each other. */
#include "common/change.h"
#include "common/check.h"
#include "proto/record.pb-c.h"
#include <string.h>

static int field_of(const struct record *r, const char *name)
{
    return kind_field(r->kind, name);
}

static bool has(const struct record *r, const char *name)
{
    return record_has(r, field_of(r, name));
}

static bool is_word(const struct record *r, const char *name, const char *token)
{
    struct bytes text = record_text(r, field_of(r, name));
    return text.n == strlen(token) && memcmp(text.p, token, text.n) == 0;
}

static enum err wrong(const struct record *r, const char *name, enum err code, enum whole_fault *why,
                      enum whole_fault what, int *field)
{
    *field = field_of(r, name);
    *why = what;
    return code;
}

static enum err check_rate(const struct record *r, enum whole_fault *why, int *field)
{
    static const char *const shares[] = {"share_group", "share_commune", "share_district", "share_province",
                                         "share_centre"};
    int64_t sum = 0;
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++)
        sum += record_int(r, field_of(r, shares[i]), 0);
    return sum == 100 ? ERR_OK : wrong(r, "share_commune", ERR_BAD_NUMBER, why, WHOLE_SHARES, field);
}

static enum err check_support(const struct record *r, enum whole_fault *why, int *field)
{
    bool whom = has(r, "member_id") || has(r, "name") || record_int(r, field_of(r, "persons"), 0) > 0;
    return whom ? ERR_OK : wrong(r, "member_id", ERR_MISSING, why, WHOLE_WHOM, field);
}

static enum err check_commendation(const struct record *r, enum whole_fault *why, int *field)
{
    bool whom = has(r, "member_id") || has(r, "officer_id") || has(r, "group_id") || has(r, "name");
    return whom ? ERR_OK : wrong(r, "member_id", ERR_MISSING, why, WHOLE_WHOM, field);
}

static enum err check_dues(const struct record *r, enum whole_fault *why, int *field)
{
    if (record_int(r, field_of(r, "type"), 0) != HV__ENTRY_TYPE__RECEIPT)
        return wrong(r, "source", ERR_BAD_FORMAT, why, WHOLE_DUES_MONEY, field);
    if (!has(r, "member_id"))
        return wrong(r, "member_id", ERR_MISSING, why, WHOLE_DUES, field);
    if (!has(r, "dues_year"))
        return wrong(r, "dues_year", ERR_MISSING, why, WHOLE_DUES, field);
    return ERR_OK;
}

static enum err check_entry(const struct record *r, enum whole_fault *why, int *field)
{
    bool payment = record_int(r, field_of(r, "type"), 0) == HV__ENTRY_TYPE__PAYMENT;
    if (payment && has(r, "source"))
        return wrong(r, "source", ERR_BAD_FORMAT, why, WHOLE_SOURCE, field);
    if (!payment && has(r, "purpose"))
        return wrong(r, "purpose", ERR_BAD_FORMAT, why, WHOLE_PURPOSE, field);
    if (record_int(r, field_of(r, "level"), 0) == HV__FUND_LEVEL__FUND_GROUP && !has(r, "group_id"))
        return wrong(r, "group_id", ERR_MISSING, why, WHOLE_GROUP, field);
    if (is_word(r, "source", "dues"))
        return check_dues(r, why, field);
    if (has(r, "dues_year"))
        return wrong(r, "dues_year", ERR_BAD_FORMAT, why, WHOLE_NO_DUES, field);
    return has(r, "dues_months") ? wrong(r, "dues_months", ERR_BAD_FORMAT, why, WHOLE_NO_DUES, field)
                                 : ERR_OK;
}

static const struct {
    const struct kind *kind;
    enum err (*check)(const struct record *r, enum whole_fault *why, int *field);
} rules[] = {
    {&kind_rate, check_rate},
    {&kind_support, check_support},
    {&kind_entry, check_entry},
    {&kind_commendation, check_commendation},
};

bool check_has_whole(const struct kind *kind)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].kind == kind)
            return true;
    return false;
}

enum err check_whole(const struct record *r, enum whole_fault *why, int *field)
{
    *why = WHOLE_FITS;
    *field = -1;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].kind == r->kind)
            return rules[i].check(r, why, field);
    return ERR_OK;
}

const char *whole_words(enum whole_fault why, enum lang lang)
{
    static const struct text_pair words[] = {
        [WHOLE_FITS] = {"", ""},
        [WHOLE_SHARES] = {"các phần của hội phí phải cộng lại thành 100 %; hãy xem lại từng phần.",
                          "the shares of the dues must sum to 100 %; check each of them."},
        [WHOLE_WHOM] = {"hãy ghi rõ cho ai: một hội viên, một tên khác, hoặc bao nhiêu người.",
                        "say for whom: a member, another name, or how many."},
        [WHOLE_SOURCE] = {"khoản chi không có nguồn thu; hãy ghi mục đích chi.",
                          "a payment has no source; give its purpose."},
        [WHOLE_PURPOSE] = {"chỉ khoản chi mới có mục đích chi; hãy ghi nguồn thu.",
                           "only a payment has a purpose; give the source."},
        [WHOLE_DUES] = {"hội phí cần ghi rõ hội viên nào nộp, của năm nào.",
                        "dues need the member who paid and the year they are for."},
        [WHOLE_DUES_MONEY] = {"hội phí chỉ thu bằng tiền.", "dues are received in money only."},
        [WHOLE_NO_DUES] = {"mục này chỉ dùng khi nguồn thu là hội phí.",
                           "the field is only for receipts of dues."},
        [WHOLE_GROUP] = {"quỹ của chi hội, tổ cần ghi rõ chi hội, tổ nào.",
                         "the fund of a group needs to say of which group."},
    };
    return text_in(lang, words[why]);
}
