/* target --compare and target --forecast: this register's figures of other days. */
#include "client/cmd/cmd_target_days.h"
#include "client/compare.h"
#include "client/figures.h"
#include "client/outlook_show.h"
#include "common/change.h"
#include "common/os.h"
#include "common/plan.h"

/* ---- compare ---- */

static void say_pair(struct client *c, const Hv__TargetLine *line, const Hv__TargetLine *earlier, int32_t day)
{
    char now[RESULT_TEXT], then[RESULT_TEXT], change[RESULT_TEXT];
    struct result_row row = result_row_of(line);
    result_figure(&row, c->ui.lang, now);
    if (earlier == NULL) {
        ui_say(&c->ui, "%s: %s; ngày %s chưa có số liệu.", "%s: %s; on %s there was no figure.", line->title,
               now, targets_date(c, day));
        return;
    }
    row = result_row_of(earlier);
    result_figure(&row, c->ui.lang, then);
    result_change(line, earlier, c->ui.lang, change);
    ui_say(&c->ui, "%s: %s; ngày %s: %s; thay đổi: %s.", "%s: %s; on %s: %s; change: %s.", line->title, now,
           targets_date(c, day), then, change);
}

static void csv_pairs(struct client *c, const struct targets *now, const struct targets *then, int32_t day,
                      bool plain)
{
    static const struct text_pair title = {"Nội dung", "title"};
    struct csv_out csv;
    csv_begin(&csv, stdout, plain);
    figures_head(&csv, c->ui.lang, &title, 1);
    figures_target_headings(&csv, c->ui.lang);
    figures_headings(&csv, c->ui.lang);
    compare_headings(&csv, c->ui.lang);
    csv_end_row(&csv);
    for (size_t i = 0; i < now->report->n_line; i++) {
        const Hv__TargetLine *line = now->report->line[i];
        csv_string(&csv, line->title);
        figures_target(&csv, c->ui.lang, line);
        figures_cells(&csv, c->ui.lang, line);
        compare_cells(&csv, c->ui.lang, day, line,
                      compare_find(then->report->line, then->report->n_line, line));
        csv_end_row(&csv);
    }
}

static enum err compare(struct client *c, const struct options *o, int32_t as_of, int32_t day, bool is_csv,
                        struct fault *f)
{
    struct targets now, then;
    enum err e = targets_load_at(c, as_of, &now, f);
    if (e == ERR_OK)
        e = targets_load_at(c, day, &then, f);
    if (e != ERR_OK)
        return e;
    if (is_csv) {
        csv_pairs(c, &now, &then, day, option(o, "plain") != NULL);
        return ERR_OK;
    }
    targets_say_head(c, &now);
    for (size_t i = 0; i < now.report->n_line; i++)
        say_pair(c, now.report->line[i],
                 compare_find(then.report->line, then.report->n_line, now.report->line[i]), day);
    ui_say(&c->ui, "Số liệu của ngày trước được tính lại từ sổ trên máy này.",
           "The earlier day's figures are counted anew from this register.");
    return ERR_OK;
}

/* ---- forecast ---- */

struct plans {
    struct client *client;
    Hv__ResultPlan **list;
    size_t count;
    size_t room;
    int32_t day;
};

static char *text_of(struct arena *a, const struct record *r, const char *field)
{
    int i = kind_field(r->kind, field);
    return record_has(r, i) ? arena_copy(a, r->values[i].p, r->values[i].n) : NULL;
}

static enum err plan_take(void *context, const struct record *r, struct fault *f)
{
    struct plans *p = context;
    struct arena *a = p->client->arena;
    int figure = kind_field(&kind_plan, "figure");
    if (p->list != NULL && (!plan_runs(r, p->day) || !record_has(r, figure)))
        return ERR_OK;
    if (p->list == NULL) {
        p->room++;
        return ERR_OK;
    }
    Hv__ResultPlan *plan = p->count < p->room ? arena_zero(a, 1, sizeof *plan) : NULL;
    if (plan == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    hv__result_plan__init(plan);
    plan->name = text_of(a, r, "name");
    plan->target = text_of(a, r, "target");
    plan->figure = record_int(r, figure, 0);
    plan->deadline = (int32_t)record_int(r, kind_field(&kind_plan, "deadline"), 0);
    plan->has_deadline = plan->deadline != 0;
    p->list[p->count++] = plan;
    return ERR_OK;
}

/* Counted first, then taken. */
static enum err plans_read(struct client *c, int32_t day, struct plans *p, struct fault *f)
{
    const struct book_filter filter = {.kind = &kind_plan, .missing_field = -1};
    *p = (struct plans){.client = c, .day = day};
    enum err e = book_each(c->book, c->arena, &filter, plan_take, p, f);
    if (e == ERR_OK)
        p->list = arena_zero(c->arena, p->room + 1, sizeof(Hv__ResultPlan *));
    if (e == ERR_OK && p->list == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    return e == ERR_OK ? book_each(c->book, c->arena, &filter, plan_take, p, f) : e;
}

static enum err forecast(struct client *c, const struct options *o, int32_t day, bool is_csv, struct fault *f)
{
    struct outlook_show s = {.ui = &c->ui, .arena = c->arena};
    struct plans plans;
    int32_t days[OUTLOOK_DAYS];
    enum err e = plans_read(c, day, &plans, f);
    outlook_days(day, days);
    for (size_t i = 0; e == ERR_OK && i < OUTLOOK_DAYS; i++) {
        struct targets t;
        e = targets_load_at(c, days[i], &t, f);
        if (e != ERR_OK)
            return e;
        s.days[i] = (struct outlook_day){days[i], t.report->line, t.report->n_line};
        s.code = t.report->code;
        s.name = t.report->name;
    }
    if (e != ERR_OK)
        return e;
    s.plans = plans.list;
    s.plan_count = plans.count;
    if (is_csv)
        outlook_csv(&s, option(o, "plain") != NULL, stdout);
    else
        outlook_print(&s, stdout);
    return ERR_OK;
}

bool target_asks_days(const struct options *o)
{
    return option(o, "compare") != NULL || option(o, "forecast") != NULL;
}

enum err target_days(struct client *c, const struct options *o, bool is_csv, struct fault *f)
{
    int32_t as_of, day;
    if (option(o, "compare") != NULL && option(o, "forecast") != NULL)
        return ui_fault(&c->ui, f, ERR_USAGE, "Hãy chọn một trong hai: --compare hoặc --forecast.",
                        "Choose one of the two: --compare or --forecast.");
    enum err e = as_of_day(&c->ui, o, &as_of, f);
    if (e == ERR_OK)
        e = compare_day(&c->ui, o, as_of, &day, f);
    if (e == ERR_OK)
        e = client_open(c, o, f);
    if (e != ERR_OK)
        return e;
    as_of = as_of != 0 ? as_of : os_today();
    return day != 0 ? compare(c, o, as_of, day, is_csv, f) : forecast(c, o, as_of, is_csv, f);
}
