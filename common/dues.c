#include "common/dues.h"
#include "common/change.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/fund.h"
#include "proto/record.pb-c.h"
#include <stdlib.h>
#include <string.h>

enum { HONORARY, POOR, NEAR_POOR, POLICY, AWAY, OVER_60, OVER_80, EXEMPTIONS };

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the dues");
}

/* ---- rates ---- */

static bool is_in_force(const struct record *rate, int32_t day)
{
    int32_t until = (int32_t)record_number(rate, "until");
    return date_first_day((int32_t)record_number(rate, "since")) <= day &&
           (until == 0 || date_last_day(until) >= day);
}

static bool begins_later(const struct record *a, const struct record *b)
{
    int32_t x = date_first_day((int32_t)record_number(a, "since")),
            y = date_first_day((int32_t)record_number(b, "since"));
    return x != y ? x > y : id_compare(&a->id, &b->id) > 0;
}

struct dues_rate dues_rate_on(const struct records *rates, int32_t day)
{
    static const char *const shares[DUES_SHARES] = {"share_group", "share_commune", "share_district",
                                                    "share_province", "share_centre"};
    struct dues_rate rate = {.record = NULL};
    for (size_t i = 0; i < rates->count; i++) {
        const struct record *r = rates->list[i];
        if (is_in_force(r, day) && (rate.record == NULL || begins_later(r, rate.record)))
            rate.record = r;
    }
    if (rate.record == NULL)
        return rate;
    rate.monthly = record_number(rate.record, "monthly");
    rate.exempt = record_number(rate.record, "exempt");
    for (int k = 0; k < DUES_SHARES; k++)
        rate.share[k] = (int)record_number(rate.record, shares[k]);
    return rate;
}

int32_t dues_day(int32_t year, int32_t today)
{
    int32_t last = year * 10000 + 1231;
    return last < today ? last : today;
}

/* ---- who is liable ---- */

struct work {
    const struct tally_input *in;
    int32_t year, decided, counted;
    struct people people;
    struct records households;
    struct dues *out;
};

static bool is_of_age(const struct record *member, int years, int32_t day)
{
    int32_t birth = (int32_t)record_number(member, "birth");
    return birth != 0 && date_add_months(date_last_day(birth), 12 * years) <= day;
}

static int64_t standard_of(const struct work *w, const struct record *member)
{
    const struct id *id = record_id(member, kind_field(&kind_member, "household_id"));
    const struct record *household = id != NULL ? records_find(&w->households, id) : NULL;
    return household != NULL ? record_number(household, "standard") : 0;
}

static int exemption_of(const struct work *w, const struct record *member, const struct interval *stands)
{
    int64_t standard = standard_of(w, member);
    const bool holds[EXEMPTIONS] = {
        [HONORARY] = stands->category == HV__CATEGORY__HONORARY,
        [POOR] = standard == HV__HOUSEHOLD_CLASS__POOR,
        [NEAR_POOR] = standard == HV__HOUSEHOLD_CLASS__NEAR_POOR,
        [POLICY] = standard == HV__HOUSEHOLD_CLASS__POLICY,
        [AWAY] = stands->away,
        [OVER_60] = is_of_age(member, 60, w->decided),
        [OVER_80] = is_of_age(member, 80, w->decided),
    };
    for (int k = 0; k < EXEMPTIONS; k++)
        if (holds[k] && (w->out->rate.exempt >> k & 1) != 0)
            return k;
    return -1;
}

static void add_members(struct work *w)
{
    for (size_t i = 0; i < w->people.count; i++) {
        const struct person *p = &w->people.list[i];
        const struct interval *stands = person_on(p, w->decided);
        struct dues_member *m = &w->out->list[w->out->count++];
        *m = (struct dues_member){.person = p, .exempt = -1};
        m->stands = stands != NULL && stands->category != HV__CATEGORY__NOT_YET;
        if (m->stands)
            m->exempt = exemption_of(w, p->member, stands);
    }
}

/* ---- what is paid ---- */

static enum err add(int64_t *to, int64_t n, struct fault *f)
{
    return __builtin_add_overflow(*to, n, to) ? fault(f, ERR_BAD_NUMBER, "the sum of dues is beyond 64 bits")
                                              : ERR_OK;
}

/* A reversal's line takes back what the entry's has added. */
static enum err count_line(struct work *w, const struct fund_line *l, struct fault *f)
{
    int months = (int)record_int(l->entry, kind_field(&kind_entry, "dues_months"), DUES_MONTHS);
    const struct id *id = record_id(l->entry, kind_field(&kind_entry, "member_id"));
    const struct person *p = id != NULL ? people_find(&w->people, id) : NULL;
    enum err e = add(&w->out->received, l->money, f);
    if (e != ERR_OK || p == NULL)
        return e;
    struct dues_member *m = &w->out->list[p - w->people.list];
    m->months += l->reversal != NULL ? -months : months;
    return add(&m->paid, l->money, f);
}

static enum err count_lines(struct work *w, const struct fund_book *b, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < b->count && b->lines[i].day <= w->counted; i++)
        if (fund_is_dues(b->lines[i].entry) && record_number(b->lines[i].entry, "dues_year") == w->year)
            e = count_line(w, &b->lines[i], f);
    return e;
}

/* What is left are those who stand or have paid, what they have paid, and what they owe. */
static void settle(struct dues *d)
{
    size_t left = 0;
    for (size_t i = 0; i < d->count; i++) {
        struct dues_member m = d->list[i];
        m.months = m.months < 0 ? 0 : m.months > DUES_MONTHS ? DUES_MONTHS : m.months;
        if (m.stands && m.exempt < 0)
            m.owed = d->rate.monthly * (DUES_MONTHS - m.months);
        if (m.stands || m.paid != 0)
            d->list[left++] = m;
    }
    d->count = left;
}

enum err dues_load(const struct tally_input *in, int32_t year, int32_t decided, int32_t counted,
                   struct dues *out, struct fault *f)
{
    struct work w = {.in = in, .year = year, .decided = decided, .counted = counted, .out = out};
    struct records rates;
    struct fund_book book;
    *out = (struct dues){0};
    enum err e = people_load(in, &w.people, f);
    if (e == ERR_OK)
        e = records_load(in, &kind_household, &w.households, f);
    if (e == ERR_OK)
        e = records_load(in, &kind_rate, &rates, f);
    if (e == ERR_OK)
        e = fund_load(in, &book, f);
    if (e != ERR_OK)
        return e;
    records_sort(&w.households);
    out->rate = dues_rate_on(&rates, decided);
    out->list = arena_zero(in->arena, w.people.count + 1, sizeof *out->list);
    if (out->list == NULL)
        return no_memory(f);
    add_members(&w);
    if ((e = count_lines(&w, &book, f)) == ERR_OK)
        settle(out);
    return e;
}

static int by_member(const void *key, const void *element)
{
    const struct dues_member *m = element;
    return id_compare(key, &m->person->member->id);
}

const struct dues_member *dues_find(const struct dues *d, const struct id *member)
{
    return d->count > 0 ? bsearch(member, d->list, d->count, sizeof *d->list, by_member) : NULL;
}

enum dues_state dues_state_of(const struct dues_member *m)
{
    if (m->months >= DUES_MONTHS)
        return DUES_PAID;
    if (m->months > 0)
        return m->exempt >= 0 ? DUES_PAID : DUES_PART;
    return m->exempt >= 0 ? DUES_EXEMPT : DUES_UNPAID;
}

/* ---- shares ---- */

void dues_split(const struct dues_rate *rate, int64_t received, int64_t out[DUES_SHARES])
{
    int64_t remainder[DUES_SHARES], left = received;
    memset(out, 0, DUES_SHARES * sizeof *out);
    if (rate->record == NULL || received <= 0)
        return;
    for (int k = 0; k < DUES_SHARES; k++) {
        __int128 product = (__int128)received * rate->share[k];
        out[k] = (int64_t)(product / 100);
        remainder[k] = (int64_t)(product % 100);
        left -= out[k];
    }
    for (; left > 0; left--) {
        int most = 0;
        for (int k = 1; k < DUES_SHARES; k++)
            if (remainder[k] > remainder[most])
                most = k;
        out[most]++;
        remainder[most] = -1;
    }
}
