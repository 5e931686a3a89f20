/* What is doubtful in a record and stands: told, never refused. */
#include "client/fit.h"
#include "client/selection.h"
#include "common/check.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/os.h"
#include <string.h>

/* Dates against those of the record that it refers to. */
static const struct beside {
    const struct kind *kind;
    const char *field;
    const struct kind *of;
    bool (*check)(const struct record *r, const struct record *other, enum lang lang, char *out, size_t size);
} besides[] = {
    {&kind_activity, "group_id", &kind_group, check_activity_warning},
    {&kind_replication, "model_id", &kind_model, check_replication_warning},
    {&kind_post, "group_id", &kind_group, check_closed_warning},
    {&kind_membership, "group_id", &kind_group, check_closed_warning},
    {&kind_member, "group_id", &kind_group, check_closed_warning},
};

static enum err doubt_beside(struct client *c, struct arena *a, const struct record *r,
                             const struct beside *x, char *out, size_t size, struct fault *f)
{
    struct record *other;
    const struct id *id = record_id(r, kind_field(r->kind, x->field));
    if (id == NULL)
        return ERR_OK;
    enum err e = book_find(c->book, a, x->of, id, &other, f);
    if (e == ERR_OK)
        x->check(r, other, c->ui.lang, out, size);
    return e == ERR_NO_SUCH_RECORD ? ERR_OK : e;
}

/* ---- events ---- */

#define MOST_EVENTS 256 /* of one member; whoever has more gets no notes */

struct hers {
    struct standing_event events[MOST_EVENTS];
    size_t count;
};

static enum err collect(void *context, const struct record *r, struct fault *f)
{
    struct hers *h = context;
    (void)f;
    if (h->count < MOST_EVENTS)
        h->events[h->count++] = standing_event_of(r);
    return ERR_OK;
}

static const struct text_pair *doubt_words(enum event_doubt doubt, bool enters)
{
    static const struct text_pair same = {
        "\"%s\" của %s (%s) trùng ngày %s với một biến động khác; trong một ngày, việc vào được tính trước "
        "việc "
        "ra. Nếu thứ tự khác, hãy ghi đủ ngày, tháng, năm của cả hai.",
        "\"%s\" of %s (%s) falls on the same day, %s, as another change of hers; on one day entering comes "
        "before leaving. If the order was another, give full dates for both."};
    static const struct text_pair dead = {
        "\"%s\" của %s (%s), ngày %s, không làm thay đổi gì: hội viên đã mất trước đó.",
        "\"%s\" of %s (%s) on %s changes nothing: she had died before."};
    static const struct text_pair in = {
        "\"%s\" của %s (%s), ngày %s, không làm thay đổi gì: lúc đó chị đang là hội viên.",
        "\"%s\" of %s (%s) on %s changes nothing: she stood as a member already."};
    static const struct text_pair gone = {
        "\"%s\" của %s (%s), ngày %s, không làm thay đổi gì: lúc đó chị không còn là hội viên.",
        "\"%s\" of %s (%s) on %s changes nothing: she did not stand as a member."};
    if (doubt == EVENT_SAME_DAY)
        return &same;
    return doubt == EVENT_AFTER_DEATH ? &dead : enters ? &in : &gone;
}

static enum err doubt_event(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                            struct fault *f)
{
    const struct id *id = record_id(r, kind_field(&kind_event, "member_id"));
    struct book_filter filter = {.kind = &kind_event, .member = id, .missing_field = -1};
    struct hers h = {.count = 0};
    struct record *member;
    char shown[ID_SHORT];
    if (id == NULL)
        return ERR_OK;
    enum err e = book_each(c->book, a, &filter, collect, &h, f);
    enum event_doubt doubt =
        e == ERR_OK && h.count < MOST_EVENTS ? check_event_doubt(h.events, h.count, &r->id) : EVENT_COUNTS;
    if (doubt == EVENT_COUNTS || (e = book_find(c->book, a, &kind_member, id, &member, f)) != ERR_OK)
        return e;
    struct cells x = {.book = c->book, .ui = &c->ui, .arena = a};
    int type = kind_field(&kind_event, "type"), date = kind_field(&kind_event, "date");
    id_short(id, shown);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(out, size,
             text_in(c->ui.lang, *doubt_words(doubt, standing_enters((int32_t)record_int(r, type, 0)))),
             cell_write(&x, r, (size_t)type), cell_name(&x, member), shown, cell_write(&x, r, (size_t)date));
#pragma GCC diagnostic pop
    return ERR_OK;
}

/* ---- posts of a group ---- */

struct posts {
    int64_t type; /* of the group */
    size_t others;
};

static enum err count_unfit(void *context, const struct record *r, struct fault *f)
{
    struct posts *p = context;
    uint32_t types;
    (void)f;
    p->others += check_group_fit(r, p->type, &types) != GROUP_FITS;
    return ERR_OK;
}

/* A group that has become something else may have posts of what it was; which of the two is wrong only the
 * clerk knows. */
static enum err doubt_group(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                            struct fault *f)
{
    struct posts p = {.type = record_int(r, kind_field(&kind_group, "type"), 0)};
    struct book_filter filter = {
        .kind = &kind_post, .of_kind = &kind_group, .of = &r->id, .missing_field = -1};
    char shown[ID_SHORT];
    enum err e = book_each(c->book, a, &filter, count_unfit, &p, f);
    if (e != ERR_OK || p.others == 0)
        return e;
    id_short(&r->id, shown);
    if (c->ui.lang == LANG_EN)
        snprintf(out, size, "%zu of its posts do not fit the type of group %s; see: hoivien post list",
                 p.others, shown);
    else
        snprintf(out, size,
                 "%zu chức vụ trong nhóm %s không hợp với loại hình của nhóm; hãy xem: hoivien post list",
                 p.others, shown);
    return ERR_OK;
}

enum err fit_doubt(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                   struct fault *f)
{
    *out = '\0';
    if (check_warning(r, os_today(), c->ui.lang, out, size))
        return ERR_OK;
    for (size_t i = 0; i < sizeof besides / sizeof besides[0]; i++) {
        enum err e = besides[i].kind == r->kind ? doubt_beside(c, a, r, &besides[i], out, size, f) : ERR_OK;
        if (e != ERR_OK || *out != '\0')
            return e;
    }
    if (r->kind == &kind_post)
        return fit_post_doubt(c, a, r, out, size, f);
    if (r->kind == &kind_group)
        return doubt_group(c, a, r, out, size, f);
    if (r->kind == &kind_entry || r->kind == &kind_reversal || r->kind == &kind_support)
        return fit_fund_doubt(c, a, r, out, size, f);
    if (r->kind == &kind_plan)
        return fit_plan_doubt(c, a, r, out, size, f);
    return r->kind == &kind_event ? doubt_event(c, a, r, out, size, f) : ERR_OK;
}
