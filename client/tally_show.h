/* Figures of reports on the screen and as CSV, and the commands that ask for them: shared by hoivien and
 * hoivien-report.
 *
 * The CSV is long: one row for each section, key and column, so that its columns stay the same whatever a
 * report counts. `of` is the value of the column of which this one is a share. */
#ifndef HV_TALLY_SHOW_H
#define HV_TALLY_SHOW_H

#include "common/tally.h"
#include "common/ui.h"

/* Whose figures they are. */
struct tally_unit {
    const char *code;
    const char *name;
    struct tally figures;
    const struct tally *then; /* of the earlier period (tally_compare.h); NULL: nothing is compared */
};

struct tally_show {
    const struct ui *ui;
    struct arena *arena;
    const struct tally_report *report;
    int32_t from, day;
    int32_t then_from, then_day; /* the earlier period; 0: nothing is compared */
    FILE *out;
};

/* Report, unit and period as one line. */
void tally_show_head(const struct tally_show *s, const struct tally_unit *unit);

/* A table for each section; one without rows says so. `details` false: those of single groups and persons are
 * left out, and said to be. */
enum err tally_show_sections(const struct tally_show *s, const struct tally_unit *unit, bool details,
                             struct fault *f) HV_MUST_USE;

/* A table for each section without details, with the rows of each unit; where a section has several rows,
 * those that are all zeros are left out. */
enum err tally_show_units(const struct tally_show *s, const struct tally_unit *units, size_t count,
                          struct fault *f) HV_MUST_USE;

void tally_csv_head(struct csv_out *csv, enum lang lang, bool compares);
enum err tally_csv_unit(const struct tally_show *s, struct csv_out *csv, const struct tally_unit *unit,
                        struct fault *f) HV_MUST_USE;

/* What the options say: days of the period, 0 where they don't; the percentage of regular attendance, 0
 * likewise. ERR_USAGE with a sentence. */
enum err tally_options(const struct ui *ui, const struct options *o, int32_t *from, int32_t *day,
                       int *regular, struct fault *f) HV_MUST_USE;

/* Whether days and defaults make a period: they are filled in. ERR_USAGE with a sentence. */
enum err tally_period_check(const struct ui *ui, int32_t *from, int32_t *day, struct fault *f) HV_MUST_USE;

#define TALLY_OPTIONS                                                                                        \
    {"from",                                                                                                 \
     0,                                                                                                      \
     "DATE",                                                                                                 \
     {"ngày đầu của kỳ (mặc định: đầu năm)", "first day of the period (default: that of the year)"}},        \
    {                                                                                                        \
        "to", 0, "DATE",                                                                                     \
        {                                                                                                    \
            "ngày cuối của kỳ (mặc định: hôm nay)", "last day of the period (default: today)"                \
        }                                                                                                    \
    }
#define TALLY_REGULAR_OPTION                                                                                 \
    {                                                                                                        \
        "regular", 0, "PERCENT",                                                                             \
        {                                                                                                    \
            "dự từ bao nhiêu % số buổi thì là sinh hoạt đều (mặc định 50)",                                  \
                "attends regularly who came to this share of the meetings (default 50)"                      \
        }                                                                                                    \
    }

/* For the help of the commands that print them. */
#define TALLY_HELP_VI                                                                                        \
    "CSV có một dòng cho mỗi mục, dòng và số liệu; cột cuối là số "                     \
    "tổng mà số liệu ấy là một phần (trống: không có)."
#define TALLY_HELP_EN                                                                                        \
    "A CSV has one row for each section, key and column; its last column is the figure that the value is a " \
    "share of (empty: none)."

/* A command "report NAME" for each report there is, its data being the report; `like` gives the rest, with
 * `regular` as options for the report of activities. Writes them to `out`, which has room for
 * tally_report_count, and counts them. False when memory is out. */
bool tally_commands(struct arena *a, const struct command *like, const struct option_row *regular,
                    struct command *out, size_t *count);

#endif
