/* Health: who has not synced, what waits for a hand. Exit status 1 when something does. */
#include "common/date.h"
#include "common/os.h"
#include "server/admin/admin.h"
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#define DEFAULT_STALE 30
#define LITTLE_DISK   ((uint64_t)1 << 30)
#define LONG_SECONDS  600

static const struct list_column list[] = {
    {{"Mã xã", "commune"}, LIST_TEXT, NULL},
    {{"Tên", "name"}, LIST_TEXT, NULL},
    {{"Đồng bộ lần cuối", "last_sync"}, LIST_TEXT, NULL},
    {{"Số ngày", "days"}, LIST_NUMBER, NULL},
    {{"Số máy", "devices"}, LIST_NUMBER, NULL},
    {{"Bị từ chối", "refused"}, LIST_NUMBER, NULL},
    {{"Phiên bản", "versions"}, LIST_TEXT, NULL},
};

struct needs {
    int stale;
    int never;
    int refused;
};

static struct needs needs_of(const struct db_result *r, int stale_days)
{
    struct needs n = {0, 0, 0};
    for (int row = 0; row < db_rows(r); row++) {
        int64_t days = db_get_int8(r, row, 3);
        n.never += days < 0;
        n.stale += days > stale_days;
        n.refused += db_get_int8(r, row, 5) > 0;
    }
    return n;
}

/* Figures of the database and the disk, as comment lines below a table only. */
static enum err show_figures(struct admin *m, bool *needs_hand, struct fault *f)
{
    DB_RESULT r = NULL;
    enum err e = admin_run(m, "status_figures", NULL, &r, f);
    if (e != ERR_OK)
        return e;
    for (int row = 0; row < db_rows(r); row++) {
        int64_t figure = db_get_int8(r, row, 1);
        ui_say(&m->ui, "%s: %lld", "%s: %lld", db_get_text(r, row, 0), (long long)figure);
        *needs_hand |= strcmp(db_get_text(r, row, 0), "longest_transaction_s") == 0 && figure > LONG_SECONDS;
    }
    struct statvfs disk;
    const char *folder = m->config.data != NULL ? m->config.data : "/";
    if (statvfs(folder, &disk) == 0) {
        uint64_t free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
        ui_say(&m->ui, "disk_free_bytes: %llu", "disk_free_bytes: %llu", (unsigned long long)free_bytes);
        *needs_hand |= free_bytes < LITTLE_DISK;
    }
    return ERR_OK;
}

enum err cmd_status(void *program, const struct options *o, struct fault *f)
{
    DB_RESULT r = NULL;
    struct admin *m = program;
    struct db_params p;
    int stale = option(o, "stale") != NULL ? atoi(option(o, "stale")) : DEFAULT_STALE;
    if (stale < 1)
        return ui_fault(&m->ui, f, ERR_USAGE, "--stale nhận số ngày, từ 1.",
                        "--stale takes a number of days, from 1.");
    enum err e = admin_open(m, o, f);
    if (e != ERR_OK)
        return e;
    db_params_begin(&p, m->arena);
    db_int4(&p, date_to_days(os_today()));
    if ((e = admin_run(m, "status", &p, &r, f)) != ERR_OK ||
        (e = admin_list(m, o, r, list, sizeof list / sizeof list[0], f)) != ERR_OK)
        return e;
    struct needs n = needs_of(r, stale);
    bool needs_hand = n.stale + n.never + n.refused > 0;
    bool is_table = option(o, "plain") == NULL &&
                    (option(o, "format") == NULL || strcmp(option(o, "format"), "table") == 0);
    if (is_table)
        e = show_figures(m, &needs_hand, f);
    if (e == ERR_OK && needs_hand)
        e = ui_fault(&m->ui, f, ERR_BUSY,
                     "Cần xem lại: %d xã quá %d ngày chưa đồng bộ, %d xã chưa từng đồng bộ, %d xã có thay "
                     "đổi bị từ chối.",
                     "Needs a hand: %d communes have not synced for more than %d days, %d never, %d have "
                     "refused changes.",
                     n.stale, stale, n.never, n.refused);
    return e;
}
