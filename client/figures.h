/* A target's line as cells of a CSV: the columns that `target`, `province` and `commune` have in common.
 *
 * Plain cells are for programs: tokens, ISO dates, decimal points, English headings; an empty cell is what is
 * not known. A ratio, and the threshold of a ratio, is percent with 4 places (exact for thresholds); the
 * threshold of a number is a whole number. */
#ifndef HV_FIGURES_H
#define HV_FIGURES_H

#include "common/csv.h"
#include "common/kind.h"
#include "proto/report.pb-c.h"

/* What the target is: term, deadline, document, measure, form, comparator, decides, baseline and its day. */
#define FIGURES_TARGET_COLUMNS 15
void figures_target_headings(struct csv_out *csv, enum lang lang);
void figures_target(struct csv_out *csv, enum lang lang, const Hv__TargetLine *line);

/* How it stands: numerator, denominator, its type, ratio, threshold, verdict, missing, source and its day. */
#define FIGURES_COLUMNS 9
void figures_headings(struct csv_out *csv, enum lang lang);
void figures_cells(struct csv_out *csv, enum lang lang, const Hv__TargetLine *line);

/* A threshold of the line as one cell, which need not be the line's own. */
void figures_threshold(struct csv_out *csv, const Hv__TargetLine *line, int64_t threshold);

/* For the help of the commands that print them. */
#define FIGURES_HELP_VI                                                                                                                    \
    "Với --plain: tỷ lệ là phần trăm với 4 chữ số thập phân (50.0000), chỉ tiêu là phần trăm như vậy hoặc " \
    "số nguyên; kết quả là exceeded, met, not-met, no-verdict (vượt, đạt, chưa đạt, chưa đủ số liệu); ô "       \
    "trống là chưa có số liệu."
#define FIGURES_HELP_EN                                                                                      \
    "With --plain: a ratio is percent with 4 places (50.0000), a threshold is such a percentage or a whole " \
    "number; the verdict is one of exceeded, met, not-met, no-verdict; an empty cell is a figure that is "   \
    "not "                                                                                                   \
    "known."

/* Headings of a list, English ones when plain; the word for a code, its token when plain; empty cells. */
void figures_head(struct csv_out *csv, enum lang lang, const struct text_pair *headings, size_t count);
void figures_code(struct csv_out *csv, enum lang lang, const struct code *codes, int value);
void figures_blank(struct csv_out *csv, int cells);

#endif
