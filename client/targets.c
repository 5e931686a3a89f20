#include "client/targets.h"
#include "client/target_words.h"
#include "common/date.h"
#include "common/os.h"

const char *targets_date(struct client *c, int32_t date)
{
    char text[DATE_TEXT];
    if (date == 0)
        return "";
    date_format(date, false, text);
    return arena_print(c->arena, "%s", text);
}

const char *targets_count(struct client *c, int64_t n)
{
    char text[40];
    count_format(n, c->ui.lang, text, sizeof text);
    return arena_print(c->arena, "%s", text);
}

const char *targets_ratio(struct client *c, int64_t num, int64_t den)
{
    char text[40];
    ratio_format(num, den, 2, c->ui.lang, text, sizeof text);
    return arena_print(c->arena, "%s %%", text);
}

const char *targets_code(const struct client *c, const struct code *codes, int value)
{
    const struct code *code = code_by_value(codes, value);
    return code != NULL ? text_in(c->ui.lang, code->label) : "?";
}

const char *targets_measure(const struct client *c, const Hv__TargetLine *line)
{
    const struct measure *m = measure_by_number((int)line->measure);
    return m != NULL ? text_in(c->ui.lang, m->label) : "?";
}

bool targets_is_ratio(const Hv__TargetLine *line)
{
    return target_line_is_ratio(line);
}

const char *targets_wish(struct client *c, const Hv__TargetLine *line)
{
    return target_wish(c->arena, c->ui.lang, line);
}

static enum err recount_all(struct client *c, int32_t day, struct targets *t, struct fault *f)
{
    enum err e = book_recount(c->book, c->arena, day, t->report, f);
    return e == ERR_OK ? outbox_state(c->book, &t->state, f) : e;
}

enum err targets_load_at(struct client *c, int32_t day, struct targets *out, struct fault *f)
{
    enum err e = report_get(c->book, c->arena, &out->report, f);
    if (e != ERR_OK)
        return e;
    if (out->report == NULL)
        return ui_fault(
            &c->ui, f, ERR_NO_SUCH_RECORD,
            "Chưa có báo cáo chỉ tiêu trên máy này; hãy đồng bộ một lần khi có mạng: hoivien sync",
            "There is no target report here yet; sync once when there is a link: hoivien sync");
    out->day = day != 0 ? day : os_today();
    return recount_all(c, out->day, out, f);
}

void targets_say_head(struct client *c, const struct targets *t)
{
    const Hv__TargetReport *r = t->report;
    ui_say(&c->ui, "%s (%s), tính đến %s; báo cáo của máy chủ ngày %s.",
           "%s (%s), as of %s; the server's report is of %s.", r->name, r->code, targets_date(c, t->day),
           targets_date(c, r->as_of));
    if (t->state.waiting > 0)
        ui_say(&c->ui, "Đã tính cả %llu thay đổi trên máy này chưa gửi đi.",
               "Changes on this computer that are not sent yet are counted in: %llu.",
               (unsigned long long)t->state.waiting);
}
