/* Who came: members to an activity, officers to a course. */
#include "client/selection.h"
#include "common/id.h"
#include <string.h>

/* What is attended, by whom, and the relation that says so. */
struct attending {
    const struct kind *what;
    const struct kind *who;
    const struct kind *relation;
    struct text_pair usage;
};

static const struct attending to_activity = {
    &kind_activity,
    &kind_member,
    &kind_attendance,
    {"Hãy ghi mã của buổi sinh hoạt rồi đến mã của những hội viên đã dự; mã của các buổi",
     "Give the activity's id, then the ids of the members who came; the ids of "
     "activities"}};

static const struct attending to_course = {
    &kind_course,
    &kind_officer,
    &kind_training,
    {"Hãy ghi mã hoặc tên của lớp tập huấn rồi đến mã hoặc tên của những cán bộ đã dự; các lớp",
     "Give the course's id or name, then the ids or names of the officers who attended; the "
     "courses"}};

static int field_to(const struct kind *relation, const struct kind *to)
{
    for (size_t i = 0; i < relation->field_count; i++)
        if (relation->fields[i].refers != NULL && strcmp(relation->fields[i].refers, to->name) == 0)
            return (int)i;
    return -1;
}

static bool is_void(const struct record *r)
{
    return record_int(r, kind_field(r->kind, "voided"), 0) != 0;
}

/* The record, which must be here and not void. The fault names the field of the relation. */
static enum err find(struct client *c, const struct attending *x, const struct kind *kind,
                     const struct id *id, struct record **out, struct fault *f)
{
    char shown[ID_SHORT];
    const char *label = text_in(c->ui.lang, x->relation->fields[field_to(x->relation, kind)].label);
    enum err e = book_find(c->book, c->arena, kind, id, out, f);
    id_short(id, shown);
    if (e == ERR_NO_SUCH_RECORD)
        return ui_fault(&c->ui, f, e, "%s: trong sổ không có hồ sơ %s; hãy xem: %s %s list",
                        "%s: the register has no record %s; see: %s %s list", label, shown, c->ui.program,
                        kind->name);
    if (e == ERR_OK && is_void(*out))
        return ui_fault(&c->ui, f, ERR_BAD_FORMAT,
                        "%s: hồ sơ %s đã huỷ. Nếu huỷ nhầm, hãy lấy lại bằng: %s %s void --undo %s",
                        "%s: record %s is void. If that was a mistake, bring it back by: %s %s void "
                        "--undo %s",
                        label, shown, c->ui.program, kind->name, shown);
    return e;
}

/* ---- one relation ---- */

static enum err take_out(struct client *c, struct change *one, size_t *changed, struct fault *f)
{
    struct record *old;
    enum err e = book_find(c->book, c->arena, one->kind, &one->id, &old, f);
    if (e == ERR_NO_SUCH_RECORD || (e == ERR_OK && is_void(old)))
        return ERR_OK;
    change_set_int(one, kind_field(one->kind, "voided"), true);
    ++*changed;
    return e == ERR_OK ? book_record(c->book, c->arena, one, false, f) : e;
}

static enum err put_in(struct client *c, struct change *one, size_t *changed, struct fault *f)
{
    struct record *old;
    enum err e = book_find(c->book, c->arena, one->kind, &one->id, &old, f);
    if (e == ERR_OK && !is_void(old))
        return ERR_OK;
    if (e != ERR_OK && e != ERR_NO_SUCH_RECORD)
        return e;
    ++*changed;
    return book_record(c->book, c->arena, one, true, f);
}

static enum err record_one(struct client *c, const struct attending *x, const struct id *what,
                           const struct id *who, bool out, size_t *changed, struct fault *f)
{
    bool any;
    struct change *one = change_make(c->arena, x->relation);
    if (one == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    change_set_id(one, field_to(x->relation, x->what), what);
    change_set_id(one, field_to(x->relation, x->who), who);
    if (!kind_relation_id(x->relation, one->set, one->values, &one->id, &any))
        return fault(f, ERR_INTERNAL, "%s joins other kinds", x->relation->name);
    return out ? take_out(c, one, changed, f) : put_in(c, one, changed, f);
}

/* One transaction over all of them: all or nothing. */
static enum err record_all(struct client *c, const struct attending *x, const struct id *what,
                           const struct id *who, size_t count, bool out, size_t *changed, struct fault *f)
{
    enum err e = book_begin(c->book, f);
    *changed = 0;
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < count && e == ERR_OK; i++)
        e = record_one(c, x, what, &who[i], out, changed, f);
    if (e == ERR_OK)
        return book_commit(c->book, f);
    book_rollback(c->book);
    return e;
}

/* ---- who may be put in ---- */

/* Somebody who does not stand on the day may have come all the same: a warning. */
static enum err warn_standing(struct client *c, struct cells *cells, const struct record *activity,
                              const struct record *member, struct fault *f)
{
    struct interval *intervals;
    size_t count;
    char shown[ID_SHORT];
    int date = kind_field(&kind_activity, "date");
    int32_t day = (int32_t)record_int(activity, date, 0);
    enum err e = book_standing(c->book, c->arena, &member->id, &intervals, &count, f);
    for (size_t i = 0; e == ERR_OK && i < count; i++)
        if (intervals[i].from <= day && day < intervals[i].to)
            return ERR_OK;
    if (e != ERR_OK)
        return e;
    id_short(&member->id, shown);
    ui_tell(&c->ui, "Lưu ý: %s (%s) không phải là hội viên đang được tính vào ngày %s.",
            "Note: %s (%s) does not stand as a member on %s.", cell_name(cells, member), shown,
            cell_write(cells, activity, (size_t)date));
    return ERR_OK;
}

static enum err check_all(struct client *c, const struct attending *x, struct cells *cells,
                          const struct record *what, const struct id *who, size_t count, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < count && e == ERR_OK; i++) {
        struct record *r;
        e = find(c, x, x->who, &who[i], &r, f);
        if (e == ERR_OK && x->who == &kind_member)
            e = warn_standing(c, cells, what, r, f);
    }
    return e;
}

/* ---- the commands ---- */

/* The first word is what was attended, the others or the filter who came. */
static enum err read_words(struct client *c, const struct attending *x, const struct options *o,
                           struct selection *s, struct record **what, struct id **who, size_t *count,
                           struct fault *f)
{
    struct id id;
    if (o->arg_count == 0)
        return ui_fault(&c->ui, f, ERR_USAGE, "%s: %s %s list", "%s: %s %s list",
                        text_in(c->ui.lang, x->usage), c->ui.program, x->what->name);
    enum err e = client_open(c, o, f);
    if (e == ERR_OK)
        e = selection_begin(s, c, o, x->who, f);
    if (e == ERR_OK)
        e = cell_record_find(&s->cells, x->what, o->args[0], &id, f);
    if (e == ERR_OK)
        e = find(c, x, x->what, &id, what, f);
    return e == ERR_OK ? selection_ids(s, o->args + 1, o->arg_count - 1, who, count, f) : e;
}

static enum err attend(struct client *c, const struct attending *x, const struct options *o, struct fault *f)
{
    struct selection s;
    struct record *what;
    struct id *who;
    size_t count, changed;
    bool out = option(o, "take-out") != NULL;
    enum err e = read_words(c, x, o, &s, &what, &who, &count, f);
    if (e == ERR_OK && !out)
        e = check_all(c, x, &s.cells, what, who, count, f);
    if (e == ERR_OK)
        e = record_all(c, x, &what->id, who, count, out, &changed, f);
    if (e != ERR_OK)
        return e;
    const char *name = cell_name(&s.cells, what);
    if (out)
        ui_say(&c->ui, "Đã bỏ %zu người khỏi danh sách dự: %s.", "%zu taken off the list of who came: %s.",
               changed, name);
    else
        ui_say(&c->ui, "%zu người có trong danh sách dự: %s (mới ghi: %zu).",
               "%zu are on the list of who came: %s (new ones: %zu).", count, name, changed);
    return ERR_OK;
}

enum err cmd_activity_attend(void *program, const struct options *o, struct fault *f)
{
    return attend(program, &to_activity, o, f);
}

enum err cmd_course_attend(void *program, const struct options *o, struct fault *f)
{
    return attend(program, &to_course, o, f);
}
