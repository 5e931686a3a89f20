/* target: the commune's targets and how it stands. */
#include "client/cmd/cmd_target_days.h"
#include "client/compare.h"
#include "client/figures.h"
#include "client/target_words.h"
#include "client/targets.h"
#include <stdio.h>

static void say_denominator(struct client *c, const Hv__TargetLine *line)
{
    const char *of = target_denominator(c->ui.lang, line);
    if (of[0] == '\0')
        return;
    if (!line->has_denominator) {
        ui_say(&c->ui, "  Mẫu số: chưa có số liệu (%s)", "  Denominator: no figure (%s)", of);
        return;
    }
    if (line->has_denominator_measure)
        ui_say(&c->ui, "  Mẫu số: %s (%s, đếm từ sổ)", "  Denominator: %s (%s, counted from the register)",
               targets_count(c, line->denominator), of);
    else
        ui_say(&c->ui, "  Mẫu số: %s (%s; nguồn: %s; ngày %s)", "  Denominator: %s (%s; source: %s; of %s)",
               targets_count(c, line->denominator), of,
               line->denominator_source != NULL ? line->denominator_source : "?",
               targets_date(c, line->denominator_date));
    if (line->denominator > 0)
        ui_say(&c->ui, "  Tỷ lệ: %s/%s = %s", "  Ratio: %s/%s = %s", targets_count(c, line->numerator),
               targets_count(c, line->denominator), targets_ratio(c, line->numerator, line->denominator));
}

static void say_baseline(struct client *c, const Hv__TargetLine *line)
{
    if (line->has_baseline)
        ui_say(&c->ui, "  Số gốc: %s (ngày %s)", "  Baseline: %s (of %s)", targets_count(c, line->baseline),
               targets_date(c, line->baseline_date));
    else
        ui_say(&c->ui, "  Số gốc: chưa có số liệu", "  Baseline: no figure");
}

static void say_line(struct client *c, size_t number, const Hv__TargetLine *line)
{
    ui_say(&c->ui, "%zu. %s (nhiệm kỳ %s; hạn %s; %s)", "%zu. %s (term %s; deadline %s; %s)", number,
           line->title, line->term, targets_date(c, line->deadline), line->document);
    ui_say(&c->ui, "  Chỉ tiêu: %s", "  Target: %s", targets_wish(c, line));
    ui_say(&c->ui, "  Tử số: %s", "  Numerator: %s", targets_count(c, line->numerator));
    say_denominator(c, line);
    if (line->form == HV__FORM__INCREASE)
        say_baseline(c, line);
    if (line->has_units)
        ui_say(&c->ui, "  %s", "  %s", target_units(c->arena, c->ui.lang, line));
    ui_say(&c->ui, "  Kết quả: %s", "  Result: %s", targets_code(c, verdict_codes, (int)line->verdict));
    if (line->missing > 0)
        ui_say(&c->ui, "  Còn thiếu: %s", "  Missing: %s", targets_count(c, line->missing));
}

static void print_csv(struct client *c, const Hv__TargetReport *r, bool plain)
{
    static const struct text_pair title = {"Nội dung", "title"};
    struct csv_out csv;
    csv_begin(&csv, stdout, plain);
    figures_head(&csv, c->ui.lang, &title, 1);
    figures_target_headings(&csv, c->ui.lang);
    figures_headings(&csv, c->ui.lang);
    csv_end_row(&csv);
    for (size_t i = 0; i < r->n_line; i++) {
        csv_string(&csv, r->line[i]->title);
        figures_target(&csv, c->ui.lang, r->line[i]);
        figures_cells(&csv, c->ui.lang, r->line[i]);
        csv_end_row(&csv);
    }
}

static void print_words(struct client *c, const struct targets *t)
{
    targets_say_head(c, t);
    for (size_t i = 0; i < t->report->n_line; i++)
        say_line(c, i + 1, t->report->line[i]);
    if (t->report->n_line == 0)
        ui_say(&c->ui, "Chưa có chỉ tiêu nào cho xã này.", "No target applies to this commune.");
}

enum err cmd_target(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct targets t;
    int32_t day;
    bool is_csv;
    enum err e = option_format(&c->ui, o, &is_csv, f);
    if (e == ERR_OK && target_asks_days(o))
        return target_days(c, o, is_csv, f);
    if (e == ERR_OK)
        e = as_of_day(&c->ui, o, &day, f);
    if (e == ERR_OK)
        e = client_open(c, o, f);
    if (e == ERR_OK)
        e = targets_load_at(c, day, &t, f);
    if (e != ERR_OK)
        return e;
    if (is_csv)
        print_csv(c, t.report, option(o, "plain") != NULL);
    else
        print_words(c, &t);
    return ERR_OK;
}
