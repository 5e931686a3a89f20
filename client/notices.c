#include "client/notices.h"
#include "client/targets.h"
#include "common/os.h"
#include "common/wording.h"
#include "proto/record.pb-c.h"

#define SHOWN_MAX 20 /* at a time; the others come with the next sync */

/* Why a notice is shown. */
enum shown_as { AS_NEW, AS_CHANGED, AS_AGAIN, AS_WITHDRAWN, AS_ELSEWHERE };

struct showing {
    struct client *client;
    Hv__VerdictWord standing;
    uint32_t stream; /* the commune's own */
    struct record *notices[SHOWN_MAX];
    enum shown_as as[SHOWN_MAX];
    struct change *seen[SHOWN_MAX];
    size_t count;
};

static bool is_for(const struct record *notice, Hv__VerdictWord standing)
{
    switch (record_int(notice, kind_field(&kind_notice, "audience"), HV__AUDIENCE__ALL_COMMUNES)) {
    case HV__AUDIENCE__COMMUNES_MET:
        return standing == HV__VERDICT_WORD__MET;
    case HV__AUDIENCE__COMMUNES_NOT_MET:
        return standing == HV__VERDICT_WORD__NOT_MET;
    default:
        return true;
    }
}

/* That this commune saw it as it stands: whoever of its clerks did, it is one record. */
static struct change *seen_of(const struct showing *s, const struct record *notice, int64_t wording)
{
    bool any;
    struct change *c = change_make(s->client->arena, &kind_seen);
    const struct id *id = arena_copy(s->client->arena, &notice->id, sizeof notice->id);
    if (c == NULL || id == NULL)
        return NULL;
    change_set_id(c, kind_field(&kind_seen, "notice_id"), id);
    change_set_int(c, kind_field(&kind_seen, "unit"), s->stream);
    change_set_int(c, kind_field(&kind_seen, "date"), os_today());
    change_set_int(c, kind_field(&kind_seen, "wording"), wording);
    return kind_relation_id(&kind_seen, c->set, c->values, &c->id, &any) ? c : NULL;
}

/* Nothing is said of a notice that was seen as it stands, and of one that is for others or withdrawn unless
 * it was seen before: then it is told that it no longer holds here. */
static bool is_shown(const struct showing *s, const struct record *notice, int64_t wording,
                     const struct record *before, enum shown_as *as)
{
    int64_t known = before != NULL ? record_int(before, kind_field(&kind_seen, "wording"), 0) : 0;
    bool is_meant = wording != WORDING_WITHDRAWN && is_for(notice, s->standing);
    *as = before == NULL                 ? AS_NEW
          : known == WORDING_WITHDRAWN   ? AS_AGAIN
          : wording == WORDING_WITHDRAWN ? AS_WITHDRAWN
          : is_meant                     ? AS_CHANGED
                                         : AS_ELSEWHERE;
    return *as == AS_NEW || *as == AS_AGAIN ? is_meant : wording != known;
}

static enum err take(void *context, const struct record *notice, struct fault *f)
{
    struct showing *s = context;
    struct client *c = s->client;
    struct record *before = NULL;
    enum shown_as as;
    int64_t wording;
    if (s->count == SHOWN_MAX)
        return ERR_OK;
    if (wording_of(c->arena, notice, &wording) != ERR_OK)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    struct change *seen = seen_of(s, notice, wording);
    if (seen == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    enum err e = book_find(c->book, c->arena, &kind_seen, &seen->id, &before, f);
    if (e != ERR_OK && e != ERR_NO_SUCH_RECORD)
        return e;
    if (!is_shown(s, notice, wording, e == ERR_OK ? before : NULL, &as))
        return ERR_OK;
    if (as == AS_ELSEWHERE)
        change_set_int(seen, kind_field(&kind_seen, "wording"), WORDING_WITHDRAWN);
    s->as[s->count] = as;
    s->seen[s->count] = seen;
    return book_find(c->book, c->arena, &kind_notice, &notice->id, &s->notices[s->count++], f);
}

static void say(struct client *c, const struct record *notice, enum shown_as as)
{
    static const struct text_pair heads[] = {
        [AS_NEW] = {"Thông báo của tỉnh", "Notice from the province"},
        [AS_CHANGED] = {"Thông báo của tỉnh, nay đã sửa",
                        "Notice from the province, changed since you saw it"},
        [AS_AGAIN] = {"Thông báo của tỉnh, nay có hiệu lực trở lại",
                      "Notice from the province, which holds again"},
        [AS_ELSEWHERE] = {"Thông báo của tỉnh, nay không còn gửi cho xã này, không cần làm theo nữa",
                          "Notice from the province, no longer meant for this commune"},
        [AS_WITHDRAWN] = {"Tỉnh đã rút thông báo, không cần làm theo nữa",
                          "The province has withdrawn its notice, it no longer holds"}};
    struct bytes name = record_text(notice, kind_field(&kind_notice, "name")),
                 body = record_text(notice, kind_field(&kind_notice, "body"));
    int32_t due = (int32_t)record_int(notice, kind_field(&kind_notice, "due"), 0);
    ui_say(&c->ui, "\n%s: %.*s", "\n%s: %.*s", text_in(c->ui.lang, heads[as]), (int)name.n,
           (const char *)name.p);
    if (as == AS_WITHDRAWN || as == AS_ELSEWHERE)
        return;
    if (body.n > 0)
        ui_say(&c->ui, "%.*s", "%.*s", (int)body.n, (const char *)body.p);
    if (due != 0)
        ui_say(&c->ui, "Hạn: %s.", "Due: %s.", targets_date(c, due));
}

static enum err keep(const struct showing *s, struct fault *f)
{
    struct client *c = s->client;
    enum err e = s->count > 0 ? book_begin(c->book, f) : ERR_OK;
    if (e != ERR_OK || s->count == 0)
        return e;
    for (size_t i = 0; e == ERR_OK && i < s->count; i++)
        e = book_record(c->book, c->arena, s->seen[i], true, f);
    if (e == ERR_OK)
        return book_commit(c->book, f);
    book_rollback(c->book);
    return e;
}

static enum err load(struct showing *s, struct fault *f)
{
    Hv__TargetReport *report;
    struct identity who;
    enum err e = report_get(s->client->book, s->client->arena, &report, f);
    if (e == ERR_OK)
        e = identity_load(s->client->book, &who, f);
    if (e != ERR_OK)
        return e;
    s->stream = who.units[0].stream;
    s->standing =
        report != NULL ? target_standing(report->line, report->n_line) : HV__VERDICT_WORD__NO_VERDICT;
    key_wipe(&who, sizeof who);
    return ERR_OK;
}

enum err notices_say(struct client *c, struct fault *f)
{
    struct showing s = {.client = c};
    const struct book_filter all = {.kind = &kind_notice, .with_voided = true, .missing_field = -1};
    enum err e = load(&s, f);
    if (e == ERR_OK)
        e = book_each(c->book, c->arena, &all, take, &s, f);
    for (size_t i = 0; e == ERR_OK && i < s.count; i++)
        say(c, s.notices[i], s.as[i]);
    return e == ERR_OK ? keep(&s, f) : e;
}
