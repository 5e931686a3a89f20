#include "common/fund.h"
#include "common/change.h"
#include "common/date.h"
#include "proto/record.pb-c.h"
#include <stdlib.h>
#include <string.h>

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the fund");
}

/* Money is added in 64 bits or not at all. */
static enum err add(int64_t *to, int64_t n, struct fault *f)
{
    return __builtin_add_overflow(*to, n, to) ? fault(f, ERR_BAD_NUMBER, "the fund's sum is beyond 64 bits")
                                              : ERR_OK;
}

int32_t fund_own_level(bool of_province)
{
    return of_province ? HV__FUND_LEVEL__FUND_PROVINCE : HV__FUND_LEVEL__FUND_COMMUNE;
}

bool fund_is_dues(const struct record *entry)
{
    static const char dues[] = "dues";
    struct bytes source = record_text(entry, kind_field(&kind_entry, "source"));
    return source.n == sizeof dues - 1 && memcmp(source.p, dues, source.n) == 0;
}

/* ---- funds ---- */

static bool is_same(const struct id *a, const struct id *b)
{
    return a == NULL || b == NULL ? a == b : id_equal(a, b);
}

size_t fund_find(const struct fund_book *b, int32_t level, const struct id *group)
{
    for (size_t i = 0; i < b->fund_count; i++)
        if (b->funds[i].level == level && is_same(b->funds[i].group, group))
            return i;
    return FUND_ALL;
}

static size_t fund_of(struct fund_book *b, int32_t own_level, const struct record *entry)
{
    int32_t level = (int32_t)record_int(entry, kind_field(&kind_entry, "level"), own_level);
    const struct id *group =
        level == HV__FUND_LEVEL__FUND_GROUP ? record_id(entry, kind_field(&kind_entry, "group_id")) : NULL;
    size_t found = fund_find(b, level, group);
    if (found != FUND_ALL)
        return found;
    b->funds[b->fund_count] = (struct fund){level, group};
    return b->fund_count++;
}

/* ---- lines ---- */

static int64_t money_of(const struct record *entry, int64_t amount)
{
    switch (record_number(entry, "type")) {
    case HV__ENTRY_TYPE__RECEIPT:
        return amount;
    case HV__ENTRY_TYPE__PAYMENT:
        return -amount;
    default:
        return 0;
    }
}

static const struct id *line_id(const struct fund_line *l)
{
    return l->reversal != NULL ? &l->reversal->id : &l->entry->id;
}

static int by_day(const void *a, const void *b)
{
    const struct fund_line *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return id_compare(line_id(x), line_id(y));
}

static void add_line(struct fund_book *b, int32_t own_level, const struct record *entry,
                     const struct record *reversal)
{
    int64_t amount = record_number(entry, "amount");
    if (reversal != NULL)
        amount = -amount;
    b->lines[b->count++] =
        (struct fund_line){.entry = entry,
                           .reversal = reversal,
                           .fund = fund_of(b, own_level, entry),
                           .day = (int32_t)record_number(reversal != NULL ? reversal : entry, "date"),
                           .amount = amount,
                           .money = money_of(entry, amount)};
}

static enum err run_balances(struct arena *a, struct fund_book *b, struct fault *f)
{
    int64_t *balances = arena_zero(a, b->fund_count + 1, sizeof *balances);
    enum err e = balances != NULL ? ERR_OK : no_memory(f);
    for (size_t i = 0; e == ERR_OK && i < b->count; i++) {
        struct fund_line *l = &b->lines[i];
        e = add(&balances[l->fund], l->money, f);
        l->balance = balances[l->fund];
    }
    return e;
}

/* An entry is reversed once: a reversal's id is computed from the entry's, so others are no reversals. */
static bool is_repeated(const struct records *sorted, size_t i)
{
    return i > 0 && id_equal(&sorted->list[i]->id, &sorted->list[i - 1]->id);
}

enum err fund_book_make(struct arena *a, int32_t own_level, struct records *entries,
                        struct records *reversals, struct fund_book *out, struct fault *f)
{
    int entry_id = kind_field(&kind_reversal, "entry_id");
    *out =
        (struct fund_book){.funds = arena_zero(a, entries->count + 1, sizeof *out->funds),
                           .lines = arena_zero(a, entries->count + reversals->count + 1, sizeof *out->lines)};
    if (out->funds == NULL || out->lines == NULL)
        return no_memory(f);
    records_sort(entries);
    records_sort(reversals);
    for (size_t i = 0; i < entries->count; i++)
        add_line(out, own_level, entries->list[i], NULL);
    for (size_t i = 0; i < reversals->count; i++) {
        const struct id *id = record_id(reversals->list[i], entry_id);
        const struct record *entry = id != NULL ? records_find(entries, id) : NULL;
        if (entry != NULL && !is_repeated(reversals, i))
            add_line(out, own_level, entry, reversals->list[i]);
    }
    if (out->count > 1)
        qsort(out->lines, out->count, sizeof *out->lines, by_day);
    return run_balances(a, out, f);
}

enum err fund_load(const struct tally_input *in, struct fund_book *out, struct fault *f)
{
    struct records entries, reversals;
    *out = (struct fund_book){0};
    enum err e = records_load(in, &kind_entry, &entries, f);
    if (e == ERR_OK)
        e = records_load(in, &kind_reversal, &reversals, f);
    return e == ERR_OK
               ? fund_book_make(in->arena, fund_own_level(in->of_province), &entries, &reversals, out, f)
               : e;
}

/* ---- sums ---- */

static bool is_in(const struct fund_line *l, size_t fund)
{
    return fund == FUND_ALL || l->fund == fund;
}

enum err fund_balance(const struct fund_book *b, size_t fund, int32_t day, int64_t *out, struct fault *f)
{
    enum err e = ERR_OK;
    *out = 0;
    for (size_t i = 0; e == ERR_OK && i < b->count && b->lines[i].day <= day; i++)
        if (is_in(&b->lines[i], fund))
            e = add(out, b->lines[i].money, f);
    return e;
}

static enum err add_to(struct fund_sum *s, const struct fund_line *l, struct fault *f)
{
    bool receipt = record_number(l->entry, "type") == HV__ENTRY_TYPE__RECEIPT;
    if (l->money == 0)
        return add(&s->in_kind, l->amount, f);
    enum err e = add(&s->closing, l->money, f);
    if (e != ERR_OK)
        return e;
    return receipt ? add(&s->receipts, l->money, f) : add(&s->payments, -l->money, f);
}

enum err fund_sum(const struct fund_book *b, size_t fund, int32_t from, int32_t day, struct fund_sum *out,
                  struct fault *f)
{
    enum err e = ERR_OK;
    *out = (struct fund_sum){0};
    for (size_t i = 0; e == ERR_OK && i < b->count && b->lines[i].day <= day; i++) {
        const struct fund_line *l = &b->lines[i];
        if (!is_in(l, fund))
            continue;
        if (l->day >= from) {
            e = add_to(out, l, f);
        } else if ((e = add(&out->opening, l->money, f)) == ERR_OK) {
            e = add(&out->closing, l->money, f);
        }
    }
    return e;
}

/* ---- by source and purpose ---- */

static struct bytes word_of(const struct record *entry)
{
    bool payment = record_number(entry, "type") == HV__ENTRY_TYPE__PAYMENT;
    return record_text(entry, kind_field(&kind_entry, payment ? "purpose" : "source"));
}

static int compare_words(struct bytes x, struct bytes y)
{
    size_t n = x.n < y.n ? x.n : y.n;
    int order = n > 0 ? memcmp(x.p, y.p, n) : 0;
    return order != 0 ? order : (x.n > y.n) - (x.n < y.n);
}

static int by_word(const void *a, const void *b)
{
    const struct fund_part *x = a, *y = b;
    return x->type != y->type ? (x->type > y->type) - (x->type < y->type) : compare_words(x->word, y->word);
}

static struct fund_part *part_of(struct fund_part *list, size_t *count, const struct record *entry)
{
    const struct fund_part key = {.type = (int32_t)record_number(entry, "type"), .word = word_of(entry)};
    for (size_t i = 0; i < *count; i++)
        if (by_word(&list[i], &key) == 0)
            return &list[i];
    list[*count] = key;
    return &list[(*count)++];
}

enum err fund_parts(struct arena *a, const struct fund_book *b, size_t fund, int32_t from, int32_t day,
                    struct fund_part **out, size_t *count, struct fault *f)
{
    enum err e = ERR_OK;
    *count = 0;
    *out = arena_zero(a, b->count + 1, sizeof **out);
    if (*out == NULL)
        return no_memory(f);
    for (size_t i = 0; e == ERR_OK && i < b->count; i++) {
        const struct fund_line *l = &b->lines[i];
        if (!is_in(l, fund) || l->day < from || l->day > day)
            continue;
        struct fund_part *part = part_of(*out, count, l->entry);
        part->count += l->reversal != NULL ? -1 : 1;
        e = add(&part->amount, l->amount, f);
    }
    if (*count > 1)
        qsort(*out, *count, sizeof **out, by_word);
    return e;
}

/* ---- below zero ---- */

/* Whether this is the fund's last line of its day. */
static bool ends_day(const struct fund_book *b, size_t i)
{
    for (size_t k = i + 1; k < b->count && b->lines[k].day == b->lines[i].day; k++)
        if (b->lines[k].fund == b->lines[i].fund)
            return false;
    return true;
}

static void note_day(struct fund_deficit *list, size_t *count, const struct fund_line *l)
{
    struct fund_deficit *last = *count > 0 ? &list[*count - 1] : NULL;
    bool runs = last != NULL && last->fund == l->fund && last->until == DATE_MAX;
    if (runs && l->balance >= 0)
        last->until = l->day;
    else if (runs && l->balance < last->lowest)
        last->lowest = l->balance;
    else if (!runs && l->balance < 0)
        list[(*count)++] = (struct fund_deficit){l->fund, l->day, DATE_MAX, l->balance};
}

enum err fund_deficits(struct arena *a, const struct fund_book *b, struct fund_deficit **out, size_t *count,
                       struct fault *f)
{
    *count = 0;
    *out = arena_zero(a, b->count + 1, sizeof **out);
    if (*out == NULL)
        return no_memory(f);
    for (size_t fund = 0; fund < b->fund_count; fund++)
        for (size_t i = 0; i < b->count; i++)
            if (b->lines[i].fund == fund && ends_day(b, i))
                note_day(*out, count, &b->lines[i]);
    return ERR_OK;
}

int64_t fund_deficit_days(const struct fund_deficit *d, int32_t from, int32_t day)
{
    int32_t first = d->from > from ? d->from : from;
    int32_t end = d->until <= day ? d->until : date_add_days(day, 1);
    return first < end ? date_to_days(end) - date_to_days(first) : 0;
}

/* ---- closed years ---- */

int32_t fund_closed_until(const struct records *closings)
{
    int32_t year = 0;
    for (size_t i = 0; i < closings->count; i++) {
        int32_t one = (int32_t)record_number(closings->list[i], "year");
        year = one > year ? one : year;
    }
    return year;
}
