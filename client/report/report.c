#include "client/report/report.h"
#include "client/compare.h"
#include "client/target_words.h"
#include "common/date.h"
#include "common/os.h"
#include "common/target.h"
#include <string.h>
#include <time.h>

enum err reporter_folder(struct reporter *r, const struct options *o, struct fault *f)
{
    char *folder;
    r->folder = option(o, "dir");
    if (r->folder != NULL)
        return ERR_OK;
    enum err e = os_default_folder(r->arena, &folder, f);
    if (e == ERR_OK)
        r->folder = arena_print(r->arena, "%s-report", folder);
    return e;
}

static enum err ask(struct reporter *r, Hv__Request *request, Hv__Reply **reply, struct fault *f)
{
    struct identity who;
    enum err e = identity_load(r->book, &who, f);
    if (e == ERR_OK && who.device == 0)
        e = ui_fault(&r->ui, f, ERR_NO_SUCH_RECORD, "Máy này chưa ghi danh; hãy chạy: hoivien-report init MÃ",
                     "This computer is not enrolled; run: hoivien-report init CODE");
    if (e == ERR_OK)
        e = exchange_once(&who, &r->ui, r->arena, request, reply, f);
    key_wipe(&who, sizeof who);
    return e;
}

enum err reporter_begin(struct reporter *r, const struct options *o, struct text_pair example,
                        const char **code, int32_t *day, struct fault *f)
{
    if (o->arg_count != 1)
        return ui_fault(&r->ui, f, ERR_USAGE, "Hãy cho một mã, ví dụ: %s", "Give one code, for example: %s",
                        text_in(r->ui.lang, example));
    *code = arena_print(r->arena, "%s", o->args[0]);
    r->is_plain = option(o, "plain") != NULL;
    enum err e = option_format(&r->ui, o, &r->is_csv, f);
    if (e == ERR_OK)
        e = as_of_day(&r->ui, o, day, f);
    if (e == ERR_OK)
        e = reporter_folder(r, o, f);
    return e == ERR_OK ? book_open(&r->book, &r->ui, r->folder, false, f) : e;
}

static bool is_writing(const Hv__Request *r)
{
    return r->body_case == HV__REQUEST__BODY_FIGURES && r->figures->has_csv && !r->figures->check;
}

enum err reporter_fetch(struct reporter *r, Hv__Request *request, Hv__Reply__BodyCase body, Hv__Reply **reply,
                        struct fault *f)
{
    request->body_case = (Hv__Request__BodyCase)body;
    enum err e = ask(r, request, reply, f);
    if (e == ERR_NO_LINK && !is_writing(request))
        return ui_fault(&r->ui, f, e, "Không kết nối được máy chủ. Hãy kiểm tra mạng rồi chạy lại lệnh này.",
                        "The server can't be reached. Check the network and run this command again.");
    if (e == ERR_NO_LINK)
        return ui_fault(
            &r->ui, f, e,
            "Không kết nối được máy chủ. Hãy kiểm tra mạng rồi chạy lại lệnh này; chạy lại không ghi hai "
            "lần.",
            "The server can't be reached. Check the network and run this command again; it enters nothing "
            "twice.");
    if (e == ERR_OK && (*reply)->body_case != body)
        e = fault(f, ERR_MALFORMED, "%s", code_words(ERR_MALFORMED, r->ui.lang));
    return e;
}

enum err output_open(struct reporter *r, const struct options *o, FILE **out, struct fault *f)
{
    const char *path = option(o, "output");
    *out = path == NULL || strcmp(path, "-") == 0 ? stdout : fopen(path, "w");
    return *out != NULL ? ERR_OK
                        : ui_fault(&r->ui, f, ERR_FILE, "Không ghi được tệp %s; hãy chọn nơi khác.",
                                   "The file %s can't be written; choose another place.", path);
}

enum err output_close(struct reporter *r, const struct options *o, FILE *out, struct fault *f)
{
    if (out == stdout)
        return ERR_OK;
    if (fclose(out) != 0)
        return ui_fault(&r->ui, f, ERR_FILE, "Không ghi hết được tệp %s; hãy kiểm tra dung lượng đĩa.",
                        "The file %s could not be written to its end; check the disk.", option(o, "output"));
    ui_say(&r->ui, "Đã ghi vào %s.", "Written to %s.", option(o, "output"));
    return ERR_OK;
}

const char *words_count(struct reporter *r, int64_t n)
{
    char text[40];
    count_format(n, r->ui.lang, text, sizeof text);
    return arena_print(r->arena, "%s", text);
}

const char *words_ratio(struct reporter *r, int64_t num, int64_t den)
{
    char text[40];
    if (den == 0)
        return "";
    ratio_format(num, den, 2, r->ui.lang, text, sizeof text);
    return arena_print(r->arena, "%s %%", text);
}

const char *words_date(struct reporter *r, int32_t date)
{
    char text[DATE_TEXT];
    if (date == 0)
        return "";
    date_format(date, false, text);
    return arena_print(r->arena, "%s", text);
}

const char *words_time(struct reporter *r, int64_t seconds, bool iso)
{
    char text[40];
    struct tm civil;
    time_t at = (time_t)seconds + 7 * 3600;
    if (seconds == 0 || gmtime_r(&at, &civil) == NULL)
        return "";
    strftime(text, sizeof text, iso ? "%Y-%m-%dT%H:%M:%S+07:00" : "%d/%m/%Y %H:%M", &civil);
    return arena_print(r->arena, "%s", text);
}

const char *words_code(struct reporter *r, const struct code *codes, int value, bool token)
{
    const struct code *code = code_by_value(codes, value);
    if (code == NULL)
        return "?";
    return token ? code->token : text_in(r->ui.lang, code->label);
}

const char *words_standing(struct reporter *r, Hv__VerdictWord standing)
{
    static const struct text_pair words[] = {
        {"chưa đủ số liệu", "not enough figures"}, {"chưa đạt", "not met"}, {"đã đạt", "met"}};
    return text_in(r->ui.lang, words[standing == HV__VERDICT_WORD__MET       ? 2
                                     : standing == HV__VERDICT_WORD__NOT_MET ? 1
                                                                             : 0]);
}

void csv_standing(struct csv_out *csv, struct reporter *r, Hv__VerdictWord standing)
{
    csv_string(csv,
               csv->plain ? words_code(r, verdict_codes, (int)standing, true) : words_standing(r, standing));
}

void print_target(struct reporter *r, FILE *out, const Hv__TargetLine *line)
{
    bool en = r->ui.lang == LANG_EN;
    fprintf(out, en ? "%s (term %s; deadline %s; %s)\n" : "%s (nhiệm kỳ %s; hạn %s; %s)\n", line->title,
            line->term, words_date(r, line->deadline), line->document);
    fprintf(out, "  %s\n", target_wish(r->arena, r->ui.lang, line));
    if (line->has_denominator && line->has_denominator_measure)
        fprintf(out, en ? "  %s of %s = %s (%s)\n" : "  %s trên %s = %s (%s)\n",
                words_count(r, line->numerator), words_count(r, line->denominator),
                words_ratio(r, line->numerator, line->denominator), target_denominator(r->ui.lang, line));
    else if (line->has_denominator)
        fprintf(out, en ? "  %s of %s = %s (%s%s%s; %s)\n" : "  %s trên %s = %s (%s%s%s; %s)\n",
                words_count(r, line->numerator), words_count(r, line->denominator),
                words_ratio(r, line->numerator, line->denominator), target_denominator(r->ui.lang, line),
                line->denominator_source != NULL ? "; " : "",
                line->denominator_source != NULL ? line->denominator_source : "",
                words_date(r, line->denominator_date));
    else
        fprintf(out, en ? "  %s\n" : "  %s\n", words_count(r, line->numerator));
    if (line->has_baseline)
        fprintf(out, en ? "  baseline: %s (%s)\n" : "  số gốc: %s (%s)\n", words_count(r, line->baseline),
                words_date(r, line->baseline_date));
    if (line->has_units)
        fprintf(out, "  %s\n", target_units(r->arena, r->ui.lang, line));
    fprintf(out, en ? "  result: %s\n" : "  kết quả: %s\n",
            words_code(r, verdict_codes, (int)line->verdict, false));
    if (line->missing > 0)
        fprintf(out, en ? "  missing: %s\n" : "  còn thiếu: %s\n", words_count(r, line->missing));
}
