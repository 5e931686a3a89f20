/* result CODE: the table of results of a commune, a province or the centre. */
#include "client/report/report.h"
#include "client/result_show.h"
#include "common/os.h"

static struct result_row row_read(const Hv__ResultRow *r)
{
    return (struct result_row){.line = r->line,
                               .summed = r->has_units,
                               .same_each = r->has_each,
                               .each = r->each,
                               .units = r->units,
                               .met = r->units_met,
                               .not_met = r->units_not_met,
                               .open = r->units_open,
                               .counted = r->has_units_counted ? r->units_counted : r->units};
}

static const Hv__TargetLine *earlier_of(const Hv__ResultDay *day, const Hv__TargetLine *line)
{
    for (size_t i = 0; day != NULL && i < day->n_row; i++)
        if (day->row[i]->line != NULL && day->row[i]->line->id == line->id)
            return day->row[i]->line;
    return NULL;
}

static enum err show(struct reporter *r, const struct options *o, const Hv__ResultReply *reply,
                     struct fault *f)
{
    FILE *out;
    const Hv__ResultDay *now = reply->day[0], *earlier = reply->n_day > 1 ? reply->day[1] : NULL;
    struct result_pair *pairs = arena_zero(r->arena, now->n_row + 1, sizeof *pairs);
    struct result_show s = {.ui = &r->ui,
                            .code = reply->code,
                            .name = reply->name,
                            .day = now->day,
                            .earlier = earlier != NULL ? earlier->day : 0,
                            .pairs = pairs};
    if (pairs == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < now->n_row; i++)
        if (now->row[i]->line != NULL)
            pairs[s.count++] =
                (struct result_pair){row_read(now->row[i]), earlier_of(earlier, now->row[i]->line)};
    enum err e = output_open(r, o, &out, f);
    if (e != ERR_OK)
        return e;
    if (r->is_csv)
        result_show_csv(&s, r->is_plain, out);
    else
        result_show_table(&s, out);
    return output_close(r, o, out, f);
}

/* With --compare today is named too, for the days stand in the order asked for. */
static void days_ask(Hv__ResultRequest *ask, int32_t days[2], int32_t day, int32_t earlier)
{
    days[0] = day != 0 ? day : os_today();
    days[1] = earlier;
    ask->day = days;
    ask->n_day = earlier != 0 ? 2 : day != 0 ? 1 : 0;
    ask->has_kept = ask->kept = earlier != 0;
}

enum err cmd_report_result(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    Hv__ResultRequest result = HV__RESULT_REQUEST__INIT;
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *reply;
    int32_t day, earlier, days[2];
    enum err e =
        reporter_begin(r, o, (struct text_pair){"hoivien-report result 93", "hoivien-report result 93"},
                       (const char **)&result.code, &day, f);
    if (e == ERR_OK)
        e = compare_day(&r->ui, o, day, &earlier, f);
    if (e != ERR_OK)
        return e;
    days_ask(&result, days, day, earlier);
    request.result = &result;
    e = reporter_fetch(r, &request, HV__REPLY__BODY_RESULT, &reply, f);
    if (e == ERR_OK &&
        (reply->result->n_day == 0 || reply->result->code == NULL || reply->result->name == NULL))
        e = fault(f, ERR_MALFORMED, "%s", code_words(ERR_MALFORMED, r->ui.lang));
    return e == ERR_OK ? show(r, o, reply->result, f) : e;
}
