/* The fund's book (quỹ hội; DOMAIN 7): lines with a running balance, sums of a period, days in the red. Pure;
 * both sides run it.
 *
 * Rules:
 *  - One stream holds the books of several funds: that of the unit itself and those of others whose level is
 *    given; each chi hội or tổ has its own. Each has its own balance.
 *  - Receipts and payments make the balance; gifts in kind and labour are valued and stand outside of it.
 *  - An entry that was reversed stays on its day, and its reversal stands on its own day with the opposite
 *    sign: so receipts and payments of a period may be lessened by what was wrong in an earlier one.
 *  - Lines are in the order of (day, id). What counts is the balance at the end of a day.
 *  - Sums are whole đồng in 64 bits; one that does not fit is ERR_BAD_NUMBER, never wrapped. */
#ifndef HV_FUND_H
#define HV_FUND_H

#include "common/people.h"

struct fund {
    int32_t level;          /* FundLevel */
    const struct id *group; /* of FUND_GROUP; NULL: not given, or of another level */
};

struct fund_line {
    const struct record *entry;
    const struct record *reversal; /* NULL: the line is the entry's own */
    size_t fund;                   /* its place among the book's funds */
    int32_t day;
    int64_t amount;  /* đồng; below zero when reversed */
    int64_t money;   /* what it adds to the balance: 0 for gifts in kind and labour */
    int64_t balance; /* of its fund behind the line */
};

struct fund_book {
    struct fund *funds;
    size_t fund_count;
    struct fund_line *lines;
    size_t count;
};

/* All funds together. */
#define FUND_ALL SIZE_MAX

/* The level of a unit's own fund, which entries without a level belong to. */
int32_t fund_own_level(bool of_province);

/* The book from the entries and reversals of the input; those dated after `in->day` too. Borrows records that
 * lie in the input's arena. A reversal whose entry is not here, and a second one of an entry, count nothing.
 * ERR_BAD_NUMBER on overflow. */
enum err fund_load(const struct tally_input *in, struct fund_book *out, struct fault *f) HV_MUST_USE;

/* The same from records at hand. Sorts them. */
enum err fund_book_make(struct arena *a, int32_t own_level, struct records *entries,
                        struct records *reversals, struct fund_book *out, struct fault *f) HV_MUST_USE;

/* The fund in the book, FUND_ALL: it has none such. */
size_t fund_find(const struct fund_book *b, int32_t level, const struct id *group);

/* Balance at the end of the day, of one fund or of FUND_ALL. */
enum err fund_balance(const struct fund_book *b, size_t fund, int32_t day, int64_t *out,
                      struct fault *f) HV_MUST_USE;

/* opening + receipts - payments = closing */
struct fund_sum {
    int64_t opening;
    int64_t receipts;
    int64_t payments;
    int64_t closing;
    int64_t in_kind; /* gifts in kind and labour */
};
enum err fund_sum(const struct fund_book *b, size_t fund, int32_t from, int32_t day, struct fund_sum *out,
                  struct fault *f) HV_MUST_USE;

/* The period's lines by what they are for: receipts, gifts in kind and labour by source, payments by purpose.
 * In the order of type and word; `word` is empty where none was given. `count` is of entries, those reversed
 * in the period taken off. */
struct fund_part {
    int32_t type; /* EntryType */
    struct bytes word;
    int64_t amount;
    int64_t count;
};
enum err fund_parts(struct arena *a, const struct fund_book *b, size_t fund, int32_t from, int32_t day,
                    struct fund_part **out, size_t *count, struct fault *f) HV_MUST_USE;

/* A stretch of days on which a fund's balance is below zero. */
struct fund_deficit {
    size_t fund;
    int32_t from;   /* first day */
    int32_t until;  /* first day on which it is not below zero any more; DATE_MAX: it lasts */
    int64_t lowest; /* balance at the end of a day */
};

/* All of them, by fund and day. In the arena. */
enum err fund_deficits(struct arena *a, const struct fund_book *b, struct fund_deficit **out, size_t *count,
                       struct fault *f) HV_MUST_USE;

/* How many days of the period the stretch has. */
int64_t fund_deficit_days(const struct fund_deficit *d, int32_t from, int32_t day);

/* The last closed year by the closings of the unit; 0: none. A year is closed only together with those before
 * it, so all up to it are. */
int32_t fund_closed_until(const struct records *closings);

/* Whether the entry's source is dues. */
bool fund_is_dues(const struct record *entry);

#endif
