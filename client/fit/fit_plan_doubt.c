/* What is doubtful in a support plan and stands; and how far the plan has come, for whoever looks at it. */
#include "client/fit.h"
#include "client/selection.h"
#include "client/targets.h"
#include "common/text.h"
#include "proto/record.pb-c.h"
#include <string.h>

#define PLAN_FIELD(name) kind_field(&kind_plan, name)

/* ---- the figure ---- */

static void doubt_figure(struct client *c, const struct record *r, const Hv__TargetLine *line, char *out,
                         size_t size)
{
    static const struct text_pair reached = {
        "%s: %s đã đạt rồi, hôm nay là %s; hãy xem lại số cần đạt.",
        "%s: %s is reached already, today there are %s; check the figure to reach."};
    static const struct text_pair low = {"%s: %s chưa đủ để đạt chỉ tiêu, cần %s; hãy xem lại số cần đạt.",
                                         "%s: %s does not meet the target, which needs %s; check the figure "
                                         "to reach."};
    int64_t figure = record_int(r, PLAN_FIELD("figure"), 0), needs = line->numerator + line->missing;
    bool is_reached = figure <= line->numerator;
    if (!record_has(r, PLAN_FIELD("figure")) || !line->has_missing || line->missing < 0 ||
        (!is_reached && figure >= needs))
        return;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(out, size, text_in(c->ui.lang, is_reached ? reached : low),
             text_in(c->ui.lang, kind_plan.fields[PLAN_FIELD("figure")].label), targets_count(c, figure),
             targets_count(c, is_reached ? line->numerator : needs));
#pragma GCC diagnostic pop
}

/* ---- the plan itself ---- */

static bool is_met(const Hv__TargetReport *report)
{
    return report != NULL && target_standing(report->line, report->n_line) == HV__VERDICT_WORD__MET;
}

static void doubt_plan(struct client *c, const struct record *r, const Hv__TargetReport *report, char *out,
                       size_t size)
{
    static const struct text_pair met = {
        "Xã đã đạt chỉ tiêu nên không cần kế hoạch hỗ trợ; hãy xem lại có đúng xã này không.",
        "The commune has met its target and needs no support plan; check whether it is the right one."};
    static const struct text_pair endless = {"Kế hoạch đang thực hiện mà chưa có hạn; hãy ghi hạn.",
                                             "The plan is running without a deadline; give it one."};
    int64_t state = record_int(r, PLAN_FIELD("state"), HV__PLAN_STATE__DRAFT);
    bool runs = state == HV__PLAN_STATE__RUNNING, is_over = !runs && state != HV__PLAN_STATE__DRAFT;
    const struct text_pair *words = !is_over && is_met(report)                       ? &met
                                    : runs && !record_has(r, PLAN_FIELD("deadline")) ? &endless
                                                                                     : NULL;
    if (words != NULL)
        snprintf(out, size, "%s", text_in(c->ui.lang, *words));
}

/* ---- the officer in charge ---- */

struct search {
    struct client *client;
    struct book *own; /* the province's register */
    const char *code; /* of the commune */
    struct bytes fold;
    bool found;
};

static bool names_code(struct bytes list, const char *code)
{
    size_t n = strlen(code);
    for (size_t i = 0; i + n <= list.n; i++)
        if (memcmp(list.p + i, code, n) == 0)
            return true;
    return false;
}

static enum err look_at_post(void *context, const struct record *post, struct fault *f)
{
    struct search *s = context;
    const struct id *id = record_id(post, kind_field(&kind_post, "officer_id"));
    struct bytes fold;
    struct record *officer;
    if (id == NULL || !names_code(record_text(post, kind_field(&kind_post, "communes")), s->code))
        return ERR_OK;
    enum err e = book_find(s->own, s->client->arena, &kind_officer, id, &officer, f);
    if (e != ERR_OK)
        return e == ERR_NO_SUCH_RECORD ? ERR_OK : e;
    struct bytes name = record_text(officer, kind_field(&kind_officer, "name"));
    if (text_fold(s->client->arena, (const char *)name.p, name.n, &fold) != ERR_OK)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    s->found |= fold.n == s->fold.n && memcmp(fold.p, s->fold.p, fold.n) == 0;
    return ERR_OK;
}

/* The province's own register holds those of its communes below it: FOLDER/streams/CODE. */
static enum err search_own(struct search *s, struct fault *f)
{
    const char *folder = arena_print(s->client->arena, "%s/../..", s->client->folder);
    struct book_filter posts = {.kind = &kind_post, .missing_field = -1};
    if (folder == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    enum err e = book_open(&s->own, &s->client->ui, folder, false, f);
    if (e == ERR_OK)
        e = book_each(s->own, s->client->arena, &posts, look_at_post, s, f);
    book_close(&s->own);
    return e;
}

static enum err doubt_officer(struct client *c, const struct record *r, const char *code, char *out,
                              size_t size, struct fault *f)
{
    struct bytes name = record_text(r, PLAN_FIELD("officer"));
    struct search s = {.client = c, .code = code};
    if (name.n == 0)
        return ERR_OK;
    if (text_fold(c->arena, (const char *)name.p, name.n, &s.fold) != ERR_OK)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    enum err e = search_own(&s, f);
    if (e != ERR_OK || s.found)
        return e;
    const char *label = text_in(c->ui.lang, kind_plan.fields[PLAN_FIELD("officer")].label);
    if (c->ui.lang == LANG_EN)
        snprintf(out, size,
                 "%s: no officer %.*s of the province has a post that assigns commune %s; record it: "
                 "hoivien-report post add --officer '%.*s' --type province-officer --communes %s",
                 label, (int)name.n, (const char *)name.p, code, (int)name.n, (const char *)name.p, code);
    else
        snprintf(out, size,
                 "%s: trong sổ của tỉnh chưa có cán bộ %.*s được phân công xã %s; hãy ghi: hoivien-report "
                 "post add --officer '%.*s' --type province-officer --communes %s",
                 label, (int)name.n, (const char *)name.p, code, (int)name.n, (const char *)name.p, code);
    return ERR_OK;
}

enum err fit_plan_doubt(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                        struct fault *f)
{
    struct identity who;
    Hv__TargetReport *report = NULL;
    enum err e = identity_load(c->book, &who, f);
    bool is_pen = e == ERR_OK && strcmp(who.role, "reporter") == 0 && who.unit_count > 0;
    const char *code = is_pen ? arena_print(a, "%s", who.units[0].code) : NULL;
    key_wipe(&who, sizeof who);
    if (e != ERR_OK || code == NULL)
        return e;
    e = report_get(c->book, a, &report, f);
    const Hv__TargetLine *line = e == ERR_OK ? fit_plan_line(report, r) : NULL;
    if (e == ERR_OK)
        doubt_plan(c, r, report, out, size);
    if (line != NULL && *out == '\0')
        doubt_figure(c, r, line, out, size);
    return e == ERR_OK && *out == '\0' ? doubt_officer(c, r, code, out, size, f) : e;
}

/* ---- how far it has come ---- */

enum err fit_plan_show(struct client *c, const struct record *r, struct fault *f)
{
    Hv__TargetReport *report;
    enum err e = report_get(c->book, c->arena, &report, f);
    const Hv__TargetLine *line = e == ERR_OK ? fit_plan_line(report, r) : NULL;
    if (line == NULL)
        return e;
    ui_say(&c->ui, "  Chỉ tiêu %s: %s; hạn %s.", "  Target %s: %s; deadline %s.", line->key, line->title,
           targets_date(c, line->deadline));
    int64_t figure = record_int(r, PLAN_FIELD("figure"), 0);
    if (figure > 0)
        ui_say(&c->ui, "  Đã có %s trên %s cần đạt (báo cáo ngày %s).",
               "  There are %s of the %s to reach (report of %s).", targets_count(c, line->numerator),
               targets_count(c, figure), targets_date(c, report->as_of));
    return ERR_OK;
}
