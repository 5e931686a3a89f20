/* A straight line through the figures of the last month-ends, and what it says of a figure to reach. Pure.
 *
 * The line is that of least squares, kept exact in integers. It is a line and no more: whoever shows it says
 * so. Months are numbered from 0, the oldest figure's; month-ends without a figure may be left out. */
#ifndef HV_FORECAST_H
#define HV_FORECAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FORECAST_MONTHS 12 /* the figures taken at most */
#define FORECAST_LEAST  3  /* with fewer there is no line */
#define FORECAST_NEVER  (-1)
#define FORECAST_LIMIT  1200 /* months; what lies farther ahead is never */

struct forecast_point {
    int32_t month; /* forecast_month of the figure's day */
    int64_t n;
};

/* At month m the line has (base + slope * m) / scale; scale > 0. */
struct forecast_line {
    int32_t origin; /* month of the oldest figure: m counts from there */
    int32_t last;   /* month of the newest figure */
    __int128 base, slope, scale;
};

/* Months since the year 0; the day of a full date is passed over. */
int32_t forecast_month(int32_t date);
/* Its last day. */
int32_t forecast_month_end(int32_t month);

/* Of the newest FORECAST_MONTHS points, in any order, a month once. False: too few for a line. */
bool forecast_line(const struct forecast_point *points, size_t count, struct forecast_line *out);

/* What the line has at the month's end, rounded to the nearest, halves away from zero. */
int64_t forecast_value(const struct forecast_line *line, int32_t month);

/* Gain a month in hundredths, rounded to the nearest, halves away from zero. */
int64_t forecast_gain(const struct forecast_line *line);

/* The first month from `from` on at whose end the line has reached `goal` (`falls`: has come down to it), or
 * FORECAST_NEVER. */
int32_t forecast_reaches(const struct forecast_line *line, int64_t goal, bool falls, int32_t from);

/* What must be gained each month to come from `now` to `goal` in so many months, rounded up (away from zero);
 * `months` at least 1. 0: reached. With `falls` what must be lost. */
int64_t forecast_needed(int64_t now, int64_t goal, bool falls, int32_t months);

#endif
