/* The commands that ask for reports, and what their options say. */
#include "client/tally_show.h"
#include "common/date.h"
#include "common/os.h"
#include "common/tally_rules.h"
#include <stdlib.h>

static enum err day_option(const struct ui *ui, const struct options *o, const char *name, bool last,
                           int32_t *out, struct fault *f)
{
    const char *text = option(o, name);
    *out = 0;
    if (text == NULL)
        return ERR_OK;
    if (!date_parse(text, out))
        return ui_fault(ui, f, ERR_USAGE, "--%s cần một ngày, tháng hoặc năm, ví dụ 31/12/2018 hoặc 2018.",
                        "--%s needs a day, a month or a year, for example 31/12/2018 or 2018.", name);
    *out = last ? date_last_day(*out) : date_first_day(*out);
    return ERR_OK;
}

static enum err regular_option(const struct ui *ui, const struct options *o, int *out, struct fault *f)
{
    const char *text = option(o, "regular");
    char *end = NULL;
    long n = text != NULL ? strtol(text, &end, 10) : 0;
    *out = (int)n;
    if (text == NULL || (n >= 1 && n <= 100 && *end == '\0'))
        return ERR_OK;
    return ui_fault(ui, f, ERR_USAGE, "--regular cần một số từ 1 đến 100.",
                    "--regular needs a number from 1 to 100.");
}

enum err tally_options(const struct ui *ui, const struct options *o, int32_t *from, int32_t *day,
                       int *regular, struct fault *f)
{
    bool as_of = option(o, "as-of") != NULL;
    if (as_of && option(o, "to") != NULL)
        return ui_fault(ui, f, ERR_USAGE, "--as-of và --to là một; hãy chỉ dùng một trong hai.",
                        "--as-of and --to are the same; give one of them.");
    enum err e = day_option(ui, o, "from", false, from, f);
    if (e == ERR_OK)
        e = day_option(ui, o, as_of ? "as-of" : "to", true, day, f);
    return e == ERR_OK ? regular_option(ui, o, regular, f) : e;
}

enum err tally_period_check(const struct ui *ui, int32_t *from, int32_t *day, struct fault *f)
{
    if (tally_period(os_today(), from, day))
        return ERR_OK;
    return ui_fault(ui, f, ERR_USAGE, "Kỳ báo cáo kết thúc trước khi bắt đầu; hãy sửa --from hoặc --to.",
                    "The period ends before it begins; correct --from or --to.");
}

/* The report's label, what the commands of all reports say, and what is to be known of this one. */
static const char *help_of(struct arena *a, const struct tally_report *r, const struct command *like,
                           enum lang lang)
{
    bool has_note = r->note.vi != NULL;
    return arena_print(a, "%s%s%s%s", text_in(lang, r->label), text_in(lang, like->help),
                       has_note ? "\n\n" : "", has_note ? text_in(lang, r->note) : "");
}

static bool add_command(struct arena *a, const struct tally_report *r, const struct command *like,
                        const struct option_row *regular, struct command *out)
{
    *out = *like;
    out->words = arena_print(a, "report %s", r->token);
    out->help.vi = help_of(a, r, like, LANG_VI);
    out->help.en = help_of(a, r, like, LANG_EN);
    out->data = r;
    if (r == &tally_activity)
        out->options = regular;
    return out->words != NULL && out->help.vi != NULL && out->help.en != NULL;
}

bool tally_commands(struct arena *a, const struct command *like, const struct option_row *regular,
                    struct command *out, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < tally_report_count; i++)
        if (tally_reports[i]->rule != NULL &&
            !add_command(a, tally_reports[i], like, regular, &out[(*count)++]))
            return false;
    return true;
}
