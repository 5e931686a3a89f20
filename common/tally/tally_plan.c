/* Support plans of communes below target (guidance, tasks 8 and 10: each cause of a low ratio its own remedy,
 * an officer for the area, both determined together with the base).
 *
 * Section "state" has 0 or 1 for the commune, so that sums over communes say how many of them, and only zeros
 * for one that is not below target, which needs no plan. A commune lacks what one of its running plans lacks;
 * one without a running plan lacks a main cause, an officer and progress too. A plan has a main cause when
 * one is marked as main and both sides agreed to it; a remedy is lacking where one of its agreed causes has
 * no agreed remedy, so not where no cause is agreed; it has progress when a note is not older than 30 days.
 *
 * Causes, remedies and steps are those of running plans; plans those that were opened by the day; visits and
 * notes those of all plans. All of this counts whether the commune is below target or not. A plan without a
 * state is a draft, a step without one is planned. */
#include "common/change.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/people.h"
#include "common/plan.h"
#include "common/tally_rules.h"
#include "proto/record.pb-c.h"

#define PROGRESS_DAYS 30

enum { STATE, PLANS, CAUSES, REMEDIES, STEPS, VISITS, SECTIONS };
enum { COMMUNES, WITH_PLAN, NO_PLAN, NO_MAIN_CAUSE, NO_REMEDY, NO_OFFICER, NO_PROGRESS, PAST_DEADLINE };
enum { PLANS_ALL, PLANS_LATE };
enum { CAUSES_ALL, CAUSES_AGREED, CAUSES_MAIN, CAUSES_REMEDIED };
enum { REMEDIES_ALL, REMEDIES_AGREED };
enum { STEPS_ALL, STEPS_LATE, STEPS_INTEGRATED };
enum { VISITS_COMMUNES, VISITS_ALL, VISITS_NOTES };

#define LAST_COLUMN                                                                                          \
    {                                                                                                        \
        NULL, {NULL, NULL}, -1                                                                               \
    }

static const struct tally_section sections[SECTIONS] = {
    [STATE] =
        {.token = "state",
         .label = {"Các xã chưa đạt chỉ tiêu và kế hoạch hỗ trợ", "Communes below target and their plans"},
         .columns =
             {{"communes", {"Số xã chưa đạt", "Communes below target"}, -1},
              {"with-plan", {"Có kế hoạch đang thực hiện", "With a running plan"}, COMMUNES},
              {"without-plan", {"Không có kế hoạch đang thực hiện", "Without a running plan"}, COMMUNES},
              {"without-main-cause",
               {"Chưa thống nhất nguyên nhân chính", "Without an agreed main cause"},
               COMMUNES},
              {"without-remedy",
               {"Có nguyên nhân chưa có giải pháp", "With a cause that lacks a remedy"},
               COMMUNES},
              {"without-officer", {"Chưa có cán bộ phụ trách", "Without an officer in charge"}, COMMUNES},
              {"without-progress",
               {"Không báo tiến độ trong 30 ngày", "No progress in the last 30 days"},
               COMMUNES},
              {"past-deadline", {"Quá hạn", "Past a plan's deadline"}, COMMUNES},
              LAST_COLUMN}},
    [PLANS] = {.token = "plans",
               .label = {"Kế hoạch theo tình trạng", "Plans by state"},
               .keys = plan_state_codes,
               .columns = {{"plans", {"Số kế hoạch", "Plans"}, -1},
                           {"late", {"Quá hạn", "Past their deadline"}, PLANS_ALL},
                           LAST_COLUMN}},
    [CAUSES] = {.token = "causes",
                .label = {"Nguyên nhân", "Causes"},
                .keys = cause_codes,
                .columns = {{"causes", {"Số nguyên nhân", "Causes"}, -1},
                            {"agreed", {"Hai bên thống nhất", "Agreed"}, CAUSES_ALL},
                            {"main", {"Là nguyên nhân chính", "Main causes"}, CAUSES_ALL},
                            {"with-remedy", {"Có giải pháp thống nhất", "With an agreed remedy"}, CAUSES_ALL},
                            LAST_COLUMN}},
    [REMEDIES] = {.token = "remedies",
                  .label = {"Giải pháp", "Remedies"},
                  .keys = remedy_codes,
                  .columns = {{"remedies", {"Số giải pháp", "Remedies"}, -1},
                              {"agreed", {"Hai bên thống nhất", "Agreed"}, REMEDIES_ALL},
                              LAST_COLUMN}},
    [STEPS] = {.token = "steps",
               .label = {"Việc cần làm", "Steps"},
               .keys = step_state_codes,
               .columns = {{"steps", {"Số việc", "Steps"}, -1},
                           {"late", {"Quá hạn", "Late"}, STEPS_ALL},
                           {"integrated",
                            {"Lồng ghép chương trình, đề án", "That integrate a programme"},
                            STEPS_ALL},
                           LAST_COLUMN}},
    [VISITS] = {.token = "visits",
                .label = {"Xuống cơ sở trong kỳ", "Visits in the period"},
                .columns = {{"communes", {"Số xã được xuống", "Communes visited"}, -1},
                            {"visits", {"Số lần xuống", "Visits"}, -1},
                            {"notes", {"Số lần báo tiến độ", "Progress notes"}, -1},
                            LAST_COLUMN}},
};

/* A plan that is not void, and what it has. */
struct plan {
    const struct record *record;
    bool runs;
    size_t causes;   /* agreed */
    size_t remedied; /* of them */
    bool main_cause;
    bool progress;
};

struct counting {
    const struct tally_input *in;
    struct tally *out;
    struct records plans, causes, remedies;
    struct plan *list; /* by the plan's id, as `plans` */
};

/* The index of the record that `field` refers to; the records' count when it is not among them. */
static size_t referred(const struct records *sorted, const struct record *r, const char *field)
{
    const struct id *id = record_id(r, kind_field(r->kind, field));
    size_t low = 0, high = id != NULL ? sorted->count : 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = id_compare(&sorted->list[middle]->id, id);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return sorted->count;
}

/* The plan to which a part belongs; NULL when it is void. */
static struct plan *plan_of(const struct counting *c, const struct record *part)
{
    size_t i = referred(&c->plans, part, "plan_id");
    return i < c->plans.count ? &c->list[i] : NULL;
}

static bool in_period(const struct counting *c, int64_t date)
{
    return c->in->from <= date && date <= c->in->day;
}

/* Words of an open list that nobody foresaw are keys of their own. */
static const char *key_of(const struct counting *c, const struct record *r, const char *field)
{
    struct bytes text = record_text(r, kind_field(r->kind, field));
    return arena_copy(c->in->arena, text.p, text.n);
}

static enum err load(struct counting *c, struct fault *f)
{
    enum err e = records_load(c->in, &kind_plan, &c->plans, f);
    if (e == ERR_OK)
        e = records_load(c->in, &kind_cause, &c->causes, f);
    if (e == ERR_OK)
        e = records_load(c->in, &kind_remedy, &c->remedies, f);
    if (e != ERR_OK)
        return e;
    records_sort(&c->plans);
    records_sort(&c->causes);
    c->list = arena_zero(c->in->arena, c->plans.count + 1, sizeof *c->list);
    if (c->list == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the plans");
    for (size_t i = 0; i < c->plans.count; i++)
        c->list[i] =
            (struct plan){.record = c->plans.list[i], .runs = plan_runs(c->plans.list[i], c->in->day)};
    return ERR_OK;
}

static bool is_past(const struct counting *c, const struct plan *p)
{
    int64_t deadline = record_number(p->record, "deadline");
    return p->runs && deadline != 0 && deadline < c->in->day;
}

static const char *token_of(const struct code *codes, int64_t value, int32_t otherwise)
{
    const struct code *code = code_by_value(codes, value);
    return code != NULL ? code->token : code_by_value(codes, otherwise)->token;
}

static enum err count_plans(struct counting *c, struct fault *f)
{
    enum err e = tally_rows_of_codes(c->out, &tally_plan, PLANS, f);
    for (size_t i = 0; e == ERR_OK && i < c->plans.count; i++) {
        struct tally_row *row;
        if (plan_opened(c->plans.list[i]) > c->in->day)
            continue;
        const char *key =
            token_of(plan_state_codes, record_number(c->plans.list[i], "state"), HV__PLAN_STATE__DRAFT);
        if ((e = tally_row(c->out, PLANS, key, &row, f)) != ERR_OK)
            break;
        row->v[PLANS_ALL]++;
        row->v[PLANS_LATE] += is_past(c, &c->list[i]);
    }
    return e;
}

static enum err count_remedy(struct counting *c, const struct record *remedy, bool *remedied, struct fault *f)
{
    size_t cause = referred(&c->causes, remedy, "cause_id");
    const struct plan *plan = cause < c->causes.count ? plan_of(c, c->causes.list[cause]) : NULL;
    struct tally_row *row;
    if (plan == NULL || !plan->runs)
        return ERR_OK;
    const char *key = key_of(c, remedy, "remedy");
    if (key == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the plans");
    enum err e = tally_row(c->out, REMEDIES, key, &row, f);
    if (e != ERR_OK)
        return e;
    row->v[REMEDIES_ALL]++;
    row->v[REMEDIES_AGREED] += remedy_agreed(remedy);
    remedied[cause] |= remedy_agreed(remedy);
    return ERR_OK;
}

static enum err count_cause(struct counting *c, const struct record *cause, bool remedied, struct fault *f)
{
    struct plan *plan = plan_of(c, cause);
    struct tally_row *row;
    if (plan == NULL || !plan->runs)
        return ERR_OK;
    const char *key = key_of(c, cause, "cause");
    if (key == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the plans");
    enum err e = tally_row(c->out, CAUSES, key, &row, f);
    if (e != ERR_OK)
        return e;
    bool agreed = cause_agreed(cause), main_cause = record_number(cause, "main_cause") != 0;
    row->v[CAUSES_ALL]++;
    row->v[CAUSES_AGREED] += agreed;
    row->v[CAUSES_MAIN] += main_cause;
    row->v[CAUSES_REMEDIED] += remedied;
    plan->causes += agreed;
    plan->remedied += agreed && remedied;
    plan->main_cause |= agreed && main_cause;
    return ERR_OK;
}

static enum err count_causes(struct counting *c, struct fault *f)
{
    bool *remedied = arena_zero(c->in->arena, c->causes.count + 1, sizeof *remedied);
    if (remedied == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the plans");
    enum err e = tally_rows_of_codes(c->out, &tally_plan, CAUSES, f);
    if (e == ERR_OK)
        e = tally_rows_of_codes(c->out, &tally_plan, REMEDIES, f);
    for (size_t i = 0; e == ERR_OK && i < c->remedies.count; i++)
        e = count_remedy(c, c->remedies.list[i], remedied, f);
    for (size_t i = 0; e == ERR_OK && i < c->causes.count; i++)
        e = count_cause(c, c->causes.list[i], remedied[i], f);
    return e;
}

static enum err count_step(void *context, const struct record *r, struct fault *f)
{
    struct counting *c = context;
    const struct plan *plan = plan_of(c, r);
    struct tally_row *row;
    if (plan == NULL || !plan->runs)
        return ERR_OK;
    const char *key = token_of(step_state_codes, record_number(r, "state"), HV__STEP_STATE__PLANNED);
    enum err e = tally_row(c->out, STEPS, key, &row, f);
    if (e != ERR_OK)
        return e;
    row->v[STEPS_ALL]++;
    row->v[STEPS_LATE] += step_is_late(r, c->in->day);
    row->v[STEPS_INTEGRATED] += record_has(r, kind_field(&kind_step, "programme_id"));
    return ERR_OK;
}

static enum err count_visit(void *context, const struct record *r, struct fault *f)
{
    struct counting *c = context;
    struct tally_row *row;
    if (plan_of(c, r) == NULL || !in_period(c, record_number(r, "date")))
        return ERR_OK;
    enum err e = tally_row(c->out, VISITS, "", &row, f);
    if (e != ERR_OK)
        return e;
    row->v[VISITS_COMMUNES] = 1;
    row->v[VISITS_ALL]++;
    return ERR_OK;
}

static enum err count_note(void *context, const struct record *r, struct fault *f)
{
    struct counting *c = context;
    struct plan *plan = plan_of(c, r);
    int64_t date = record_number(r, "date");
    if (plan == NULL)
        return ERR_OK;
    plan->progress |= date_add_days(c->in->day, -PROGRESS_DAYS) <= date && date <= c->in->day;
    return in_period(c, date) ? tally_add(c->out, VISITS, "", VISITS_NOTES, 1, f) : ERR_OK;
}

static enum err count_parts(struct counting *c, struct fault *f)
{
    struct tally_row *visits;
    enum err e = tally_rows_of_codes(c->out, &tally_plan, STEPS, f);
    if (e == ERR_OK)
        e = c->in->each(c->in->source, &kind_step, count_step, c, f);
    if (e == ERR_OK)
        e = tally_row(c->out, VISITS, "", &visits, f);
    if (e == ERR_OK)
        e = c->in->each(c->in->source, &kind_visit, count_visit, c, f);
    return e == ERR_OK ? c->in->each(c->in->source, &kind_progress, count_note, c, f) : e;
}

/* After all parts have been counted. */
static enum err count_commune(struct counting *c, struct fault *f)
{
    struct tally_row *row;
    bool any = false, lacks[PAST_DEADLINE + 1] = {false};
    enum err e = tally_row(c->out, STATE, "", &row, f);
    for (size_t i = 0; e == ERR_OK && i < c->plans.count; i++) {
        const struct plan *p = &c->list[i];
        if (!p->runs)
            continue;
        any = true;
        lacks[NO_MAIN_CAUSE] |= !p->main_cause;
        lacks[NO_REMEDY] |= p->remedied < p->causes;
        lacks[NO_OFFICER] |= !record_has(p->record, kind_field(&kind_plan, "officer"));
        lacks[NO_PROGRESS] |= !p->progress;
        lacks[PAST_DEADLINE] |= is_past(c, p);
    }
    if (e != ERR_OK || !c->in->below_target)
        return e;
    row->v[COMMUNES] = 1;
    row->v[WITH_PLAN] = any;
    row->v[NO_PLAN] = !any;
    for (int k = NO_MAIN_CAUSE; k <= NO_PROGRESS; k++)
        row->v[k] = lacks[k] || (!any && k != NO_REMEDY);
    row->v[PAST_DEADLINE] = lacks[PAST_DEADLINE];
    return ERR_OK;
}

static enum err rule(const struct tally_input *in, struct tally *out, struct fault *f)
{
    struct counting c = {.in = in, .out = out};
    struct tally_row *first;
    enum err e = load(&c, f);
    if (e == ERR_OK)
        e = tally_row(out, STATE, "", &first, f);
    if (e == ERR_OK)
        e = count_plans(&c, f);
    if (e == ERR_OK)
        e = count_causes(&c, f);
    if (e == ERR_OK)
        e = count_parts(&c, f);
    return e == ERR_OK ? count_commune(&c, f) : e;
}

const struct tally_report tally_plan = {.token = "plans",
                                        .label = {"Kế hoạch hỗ trợ", "Support plans"},
                                        .sections = sections,
                                        .section_count = SECTIONS,
                                        .rule = rule,
                                        .asks_target = true};
