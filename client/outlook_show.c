#include "client/outlook_show.h"
#include "client/figures.h"
#include "common/date.h"
#include <string.h>

void outlook_days(int32_t today, int32_t out[OUTLOOK_DAYS])
{
    int32_t month = forecast_month(today);
    out[0] = today;
    for (int i = 1; i < OUTLOOK_DAYS; i++)
        out[i] = forecast_month_end(month - i);
}

/* One target, or a plan's figure of it. */
struct item {
    const Hv__TargetLine *line;
    const Hv__ResultPlan *plan;                    /* NULL: the target itself */
    const Hv__TargetLine *at[OUTLOOK_DAYS];        /* by day; NULL: none, or of a period that has ended */
    const Hv__TargetLine *otherwise[OUTLOOK_DAYS]; /* as kept then, where the figure differs */
    size_t kept, differ;
    struct outlook outlook;
};

static const Hv__TargetLine *line_on(const struct outlook_day *d, uint32_t target)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->lines[i] != NULL && d->lines[i]->id == target)
            return d->lines[i];
    return NULL;
}

/* The line takes one sort of figures: kept and recounted ones in one line would make a growth that never was.
 */
static void kept_beside(const struct outlook_show *s, struct item *x, size_t i)
{
    const Hv__TargetLine *k = line_on(&s->kept[i], x->line->id);
    if (k == NULL || !k->kept)
        return;
    x->kept++;
    if (outlook_figure(k) == outlook_figure(x->at[i]))
        return;
    x->otherwise[i] = k;
    x->differ++;
}

static size_t points_of(const struct outlook_show *s, struct item *x, struct forecast_point *points)
{
    size_t count = 0;
    int32_t from = outlook_from(x->line, s->days[0].day);
    for (size_t i = 1; i < OUTLOOK_DAYS; i++) {
        const Hv__TargetLine *l = line_on(&s->days[i], x->line->id);
        if (l == NULL || s->days[i].day < from)
            continue;
        x->at[i] = l;
        kept_beside(s, x, i);
        points[count++] = (struct forecast_point){forecast_month(s->days[i].day), outlook_figure(l)};
    }
    return count;
}

static struct item item_of(const struct outlook_show *s, const Hv__TargetLine *line,
                           const Hv__ResultPlan *plan)
{
    struct item x = {.line = line, .plan = plan};
    struct forecast_point points[OUTLOOK_DAYS];
    int32_t today = s->days[0].day, deadline = outlook_deadline(line, today);
    int64_t goal = 0;
    bool falls, known = outlook_goal(line, &goal, &falls);
    size_t count = points_of(s, &x, points);
    int64_t now = outlook_figure(line);
    if (plan != NULL) {
        known = true;
        now = line->numerator;
        goal = plan->figure;
        deadline = plan->has_deadline ? plan->deadline : deadline;
    }
    x.outlook = outlook_of(points, count, now, goal, falls, today, deadline);
    if (!known)
        x.outlook.word = OUTLOOK_UNKNOWN;
    return x;
}

/* ---- words ---- */

static const char *count_words(const struct outlook_show *s, int64_t n)
{
    char text[64];
    count_format(n, s->ui->lang, text, sizeof text);
    const char *kept = arena_print(s->arena, "%s", text);
    return kept != NULL ? kept : "";
}

static const char *date_words(const struct outlook_show *s, int32_t date)
{
    char text[DATE_TEXT] = "?";
    if (date != 0)
        date_format(date, false, text);
    const char *kept = arena_print(s->arena, "%s", text);
    return kept != NULL ? kept : "";
}

/* "+1,50" */
static const char *gain_words(const struct outlook_show *s, int64_t hundredths)
{
    char text[64];
    ratio_format(hundredths, 10000, 2, s->ui->lang, text, sizeof text);
    const char *kept = arena_print(s->arena, "%s%s", hundredths > 0 ? "+" : "", text);
    return kept != NULL ? kept : "";
}

static void print_figures(const struct outlook_show *s, const Hv__TargetLine *const at[OUTLOOK_DAYS],
                          FILE *out)
{
    size_t shown = 0;
    for (size_t i = OUTLOOK_DAYS - 1; i >= 1; i--)
        if (at[i] != NULL)
            fprintf(out, "%s %s %s", shown++ > 0 ? ";" : "", date_words(s, s->days[i].day),
                    count_words(s, outlook_figure(at[i])));
    if (shown == 0)
        fprintf(out, s->ui->lang == LANG_EN ? " none" : " chưa có");
}

static void print_months(const struct outlook_show *s, const struct item *x, FILE *out)
{
    bool en = s->ui->lang == LANG_EN;
    fprintf(out, en ? "  Month-ends:" : "  Cuối tháng:");
    print_figures(s, x->at, out);
    fprintf(out,
            en ? " (all counted anew from what is known now; kept then: %zu, otherwise: %zu)\n"
               : " (tất cả tính lại theo những gì nay đã biết; đã lưu khi ấy: %zu, khác: %zu)\n",
            x->kept, x->differ);
    if (x->differ > 0) {
        fprintf(out,
                en ? "  Kept then, where it was otherwise:" : "  Số đã lưu khi ấy, ở những tháng có khác:");
        print_figures(s, x->otherwise, out);
        fputc('\n', out);
    }
    if (x->outlook.has_line)
        fprintf(out,
                en ? "  The straight line through them, and nothing more than that: %s a month.\n"
                   : "  Đường thẳng qua các số ấy, không hơn: %s mỗi tháng.\n",
                gain_words(s, x->outlook.gain));
}

static void print_word(const struct outlook_show *s, const struct outlook *o, FILE *out)
{
    bool en = s->ui->lang == LANG_EN;
    const char *now = count_words(s, o->now), *goal = count_words(s, o->goal);
    switch (o->word) {
    case OUTLOOK_UNKNOWN:
        fprintf(out, en ? "  Nothing can be foretold: a denominator or baseline is not known yet.\n"
                        : "  Chưa dự báo được: chưa có mẫu số hoặc số gốc.\n");
        break;
    case OUTLOOK_FEW:
        fprintf(out,
                en ? "  Nothing can be foretold yet: there are %zu month-ends, and %d are needed.\n"
                   : "  Chưa dự báo được: mới có %zu số cuối tháng, cần ít nhất %d.\n",
                o->points, FORECAST_LEAST);
        break;
    case OUTLOOK_MET:
        fprintf(out, en ? "  Met already: %s now, %s needed.\n" : "  Đã đạt: nay %s, mức cần đạt %s.\n", now,
                goal);
        break;
    case OUTLOOK_NEVER:
        fprintf(out,
                en ? "  On this line it is never met: %s now, %s needed.\n"
                   : "  Theo đường thẳng này thì không bao giờ đạt: nay %s, mức cần đạt %s.\n",
                now, goal);
        break;
    case OUTLOOK_IN_TIME:
    case OUTLOOK_LATE:
        fprintf(out,
                en ? "  On this line it is met at the end of the month on %s, %s the deadline %s: %s now, %s "
                     "needed.\n"
                   : "  Theo đường thẳng này thì đạt vào cuối tháng, ngày %s, %s hạn %s: nay %s, mức cần đạt "
                     "%s.\n",
                date_words(s, o->reached),
                o->word == OUTLOOK_IN_TIME ? (en ? "within" : "trong") : (en ? "after" : "sau"),
                date_words(s, o->deadline), now, goal);
        break;
    }
}

static void print_needed(const struct outlook_show *s, const struct outlook *o, FILE *out)
{
    bool en = s->ui->lang == LANG_EN;
    if (o->word == OUTLOOK_UNKNOWN || o->word == OUTLOOK_MET || o->deadline == 0)
        return;
    if (o->months == 0)
        fprintf(out,
                en ? "  No month-end is left before the deadline %s: %s are missing.\n"
                   : "  Không còn kỳ cuối tháng nào trước hạn %s: còn thiếu %s.\n",
                date_words(s, o->deadline), count_words(s, o->needed));
    else if (o->falls)
        fprintf(out,
                en ? "  To meet it by %s it must fall by %s a month (month-ends left: %d).\n"
                   : "  Để đạt trước hạn %s, mỗi tháng phải giảm %s (còn %d kỳ cuối tháng).\n",
                date_words(s, o->deadline), count_words(s, o->needed), o->months);
    else
        fprintf(out,
                en ? "  To meet it by %s it must gain %s a month (month-ends left: %d).\n"
                   : "  Để đạt trước hạn %s, mỗi tháng phải tăng %s (còn %d kỳ cuối tháng).\n",
                date_words(s, o->deadline), count_words(s, o->needed), o->months);
}

static void print_item(const struct outlook_show *s, const struct item *x, FILE *out)
{
    bool en = s->ui->lang == LANG_EN;
    const char *title = x->line->title != NULL ? x->line->title : "";
    if (x->plan == NULL)
        fprintf(out, en ? "%s (deadline %s)\n" : "%s (hạn %s)\n", title, date_words(s, x->outlook.deadline));
    else
        fprintf(out, en ? "Plan “%s” for “%s” (deadline %s)\n" : "Kế hoạch “%s” cho “%s” (hạn %s)\n",
                x->plan->name != NULL ? x->plan->name : "", title, date_words(s, x->outlook.deadline));
    if (x->plan == NULL)
        print_months(s, x, out);
    print_word(s, &x->outlook, out);
    print_needed(s, &x->outlook, out);
}

/* ---- each ---- */

typedef void item_fn(const struct outlook_show *s, const struct item *x, void *to);

static void each_item(const struct outlook_show *s, item_fn *fn, void *to)
{
    const struct outlook_day *today = &s->days[0];
    for (size_t i = 0; i < today->count; i++) {
        const Hv__TargetLine *line = today->lines[i];
        if (line == NULL)
            continue;
        struct item x = item_of(s, line, NULL);
        fn(s, &x, to);
        for (size_t k = 0; k < s->plan_count; k++) {
            const Hv__ResultPlan *plan = s->plans[k];
            if (plan->target == NULL || line->key == NULL || strcmp(plan->target, line->key) != 0)
                continue;
            struct item of_plan = item_of(s, line, plan);
            fn(s, &of_plan, to);
        }
    }
}

static void print_fn(const struct outlook_show *s, const struct item *x, void *to)
{
    print_item(s, x, to);
}

void outlook_print(const struct outlook_show *s, FILE *out)
{
    bool en = s->ui->lang == LANG_EN;
    fprintf(out, en ? "%s (%s), forecast on %s\n" : "%s (%s), dự báo ngày %s\n", s->name, s->code,
            date_words(s, s->days[0].day));
    if (s->days[0].count == 0)
        fprintf(out, en ? "No target applies here.\n" : "Chưa có chỉ tiêu nào cho đơn vị này.\n");
    each_item(s, print_fn, out);
}

/* ---- CSV ---- */

/* "2018-11-30 5; 2018-12-31 6" */
static void otherwise_cell(const struct outlook_show *s, const struct item *x, struct csv_out *csv)
{
    const char *text = "";
    for (size_t i = OUTLOOK_DAYS - 1; i >= 1; i--) {
        if (x->otherwise[i] == NULL)
            continue;
        int day = (int)s->days[i].day;
        const char *longer =
            arena_print(s->arena, "%s%s%04d-%02d-%02d %lld", text, text[0] != '\0' ? "; " : "", day / 10000,
                        day / 100 % 100, day % 100, (long long)outlook_figure(x->otherwise[i]));
        text = longer != NULL ? longer : text;
    }
    csv_string(csv, text);
}

static void date_or_none(struct csv_out *csv, bool known, int32_t date)
{
    csv_date(csv, known ? date : 0);
}

static void csv_fn(const struct outlook_show *s, const struct item *x, void *to)
{
    static const struct code what[] = {
        {1, "target", {"Chỉ tiêu", "Target"}}, {2, "plan", {"Kế hoạch", "Plan"}}, {0, NULL, {NULL, NULL}}};
    struct csv_out *csv = to;
    const struct outlook *o = &x->outlook;
    bool known = o->word != OUTLOOK_UNKNOWN;
    figures_code(csv, s->ui->lang, what, x->plan != NULL ? 2 : 1);
    csv_string(csv, x->line->title != NULL ? x->line->title : "");
    csv_string(csv, x->plan != NULL && x->plan->name != NULL ? x->plan->name : "");
    csv_date(csv, o->deadline);
    csv_int(csv, o->now);
    if (known)
        csv_int(csv, o->goal);
    else
        csv_string(csv, "");
    csv_ratio(csv, o->has_line ? o->gain : 0, o->has_line ? 10000 : 0, 2);
    figures_code(csv, s->ui->lang, outlook_codes, (int)o->word);
    date_or_none(csv, o->word == OUTLOOK_IN_TIME || o->word == OUTLOOK_LATE, o->reached);
    if (known && o->word != OUTLOOK_MET && o->deadline != 0) {
        csv_int(csv, o->months);
        csv_int(csv, o->falls ? -o->needed : o->needed);
    } else {
        figures_blank(csv, 2);
    }
    csv_int(csv, (int64_t)x->kept);
    otherwise_cell(s, x, csv);
    for (size_t i = OUTLOOK_DAYS - 1; i >= 1; i--)
        if (x->at[i] != NULL)
            csv_int(csv, outlook_figure(x->at[i]));
        else
            csv_string(csv, "");
    csv_end_row(csv);
}

void outlook_csv(const struct outlook_show *s, bool plain, FILE *out)
{
    static const struct text_pair headings[] = {
        {"Dòng", "row"},
        {"Nội dung", "title"},
        {"Kế hoạch", "plan"},
        {"Hạn", "deadline"},
        {"Nay", "now"},
        {"Mức cần đạt", "goal"},
        {"Tăng mỗi tháng (đường thẳng)", "gain_a_month"},
        {"Dự báo", "outlook"},
        {"Đạt vào", "reached"},
        {"Số kỳ cuối tháng còn lại", "months_left"},
        {"Cần tăng mỗi tháng", "needed_a_month"},
        {"Số cuối tháng đã lưu", "kept"},
        {"Đã lưu khác với tính lại", "kept_otherwise"},
    };
    struct csv_out csv;
    csv_begin(&csv, out, plain);
    figures_head(&csv, s->ui->lang, headings, sizeof headings / sizeof headings[0]);
    for (size_t i = OUTLOOK_DAYS - 1; i >= 1; i--)
        csv_date(&csv, s->days[i].day);
    csv_end_row(&csv);
    each_item(s, csv_fn, &csv);
}
