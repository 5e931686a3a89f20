#include "client/group.h"
#include "client/selection.h"
#include "common/id.h"
#include "common/text.h"
#include <string.h>

/* Real groups stand two or three deep; the limit only ends the walk through a circle that two computers made
 * together. */
#define DEEPEST   64
#define MOST_TOLD 5

static enum err circle(struct client *c, struct fault *f)
{
    return ui_fault(&c->ui, f, ERR_BAD_FORMAT,
                    "%s: một nhóm không thể trực thuộc chính nó hoặc nhóm ở dưới nó; hãy chọn nhóm khác.",
                    "%s: a group can't belong to itself or to a group below it; choose another.",
                    text_in(c->ui.lang, kind_group.fields[kind_field(&kind_group, "parent_id")].label));
}

enum err group_parent_check(struct client *c, struct arena *a, const struct change *change, struct fault *f)
{
    int field = kind_field(&kind_group, "parent_id");
    if (change->kind != &kind_group || (change->set & field_bit(&kind_group, (size_t)field)) == 0)
        return ERR_OK;
    struct id at;
    memcpy(at.b, change->values[field].p, sizeof at.b);
    for (int depth = 0; depth < DEEPEST; depth++) {
        struct record *group;
        if (id_equal(&at, &change->id))
            return circle(c, f);
        enum err e = book_find(c->book, a, &kind_group, &at, &group, f);
        if (e != ERR_OK)
            return e == ERR_NO_SUCH_RECORD ? ERR_OK : e;
        const struct id *parent = record_id(group, field);
        if (parent == NULL)
            return ERR_OK;
        at = *parent;
    }
    return ERR_OK;
}

/* ---- who names a group ---- */

struct users {
    const struct id *voided; /* the groups that are about to be voided */
    size_t voided_count;
    const struct id *group;
    size_t members;
    size_t groups;
};

static enum err count_member(void *context, const struct record *r, struct fault *f)
{
    struct users *u = context;
    (void)r;
    (void)f;
    u->members++;
    return ERR_OK;
}

static enum err count_group(void *context, const struct record *r, struct fault *f)
{
    struct users *u = context;
    const struct id *parent = record_id(r, kind_field(&kind_group, "parent_id"));
    (void)f;
    if (parent == NULL || !id_equal(parent, u->group))
        return ERR_OK;
    for (size_t i = 0; i < u->voided_count; i++)
        if (id_equal(&r->id, &u->voided[i]))
            return ERR_OK;
    u->groups++;
    return ERR_OK;
}

enum err group_count_below(struct client *c, struct arena *a, const struct id *group, size_t *count,
                           struct fault *f)
{
    struct users u = {.group = group};
    struct book_filter groups = {.kind = &kind_group, .missing_field = -1};
    enum err e = book_each(c->book, a, &groups, count_group, &u, f);
    *count = u.groups;
    return e;
}

static enum err count_users(struct client *c, struct users *u, struct fault *f)
{
    struct book_filter members = {.kind = &kind_member, .group = u->group, .missing_field = -1};
    struct book_filter groups = {.kind = &kind_group, .missing_field = -1};
    enum err e = book_each(c->book, c->arena, &members, count_member, u, f);
    return e == ERR_OK ? book_each(c->book, c->arena, &groups, count_group, u, f) : e;
}

enum err group_void_check(struct client *c, const struct id *ids, size_t count, struct fault *f)
{
    for (size_t i = 0; i < count; i++) {
        char shown[ID_SHORT];
        struct users u = {.voided = ids, .voided_count = count, .group = &ids[i]};
        enum err e = count_users(c, &u, f);
        if (e != ERR_OK)
            return e;
        id_short(&ids[i], shown);
        if (u.members + u.groups > 0)
            return ui_fault(
                &c->ui, f, ERR_EXISTS,
                "Nhóm %s còn %zu hội viên và %zu nhóm trực thuộc. Hãy chuyển sang nhóm khác, hoặc ghi "
                "ngày giải thể bằng: hoivien group edit %s --closed; nếu vẫn muốn huỷ, thêm --anyway.",
                "Group %s is still in use. Members: %zu; groups below it: %zu. Move them to another group, "
                "or note its end by: hoivien group edit %s --closed; to void it all the same, add "
                "--anyway.",
                shown, u.members, u.groups, shown);
    }
    return ERR_OK;
}

enum err household_void_check(struct client *c, const struct id *ids, size_t count, struct fault *f)
{
    for (size_t i = 0; i < count; i++) {
        char shown[ID_SHORT];
        struct users u = {0};
        struct book_filter members = {
            .kind = &kind_member, .of_kind = &kind_household, .of = &ids[i], .missing_field = -1};
        enum err e = book_each(c->book, c->arena, &members, count_member, &u, f);
        if (e != ERR_OK)
            return e;
        id_short(&ids[i], shown);
        if (u.members > 0)
            return ui_fault(
                &c->ui, f, ERR_EXISTS,
                "Hộ %s còn %zu hội viên; huỷ hộ thì số hộ có hội viên giảm. Hãy chuyển họ sang hộ "
                "khác; nếu vẫn muốn huỷ, thêm --anyway.",
                "Household %s is still in use. Members: %zu; without it fewer households count. "
                "Move them to another household; to void it all the same, add --anyway.",
                shown, u.members);
    }
    return ERR_OK;
}

/* ---- the same group twice ---- */

struct twin {
    struct id id, parent; /* parent is zero where there is none */
    int64_t type;
    struct bytes fold;
};

struct twins {
    struct client *client;
    struct twin *list;
    size_t count;
    size_t room;
};

static struct twin twin_of(struct arena *a, const struct record *r)
{
    const struct id *parent = record_id(r, kind_field(&kind_group, "parent_id"));
    struct bytes name = record_text(r, kind_field(&kind_group, "name"));
    struct twin t = {.id = r->id, .type = record_int(r, kind_field(&kind_group, "type"), 0)};
    if (parent != NULL)
        t.parent = *parent;
    if (text_fold(a, (const char *)name.p, name.n, &t.fold) != ERR_OK)
        t.fold.n = 0;
    return t;
}

static bool is_twin(const struct twin *a, const struct twin *b)
{
    return a->type == b->type && id_equal(&a->parent, &b->parent) && a->fold.n > 0 &&
           a->fold.n == b->fold.n && memcmp(a->fold.p, b->fold.p, a->fold.n) == 0;
}

/* One that has ended may have a successor of its name. */
static enum err keep_twin(void *context, const struct record *r, struct fault *f)
{
    struct twins *t = context;
    struct arena *a = t->client->arena;
    if (record_has(r, kind_field(&kind_group, "closed")))
        return ERR_OK;
    if (t->count == t->room) {
        size_t room = t->room == 0 ? 64 : 2 * t->room;
        struct twin *more = arena_zero(a, room, sizeof *more);
        if (more == NULL)
            return fault(f, ERR_NO_MEMORY, "out of memory");
        if (t->count > 0)
            memcpy(more, t->list, t->count * sizeof *more);
        t->list = more;
        t->room = room;
    }
    t->list[t->count++] = twin_of(a, r);
    return ERR_OK;
}

static void tell_twins(const struct ui *ui, const struct twin *a, const struct twin *b)
{
    char one[ID_SHORT], other[ID_SHORT];
    id_short(&a->id, one);
    id_short(&b->id, other);
    ui_tell(
        ui,
        "Lưu ý: hai nhóm %s và %s cùng tên, cùng loại hình. Nếu là một, hãy chuyển hội viên bằng: %s member "
        "edit --in-group %s --group %s, rồi huỷ nhóm thừa bằng: %s group void %s",
        "Note: the groups %s and %s have the same name and type. If they are one, move the members by: %s "
        "member edit --in-group %s --group %s, then void the other by: %s group void %s",
        one, other, ui->program, other, one, ui->program, other);
}

enum err group_tell_twins(struct client *c, struct fault *f)
{
    struct twins t = {.client = c};
    struct book_filter groups = {.kind = &kind_group, .missing_field = -1};
    size_t told = 0;
    enum err e = book_each(c->book, c->arena, &groups, keep_twin, &t, f);
    for (size_t i = 0; i < t.count && e == ERR_OK; i++)
        for (size_t k = i + 1; k < t.count && told < MOST_TOLD; k++)
            if (is_twin(&t.list[i], &t.list[k])) {
                tell_twins(&c->ui, &t.list[i], &t.list[k]);
                told++;
                break;
            }
    return e;
}
