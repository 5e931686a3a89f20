/* What the reporter's commands share. */
#ifndef HV_REPORT_CLIENT_H
#define HV_REPORT_CLIENT_H

#include "client/exchange.h"
#include "common/csv.h"
#include "common/ui.h"

struct reporter {
    struct ui ui;
    struct arena *arena;
    const char *folder;
    struct book *book; /* holds the keys */
    bool is_csv;       /* what the options ask for, from reporter_begin on */
    bool is_plain;
};

#define OUTPUT_FORMAT_OPTIONS                                                                                \
    {"format",                                                                                               \
     0,                                                                                                      \
     "table|csv",                                                                                            \
     {"dạng bảng hoặc CSV mở được bằng Excel", "a table, or CSV that opens in Excel"}},                      \
        {"plain",                                                                                            \
         0,                                                                                                  \
         NULL,                                                                                               \
         {"CSV cho chương trình: dấu phẩy, mã thay cho chữ", "CSV for programs: commas, tokens"}},           \
        {"output", 'o', "FILE", {"ghi vào tệp này", "write to this file"}},                                  \
    {                                                                                                        \
        NULL, 0, NULL,                                                                                       \
        {                                                                                                    \
            NULL, NULL                                                                                       \
        }                                                                                                    \
    }

/* The folder that --dir names, or the default one. */
enum err reporter_folder(struct reporter *r, const struct options *o, struct fault *f) HV_MUST_USE;

/* Where the report goes: -o FILE or standard output; closing tells whether all of it was written. */
enum err output_open(struct reporter *r, const struct options *o, FILE **out, struct fault *f) HV_MUST_USE;
enum err output_close(struct reporter *r, const struct options *o, FILE *out, struct fault *f) HV_MUST_USE;

/* The one word of a report's command, with a sentence when there is none or more; the day of --as-of and
 * the format; opens the folder. */
enum err reporter_begin(struct reporter *r, const struct options *o, struct text_pair example,
                        const char **code, int32_t *day, struct fault *f) HV_MUST_USE;

/* Asks, and demands that the reply is of this kind. */
enum err reporter_fetch(struct reporter *r, Hv__Request *request, Hv__Reply__BodyCase body, Hv__Reply **reply,
                        struct fault *f) HV_MUST_USE;

/* Words in the arena. */
const char *words_count(struct reporter *r, int64_t n);
const char *words_ratio(struct reporter *r, int64_t num, int64_t den); /* "55,36 %", "" when den is 0 */
const char *words_date(struct reporter *r, int32_t date);
const char *words_time(struct reporter *r, int64_t seconds, bool iso); /* at +07:00; "" for 0 */
const char *words_code(struct reporter *r, const struct code *codes, int value, bool token);
const char *words_standing(struct reporter *r,
                           Hv__VerdictWord standing); /* đã đạt, chưa đạt, chưa đủ số liệu */
void csv_standing(struct csv_out *csv, struct reporter *r, Hv__VerdictWord standing); /* as a cell */

/* A target in full, as lines of text. */
void print_target(struct reporter *r, FILE *out, const Hv__TargetLine *line);

enum err cmd_report_init(void *program, const struct options *o, struct fault *f);
enum err cmd_report_province(void *program, const struct options *o, struct fault *f);
enum err cmd_report_tally(void *program, const struct options *o, struct fault *f); /* data: the report */
enum err cmd_report_commune(void *program, const struct options *o, struct fault *f);
enum err cmd_report_forecast(void *program, const struct options *o, struct fault *f);
enum err cmd_report_result(void *program, const struct options *o, struct fault *f);

#endif
