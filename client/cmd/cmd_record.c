/* add, edit, void: the same for every kind. */
#include "client/fit.h"
#include "client/group.h"
#include "client/joining.h"
#include "client/selection.h"
#include "common/id.h"
#include "common/os.h"
#include "common/text.h"
#include <string.h>

static const struct kind *kind_of(const struct options *o)
{
    return o->command->data;
}

/* A relation's id follows from what it joins. */
static struct id new_id(const struct change *c)
{
    struct id id;
    bool any;
    return c->kind->relation && kind_relation_id(c->kind, c->set, c->values, &id, &any) ? id : os_new_id();
}

static enum err warn(struct client *c, const struct record *r, struct fault *f)
{
    char text[600];
    enum err e = fit_doubt(c, c->arena, r, text, sizeof text, f);
    if (e == ERR_OK && text[0] != '\0')
        ui_tell(&c->ui, "Lưu ý: %s", "Note: %s", text);
    return e;
}

/* Shows who is already there with the same name and year of birth; the answer is --anyway. */
struct alike {
    struct client *client;
    size_t count;
    struct id id;
};

static enum err show_alike(void *context, const struct record *r, struct fault *f)
{
    struct alike *x = context;
    char id[ID_SHORT];
    struct cells cells = {.book = x->client->book, .ui = &x->client->ui, .arena = x->client->arena};
    (void)f;
    id_short(&r->id, id);
    ui_tell(&x->client->ui, "  %s  %s, %s, %s", "  %s  %s, %s, %s", id,
            cell_write(&cells, r, (size_t)kind_field(&kind_member, "name")),
            cell_write(&cells, r, (size_t)kind_field(&kind_member, "birth")),
            cell_write(&cells, r, (size_t)kind_field(&kind_member, "group_id")));
    x->count++;
    return ERR_OK;
}

static enum err refuse_alike(struct client *c, const struct options *o, const struct change *change,
                             struct fault *f)
{
    struct alike x = {.client = c};
    struct record r = {change->kind, change->id, change->set, change->values};
    struct bytes fold, name = change->kind == &kind_member ? record_text(&r, kind_field(&kind_member, "name"))
                                                           : (struct bytes){NULL, 0};
    if (option(o, "anyway") != NULL || !likeness_is_asked(change->kind))
        return ERR_OK;
    if (change->kind != &kind_member)
        return fit_not_here(c, change, f);
    if (name.n == 0)
        return ERR_OK;
    enum err e = text_fold(c->arena, (const char *)name.p, name.n, &fold);
    int32_t year = (int32_t)record_int(&r, kind_field(&kind_member, "birth"), 0) / 10000;
    if (e == ERR_OK)
        e = book_similar(c->book, c->arena, fold, year, show_alike, &x, f);
    if (e == ERR_OK && x.count > 0)
        e = ui_fault(&c->ui, f, ERR_EXISTS,
                     "Đã có người cùng tên và năm sinh (ở trên). Nếu đúng là người khác, hãy thêm --anyway.",
                     "There is somebody with the same name and year of birth (above). If it is somebody "
                     "else, add --anyway.");
    return e;
}

static enum err keep_first(void *context, const struct record *r, struct fault *f)
{
    struct alike *x = context;
    (void)f;
    if (x->count++ == 0)
        x->id = r->id;
    return ERR_OK;
}

/* A citizen number is one person's: the one who is here with it is named. */
static enum err refuse_same_citizen(struct client *c, const struct options *o, const struct change *change,
                                    struct fault *f)
{
    struct alike x = {.client = c};
    struct record r = {change->kind, change->id, change->set, change->values};
    struct book_filter same = {.kind = &kind_member, .missing_field = -1};
    struct bytes number = change->kind == &kind_member
                              ? record_text(&r, kind_field(&kind_member, "citizen_no"))
                              : (struct bytes){NULL, 0};
    char shown[ID_SHORT];
    if (number.n == 0 || option(o, "anyway") != NULL)
        return ERR_OK;
    same.citizen_no = arena_copy(c->arena, number.p, number.n);
    if (same.citizen_no == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    enum err e = book_each(c->book, c->arena, &same, keep_first, &x, f);
    if (e != ERR_OK || x.count == 0)
        return e;
    id_short(&x.id, shown);
    return ui_fault(
        &c->ui, f, ERR_EXISTS,
        "Số CCCD này là của hồ sơ %s. Nếu là một người, hãy sửa hồ sơ đó: hoivien member edit %s; nếu "
        "không, hãy xem lại số, hoặc thêm --anyway.",
        "This citizen number is that of record %s. If it is the same person, edit that record: hoivien "
        "member edit %s; otherwise check the number, or add --anyway.",
        shown, shown);
}

static enum err record_once(struct client *c, struct change *change, bool creates, struct fault *f)
{
    enum err e = book_begin(c->book, f);
    if (e != ERR_OK)
        return e;
    if ((e = joining_record(c, c->arena, change, creates, false, NULL, f)) == ERR_OK)
        return book_commit(c->book, f);
    book_rollback(c->book);
    return e;
}

/* A relation that is there and not void. */
static bool is_there(struct client *c, const struct change *change)
{
    struct record *old;
    return change->kind->relation &&
           book_find(c->book, c->arena, change->kind, &change->id, &old, NULL) == ERR_OK &&
           record_int(old, kind_field(change->kind, "voided"), 0) == 0;
}

static void say_added(struct client *c, const struct change *change, bool was_there)
{
    char shown[ID_SHORT];
    const char *label = text_in(c->ui.lang, change->kind->label);
    id_short(&change->id, shown);
    if (!was_there)
        ui_say(&c->ui, "Đã thêm %s, mã %s.", "Added the %s, id %s.", label, shown);
    else if ((change->set | change->cleared) != 0)
        ui_say(&c->ui, "%s này đã có từ trước, mã %s; đã ghi những gì mới cho.",
               "The %s was there already, id %s; what is new is noted.", label, shown);
    else
        ui_say(&c->ui, "%s này đã có từ trước, mã %s; không có gì thay đổi.",
               "The %s was there already, id %s; nothing changes.", label, shown);
}

/* The fund's book is written on the day, and so is what a member was asked. */
static void date_it(struct change *change)
{
    int date = kind_field(change->kind, "date");
    if ((change->kind->append_only || change->kind == &kind_question) && date >= 0 &&
        (change->set & field_bit(change->kind, (size_t)date)) == 0)
        change_set_int(change, date, os_today());
}

enum err cmd_record_add(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    bool any;
    enum err e = client_open(c, o, f);
    if (e != ERR_OK)
        return e;
    struct cells x = {.book = c->book, .ui = &c->ui, .arena = c->arena};
    struct change *change = change_make(c->arena, kind_of(o));
    if (change == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    if ((e = selection_form(&x, o, change, &any, f)) != ERR_OK ||
        (e = fit_prepare(c, c->arena, change, true, f)) != ERR_OK)
        return e;
    date_it(change);
    change->id = new_id(change);
    bool was_there = is_there(c, change);
    if ((e = refuse_same_citizen(c, o, change, f)) != ERR_OK ||
        (e = fit_check(c, c->arena, change, true, f)) != ERR_OK ||
        (e = refuse_alike(c, o, change, f)) != ERR_OK || (e = record_once(c, change, true, f)) != ERR_OK)
        return e;
    say_added(c, change, was_there);
    return warn(c, &(struct record){change->kind, change->id, change->set, change->values}, f);
}

/* One transaction over all of them: all or nothing. */
static enum err edit_all(struct client *c, const struct change *form, const struct id *ids, size_t count,
                         struct fault *f)
{
    enum err e = book_begin(c->book, f);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < count && e == ERR_OK; i++) {
        struct change one = *form;
        one.id = ids[i];
        e = fit_check(c, c->arena, &one, false, f);
        if (e == ERR_OK)
            e = joining_record(c, c->arena, &one, false, false, NULL, f);
    }
    if (e == ERR_OK)
        return book_commit(c->book, f);
    book_rollback(c->book);
    return e;
}

#define MOST_WARNED 20

static enum err warn_all(struct client *c, const struct kind *kind, const struct id *ids, size_t count,
                         struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < count && e == ERR_OK; i++) {
        struct record *r;
        if ((e = book_find(c->book, c->arena, kind, &ids[i], &r, f)) == ERR_OK)
            e = warn(c, r, f);
    }
    return e;
}

enum err cmd_record_edit(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct selection s;
    struct id *ids;
    size_t count;
    bool any;
    enum err e = selection_open(&s, c, o, kind_of(o), o->arg_count, &ids, &count, f);
    if (e != ERR_OK)
        return e;
    struct change *form = change_make(c->arena, kind_of(o));
    if (form == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    if ((e = selection_form(&s.cells, o, form, &any, f)) != ERR_OK)
        return e;
    if (!any)
        return ui_fault(&c->ui, f, ERR_USAGE, "Hãy cho mục cần sửa, ví dụ --phone 0912345678.",
                        "Give the field to change, for example --phone 0912345678.");
    if ((e = fit_prepare(c, c->arena, form, false, f)) != ERR_OK)
        return e;
    if ((e = edit_all(c, form, ids, count, f)) == ERR_OK && count <= MOST_WARNED)
        e = warn_all(c, kind_of(o), ids, count, f);
    if (e == ERR_OK)
        ui_say(&c->ui, "Đã sửa %zu hồ sơ.", "Records changed: %zu.", count);
    return e;
}

/* What is written once is void only by its reversal; what the server never kept is taken out of the register.
 */
static enum err withdraw_all(struct client *c, const struct kind *kind, const struct id *ids, size_t count,
                             struct fault *f)
{
    enum err refused, e = book_begin(c->book, f);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < count && e == ERR_OK; i++) {
        e = refused_code(c->book, &ids[i], &refused, f);
        if (e == ERR_OK)
            e = refused == ERR_OK ? fit_kept_fault(c, kind, &ids[i], f)
                                  : book_withdraw(c->book, kind, &ids[i], f);
    }
    if (e != ERR_OK) {
        book_rollback(c->book);
        return e;
    }
    if ((e = book_commit(c->book, f)) == ERR_OK)
        ui_say(&c->ui, "Đã bỏ khỏi sổ %zu hồ sơ mà máy chủ không nhận.",
               "Records that the server had refused, taken out of the register: %zu.", count);
    return e;
}

/* Others stand in groups and households. */
static enum err check_users(struct client *c, const struct kind *kind, const struct id *ids, size_t count,
                            struct fault *f)
{
    return kind == &kind_group       ? group_void_check(c, ids, count, f)
           : kind == &kind_household ? household_void_check(c, ids, count, f)
                                     : ERR_OK;
}

enum err cmd_record_void(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct selection s;
    struct id *ids;
    size_t count;
    enum err e = selection_open(&s, c, o, kind_of(o), o->arg_count, &ids, &count, f);
    if (e != ERR_OK)
        return e;
    struct change *form = change_make(c->arena, kind_of(o));
    if (form == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    bool undo = option(o, "undo") != NULL;
    if (kind_of(o)->append_only)
        return withdraw_all(c, kind_of(o), ids, count, f);
    if (!undo && option(o, "anyway") == NULL && (e = check_users(c, kind_of(o), ids, count, f)) != ERR_OK)
        return e;
    change_set_int(form, kind_field(kind_of(o), "voided"), !undo);
    if ((e = edit_all(c, form, ids, count, f)) != ERR_OK)
        return e;
    if (!undo)
        ui_say(&c->ui, "Đã huỷ %zu hồ sơ; hồ sơ vẫn còn và có thể lấy lại bằng --undo.",
               "Records voided: %zu. They are kept, --undo brings them back.", count);
    else
        ui_say(&c->ui, "Đã lấy lại %zu hồ sơ.", "Records brought back: %zu.", count);
    return ERR_OK;
}
