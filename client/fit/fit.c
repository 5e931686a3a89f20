#include "client/fit.h"
#include "client/group.h"
#include "client/selection.h"
#include "common/check.h"
#include "common/codes.h"
#include "common/id.h"
#include "proto/record.pb-c.h"
#include <string.h>

/* ---- what is looked at ---- */

struct fitting {
    struct client *client;
    struct arena *arena;
    const struct change *change;
    const struct record *r; /* as it will be */
};

static bool touches(const struct change *change, int field)
{
    return field >= 0 && ((change->set | change->cleared) & field_bit(change->kind, (size_t)field)) != 0;
}

static bool touches_named(const struct change *change, const char *name)
{
    return touches(change, kind_field(change->kind, name));
}

static bool is_void(const struct record *r)
{
    return record_int(r, kind_field(r->kind, "voided"), 0) != 0;
}

static const char *label_of(const struct fitting *x, int field)
{
    return text_in(x->client->ui.lang, x->r->kind->fields[field].label);
}

static const char *word_of(const struct fitting *x, const struct code *codes, int64_t value)
{
    const struct code *code = code_by_value(codes, value);
    return code != NULL ? text_in(x->client->ui.lang, code->label) : "?";
}

/* "Tổ hoặc Tổ tư vấn" */
static const char *types_words(const struct fitting *x, uint32_t types)
{
    static const struct text_pair or = {" hoặc ", " or "};
    const char *list = "";
    for (const struct code *k = group_kind_codes; k->token != NULL && list != NULL; k++)
        if ((types >> k->value & 1) != 0)
            list = arena_print(x->arena, "%s%s%s", list, *list != '\0' ? text_in(x->client->ui.lang, or) : "",
                               text_in(x->client->ui.lang, k->label));
    return list != NULL ? list : "";
}

/* ---- posts and groups ---- */

static enum err post_fault(const struct fitting *x, int field, enum group_fit fit, uint32_t types,
                           int64_t group_type, struct fault *f)
{
    const struct ui *ui = &x->client->ui;
    const char *label = label_of(x, field);
    const char *post = word_of(x, post_type_codes, record_int(x->r, kind_field(&kind_post, "type"), 0));
    if (fit == GROUP_MISSING)
        return ui_fault(ui, f, ERR_MISSING, "%s: chức danh \"%s\" là của một %s; hãy ghi rõ nhóm nào.",
                        "%s: the post \"%s\" is that of a %s; say of which.", label, post,
                        types_words(x, types));
    if (fit == GROUP_UNWANTED)
        return ui_fault(ui, f, ERR_BAD_FORMAT,
                        "%s: chức danh \"%s\" không thuộc chi hội, tổ, nhóm nào; hãy bỏ trống mục này.",
                        "%s: the post \"%s\" belongs to no group; leave the field empty.", label, post);
    return ui_fault(ui, f, ERR_BAD_FORMAT,
                    "%s: chức danh \"%s\" là của %s, còn nhóm này là %s; hãy chọn nhóm khác hoặc chức danh "
                    "khác.",
                    "%s: the post \"%s\" is that of a %s, and this group is a %s; choose another group or "
                    "another post.",
                    label, post, types_words(x, types), word_of(x, group_kind_codes, group_type));
}

static enum err parent_fault(const struct fitting *x, int field, enum group_fit fit, int64_t parent_type,
                             struct fault *f)
{
    const struct ui *ui = &x->client->ui;
    if (fit == GROUP_UNWANTED)
        return ui_fault(
            ui, f, ERR_BAD_FORMAT,
            "%s: chi hội không trực thuộc nhóm nào; hãy bỏ trống mục này hoặc chọn loại hình khác.",
            "%s: a chi hội is below no other group; leave the field empty or choose another type.",
            label_of(x, field));
    return ui_fault(ui, f, ERR_BAD_FORMAT,
                    "%s: chỉ chi hội mới có tổ, nhóm trực thuộc, còn nhóm này là %s; hãy chọn một chi hội.",
                    "%s: only a chi hội has groups below it, and this group is a %s; choose a chi hội.",
                    label_of(x, field), word_of(x, group_kind_codes, parent_type));
}

static enum err group_type(const struct fitting *x, int field, int64_t *out, struct fault *f)
{
    const struct id *id = record_id(x->r, field);
    struct record *group;
    *out = 0;
    if (id == NULL)
        return ERR_OK;
    enum err e = book_find(x->client->book, x->arena, &kind_group, id, &group, f);
    if (e == ERR_OK)
        *out = record_int(group, kind_field(&kind_group, "type"), 0);
    return e;
}

/* The reference itself is checked where the change is recorded; one that is not here says nothing now. */
static enum err check_group(const struct fitting *x, struct fault *f)
{
    bool is_post = x->r->kind == &kind_post;
    int field = is_post ? kind_field(&kind_post, "group_id") : kind_field(&kind_group, "parent_id");
    int64_t type;
    uint32_t types;
    if ((!is_post && x->r->kind != &kind_group) || is_void(x->r) ||
        (!touches(x->change, field) && !touches_named(x->change, "type") &&
         (is_post || !touches_named(x->change, "voided"))))
        return ERR_OK;
    enum err e = group_type(x, field, &type, f);
    if (e != ERR_OK)
        return e == ERR_NO_SUCH_RECORD ? ERR_OK : e;
    enum group_fit fit = check_group_fit(x->r, type, &types);
    if (fit == GROUP_FITS)
        return ERR_OK;
    return is_post ? post_fault(x, field, fit, types, type, f) : parent_fault(x, field, fit, type, f);
}

/* A chi hội that becomes something else must have no groups below it. */
static enum err check_below(const struct fitting *x, bool creates, struct fault *f)
{
    int field = kind_field(&kind_group, "type");
    size_t below = 0;
    if (x->r->kind != &kind_group || creates || !touches(x->change, field) ||
        record_int(x->r, field, 0) == HV__GROUP_KIND__CHI_HOI)
        return ERR_OK;
    enum err e = group_count_below(x->client, x->arena, &x->r->id, &below, f);
    if (e != ERR_OK || below == 0)
        return e;
    return ui_fault(&x->client->ui, f, ERR_BAD_FORMAT,
                    "%s: chỉ chi hội mới có tổ, nhóm trực thuộc, mà nhóm này có %zu; hãy chuyển các nhóm đó "
                    "trước.",
                    "%s: only a chi hội has groups below it, and this one has %zu; move those first.",
                    label_of(x, field), below);
}

/* ---- dates, codes, counts ---- */

static const char *date_words(const struct fitting *x, int field)
{
    struct cells cells = {.book = x->client->book, .ui = &x->client->ui, .arena = x->arena};
    return cell_write(&cells, x->r, (size_t)field);
}

static enum err check_span(const struct fitting *x, struct fault *f)
{
    int begins, ends;
    if (!check_backwards(x->r, &begins, &ends) || (!touches(x->change, begins) && !touches(x->change, ends)))
        return ERR_OK;
    int named = touches(x->change, ends) ? ends : begins, other = named == ends ? begins : ends;
    return named == ends ? ui_fault(&x->client->ui, f, ERR_BAD_DATE,
                                    "%s: %s ở trước \"%s\" (%s); hãy xem lại cả hai ngày.",
                                    "%s: %s lies before \"%s\" (%s); check both dates.", label_of(x, named),
                                    date_words(x, named), label_of(x, other), date_words(x, other))
                         : ui_fault(&x->client->ui, f, ERR_BAD_DATE,
                                    "%s: %s ở sau \"%s\" (%s); hãy xem lại cả hai ngày.",
                                    "%s: %s lies after \"%s\" (%s); check both dates.", label_of(x, named),
                                    date_words(x, named), label_of(x, other), date_words(x, other));
}

static enum err check_codes(const struct fitting *x, int field, struct fault *f)
{
    struct bytes text = record_text(x->r, field);
    struct bytes wrong = check_communes((const char *)text.p, text.n);
    if (wrong.p == NULL)
        return ERR_OK;
    return ui_fault(
        &x->client->ui, f, ERR_BAD_FORMAT,
        "%s: \"%.*s\" không phải là mã xã gồm 5 chữ số; hãy viết các mã cách nhau bằng dấu phẩy, ví "
        "dụ 31317,31318.",
        "%s: \"%.*s\" is no code of a commune, which has 5 digits; write the codes with commas "
        "between them, for example 31317,31318.",
        label_of(x, field), (int)wrong.n, (const char *)wrong.p);
}

static enum err check_fields(const struct fitting *x, struct fault *f)
{
    enum err e = ERR_OK;
    for (int i = 0; i < (int)x->r->kind->field_count && e == ERR_OK; i++) {
        enum check check = x->r->kind->fields[i].check;
        if (!touches(x->change, i) || !record_has(x->r, i))
            continue;
        if (check == CHECK_COMMUNES)
            e = check_codes(x, i, f);
        else
            e = fit_bounds_check(x->client, x->arena, x->r, i, f);
    }
    return e;
}

/* ---- causes ---- */

struct other_main {
    const struct id *id;
    struct id found;
    bool is_found;
};

static enum err find_main(void *context, const struct record *r, struct fault *f)
{
    struct other_main *x = context;
    (void)f;
    if (!id_equal(&r->id, x->id) && record_int(r, kind_field(&kind_cause, "main_cause"), 0) != 0) {
        x->found = r->id;
        x->is_found = true;
    }
    return ERR_OK;
}

/* Which other cause is the main one of the plan. */
static enum err look_for_main(const struct fitting *x, struct other_main *other, struct fault *f)
{
    *other = (struct other_main){.id = &x->r->id};
    if (x->r->kind != &kind_cause || is_void(x->r) ||
        record_int(x->r, kind_field(&kind_cause, "main_cause"), 0) == 0)
        return ERR_OK;
    struct book_filter same_plan = {.kind = &kind_cause,
                                    .of_kind = &kind_plan,
                                    .of = record_id(x->r, kind_field(&kind_cause, "plan_id")),
                                    .missing_field = -1};
    return book_each(x->client->book, x->arena, &same_plan, find_main, other, f);
}

/* One of a plan's causes is the main one. */
static enum err check_main(const struct fitting *x, struct fault *f)
{
    int main_cause = kind_field(&kind_cause, "main_cause");
    struct other_main other;
    char shown[ID_SHORT];
    if (x->r->kind != &kind_cause ||
        (!touches(x->change, main_cause) && !touches_named(x->change, "plan_id") &&
         !touches_named(x->change, "voided")))
        return ERR_OK;
    enum err e = look_for_main(x, &other, f);
    if (e != ERR_OK || !other.is_found)
        return e;
    id_short(&other.found, shown);
    return ui_fault(
        &x->client->ui, f, ERR_EXISTS,
        "%s: kế hoạch này đã có nguyên nhân chính (%s); hãy bỏ dấu ở đó trước: %s cause edit %s%s "
        "--main-cause no",
        "%s: the plan has a main cause already (%s); take the mark off there first: %s cause edit %s%s "
        "--main-cause no",
        label_of(x, main_cause), shown, x->client->ui.program, shown, ui_about(&x->client->ui));
}

/* ---- what the server refused ---- */

/* A refused change goes again with the next edit of its record, so both ways out are commands. */
static enum err main_refused(const struct fitting *x, struct fault *f)
{
    struct other_main other;
    char that[ID_SHORT], this[ID_SHORT];
    const struct ui *ui = &x->client->ui;
    const char *about = ui_about(ui), *label;
    int main_cause = kind_field(&kind_cause, "main_cause");
    enum err e = look_for_main(x, &other, f);
    if (e != ERR_OK || x->r->kind != &kind_cause || record_int(x->r, main_cause, 0) == 0)
        return e;
    label = label_of(x, main_cause);
    id_short(&x->r->id, this);
    if (!other.is_found)
        return ui_fault(
            ui, f, ERR_EXISTS,
            "%s: kế hoạch đã có nguyên nhân chính khác, nay không còn nữa; để gửi lại: %s cause edit %s%s "
            "--main-cause yes",
            "%s: the plan had another main cause, which is gone by now; to send this one again: %s cause "
            "edit "
            "%s%s --main-cause yes",
            label, ui->program, this, about);
    id_short(&other.found, that);
    return ui_fault(
        ui, f, ERR_EXISTS,
        "%s: kế hoạch này đã có nguyên nhân chính (%s). Để giữ nguyên nhân đó: %s cause edit %s%s "
        "--main-cause "
        "no; để chọn nguyên nhân này: bỏ dấu ở %s trước, rồi %s cause edit %s%s --main-cause yes",
        "%s: the plan has a main cause already (%s). To leave it so: %s cause edit %s%s --main-cause no; to "
        "have this one: take the mark off %s first, then %s cause edit %s%s --main-cause yes",
        label, that, ui->program, this, about, that, ui->program, this, about);
}

/* Which of them is none only the server knows. */
static enum err communes_refused(const struct fitting *x, struct fault *f)
{
    const struct ui *ui = &x->client->ui;
    int field = kind_field(x->r->kind, "communes");
    struct bytes codes = field >= 0 ? record_text(x->r, field) : (struct bytes){NULL, 0};
    char id[ID_SHORT];
    if (codes.n == 0)
        return ERR_OK;
    id_short(&x->r->id, id);
    return ui_fault(
        ui, f, ERR_NO_SUCH_UNIT,
        "%s: trong các mã %.*s có mã không phải của một xã trong tỉnh; hãy xem lại rồi ghi mã đúng: "
        "%s %s edit %s%s --communes MÃ,...",
        "%s: among the codes %.*s there is one of no commune of the province; check them and enter "
        "the right ones: %s %s edit %s%s --communes CODE,...",
        label_of(x, field), (int)codes.n, (const char *)codes.p, ui->program, x->r->kind->name, id,
        ui_about(ui));
}

enum err fit_refused(struct client *c, const struct record *r, struct fault *f)
{
    const struct change whole = {
        .kind = r->kind, .kind_number = r->kind->number, .id = r->id, .set = r->set, .values = r->values};
    const struct fitting x = {c, c->arena, &whole, r};
    enum err e = check_group(&x, f);
    if (e == ERR_OK)
        e = check_below(&x, false, f);
    if (e == ERR_OK)
        e = main_refused(&x, f);
    return e == ERR_OK ? communes_refused(&x, f) : e;
}

/* ---- all of it ---- */

/* A relation that was voided begins anew. */
static bool is_kept(const struct record *r, bool creates)
{
    return !creates || !is_void(r);
}

static enum err as_it_will_be(struct client *c, struct arena *a, const struct change *change, bool creates,
                              struct record **out, struct fault *f)
{
    enum err e = ERR_NO_SUCH_RECORD;
    if (!creates || change->kind->relation)
        e = book_find(c->book, a, change->kind, &change->id, out, f);
    if (e != ERR_OK && e != ERR_NO_SUCH_RECORD)
        return e;
    if (e == ERR_NO_SUCH_RECORD || !is_kept(*out, creates)) {
        *out = record_make(a, change->kind);
        if (*out == NULL)
            return fault(f, ERR_NO_MEMORY, "out of memory");
        (*out)->id = change->id;
    }
    change_apply(*out, change);
    return ERR_OK;
}

enum err fit_check(struct client *c, struct arena *a, const struct change *change, bool creates,
                   struct fault *f)
{
    struct record *r;
    if (change->kind == &kind_member || change->kind == &kind_event)
        return ERR_OK;
    enum err e = as_it_will_be(c, a, change, creates, &r, f);
    if (e != ERR_OK)
        return e;
    struct fitting x = {c, a, change, r};
    if ((e = check_fields(&x, f)) == ERR_OK && (e = check_span(&x, f)) == ERR_OK &&
        (e = group_parent_check(c, a, change, f)) == ERR_OK && (e = check_group(&x, f)) == ERR_OK)
        e = check_below(&x, creates, f);
    if (e == ERR_OK)
        e = check_main(&x, f);
    if (e == ERR_OK)
        e = fit_whole_check(c, r, f);
    if (e == ERR_OK)
        e = fit_fund_check(c, a, change, r, f);
    return e == ERR_OK ? fit_plan_check(c, a, change, r, f) : e;
}
