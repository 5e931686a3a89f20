#include "client/joining.h"
#include "client/selection.h"
#include "common/people.h"
#include "proto/record.pb-c.h"

static enum err find_joined(void *context, const struct record *r, struct fault *f)
{
    bool *found = context;
    (void)f;
    *found |= record_int(r, kind_field(&kind_event, "type"), 0) == HV__EVENT_TYPE__JOINED;
    return ERR_OK;
}

static enum err is_not_yet(struct client *c, struct arena *a, const struct id *member, bool *out,
                           struct fault *f)
{
    struct record *r;
    enum err e = book_find(c->book, a, &kind_member, member, &r, f);
    *out = e == ERR_OK && record_int(r, kind_field(&kind_member, "category"), 0) == HV__CATEGORY__NOT_YET;
    return e == ERR_NO_SUCH_RECORD ? ERR_OK : e; /* the recording will say so */
}

static enum err check_edit(struct client *c, struct arena *a, const struct change *edit, struct fault *f)
{
    int category = kind_field(&kind_member, "category");
    uint64_t bit = field_bit(&kind_member, (size_t)category);
    bool makes = (edit->cleared & bit) != 0 ||
                 ((edit->set & bit) != 0 && category_is_member((int32_t)edit->values[category].i));
    bool not_yet = false, joined = false;
    struct book_filter hers = {.kind = &kind_event, .member = &edit->id, .missing_field = -1};
    char shown[ID_SHORT];
    if (!makes)
        return ERR_OK;
    enum err e = is_not_yet(c, a, &edit->id, &not_yet, f);
    if (e == ERR_OK && not_yet)
        e = book_each(c->book, a, &hers, find_joined, &joined, f);
    if (e != ERR_OK || !not_yet || joined)
        return e;
    id_short(&edit->id, shown);
    return ui_fault(
        &c->ui, f, ERR_MISSING,
        "Thành phần hội viên: chưa ghi ngày vào Hội, nên không biết tính từ khi nào; hãy ghi: hoivien member "
        "event %s joined --date NGÀY (thành phần tự đổi theo).",
        "Category: her date of joining is not known, so nobody can say from when she counts; note it: "
        "hoivien "
        "member event %s joined --date DATE (the category follows).",
        shown);
}

static enum err make_member(struct client *c, struct arena *a, const struct id *member, size_t *made,
                            struct fault *f)
{
    bool not_yet;
    enum err e = is_not_yet(c, a, member, &not_yet, f);
    if (e != ERR_OK || !not_yet)
        return e;
    struct change *m = change_make(a, &kind_member);
    if (m == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    m->id = *member;
    change_set_int(m, kind_field(&kind_member, "category"), HV__CATEGORY__ORDINARY);
    if (made != NULL)
        ++*made;
    return book_record(c->book, a, m, false, f);
}

static bool is_joining(const struct change *c)
{
    int type = kind_field(&kind_event, "type");
    return c->kind == &kind_event && (c->set & field_bit(&kind_event, (size_t)type)) != 0 &&
           c->values[type].i == HV__EVENT_TYPE__JOINED;
}

enum err joining_record(struct client *c, struct arena *a, struct change *change, bool creates, bool joins,
                        size_t *made, struct fault *f)
{
    struct id member = {{0}};
    bool joining = creates && is_joining(change);
    enum err e = change->kind == &kind_member && !creates && !joins ? check_edit(c, a, change, f) : ERR_OK;
    if (joining)
        member = *(const struct id *)(const void *)change->values[kind_field(&kind_event, "member_id")].p;
    if (e == ERR_OK)
        e = book_record(c->book, a, change, creates, f);
    return e == ERR_OK && joining ? make_member(c, a, &member, made, f) : e;
}
