/* What the fund's book asks of a batch: nothing is entered in a closed year, a year is closed when it is over
 * and with the balance that the book has. Only batches that touch the fund read it. */
#include "common/change.h"
#include "common/fund.h"
#include "server/store_tally.h"
#include "server/sync.h"

/* What a whole book takes; a year is closed once a year. */
#define BOOK_ARENA ((size_t)512 << 20)

struct reading {
    struct sync *sync;
    struct tally_source stored;
};

static struct record made(const struct entry *e)
{
    return (struct record){e->change->kind, e->change->id, e->change->set, e->change->values};
}

static void refuse(struct entry *e, enum err code, const char *field)
{
    entry_refuse(e, code, field_number(e->change->kind, (size_t)kind_field(e->change->kind, field)), 0);
}

static bool is_new(const struct entry *e)
{
    return e->code == ERR_OK && e->creates;
}

/* What is stored, then what the batch adds. */
static enum err each(void *source, const struct kind *kind, tally_record_fn *fn, void *context,
                     struct fault *f)
{
    struct reading *x = source;
    enum err e = store_tally_each(&x->stored, kind, fn, context, f);
    for (size_t i = 0; e == ERR_OK && i < x->sync->count; i++) {
        const struct entry *one = &x->sync->entries[i];
        if (one->change->kind != kind || !is_new(one))
            continue;
        const struct record r = made(one);
        e = fn(context, &r, f);
    }
    return e;
}

/* Of the closings that are stored alone: those of the batch are asked about here. */
static enum err closed_until(struct sync *s, int32_t *year, struct fault *f)
{
    struct tally_source stored = {.db = s->call->db, .arena = s->call->arena, .commune = s->lock.stream};
    const struct tally_input in = {.arena = s->call->arena, .source = &stored, .each = store_tally_each};
    struct records closings;
    enum err e = records_load(&in, &kind_closing, &closings, f);
    *year = e == ERR_OK ? fund_closed_until(&closings) : 0;
    return e;
}

static void check_dates(struct sync *s, size_t begin, size_t end, int32_t closed)
{
    for (size_t i = begin; i < end; i++) {
        const struct record r = made(&s->entries[i]);
        if (is_new(&s->entries[i]) && record_number(&r, "date") / 10000 <= closed)
            refuse(&s->entries[i], ERR_YEAR_CLOSED, "date");
    }
}

/* The years of one batch are closed in the order in which they were. */
static enum err check_closings(struct sync *s, const struct fund_book *b, size_t begin, size_t end,
                               int32_t closed, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = begin; e == ERR_OK && i < end; i++) {
        struct entry *x = &s->entries[i];
        const struct record r = made(x);
        int64_t balance = 0, year = is_new(x) ? record_number(&r, "year") : 0;
        if (year == 0)
            continue;
        e = fund_balance(b, FUND_ALL, (int32_t)year * 10000 + 1231, &balance, f);
        if (year >= s->call->today / 10000)
            refuse(x, ERR_BAD_DATE, "year");
        else if (year <= closed)
            refuse(x, ERR_YEAR_CLOSED, "year");
        else if (e == ERR_OK && record_number(&r, "balance") != balance)
            refuse(x, ERR_BAD_NUMBER, "balance");
        else
            closed = (int32_t)year;
    }
    return e;
}

static enum err check_years(struct sync *s, size_t begin, size_t end, int32_t closed, struct fault *f)
{
    __attribute__((cleanup(arena_cleanup))) struct arena *a = arena_make(BOOK_ARENA);
    struct reading reading = {s, {.db = s->call->db, .arena = a, .commune = s->lock.stream}};
    const struct tally_input in = {.arena = a, .source = &reading, .each = each};
    struct fund_book book;
    enum err e = a != NULL ? fund_load(&in, &book, f) : fault(f, ERR_NO_MEMORY, "no memory for the fund");
    return e == ERR_OK ? check_closings(s, &book, begin, end, closed, f) : e;
}

static bool any_new(const struct sync *s, size_t begin, size_t end)
{
    bool any = false;
    for (size_t i = begin; i < end; i++)
        any |= is_new(&s->entries[i]);
    return any;
}

enum err sync_fund(struct sync *s, size_t begin, size_t end, struct fault *f)
{
    const struct kind *kind = s->entries[begin].change->kind;
    int32_t closed;
    bool is_entry = kind == &kind_entry || kind == &kind_reversal;
    if ((!is_entry && kind != &kind_closing) || !any_new(s, begin, end))
        return ERR_OK;
    enum err e = closed_until(s, &closed, f);
    if (e != ERR_OK || !is_entry)
        return e == ERR_OK ? check_years(s, begin, end, closed, f) : e;
    check_dates(s, begin, end, closed);
    return ERR_OK;
}
