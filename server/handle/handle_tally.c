/* Figures beyond targets: the shared rules run over each commune's records, and a province's figures are the
 * sums of its communes' and of what it keeps itself. */
#include "common/tally.h"
#include "common/target.h"
#include "server/handle.h"
#include "server/report.h"
#include "server/store_tally.h"
#include <string.h>

enum { LEVEL_PROVINCE = 2, LEVEL_COMMUNE = 4 };

/* What the rules keep of one commune. */
#define COMMUNE_ARENA ((size_t)256 << 20)

/* Left beside the report in a message. */
#define ENVELOPE ((size_t)1 << 10)

#define ARENA __attribute__((cleanup(arena_cleanup))) struct arena *

struct tallying {
    struct call *call;
    const struct tally_report *report;
    struct unit_row unit;
    int32_t from, day;
    int regular_percent;
    struct tally_commune *communes;
    size_t commune_count;
    Hv__ProvinceReport *standings; /* of a province's communes; NULL: not asked for */
    struct arena *work;            /* of one commune, reset between them */
    struct tally figures;          /* of the unit that is asked for */
    Hv__TallyReport *reply;
};

static enum err no_room(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the figures");
}

static enum err read_request(struct tallying *t, struct fault *f)
{
    const Hv__TallyRequest *ask = t->call->request->tally;
    t->report = ask->report != NULL ? tally_report_by_token(ask->report) : NULL;
    if (t->report == NULL || t->report->rule == NULL)
        return fault(f, ERR_BAD_REQUEST, "this server has no such report");
    if (ask->code == NULL || ask->code[0] == '\0')
        return fault(f, ERR_BAD_REQUEST, "the request names no unit");
    t->from = ask->from;
    t->day = ask->day;
    if (!tally_period(t->call->today, &t->from, &t->day))
        return fault(f, ERR_BAD_REQUEST, "from and day are no period");
    if (ask->has_regular_percent && ask->regular_percent > 100)
        return fault(f, ERR_BAD_REQUEST, "regular_percent is beyond 100");
    t->regular_percent = (int)ask->regular_percent;
    return ask->has_regular_percent ? ERR_OK
                                    : store_setting(t->call->db, t->call->arena, "regular_percent",
                                                    TALLY_REGULAR_PERCENT, &t->regular_percent, f);
}

/* Whether a unit that is not the caller's or below it exists is not told. */
static enum err find_unit(struct tallying *t, struct fault *f)
{
    static const int levels[] = {LEVEL_COMMUNE, LEVEL_PROVINCE};
    struct call *c = t->call;
    enum err err = ERR_NO_SUCH_UNIT;
    bool below = false;
    for (size_t i = 0; err == ERR_NO_SUCH_UNIT && i < sizeof levels / sizeof levels[0]; i++)
        err = store_unit_find(c->db, c->arena, c->request->tally->code, levels[i], c->today, &t->unit, f);
    if (err == ERR_OK)
        err = store_unit_below(c->db, c->arena, t->unit.id, c->caller->unit, &below, f);
    if (err == ERR_NO_SUCH_UNIT || (err == ERR_OK && !below))
        return fault(f, ERR_NOT_ALLOWED, "the caller's unit has no such unit below it");
    return err;
}

/* ---- what is counted becomes the reply ---- */

static size_t column_count(const struct tally_section *s)
{
    size_t n = 0;
    while (s->columns[n].token != NULL)
        n++;
    return n;
}

static size_t columns_of(const struct tallying *t, const struct tally_row *row)
{
    return column_count(&t->report->sections[row->section]);
}

static bool is_zero(const struct tally_row *row)
{
    for (size_t i = 0; i < TALLY_COLUMNS; i++)
        if (row->v[i] != 0)
            return false;
    return true;
}

static enum err add_part(struct tallying *t, const struct tally_row *row, Hv__TallyUnit *unit,
                         struct fault *f)
{
    struct tally_row *sum;
    Hv__TallyPart *part = arena_zero(t->call->arena, 1, sizeof *part);
    enum err err = part != NULL ? tally_row(&t->figures, row->section, row->key, &sum, f) : no_room(f);
    if (err != ERR_OK)
        return err;
    hv__tally_part__init(part);
    part->has_row = 1;
    part->row = (uint32_t)(sum - t->figures.rows);
    part->n_v = columns_of(t, row);
    part->v = arena_copy(t->call->arena, row->v, part->n_v * sizeof *part->v);
    unit->part[unit->n_part++] = part;
    return part->v != NULL ? ERR_OK : no_room(f);
}

/* The commune, or the province itself, in the province's report; its rows have been added to the sums. */
static enum err add_unit(struct tallying *t, const struct tally_commune *c, const struct tally *own,
                         struct fault *f)
{
    Hv__TallyUnit *u = arena_zero(t->call->arena, 1, sizeof *u);
    enum err err = ERR_OK;
    if (u == NULL)
        return no_room(f);
    hv__tally_unit__init(u);
    u->code = (char *)(uintptr_t)c->code;
    u->name = (char *)(uintptr_t)c->name;
    u->has_own = c->id == t->unit.id;
    u->own = c->id == t->unit.id;
    u->district_code = (char *)(uintptr_t)c->district_code;
    u->district_name = (char *)(uintptr_t)c->district_name;
    u->part = arena_zero(t->call->arena, own->count + 1, sizeof *u->part);
    if (u->part == NULL)
        return no_room(f);
    for (size_t i = 0; err == ERR_OK && i < own->count; i++)
        if (!t->report->sections[own->rows[i].section].detail && !is_zero(&own->rows[i]))
            err = add_part(t, &own->rows[i], u, f);
    t->reply->unit[t->reply->n_unit++] = u;
    return err;
}

static enum err add_section(struct tallying *t, const struct tally_section *s, struct fault *f)
{
    Hv__TallySection *x = arena_zero(t->call->arena, 1, sizeof *x);
    if (x == NULL)
        return no_room(f);
    hv__tally_section__init(x);
    x->token = (char *)(uintptr_t)s->token;
    x->column = arena_zero(t->call->arena, TALLY_COLUMNS, sizeof *x->column);
    if (x->column == NULL)
        return no_room(f);
    for (; s->columns[x->n_column].token != NULL; x->n_column++)
        x->column[x->n_column] = (char *)(uintptr_t)s->columns[x->n_column].token;
    t->reply->section[t->reply->n_section++] = x;
    return ERR_OK;
}

static enum err add_row(struct tallying *t, struct tally_row *row, struct fault *f)
{
    Hv__TallyRow *x = arena_zero(t->call->arena, 1, sizeof *x);
    if (x == NULL)
        return no_room(f);
    hv__tally_row__init(x);
    x->has_section = 1;
    x->section = (uint32_t)row->section;
    x->key = (char *)(uintptr_t)row->key;
    x->n_v = columns_of(t, row);
    x->v = row->v;
    t->reply->row[t->reply->n_row++] = x;
    return ERR_OK;
}

static enum err begin_reply(struct tallying *t, struct fault *f)
{
    Hv__TallyReport *r = arena_zero(t->call->arena, 1, sizeof *r);
    if (r == NULL)
        return no_room(f);
    hv__tally_report__init(r);
    r->code = (char *)(uintptr_t)t->unit.code;
    r->name = (char *)(uintptr_t)t->unit.name;
    r->report = (char *)(uintptr_t)t->report->token;
    r->has_level = r->has_from = r->has_day = 1;
    r->level = (uint32_t)t->unit.level;
    r->from = t->from;
    r->day = t->day;
    r->section = arena_zero(t->call->arena, t->report->section_count + 1, sizeof *r->section);
    r->unit = arena_zero(t->call->arena, t->commune_count + 2, sizeof *r->unit);
    t->reply = r;
    return r->section != NULL && r->unit != NULL ? ERR_OK : no_room(f);
}

static enum err end_reply(struct tallying *t, struct fault *f)
{
    enum err err = ERR_OK;
    t->reply->row = arena_zero(t->call->arena, t->figures.count + 1, sizeof *t->reply->row);
    if (t->reply->row == NULL)
        return no_room(f);
    for (size_t i = 0; err == ERR_OK && i < t->report->section_count; i++)
        err = add_section(t, &t->report->sections[i], f);
    for (size_t i = 0; err == ERR_OK && i < t->figures.count; i++)
        err = add_row(t, &t->figures.rows[i], f);
    if (err == ERR_OK && hv__tally_report__get_packed_size(t->reply) > WIRE_MAX_MESSAGE - ENVELOPE)
        err = fault(f, ERR_TOO_LARGE, "the figures of %zu communes do not fit into a message; ask by commune",
                    t->commune_count);
    t->call->reply->body_case = HV__REPLY__BODY_TALLY;
    t->call->reply->tally = t->reply;
    return err;
}

/* ---- counting ---- */

/* The commune's own report decides as that of its province does. */
static enum err commune_standing(struct tallying *t, bool *below, struct fault *f)
{
    struct call *c = t->call;
    Hv__TargetReport *r;
    enum err err = store_target_report(c->db, c->arena, t->unit.id, t->day, &r, f);
    if (err != ERR_OK)
        return err;
    report_target_decide(r);
    *below = target_standing(r->line, r->n_line) == HV__VERDICT_WORD__NOT_MET;
    return ERR_OK;
}

static enum err standings_read(struct tallying *t, struct fault *f)
{
    struct call *c = t->call;
    if (!t->report->asks_target || t->unit.level == LEVEL_COMMUNE)
        return ERR_OK;
    enum err err = store_province_report(c->db, c->arena, t->unit.id, t->day, &t->standings, f);
    return err == ERR_OK ? report_province_decide(c->arena, t->standings, f) : err;
}

static bool is_below_target(const struct tallying *t, const struct tally_commune *c)
{
    for (size_t i = 0; t->standings != NULL && i < t->standings->n_commune; i++)
        if (strcmp(t->standings->commune[i]->code, c->code) == 0)
            return t->standings->commune[i]->standing == HV__VERDICT_WORD__NOT_MET;
    return false;
}

/* Adds a commune, or what the province keeps itself, to the province's figures. */
static enum err count_part(struct tallying *t, const struct tally_commune *c, const struct tally_input *in,
                           struct fault *f)
{
    struct tally own = {.arena = t->work};
    enum err err = t->report->rule(in, &own, f);
    if (err == ERR_OK)
        err = tally_sum(&t->figures, t->report, &own, f);
    if (err == ERR_OK)
        err = add_unit(t, c, &own, f);
    arena_reset(t->work);
    return err;
}

static enum err count_commune(struct tallying *t, const struct tally_commune *c, struct fault *f)
{
    struct tally_source source = {.db = t->call->db, .arena = t->work, .commune = c->id};
    struct tally_input in = {.arena = t->work,
                             .of_province = c->id == t->unit.id && t->unit.level == LEVEL_PROVINCE,
                             .below_target = is_below_target(t, c),
                             .from = t->from,
                             .day = t->day,
                             .regular_percent = t->regular_percent,
                             .source = &source,
                             .each = store_tally_each,
                             .above = store_tally_above};
    if (t->unit.level != LEVEL_COMMUNE)
        return count_part(t, c, &in, f);
    enum err err = t->report->asks_target ? commune_standing(t, &in.below_target, f) : ERR_OK;
    return err == ERR_OK ? t->report->rule(&in, &t->figures, f) : err;
}

static enum err count_own(struct tallying *t, struct fault *f)
{
    const struct tally_commune own = {.id = t->unit.id, .code = t->unit.code, .name = t->unit.name};
    bool has_own = t->unit.level == LEVEL_PROVINCE && t->report->also_province;
    return has_own ? count_commune(t, &own, f) : ERR_OK;
}

enum err handle_tally(struct call *c, struct fault *f)
{
    ARENA work = arena_make(COMMUNE_ARENA);
    struct tallying t = {.call = c, .work = work, .figures = {.arena = c->arena}};
    if (work == NULL)
        return no_room(f);
    enum err err = read_request(&t, f);
    if (err == ERR_OK)
        err = find_unit(&t, f);
    if (err == ERR_OK)
        err = store_tally_communes(c->db, c->arena, t.unit.id, t.day, &t.communes, &t.commune_count, f);
    if (err == ERR_OK)
        err = standings_read(&t, f);
    if (err == ERR_OK)
        err = begin_reply(&t, f);
    for (size_t i = 0; err == ERR_OK && i < t.commune_count; i++)
        err = count_commune(&t, &t.communes[i], f);
    if (err == ERR_OK)
        err = count_own(&t, f);
    return err == ERR_OK ? end_reply(&t, f) : err;
}
