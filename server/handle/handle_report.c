/* Reports: a commune's own targets, and what a reporter may ask of her province. */
#include "common/date.h"
#include "common/target.h"
#include "server/handle.h"
#include "server/report.h"
#include "server/store_month.h"
#include "server/support_rows.h"

enum { LEVEL_PROVINCE = 2, LEVEL_COMMUNE = 4 };

enum err handle_target(struct call *c, struct fault *f)
{
    const Hv__TargetRequest *ask = c->request->target;
    Hv__TargetReport *report;
    enum err err = store_target_report(c->db, c->arena, c->caller->unit, c->today, &report, f);
    if (err != ERR_OK)
        return err;
    report_target_decide(report);
    if (ask->has_digest && ask->digest == wire_report_digest(c->arena, report))
        hv__target_report__init(report);
    c->reply->body_case = HV__REPLY__BODY_TARGET;
    c->reply->target = report;
    return ERR_OK;
}

/* The unit that is asked for, if it is the caller's or lies below it. Whether a unit elsewhere exists is not
 * told. */
static enum err unit_allowed(const struct call *c, const char *code, int level, int32_t *unit,
                             struct fault *f)
{
    struct unit_row found;
    bool below = false;
    if (code == NULL || code[0] == '\0')
        return fault(f, ERR_BAD_REQUEST, "the request names no unit");
    enum err err = store_unit_find(c->db, c->arena, code, level, c->today, &found, f);
    if (err == ERR_OK)
        err = store_unit_below(c->db, c->arena, found.id, c->caller->unit, &below, f);
    if (err == ERR_NO_SUCH_UNIT || (err == ERR_OK && !below))
        return fault(f, ERR_NOT_ALLOWED, "the caller's unit has no such unit below it");
    *unit = found.id;
    return err;
}

static enum err day_asked(const struct call *c, bool given, int32_t as_of, int32_t *day, struct fault *f)
{
    *day = given ? as_of : c->today;
    return date_valid(*day, false) ? ERR_OK : fault(f, ERR_BAD_REQUEST, "as_of is no date");
}

enum err handle_province(struct call *c, struct fault *f)
{
    const Hv__ProvinceRequest *ask = c->request->province;
    int32_t unit, day;
    Hv__ProvinceReport *report;
    enum err err = day_asked(c, ask->has_as_of, ask->as_of, &day, f);
    if (err == ERR_OK)
        err = unit_allowed(c, ask->code, LEVEL_PROVINCE, &unit, f);
    if (err == ERR_OK)
        err = store_province_report(c->db, c->arena, unit, day, &report, f);
    if (err == ERR_OK && ask->kept)
        err = store_month_province(c->db, c->arena, unit, report, f);
    if (err == ERR_OK)
        err = report_province_decide(c->arena, report, f);
    if (err == ERR_OK && ask->support)
        err = support_rows_add(c->db, c->arena, unit, report, f);
    if (err != ERR_OK)
        return err;
    c->reply->body_case = HV__REPLY__BODY_PROVINCE;
    c->reply->province = report;
    return ERR_OK;
}

enum err handle_commune(struct call *c, struct fault *f)
{
    const Hv__CommuneRequest *ask = c->request->commune;
    int32_t unit, day;
    Hv__CommuneReport *report;
    enum err err = day_asked(c, ask->has_as_of, ask->as_of, &day, f);
    if (err == ERR_OK)
        err = unit_allowed(c, ask->code, LEVEL_COMMUNE, &unit, f);
    if (err == ERR_OK)
        err = store_commune_report(c->db, c->arena, unit, day, &report, f);
    if (err == ERR_OK && ask->kept)
        err = store_month_target(c->db, c->arena, unit, report->targets, f);
    if (err != ERR_OK)
        return err;
    report_target_decide(report->targets);
    report->has_standing = 1;
    report->standing = target_standing(report->targets->line, report->targets->n_line);
    c->reply->body_case = HV__REPLY__BODY_COMMUNE;
    c->reply->commune = report;
    return ERR_OK;
}
