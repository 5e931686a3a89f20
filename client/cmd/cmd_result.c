/* result: the commune's table of results, from this register. */
#include "client/result_show.h"
#include "client/targets.h"

static enum err pairs_make(struct client *c, const struct targets *now, const struct targets *earlier,
                           struct result_pair **out, struct fault *f)
{
    const Hv__TargetReport *r = now->report;
    *out = arena_zero(c->arena, r->n_line + 1, sizeof **out);
    if (*out == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < r->n_line; i++) {
        (*out)[i].now = result_row_of(r->line[i]);
        if (earlier->report != NULL)
            (*out)[i].earlier = compare_find(earlier->report->line, earlier->report->n_line, r->line[i]);
    }
    return ERR_OK;
}

static enum err show(struct client *c, const struct options *o, bool is_csv, int32_t as_of, int32_t day,
                     struct fault *f)
{
    struct targets now, earlier = {.report = NULL};
    struct result_pair *pairs;
    enum err e = targets_load_at(c, as_of, &now, f);
    if (e == ERR_OK && day != 0)
        e = targets_load_at(c, day, &earlier, f);
    if (e == ERR_OK)
        e = pairs_make(c, &now, &earlier, &pairs, f);
    if (e != ERR_OK)
        return e;
    struct result_show s = {.ui = &c->ui,
                            .code = now.report->code,
                            .name = now.report->name,
                            .day = now.day,
                            .earlier = day,
                            .pairs = pairs,
                            .count = now.report->n_line};
    if (is_csv)
        result_show_csv(&s, option(o, "plain") != NULL, stdout);
    else
        result_show_table(&s, stdout);
    return ERR_OK;
}

enum err cmd_result(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    int32_t as_of, day;
    bool is_csv;
    enum err e = option_format(&c->ui, o, &is_csv, f);
    if (e == ERR_OK)
        e = as_of_day(&c->ui, o, &as_of, f);
    if (e == ERR_OK)
        e = compare_day(&c->ui, o, as_of, &day, f);
    if (e == ERR_OK)
        e = client_open(c, o, f);
    return e == ERR_OK ? show(c, o, is_csv, as_of, day, f) : e;
}
