/* month-end: keeps month-ends at once, as the server does by itself once a day. */
#include "common/date.h"
#include "common/os.h"
#include "server/admin/admin.h"
#include "server/store_month.h"

#define AT_ONCE 100

/* 0: all that are due. */
static enum err month_option(const struct admin *m, const struct options *o, int32_t *out, struct fault *f)
{
    const char *text = option(o, "month");
    *out = 0;
    if (text == NULL)
        return ERR_OK;
    bool is_month = date_parse(text, out) && *out / 100 % 100 != 0 && *out % 100 == 0;
    if (!is_month)
        return ui_fault(&m->ui, f, ERR_USAGE, "--month cần một tháng, ví dụ 2018-11.",
                        "--month needs a month, for example 2018-11.");
    *out = date_last_day(*out);
    if (*out > month_ended(os_today()))
        return ui_fault(&m->ui, f, ERR_USAGE, "Tháng ấy chưa kết thúc; hãy chọn một tháng đã qua.",
                        "That month has not ended yet; choose one that has.");
    return ERR_OK;
}

static enum err keep_all(struct admin *m, int32_t month, size_t *total, struct fault *f)
{
    enum err e = ERR_OK;
    size_t kept = AT_ONCE;
    *total = 0;
    while (e == ERR_OK && kept == AT_ONCE) {
        struct arena *a = arena_make((size_t)256 << 20);
        e = a != NULL ? store_month_keep(m->db, a, os_today(), month, AT_ONCE, &kept, f)
                      : fault(f, ERR_NO_MEMORY, "out of memory");
        *total += e == ERR_OK ? kept : 0;
        arena_free(a);
    }
    return e;
}

enum err cmd_month_end(void *program, const struct options *o, struct fault *f)
{
    struct admin *m = program;
    int32_t month;
    size_t total;
    enum err e = month_option(m, o, &month, f);
    if (e == ERR_OK)
        e = admin_open(m, o, f);
    if (e == ERR_OK)
        e = store_prepare(m->db, f);
    if (e == ERR_OK)
        e = keep_all(m, month, &total, f);
    if (e == ERR_OK)
        e = admin_act(m, "month-end", arena_print(m->arena, "month=%d units=%zu", (int)month, total), f);
    if (e == ERR_OK)
        ui_say(&m->ui, "Đã lưu số liệu cuối tháng của %zu xã.", "Month-ends kept of communes: %zu.", total);
    return e;
}
