/* The fund (quỹ hội; guidance, task 2: sources within the Charter and accounting law).
 *
 * Balances are of the period, by the level of the fund: opening + receipts - payments = closing. Reversals
 * stand on their own day with the opposite sign. Days in the red are those of the period at whose end one of
 * the level's funds is below zero: days of several funds are counted each. Gifts in kind and labour are
 * valued and stand outside of the balance. A province's own fund stands beside its communes'.
 *
 * Dues are of the year of the period's last day, decided on that day, by the rate then in force; what is paid
 * counts up to it. Shares by level are of the dues received, by the rate.
 *
 * Loans with money collected: receipts of the period from a member on the very day on which a loan to her is
 * recorded, and receipts that name a loan: no fund money is collected while a loan is paid out. What was
 * reversed by the last day is not counted.
 *
 * A year is closed when the book has its closing; sums over communes say how many have closed it. */
#include "common/change.h"
#include "common/codes.h"
#include "common/dues.h"
#include "common/fund.h"
#include "common/named_groups.h"
#include "common/tally_rules.h"
#include "proto/record.pb-c.h"
#include <stdio.h>
#include <string.h>

enum { BALANCE, SOURCE, PURPOSE, IN_KIND, DUES, SHARE, LOAN, CLOSED, GROUP, SECTIONS };
enum { OPENING, RECEIPTS, PAYMENTS, CLOSING, RED_UNITS, RED_DAYS };
enum { AMOUNT, ENTRIES };
enum { LIABLE, EXEMPT, PAID, PART, UNPAID, OWED, RECEIVED };

#define END_OF_COLUMNS                                                                                       \
    {                                                                                                        \
        NULL, {NULL, NULL}, -1                                                                               \
    }
#define AMOUNT_COLUMNS                                                                                       \
    {                                                                                                        \
        {"amount", {"Số tiền (đồng)", "Amount (đồng)"}, -1}, {"entries", {"Số bút toán", "Entries"}, -1},    \
            END_OF_COLUMNS                                                                                   \
    }
#define BALANCE_COLUMNS                                                                                      \
    {"opening", {"Tồn đầu kỳ (đồng)", "Opening balance (đồng)"}, -1},                                        \
        {"receipts", {"Thu (đồng)", "Receipts (đồng)"}, -1},                                                 \
        {"payments", {"Chi (đồng)", "Payments (đồng)"}, -1},                                                 \
    {                                                                                                        \
        "closing", {"Tồn cuối kỳ (đồng)", "Closing balance (đồng)"}, -1                                      \
    }

static const struct code value_codes[] = {
    {HV__ENTRY_TYPE__GIFT_IN_KIND, "gift-in-kind", {"Hiện vật", "Gifts in kind"}},
    {HV__ENTRY_TYPE__LABOUR, "labour", {"Ngày công", "Labour"}},
    {0, NULL, {NULL, NULL}},
};

static const struct code share_codes[] = {
    {DUES_GROUP, "group", {"Chi hội, tổ", "Chi hội, tổ"}},
    {DUES_COMMUNE, "commune", {"Cấp xã", "Commune"}},
    {DUES_DISTRICT, "district", {"Cấp huyện", "District"}},
    {DUES_PROVINCE, "province", {"Cấp tỉnh", "Province"}},
    {DUES_CENTRE, "centre", {"Trung ương", "Centre"}},
    {0, NULL, {NULL, NULL}},
};

static const struct tally_section sections[SECTIONS] = {
    [BALANCE] = {.token = "balance",
                 .label = {"Tồn quỹ theo cấp", "Balance by level"},
                 .keys = fund_level_codes,
                 .columns = {BALANCE_COLUMNS,
                             {"units-in-red", {"Số đơn vị có ngày bị âm", "Units with days below zero"}, -1},
                             {"days-in-red", {"Số ngày bị âm", "Days below zero"}, -1},
                             END_OF_COLUMNS}},
    [SOURCE] = {.token = "source",
                .label = {"Thu theo nguồn", "Receipts by source"},
                .keys = fund_source_codes,
                .columns = AMOUNT_COLUMNS},
    [PURPOSE] = {.token = "purpose",
                 .label = {"Chi theo mục đích", "Payments by purpose"},
                 .keys = fund_purpose_codes,
                 .columns = AMOUNT_COLUMNS},
    [IN_KIND] = {.token = "in-kind",
                 .label = {"Hiện vật và ngày công", "Gifts in kind and labour"},
                 .keys = value_codes,
                 .columns = AMOUNT_COLUMNS},
    [DUES] = {.token = "dues",
              .label = {"Hội phí của năm", "Dues of the year"},
              .columns = {{"liable", {"Phải nộp", "Liable"}, -1},
                          {"exempt", {"Được miễn", "Exempt"}, -1},
                          {"paid", {"Nộp đủ", "Paid in full"}, LIABLE},
                          {"part", {"Nộp một phần", "Paid in part"}, LIABLE},
                          {"unpaid", {"Chưa nộp", "Not paid"}, LIABLE},
                          {"owed", {"Còn thiếu (đồng)", "Owed (đồng)"}, -1},
                          {"received", {"Đã thu (đồng)", "Received (đồng)"}, -1},
                          END_OF_COLUMNS}},
    [SHARE] = {.token = "share",
               .label = {"Hội phí đã thu chia theo cấp", "Dues received, split by level"},
               .keys = share_codes,
               .columns = {{"amount", {"Số tiền (đồng)", "Amount (đồng)"}, -1}, END_OF_COLUMNS}},
    [LOAN] = {.token = "loan",
              .label = {"Thu tiền quỹ khi giải ngân vốn vay", "Money collected while a loan was paid out"},
              .columns = {{"receipts", {"Số khoản thu", "Receipts"}, -1},
                          {"amount", {"Số tiền (đồng)", "Amount (đồng)"}, -1},
                          END_OF_COLUMNS}},
    [CLOSED] = {.token = "closed",
                .label = {"Năm đã khóa sổ", "Years closed"},
                .columns = {{"units", {"Số đơn vị đã khóa", "Units that closed it"}, -1},
                            {"balance", {"Số dư (đồng)", "Balance (đồng)"}, -1},
                            END_OF_COLUMNS}},
    [GROUP] = {.token = "group",
               .label = {"Quỹ của từng chi hội, tổ", "Funds of single groups"},
               .detail = true,
               .columns = {BALANCE_COLUMNS,
                           {"days-in-red", {"Số ngày bị âm", "Days below zero"}, -1},
                           END_OF_COLUMNS}},
};

struct work {
    const struct tally_input *in;
    struct tally *out;
    struct fund_book book;
    struct named_groups groups;
    struct records supports;
};

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the report");
}

/* Sums of single units are checked where they are made; here they come together. */
static enum err add(int64_t *to, int64_t n, struct fault *f)
{
    return __builtin_add_overflow(*to, n, to) ? fault(f, ERR_BAD_NUMBER, "the fund's sum is beyond 64 bits")
                                              : ERR_OK;
}

/* ---- balances ---- */

static const char *group_name(const struct work *w, const struct fund *fund)
{
    size_t i = named_groups_find(&w->groups, fund->group);
    return i < w->groups.count ? w->groups.list[i].name : "-";
}

static enum err add_sum(struct tally *t, size_t section, const char *key, const struct fund_sum *sum,
                        struct tally_row **row, struct fault *f)
{
    if (key == NULL)
        return no_memory(f);
    enum err e = tally_row(t, section, key, row, f);
    if (e == ERR_OK)
        e = add(&(*row)->v[OPENING], sum->opening, f);
    if (e == ERR_OK)
        e = add(&(*row)->v[RECEIPTS], sum->receipts, f);
    if (e == ERR_OK)
        e = add(&(*row)->v[PAYMENTS], sum->payments, f);
    return e == ERR_OK ? add(&(*row)->v[CLOSING], sum->closing, f) : e;
}

static int64_t red_days(const struct work *w, const struct fund_deficit *list, size_t count, size_t fund)
{
    int64_t days = 0;
    for (size_t i = 0; i < count; i++)
        if (list[i].fund == fund)
            days += fund_deficit_days(&list[i], w->in->from, w->in->day);
    return days;
}

static enum err count_fund(struct work *w, size_t i, const struct fund_deficit *reds, size_t count,
                           struct fault *f)
{
    const struct fund *fund = &w->book.funds[i];
    const struct code *level = code_by_value(fund_level_codes, fund->level);
    int64_t days = red_days(w, reds, count, i);
    struct fund_sum sum;
    struct tally_row *row;
    enum err e = fund_sum(&w->book, i, w->in->from, w->in->day, &sum, f);
    if (e == ERR_OK)
        e = add_sum(w->out, BALANCE, level != NULL ? level->token : "", &sum, &row, f);
    if (e != ERR_OK)
        return e;
    row->v[RED_DAYS] += days;
    row->v[RED_UNITS] |= days > 0;
    if (fund->level != HV__FUND_LEVEL__FUND_GROUP)
        return ERR_OK;
    e = add_sum(w->out, GROUP, group_name(w, fund), &sum, &row, f);
    if (e == ERR_OK)
        row->v[RED_UNITS] += days; /* its column behind the balance */
    return e;
}

static enum err count_balances(struct work *w, struct fault *f)
{
    struct fund_deficit *reds;
    size_t count;
    enum err e = tally_rows_of_codes(w->out, &tally_fund, BALANCE, f);
    if (e == ERR_OK)
        e = fund_deficits(w->in->arena, &w->book, &reds, &count, f);
    for (size_t i = 0; e == ERR_OK && i < w->book.fund_count; i++)
        e = count_fund(w, i, reds, count, f);
    return e;
}

/* ---- sources and purposes ---- */

static enum err count_part(struct work *w, const struct fund_part *part, struct fault *f)
{
    const struct code *value = code_by_value(value_codes, part->type);
    size_t section = value != NULL ? IN_KIND : part->type == HV__ENTRY_TYPE__PAYMENT ? PURPOSE : SOURCE;
    const char *key = value != NULL      ? value->token
                      : part->word.n > 0 ? arena_copy(w->in->arena, part->word.p, part->word.n)
                                         : "-";
    if (key == NULL)
        return no_memory(f);
    struct tally_row *row;
    enum err e = tally_row(w->out, section, key, &row, f);
    if (e != ERR_OK)
        return e;
    row->v[ENTRIES] += part->count;
    return add(&row->v[AMOUNT], part->amount, f);
}

static enum err count_parts(struct work *w, struct fault *f)
{
    struct fund_part *list;
    size_t count = 0;
    enum err e = ERR_OK;
    for (size_t s = SOURCE; e == ERR_OK && s <= IN_KIND; s++)
        e = tally_rows_of_codes(w->out, &tally_fund, s, f);
    if (e == ERR_OK)
        e = fund_parts(w->in->arena, &w->book, FUND_ALL, w->in->from, w->in->day, &list, &count, f);
    for (size_t i = 0; e == ERR_OK && i < count; i++)
        e = count_part(w, &list[i], f);
    return e;
}

/* ---- dues ---- */

static void count_member(struct tally_row *row, const struct dues_member *m)
{
    static const int columns[] = {[DUES_UNPAID] = UNPAID, [DUES_PART] = PART, [DUES_PAID] = PAID};
    if (!m->stands)
        return;
    if (m->exempt >= 0) {
        row->v[EXEMPT]++;
        return;
    }
    row->v[LIABLE]++;
    row->v[columns[dues_state_of(m)]]++;
    row->v[OWED] += m->owed;
}

static enum err count_dues(struct work *w, struct fault *f)
{
    struct dues dues;
    struct tally_row *row;
    int64_t parts[DUES_SHARES];
    enum err e = tally_row(w->out, DUES, "", &row, f);
    if (e == ERR_OK)
        e = dues_load(w->in, w->in->day / 10000, w->in->day, w->in->day, &dues, f);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < dues.count; i++)
        count_member(row, &dues.list[i]);
    row->v[RECEIVED] = dues.received;
    dues_split(&dues.rate, dues.received, parts);
    e = tally_rows_of_codes(w->out, &tally_fund, SHARE, f);
    for (const struct code *c = share_codes; e == ERR_OK && c->token != NULL; c++)
        e = tally_add(w->out, SHARE, c->token, 0, parts[c->value], f);
    return e;
}

/* ---- loans ---- */

static bool is_loan(const struct record *support)
{
    static const char loan[] = "loan";
    struct bytes type = record_text(support, kind_field(&kind_support, "type"));
    return type.n == sizeof loan - 1 && memcmp(type.p, loan, type.n) == 0;
}

static bool is_hers(const struct record *support, const struct id *member)
{
    const struct id *id = record_id(support, kind_field(&kind_support, "member_id"));
    return id != NULL && member != NULL && id_equal(id, member);
}

static bool is_with_loan(const struct work *w, const struct record *entry)
{
    const struct id *named = record_id(entry, kind_field(&kind_entry, "support_id")),
                    *member = record_id(entry, kind_field(&kind_entry, "member_id"));
    for (size_t i = 0; i < w->supports.count; i++) {
        const struct record *r = w->supports.list[i];
        bool same_day = is_hers(r, member) && record_number(r, "date") == record_number(entry, "date");
        if (is_loan(r) && (same_day || (named != NULL && id_equal(&r->id, named))))
            return true;
    }
    return false;
}

/* A receipt and its reversal take each other out when both lie in the period or before its last day. */
static enum err count_loans(struct work *w, struct fault *f)
{
    struct tally_row *row;
    enum err e = tally_row(w->out, LOAN, "", &row, f);
    for (size_t i = 0; e == ERR_OK && i < w->book.count && w->book.lines[i].day <= w->in->day; i++) {
        const struct fund_line *l = &w->book.lines[i];
        if (record_number(l->entry, "type") != HV__ENTRY_TYPE__RECEIPT ||
            record_number(l->entry, "date") < w->in->from || !is_with_loan(w, l->entry))
            continue;
        row->v[0] += l->reversal != NULL ? -1 : 1;
        e = add(&row->v[1], l->amount, f);
    }
    return e;
}

/* Only loans are kept in mind. */
static void keep_loans(struct records *supports)
{
    size_t left = 0;
    for (size_t i = 0; i < supports->count; i++)
        if (is_loan(supports->list[i]))
            supports->list[left++] = supports->list[i];
    supports->count = left;
}

/* ---- closed years ---- */

static enum err count_closing(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    char key[16];
    struct tally_row *row;
    snprintf(key, sizeof key, "%d", (int)record_number(r, "year"));
    enum err e = tally_row(w->out, CLOSED, key, &row, f);
    if (e != ERR_OK)
        return e;
    row->v[0]++;
    return add(&row->v[1], record_number(r, "balance"), f);
}

static enum err rule(const struct tally_input *in, struct tally *out, struct fault *f)
{
    struct work w = {.in = in, .out = out};
    enum err e = fund_load(in, &w.book, f);
    if (e == ERR_OK)
        e = named_groups_load(in, &w.groups, f);
    if (e == ERR_OK)
        e = records_load(in, &kind_support, &w.supports, f);
    if (e != ERR_OK)
        return e;
    keep_loans(&w.supports);
    if ((e = count_balances(&w, f)) == ERR_OK)
        e = count_parts(&w, f);
    if (e == ERR_OK)
        e = count_dues(&w, f);
    if (e == ERR_OK)
        e = count_loans(&w, f);
    return e == ERR_OK ? in->each(in->source, &kind_closing, count_closing, &w, f) : e;
}

const struct tally_report tally_fund = {
    .token = "fund",
    .label = {"Quỹ hội", "The fund"},
    .sections = sections,
    .section_count = SECTIONS,
    .rule = rule,
    .also_province = true,
};
