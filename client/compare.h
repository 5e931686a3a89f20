/* Figures beside those of an earlier day: what --compare says, and the cells that the reports with targets
 * have in common. */
#ifndef HV_COMPARE_H
#define HV_COMPARE_H

#include "common/csv.h"
#include "common/result.h"
#include "common/ui.h"

#define COMPARE_OPTION                                                                                       \
    {                                                                                                        \
        "compare", 0, "MONTH|DATE",                                                                          \
        {                                                                                                    \
            "so với cuối tháng này (2018-11) hoặc ngày này, và mức thay đổi",                                \
                "beside the figures of this month's end (2018-11) or day, and the change"                    \
        }                                                                                                    \
    }

#define AS_OF_OPTION                                                                                         \
    {                                                                                                        \
        "as-of", 0, "DATE",                                                                                  \
        {                                                                                                    \
            "số liệu tính đến ngày này (mặc định: hôm nay)", "figures as of this day (default: today)"       \
        }                                                                                                    \
    }

/* The day of --as-of; 0: not given. ERR_USAGE with a sentence, also for one that is still to come. */
enum err as_of_day(const struct ui *ui, const struct options *o, int32_t *out, struct fault *f) HV_MUST_USE;

/* The day of --compare: a month's last; 0: not asked for. It must lie before `day`. ERR_USAGE with a
 * sentence. */
enum err compare_day(const struct ui *ui, const struct options *o, int32_t day, int32_t *out,
                     struct fault *f) HV_MUST_USE;

/* The line of the same target; NULL: there was none then. */
const Hv__TargetLine *compare_find(Hv__TargetLine *const *lines, size_t count, const Hv__TargetLine *line);

/* Earlier day, numerator, denominator, ratio, verdict, source (kept, counted), and the numerator's change. */
#define COMPARE_COLUMNS 7
void compare_headings(struct csv_out *csv, enum lang lang);
void compare_cells(struct csv_out *csv, enum lang lang, int32_t day, const Hv__TargetLine *line,
                   const Hv__TargetLine *earlier);

/* Where the earlier figure is from: "đã lưu", "tính lại". */
const char *compare_source(const Hv__TargetLine *earlier, enum lang lang);

/* A line of text below a target's: the earlier figure, its source and the change. */
void compare_print(const Hv__TargetLine *line, const Hv__TargetLine *earlier, int32_t day, enum lang lang,
                   FILE *out);

/* How many of the earlier figures were kept then and how many were counted anew, in a sentence. */
struct compare_sources {
    uint64_t kept;
    uint64_t counted;
    uint64_t none; /* the target did not apply yet */
};
void compare_note(struct compare_sources *s, const Hv__TargetLine *earlier);
void compare_say(const struct compare_sources *s, int32_t day, enum lang lang, FILE *out);

#endif
