/* What is doubtful in a payment of dues: months count as paid whatever the money was. */
#include "client/fit.h"
#include "client/fund.h"
#include "common/change.h"
#include "common/dues.h"
#include "common/os.h"
#include <stdio.h>

static int64_t months_of(const struct record *entry)
{
    return record_int(entry, kind_field(&kind_entry, "dues_months"), DUES_MONTHS);
}

/* By the rate by which the year's dues are counted. */
static enum err doubt_amount(struct client *c, struct arena *a, const struct record *r, char *out,
                             size_t size, struct fault *f)
{
    struct fund_source source;
    struct tally_input in;
    struct records rates;
    int32_t day = dues_day((int32_t)record_number(r, "dues_year"), os_today());
    enum err e = fund_desk_input(c, a, &source, &in, f);
    if (e == ERR_OK)
        e = records_load(&in, &kind_rate, &rates, f);
    if (e != ERR_OK)
        return e;
    int64_t monthly = dues_rate_on(&rates, day).monthly, amount = record_number(r, "amount"), due;
    if (monthly == 0 || __builtin_mul_overflow(monthly, months_of(r), &due) || due == amount)
        return ERR_OK;
    snprintf(
        out, size,
        c->ui.lang == LANG_EN
            ? "%d months of dues at the rate in force are %s đồng, and this payment is %s đồng, yet counts "
              "as %d months paid; check the amount and the months, and if they are wrong, reverse the entry "
              "and enter it anew."
            : "%d tháng hội phí theo mức đang áp dụng là %s đồng, còn khoản này là %s đồng mà vẫn tính là "
              "đã nộp đủ %d tháng; hãy xem lại số tiền và số tháng, nếu sai thì đảo bút toán rồi ghi lại.",
        (int)months_of(r), fund_desk_money(c, a, due), fund_desk_money(c, a, amount), (int)months_of(r));
    return ERR_OK;
}

/* ---- all that she has paid for the year ---- */

#define MOST_PAID 64 /* entries of one member and year; whoever has more gets no notes */

struct paid {
    const struct record *r;
    int64_t year;
    struct id ids[MOST_PAID];
    int64_t months[MOST_PAID];
    size_t count;
};

static enum err collect(void *context, const struct record *entry, struct fault *f)
{
    struct paid *p = context;
    (void)f;
    if (!fund_is_dues(entry) || record_number(entry, "dues_year") != p->year ||
        id_equal(&entry->id, &p->r->id) || p->count == MOST_PAID)
        return ERR_OK;
    p->ids[p->count] = entry->id;
    p->months[p->count++] = months_of(entry);
    return ERR_OK;
}

static enum err is_reversed(struct client *c, struct arena *a, const struct id *entry, bool *out,
                            struct fault *f)
{
    struct record *reversal;
    struct id id;
    bool any;
    struct change *key = change_make(a, &kind_reversal);
    if (key == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    change_set_id(key, kind_field(&kind_reversal, "entry_id"), entry);
    kind_relation_id(&kind_reversal, key->set, key->values, &id, &any);
    enum err e = book_find(c->book, a, &kind_reversal, &id, &reversal, f);
    *out = e == ERR_OK;
    return e == ERR_NO_SUCH_RECORD ? ERR_OK : e;
}

static enum err doubt_months(struct client *c, struct arena *a, const struct record *r, char *out,
                             size_t size, struct fault *f)
{
    struct paid p = {.r = r, .year = record_number(r, "dues_year")};
    struct book_filter hers = {.kind = &kind_entry,
                               .member = record_id(r, kind_field(&kind_entry, "member_id")),
                               .missing_field = -1};
    int64_t months = months_of(r);
    enum err e = hers.member != NULL ? book_each(c->book, a, &hers, collect, &p, f) : ERR_OK;
    for (size_t i = 0; i < p.count && e == ERR_OK; i++) {
        bool reversed;
        e = is_reversed(c, a, &p.ids[i], &reversed, f);
        months += e == ERR_OK && !reversed ? p.months[i] : 0;
    }
    if (e == ERR_OK && months > DUES_MONTHS)
        snprintf(
            out, size,
            c->ui.lang == LANG_EN
                ? "with this payment she has paid %d months of dues for %d, and a year has 12; check the "
                  "year and the months, and if they are wrong, reverse the entry and enter it anew."
                : "kể cả khoản này, hội viên đã nộp %d tháng hội phí của năm %d, mà một năm có 12 tháng; "
                  "hãy xem lại năm và số tháng, nếu sai thì đảo bút toán rồi ghi lại.",
            (int)months, (int)p.year);
    return e;
}

enum err fit_dues_doubt(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                        struct fault *f)
{
    if (!fund_is_dues(r))
        return ERR_OK;
    enum err e = doubt_amount(c, a, r, out, size, f);
    return e == ERR_OK && *out == '\0' ? doubt_months(c, a, r, out, size, f) : e;
}
