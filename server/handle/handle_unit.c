/* What the province's pen asks beside its syncs: a commune's stream, and who has seen a notice. */
#include "common/change.h"
#include "common/wording.h"
#include "proto/record.pb-c.h"
#include "server/handle.h"
#include "server/report.h"
#include "server/store.h"
#include <string.h>

#define UNITS         4
#define COMMUNE_LEVEL 4

enum err units_reply(struct call *c, int32_t unit, Hv__Unit ***out, size_t *count, struct fault *f)
{
    struct unit_row rows[UNITS];
    enum err e = store_units_up(c->db, c->arena, unit, rows, count, f);
    if (e != ERR_OK)
        return e;
    *out = arena_zero(c->arena, *count + 1, sizeof **out);
    Hv__Unit *units = arena_zero(c->arena, *count + 1, sizeof *units);
    if (*out == NULL || units == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the units");
    for (size_t i = 0; i < *count; i++) {
        hv__unit__init(&units[i]);
        units[i].has_stream = units[i].has_level = true;
        units[i].stream = (uint32_t)rows[i].id;
        units[i].level = (uint32_t)rows[i].level;
        units[i].code = arena_print(c->arena, "%s", rows[i].code);
        units[i].name = arena_print(c->arena, "%s", rows[i].name);
        (*out)[i] = &units[i];
    }
    return ERR_OK;
}

enum err handle_unit(struct call *c, struct fault *f)
{
    const char *code = c->request->unit->code;
    struct unit_row found = {0};
    bool below = false;
    Hv__UnitReply *reply = arena_alloc(c->arena, sizeof *reply);
    if (reply == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the reply");
    hv__unit_reply__init(reply);
    if (code == NULL || code[0] == '\0')
        return fault(f, ERR_BAD_REQUEST, "the request names no unit");
    enum err e = store_unit_find(c->db, c->arena, code, COMMUNE_LEVEL, c->today, &found, f);
    if (e == ERR_OK)
        e = store_unit_below(c->db, c->arena, found.id, c->caller->unit, &below, f);
    if (e == ERR_NO_SUCH_UNIT || (e == ERR_OK && !below))
        return fault(f, ERR_NOT_ALLOWED, "the caller's unit has no such commune below it");
    if (e == ERR_OK)
        e = units_reply(c, found.id, &reply->unit, &reply->n_unit, f);
    c->reply->body_case = HV__REPLY__BODY_UNIT;
    c->reply->unit = reply;
    return e;
}

static enum err seen_reply(struct call *c, const struct seen_row *rows, size_t count, int64_t wording,
                           Hv__SeenReply *reply, struct fault *f)
{
    Hv__SeenRow *all = arena_zero(c->arena, count + 1, sizeof *all);
    reply->row = arena_zero(c->arena, count + 1, sizeof *reply->row);
    if (all == NULL || reply->row == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the reply");
    for (size_t i = 0; i < count; i++) {
        hv__seen_row__init(&all[i]);
        all[i].code = (char *)(uintptr_t)rows[i].code;
        all[i].name = (char *)(uintptr_t)rows[i].name;
        all[i].has_date = rows[i].day != 0;
        all[i].date = rows[i].day;
        all[i].has_older = rows[i].day != 0 && rows[i].wording != wording;
        all[i].older = true;
        reply->row[i] = &all[i];
    }
    reply->n_row = count;
    return ERR_OK;
}

static bool is_meant(int32_t audience, Hv__VerdictWord standing)
{
    if (audience == HV__AUDIENCE__COMMUNES_MET)
        return standing == HV__VERDICT_WORD__MET;
    return audience != HV__AUDIENCE__COMMUNES_NOT_MET || standing == HV__VERDICT_WORD__NOT_MET;
}

/* By how its communes stand today, as the clerk's program decides whom it shows a notice. */
static enum err mark_addressees(struct call *c, int32_t audience, Hv__SeenReply *reply, struct fault *f)
{
    Hv__ProvinceReport *province;
    enum err e = store_province_report(c->db, c->arena, c->caller->unit, c->today, &province, f);
    if (e == ERR_OK)
        e = report_province_decide(c->arena, province, f);
    for (size_t i = 0; e == ERR_OK && i < reply->n_row; i++)
        for (size_t k = 0; k < province->n_commune; k++)
            if (strcmp(province->commune[k]->code, reply->row[i]->code) == 0) {
                reply->row[i]->has_not_for = true;
                reply->row[i]->not_for = !is_meant(audience, province->commune[k]->standing);
            }
    return e;
}

/* A notice that is there: there are rows only then. */
static enum err say_seen(struct call *c, const struct id *notice, const struct seen_row *rows, size_t count,
                         Hv__SeenReply *reply, struct fault *f)
{
    struct stored stored;
    int64_t wording = WORDING_WITHDRAWN;
    enum err e = store_fetch(c->db, c->arena, &kind_notice, notice, 1, &stored, f);
    if (e == ERR_OK && !stored.found)
        e = fault(f, ERR_INTERNAL, "a notice that was there is not");
    if (e == ERR_OK)
        e = wording_of(c->arena, &stored.record, &wording);
    if (e == ERR_OK)
        e = seen_reply(c, rows, count, wording, reply, f);
    if (e != ERR_OK)
        return e;
    int64_t audience =
        record_int(&stored.record, kind_field(&kind_notice, "audience"), HV__AUDIENCE__ALL_COMMUNES);
    return audience != HV__AUDIENCE__ALL_COMMUNES ? mark_addressees(c, (int32_t)audience, reply, f) : ERR_OK;
}

enum err handle_seen(struct call *c, struct fault *f)
{
    const Hv__SeenRequest *r = c->request->seen;
    struct id notice;
    struct seen_row *rows;
    size_t count = 0;
    Hv__SeenReply *reply = arena_alloc(c->arena, sizeof *reply);
    if (reply == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the reply");
    hv__seen_reply__init(reply);
    if (r->notice.len != sizeof notice.b)
        return fault(f, ERR_BAD_REQUEST, "a notice has 16 bytes");
    memcpy(notice.b, r->notice.data, sizeof notice.b);
    enum err e = store_seen(c->db, c->arena, c->caller->unit, &notice, c->today, &rows, &count, f);
    if (e == ERR_OK && count > 0)
        e = say_seen(c, &notice, rows, count, reply, f);
    c->reply->body_case = HV__REPLY__BODY_SEEN;
    c->reply->seen = reply;
    return e;
}
