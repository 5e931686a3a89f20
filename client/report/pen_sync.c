/* Syncs of the pen's registers: all of them, or those in which something waits beside the one at hand. */
#include "client/report/pen.h"
#include "common/noun.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* "31317 Phường I": whose stream the register holds. */
static enum err name_of(struct client *c, const char **out, struct fault *f)
{
    struct identity who;
    enum err e = identity_load(c->book, &who, f);
    if (e == ERR_OK)
        *out = arena_print(c->arena, "%s %s", who.units[0].code, who.units[0].name);
    key_wipe(&who, sizeof who);
    return e != ERR_OK || *out != NULL ? e : fault(f, ERR_NO_MEMORY, "out of memory");
}

/* What would meet every register alike: there is no use in trying the next one. */
static bool is_of_all(enum err e)
{
    return e == ERR_NO_LINK || e == ERR_STOPPED || e == ERR_KEY_REFUSED || e == ERR_REVOKED ||
           e == ERR_OTHER_SERVER || e == ERR_NO_MEMORY;
}

/* ---- beside a command ---- */

struct besides {
    const char *folder; /* of the command's own register */
};

/* What another register's sync brings is told on standard error, beside what the command prints. Its troubles
 * are not the command's: they stay in the register, for the status and the next sync. */
static enum err push_waiting(void *context, struct client *c, struct fault *f)
{
    const struct besides *b = context;
    struct outbox_state state;
    struct sync_result result;
    const char *name;
    if (strcmp(c->folder, b->folder) == 0)
        return ERR_OK;
    enum err e = outbox_state(c->book, &state, f);
    if (e == ERR_OK && state.waiting > 0)
        e = name_of(c, &name, f);
    if (e != ERR_OK || state.waiting == 0)
        return e;
    e = sync_run(c->book, &c->ui, c->folder, PEN_BATCH, NULL, NULL, &result, f);
    if (e != ERR_OK)
        ui_tell(&c->ui, "%s: vẫn chờ %s. %s", "%s: still waiting: %s. %s", name,
                COUNTED(state.waiting, noun_change, c->ui.lang), f->text);
    else if (result.refused > 0)
        ui_tell(&c->ui, "%s: máy chủ từ chối %s đã chờ; xem lý do bằng: %s status",
                "%s: of what had waited the server refused %s; see why by: %s status", name,
                COUNTED(result.refused, noun_change, c->ui.lang), c->ui.program);
    else
        ui_tell(&c->ui, "%s: đã gửi %s đã chờ.", "%s: of what had waited %s went to the server.", name,
                COUNTED(result.sent, noun_change, c->ui.lang));
    return is_of_all(e) ? e : ERR_OK;
}

enum err pen_pull(struct reporter *r, struct client *c, bool *no_link, struct fault *f)
{
    struct sync_result result;
    struct besides besides = {c->folder};
    struct fault ignored = {0};
    enum err e = sync_run(c->book, &c->ui, c->folder, PEN_BATCH, NULL, NULL, &result, f);
    *no_link = e == ERR_NO_LINK;
    if (e != ERR_OK)
        return *no_link ? ERR_OK : e;
    e = pen_each(r, push_waiting, &besides, &ignored);
    return e == ERR_NO_MEMORY ? fault(f, e, "%s", ignored.text) : ERR_OK;
}

/* ---- sync ---- */

struct syncing_all {
    size_t registers;
    uint64_t sent;
    uint64_t received;
    uint64_t refused; /* that stand */
    uint64_t waiting;
    struct fault first; /* what went wrong first; code ERR_OK: nothing */
};

static enum err say_synced(struct syncing_all *all, struct client *c, const char *name,
                           const struct sync_result *result, struct fault *f)
{
    struct outbox_state state;
    enum err e = outbox_state(c->book, &state, f);
    if (e != ERR_OK)
        return e;
    ui_say(&c->ui, "%s: đã gửi %" PRIu64 ", nhận %" PRIu64 ", bị từ chối %" PRIu64 ".",
           "%s: sent %" PRIu64 ", received %" PRIu64 ", refused %" PRIu64 ".", name, result->sent,
           result->received, state.refused);
    all->sent += result->sent;
    all->received += result->received;
    all->refused += state.refused;
    return client_say_refused(c, f);
}

static enum err say_waiting(struct syncing_all *all, struct client *c, const char *name, struct fault *f)
{
    struct outbox_state state;
    enum err e = outbox_state(c->book, &state, f);
    if (e != ERR_OK)
        return e;
    ui_say(&c->ui, "%s: chưa đồng bộ được; đang chờ %s.", "%s: not synced; waiting: %s.", name,
           COUNTED(state.waiting, noun_change, c->ui.lang));
    all->waiting += state.waiting;
    return ERR_OK;
}

static enum err sync_one(void *context, struct client *c, struct fault *f)
{
    struct syncing_all *all = context;
    struct sync_result result;
    const char *name;
    enum err e = name_of(c, &name, f);
    if (e != ERR_OK)
        return e;
    all->registers++;
    if (is_of_all(all->first.code))
        return say_waiting(all, c, name, f);
    e = sync_run(c->book, &c->ui, c->folder, PEN_BATCH, NULL, NULL, &result, f);
    if (e == ERR_OK)
        return say_synced(all, c, name, &result, f);
    if (all->first.code == ERR_OK || is_of_all(e)) {
        all->first = *f;
        all->first.code = e;
    }
    if (!is_of_all(e))
        ui_tell(&c->ui, "%s: %s", "%s: %s", name, f->text);
    return say_waiting(all, c, name, f);
}

enum err cmd_report_sync(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    struct syncing_all all = {.first = {.field = -1}};
    struct client own;
    enum err e = pen_open(r, o, false, &own, f);
    if (e == ERR_OK)
        e = pen_each(r, sync_one, &all, f);
    if (e != ERR_OK)
        return e;
    ui_say(&r->ui, "Cộng %zu sổ: đã gửi %" PRIu64 ", nhận %" PRIu64 ", bị từ chối %" PRIu64 ".",
           "Of %zu registers: sent %" PRIu64 ", received %" PRIu64 ", refused %" PRIu64 ".", all.registers,
           all.sent, all.received, all.refused);
    if (all.first.code == ERR_NO_LINK)
        return ui_fault(
            &r->ui, f, ERR_NO_LINK,
            "Không kết nối được máy chủ; máy này vẫn giữ %s. Hãy kiểm tra mạng rồi chạy lại: hoivien-report "
            "sync",
            "The server can't be reached; this computer keeps %s. Check the network, then run again: "
            "hoivien-report sync",
            COUNTED(all.waiting, noun_change, r->ui.lang));
    return all.first.code == ERR_OK ? ERR_OK : fault(f, all.first.code, "%s", all.first.text);
}

/* ---- status ---- */

static enum err last_sync(struct reporter *r, struct client *c, const char **out, struct fault *f)
{
    struct bytes text;
    enum err e = book_get(c->book, c->arena, "last_sync", &text, f);
    if (e != ERR_OK)
        return e;
    const char *ms = text.p != NULL ? arena_copy(c->arena, text.p, text.n) : NULL;
    *out = ms == NULL ? text_in(r->ui.lang, (struct text_pair){"chưa lần nào", "never"})
                      : words_time(r, strtoll(ms, NULL, 10) / 1000, false);
    return ERR_OK;
}

static enum err say_status(void *context, struct client *c, struct fault *f)
{
    struct outbox_state state;
    const char *name, *last;
    enum err e = name_of(c, &name, f);
    if (e == ERR_OK)
        e = last_sync(context, c, &last, f);
    if (e == ERR_OK)
        e = outbox_state(c->book, &state, f);
    if (e != ERR_OK)
        return e;
    ui_say(&c->ui, "%s: chưa gửi %s, bị từ chối %" PRIu64 "; đồng bộ lần cuối: %s.",
           "%s: waiting %s, refused %" PRIu64 "; last sync: %s.", name,
           COUNTED(state.waiting, noun_change, c->ui.lang), state.refused, last);
    return client_say_refused(c, f);
}

enum err cmd_report_status(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    struct client own;
    enum err e = pen_open(r, o, false, &own, f);
    return e == ERR_OK ? pen_each(r, say_status, r, f) : e;
}
