#include "client/compare.h"
#include "client/figures.h"
#include "common/date.h"
#include "common/os.h"

enum err as_of_day(const struct ui *ui, const struct options *o, int32_t *out, struct fault *f)
{
    const char *text = option(o, "as-of");
    *out = 0;
    if (text == NULL)
        return ERR_OK;
    if (!date_parse(text, out) || !date_valid(*out, false))
        return ui_fault(ui, f, ERR_USAGE, "--as-of cần một ngày đủ ngày tháng năm, ví dụ 31/12/2018.",
                        "--as-of needs a full date, for example 31/12/2018.");
    if (*out > os_today())
        return ui_fault(
            ui, f, ERR_USAGE,
            "Ngày của --as-of chưa đến nên chưa có số liệu; hãy chọn hôm nay hoặc một ngày đã qua.",
            "The day of --as-of is still to come and has no figures yet; choose today or a day that "
            "has passed.");
    return ERR_OK;
}

enum err compare_day(const struct ui *ui, const struct options *o, int32_t day, int32_t *out, struct fault *f)
{
    const char *text = option(o, "compare");
    *out = 0;
    if (text == NULL)
        return ERR_OK;
    if (!date_parse(text, out))
        return ui_fault(ui, f, ERR_USAGE,
                        "--compare cần một tháng hoặc một ngày, ví dụ 2018-11 hoặc 30/11/2018.",
                        "--compare needs a month or a day, for example 2018-11 or 30/11/2018.");
    *out = date_last_day(*out);
    if (*out < (day != 0 ? day : os_today()))
        return ERR_OK;
    return ui_fault(ui, f, ERR_USAGE, "--compare cần một ngày trước ngày của báo cáo; hãy chọn tháng đã qua.",
                    "--compare needs a day before that of the report; choose a month that has ended.");
}

const Hv__TargetLine *compare_find(Hv__TargetLine *const *lines, size_t count, const Hv__TargetLine *line)
{
    for (size_t i = 0; i < count; i++)
        if (lines[i] != NULL && lines[i]->id == line->id)
            return lines[i];
    return NULL;
}

static const struct code source_codes[] = {
    {0, "counted", {"tính lại", "counted anew"}},
    {1, "kept", {"đã lưu", "kept then"}},
    {0, NULL, {NULL, NULL}},
};

const char *compare_source(const Hv__TargetLine *earlier, enum lang lang)
{
    return text_in(lang, source_codes[earlier->kept ? 1 : 0].label);
}

void compare_print(const Hv__TargetLine *line, const Hv__TargetLine *earlier, int32_t day, enum lang lang,
                   FILE *out)
{
    char text[DATE_TEXT], then[RESULT_TEXT], change[RESULT_TEXT];
    date_format(day, false, text);
    if (earlier == NULL) {
        fprintf(out, lang == LANG_EN ? "  on %s: no figure\n" : "  ngày %s: chưa có số liệu\n", text);
        return;
    }
    struct result_row row = result_row_of(earlier);
    result_figure(&row, lang, then);
    result_change(line, earlier, lang, change);
    fprintf(out, lang == LANG_EN ? "  on %s: %s (%s); change: %s\n" : "  ngày %s: %s (%s); thay đổi: %s\n",
            text, then, compare_source(earlier, lang), change);
}

void compare_headings(struct csv_out *csv, enum lang lang)
{
    static const struct text_pair headings[COMPARE_COLUMNS] = {
        {"So với ngày", "earlier_day"},
        {"Tử số trước", "earlier_numerator"},
        {"Mẫu số trước", "earlier_denominator"},
        {"Tỷ lệ trước %", "earlier_ratio"},
        {"Kết quả trước", "earlier_verdict"},
        {"Nguồn số trước", "earlier_source"},
        {"Thay đổi", "change"},
    };
    figures_head(csv, lang, headings, COMPARE_COLUMNS);
}

void compare_cells(struct csv_out *csv, enum lang lang, int32_t day, const Hv__TargetLine *line,
                   const Hv__TargetLine *earlier)
{
    csv_date(csv, day);
    if (line == NULL || earlier == NULL) {
        figures_blank(csv, COMPARE_COLUMNS - 1);
        return;
    }
    csv_int(csv, earlier->numerator);
    if (earlier->has_denominator)
        csv_int(csv, earlier->denominator);
    else
        csv_string(csv, "");
    csv_ratio(csv, earlier->numerator, earlier->has_denominator ? earlier->denominator : 0, 4);
    figures_code(csv, lang, verdict_codes, (int)earlier->verdict);
    figures_code(csv, lang, source_codes, earlier->kept ? 1 : 0);
    csv_int(csv, line->numerator - earlier->numerator);
}

void compare_note(struct compare_sources *s, const Hv__TargetLine *earlier)
{
    s->none += earlier == NULL;
    s->kept += earlier != NULL && earlier->kept;
    s->counted += earlier != NULL && !earlier->kept;
}

void compare_say(const struct compare_sources *s, int32_t day, enum lang lang, FILE *out)
{
    char text[DATE_TEXT];
    date_format(day, false, text);
    fprintf(out,
            lang == LANG_EN ? "Compared with %s: %llu figures as they were kept then, %llu counted anew from "
                              "the records, %llu without a figure.\n"
                            : "So với ngày %s: %llu số liệu lấy như đã lưu khi ấy, %llu tính lại từ hồ sơ, "
                              "%llu chưa có số liệu.\n",
            text, (unsigned long long)s->kept, (unsigned long long)s->counted, (unsigned long long)s->none);
}
