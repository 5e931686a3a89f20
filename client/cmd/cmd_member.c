/* What happens to members: events, and further groups. */
#include "client/cell_code.h"
#include "client/fit.h"
#include "client/joining.h"
#include "client/selection.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/id.h"
#include "common/os.h"
#include <string.h>

static struct change *event_form(struct client *c, int type, int32_t date, const struct options *o,
                                 struct fault *f)
{
    static const char *const texts[] = {"reason", "decision", "place"};
    struct change *event = change_make(c->arena, &kind_event);
    if (event == NULL) {
        fault(f, ERR_NO_MEMORY, "out of memory");
        return NULL;
    }
    struct cells x = {.book = c->book, .ui = &c->ui, .arena = c->arena};
    change_set_int(event, kind_field(&kind_event, "type"), type);
    change_set_int(event, kind_field(&kind_event, "date"), date);
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        const char *text = option(o, texts[k]);
        size_t field = (size_t)kind_field(&kind_event, texts[k]);
        if (text != NULL && cell_read(&x, event, field, text, strlen(text), f) != ERR_OK) {
            selection_field_fault(&c->ui, f, &kind_event, field);
            return NULL;
        }
    }
    return event;
}

#define MOST_WARNED 20

/* The first of them that change nothing, or whose order with another is not told. */
static enum err warn_event(struct client *c, const struct change *event, size_t *warned, struct fault *f)
{
    char text[600];
    const struct record r = {event->kind, event->id, event->set, event->values};
    if (*warned >= MOST_WARNED)
        return ERR_OK;
    enum err e = fit_doubt(c, c->arena, &r, text, sizeof text, f);
    if (e == ERR_OK && text[0] != '\0' && ++*warned <= MOST_WARNED)
        ui_tell(&c->ui, "Lưu ý: %s", "Note: %s", text);
    return e;
}

/* One transaction over all members: all or nothing. */
static enum err record_events(struct client *c, struct change *form, const struct id *members, size_t count,
                              size_t *made, struct fault *f)
{
    size_t warned = 0;
    enum err e = book_begin(c->book, f);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < count && e == ERR_OK; i++) {
        struct change one = *form;
        one.id = os_new_id();
        change_set_id(&one, kind_field(&kind_event, "member_id"), &members[i]);
        e = joining_record(c, c->arena, &one, true, false, made, f);
        if (e == ERR_OK)
            e = warn_event(c, &one, &warned, f);
    }
    if (e == ERR_OK)
        return book_commit(c->book, f);
    book_rollback(c->book);
    return e;
}

/* The words are ids and, last, the event; with a filter the event alone. */
static const struct code *event_of(struct client *c, const struct options *o, struct fault *f)
{
    struct cells x = {.ui = &c->ui, .arena = c->arena};
    const struct code *code =
        o->arg_count > 0 ? cell_code_find(&x, event_type_codes, o->args[o->arg_count - 1]) : NULL;
    if (code == NULL)
        ui_fault(&c->ui, f, ERR_USAGE,
                 "Hãy ghi mã hội viên rồi đến biến động: joined, moved-in, returned, moved-out, left, "
                 "removed hoặc died.",
                 "Give the members' ids, then what happened: joined, moved-in, returned, moved-out, left, "
                 "removed or died.");
    return code;
}

static enum err read_day(const struct client *c, const struct options *o, int32_t *out, struct fault *f)
{
    const char *text = option(o, "date");
    *out = os_today();
    if (text != NULL && !date_parse(text, out))
        return ui_fault(&c->ui, f, ERR_USAGE,
                        "--date: \"%s\" không phải là ngày có thật; hãy viết dd/mm/yyyy, mm/yyyy hoặc yyyy.",
                        "--date: \"%s\" is no date that exists; write dd/mm/yyyy, mm/yyyy or yyyy.", text);
    return ERR_OK;
}

static void say_noted(const struct client *c, const struct code *type, int32_t day, bool taken, size_t count)
{
    char date[DATE_TEXT];
    const char *label = text_in(c->ui.lang, type->label);
    date_format(day, false, date);
    if (taken)
        ui_say(&c->ui, "Đã ghi biến động \"%s\" cho %zu hội viên, ngày %s (hôm nay, vì chưa cho --date).",
               "Noted: %s. Members: %zu. Date: %s (today, as --date was not given).", label, count, date);
    else
        ui_say(&c->ui, "Đã ghi biến động \"%s\" cho %zu hội viên, ngày %s.",
               "Noted: %s. Members: %zu. Date: %s.", label, count, date);
}

enum err cmd_member_event(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct selection s;
    struct id *members;
    size_t count, made = 0;
    int32_t day;
    const struct code *type = event_of(c, o, f);
    if (type == NULL)
        return ERR_USAGE;
    enum err e = read_day(c, o, &day, f);
    if (e == ERR_OK)
        e = selection_open(&s, c, o, &kind_member, o->arg_count - 1, &members, &count, f);
    if (e != ERR_OK)
        return e;
    struct change *form = event_form(c, type->value, day, o, f);
    if (form == NULL)
        return f->code;
    if ((e = record_events(c, form, members, count, &made, f)) == ERR_OK)
        say_noted(c, type, day, option(o, "date") == NULL, count);
    if (e == ERR_OK && made > 0)
        ui_say(&c->ui, "%zu phụ nữ trước đây chưa là hội viên nay được ghi là hội viên.",
               "Women who were not yet members and are members now: %zu.", made);
    return e;
}

static enum err record_memberships(struct client *c, const struct id *group, const struct id *members,
                                   size_t count, bool leave, size_t *new_ones, struct fault *f)
{
    enum err e = book_begin(c->book, f);
    *new_ones = 0;
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < count && e == ERR_OK; i++) {
        struct record *old;
        struct change *m = change_make(c->arena, &kind_membership);
        if (m == NULL)
            e = fault(f, ERR_NO_MEMORY, "out of memory");
        else {
            m->id = id_of_relation(kind_membership.number, (const struct id *const[]){&members[i], group}, 2);
            bool known = book_find(c->book, c->arena, &kind_membership, &m->id, &old, NULL) == ERR_OK;
            change_set_id(m, kind_field(&kind_membership, "member_id"), &members[i]);
            change_set_id(m, kind_field(&kind_membership, "group_id"), group);
            if (known || leave)
                change_set_int(m, kind_field(&kind_membership, "voided"), leave);
            *new_ones += !known;
            if (known || !leave)
                e = book_record(c->book, c->arena, m, !known, f);
        }
    }
    if (e == ERR_OK)
        return book_commit(c->book, f);
    book_rollback(c->book);
    return e;
}

enum err cmd_member_join(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct selection s;
    struct id group, *members;
    size_t count, new_ones;
    bool leave = option(o, "leave") != NULL;
    const char *name = o->arg_count > 0 ? o->args[o->arg_count - 1] : NULL;
    if (name == NULL)
        return ui_fault(&c->ui, f, ERR_USAGE, "Hãy ghi mã hội viên rồi đến tên của tổ, nhóm, câu lạc bộ.",
                        "Give the members' ids, then the name of the group.");
    enum err e = selection_open(&s, c, o, &kind_member, o->arg_count - 1, &members, &count, f);
    if (e == ERR_OK && (e = cell_group_find(&s.cells, name, &group, f)) != ERR_OK)
        return ui_fault(&c->ui, f, e, "Không tìm thấy tổ chức \"%s\"; hãy xem: hoivien group list",
                        "The group \"%s\" is not there; see: hoivien group list", name);
    if (e == ERR_OK)
        e = record_memberships(c, &group, members, count, leave, &new_ones, f);
    if (e == ERR_OK)
        ui_say(&c->ui, leave ? "%zu hội viên đã ra khỏi \"%s\"." : "%zu hội viên ở trong \"%s\".",
               leave ? "Members: %zu, now out of \"%s\"." : "Members: %zu, now in \"%s\".", count, name);
    return e;
}
