/* target: the commune's targets with the figures of this register, so that local changes are counted in,
 * online or not. */
#include "client/cmd.h"
#include "client/figures.h"
#include "common/date.h"
#include "common/os.h"
#include "common/target.h"
#include <stdio.h>

static const char *date_words(struct client *c, int32_t date)
{
    char text[DATE_TEXT];
    if (date == 0)
        return "";
    date_format(date, false, text);
    return arena_print(c->arena, "%s", text);
}

static const char *count_words(struct client *c, int64_t n)
{
    char text[40];
    count_format(n, c->ui.lang, text, sizeof text);
    return arena_print(c->arena, "%s", text);
}

/* The report's line with this register's own numerator; a measure that this program does not know keeps the
 * server's. */
static void recount(Hv__TargetLine *line, const int64_t *counts)
{
    for (size_t i = 0; i < measure_count; i++)
        if (measures[i].measure == line->measure) {
            line->numerator = counts[i];
            line->has_numerator = true;
        }
    target_decide(line);
}

static const char *measure_words(const struct client *c, const Hv__TargetLine *line)
{
    const struct measure *m = measure_by_number((int)line->measure);
    return m != NULL ? text_in(c->ui.lang, m->label) : "?";
}

static const char *code_words_of(const struct client *c, const struct code *codes, int value)
{
    const struct code *code = code_by_value(codes, value);
    return code != NULL ? text_in(c->ui.lang, code->label) : "?";
}

static void say_denominator(struct client *c, const Hv__TargetLine *line)
{
    char ratio[40];
    if (!line->has_denominator_type)
        return;
    if (!line->has_denominator) {
        ui_say(&c->ui, "  Mẫu số: chưa có số liệu (%s)", "  Denominator: no figure (%s)",
               code_words_of(c, population_codes, (int)line->denominator_type));
        return;
    }
    ratio_format(line->numerator, line->denominator, 2, c->ui.lang, ratio, sizeof ratio);
    ui_say(&c->ui, "  Mẫu số: %s (%s; nguồn: %s; ngày %s)", "  Denominator: %s (%s; source: %s; of %s)",
           count_words(c, line->denominator), code_words_of(c, population_codes, (int)line->denominator_type),
           line->denominator_source != NULL ? line->denominator_source : "?",
           date_words(c, line->denominator_date));
    ui_say(&c->ui, "  Tỷ lệ: %s/%s = %s %%", "  Ratio: %s/%s = %s %%", count_words(c, line->numerator),
           count_words(c, line->denominator), ratio);
}

static const char *threshold_words(struct client *c, const Hv__TargetLine *line)
{
    char text[40];
    bool is_ratio = line->form == HV__FORM__RATIO || line->form == HV__FORM__NONE_BELOW;
    if (!is_ratio)
        return count_words(c, line->threshold);
    ratio_format(line->threshold, 1000000, 2, c->ui.lang, text, sizeof text);
    return arena_print(c->arena, "%s %%", text);
}

static void say_baseline(struct client *c, const Hv__TargetLine *line)
{
    if (line->has_baseline)
        ui_say(&c->ui, "  Số gốc: %s (ngày %s)", "  Baseline: %s (of %s)", count_words(c, line->baseline),
               date_words(c, line->baseline_date));
    else
        ui_say(&c->ui, "  Số gốc: chưa có số liệu", "  Baseline: no figure");
}

static void say_line(struct client *c, const Hv__TargetLine *line)
{
    ui_say(&c->ui, "%s (nhiệm kỳ %s; hạn %s; %s)", "%s (term %s; deadline %s; %s)", line->title, line->term,
           date_words(c, line->deadline), line->document);
    bool grows = line->form == HV__FORM__INCREASE;
    ui_say(&c->ui, "  Chỉ tiêu: %s %s %s%s", "  Target: %s %s %s%s", measure_words(c, line),
           code_words_of(c, comparator_codes, (int)line->comparator), threshold_words(c, line),
           !grows                  ? ""
           : c->ui.lang == LANG_EN ? " more than the baseline"
                                   : " tăng thêm so với số gốc");
    ui_say(&c->ui, "  Tử số: %s", "  Numerator: %s", count_words(c, line->numerator));
    say_denominator(c, line);
    if (line->form == HV__FORM__INCREASE)
        say_baseline(c, line);
    ui_say(&c->ui, "  Kết quả: %s", "  Result: %s", code_words_of(c, verdict_codes, (int)line->verdict));
    if (line->missing > 0)
        ui_say(&c->ui, "  Còn thiếu: %s", "  Missing: %s", count_words(c, line->missing));
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

static enum err recount_all(struct client *c, Hv__TargetReport *r, struct outbox_state *state,
                            struct fault *f)
{
    int64_t *counts = arena_zero(c->arena, measure_count, sizeof *counts);
    enum err e = counts != NULL ? book_count(c->book, c->arena, os_today(), counts, f)
                                : fault(f, ERR_NO_MEMORY, "out of memory");
    for (size_t i = 0; e == ERR_OK && i < r->n_line; i++)
        recount(r->line[i], counts);
    return e == ERR_OK ? outbox_state(c->book, state, f) : e;
}

static void print_words(struct client *c, const Hv__TargetReport *r, const struct outbox_state *state)
{
    ui_say(&c->ui, "%s (%s), tính đến %s; báo cáo của máy chủ ngày %s.",
           "%s (%s), as of %s; the server's report is of %s.", r->name, r->code, date_words(c, os_today()),
           date_words(c, r->as_of));
    if (state->waiting > 0)
        ui_say(&c->ui, "Đã tính cả %llu thay đổi trên máy này chưa gửi đi.",
               "%llu changes on this computer that are not sent yet are counted in.",
               (unsigned long long)state->waiting);
    for (size_t i = 0; i < r->n_line; i++)
        say_line(c, r->line[i]);
    if (r->n_line == 0)
        ui_say(&c->ui, "Chưa có chỉ tiêu nào cho xã này.", "No target applies to this commune.");
}

enum err cmd_target(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    Hv__TargetReport *r;
    struct outbox_state state;
    bool is_csv;
    enum err e = option_format(&c->ui, o, &is_csv, f);
    if (e == ERR_OK)
        e = client_open(c, o, f);
    if (e == ERR_OK)
        e = report_get(c->book, c->arena, &r, f);
    if (e != ERR_OK)
        return e;
    if (r == NULL)
        return ui_fault(
            &c->ui, f, ERR_NO_SUCH_RECORD,
            "Chưa có báo cáo chỉ tiêu trên máy này; hãy đồng bộ một lần khi có mạng: hoivien sync",
            "There is no target report here yet; sync once when there is a link: hoivien sync");
    if ((e = recount_all(c, r, &state, f)) != ERR_OK)
        return e;
    if (is_csv)
        print_csv(c, r, option(o, "plain") != NULL);
    else
        print_words(c, r, &state);
    return ERR_OK;
}
