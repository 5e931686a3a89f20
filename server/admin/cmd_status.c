/* Health: who has not synced, what waits for a hand. Exit status 1 when something does. */
#include "common/date.h"
#include "common/os.h"
#include "server/admin/admin.h"
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#define DEFAULT_STALE 30
#define LITTLE_DISK   ((int64_t)1 << 30)
#define LONG_SECONDS  600
#define MANY_REQUESTS 1000

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
    int figures; /* of the server, beyond their limits */
};

static struct needs needs_of(const struct db_result *r, int stale_days)
{
    struct needs n = {0, 0, 0, 0};
    for (int row = 0; row < db_rows(r); row++) {
        n.never += db_is_null(r, row, 3);
        n.stale += !db_is_null(r, row, 3) && db_get_int8(r, row, 3) > stale_days;
        n.refused += db_get_int8(r, row, 5) > 0;
    }
    return n;
}

/* ---- figures of the database and the disk ---- */

#define NOT_KNOWN (-1)

struct figure {
    const char *token; /* in status_figures.sql, but for the last */
    struct text_pair label;
    int64_t least;
    int64_t most;
};

static const struct figure figures[] = {
    {"database_bytes", {"Cơ sở dữ liệu (byte)", "Database (bytes)"}, 0, INT64_MAX},
    {"connections", {"Số kết nối với cơ sở dữ liệu", "Connections to the database"}, 0, INT64_MAX},
    {"syncs_under_way",
     {"Số lần đồng bộ cơ sở dữ liệu đang xử lý", "Syncs that the database works on"},
     0,
     INT64_MAX},
    {"reports_under_way",
     {"Số báo cáo cơ sở dữ liệu đang xử lý", "Reports that the database works on"},
     0,
     INT64_MAX},
    {"requests_waiting",
     {"Số yêu cầu đang chờ máy chủ", "Requests that wait in the server"},
     0,
     MANY_REQUESTS},
    {"lock_waits", {"Số kết nối đang chờ khoá", "Connections that wait for a lock"}, 0, INT64_MAX},
    {"longest_lock_wait_s", {"Chờ khoá lâu nhất (giây)", "Longest wait for a lock (s)"}, 0, LONG_SECONDS},
    {"longest_transaction_s", {"Giao dịch lâu nhất (giây)", "Longest transaction (s)"}, 0, LONG_SECONDS},
    {"batches_last_day",
     {"Số lần nhận thay đổi trong 24 giờ qua", "Batches of changes in the last 24 hours"},
     0,
     INT64_MAX},
    {"codes_open", {"Số mã ghi danh chưa dùng", "Enrolment codes not yet used"}, 0, INT64_MAX},
    {"disk_free_bytes",
     {"Chỗ trống trên đĩa (byte)", "Free space on the disk (bytes)"},
     LITTLE_DISK,
     INT64_MAX},
};
#define FIGURES (sizeof figures / sizeof figures[0])

static int64_t disk_free(const struct admin *m)
{
    struct statvfs disk;
    const char *folder = m->config.data != NULL ? m->config.data : "/";
    return statvfs(folder, &disk) == 0 ? (int64_t)((uint64_t)disk.f_bavail * disk.f_frsize) : NOT_KNOWN;
}

static enum err figures_read(struct admin *m, int64_t out[FIGURES], struct fault *f)
{
    DB_RESULT r = NULL;
    enum err e = admin_run(m, "status_figures", NULL, &r, f);
    for (size_t i = 0; e == ERR_OK && i < FIGURES; i++) {
        out[i] = NOT_KNOWN;
        for (int row = 0; row < db_rows(r); row++)
            if (strcmp(db_get_text(r, row, 0), figures[i].token) == 0 && !db_is_null(r, row, 1))
                out[i] = db_get_int8(r, row, 1);
    }
    out[FIGURES - 1] = disk_free(m);
    return e;
}

static bool is_beyond(const struct figure *g, int64_t n)
{
    return n != NOT_KNOWN && (n < g->least || n > g->most);
}

/* The limit that it is beyond, or why it is missing. */
static const char *remark_of(struct admin *m, const struct figure *g, int64_t n)
{
    if (n == NOT_KNOWN)
        return text_in(m->ui.lang, (struct text_pair){"không rõ", "not known"});
    if (!is_beyond(g, n))
        return "";
    return n < g->least ? arena_print(m->arena, "< %lld", (long long)g->least)
                        : arena_print(m->arena, "> %lld", (long long)g->most);
}

static const struct text_pair headings[] = {
    {"Số liệu", "figure"}, {"Giá trị", "value"}, {"Ghi chú", "remark"}};

static void figures_table(struct admin *m, const int64_t values[FIGURES])
{
    struct table *t = table_make(3);
    for (size_t c = 0; c < 3; c++)
        table_heading(t, c, text_in(m->ui.lang, headings[c]), c == 1);
    for (size_t i = 0; i < FIGURES; i++) {
        table_cell(t, text_in(m->ui.lang, figures[i].label));
        table_cell(t, values[i] != NOT_KNOWN ? arena_print(m->arena, "%lld", (long long)values[i]) : "");
        table_cell(t, remark_of(m, &figures[i], values[i]));
    }
    table_print(t, stdout);
    table_free(t);
}

static void figures_csv(struct admin *m, const int64_t values[FIGURES], bool plain)
{
    struct csv_out out = {stdout, plain, 0}; /* goes on where the list of communes ends */
    for (size_t c = 0; c < 3; c++)
        csv_string(&out, plain ? headings[c].en : text_in(m->ui.lang, headings[c]));
    csv_end_row(&out);
    for (size_t i = 0; i < FIGURES; i++) {
        csv_string(&out, plain ? figures[i].token : text_in(m->ui.lang, figures[i].label));
        if (values[i] != NOT_KNOWN)
            csv_int(&out, values[i]);
        else
            csv_string(&out, "");
        csv_string(&out, remark_of(m, &figures[i], values[i]));
        csv_end_row(&out);
    }
}

/* Below the communes, behind an empty line. */
static enum err show_figures(struct admin *m, const struct options *o, int *beyond, struct fault *f)
{
    int64_t values[FIGURES];
    enum list_form form;
    enum err e = admin_form(m, o, &form, f);
    if (e == ERR_OK)
        e = figures_read(m, values, f);
    if (e != ERR_OK)
        return e;
    printf("\n");
    if (form == LIST_TABLE)
        figures_table(m, values);
    else
        figures_csv(m, values, form == LIST_PLAIN);
    for (size_t i = 0; i < FIGURES; i++)
        *beyond += is_beyond(&figures[i], values[i]);
    return ERR_OK;
}

static enum err tell_needs(const struct admin *m, const struct needs *n, int stale, struct fault *f)
{
    if (n->stale + n->never + n->refused + n->figures == 0)
        return ERR_OK;
    return ui_fault(
        &m->ui, f, ERR_MISSING,
        "Cần xem lại: %d xã quá %d ngày chưa đồng bộ, %d xã chưa từng đồng bộ, %d xã có thay đổi bị "
        "từ chối, %d số liệu của máy chủ vượt giới hạn.",
        "Needs a hand. Communes not synced: %d (for more than %d days), never synced: %d, with refused "
        "changes: %d. Figures of the server beyond their limits: %d.",
        n->stale, stale, n->never, n->refused, n->figures);
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
    e = show_figures(m, o, &n.figures, f);
    return e == ERR_OK ? tell_needs(m, &n, stale, f) : e;
}
