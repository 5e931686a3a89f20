/* Models (guidance, task 5: review them, draw lessons, replicate the good ones).
 *
 * All of it is as of the last day. A model is there when it had started by then; an incomplete date counts on
 * its last possible day, here and for replications. Nothing tells that a model has ended. A review, its
 * verdict with it, counts from its date; a verdict without a date counts. A model is not reviewed for a year
 * when 12 months have passed since its review, or since its start when it never was: on the day after, not on
 * the anniversary itself. A replication counts when its model is there. */
#include "common/change.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/heads.h"
#include "common/named_groups.h"
#include "common/tally_rules.h"
#include "proto/record.pb-c.h"

#define REVIEW_MONTHS 12

enum { TOTAL, TOPIC, YEAR, MODEL, SECTIONS };
enum {
    MODELS,
    STARTED,
    REVIEWED,
    EFFECTIVE,
    NOT_EFFECTIVE,
    NOT_REVIEWED,
    REPLICATED,
    REPLICATIONS,
    REPLICATIONS_PERIOD
};
enum { Y_STARTED, Y_REVIEWED, Y_REPLICATIONS };
enum { M_STARTED, M_REVIEWED, M_EFFECTIVE, M_NOT_EFFECTIVE, M_NOT_REVIEWED, M_REPLICATIONS };

#define END_OF_COLUMNS                                                                                       \
    {                                                                                                        \
        NULL, {NULL, NULL}, -1                                                                               \
    }
#define MODEL_COLUMNS                                                                                        \
    {                                                                                                        \
        {"models", {"Mô hình", "Models"}, -1},                                                               \
            {"started", {"Bắt đầu trong kỳ", "Started in the period"}, MODELS},                              \
            {"reviewed", {"Sơ kết, tổng kết trong kỳ", "Reviewed in the period"}, MODELS},                   \
            {"effective", {"Hiệu quả", "Effective"}, MODELS},                                                \
            {"not-effective", {"Không hiệu quả", "Not effective"}, MODELS},                                  \
            {"not-reviewed", {"Quá 12 tháng chưa sơ kết", "Not reviewed for 12 months"}, MODELS},            \
            {"replicated", {"Đã nhân rộng", "Replicated"}, MODELS},                                          \
            {"replications", {"Số lần nhân rộng", "Times replicated"}, -1},                                  \
            {"replications-in-period", {"Nhân rộng trong kỳ", "Times in the period"}, -1}, END_OF_COLUMNS    \
    }

static const struct tally_section sections[SECTIONS] = {
    [TOTAL] = {.token = "all", .label = {"Mô hình", "Models"}, .columns = MODEL_COLUMNS},
    [TOPIC] = {.token = "topic",
               .label = {"Theo lĩnh vực", "By topic"},
               .keys = topic_codes,
               .columns = MODEL_COLUMNS},
    [YEAR] = {.token = "year",
              .label = {"Trong kỳ, theo năm", "In the period, by year"},
              .columns = {{"started", {"Bắt đầu", "Started"}, -1},
                          {"reviewed", {"Sơ kết, tổng kết", "Reviewed"}, -1},
                          {"replications", {"Số lần nhân rộng", "Times replicated"}, -1},
                          END_OF_COLUMNS}},
    [MODEL] = {.token = "model",
               .label = {"Từng mô hình", "Each model"},
               .detail = true,
               .columns = {{"started", {"Bắt đầu", "Started"}, TALLY_DATE},
                           {"reviewed", {"Sơ kết, tổng kết", "Reviewed"}, TALLY_DATE},
                           {"effective", {"Hiệu quả", "Effective"}, -1},
                           {"not-effective", {"Không hiệu quả", "Not effective"}, -1},
                           {"not-reviewed", {"Quá 12 tháng chưa sơ kết", "Not reviewed for 12 months"}, -1},
                           {"replications", {"Số lần nhân rộng", "Times replicated"}, -1},
                           END_OF_COLUMNS}},
};

/* What replications say of one model. */
struct spread {
    int64_t times;
    int64_t in_period;
};

struct work {
    const struct tally_input *in;
    struct tally *out;
    struct named_groups models;
    struct spread *spread; /* of each model */
};

static int32_t date_of(const struct record *r, const char *field)
{
    return (int32_t)record_int(r, kind_field(r->kind, field), 0);
}

static bool is_there(const struct work *w, const struct record *model)
{
    return date_last_day(date_of(model, "started")) <= w->in->day;
}

/* 0: not by the last day. */
static int32_t reviewed_on(const struct work *w, const struct record *model)
{
    int32_t reviewed = date_of(model, "reviewed");
    return reviewed <= w->in->day ? reviewed : 0;
}

/* 0: none by the last day. */
static int64_t effect_of(const struct work *w, const struct record *model)
{
    return date_of(model, "reviewed") <= w->in->day ? record_int(model, kind_field(&kind_model, "effect"), 0)
                                                    : 0;
}

static bool lacks_review(const struct work *w, const struct record *model)
{
    int32_t last = reviewed_on(w, model);
    if (last == 0)
        last = date_last_day(date_of(model, "started"));
    return date_add_months(last, REVIEW_MONTHS) < w->in->day;
}

static enum err count_year(struct work *w, int32_t day, int column, struct fault *f)
{
    const char *key = arena_print(w->in->arena, "%d", day / 10000);
    if (key == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the models");
    return tally_add(w->out, YEAR, key, column, 1, f);
}

static enum err count_replication(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    int32_t day = date_last_day(date_of(r, "date"));
    size_t i = named_groups_find(&w->models, record_id(r, kind_field(&kind_replication, "model_id")));
    if (i == w->models.count || !is_there(w, w->models.list[i].record) || day > w->in->day)
        return ERR_OK;
    w->spread[i].times++;
    if (day < w->in->from)
        return ERR_OK;
    w->spread[i].in_period++;
    return count_year(w, day, Y_REPLICATIONS, f);
}

static enum err count_in(struct work *w, size_t section, const char *key, size_t model, struct fault *f)
{
    struct tally_row *row;
    const struct record *r = w->models.list[model].record;
    const struct spread *spread = &w->spread[model];
    if (key == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the models");
    enum err e = tally_row(w->out, section, key, &row, f);
    if (e != ERR_OK)
        return e;
    row->v[MODELS]++;
    row->v[STARTED] += period_holds(w->in, date_of(r, "started"));
    row->v[REVIEWED] += period_holds(w->in, date_of(r, "reviewed"));
    row->v[EFFECTIVE] += effect_of(w, r) == HV__EFFECT__EFFECTIVE;
    row->v[NOT_EFFECTIVE] += effect_of(w, r) == HV__EFFECT__NOT_EFFECTIVE;
    row->v[NOT_REVIEWED] += lacks_review(w, r);
    row->v[REPLICATED] += spread->times > 0;
    row->v[REPLICATIONS] += spread->times;
    row->v[REPLICATIONS_PERIOD] += spread->in_period;
    return ERR_OK;
}

static enum err list_model(struct work *w, size_t model, struct fault *f)
{
    struct tally_row *row;
    const struct record *r = w->models.list[model].record;
    enum err e = tally_row(w->out, MODEL, w->models.list[model].name, &row, f);
    if (e != ERR_OK)
        return e;
    row->v[M_STARTED] = date_of(r, "started");
    row->v[M_REVIEWED] = reviewed_on(w, r);
    row->v[M_EFFECTIVE] = effect_of(w, r) == HV__EFFECT__EFFECTIVE;
    row->v[M_NOT_EFFECTIVE] = effect_of(w, r) == HV__EFFECT__NOT_EFFECTIVE;
    row->v[M_NOT_REVIEWED] = lacks_review(w, r);
    row->v[M_REPLICATIONS] = w->spread[model].times;
    return ERR_OK;
}

static enum err count_model(struct work *w, size_t model, struct fault *f)
{
    const struct record *r = w->models.list[model].record;
    int32_t started = date_of(r, "started"), reviewed = date_of(r, "reviewed");
    if (!is_there(w, r))
        return ERR_OK;
    enum err e = count_in(w, TOTAL, "", model, f);
    if (e == ERR_OK)
        e = count_in(w, TOPIC, row_key_of(w->in->arena, r, "topic"), model, f);
    if (e == ERR_OK && period_holds(w->in, started))
        e = count_year(w, date_last_day(started), Y_STARTED, f);
    if (e == ERR_OK && period_holds(w->in, reviewed))
        e = count_year(w, reviewed, Y_REVIEWED, f);
    return e == ERR_OK ? list_model(w, model, f) : e;
}

static enum err rule(const struct tally_input *in, struct tally *out, struct fault *f)
{
    struct work w = {.in = in, .out = out};
    struct tally_row *row;
    enum err e = named_records_load(in, &kind_model, &w.models, f);
    if (e == ERR_OK)
        e = tally_row(out, TOTAL, "", &row, f);
    if (e == ERR_OK)
        e = tally_rows_of_codes(out, &tally_model, TOPIC, f);
    w.spread = arena_zero(in->arena, w.models.count + 1, sizeof *w.spread);
    if (e == ERR_OK && w.spread == NULL)
        e = fault(f, ERR_NO_MEMORY, "no memory for the models");
    if (e == ERR_OK)
        e = in->each(in->source, &kind_replication, count_replication, &w, f);
    for (size_t i = 0; e == ERR_OK && i < w.models.count; i++)
        e = count_model(&w, i, f);
    return e;
}

const struct tally_report tally_model = {
    .token = "models",
    .label = {"Mô hình và nhân rộng mô hình", "Models and their replication"},
    .sections = sections,
    .section_count = SECTIONS,
    .rule = rule};
