#include "client/joining.h"
#include "client/selection.h"
#include "common/date.h"
#include "common/id.h"
#include "common/os.h"
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

static enum err set_category(struct client *c, struct arena *a, const struct id *member, int category,
                             struct fault *f)
{
    struct change *m = change_make(a, &kind_member);
    if (m == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    m->id = *member;
    change_set_int(m, kind_field(&kind_member, "category"), category);
    return book_record(c->book, a, m, false, f);
}

/* An event as it was and as it will be; of a new one nothing was. */
struct turn {
    struct id member;
    int64_t date;
    bool joined, joins; /* before, after */
    bool flagged;       /* she was not yet a member before it */
    bool dated;         /* the change tells the date */
};

static int64_t after(const struct change *change, const struct record *old, const char *name)
{
    int i = kind_field(&kind_event, name);
    uint64_t bit = field_bit(&kind_event, (size_t)i);
    if ((change->set & bit) != 0)
        return change->values[i].i;
    return old != NULL && (change->cleared & bit) == 0 ? record_int(old, i, 0) : 0;
}

static enum err read_turn(struct client *c, struct arena *a, const struct change *change, bool creates,
                          struct turn *t, struct fault *f)
{
    int member = kind_field(&kind_event, "member_id");
    struct record *old = NULL;
    const struct id *hers = NULL;
    *t = (struct turn){.joined = false};
    enum err e = creates ? ERR_OK : book_find(c->book, a, &kind_event, &change->id, &old, f);
    if (e != ERR_OK)
        return e;
    if (old != NULL) {
        hers = record_id(old, member);
        t->joined = record_int(old, kind_field(&kind_event, "type"), 0) == HV__EVENT_TYPE__JOINED &&
                    record_int(old, kind_field(&kind_event, "voided"), 0) == 0;
    }
    if ((change->set & field_bit(&kind_event, (size_t)member)) != 0)
        hers = (const struct id *)(const void *)change->values[member].p;
    if (hers != NULL)
        t->member = *hers;
    t->joins = hers != NULL && after(change, old, "type") == HV__EVENT_TYPE__JOINED &&
               after(change, old, "voided") == 0;
    t->date = after(change, old, "date");
    t->flagged = after(change, old, "was_not_yet") != 0;
    t->dated = (change->set & field_bit(&kind_event, (size_t)kind_field(&kind_event, "date"))) != 0;
    return ERR_OK;
}

/* What her events say of her: a joining stands; a joining, void or not, found her not yet a member. */
struct history {
    bool stands, was_not_yet;
};

static enum err look_back(void *context, const struct record *r, struct fault *f)
{
    struct history *h = context;
    (void)f;
    if (record_int(r, kind_field(&kind_event, "type"), 0) == HV__EVENT_TYPE__JOINED)
        h->stands |= record_int(r, kind_field(&kind_event, "voided"), 0) == 0;
    h->was_not_yet |= record_int(r, kind_field(&kind_event, "was_not_yet"), 0) != 0;
    return ERR_OK;
}

/* No joining stands any more: she is again what she was. */
static enum err unmake_member(struct client *c, struct arena *a, const struct id *member, struct fault *f)
{
    struct history h = {false, false};
    struct book_filter hers = {
        .kind = &kind_event, .member = member, .with_voided = true, .missing_field = -1};
    struct record *r;
    enum err e = book_each(c->book, a, &hers, look_back, &h, f);
    if (e != ERR_OK || h.stands || !h.was_not_yet)
        return e;
    e = book_find(c->book, a, &kind_member, member, &r, f);
    if (e != ERR_OK)
        return e == ERR_NO_SUCH_RECORD ? ERR_OK : e;
    if (record_int(r, kind_field(&kind_member, "category"), 0) != HV__CATEGORY__ORDINARY)
        return ERR_OK;
    e = set_category(c, a, member, HV__CATEGORY__NOT_YET, f);
    if (e == ERR_OK)
        ui_tell(&c->ui, "Hội viên này trở lại là chưa là hội viên, vì không còn lần kết nạp nào.",
                "She is again not yet a member, as no joining of hers stands.");
    return e;
}

/* Her category changes now, so a day to come would leave her in no list until then. */
static enum err check_day(struct client *c, const struct turn *t, struct fault *f)
{
    char day[DATE_TEXT], shown[ID_SHORT];
    if (date_first_day((int32_t)t->date) <= os_today())
        return ERR_OK;
    date_format((int32_t)t->date, false, day);
    id_short(&t->member, shown);
    return ui_fault(&c->ui, f, ERR_BAD_DATE,
                    "Ngày kết nạp %s của người chưa là hội viên (mã %s) là ngày chưa đến; hãy xem lại, hoặc "
                    "ghi khi đã kết nạp.",
                    "%s, the date of joining of a woman not yet a member (id %s), lies ahead; check it, or "
                    "note the joining when it has come.",
                    day, shown);
}

static enum err record_event(struct client *c, struct arena *a, struct change *change, bool creates,
                             size_t *made, struct fault *f)
{
    struct turn t;
    bool not_yet = false;
    enum err e = read_turn(c, a, change, creates, &t, f);
    if (e == ERR_OK && t.joins && !t.joined)
        e = is_not_yet(c, a, &t.member, &not_yet, f);
    if (e == ERR_OK && t.joins && (not_yet || (t.flagged && t.dated)))
        e = check_day(c, &t, f);
    if (e != ERR_OK)
        return e;
    if (not_yet && !t.flagged)
        change_set_int(change, kind_field(&kind_event, "was_not_yet"), 1);
    e = book_record(c->book, a, change, creates, f);
    if (e == ERR_OK && t.joined && !t.joins)
        e = unmake_member(c, a, &t.member, f);
    if (e != ERR_OK || !not_yet)
        return e;
    if (made != NULL)
        ++*made;
    else if (!creates)
        ui_tell(&c->ui, "Người này lại là hội viên, vì lần kết nạp đã được lấy lại.",
                "She is a member again, as her joining is back.");
    return set_category(c, a, &t.member, HV__CATEGORY__ORDINARY, f);
}

enum err joining_prepare(struct client *c, struct arena *a, const struct change *member, struct change *event,
                         struct fault *f)
{
    int category = kind_field(&kind_member, "category");
    struct turn t = {.member = member->id, .date = event->values[kind_field(&kind_event, "date")].i};
    bool not_yet = false;
    enum err e = is_not_yet(c, a, &member->id, &not_yet, f);
    not_yet |= (member->set & field_bit(&kind_member, (size_t)category)) != 0 &&
               member->values[category].i == HV__CATEGORY__NOT_YET;
    if (e != ERR_OK || !not_yet)
        return e;
    change_set_int(event, kind_field(&kind_event, "was_not_yet"), 1);
    return check_day(c, &t, f);
}

enum err joining_record(struct client *c, struct arena *a, struct change *change, bool creates, bool joins,
                        size_t *made, struct fault *f)
{
    if (change->kind == &kind_event)
        return record_event(c, a, change, creates, made, f);
    enum err e = change->kind == &kind_member && !creates && !joins ? check_edit(c, a, change, f) : ERR_OK;
    return e == ERR_OK ? book_record(c->book, a, change, creates, f) : e;
}
