#include "client/notices.h"
#include "client/targets.h"
#include "common/os.h"
#include "proto/record.pb-c.h"

#define SHOWN_MAX 20 /* at a time; the others come with the next sync */

struct showing {
    struct client *client;
    Hv__VerdictWord standing;
    uint32_t stream; /* the commune's own */
    struct record *notices[SHOWN_MAX];
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

/* That this commune saw it: whoever of its clerks did, it is one record. */
static struct change *seen_of(const struct showing *s, const struct record *notice)
{
    bool any;
    struct change *c = change_make(s->client->arena, &kind_seen);
    const struct id *id = arena_copy(s->client->arena, &notice->id, sizeof notice->id);
    if (c == NULL || id == NULL)
        return NULL;
    change_set_id(c, kind_field(&kind_seen, "notice_id"), id);
    change_set_int(c, kind_field(&kind_seen, "unit"), s->stream);
    change_set_int(c, kind_field(&kind_seen, "date"), os_today());
    return kind_relation_id(&kind_seen, c->set, c->values, &c->id, &any) ? c : NULL;
}

static enum err take(void *context, const struct record *notice, struct fault *f)
{
    struct showing *s = context;
    struct record *found;
    if (s->count == SHOWN_MAX || !is_for(notice, s->standing))
        return ERR_OK;
    struct change *seen = seen_of(s, notice);
    if (seen == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    enum err e = book_find(s->client->book, s->client->arena, &kind_seen, &seen->id, &found, f);
    if (e != ERR_NO_SUCH_RECORD)
        return e;
    s->seen[s->count] = seen;
    return book_find(s->client->book, s->client->arena, &kind_notice, &notice->id, &s->notices[s->count++],
                     f);
}

static void say(struct client *c, const struct record *notice)
{
    struct bytes name = record_text(notice, kind_field(&kind_notice, "name")),
                 body = record_text(notice, kind_field(&kind_notice, "body"));
    int32_t due = (int32_t)record_int(notice, kind_field(&kind_notice, "due"), 0);
    ui_say(&c->ui, "\nThông báo của tỉnh: %.*s", "\nNotice from the province: %.*s", (int)name.n,
           (const char *)name.p);
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
    const struct book_filter all = {.kind = &kind_notice, .missing_field = -1};
    enum err e = load(&s, f);
    if (e == ERR_OK)
        e = book_each(c->book, c->arena, &all, take, &s, f);
    for (size_t i = 0; e == ERR_OK && i < s.count; i++)
        say(c, s.notices[i]);
    return e == ERR_OK ? keep(&s, f) : e;
}
