/* fund dues: who has paid the dues of a year, who has not, who is exempt and why. */
#include "client/cell.h"
#include "client/fund_command.h"
#include "client/selection.h"
#include "common/codes.h"
#include "common/dues.h"
#include "common/id.h"
#include "common/noun.h"
#include "common/os.h"
#include <stdio.h>
#include <string.h>

struct printing {
    struct client *client;
    struct cells cells;
    bool is_csv, unpaid;
    const struct id *group; /* NULL: all */
    struct csv_out csv;
    struct table *table;
    size_t rows;
    int64_t liable, paid_up, owed;
};

static const struct text_pair headings[] = {
    {"Mã", "id"},
    {"Họ và tên", "name"},
    {"Chi hội", "group"},
    {"Hội phí", "state"},
    {"Được miễn vì", "exempt"},
    {"Số tháng đã nộp", "months"},
    {"Đã nộp (đồng)", "paid"},
    {"Còn thiếu (đồng)", "owed"},
};
static const char *const english[] = {"Id",     "Name",        "Group",       "Dues",
                                      "Exempt", "Months paid", "Paid (đồng)", "Owed (đồng)"};
enum { TEXTS = 5, COLUMNS = sizeof headings / sizeof headings[0] };

static const struct code states[] = {
    {DUES_UNPAID, "unpaid", {"Chưa nộp", "Not paid"}},
    {DUES_PART, "part", {"Nộp một phần", "Paid in part"}},
    {DUES_PAID, "paid", {"Đã nộp đủ", "Paid"}},
    {DUES_EXEMPT, "exempt", {"Được miễn", "Exempt"}},
    {0, NULL, {NULL, NULL}},
};

static void put(struct printing *p, const char *text)
{
    if (p->is_csv)
        csv_string(&p->csv, text != NULL ? text : "");
    else
        table_cell(p->table, text != NULL ? text : "");
}

static void put_number(struct printing *p, int64_t n)
{
    if (p->is_csv)
        csv_int(&p->csv, n);
    else
        table_cell(p->table, fund_desk_money(p->client, p->client->arena, n));
}

static const char *word(struct printing *p, const struct code *codes, int value)
{
    const struct code *code = code_by_value(codes, value);
    return code == NULL ? "" : p->cells.plain ? code->token : text_in(p->client->ui.lang, code->label);
}

static void begin(struct printing *p)
{
    if (p->is_csv)
        csv_begin(&p->csv, stdout, p->cells.plain);
    else
        p->table = table_make(COLUMNS);
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *text = p->cells.plain                  ? headings[i].en
                           : p->client->ui.lang == LANG_EN ? english[i]
                                                           : headings[i].vi;
        if (p->is_csv)
            csv_string(&p->csv, text);
        else
            table_heading(p->table, i, text, i >= TEXTS);
    }
    if (p->is_csv)
        csv_end_row(&p->csv);
}

static const char *field_text(struct printing *p, const struct record *r, const char *field)
{
    return cell_write(&p->cells, r, (size_t)kind_field(r->kind, field));
}

static const char *id_text(struct printing *p, const struct id *id)
{
    char full[ID_TEXT], shown[ID_SHORT];
    id_format(id, full);
    id_short(id, shown);
    return arena_print(p->client->arena, "%s", p->is_csv ? full : shown);
}

static void put_member(struct printing *p, const struct dues_member *m)
{
    const struct record *r = m->person->member;
    put(p, id_text(p, &r->id));
    put(p, field_text(p, r, "name"));
    put(p, field_text(p, r, "group_id"));
    put(p, word(p, states, dues_state_of(m)));
    put(p, m->exempt >= 0 ? word(p, exempt_codes, m->exempt) : "");
    put_number(p, m->months);
    put_number(p, m->paid);
    put_number(p, m->owed);
    if (p->is_csv)
        csv_end_row(&p->csv);
    p->rows++;
}

static bool is_in_group(const struct printing *p, const struct dues_member *m)
{
    const struct id *group = record_id(m->person->member, kind_field(&kind_member, "group_id"));
    return p->group == NULL || (group != NULL && id_equal(group, p->group));
}

/* In the order in which members are listed, which is the register's. */
struct showing {
    struct printing *printing;
    const struct dues *dues;
};

static enum err show(void *context, const struct record *r, struct fault *f)
{
    const struct showing *x = context;
    struct printing *p = x->printing;
    (void)f;
    const struct dues_member *m = dues_find(x->dues, &r->id);
    if (m == NULL || !is_in_group(p, m))
        return ERR_OK;
    bool liable = m->stands && m->exempt < 0, paid_up = dues_state_of(m) == DUES_PAID;
    p->liable += liable;
    p->paid_up += liable && paid_up;
    p->owed += m->owed;
    if (!p->unpaid || (liable && !paid_up))
        put_member(p, m);
    return ERR_OK;
}

static void say_end(struct printing *p, const struct dues *d, int32_t year)
{
    struct client *c = p->client;
    if (d->rate.record == NULL)
        ui_tell(&c->ui,
                "Chưa có mức hội phí nào áp dụng cho năm %d; hãy đồng bộ, hoặc đề nghị tỉnh ghi mức hội phí.",
                "No rate of dues is in force for %d; sync, or ask the province to enter one.", year);
    ui_tell(&c->ui, "Phải nộp: %lld; đã nộp đủ: %lld; còn thiếu: %s đồng.",
            "Liable: %lld; paid in full: %lld; owed: %s đồng.", (long long)p->liable, (long long)p->paid_up,
            fund_desk_money(c, c->arena, p->owed));
}

static enum err load(struct client *c, int32_t year, struct dues *out, struct fund_source *source,
                     struct fault *f)
{
    struct tally_input in;
    int32_t today = os_today();
    enum err e = fund_desk_input(c, c->arena, source, &in, f);
    return e == ERR_OK ? dues_load(&in, year, dues_day(year, today), today, out, f) : e;
}

static enum err read_options(struct client *c, const struct options *o, struct printing *p, struct id *group,
                             int32_t *year, struct fault *f)
{
    const char *text = option(o, "year"), *name = option(o, "group");
    enum err e = option_format(&c->ui, o, &p->is_csv, f);
    *year = os_today() / 10000;
    if (e == ERR_OK && text != NULL)
        e = fund_year(&c->ui, text, year, f);
    if (e == ERR_OK)
        e = client_open(c, o, f);
    if (e != ERR_OK)
        return e;
    p->cells =
        (struct cells){.book = c->book, .ui = &c->ui, .arena = c->arena, .plain = option(o, "plain") != NULL};
    p->unpaid = option(o, "unpaid") != NULL;
    p->group = name != NULL ? group : NULL;
    return name != NULL ? cell_group_find(&p->cells, name, group, f) : ERR_OK;
}

enum err cmd_fund_dues(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct printing p = {.client = c};
    struct fund_source source;
    struct dues dues;
    struct id group;
    int32_t year;
    struct book_filter all = {.kind = &kind_member, .missing_field = -1};
    enum err e = read_options(c, o, &p, &group, &year, f);
    if (e == ERR_OK)
        e = load(c, year, &dues, &source, f);
    if (e != ERR_OK)
        return e;
    struct showing x = {&p, &dues};
    begin(&p);
    e = book_each(c->book, c->arena, &all, show, &x, f);
    if (!p.is_csv) {
        table_print(p.table, stdout);
        table_free(p.table);
    }
    if (e == ERR_OK && fflush(stdout) == 0)
        say_end(&p, &dues, year);
    return e;
}
