#include "client/group.h"
#include "client/selection.h"
#include "common/id.h"
#include <string.h>

/* Real groups stand two or three deep; the limit only ends the walk through a circle that two computers made
 * together. */
#define DEEPEST 64

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
