/* report NAME CODE: the figures of a report that the server makes of a province or a commune. */
#include "client/report/report.h"
#include "client/tally_compare.h"
#include <string.h>

/* A reply read through its words: what this program does not know is passed over. */
struct reading {
    struct reporter *r;
    const struct tally_report *report;
    const Hv__TallyReport *reply;
    struct tally_unit whole;
    struct tally_unit *units; /* the communes, and behind them the whole */
    struct reading *then;     /* of the earlier period; NULL: nothing is compared */
};

enum { LEVEL_PROVINCE = 2 };

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "out of memory");
}

static const char *text_or_none(const char *text)
{
    return text != NULL ? text : "";
}

/* -1: none of that name. */
static int section_find(const struct tally_report *r, const char *token)
{
    for (size_t i = 0; token != NULL && i < r->section_count; i++)
        if (strcmp(r->sections[i].token, token) == 0)
            return (int)i;
    return -1;
}

static int column_find(const struct tally_section *s, const char *token)
{
    for (int i = 0; s->columns[i].token != NULL; i++)
        if (strcmp(s->columns[i].token, token) == 0)
            return i;
    return -1;
}

static const Hv__TallySection *section_of(const struct reading *x, const Hv__TallyRow *row)
{
    return row->section < x->reply->n_section ? x->reply->section[row->section] : NULL;
}

/* Puts the values of a row into a unit's figures; no values: zeros, so that the row is there. */
static enum err put_row(const struct reading *x, struct tally *to, const Hv__TallyRow *row, const int64_t *v,
                        size_t count, struct fault *f)
{
    const Hv__TallySection *named = section_of(x, row);
    int section = named != NULL ? section_find(x->report, named->token) : -1;
    struct tally_row *put;
    if (section < 0)
        return ERR_OK;
    enum err e = tally_row(to, (size_t)section, text_or_none(row->key), &put, f);
    for (size_t i = 0; e == ERR_OK && i < count && i < named->n_column; i++) {
        int column = column_find(&x->report->sections[section], named->column[i]);
        if (column >= 0)
            put->v[column] = v[i];
    }
    return e;
}

static enum err read_whole(struct reading *x, struct fault *f)
{
    enum err e = ERR_OK;
    const Hv__TallyReport *p = x->reply;
    x->whole = (struct tally_unit){
        .code = text_or_none(p->code), .name = text_or_none(p->name), .figures = {.arena = x->r->arena}};
    for (size_t i = 0; e == ERR_OK && i < p->n_row; i++)
        e = put_row(x, &x->whole.figures, p->row[i], p->row[i]->v, p->row[i]->n_v, f);
    return e;
}

/* What a province keeps itself stands beside its communes; the sums have its code alone. */
#define OWN_CODE "-own"
static const struct text_pair own_name = {" (riêng cấp tỉnh)", " (the province itself)"};

static enum err read_unit(const struct reading *x, const Hv__TallyUnit *from, struct tally_unit *to,
                          struct fault *f)
{
    enum err e = ERR_OK;
    const Hv__TallyReport *p = x->reply;
    const char *own = from->own ? text_in(x->r->ui.lang, own_name) : "";
    *to = (struct tally_unit){
        .code = arena_print(x->r->arena, "%s%s", text_or_none(from->code), from->own ? OWN_CODE : ""),
        .name = arena_print(x->r->arena, "%s%s", text_or_none(from->name), own),
        .figures = {.arena = x->r->arena}};
    if (to->code == NULL || to->name == NULL)
        return no_memory(f);
    for (size_t i = 0; e == ERR_OK && i < p->n_row; i++)
        e = put_row(x, &to->figures, p->row[i], NULL, 0, f);
    for (size_t i = 0; e == ERR_OK && i < from->n_part; i++) {
        const Hv__TallyPart *part = from->part[i];
        if (part->row < p->n_row)
            e = put_row(x, &to->figures, p->row[part->row], part->v, part->n_v, f);
    }
    return e;
}

static enum err read_reply(struct reading *x, struct fault *f)
{
    enum err e = read_whole(x, f);
    x->units = arena_zero(x->r->arena, x->reply->n_unit + 1, sizeof *x->units);
    if (x->units == NULL)
        return no_memory(f);
    for (size_t i = 0; e == ERR_OK && i < x->reply->n_unit; i++)
        e = read_unit(x, x->reply->unit[i], &x->units[i], f);
    x->units[x->reply->n_unit] = x->whole;
    return e;
}

static enum err print_tables(const struct reading *x, const struct tally_show *s, bool by_commune,
                             struct fault *f)
{
    bool is_province = x->reply->level == LEVEL_PROVINCE;
    tally_show_head(s, &x->whole);
    if (is_province && by_commune)
        return tally_show_units(s, x->units, x->reply->n_unit + 1, f);
    return tally_show_sections(s, &x->whole, !is_province, f);
}

static enum err print_csv(const struct reading *x, const struct tally_show *s, struct fault *f)
{
    struct csv_out csv;
    csv_begin(&csv, s->out, x->r->is_plain);
    tally_csv_head(&csv, x->r->ui.lang, x->then != NULL);
    enum err e = tally_csv_unit(s, &csv, &x->whole, f);
    for (size_t i = 0; e == ERR_OK && i < x->reply->n_unit; i++)
        e = tally_csv_unit(s, &csv, &x->units[i], f);
    return e;
}

/* A unit that was not there then is beside nothing. */
static enum err compare_units(struct reading *x, struct tally_show *s, struct fault *f)
{
    const struct reading *then = x->then;
    const struct tally none = {.arena = x->r->arena};
    if (then == NULL)
        return ERR_OK;
    s->then_from = then->reply->from;
    s->then_day = then->reply->day;
    enum err e = tally_compare_put(s, &x->whole, &then->whole.figures, f);
    for (size_t i = 0; e == ERR_OK && i < x->reply->n_unit; i++) {
        const struct tally *beside = &none;
        for (size_t k = 0; k < then->reply->n_unit; k++)
            if (strcmp(then->units[k].code, x->units[i].code) == 0)
                beside = &then->units[k].figures;
        e = tally_compare_put(s, &x->units[i], beside, f);
    }
    x->units[x->reply->n_unit] = x->whole;
    return e;
}

static enum err print(struct reading *x, const struct options *o, struct fault *f)
{
    struct tally_show s = {.ui = &x->r->ui,
                           .arena = x->r->arena,
                           .report = x->report,
                           .from = x->reply->from,
                           .day = x->reply->day};
    enum err e = compare_units(x, &s, f);
    if (e == ERR_OK)
        e = output_open(x->r, o, &s.out, f);
    if (e != ERR_OK)
        return e;
    e = x->r->is_csv ? print_csv(x, &s, f) : print_tables(x, &s, option(o, "by-commune") != NULL, f);
    enum err closed = output_close(x->r, o, s.out, e == ERR_OK ? f : NULL);
    return e == ERR_OK ? closed : e;
}

static enum err fetch(struct reading *x, Hv__TallyRequest *ask, struct fault *f)
{
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *reply;
    request.tally = ask;
    enum err e = reporter_fetch(x->r, &request, HV__REPLY__BODY_TALLY, &reply, f);
    if (e == ERR_TOO_LARGE)
        return ui_fault(
            &x->r->ui, f, e,
            "Số liệu của tỉnh này quá lớn cho một lần gửi; hãy xem từng xã: hoivien-report report %s "
            "MÃ-XÃ",
            "The figures of this province are too many for one message; ask for each commune: "
            "hoivien-report report %s CODE-OF-COMMUNE",
            x->report->token);
    if (e == ERR_OK)
        x->reply = reply->tally;
    return e;
}

/* Told before anybody is asked; what is not given is left to the server's day. */
static enum err period_check(const struct reading *x, const Hv__TallyRequest *ask, struct fault *f)
{
    int32_t from = ask->from, day = ask->day;
    return tally_period_check(&x->r->ui, &from, &day, f);
}

/* What --compare asks for, with the same options otherwise. */
static enum err fetch_then(struct reading *x, const struct options *o, const Hv__TallyRequest *ask,
                           struct reading *then, struct fault *f)
{
    Hv__TallyRequest earlier = *ask;
    enum err e = tally_compare_period(&x->r->ui, o, ask->from, ask->day, &earlier.from, &earlier.day, f);
    if (e != ERR_OK || earlier.day == 0)
        return e;
    earlier.has_from = earlier.from != 0;
    earlier.has_day = 1;
    *then = (struct reading){.r = x->r, .report = x->report};
    x->then = then;
    e = fetch(then, &earlier, f);
    return e == ERR_OK ? read_reply(then, f) : e;
}

enum err cmd_report_tally(void *program, const struct options *o, struct fault *f)
{
    struct reading then, x = {.r = program, .report = o->command->data};
    Hv__TallyRequest ask = HV__TALLY_REQUEST__INIT;
    struct text_pair example = {arena_print(x.r->arena, "hoivien-report report %s 93", x.report->token),
                                NULL};
    int32_t no_day;
    int regular;
    if (example.vi == NULL)
        return no_memory(f);
    example.en = example.vi;
    enum err e = tally_options(&x.r->ui, o, &ask.from, &ask.day, &regular, f);
    if (e == ERR_OK)
        e = period_check(&x, &ask, f);
    if (e == ERR_OK)
        e = reporter_begin(x.r, o, example, (const char **)&ask.code, &no_day, f);
    ask.report = (char *)(uintptr_t)x.report->token;
    ask.has_from = ask.from != 0;
    ask.has_day = ask.day != 0;
    ask.has_regular_percent = regular != 0;
    ask.regular_percent = (uint32_t)regular;
    if (e == ERR_OK)
        e = fetch(&x, &ask, f);
    if (e == ERR_OK)
        e = read_reply(&x, f);
    if (e == ERR_OK)
        e = fetch_then(&x, o, &ask, &then, f);
    return e == ERR_OK ? print(&x, o, f) : e;
}
