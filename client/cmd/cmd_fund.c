/* fund book: the cash book with its running balance. fund close: a year of it is closed. */
#include "client/cell.h"
#include "client/fund_command.h"
#include "client/joining.h"
#include "client/selection.h"
#include "common/date.h"
#include "common/id.h"
#include "common/os.h"
#include "proto/record.pb-c.h"
#include <stdio.h>
#include <string.h>

/* ---- one line ---- */

struct printing {
    struct client *client;
    struct cells cells;
    const struct fund_book *book;
    bool is_csv;
    struct csv_out csv;
    struct table *table;
};

/* Day, id, voucher, what for, fund, in, out, in kind, balance. */
static const struct text_pair headings[] = {
    {"Ngày", "date"},       {"Mã", "id"},       {"Chứng từ", "voucher"}, {"Nội dung", "content"},
    {"Quỹ", "fund"},        {"Thu", "receipt"}, {"Chi", "payment"},      {"Hiện vật, ngày công", "in_kind"},
    {"Tồn quỹ", "balance"},
};
enum { TEXTS = 5, COLUMNS = sizeof headings / sizeof headings[0] };

static void put_text(struct printing *p, const char *text)
{
    if (p->is_csv)
        csv_string(&p->csv, text);
    else
        table_cell(p->table, text);
}

/* 0 is an empty cell, as in a book on paper. */
static void put_money(struct printing *p, int64_t n, bool always)
{
    if (n == 0 && !always)
        put_text(p, "");
    else if (p->is_csv)
        csv_int(&p->csv, n);
    else
        table_cell(p->table, fund_desk_money(p->client, p->client->arena, n));
}

static void end_line(struct printing *p)
{
    if (p->is_csv)
        csv_end_row(&p->csv);
}

static const char *field_text(struct printing *p, const struct record *r, const char *field)
{
    const char *text = cell_write(&p->cells, r, (size_t)kind_field(r->kind, field));
    return text != NULL ? text : "";
}

static const char *joined(struct printing *p, const char *a, const char *b)
{
    const char *both = *a != '\0' && *b != '\0' ? arena_print(p->client->arena, "%s; %s", a, b) : NULL;
    return both != NULL ? both : *a != '\0' ? a : b;
}

/* Source or purpose, who paid or was paid, what is noted. */
static const char *content_of(struct printing *p, const struct fund_line *l)
{
    static const char *const fields[] = {"source", "purpose", "member_id", "party", "note"};
    const char *text = "";
    if (l->reversal != NULL) {
        char shown[ID_SHORT];
        id_short(&l->entry->id, shown);
        text = arena_print(p->client->arena,
                           p->client->ui.lang == LANG_EN ? "Reversal of %s" : "Đảo bút toán %s", shown);
        return joined(p, text != NULL ? text : "", field_text(p, l->reversal, "reason"));
    }
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        text = joined(p, text, field_text(p, l->entry, fields[i]));
    return text;
}

static const char *id_text(struct printing *p, const struct id *id)
{
    char full[ID_TEXT], shown[ID_SHORT];
    id_format(id, full);
    id_short(id, shown);
    const char *text = arena_print(p->client->arena, "%s", p->is_csv ? full : shown);
    return text != NULL ? text : "";
}

static void put_line(struct printing *p, const struct fund_line *l, int64_t balance)
{
    char day[DATE_TEXT];
    const struct record *r = l->reversal != NULL ? l->reversal : l->entry;
    int64_t type = record_int(l->entry, kind_field(&kind_entry, "type"), 0);
    bool receipt = type == HV__ENTRY_TYPE__RECEIPT, payment = type == HV__ENTRY_TYPE__PAYMENT;
    date_format(l->day, p->cells.plain, day);
    put_text(p, day);
    put_text(p, id_text(p, &r->id));
    put_text(p, field_text(p, r, "voucher"));
    put_text(p, content_of(p, l));
    put_text(p, fund_desk_name(p->client, p->client->arena, &p->book->funds[l->fund], p->cells.plain));
    put_money(p, receipt ? l->amount : 0, false);
    put_money(p, payment ? l->amount : 0, false);
    put_money(p, receipt || payment ? 0 : l->amount, false);
    put_money(p, balance, true);
    end_line(p);
}

/* What was there before the period, and what is there at its end. */
static void put_total(struct printing *p, int32_t day, struct text_pair words, const struct fund_sum *sum,
                      int64_t balance)
{
    char text[DATE_TEXT];
    date_format(day, p->cells.plain, text);
    put_text(p, text);
    put_text(p, "");
    put_text(p, "");
    put_text(p, text_in(p->cells.plain ? LANG_EN : p->client->ui.lang, words));
    put_text(p, "");
    put_money(p, sum != NULL ? sum->receipts : 0, sum != NULL);
    put_money(p, sum != NULL ? sum->payments : 0, sum != NULL);
    put_money(p, sum != NULL ? sum->in_kind : 0, sum != NULL);
    put_money(p, balance, true);
    end_line(p);
}

/* ---- the book ---- */

static void begin(struct printing *p)
{
    if (p->is_csv)
        csv_begin(&p->csv, stdout, p->cells.plain);
    else
        p->table = table_make(COLUMNS);
    for (size_t i = 0; i < COLUMNS; i++) {
        static const char *const english[COLUMNS] = {"Date",    "Id",      "Voucher", "Content", "Fund",
                                                     "Receipt", "Payment", "In kind", "Balance"};
        const char *text = p->cells.plain                  ? headings[i].en
                           : p->client->ui.lang == LANG_EN ? english[i]
                                                           : headings[i].vi;
        if (p->is_csv)
            csv_string(&p->csv, text);
        else
            table_heading(p->table, i, text, i >= TEXTS);
    }
    end_line(p);
}

static void print_book(struct printing *p, const struct fund_choice *x, const struct fund_sum *sum)
{
    int64_t balance = sum->opening;
    begin(p);
    put_total(p, x->from, (struct text_pair){"Tồn đầu kỳ", "Opening balance"}, NULL, sum->opening);
    for (size_t i = 0; i < p->book->count; i++) {
        const struct fund_line *l = &p->book->lines[i];
        if (l->day < x->from || l->day > x->day || (x->fund != FUND_ALL && x->fund != l->fund))
            continue;
        balance += l->money; /* within what fund_sum has checked */
        put_line(p, l, balance);
    }
    put_total(p, x->day, (struct text_pair){"Cộng trong kỳ, tồn cuối kỳ", "Sums, closing balance"}, sum,
              sum->closing);
    if (p->is_csv)
        return;
    table_print(p->table, stdout);
    table_free(p->table);
}

enum err cmd_fund_book(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct fund_choice x;
    struct fund_sum sum;
    struct printing p = {.client = c, .book = &x.book};
    enum err e = option_format(&c->ui, o, &p.is_csv, f);
    if (e == ERR_OK)
        e = fund_choose(c, o, &x, f);
    if (e == ERR_OK)
        e = fund_sum(&x.book, x.fund, x.from, x.day, &sum, f);
    if (e != ERR_OK)
        return e;
    p.cells =
        (struct cells){.book = c->book, .ui = &c->ui, .arena = c->arena, .plain = option(o, "plain") != NULL};
    print_book(&p, &x, &sum);
    return p.is_csv ? ERR_OK : fund_desk_say_reds(c, f);
}

/* ---- closing a year ---- */

static enum err check_year(struct client *c, int32_t year, struct fault *f)
{
    int32_t closed;
    enum err e = fund_desk_closed(c, c->arena, &closed, f);
    if (e != ERR_OK)
        return e;
    if (year >= os_today() / 10000)
        return ui_fault(&c->ui, f, ERR_BAD_DATE, "Năm %d chưa kết thúc; chỉ khóa sổ được từ ngày 01/01/%d.",
                        "The year %d is not over; its book can be closed from 01/01/%d on.", year, year + 1);
    if (year < closed)
        return ui_fault(&c->ui, f, ERR_YEAR_CLOSED, "Sổ quỹ đã khóa đến hết năm %d, gồm cả năm %d.",
                        "The fund's book is closed up to the end of %d, the year %d with it.", closed, year);
    return ERR_OK;
}

static bool is_of_fund(const struct kind *kind)
{
    return kind == &kind_entry || kind == &kind_reversal;
}

static enum err find_refused(void *context, const struct refused *r, struct fault *f)
{
    bool *found = context;
    (void)f;
    *found |= is_of_fund(r->kind);
    return ERR_OK;
}

/* The balance is the server's to agree to: what it has refused here is not in it. */
static enum err check_sent(struct client *c, struct fault *f)
{
    struct outbox_state state;
    bool refused = false;
    enum err e = outbox_each_refused(c->book, find_refused, &refused, f);
    if (e == ERR_OK && refused)
        return ui_fault(
            &c->ui, f, ERR_DEPENDS_ON,
            "Máy chủ đã từ chối một số bút toán của máy này; hãy xử lý chúng trước khi khóa sổ, xem: "
            "%s status",
            "The server has refused some entries of this computer; settle them before the year is "
            "closed, see: %s status",
            c->ui.program);
    if (e == ERR_OK)
        e = outbox_state(c->book, &state, f);
    if (e == ERR_OK && state.waiting > 0)
        ui_tell(
            &c->ui,
            "Lưu ý: máy này còn thay đổi chưa gửi. Nên đồng bộ ở mọi máy của đơn vị trước khi khóa sổ; số "
            "dư khác với máy chủ sẽ bị từ chối.",
            "Note: this computer has changes that are not sent. Sync on every computer of the unit before "
            "a year is closed; a balance that differs from the server's is refused.");
    return e;
}

/* What is closed stays so; a fund below zero has something missing in its book. */
static enum err check_not_red(struct client *c, const struct options *o, const struct fund_book *b,
                              int32_t year, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < b->fund_count && e == ERR_OK && option(o, "anyway") == NULL; i++) {
        int64_t balance = 0;
        e = fund_balance(b, i, year * 10000 + 1231, &balance, f);
        if (e == ERR_OK && balance < 0)
            return ui_fault(&c->ui, f, ERR_BAD_NUMBER,
                            "Số dư cuối năm %d của quỹ \"%s\" bị âm (%s đồng), mà năm đã khóa thì không ghi "
                            "thêm được nữa; hãy ghi đủ các khoản thu trước. Nếu vẫn muốn khóa sổ, thêm "
                            "--anyway.",
                            "At the end of %d the balance of the fund \"%s\" is below zero (%s đồng), and "
                            "nothing more is entered in a closed year; enter the receipts that are missing "
                            "first. To close it all the same, add --anyway.",
                            year, fund_desk_name(c, c->arena, &b->funds[i], false),
                            fund_desk_money(c, c->arena, balance));
    }
    return e;
}

static enum err make_closing(struct client *c, int32_t year, int64_t balance, struct change **out,
                             struct fault *f)
{
    struct identity who;
    bool any;
    struct change *closing = change_make(c->arena, &kind_closing);
    if (closing == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    enum err e = identity_load(c->book, &who, f);
    uint32_t unit = who.unit_count > 0 ? who.units[0].stream : 0;
    key_wipe(&who, sizeof who);
    if (e != ERR_OK)
        return e;
    change_set_int(closing, kind_field(&kind_closing, "unit"), unit);
    change_set_int(closing, kind_field(&kind_closing, "year"), year);
    change_set_int(closing, kind_field(&kind_closing, "balance"), balance);
    change_set_int(closing, kind_field(&kind_closing, "date"), os_today());
    kind_relation_id(&kind_closing, closing->set, closing->values, &closing->id, &any);
    *out = closing;
    return ERR_OK;
}

/* *is_there: it is closed already, and the server has not refused it. */
static enum err look_for_closing(struct client *c, const struct id *id, bool *is_there, struct fault *f)
{
    struct record *old;
    enum err refused = ERR_OK, e = book_find(c->book, c->arena, &kind_closing, id, &old, f);
    *is_there = e == ERR_OK;
    if (e == ERR_OK)
        e = refused_code(c->book, id, &refused, f);
    *is_there &= refused == ERR_OK;
    return e == ERR_NO_SUCH_RECORD ? ERR_OK : e;
}

static enum err record_closing(struct client *c, struct change *closing, struct fault *f)
{
    enum err e = book_begin(c->book, f);
    if (e != ERR_OK)
        return e;
    if ((e = joining_record(c, c->arena, closing, true, false, NULL, f)) == ERR_OK)
        return book_commit(c->book, f);
    book_rollback(c->book);
    return e;
}

enum err cmd_fund_close(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct fund_book book;
    struct change *closing;
    int32_t year = 0;
    int64_t balance = 0;
    bool is_there = false;
    enum err e = client_open(c, o, f);
    if (e == ERR_OK)
        e = fund_year(&c->ui, o->arg_count > 0 ? o->args[0] : NULL, &year, f);
    if (e == ERR_OK)
        e = check_year(c, year, f);
    if (e == ERR_OK)
        e = fund_desk_book(c, c->arena, &book, f);
    if (e == ERR_OK)
        e = fund_balance(&book, FUND_ALL, year * 10000 + 1231, &balance, f);
    if (e == ERR_OK)
        e = make_closing(c, year, balance, &closing, f);
    if (e == ERR_OK)
        e = look_for_closing(c, &closing->id, &is_there, f);
    if (e == ERR_OK && is_there)
        return ui_fault(&c->ui, f, ERR_YEAR_CLOSED, "Sổ quỹ năm %d đã khóa rồi.",
                        "The fund's book of %d is closed already.", year);
    if (e == ERR_OK)
        e = check_not_red(c, o, &book, year, f);
    if (e == ERR_OK)
        e = check_sent(c, f);
    if (e == ERR_OK)
        e = record_closing(c, closing, f);
    if (e == ERR_OK)
        ui_say(&c->ui, "Đã khóa sổ quỹ năm %d, số dư %s đồng. Hãy đồng bộ để máy chủ xác nhận: %s sync",
               "The fund's book of %d is closed with a balance of %s đồng. Sync, so that the server confirms "
               "it: %s sync",
               year, fund_desk_money(c, c->arena, balance), c->ui.program);
    return e;
}
