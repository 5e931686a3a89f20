/* forecast CODE: when a commune's or a province's targets are met on the line of the last month-ends. */
#include "client/outlook_show.h"
#include "client/report/report.h"
#include "common/os.h"

static enum err days_take(struct reporter *r, const Hv__ResultReply *reply, struct outlook_day *days,
                          struct fault *f)
{
    for (size_t i = 0; i < reply->n_day && i < OUTLOOK_DAYS; i++) {
        const Hv__ResultDay *day = reply->day[i];
        struct outlook_day *to = &days[i];
        to->day = day->day;
        to->lines = arena_zero(r->arena, day->n_row + 1, sizeof(Hv__TargetLine *));
        if (to->lines == NULL)
            return fault(f, ERR_NO_MEMORY, "out of memory");
        for (size_t k = 0; k < day->n_row; k++)
            to->lines[to->count++] = day->row[k]->line;
    }
    return ERR_OK;
}

static enum err show(struct reporter *r, const struct options *o, const Hv__ResultReply *reply,
                     const Hv__ResultReply *kept, struct fault *f)
{
    FILE *out;
    struct outlook_show s = {.ui = &r->ui,
                             .arena = r->arena,
                             .code = reply->code,
                             .name = reply->name,
                             .plans = reply->plan,
                             .plan_count = reply->n_plan};
    if (reply->n_day != OUTLOOK_DAYS || kept->n_day != OUTLOOK_DAYS || reply->code == NULL ||
        reply->name == NULL)
        return fault(f, ERR_MALFORMED, "%s", code_words(ERR_MALFORMED, r->ui.lang));
    enum err e = days_take(r, reply, s.days, f);
    if (e == ERR_OK)
        e = days_take(r, kept, s.kept, f);
    if (e == ERR_OK)
        e = output_open(r, o, &out, f);
    if (e != ERR_OK)
        return e;
    if (r->is_csv)
        outlook_csv(&s, r->is_plain, out);
    else
        outlook_print(&s, out);
    return output_close(r, o, out, f);
}

enum err cmd_report_forecast(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    Hv__ResultRequest result = HV__RESULT_REQUEST__INIT;
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *reply, *kept;
    int32_t day, days[OUTLOOK_DAYS];
    enum err e = reporter_begin(
        r, o, (struct text_pair){"hoivien-report forecast 31317", "hoivien-report forecast 31317"},
        (const char **)&result.code, &day, f);
    if (e != ERR_OK)
        return e;
    outlook_days(day != 0 ? day : os_today(), days);
    result.day = days;
    result.n_day = OUTLOOK_DAYS;
    request.result = &result;
    e = reporter_fetch(r, &request, HV__REPLY__BODY_RESULT, &reply, f);
    if (e == ERR_BAD_REQUEST)
        return ui_fault(&r->ui, f, ERR_USAGE,
                        "Dự báo chỉ có cho một xã hoặc một tỉnh; hãy cho mã của một tỉnh.",
                        "There are forecasts of a commune or a province only; give the code of a province.");
    result.has_kept = result.kept = 1;
    if (e == ERR_OK)
        e = reporter_fetch(r, &request, HV__REPLY__BODY_RESULT, &kept, f);
    return e == ERR_OK ? show(r, o, reply->result, kept->result, f) : e;
}
