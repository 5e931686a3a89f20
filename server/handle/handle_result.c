/* The table of results of a commune, a province or the centre, on some days. */
#include "common/date.h"
#include "common/plan.h"
#include "common/target.h"
#include "server/handle.h"
#include "server/result.h"
#include "server/store_tally.h"

#define DAYS_AT_MOST   13
#define CENTRE_AT_MOST 2

static enum err no_room(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the results");
}

/* Whether a unit that is not the caller's or below it exists is not told. */
static enum err find_unit(struct call *c, const char *code, struct unit_row *unit, struct fault *f)
{
    static const int levels[] = {LEVEL_COMMUNE, LEVEL_PROVINCE, LEVEL_CENTRE};
    enum err err = ERR_NO_SUCH_UNIT;
    bool below = false;
    if (code == NULL || code[0] == '\0')
        return fault(f, ERR_BAD_REQUEST, "the request names no unit");
    for (size_t i = 0; err == ERR_NO_SUCH_UNIT && i < sizeof levels / sizeof levels[0]; i++)
        err = store_unit_find(c->db, c->arena, code, levels[i], c->today, unit, f);
    if (err == ERR_OK)
        err = store_unit_below(c->db, c->arena, unit->id, c->caller->unit, &below, f);
    if (err == ERR_NO_SUCH_UNIT || (err == ERR_OK && !below))
        return fault(f, ERR_NOT_ALLOWED, "the caller's unit has no such unit below it");
    return err;
}

static enum err days_check(const Hv__ResultRequest *ask, int level, struct fault *f)
{
    size_t most = level == LEVEL_CENTRE ? CENTRE_AT_MOST : DAYS_AT_MOST;
    if (ask->n_day > most)
        return fault(f, ERR_BAD_REQUEST, "more than %zu days", most);
    for (size_t i = 0; i < ask->n_day; i++)
        if (!date_valid(ask->day[i], false))
            return fault(f, ERR_BAD_REQUEST, "day is no date");
    return ERR_OK;
}

/* ---- plans of a commune ---- */

struct plans {
    struct arena *arena;
    int32_t today;
    Hv__ResultReply *reply;
    size_t room;
};

static bool plans_room(struct plans *p)
{
    if (p->reply->n_plan < p->room)
        return true;
    size_t room = p->room == 0 ? 8 : 2 * p->room;
    Hv__ResultPlan **list = arena_zero(p->arena, room, sizeof *list);
    for (size_t i = 0; list != NULL && i < p->reply->n_plan; i++)
        list[i] = p->reply->plan[i];
    p->reply->plan = list;
    p->room = room;
    return list != NULL;
}

static char *text_of(struct arena *a, const struct record *r, const char *field)
{
    int i = kind_field(r->kind, field);
    return record_has(r, i) ? arena_copy(a, r->values[i].p, r->values[i].n) : NULL;
}

static enum err plan_take(void *context, const struct record *r, struct fault *f)
{
    struct plans *p = context;
    int figure = kind_field(&kind_plan, "figure");
    if (!plan_runs(r, p->today) || !record_has(r, figure) || !record_has(r, kind_field(&kind_plan, "target")))
        return ERR_OK;
    Hv__ResultPlan *plan = arena_zero(p->arena, 1, sizeof *plan);
    if (plan == NULL || !plans_room(p))
        return no_room(f);
    hv__result_plan__init(plan);
    plan->name = text_of(p->arena, r, "name");
    plan->target = text_of(p->arena, r, "target");
    plan->has_figure = 1;
    plan->figure = record_int(r, figure, 0);
    plan->deadline = (int32_t)record_int(r, kind_field(&kind_plan, "deadline"), 0);
    plan->has_deadline = plan->deadline != 0;
    p->reply->plan[p->reply->n_plan++] = plan;
    return plan->target != NULL ? ERR_OK : no_room(f);
}

static enum err plans_add(struct call *c, int32_t commune, Hv__ResultReply *reply, struct fault *f)
{
    struct plans plans = {.arena = c->arena, .today = c->today, .reply = reply};
    struct tally_source source = {.db = c->db, .arena = c->arena, .commune = commune};
    return store_tally_each(&source, &kind_plan, plan_take, &plans, f);
}

static enum err reply_make(struct call *c, const struct unit_row *unit, size_t days, Hv__ResultReply **out,
                           struct fault *f)
{
    Hv__ResultReply *reply = arena_zero(c->arena, 1, sizeof *reply);
    if (reply == NULL)
        return no_room(f);
    hv__result_reply__init(reply);
    reply->code = arena_print(c->arena, "%s", unit->code);
    reply->name = arena_print(c->arena, "%s", unit->name);
    reply->has_level = 1;
    reply->level = (uint32_t)unit->level;
    reply->day = arena_zero(c->arena, days, sizeof *reply->day);
    *out = reply;
    return reply->code != NULL && reply->name != NULL && reply->day != NULL ? ERR_OK : no_room(f);
}

enum err handle_result(struct call *c, struct fault *f)
{
    const Hv__ResultRequest *ask = c->request->result;
    const int32_t *days = ask->n_day > 0 ? ask->day : &c->today;
    size_t count = ask->n_day > 0 ? ask->n_day : 1;
    struct unit_row unit;
    Hv__ResultReply *reply = NULL;
    enum err err = find_unit(c, ask->code, &unit, f);
    if (err == ERR_OK)
        err = days_check(ask, unit.level, f);
    if (err == ERR_OK)
        err = reply_make(c, &unit, count, &reply, f);
    for (size_t i = 0; err == ERR_OK && i < count; i++) {
        err = result_rows(c->db, c->arena, &unit, days[i], ask->kept, &reply->day[i], f);
        reply->n_day++;
    }
    if (err == ERR_OK && unit.level == LEVEL_COMMUNE)
        err = plans_add(c, unit.id, reply, f);
    c->reply->body_case = HV__REPLY__BODY_RESULT;
    c->reply->result = reply;
    return err;
}
