/* explain: how the figure of a target arises, step by step; without a target, the rules it rests on. */
#include "client/compare.h"
#include "client/explain_plain.h"
#include "client/target_words.h"
#include "common/noun.h"
#include "common/text.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char *source_words(struct client *c, const struct rule *r)
{
    const char *source = text_in(c->ui.lang, rule_source(r));
    if (r->said == 0)
        return source;
    return arena_print(c->arena, c->ui.lang == LANG_EN ? "%s, %s" : "%s, ngày %s", source,
                       targets_date(c, r->said));
}

static void say_rule(struct client *c, const char *indent, enum rule_name name)
{
    const struct rule *r = &rules[name];
    const char *source = source_words(c, r);
    ui_say(&c->ui, "%s- %s", "%s- %s", indent, text_in(c->ui.lang, r->text));
    if (r->since != 0)
        ui_say(&c->ui, "%s  Nguồn: %s; có hiệu lực từ %s.", "%s  Source: %s; in force since %s.", indent,
               source, targets_date(c, r->since));
    else if (r->basis == BASIS_INFERRED || r->basis == BASIS_PROGRAM)
        ui_say(&c->ui, "%s  Nguồn: %s.", "%s  Source: %s.", indent, source);
    else
        ui_say(&c->ui, "%s  Nguồn: %s; chưa rõ có hiệu lực từ khi nào.",
               "%s  Source: %s; since when it is in force is not known.", indent, source);
}

static void say_all_rules(struct client *c)
{
    for (const struct code *topic = topic_words; topic->token != NULL; topic++) {
        ui_say(&c->ui, "%s%s", "%s%s", topic == topic_words ? "" : "\n", text_in(c->ui.lang, topic->label));
        for (size_t i = 0; i < RULE_COUNT; i++)
            if ((int)rules[i].topic == topic->value)
                say_rule(c, "  ", (enum rule_name)i);
    }
    ui_say(&c->ui,
           "\nXem một chỉ tiêu được tính thế nào: hoivien explain SỐ, số thứ tự lấy ở lệnh hoivien target.",
           "\nTo see how a target is computed: hoivien explain NUMBER, with its number in hoivien target.");
}

static void say_reasons(struct client *c, const struct explained *x, bool counts)
{
    bool none = true;
    for (size_t i = 0; i < REASON_COUNT; i++)
        if (reasons[i].counts == counts && x->counts.by[i] > 0) {
            ui_say(&c->ui, "    %s: %s", "    %s: %s", text_in(c->ui.lang, reasons[i].label),
                   targets_count(c, x->counts.by[i]));
            say_rule(c, "      ", reasons[i].rule);
            none = false;
        }
    if (none)
        ui_say(&c->ui, "    (không có hồ sơ nào)", "    (no record)");
}

/* Who counts and yet should be looked at. */
static void say_although(struct client *c, const struct explained *x)
{
    if (x->counts.men > 0)
        ui_say(&c->ui, "    Trong đó được tính dù hồ sơ ghi là nam: %s",
               "    Of them counted although the record says male: %s", targets_count(c, x->counts.men));
    if (x->counts.young > 0)
        ui_say(&c->ui, "    Trong đó được tính dù chưa đủ 18 tuổi: %s",
               "    Of them counted although not yet 18: %s", targets_count(c, x->counts.young));
    if (x->counts.men + x->counts.young > 0)
        say_rule(c, "      ", RULE_AS_LISTED);
}

/* What the target counts: "hội viên", or the kind that members refer to. */
static const char *counted_words(const struct client *c, const struct measure *m)
{
    static const struct text_pair members = {"hội viên", "members"};
    if (m != NULL && m->rule != NULL)
        return text_in(c->ui.lang, m->label);
    const struct kind *kind = m != NULL ? measure_kind(m) : NULL;
    return text_in(c->ui.lang, kind != NULL ? kind->all : members);
}

static void say_numerator(struct client *c, const struct explained *x)
{
    if (measure_kind(x->measure) != NULL)
        ui_say(&c->ui,
               "  Chỉ tiêu này không đếm người mà đếm %1$s, mỗi %1$s một lần. Số người được tính mà hồ sơ "
               "chưa ghi thuộc %1$s nào: %2$s.",
               "  This target does not count persons but %1$s, each once. Counted persons whose records name "
               "none of them: %2$s.",
               counted_words(c, x->measure), targets_count(c, x->counts.unreferred));
    ui_say(&c->ui, "  Tử số là %s.", "  The numerator is %s.", targets_count(c, x->counts.numerator));
}

/* Which records count, and in which time; what they are is the measure's to say. */
static void say_records(struct client *c, const struct measure *m, const struct explained *x, int64_t figure)
{
    ui_say(&c->ui, "  Đếm: %s.", "  Counted: %s.", text_in(c->ui.lang, m->label));
    ui_say(&c->ui, "    - %s", "    - %s", text_in(c->ui.lang, m->counts));
    if (m->flow) {
        ui_say(&c->ui, "    Trong kỳ từ %s đến %s.", "    In the period from %s to %s.",
               targets_date(c, target_period_from(x->line, x->targets.day)), targets_date(c, x->targets.day));
        say_rule(c, "    ", RULE_PERIOD);
    }
    say_rule(c, "    ", RULE_RECORDS);
    ui_say(&c->ui, "  Được: %s.", "  The figure is %s.", targets_count(c, figure));
}

static void say_members(struct client *c, const struct explained *x)
{
    if (x->measure != NULL && x->measure->rule != NULL) {
        ui_say(&c->ui, "\nBước 1. Con số: hồ sơ nào được tính, hồ sơ nào không",
               "\nStep 1. The figure: which records count and which do not");
        say_records(c, x->measure, x, x->line->numerator);
        return;
    }
    ui_say(&c->ui, "\nBước 1. Tử số: ai được tính, ai không",
           "\nStep 1. The numerator: who counts and who does not");
    if (x->measure == NULL) {
        ui_say(&c->ui,
               "  Phiên bản này chưa biết chỉ tiêu đếm những ai, nên lấy tử số của máy chủ: %s. Hãy cập nhật "
               "chương trình.",
               "  This version does not know whom the target counts, so the numerator is the server's: %s. "
               "Update the program.",
               targets_count(c, x->line->numerator));
        return;
    }
    ui_say(
        &c->ui,
        "  Xét từng hồ sơ lần lượt: có bị huỷ không, thành phần, biến động, nơi cư trú, có mặt hay đi xa. "
        "Lý do gặp đầu tiên là lý do không tính.",
        "  Each record is looked at in this order: void, category, changes, residence, presence. The first "
        "that keeps it out is its reason.");
    ui_say(&c->ui, "  Được tính: %s", "  Counted: %s", targets_count(c, x->counts.counted));
    say_reasons(c, x, true);
    say_although(c, x);
    ui_say(&c->ui, "  Không được tính: %s", "  Not counted: %s",
           targets_count(c, x->counts.records - x->counts.counted));
    say_reasons(c, x, false);
    ui_say(&c->ui, "  Cộng lại: %s được tính + %s không được tính = %s.",
           "  Together: %s counted + %s not counted = %s.", targets_count(c, x->counts.counted),
           targets_count(c, x->counts.records - x->counts.counted),
           COUNTED((uint64_t)x->counts.records, noun_record, c->ui.lang));
    say_numerator(c, x);
    ui_say(&c->ui, "  Cần nhớ khi đếm:", "  To remember when counting:");
    const enum rule_name general[] = {RULE_GROUPS, measure_rule(x->measure), RULE_RESIDENCE_NOT_GIVEN};
    for (size_t i = 0; i < sizeof general / sizeof general[0]; i++)
        say_rule(c, "    ", general[i]);
}

static void say_no_denominator(struct client *c, const Hv__TargetLine *line)
{
    ui_say(
        &c->ui,
        "  Chưa có số liệu: %s. Số này do Hội cấp trên nhập theo cơ quan thống kê; hãy báo lên rồi đồng bộ "
        "lại.",
        "  No figure: %s. The level above enters it from the statistics authority; tell them, then sync.",
        targets_code(c, population_codes, (int)line->denominator_type));
}

static void say_denominator(struct client *c, const Hv__TargetLine *line)
{
    bool known = line->has_denominator && line->denominator > 0;
    if (known)
        ui_say(&c->ui, "  %s: %s (nguồn: %s; số liệu ngày %s).", "  %s: %s (source: %s; figure of %s).",
               targets_code(c, population_codes, (int)line->denominator_type),
               targets_count(c, line->denominator),
               line->denominator_source != NULL ? line->denominator_source : "?",
               targets_date(c, line->denominator_date));
    else
        say_no_denominator(c, line);
    ui_say(
        &c->ui,
        "  Mẫu số được chốt cho cả nhiệm kỳ %s: dân số có tăng giảm thì vẫn chia cho số này đến hết nhiệm "
        "kỳ.",
        "  The denominator is frozen for the term %s: whatever becomes of the population, it stays the same "
        "to the end of the term.",
        line->term);
    say_rule(c, "  ", denominator_rule((int)line->denominator_type));
}

/* A denominator that is a measure of the register itself. */
static void say_counted_denominator(struct client *c, const struct explained *x)
{
    const Hv__TargetLine *line = x->line;
    const struct measure *m = measure_by_number((int)line->denominator_measure);
    ui_say(&c->ui, "\nBước 2. Mẫu số: chia cho số nào, đếm từ chính sổ này",
           "\nStep 2. The denominator: what it is divided by, counted from this register");
    if (m != NULL && m->rule != NULL)
        say_records(c, m, x, line->denominator);
    else
        ui_say(&c->ui, "  %s: %s.", "  %s: %s.", target_denominator(c->ui.lang, line),
               targets_count(c, line->denominator));
    if (line->denominator == 0)
        ui_say(&c->ui, "  Mẫu số là 0 nên chưa có kết quả.", "  It is 0, so there is no result.");
}

static void say_base(struct client *c, const struct explained *x)
{
    const Hv__TargetLine *line = x->line;
    if (targets_is_ratio(line) && line->has_denominator_measure) {
        say_counted_denominator(c, x);
    } else if (targets_is_ratio(line)) {
        ui_say(&c->ui, "\nBước 2. Mẫu số: chia cho số nào",
               "\nStep 2. The denominator: what it is divided by");
        say_denominator(c, line);
    } else if (line->form != HV__FORM__INCREASE) {
        ui_say(&c->ui, "\nBước 2. Chỉ tiêu này là một số lượng, không chia cho số nào.",
               "\nStep 2. This target is a number; nothing is divided.");
    } else if (line->has_baseline) {
        ui_say(&c->ui, "\nBước 2. Số gốc: %s (ngày %s); chỉ tính phần tăng thêm so với số này.",
               "\nStep 2. The baseline: %s (of %s); what lies beyond it is the increase.",
               targets_count(c, line->baseline), targets_date(c, line->baseline_date));
    } else {
        ui_say(&c->ui, "\nBước 2. Chưa có số gốc; hãy hỏi Hội cấp trên rồi đồng bộ lại.",
               "\nStep 2. There is no baseline; ask the level above, then sync.");
    }
}

static const char *product_words(struct client *c, int64_t a, int64_t b)
{
    char text[80];
    product_format(a, b, c->ui.lang, text, sizeof text);
    return arena_print(c->arena, "%s", text);
}

static void say_products(struct client *c, const Hv__TargetLine *line, const struct explain_sides *s)
{
    ui_say(&c->ui, "  Tỷ lệ để đọc, đã làm tròn: 100 × %s : %s = %s.",
           "  The ratio to read, rounded: 100 × %s / %s = %s.", targets_count(c, s->left),
           targets_count(c, s->right_factor), targets_ratio(c, line->numerator, line->denominator));
    ui_say(&c->ui, "  Để xét thì không làm tròn mà nhân số nguyên; mức %s là %s phần triệu.",
           "  To decide nothing is rounded, whole numbers are multiplied; %s is %s millionths.",
           targets_ratio(c, line->threshold, 1000000), targets_count(c, line->threshold));
    ui_say(&c->ui, "    Tử số × 1.000.000: %s × %s = %s", "    Numerator × 1,000,000: %s × %s = %s",
           targets_count(c, s->left), targets_count(c, s->left_factor),
           product_words(c, s->left, s->left_factor));
    ui_say(&c->ui, "    Mức × mẫu số: %s × %s = %s", "    Threshold × denominator: %s × %s = %s",
           targets_count(c, s->right), targets_count(c, s->right_factor),
           product_words(c, s->right, s->right_factor));
}

static void say_comparison(struct client *c, const Hv__TargetLine *line)
{
    static const char *const signs[] = {"<", "=", ">"};
    struct target_figure t = target_figure_of(line);
    struct explain_sides s;
    ui_say(&c->ui, "\nBước 3. So với chỉ tiêu: %s", "\nStep 3. Compared with the target: %s",
           targets_wish(c, line));
    if (line->form == HV__FORM__UNITS_NUMBER || line->form == HV__FORM__UNITS_SHARE)
        say_rule(c, "  ", RULE_UNITS);
    if (line->has_units) {
        ui_say(&c->ui, "  %s. Kết quả: %s.", "  %s. Result: %s.", target_units(c->arena, c->ui.lang, line),
               targets_code(c, verdict_codes, (int)line->verdict));
        say_rule(c, "  ", RULE_EACH_GROUP);
        return;
    }
    if (!explain_sides(&t, &s)) {
        ui_say(&c->ui, "  Kết quả: %s, vì còn thiếu số ở bước 2.",
               "  Result: %s, as the figure of step 2 is missing.",
               targets_code(c, verdict_codes, (int)line->verdict));
        return;
    }
    if (targets_is_ratio(line))
        say_products(c, line, &s);
    else if (line->form == HV__FORM__INCREASE)
        ui_say(&c->ui, "    Tăng thêm: %s - %s = %s", "    Increase: %s - %s = %s",
               targets_count(c, line->numerator), targets_count(c, line->baseline), targets_count(c, s.left));
    ui_say(&c->ui, "  %s %s %s. Kết quả: %s.", "  %s %s %s. Result: %s.",
           product_words(c, s.left, s.left_factor), signs[s.order + 1],
           product_words(c, s.right, s.right_factor), targets_code(c, verdict_codes, (int)line->verdict));
    if (targets_is_ratio(line))
        say_rule(c, "  ", RULE_INTEGERS);
    say_rule(c, "  ", RULE_WORDS);
}

static void say_steps(struct client *c, const struct explained *x)
{
    const Hv__TargetLine *line = x->line;
    struct target_figure t = target_figure_of(line);
    struct explain_step steps[EXPLAIN_STEPS];
    size_t count = explain_steps(&t, steps);
    if (line->has_units)
        return;
    ui_say(&c->ui, "\nBước 4. Thêm hoặc bớt bao nhiêu thì kết quả thay đổi (%s)",
           "\nStep 4. How many more or fewer change the result (%s)", counted_words(c, x->measure));
    for (size_t i = 0; i < count; i++) {
        const char *members = targets_count(c, steps[i].members),
                   *word = targets_code(c, verdict_codes, (int)steps[i].word);
        if (steps[i].more)
            ui_say(&c->ui, "  Thêm %s: %s.", "  %s more: %s.", members, word);
        else
            ui_say(&c->ui, "  Bớt %s: %s.", "  %s fewer: %s.", members, word);
    }
    if (count == 0 && line->verdict == HV__VERDICT_WORD__NO_VERDICT)
        ui_say(&c->ui, "  Chưa có kết quả nên chưa nói được.", "  There is no result yet that could change.");
    else if (count == 0)
        ui_say(&c->ui, "  Thêm hay bớt bao nhiêu, kết quả vẫn vậy.", "  No number changes the result.");
}

static void say_target(struct client *c, const struct explained *x)
{
    const Hv__TargetLine *line = x->line;
    targets_say_head(c, &x->targets);
    ui_say(&c->ui, "%zu. %s (nhiệm kỳ %s; hạn %s; %s)", "%zu. %s (term %s; deadline %s; %s)", x->number,
           line->title, line->term, targets_date(c, line->deadline), line->document);
    say_members(c, x);
    say_base(c, x);
    say_comparison(c, line);
    say_steps(c, x);
}

static enum err each_with_void(void *source, const struct kind *kind, tally_record_fn *fn, void *context,
                               struct fault *f)
{
    struct client *c = source;
    const struct book_filter filter = {.kind = kind, .with_voided = true, .missing_field = -1};
    return book_each(c->book, c->arena, &filter, fn, context, f);
}

/* The reasons are the last to be counted, so theirs is the numerator that is explained. */
static enum err count_reasons(struct client *c, struct explained *x, struct fault *f)
{
    const struct tally_input in = {.arena = c->arena,
                                   .from = x->targets.day,
                                   .day = x->targets.day,
                                   .source = c,
                                   .each = each_with_void};
    x->measure = measure_by_number((int)x->line->measure);
    if (x->measure == NULL || x->measure->rule != NULL)
        return ERR_OK;
    enum err e = reason_count(&in, x->measure, &x->counts, f);
    if (e == ERR_OK) {
        x->line->numerator = x->counts.numerator;
        target_decide(x->line);
    }
    return e;
}

/* A number as the list of targets shows it; 0: it is none. */
static size_t number_of(const char *text, size_t lines)
{
    size_t n = 0;
    for (const char *p = text; *p != '\0'; p++) {
        if (!isdigit((unsigned char)*p) || n > lines)
            return 0;
        n = 10 * n + (size_t)(*p - '0');
    }
    return n <= lines ? n : 0;
}

/* The same by the target's key, as a plan names it. */
static size_t number_of_key(const Hv__TargetReport *r, const char *key)
{
    for (size_t i = 0; i < r->n_line; i++)
        if (r->line[i]->key != NULL && strcasecmp(r->line[i]->key, key) == 0)
            return i + 1;
    return 0;
}

static bool fold_holds(const struct bytes *title, const struct bytes *part)
{
    return memmem(title->p, title->n, part->p, part->n) != NULL;
}

/* `numbers` lists what the text is a part of. */
static enum err match_titles(struct client *c, const Hv__TargetReport *r, const char *text, size_t *found,
                             size_t *count, const char **numbers)
{
    struct bytes part, title;
    *count = 0;
    *numbers = "";
    enum err e = text_fold(c->arena, text, strlen(text), &part);
    for (size_t i = 0; e == ERR_OK && i < r->n_line; i++) {
        e = text_fold(c->arena, r->line[i]->title, strlen(r->line[i]->title), &title);
        if (e != ERR_OK || !fold_holds(&title, &part))
            continue;
        *found = i + 1;
        *numbers = arena_print(c->arena, "%s%s%zu", *numbers, (*count)++ > 0 ? ", " : "", i + 1);
        e = *numbers != NULL ? ERR_OK : ERR_NO_MEMORY;
    }
    return e;
}

static enum err find_target(struct client *c, const Hv__TargetReport *r, const char *text, size_t *number,
                            struct fault *f)
{
    size_t count;
    const char *numbers;
    if ((*number = number_of(text, r->n_line)) != 0 || (*number = number_of_key(r, text)) != 0)
        return ERR_OK;
    if (match_titles(c, r, text, number, &count, &numbers) != ERR_OK)
        return fault(f, ERR_NO_MEMORY, "no memory for the titles");
    if (count == 0)
        return ui_fault(&c->ui, f, ERR_NO_SUCH_RECORD,
                        "Không có chỉ tiêu nào là “%s”; xem số thứ tự và tên bằng lệnh: hoivien target",
                        "There is no target \"%s\"; see their numbers and titles with: hoivien target", text);
    if (count > 1)
        return ui_fault(&c->ui, f, ERR_USAGE,
                        "“%s” có trong tên của nhiều chỉ tiêu (số %s); hãy chọn một theo số thứ tự.",
                        "\"%s\" is part of several titles (numbers %s); choose one by its number.", text,
                        numbers);
    return ERR_OK;
}

static enum err explain_load(struct client *c, const struct options *o, struct explained *x, struct fault *f)
{
    int32_t day;
    enum err e = as_of_day(&c->ui, o, &day, f);
    if (e == ERR_OK)
        e = client_open(c, o, f);
    if (e == ERR_OK)
        e = targets_load_at(c, day, &x->targets, f);
    if (e == ERR_OK)
        e = find_target(c, x->targets.report, o->args[0], &x->number, f);
    if (e != ERR_OK)
        return e;
    x->line = x->targets.report->line[x->number - 1];
    return count_reasons(c, x, f);
}

enum err cmd_explain(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct explained x = {.number = 0};
    bool plain = option(o, "plain") != NULL;
    if (o->arg_count == 0) {
        if (plain)
            explain_plain_rules(c->ui.lang);
        else
            say_all_rules(c);
        return ERR_OK;
    }
    enum err e = explain_load(c, o, &x, f);
    if (e != ERR_OK)
        return e;
    if (plain)
        explain_plain_target(c->ui.lang, &x);
    else
        say_target(c, &x);
    return ERR_OK;
}
