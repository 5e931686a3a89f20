/* A support plan and its target, its officer, and what was done for it (guidance, tasks 8 and 10). A plan
 * keeps the key of its target, which stays when the target's title or threshold is corrected. */
#include "client/exchange.h"
#include "client/fit.h"
#include "client/selection.h"
#include "client/targets.h"
#include "common/date.h"
#include "common/os.h"
#include "common/text.h"
#include <string.h>

#define PLAN_FIELD(name) kind_field(&kind_plan, name)

static bool touches(const struct change *change, const char *name)
{
    return ((change->set | change->cleared) &
            field_bit(change->kind, (size_t)kind_field(change->kind, name))) != 0;
}

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "out of memory");
}

static const char *label_of(const struct client *c, const struct kind *kind, const char *name)
{
    return text_in(c->ui.lang, kind->fields[kind_field(kind, name)].label);
}

/* ---- the targets of the plan's commune ---- */

struct desk {
    struct identity who;
    bool is_pen; /* a province at the register of a commune; otherwise a commune at its own */
};

static enum err desk_of(struct client *c, struct desk *out, struct fault *f)
{
    enum err e = identity_load(c->book, &out->who, f);
    out->is_pen = e == ERR_OK && strcmp(out->who.role, "reporter") == 0 && out->who.unit_count > 0;
    return e;
}

static void desk_leave(struct desk *d)
{
    key_wipe(&d->who, sizeof d->who);
}

/* The pen asks the server and keeps the answer beside the register, as a commune's sync does. Without a link
 * the last answer must do. */
static enum err ask_targets(struct client *c, struct arena *a, const struct desk *d, struct fault *f)
{
    Hv__CommuneRequest commune = HV__COMMUNE_REQUEST__INIT;
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *reply;
    commune.code = arena_print(a, "%s", d->who.units[0].code);
    request.body_case = HV__REQUEST__BODY_COMMUNE;
    request.commune = &commune;
    enum err e = commune.code != NULL ? exchange_once(&d->who, &c->ui, a, &request, &reply, f) : no_memory(f);
    if (e == ERR_NO_LINK)
        return ERR_OK;
    if (e != ERR_OK)
        return e;
    bool is_answer = reply->body_case == HV__REPLY__BODY_COMMUNE && reply->commune->targets != NULL;
    return is_answer ? report_put(c->book, a, reply->commune->targets, f)
                     : fault(f, ERR_MALFORMED, "%s", code_words(ERR_MALFORMED, c->ui.lang));
}

static const Hv__TargetLine *line_by_key(const Hv__TargetReport *r, struct bytes key)
{
    for (size_t i = 0; r != NULL && i < r->n_line; i++) {
        const char *has = r->line[i]->key;
        if (has != NULL && strlen(has) == key.n && memcmp(has, key.p, key.n) == 0)
            return r->line[i];
    }
    return NULL;
}

const Hv__TargetLine *fit_plan_line(const Hv__TargetReport *r, const struct record *plan)
{
    return line_by_key(r, record_text(plan, PLAN_FIELD("target")));
}

/* ---- what a new or edited plan leaves to be found out ---- */

static enum err same_words(struct arena *a, const char *x, struct bytes fold, bool *same, struct fault *f)
{
    struct bytes other = {NULL, 0};
    if (x != NULL && text_fold(a, x, strlen(x), &other) != ERR_OK)
        return no_memory(f);
    *same = x != NULL && other.n == fold.n && memcmp(other.p, fold.p, fold.n) == 0;
    return ERR_OK;
}

/* By its number in the list of targets, its key, or its title, whatever its tones. */
static enum err line_named(struct arena *a, const Hv__TargetReport *r, struct bytes text,
                           const Hv__TargetLine **out, struct fault *f)
{
    struct bytes fold;
    size_t number = 0;
    for (size_t i = 0; i < text.n && text.n <= 3 && number != SIZE_MAX; i++)
        number = text.p[i] >= '0' && text.p[i] <= '9' ? 10 * number + (size_t)(text.p[i] - '0') : SIZE_MAX;
    *out = number > 0 && number <= r->n_line ? r->line[number - 1] : line_by_key(r, text);
    if (*out != NULL)
        return ERR_OK;
    enum err e = text_fold(a, (const char *)text.p, text.n, &fold) == ERR_OK ? ERR_OK : no_memory(f);
    for (size_t i = 0; e == ERR_OK && *out == NULL && i < r->n_line; i++) {
        bool same = false;
        e = same_words(a, r->line[i]->title, fold, &same, f);
        *out = same ? r->line[i] : NULL;
    }
    return e;
}

static enum err unknown_target(struct client *c, struct arena *a, const Hv__TargetReport *r,
                               struct bytes text, struct fault *f)
{
    const char *list = "";
    for (size_t i = 0; list != NULL && i < r->n_line; i++)
        list = arena_print(a, "%s%s%zu = %s", list, i > 0 ? "; " : "", i + 1, r->line[i]->title);
    if (list == NULL)
        return no_memory(f);
    const char *label = label_of(c, &kind_plan, "target");
    if (r->n_line == 0)
        return ui_fault(&c->ui, f, ERR_UNKNOWN_VALUE,
                        "%s: xã này chưa có chỉ tiêu nào; hãy bỏ trống mục này.",
                        "%s: no target applies to this commune; leave the field empty.", label);
    return ui_fault(&c->ui, f, ERR_UNKNOWN_VALUE,
                    "%s: xã không có chỉ tiêu nào là \"%.*s\"; hãy ghi số hoặc tên của một chỉ tiêu sau: %s.",
                    "%s: \"%.*s\" is no target of the commune; give the number or the title of one of these: "
                    "%s.",
                    label, (int)text.n, (const char *)text.p, list);
}

static const Hv__TargetLine *first_not_met(const Hv__TargetReport *r)
{
    for (size_t i = 0; i < r->n_line; i++)
        if (r->line[i]->decides && r->line[i]->verdict == HV__VERDICT_WORD__NOT_MET)
            return r->line[i];
    return NULL;
}

static enum err take_target(struct client *c, struct arena *a, const Hv__TargetReport *r,
                            struct change *change, bool creates, struct fault *f)
{
    const struct record given = {change->kind, change->id, change->set, change->values};
    struct bytes text = record_text(&given, PLAN_FIELD("target"));
    const Hv__TargetLine *line = NULL;
    bool is_given = touches(change, "target");
    enum err e = ERR_OK;
    if (is_given && text.n > 0)
        e = line_named(a, r, text, &line, f);
    else if (!is_given && creates)
        line = first_not_met(r);
    if (e == ERR_OK && text.n > 0 && line == NULL)
        return unknown_target(c, a, r, text, f);
    if (e != ERR_OK || line == NULL || line->key == NULL)
        return e;
    change_set_text(change, PLAN_FIELD("target"), line->key, strlen(line->key));
    if (creates && !touches(change, "figure") && line->has_missing && line->missing > 0 &&
        line->comparator != HV__COMPARATOR__AT_MOST && line->comparator != HV__COMPARATOR__BELOW)
        change_set_int(change, PLAN_FIELD("figure"), line->numerator + line->missing);
    return ERR_OK;
}

/* The day of a plan that says none is that of its being entered. */
static void take_day(struct change *change)
{
    int deadline = PLAN_FIELD("deadline");
    int32_t today = os_today();
    bool ends_before =
        (change->set & field_bit(&kind_plan, (size_t)deadline)) != 0 && change->values[deadline].i < today;
    if (!touches(change, "opened") && !ends_before)
        change_set_int(change, PLAN_FIELD("opened"), today);
}

static enum err prepare_plan(struct client *c, struct arena *a, const struct desk *d, struct change *change,
                             bool creates, struct fault *f)
{
    Hv__TargetReport *r;
    if (!d->is_pen)
        return ERR_OK;
    if (creates)
        take_day(change);
    if (!creates && !touches(change, "target") && !touches(change, "figure") && !touches(change, "deadline"))
        return ERR_OK;
    enum err e = ask_targets(c, a, d, f);
    if (e == ERR_OK)
        e = report_get(c->book, a, &r, f);
    return e == ERR_OK && r != NULL ? take_target(c, a, r, change, creates, f) : e;
}

/* Who proposes agrees. */
static void prepare_proposal(const struct desk *d, struct change *change)
{
    const char *own = d->is_pen ? "by_province" : "by_commune";
    if (!touches(change, own))
        change_set_int(change, kind_field(change->kind, own), true);
}

enum err fit_prepare(struct client *c, struct arena *a, struct change *change, bool creates, struct fault *f)
{
    bool is_plan = change->kind == &kind_plan;
    bool proposes = creates && (change->kind == &kind_cause || change->kind == &kind_remedy);
    struct desk d = {.is_pen = false};
    if (!is_plan && !proposes)
        return ERR_OK;
    enum err e = desk_of(c, &d, f);
    if (e == ERR_OK && is_plan)
        e = prepare_plan(c, a, &d, change, creates, f);
    else if (e == ERR_OK)
        prepare_proposal(&d, change);
    desk_leave(&d);
    return e;
}

/* ---- what is refused ---- */

static enum err check_deadline(struct client *c, struct arena *a, const struct change *change,
                               const struct record *r, struct fault *f)
{
    Hv__TargetReport *report;
    int32_t deadline = (int32_t)record_int(r, PLAN_FIELD("deadline"), 0);
    if (deadline == 0 || (!touches(change, "deadline") && !touches(change, "target")))
        return ERR_OK;
    enum err e = report_get(c->book, a, &report, f);
    const Hv__TargetLine *line = e == ERR_OK ? fit_plan_line(report, r) : NULL;
    if (line == NULL || !line->has_deadline || deadline <= line->deadline)
        return e;
    return ui_fault(&c->ui, f, ERR_BAD_DATE,
                    "%s: hạn của chỉ tiêu là %s; hạn của kế hoạch phải không muộn hơn, hãy sửa lại.",
                    "%s: the target's own deadline is %s; that of the plan must not be later, correct it.",
                    label_of(c, &kind_plan, "deadline"), targets_date(c, line->deadline));
}

static enum err check_step(struct client *c, struct arena *a, const struct change *change,
                           const struct record *r, struct fault *f)
{
    const struct id *id = record_id(r, kind_field(&kind_step, "plan_id"));
    int64_t done = record_int(r, kind_field(&kind_step, "done_on"), 0);
    struct record *plan;
    if (id == NULL || done == 0 || (!touches(change, "done_on") && !touches(change, "plan_id")))
        return ERR_OK;
    enum err e = book_find(c->book, a, &kind_plan, id, &plan, f);
    if (e != ERR_OK)
        return e == ERR_NO_SUCH_RECORD ? ERR_OK : e;
    int64_t opened = record_int(plan, PLAN_FIELD("opened"), 0);
    if (done >= opened)
        return ERR_OK;
    return ui_fault(&c->ui, f, ERR_BAD_DATE,
                    "%s: kế hoạch mới lập ngày %s, việc không thể xong trước đó; hãy xem lại ngày.",
                    "%s: the plan was opened on %s, no step of it was done before; check the date.",
                    label_of(c, &kind_step, "done_on"), targets_date(c, (int32_t)opened));
}

/* Visits and notes are of what has been. */
static enum err check_past(struct client *c, const struct change *change, const struct record *r,
                           struct fault *f)
{
    int64_t date = record_int(r, kind_field(r->kind, "date"), 0);
    if (!touches(change, "date") || date <= os_today())
        return ERR_OK;
    return ui_fault(&c->ui, f, ERR_BAD_DATE, "%s: %s chưa đến; hãy ghi ngày việc đã diễn ra.",
                    "%s: %s lies ahead; give the day on which it happened.", label_of(c, r->kind, "date"),
                    targets_date(c, (int32_t)date));
}

enum err fit_plan_check(struct client *c, struct arena *a, const struct change *change,
                        const struct record *r, struct fault *f)
{
    if (r->kind == &kind_plan)
        return check_deadline(c, a, change, r, f);
    if (r->kind == &kind_step)
        return check_step(c, a, change, r, f);
    return r->kind == &kind_visit || r->kind == &kind_progress ? check_past(c, change, r, f) : ERR_OK;
}
