#include "client/cmd.h"
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

enum err cmd_status(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct outbox_state s;
    enum err e = client_open(c, o, false, f);
    if (e == ERR_OK)
        e = say_device(c, f);
    if (e == ERR_OK)
        e = say_last_sync(c, f);
    if (e == ERR_OK)
        e = outbox_state(c->book, &s, f);
    if (e != ERR_OK)
        return e;
    ui_say(&c->ui, "Chưa gửi: %llu thay đổi. Bị từ chối: %llu. Trùng sửa với máy khác: %llu.",
           "Not sent: %llu changes. Refused: %llu. Edited elsewhere too: %llu.",
           (unsigned long long)s.waiting, (unsigned long long)s.refused, (unsigned long long)s.conflicts);
    return client_say_refused(c, f);
}
