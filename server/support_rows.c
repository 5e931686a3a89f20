/* Made when asked for, from each commune's records (common/support.h): only those below target cost. */
#include "server/support_rows.h"
#include "common/support.h"
#include "server/store_tally.h"
#include <string.h>

/* What the rules keep of one commune. */
#define COMMUNE_ARENA ((size_t)256 << 20)

#define ARENA __attribute__((cleanup(arena_cleanup))) struct arena *

static enum err no_room(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the communes below target");
}

static bool text_keep(struct arena *a, const char *text, char **out)
{
    *out = text != NULL ? arena_print(a, "%s", text) : NULL;
    return text == NULL || *out != NULL;
}

static void put_shares(const struct support *s, Hv__SupportLine *line)
{
    line->has_trained = line->has_officers = line->has_attending = line->has_members = line->has_filled =
        line->has_cells = 1;
    line->trained = s->trained.n;
    line->officers = s->trained.of;
    line->attending = s->attending.n;
    line->members = s->attending.of;
    line->filled = s->complete.n;
    line->cells = s->complete.of;
}

static void put_lacks(const struct support *s, Hv__SupportLine *line)
{
    line->has_without_plan = line->has_without_main_cause = line->has_without_remedy =
        line->has_without_officer = line->has_without_progress = 1;
    line->without_plan = s->no_plan;
    line->without_main_cause = s->no_main_cause;
    line->without_remedy = s->no_remedy;
    line->without_officer = s->no_officer;
    line->without_progress = s->no_progress;
}

static bool put_causes(struct arena *a, const struct support *s, Hv__SupportLine *line)
{
    line->has_cause_agreed = line->has_remedies = s->main.cause != NULL;
    line->cause_agreed = s->main.agreed;
    line->remedies = s->main.remedies;
    line->further = arena_zero(a, s->further_count + 1, sizeof *line->further);
    for (size_t i = 0; line->further != NULL && i < s->further_count; i++) {
        Hv__SupportCause *cause = arena_zero(a, 1, sizeof *cause);
        if (cause == NULL)
            return false;
        hv__support_cause__init(cause);
        cause->has_agreed = cause->has_remedies = 1;
        cause->agreed = s->further[i].agreed;
        cause->remedies = s->further[i].remedies;
        line->further[line->n_further++] = cause;
        if (!text_keep(a, s->further[i].cause, &cause->cause))
            return false;
    }
    return line->further != NULL && text_keep(a, s->main.cause, &line->cause);
}

static enum err put_line(struct arena *a, const struct support *s, Hv__SupportLine **out, struct fault *f)
{
    Hv__SupportLine *line = arena_zero(a, 1, sizeof *line);
    if (line == NULL)
        return no_room(f);
    hv__support_line__init(line);
    line->has_plan_state = s->plan_state != 0;
    line->plan_state = (uint32_t)s->plan_state;
    line->has_deadline = s->deadline != 0;
    line->deadline = s->deadline;
    line->has_progress = s->progress != 0;
    line->progress = s->progress;
    put_shares(s, line);
    put_lacks(s, line);
    *out = line;
    return put_causes(a, s, line) && text_keep(a, s->officer, &line->officer) ? ERR_OK : no_room(f);
}

static const struct tally_commune *commune_find(const struct tally_commune *list, size_t count,
                                                const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].code, code) == 0)
            return &list[i];
    return NULL;
}

/* The rules' input, but for the commune. */
static enum err input_begin(struct db *db, struct arena *work, int32_t day, struct tally_input *in,
                            struct fault *f)
{
    int32_t from = 0;
    *in = (struct tally_input){.arena = work, .below_target = true, .each = store_tally_each};
    if (!tally_period(day, &from, &day))
        return fault(f, ERR_BAD_REQUEST, "as_of is no date");
    in->from = from;
    in->day = day;
    return store_setting(db, work, "regular_percent", TALLY_REGULAR_PERCENT, &in->regular_percent, f);
}

static enum err row_add(struct db *db, struct arena *a, const struct tally_commune *c, struct tally_input *in,
                        Hv__CommuneRow *row, struct fault *f)
{
    struct tally_source source = {.db = db, .arena = in->arena, .commune = c->id};
    struct support support;
    in->source = &source;
    enum err err = support_of(in, &support, f);
    if (err == ERR_OK)
        err = put_line(a, &support, &row->support, f);
    in->source = NULL;
    arena_reset(in->arena);
    return err;
}

enum err support_rows_add(struct db *db, struct arena *a, int32_t province, Hv__ProvinceReport *r,
                          struct fault *f)
{
    ARENA work = arena_make(COMMUNE_ARENA);
    struct tally_input in;
    struct tally_commune *communes;
    size_t count;
    enum err err = work != NULL ? input_begin(db, work, r->as_of, &in, f) : no_room(f);
    if (err == ERR_OK)
        err = store_tally_communes(db, a, province, r->as_of, &communes, &count, f);
    for (size_t i = 0; err == ERR_OK && i < r->n_commune; i++) {
        Hv__CommuneRow *row = r->commune[i];
        const struct tally_commune *c =
            row->standing == HV__VERDICT_WORD__NOT_MET ? commune_find(communes, count, row->code) : NULL;
        if (c != NULL)
            err = row_add(db, a, c, &in, row, f);
    }
    return err;
}
