#include "client/cell.h"
#include "client/cmd.h"
#include "client/fund.h"
#include "client/selection.h"
#include "common/noun.h"
#include "proto/record.pb-c.h"
#include <stdlib.h>
#include <time.h>

static enum err say_device(struct client *c, struct fault *f)
{
    struct identity who;
    enum err e = identity_load(c->book, &who, f);
    if (e != ERR_OK)
        return e;
    if (who.device == 0)
        ui_say(&c->ui, "Máy này chưa ghi danh; hãy chạy: hoivien init MÃ",
               "This computer is not enrolled; run: hoivien init CODE");
    else
        ui_say(&c->ui, "%s (%s), máy số %u; máy chủ %s", "%s (%s), device %u; server %s", who.units[0].name,
               who.units[0].code, (unsigned)who.device, who.endpoints);
    key_wipe(&who, sizeof who);
    return ERR_OK;
}

static enum err say_last_sync(struct client *c, struct fault *f)
{
    struct bytes text;
    enum err e = book_get(c->book, c->arena, "last_sync", &text, f);
    if (e != ERR_OK)
        return e;
    if (text.p == NULL) {
        ui_say(&c->ui, "Chưa đồng bộ lần nào.", "Never synced.");
        return ERR_OK;
    }
    time_t at = (time_t)(strtoll(arena_copy(c->arena, text.p, text.n), NULL, 10) / 1000) + 7 * 3600;
    struct tm civil;
    gmtime_r(&at, &civil);
    ui_say(&c->ui, "Đồng bộ lần cuối: %02d:%02d ngày %02d/%02d/%d", "Last sync: %02d:%02d on %02d/%02d/%d",
           civil.tm_hour, civil.tm_min, civil.tm_mday, civil.tm_mon + 1, civil.tm_year + 1900);
    return ERR_OK;
}

#define MOST_CONFLICTS 20

static const char *value_text(struct cells *x, const struct record *r, int field)
{
    const char *text = cell_write(x, r, (size_t)field);
    return text == NULL || *text == '\0' ? text_in(x->ui->lang, (struct text_pair){"(trống)", "(empty)"})
                                         : arena_print(x->arena, "\"%s\"", text);
}

/* What she does not want to give is to be asked no more, whatever reached the server later. */
static void say_declined(struct client *c, const struct conflict *it, const struct record *now)
{
    int state = kind_field(it->kind, "state");
    char id[ID_SHORT];
    if (it->kind != &kind_question || it->field != state ||
        record_int(it->stood, state, 0) != HV__ASK_STATE__DECLINED ||
        record_int(now, state, 0) == HV__ASK_STATE__DECLINED)
        return;
    id_short(&it->id, id);
    ui_say(&c->ui,
           "    Chị đã nói không cung cấp; để không hỏi lại: hoivien question edit %s --state declined",
           "    She did not want to give it; so that nobody asks again: hoivien question edit %s --state "
           "declined",
           id);
}

static enum err say_conflict(void *context, const struct conflict *it, struct fault *f)
{
    struct client *c = context;
    struct cells cells = {.book = c->book, .ui = &c->ui, .arena = c->arena};
    struct record *now;
    const char *title;
    char id[ID_SHORT];
    enum err e = book_find(c->book, c->arena, it->kind, &it->id, &now, f);
    if (e == ERR_OK)
        e = client_title_of(c, now, &title, f);
    if (e != ERR_OK)
        return e == ERR_NO_SUCH_RECORD ? ERR_OK : e;
    id_short(&it->id, id);
    ui_say(&c->ui, "  Trùng sửa với máy khác: %s %s (%s): %s: trước đó là %s, nay là %s",
           "  Edited elsewhere too: %s %s (%s): %s: %s stood, %s stands now",
           text_in(c->ui.lang, it->kind->label), title, id,
           text_in(c->ui.lang, it->kind->fields[it->field].label), value_text(&cells, it->stood, it->field),
           value_text(&cells, now, it->field));
    say_declined(c, it, now);
    return ERR_OK;
}

static enum err say_conflicts(struct client *c, uint64_t count, struct fault *f)
{
    enum err e = outbox_each_conflict(c->book, c->arena, MOST_CONFLICTS, say_conflict, c, f);
    if (e == ERR_OK && count > MOST_CONFLICTS)
        ui_say(&c->ui, "  ... và %llu mục nữa", "  ... and %llu more",
               (unsigned long long)(count - MOST_CONFLICTS));
    if (e == ERR_OK && count > 0)
        ui_say(&c->ui, "  Giá trị đến máy chủ sau được giữ; nếu chưa đúng, hãy sửa lại hồ sơ.",
               "  What reached the server later stands; where that is wrong, edit the record.");
    return e;
}

enum err cmd_status(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct outbox_state s;
    enum err e = client_open(c, o, f);
    if (e == ERR_OK)
        e = say_device(c, f);
    if (e == ERR_OK)
        e = say_last_sync(c, f);
    if (e == ERR_OK)
        e = outbox_state(c->book, &s, f);
    if (e != ERR_OK)
        return e;
    ui_say(&c->ui, "Chưa gửi: %s. Bị từ chối: %llu. Trùng sửa với máy khác: %llu.",
           "Not sent: %s. Refused: %llu. Edited elsewhere too: %llu.",
           COUNTED(s.waiting, noun_change, c->ui.lang), (unsigned long long)s.refused,
           (unsigned long long)s.conflicts);
    e = client_say_refused(c, f);
    if (e == ERR_OK)
        e = say_conflicts(c, s.conflicts, f);
    return e == ERR_OK ? fund_desk_say_reds(c, f) : e;
}
