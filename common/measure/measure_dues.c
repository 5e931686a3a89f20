/* Members who paid their dues of a year in full: 12 months, in one receipt or several. A receipt counts from
 * its day to the day of its reversal; the year's figure knows its own days only, so what was paid ahead
 * counts from the first of them and what came later not at all. In the group that collected the receipt which
 * made the year full. */
#include "common/change.h"
#include "common/fund.h"
#include "common/measure.h"
#include <stdlib.h>

#define MONTHS 12

/* That so many months of a member's year more are paid from a day on. */
struct payment {
    struct id member;
    int64_t year;
    int32_t day;
    int64_t months;
    const struct id *group;
    struct id entry;
};

struct work {
    struct steps *out;
    struct records reversals; /* by entry */
    struct payment *list;
    size_t count;
};

static int64_t number_of(const struct record *r, const char *field, int64_t absent)
{
    return record_int(r, kind_field(r->kind, field), absent);
}

static int reversal_compare(const void *a, const void *b)
{
    static const struct id none;
    const struct record *const *x = a, *const *y = b;
    const struct id *of_x = record_reference(*x, "entry_id"), *of_y = record_reference(*y, "entry_id");
    return id_compare(of_x != NULL ? of_x : &none, of_y != NULL ? of_y : &none);
}

static const struct record *reversal_of(const struct work *w, const struct id *entry)
{
    size_t low = 0, high = w->reversals.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct id *of = record_reference(w->reversals.list[middle], "entry_id");
        int order = of != NULL ? id_compare(of, entry) : -1;
        if (order == 0)
            return w->reversals.list[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Room for two payments an entry was made: its own, and that which takes it back. */
static void see_entry(struct work *w, const struct record *r)
{
    const struct id *member = record_reference(r, "member_id");
    const struct record *reversal = reversal_of(w, &r->id);
    struct payment p = {.year = number_of(r, "dues_year", 0),
                        .day = (int32_t)number_of(r, "date", 0),
                        .months = number_of(r, "dues_months", MONTHS),
                        .group = record_reference(r, "group_id"),
                        .entry = r->id};
    if (!fund_is_dues(r) || member == NULL || p.year == 0 || p.day == 0)
        return;
    p.member = *member;
    w->list[w->count++] = p;
    if (reversal == NULL)
        return;
    p.day = (int32_t)number_of(reversal, "date", p.day);
    p.months = -p.months;
    w->list[w->count++] = p;
}

static int payment_compare(const void *a, const void *b)
{
    const struct payment *x = a, *y = b;
    int order = id_compare(&x->member, &y->member);
    if (order != 0)
        return order;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    order = id_compare(&x->entry, &y->entry);
    return order != 0 ? order : (x->months < y->months) - (x->months > y->months);
}

/* One member's year from its first payment on; returns where the next one begins. */
static enum err count_year(struct work *w, size_t *at, struct fault *f)
{
    const struct payment *first = &w->list[*at];
    const struct id *group = NULL;
    int32_t new_year = (int32_t)first->year * 10000 + 101;
    int64_t months = 0;
    enum err e = ERR_OK;
    for (; e == ERR_OK && *at < w->count; ++*at) {
        const struct payment *p = &w->list[*at];
        bool was_full = months >= MONTHS;
        if (!id_equal(&p->member, &first->member) || p->year != first->year)
            break;
        months += p->months;
        bool is_full = months >= MONTHS;
        if (is_full == was_full || p->day / 10000 > p->year)
            continue;
        if (is_full)
            group = p->group;
        e = steps_add(w->out, HV__MEASURE__DUES_PAID, group, p->day > new_year ? p->day : new_year,
                      is_full ? 1 : -1, f);
    }
    return e;
}

static enum err run(const struct tally_input *in, struct steps *out, struct fault *f)
{
    struct work w = {.out = out};
    struct records entries = {0};
    enum err e = records_load(in, &kind_entry, &entries, f);
    if (e == ERR_OK)
        e = records_load(in, &kind_reversal, &w.reversals, f);
    if (w.reversals.count > 1)
        qsort(w.reversals.list, w.reversals.count, sizeof *w.reversals.list, reversal_compare);
    w.list = arena_zero(in->arena, 2 * entries.count + 1, sizeof *w.list);
    if (e == ERR_OK && w.list == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the dues");
    for (size_t i = 0; e == ERR_OK && i < entries.count; i++)
        see_entry(&w, entries.list[i]);
    if (w.count > 1)
        qsort(w.list, w.count, sizeof *w.list, payment_compare);
    for (size_t at = 0; e == ERR_OK && at < w.count;)
        e = count_year(&w, &at, f);
    return e;
}

const struct measure_rule measure_of_dues = {
    .kinds = {&kind_entry, &kind_reversal}, .measures = {HV__MEASURE__DUES_PAID}, .run = run};
