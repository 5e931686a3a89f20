#include "client/fund.h"
#include "client/notices.h"
#include "common/noun.h"
#include "common/os.h"
#include "common/target.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_BATCH 500
#define MOST_BATCH    2000

static void show_progress(void *context, uint64_t sent, uint64_t to_send, uint64_t received)
{
    const struct client *c = context;
    if (os_is_terminal())
        fprintf(stderr,
                c->ui.lang == LANG_EN ? "\rsent %llu of %llu, received %llu "
                                      : "\rđã gửi %llu/%llu, đã nhận %llu ",
                (unsigned long long)sent, (unsigned long long)to_send, (unsigned long long)received);
}

static const char *number(struct client *c, uint64_t n)
{
    char text[40];
    count_format((int64_t)n, c->ui.lang, text, sizeof text);
    return arena_print(c->arena, "%s", text);
}

static enum err say_result(struct client *c, const struct sync_result *r, bool plain, struct fault *f)
{
    struct outbox_state state;
    char seconds[40];
    if (plain) {
        printf("%llu %llu\n", (unsigned long long)r->bytes_up, (unsigned long long)r->bytes_down);
        return ERR_OK;
    }
    enum err e = outbox_state(c->book, &state, f);
    if (e != ERR_OK)
        return e;
    ratio_format((int64_t)(r->seconds * 10 + 0.5), 1000, 1, c->ui.lang, seconds, sizeof seconds);
    ui_say(&c->ui, "Đã gửi %s, nhận %s, bị từ chối %s; %s byte đi, %s byte về; %s giây.",
           "Sent %s, received %s, refused %s; %s bytes up, %s bytes down; %s seconds.", number(c, r->sent),
           number(c, r->received), number(c, state.refused), number(c, r->bytes_up), number(c, r->bytes_down),
           seconds);
    if (r->gone > 0)
        ui_say(&c->ui, "Không còn thuộc đơn vị này và đã rời khỏi máy: %s.",
               "No longer of this unit and off this computer: %s.",
               COUNTED(r->gone, noun_record, c->ui.lang));
    if (r->conflicts > 0)
        ui_say(&c->ui, "Cũng được sửa ở máy khác: %s; giá trị gửi sau được giữ, xem: hoivien status",
               "Edited elsewhere too: %s; the later arrival stands, see: hoivien status",
               COUNTED(r->conflicts, noun_field, c->ui.lang));
    e = client_say_refused(c, f);
    return e == ERR_OK ? refused_settle(c->book, f) : e;
}

static bool happened(const struct sync_result *r)
{
    return r->sent + r->received + r->refused + r->conflicts + r->gone > 0;
}

/* That notices were seen goes at once; if the link is gone by now, with the next sync. */
static enum err send_seen(struct client *c, size_t batch, struct fault *f)
{
    struct outbox_state state;
    struct sync_result r;
    enum err e = outbox_state(c->book, &state, f);
    if (e == ERR_OK && state.waiting > 0)
        e = sync_run(c->book, &c->ui, c->folder, batch, NULL, NULL, &r, f);
    return e == ERR_NO_LINK ? ERR_OK : e;
}

/* What the fund's book needs while a sync runs. */
#define FUND_ARENA ((size_t)256 << 20)

/* Runs the sync and says what came of it: days on which the fund is below zero since two computers' entries
 * have come together, too. */
static enum err sync_and_say(struct client *c, struct arena *a, size_t batch, bool plain, bool quiet,
                             struct fault *f)
{
    struct sync_result r;
    struct fund_reds before, now;
    enum err e = fund_desk_reds(c, a, &before, f);
    if (e == ERR_OK)
        e = sync_run(c->book, &c->ui, c->folder, batch, show_progress, c, &r, f);
    if (os_is_terminal())
        fputs("\r\033[K", stderr);
    if (e != ERR_OK || (quiet && !happened(&r)))
        return e;
    e = say_result(c, &r, plain, f);
    if (e != ERR_OK || plain || !happened(&r))
        return e;
    if ((e = fund_desk_reds(c, a, &now, f)) == ERR_OK)
        fund_desk_say_new(c, a, &before, &now);
    return e;
}

/* `quiet`: nothing is said when nothing happened, and no notice counts as seen, since nobody may sit there.
 */
static enum err sync_once(struct client *c, size_t batch, bool plain, bool quiet, struct fault *f)
{
    __attribute__((cleanup(arena_cleanup))) struct arena *a = arena_make(FUND_ARENA);
    if (a == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    enum err e = sync_and_say(c, a, batch, plain, quiet, f);
    if (e != ERR_OK || quiet || plain)
        return e;
    e = notices_say(c, f);
    return e == ERR_OK ? send_seen(c, batch, f) : e;
}

/* "90s", "30m", "2h" in milliseconds; 0 when it is none. */
static uint64_t period_of(const char *text)
{
    char *unit;
    unsigned long n = strtoul(text, &unit, 10);
    uint64_t ms = strcmp(unit, "s") == 0   ? 1000
                  : strcmp(unit, "m") == 0 ? 60000
                  : strcmp(unit, "h") == 0 ? 3600000
                                           : 0;
    return text[0] >= '0' && text[0] <= '9' && n <= 100000 ? n * ms : 0;
}

/* Up to a tenth more or less, so that communes do not all knock at the same minute. */
static uint64_t jittered(uint64_t ms)
{
    uint32_t r;
    os_random(&r, sizeof r);
    return ms - ms / 10 + (uint64_t)r * (ms / 5 + 1) / UINT32_MAX;
}

/* What passes by itself: no link, another sync, a public network that wants a login first, a fault of the
 * server. */
static bool passes(enum err e)
{
    return e == ERR_OK || e == ERR_NO_LINK || e == ERR_BUSY || e == ERR_OTHER_SERVER || e == ERR_INTERNAL;
}

/* Until somebody asks to stop. Without a link nothing is said. */
static enum err sync_forever(struct client *c, size_t batch, uint64_t period, struct fault *f)
{
    do {
        enum err e = sync_once(c, batch, false, true, f);
        if (e == ERR_STOPPED)
            return ERR_OK;
        if (!passes(e))
            return e;
        if (e == ERR_INTERNAL)
            ui_tell(&c->ui, "%s", "%s", f->text);
    } while (os_sleep_ms(jittered(period)));
    return ERR_OK;
}

/* One at a time for a register; single syncs may come in between. */
static enum err sync_periodically(struct client *c, size_t batch, uint64_t period, struct fault *f)
{
    int lock;
    const char *path = arena_print(c->arena, "%s/every.lock", c->folder);
    enum err e = path != NULL ? os_lock(path, &lock, f) : fault(f, ERR_NO_MEMORY, "out of memory");
    if (e == ERR_BUSY)
        return ui_fault(
            &c->ui, f, e,
            "Một chương trình khác đã đồng bộ sổ này định kỳ (sync --every); chỉ cần một. Muốn gửi "
            "ngay, hãy chạy: hoivien sync",
            "Another program already syncs this register periodically (sync --every), and one is "
            "enough. To send at once, run: hoivien sync");
    if (e != ERR_OK)
        return e;
    e = sync_forever(c, batch, period, f);
    os_unlock(&lock);
    return e;
}

enum err cmd_sync(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    const char *batch_text = option(o, "batch"), *every = option(o, "every");
    long batch = batch_text != NULL ? strtol(batch_text, NULL, 10) : DEFAULT_BATCH;
    uint64_t period = every != NULL ? period_of(every) : 0;
    if (batch < 1 || batch > MOST_BATCH)
        return ui_fault(&c->ui, f, ERR_USAGE, "--batch nhận số từ 1 đến %d.",
                        "--batch takes a number from 1 to %d.", MOST_BATCH);
    if (every != NULL && period == 0)
        return ui_fault(&c->ui, f, ERR_USAGE, "--every nhận một khoảng thời gian, ví dụ 30m, 2h.",
                        "--every takes a period, for example 30m, 2h.");
    os_catch_stop();
    enum err e = client_open(c, o, f);
    if (e != ERR_OK)
        return e;
    return every != NULL ? sync_periodically(c, (size_t)batch, period, f)
                         : sync_once(c, (size_t)batch, option(o, "plain") != NULL, false, f);
}
