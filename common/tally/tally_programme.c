/* Programmes and schemes (chương trình, đề án): planned and done (guidance, tasks 4 and 8).
 *
 * Every programme that is not void has its row. What is planned and who is paired stands in the province's
 * stream: it counts once, in the province's own part, and never in a commune's, so that the sums are right.
 *
 * Of the period, by date, an incomplete one on its last possible day: support, payments, activities, courses,
 * commendations. As of the last day: models that have started; steps and resources of plans opened by then.
 * A payment that was reversed is taken off on the day of its reversal (common/fund.h).
 *
 * Value done = the value of support + payments, less those for a support of the same programme that is valued
 * itself, which would count twice. Persons are those who were supported, each once in a commune.
 *
 * Pairings are those that run on a day of the period: helping units by name without tones, communes by code,
 * each once in a programme. */
#include "common/change.h"
#include "common/date.h"
#include "common/fund.h"
#include "common/heads.h"
#include "common/meetings.h"
#include "common/plan.h"
#include "common/tally_rules.h"
#include "common/text.h"
#include "proto/record.pb-c.h"
#include <string.h>

enum { PROGRAMME, WORK, PAIRING, SECTIONS };
enum { PLANNED_VALUE, PLANNED_PERSONS, VALUE, PERSONS, MEMBERS, TIMES, SUPPORT_VALUE, PAID, RESOURCES };
enum { ACTIVITIES, ATTENDANCES, COURSES, MODELS, COMMENDATIONS, STEPS, STEPS_DONE };
enum { PLANNED_COMMUNES, COMMUNES, PAIRINGS, PARTNERS };

#define END_OF_COLUMNS                                                                                       \
    {                                                                                                        \
        NULL, {NULL, NULL}, -1                                                                               \
    }

static const struct tally_section sections[SECTIONS] = {
    [PROGRAMME] = {.token = "programme",
                   .label = {"Kế hoạch và thực hiện", "Planned and done"},
                   .columns = {{"planned-value", {"Kinh phí kế hoạch (đồng)", "Planned value (đồng)"}, -1},
                               {"planned-persons", {"Số người kế hoạch", "Planned persons"}, -1},
                               {"value", {"Đã thực hiện (đồng)", "Value done (đồng)"}, PLANNED_VALUE},
                               {"persons", {"Số người được hỗ trợ", "Persons supported"}, PLANNED_PERSONS},
                               {"members", {"Hội viên", "Members"}, PERSONS},
                               {"times", {"Lượt hỗ trợ", "Times supported"}, -1},
                               {"support-value", {"Giá trị hỗ trợ (đồng)", "Value of support (đồng)"}, -1},
                               {"paid", {"Chi từ quỹ (đồng)", "Paid by the fund (đồng)"}, -1},
                               {"resources", {"Nguồn lực lồng ghép (đồng)", "Resources (đồng)"}, -1},
                               END_OF_COLUMNS}},
    [WORK] = {.token = "work",
              .label = {"Hoạt động của chương trình", "Work within programmes"},
              .columns = {{"activities", {"Số buổi sinh hoạt", "Activities"}, -1},
                          {"attendances", {"Lượt người dự", "Persons attending"}, -1},
                          {"courses", {"Số lớp", "Courses"}, -1},
                          {"models", {"Mô hình", "Models"}, -1},
                          {"commendations", {"Lượt khen", "Commendations"}, -1},
                          {"steps", {"Việc của kế hoạch", "Steps of plans"}, -1},
                          {"steps-done", {"Đã làm xong", "Done"}, STEPS},
                          END_OF_COLUMNS}},
    [PAIRING] = {.token = "pairing",
                 .label = {"Cặp đồng hành", "Pairings"},
                 .columns = {{"planned-communes", {"Số xã kế hoạch", "Planned communes"}, -1},
                             {"communes", {"Số xã được giúp", "Communes helped"}, PLANNED_COMMUNES},
                             {"pairings", {"Số cặp", "Pairings"}, -1},
                             {"partners", {"Đơn vị giúp đỡ", "Helping units"}, -1},
                             END_OF_COLUMNS}},
};

struct work {
    const struct tally_input *in;
    struct tally *out;
    struct people people;
    struct named_groups programmes, groups;
    struct records supports, plans;
    struct heads heads, communes, partners;
};

/* The programme's number; their count when the record is of none that is there. */
static size_t programme_of(const struct work *w, const struct record *r)
{
    return named_groups_find(&w->programmes, record_reference(r, "programme_id"));
}

/* NULL: the record is of no programme; the row is there already. */
static struct tally_row *row_of(struct work *w, size_t section, const struct record *r)
{
    size_t i = programme_of(w, r);
    return i < w->programmes.count ? &w->out->rows[section * w->programmes.count + i] : NULL;
}

static void add(struct work *w, size_t section, const struct record *r, int column, int64_t n)
{
    struct tally_row *row = row_of(w, section, r);
    if (row != NULL)
        row->v[column] += n;
}

/* ---- money and persons ---- */

static enum err count_support(struct work *w, const struct record *r, struct fault *f)
{
    struct who who;
    int64_t date = record_number(r, "date"), value = record_number(r, "value");
    struct tally_row *row = row_of(w, PROGRAMME, r);
    if (row == NULL || !period_holds(w->in, date))
        return ERR_OK;
    enum err e = who_of(w->in->arena, &w->people, NULL, r, date_last_day((int32_t)date), &who, f);
    if (e != ERR_OK)
        return e;
    row->v[VALUE] += value;
    row->v[SUPPORT_VALUE] += value;
    row->v[TIMES] += support_times(r);
    row->v[PERSONS] += support_unnamed(r, &who);
    return heads_add(&w->heads, (size_t)(row - w->out->rows), &who, f);
}

/* Whether the value of the support that was paid for counts for the same programme. */
static bool counts_as_support(const struct work *w, const struct record *entry)
{
    const struct id *id = record_reference(entry, "support_id");
    const struct record *support = id != NULL ? records_find(&w->supports, id) : NULL;
    return support != NULL && programme_of(w, support) == programme_of(w, entry) &&
           record_number(support, "value") > 0;
}

static enum err count_fund(struct work *w, struct fault *f)
{
    struct fund_book book;
    enum err e = fund_load(w->in, &book, f);
    for (size_t i = 0; e == ERR_OK && i < book.count; i++) {
        const struct fund_line *line = &book.lines[i];
        if (record_number(line->entry, "type") != HV__ENTRY_TYPE__PAYMENT || !period_holds(w->in, line->day))
            continue;
        add(w, PROGRAMME, line->entry, PAID, line->amount);
        if (!counts_as_support(w, line->entry))
            add(w, PROGRAMME, line->entry, VALUE, line->amount);
    }
    return e;
}

/* ---- work ---- */

static enum err count_activities(struct work *w, struct fault *f)
{
    struct meetings meetings;
    enum err e = meetings_load(w->in, &w->people, &w->groups, &meetings, f);
    for (size_t i = 0; e == ERR_OK && i < meetings.count; i++) {
        const struct meeting *m = &meetings.list[i];
        if (!period_holds(w->in, m->date))
            continue;
        add(w, WORK, m->record, ACTIVITIES, 1);
        add(w, WORK, m->record, ATTENDANCES, meeting_attended(m));
    }
    return e;
}

static enum err count_dated(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    (void)f;
    if (!tally_is_above(w->in, r) && period_holds(w->in, record_number(r, "date")))
        add(w, WORK, r, r->kind == &kind_course ? COURSES : COMMENDATIONS, 1);
    return ERR_OK;
}

static enum err count_model(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    (void)f;
    if (date_last_day((int32_t)record_number(r, "started")) <= w->in->day)
        add(w, WORK, r, MODELS, 1);
    return ERR_OK;
}

static bool plan_is_open(const struct work *w, const struct record *part)
{
    const struct id *id = record_reference(part, "plan_id");
    const struct record *plan = id != NULL ? records_find(&w->plans, id) : NULL;
    return plan != NULL && plan_opened(plan) <= w->in->day;
}

static enum err count_step(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    (void)f;
    if (!plan_is_open(w, r))
        return ERR_OK;
    add(w, WORK, r, STEPS, 1);
    add(w, WORK, r, STEPS_DONE,
        record_number(r, "state") == HV__STEP_STATE__DONE && record_number(r, "done_on") <= w->in->day);
    return ERR_OK;
}

static enum err count_resource(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    (void)f;
    if (plan_is_open(w, r))
        add(w, PROGRAMME, r, RESOURCES, record_number(r, "value"));
    return ERR_OK;
}

static enum err count_work(struct work *w, struct fault *f)
{
    static const struct {
        const struct kind *kind;
        tally_record_fn *count;
    } parts[] = {{&kind_course, count_dated},
                 {&kind_commendation, count_dated},
                 {&kind_model, count_model},
                 {&kind_step, count_step},
                 {&kind_resource, count_resource}};
    enum err e = count_activities(w, f);
    for (size_t i = 0; e == ERR_OK && i < sizeof parts / sizeof parts[0]; i++)
        e = w->in->each(w->in->source, parts[i].kind, parts[i].count, w, f);
    return e;
}

/* ---- what the province keeps ---- */

static void count_planned(struct work *w)
{
    for (size_t i = 0; i < w->programmes.count; i++) {
        const struct record *r = w->programmes.list[i].record;
        struct tally_row *planned = &w->out->rows[PROGRAMME * w->programmes.count + i],
                         *paired = &w->out->rows[PAIRING * w->programmes.count + i];
        planned->v[PLANNED_VALUE] = record_number(r, "planned_value");
        planned->v[PLANNED_PERSONS] = record_number(r, "planned_persons");
        paired->v[PLANNED_COMMUNES] = record_number(r, "planned_communes");
    }
}

static bool runs_in_period(const struct tally_input *in, const struct record *r)
{
    int32_t since = (int32_t)record_number(r, "since"), until = (int32_t)record_number(r, "until");
    return (since == 0 || date_last_day(since) <= in->day) && (until == 0 || date_last_day(until) > in->from);
}

/* Each code between commas and blanks, once in the row. */
static enum err add_communes(struct work *w, size_t row, const struct record *r, struct fault *f)
{
    struct bytes text = record_text(r, kind_field(&kind_pairing, "communes"));
    enum err e = ERR_OK;
    for (size_t at = 0, n; e == ERR_OK && at < text.n; at += n + 1) {
        for (n = 0; at + n < text.n && strchr(", ", text.p[at + n]) == NULL;)
            n++;
        const uint8_t *code = n > 0 ? arena_copy(w->in->arena, text.p + at, n) : NULL;
        const struct who who = {.key = {code, n}};
        if (n > 0)
            e = code != NULL ? heads_add(&w->communes, row, &who, f)
                             : fault(f, ERR_NO_MEMORY, "no memory for the pairings");
    }
    return e;
}

static enum err count_pairing(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    struct who partner = {.member = false};
    struct bytes name = record_text(r, kind_field(&kind_pairing, "partner"));
    struct tally_row *row = row_of(w, PAIRING, r);
    if (row == NULL || !runs_in_period(w->in, r))
        return ERR_OK;
    row->v[PAIRINGS]++;
    if (text_fold(w->in->arena, (const char *)name.p, name.n, &partner.key) != ERR_OK)
        return fault(f, ERR_NO_MEMORY, "no memory for the pairings");
    enum err e = heads_add(&w->partners, (size_t)(row - w->out->rows), &partner, f);
    return e == ERR_OK ? add_communes(w, (size_t)(row - w->out->rows), r, f) : e;
}

static enum err count_own(struct work *w, struct fault *f)
{
    if (!w->in->of_province)
        return ERR_OK;
    count_planned(w);
    return w->in->each(w->in->source, &kind_pairing, count_pairing, w, f);
}

/* ---- the report ---- */

static enum err load(struct work *w, struct fault *f)
{
    enum err e = people_load(w->in, &w->people, f);
    if (e == ERR_OK)
        e = named_groups_load(w->in, &w->groups, f);
    if (e == ERR_OK)
        e = records_load(w->in, &kind_support, &w->supports, f);
    if (e == ERR_OK)
        e = records_load(w->in, &kind_plan, &w->plans, f);
    if (e == ERR_OK)
        e = named_records_load(w->in, &kind_programme, &w->programmes, f);
    records_sort(&w->supports);
    records_sort(&w->plans);
    return e;
}

static enum err count(struct work *w, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < w->supports.count; i++)
        e = count_support(w, w->supports.list[i], f);
    if (e == ERR_OK)
        e = count_fund(w, f);
    if (e == ERR_OK)
        e = count_work(w, f);
    return e == ERR_OK ? count_own(w, f) : e;
}

/* Counts into rows of its own, section by section and programme by programme, which row_of knows. */
static enum err rule(const struct tally_input *in, struct tally *out, struct fault *f)
{
    struct tally own = {.arena = in->arena};
    struct work w = {.in = in,
                     .out = &own,
                     .heads = {.arena = in->arena},
                     .communes = {.arena = in->arena},
                     .partners = {.arena = in->arena}};
    struct tally_row *row;
    enum err e = load(&w, f);
    for (size_t s = 0; e == ERR_OK && s < SECTIONS; s++)
        for (size_t i = 0; e == ERR_OK && i < w.programmes.count; i++)
            e = tally_row(&own, s, w.programmes.list[i].name, &row, f);
    if (e == ERR_OK)
        e = count(&w, f);
    if (e != ERR_OK)
        return e;
    heads_settle(&w.heads, &own, PERSONS, MEMBERS, -1);
    heads_settle(&w.communes, &own, COMMUNES, -1, -1);
    heads_settle(&w.partners, &own, PARTNERS, -1, -1);
    return tally_sum(out, &tally_programme, &own, f);
}

const struct tally_report tally_programme = {
    .token = "programmes",
    .label = {"Chương trình, đề án", "Programmes and schemes"},
    .note =
        {"Kế hoạch của chương trình và các cặp đồng hành chỉ tính một lần, ở phần của tỉnh; trong báo cáo "
         "của xã các số này bằng 0.",
         "What a programme plans and its pairings count once, in the province's own part; in a commune's "
         "report they are 0."},
    .sections = sections,
    .section_count = SECTIONS,
    .rule = rule,
    .also_province = true};
