/* report NAME: the figures of a report over this register, so that local changes are counted in, online or
 * not. */
#include "client/cmd.h"
#include "client/tally_compare.h"

static enum err show(const struct client *c, const struct tally_show *s, const struct tally_unit *unit,
                     const struct options *o, bool is_csv, struct fault *f)
{
    struct csv_out csv;
    if (!is_csv) {
        tally_show_head(s, unit);
        return tally_show_sections(s, unit, true, f);
    }
    csv_begin(&csv, s->out, option(o, "plain") != NULL);
    tally_csv_head(&csv, c->ui.lang, unit->then != NULL);
    return tally_csv_unit(s, &csv, unit, f);
}

/* The commune whose register this is; no words before enrolment. */
static enum err unit_of(struct client *c, struct tally_unit *unit, struct fault *f)
{
    struct identity who;
    enum err e = identity_load(c->book, &who, f);
    bool is_known = e == ERR_OK && who.unit_count > 0;
    unit->code = arena_print(c->arena, "%s", is_known ? who.units[0].code : "");
    unit->name = arena_print(c->arena, "%s", is_known ? who.units[0].name : "");
    key_wipe(&who, sizeof who);
    return e != ERR_OK || (unit->code != NULL && unit->name != NULL)
               ? e
               : fault(f, ERR_NO_MEMORY, "out of memory");
}

/* As the operator has set it, by the last report that came. */
static enum err usual_regular(struct client *c, int *out, struct fault *f)
{
    Hv__TargetReport *last;
    if (*out != 0)
        return ERR_OK;
    enum err e = report_get(c->book, c->arena, &last, f);
    *out = e == ERR_OK && last != NULL && last->has_regular_percent ? (int)last->regular_percent
                                                                    : TALLY_REGULAR_PERCENT;
    return e;
}

/* The same report over the earlier period. */
static enum err compare(struct client *c, struct tally_show *s, int regular, struct tally_unit *unit,
                        struct fault *f)
{
    struct tally then;
    if (s->then_day == 0)
        return ERR_OK;
    enum err e = tally_period_check(&c->ui, &s->then_from, &s->then_day, f);
    if (e == ERR_OK)
        e = book_tally(c->book, c->arena, s->report, s->then_from, s->then_day, regular, &then, f);
    return e == ERR_OK ? tally_compare_put(s, unit, &then, f) : e;
}

enum err cmd_report(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct tally_unit unit = {.then = NULL};
    struct tally_show s = {.ui = &c->ui, .arena = c->arena, .report = o->command->data, .out = stdout};
    int regular;
    bool is_csv;
    enum err e = option_format(&c->ui, o, &is_csv, f);
    if (e == ERR_OK)
        e = tally_options(&c->ui, o, &s.from, &s.day, &regular, f);
    if (e == ERR_OK)
        e = tally_compare_period(&c->ui, o, s.from, s.day, &s.then_from, &s.then_day, f);
    if (e == ERR_OK)
        e = tally_period_check(&c->ui, &s.from, &s.day, f);
    if (e == ERR_OK)
        e = client_open(c, o, f);
    if (e == ERR_OK)
        e = unit_of(c, &unit, f);
    if (e == ERR_OK)
        e = usual_regular(c, &regular, f);
    if (e == ERR_OK)
        e = book_tally(c->book, c->arena, s.report, s.from, s.day, regular, &unit.figures, f);
    if (e == ERR_OK)
        e = compare(c, &s, regular, &unit, f);
    return e == ERR_OK ? show(c, &s, &unit, o, is_csv, f) : e;
}
