/* fund statement: a year of the fund on one page. */
#include "client/fund_command.h"
#include "common/codes.h"
#include "common/date.h"
#include "proto/record.pb-c.h"
#include <stdio.h>
#include <string.h>

struct printing {
    struct client *client;
    bool is_csv, plain;
    struct csv_out csv;
    struct table *table;
};

static void put(struct printing *p, const char *text)
{
    if (p->is_csv)
        csv_string(&p->csv, text);
    else
        table_cell(p->table, text);
}

static void put_number(struct printing *p, int64_t n)
{
    if (p->is_csv)
        csv_int(&p->csv, n);
    else
        table_cell(p->table, fund_desk_money(p->client, p->client->arena, n));
}

/* `count` below zero: the line has none. */
static void put_line(struct printing *p, struct text_pair part, const char *token, const char *words,
                     int64_t amount, int64_t count)
{
    put(p, p->plain ? token : text_in(p->client->ui.lang, part));
    put(p, words);
    put_number(p, amount);
    if (count < 0)
        put(p, "");
    else
        put_number(p, count);
    if (p->is_csv)
        csv_end_row(&p->csv);
}

static const struct {
    struct text_pair label;
    const char *token;
} parts[] = {
    [HV__ENTRY_TYPE__RECEIPT] = {{"Thu", "Receipts"}, "receipt"},
    [HV__ENTRY_TYPE__PAYMENT] = {{"Chi", "Payments"}, "payment"},
    [HV__ENTRY_TYPE__GIFT_IN_KIND] = {{"Hiện vật (ngoài tồn quỹ)", "Gifts in kind (outside the balance)"},
                                      "gift-in-kind"},
    [HV__ENTRY_TYPE__LABOUR] = {{"Ngày công (ngoài tồn quỹ)", "Labour (outside the balance)"}, "labour"},
};

static const char *word_of(struct printing *p, const struct fund_part *part)
{
    static const struct text_pair none = {"(chưa ghi)", "(not given)"};
    const struct code *codes = part->type == HV__ENTRY_TYPE__PAYMENT ? fund_purpose_codes : fund_source_codes;
    const char *token =
        arena_copy(p->client->arena, part->word.p != NULL ? part->word.p : (const uint8_t *)"", part->word.n);
    const struct code *code = token != NULL ? code_by_token(codes, token) : NULL;
    if (p->plain || token == NULL)
        return token != NULL ? token : "";
    return code != NULL     ? text_in(p->client->ui.lang, code->label)
           : *token != '\0' ? token
                            : text_in(p->client->ui.lang, none);
}

static void begin(struct printing *p)
{
    static const struct text_pair headings[] = {{"Mục", "part"},
                                                {"Nguồn, mục đích", "word"},
                                                {"Số tiền (đồng)", "amount"},
                                                {"Số bút toán", "entries"}};
    static const char *const english[] = {"Part", "Source or purpose", "Amount (đồng)", "Entries"};
    if (p->is_csv)
        csv_begin(&p->csv, stdout, p->plain);
    else
        p->table = table_make(4);
    for (size_t i = 0; i < 4; i++) {
        const char *text = p->plain                        ? headings[i].en
                           : p->client->ui.lang == LANG_EN ? english[i]
                                                           : headings[i].vi;
        if (p->is_csv)
            csv_string(&p->csv, text);
        else
            table_heading(p->table, i, text, i >= 2);
    }
    if (p->is_csv)
        csv_end_row(&p->csv);
}

/* The lines of a type and, of money, their sum. */
static void print_type(struct printing *p, const struct fund_part *list, size_t count, int32_t type,
                       const int64_t *sum)
{
    const char *all = p->plain ? "all" : text_in(p->client->ui.lang, (struct text_pair){"Cộng", "Sum"});
    for (size_t i = 0; i < count; i++)
        if (list[i].type == type)
            put_line(p, parts[type].label, parts[type].token, word_of(p, &list[i]), list[i].amount,
                     list[i].count);
    if (sum != NULL)
        put_line(p, parts[type].label, parts[type].token, all, *sum, -1);
}

static void print_statement(struct printing *p, const struct fund_sum *sum, const struct fund_part *list,
                            size_t count)
{
    begin(p);
    put_line(p, (struct text_pair){"Tồn đầu kỳ", "Opening balance"}, "opening", "", sum->opening, -1);
    print_type(p, list, count, HV__ENTRY_TYPE__RECEIPT, &sum->receipts);
    print_type(p, list, count, HV__ENTRY_TYPE__PAYMENT, &sum->payments);
    put_line(p, (struct text_pair){"Tồn cuối kỳ", "Closing balance"}, "closing", "", sum->closing, -1);
    print_type(p, list, count, HV__ENTRY_TYPE__GIFT_IN_KIND, NULL);
    print_type(p, list, count, HV__ENTRY_TYPE__LABOUR, NULL);
    if (p->is_csv)
        return;
    table_print(p->table, stdout);
    table_free(p->table);
}

static enum err say_closed(struct client *c, int32_t day, struct fault *f)
{
    int32_t closed;
    enum err e = fund_desk_closed(c, c->arena, &closed, f);
    if (e == ERR_OK && day / 10000 <= closed)
        ui_say(&c->ui, "Sổ quỹ đã khóa đến hết năm %d.", "The fund's book is closed up to the end of %d.",
               closed);
    return e == ERR_OK ? fund_desk_say_reds(c, f) : e;
}

enum err cmd_fund_statement(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct fund_choice x;
    struct fund_sum sum;
    struct fund_part *list;
    size_t count;
    struct printing p = {.client = c, .plain = option(o, "plain") != NULL};
    enum err e = option_format(&c->ui, o, &p.is_csv, f);
    if (e == ERR_OK)
        e = fund_choose(c, o, &x, f);
    x.day = e == ERR_OK ? x.day / 10000 * 10000 + 1231 : 0;
    if (e == ERR_OK)
        e = fund_sum(&x.book, x.fund, x.from, x.day, &sum, f);
    if (e == ERR_OK)
        e = fund_parts(c->arena, &x.book, x.fund, x.from, x.day, &list, &count, f);
    if (e != ERR_OK)
        return e;
    print_statement(&p, &sum, list, count);
    return p.is_csv ? ERR_OK : say_closed(c, x.day, f);
}
