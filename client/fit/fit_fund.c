/* What the fund's book takes at the desk, and what is doubtful in it. The server holds to the same. */
#include "client/fit.h"
#include "client/fund.h"
#include "client/selection.h"
#include "common/change.h"
#include "common/check.h"
#include "common/date.h"
#include "common/os.h"
#include "proto/record.pb-c.h"
#include <stdio.h>
#include <string.h>

static const char *label_of(const struct client *c, const struct record *r, const char *field)
{
    return text_in(c->ui.lang, r->kind->fields[kind_field(r->kind, field)].label);
}

static enum err check_open(struct client *c, struct arena *a, const struct record *r, struct fault *f)
{
    int32_t closed, year = (int32_t)record_number(r, "date") / 10000;
    enum err e = fund_desk_closed(c, a, &closed, f);
    if (e != ERR_OK || year > closed || year == 0)
        return e;
    return ui_fault(&c->ui, f, ERR_YEAR_CLOSED,
                    "%s: sổ quỹ đã khóa đến hết năm %d; hãy ghi vào năm đang mở, với ngày của năm ấy.",
                    "%s: the fund's book is closed up to the end of %d; enter it in the year that is open, "
                    "with a date of that year.",
                    label_of(c, r, "date"), closed);
}

/* The book is of what has been: an entry stands for good, with its day. */
static enum err check_past(struct client *c, const struct record *r, struct fault *f)
{
    char date[DATE_TEXT];
    int32_t day = (int32_t)record_number(r, "date");
    if (day <= os_today())
        return ERR_OK;
    date_format(day, false, date);
    return ui_fault(&c->ui, f, ERR_BAD_DATE, "%s: %s chưa đến; hãy ghi ngày đã thu, chi hoặc đảo bút toán.",
                    "%s: %s lies ahead; give the day on which it was received, paid or reversed.",
                    label_of(c, r, "date"), date);
}

/* ---- written once ---- */

static bool alters(const struct change *change, const struct record *old)
{
    for (size_t i = 0; i < change->kind->field_count; i++) {
        uint64_t bit = field_bit(change->kind, i);
        bool had = (old->set & bit) != 0;
        if (((change->cleared & bit) != 0 && had) ||
            ((change->set & bit) != 0 &&
             (!had || !value_equal(change->kind, i, &change->values[i], &old->values[i]))))
            return true;
    }
    return false;
}

enum err fit_kept_fault(struct client *c, const struct kind *kind, const struct id *id, struct fault *f)
{
    char shown[ID_SHORT];
    id_short(id, shown);
    if (kind == &kind_entry)
        return ui_fault(
            &c->ui, f, ERR_APPEND_ONLY,
            "Bút toán đã ghi thì không sửa, không huỷ; hãy đảo bút toán rồi ghi lại cho đúng: %s "
            "reversal add --entry %s --date NGÀY",
            "An entry that is written is neither edited nor voided; reverse it and enter it as it "
            "should be: %s reversal add --entry %s --date DATE",
            c->ui.program, shown);
    if (kind == &kind_reversal)
        return ui_fault(
            &c->ui, f, ERR_EXISTS,
            "Bút toán này đã được đảo rồi, mỗi bút toán chỉ đảo một lần; xem: %s reversal show %s",
            "The entry has been reversed already, which is done once; see: %s reversal show %s",
            c->ui.program, shown);
    return ui_fault(&c->ui, f, ERR_EXISTS,
                    "Năm này đã khóa sổ; việc khóa sổ không sửa, không huỷ. Xem: %s closing show %s",
                    "The year is closed, and stays as it was closed; see: %s closing show %s", c->ui.program,
                    shown);
}

/* *is_new: the record is not in the book yet, or only as the server has refused it. */
static enum err check_once(struct client *c, struct arena *a, const struct change *change, bool *is_new,
                           struct fault *f)
{
    struct record *old;
    enum err refused = ERR_OK, e = book_find(c->book, a, change->kind, &change->id, &old, f);
    *is_new = e == ERR_NO_SUCH_RECORD;
    if (e != ERR_OK)
        return *is_new ? ERR_OK : e;
    if (!alters(change, old))
        return ERR_OK;
    e = refused_code(c->book, &change->id, &refused, f);
    *is_new = refused != ERR_OK;
    return e == ERR_OK && !*is_new ? fit_kept_fault(c, change->kind, &change->id, f) : e;
}

/* ---- entries ---- */

static bool is_loan(const struct record *support)
{
    static const char loan[] = "loan";
    struct bytes type = record_text(support, kind_field(&kind_support, "type"));
    return type.n == sizeof loan - 1 && memcmp(type.p, loan, type.n) == 0;
}

/* Fund money must not be collected while paying out a loan (HD 07/HD-ĐCT-TC, 2017). */
static enum err check_loan(struct client *c, struct arena *a, const struct record *r, struct fault *f)
{
    struct record *support;
    const struct id *id = record_reference(r, "support_id");
    if (record_number(r, "type") != HV__ENTRY_TYPE__RECEIPT || id == NULL)
        return ERR_OK;
    enum err e = book_find(c->book, a, &kind_support, id, &support, f);
    if (e != ERR_OK || !is_loan(support))
        return e == ERR_NO_SUCH_RECORD ? ERR_OK : e;
    return ui_fault(
        &c->ui, f, ERR_BAD_FORMAT,
        "%s: không được thu tiền quỹ khi giải ngân vốn vay (HD 07/HD-ĐCT-TC); hãy thu vào lúc khác "
        "và bỏ trống mục này.",
        "%s: no fund money is collected while a loan is paid out (guidance 07/HD-ĐCT-TC); collect "
        "it at another time and leave the field empty.",
        label_of(c, r, "support_id"));
}

static enum err find_receipt(void *context, const struct record *r, struct fault *f)
{
    bool *found = context;
    (void)f;
    *found |= record_number(r, "type") == HV__ENTRY_TYPE__RECEIPT;
    return ERR_OK;
}

/* The other way round: what money was collected with does not become a loan. */
static enum err check_support(struct client *c, struct arena *a, const struct change *change,
                              const struct record *r, struct fault *f)
{
    bool found = false;
    struct book_filter of_it = {
        .kind = &kind_entry, .of_kind = &kind_support, .of = &r->id, .missing_field = -1};
    if (!is_loan(r) ||
        (change->set & field_bit(&kind_support, (size_t)kind_field(&kind_support, "type"))) == 0)
        return ERR_OK;
    enum err e = book_each(c->book, a, &of_it, find_receipt, &found, f);
    if (e != ERR_OK || !found)
        return e;
    return ui_fault(
        &c->ui, f, ERR_BAD_FORMAT,
        "%s: đã có khoản thu quỹ gắn với lần chăm lo này, mà không được thu tiền quỹ khi giải ngân "
        "vốn vay (HD 07/HD-ĐCT-TC); hãy huỷ lần này rồi ghi khoản vay thành lần mới.",
        "%s: a receipt of the fund refers to this support, and no fund money is collected while a "
        "loan is paid out (guidance 07/HD-ĐCT-TC); void this one and enter the loan anew.",
        label_of(c, r, "type"));
}

/* ---- reversals ---- */

static enum err check_reversal(struct client *c, struct arena *a, const struct record *r, struct fault *f)
{
    struct record *entry;
    const struct id *id = record_reference(r, "entry_id");
    if (id == NULL || record_number(r, "date") == 0)
        return ERR_OK;
    enum err e = book_find(c->book, a, &kind_entry, id, &entry, f);
    if (e != ERR_OK || record_number(r, "date") >= record_number(entry, "date"))
        return e == ERR_NO_SUCH_RECORD ? ERR_OK : e;
    char date[DATE_TEXT];
    date_format((int32_t)record_number(entry, "date"), false, date);
    return ui_fault(&c->ui, f, ERR_BAD_DATE,
                    "%s: không thể đảo trước ngày của chính bút toán (%s); hãy xem lại ngày.",
                    "%s: an entry can't be reversed before its own day (%s); check the date.",
                    label_of(c, r, "date"), date);
}

enum err fit_fund_check(struct client *c, struct arena *a, const struct change *change,
                        const struct record *r, struct fault *f)
{
    bool is_new;
    if (r->kind == &kind_support)
        return check_support(c, a, change, r, f);
    if (r->kind != &kind_entry && r->kind != &kind_reversal && r->kind != &kind_closing)
        return ERR_OK;
    enum err e = check_once(c, a, change, &is_new, f);
    if (e != ERR_OK || !is_new)
        return e;
    if (r->kind == &kind_closing)
        return ui_fault(&c->ui, f, ERR_BAD_FORMAT, "Hãy khóa sổ bằng lệnh: %s fund close NĂM",
                        "Close a year by: %s fund close YEAR", c->ui.program);
    if ((e = check_past(c, r, f)) != ERR_OK || (e = check_open(c, a, r, f)) != ERR_OK)
        return e;
    return r->kind == &kind_entry ? check_loan(c, a, r, f) : check_reversal(c, a, r, f);
}

/* ---- doubts ---- */

struct looking {
    int64_t date;
    bool found;
};

static enum err look_for_loan(void *context, const struct record *r, struct fault *f)
{
    struct looking *x = context;
    (void)f;
    x->found |= is_loan(r) && record_number(r, "date") == x->date;
    return ERR_OK;
}

/* A receipt from a member on the very day of her loan. */
static enum err doubt_loan(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                           struct fault *f)
{
    struct looking x = {.date = record_number(r, "date")};
    struct book_filter hers = {
        .kind = &kind_support, .member = record_reference(r, "member_id"), .missing_field = -1};
    if (hers.member == NULL || record_number(r, "type") != HV__ENTRY_TYPE__RECEIPT)
        return ERR_OK;
    enum err e = book_each(c->book, a, &hers, look_for_loan, &x, f);
    if (e == ERR_OK && x.found)
        snprintf(
            out, size, "%s",
            c->ui.lang == LANG_EN
                ? "on this very day a loan was paid out to the member; no fund money is collected while a "
                  "loan is paid out (guidance 07/HD-ĐCT-TC)."
                : "đúng ngày này hội viên được giải ngân vốn vay; không được thu tiền quỹ khi giải ngân "
                  "vốn vay (HD 07/HD-ĐCT-TC).");
    return e;
}

static enum err look_for_receipt(void *context, const struct record *r, struct fault *f)
{
    struct looking *x = context;
    (void)f;
    x->found |= record_number(r, "type") == HV__ENTRY_TYPE__RECEIPT && record_number(r, "date") == x->date;
    return ERR_OK;
}

/* A loan on the very day of a receipt from her. */
static enum err doubt_receipt(struct client *c, struct arena *a, const struct record *r, char *out,
                              size_t size, struct fault *f)
{
    struct looking x = {.date = record_number(r, "date")};
    struct book_filter hers = {
        .kind = &kind_entry, .member = record_reference(r, "member_id"), .missing_field = -1};
    if (hers.member == NULL || !is_loan(r))
        return ERR_OK;
    enum err e = book_each(c->book, a, &hers, look_for_receipt, &x, f);
    if (e == ERR_OK && x.found)
        snprintf(
            out, size, "%s",
            c->ui.lang == LANG_EN
                ? "on this very day the fund received money from the member; no fund money is collected "
                  "while a loan is paid out (guidance 07/HD-ĐCT-TC)."
                : "đúng ngày này đã thu tiền quỹ của hội viên; không được thu tiền quỹ khi giải ngân vốn "
                  "vay (HD 07/HD-ĐCT-TC).");
    return e;
}

/* What the line has taken from the fund, if anything. */
static const struct fund_line *line_of(const struct fund_book *b, const struct record *r)
{
    for (size_t i = 0; i < b->count; i++) {
        const struct fund_line *l = &b->lines[i];
        if (id_equal(l->reversal != NULL ? &l->reversal->id : &l->entry->id, &r->id))
            return l;
    }
    return NULL;
}

static enum err doubt_red(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                          struct fault *f)
{
    struct fund_reds now;
    if (r->kind == &kind_entry && record_number(r, "type") != HV__ENTRY_TYPE__PAYMENT)
        return ERR_OK;
    enum err e = fund_desk_reds(c, a, &now, f);
    const struct fund_line *l = e == ERR_OK ? line_of(&now.book, r) : NULL;
    if (l == NULL || l->money >= 0)
        return e;
    for (size_t i = 0; i < now.count; i++)
        if (now.list[i].fund == l->fund && now.list[i].until > l->day) {
            snprintf(out, size, "%s", fund_desk_red(c, a, &now.book, &now.list[i]));
            return ERR_OK;
        }
    return ERR_OK;
}

enum err fit_fund_doubt(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                        struct fault *f)
{
    if (r->kind == &kind_support)
        return doubt_receipt(c, a, r, out, size, f);
    enum err e = r->kind == &kind_entry ? doubt_loan(c, a, r, out, size, f) : ERR_OK;
    if (e == ERR_OK && *out == '\0' && r->kind == &kind_entry)
        e = fit_dues_doubt(c, a, r, out, size, f);
    return e == ERR_OK && *out == '\0' ? doubt_red(c, a, r, out, size, f) : e;
}
