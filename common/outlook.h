/* Whether and when a target, or a plan's own figure, is met on the straight line through the last month-ends
 * (forecast.h). Pure. */
#ifndef HV_OUTLOOK_H
#define HV_OUTLOOK_H

#include "common/forecast.h"
#include "common/kind.h"
#include "common/target.h"

enum outlook_word {
    OUTLOOK_UNKNOWN = 1, /* there is no figure to reach: a denominator or baseline is not known */
    OUTLOOK_FEW,         /* fewer than FORECAST_LEAST month-ends */
    OUTLOOK_MET,         /* already */
    OUTLOOK_NEVER,       /* the line does not come there */
    OUTLOOK_IN_TIME,
    OUTLOOK_LATE
};
extern const struct code outlook_codes[];

struct outlook {
    enum outlook_word word;
    int64_t now;
    int64_t goal;
    bool falls; /* to be come down to */
    size_t points;
    bool has_line;
    int64_t gain;     /* a month on the line, in hundredths */
    int32_t reached;  /* IN_TIME, LATE: the last day of the month at whose end it is met */
    int32_t deadline; /* 0: none */
    int32_t months;   /* ends of months from today until the deadline; 0: it has passed */
    int64_t
        needed; /* gain (loss where it falls) a month to meet it by then; all at once when it has passed */
};

/* The figure that moves: of targets that count groups or communes those that have met, else the numerator. */
int64_t outlook_figure(const Hv__TargetLine *line);

/* What a target asks for. False: no figure to reach is known. */
bool outlook_goal(const Hv__TargetLine *line, int64_t *goal, bool *falls);

/* First day whose month-ends belong together, and the deadline as far as the period goes: what is summed over
 * a year begins anew with the next. 0: all month-ends do. */
int32_t outlook_from(const Hv__TargetLine *line, int32_t today);
int32_t outlook_deadline(const Hv__TargetLine *line, int32_t today);

/* From ended month-ends and the figure of today. */
struct outlook outlook_of(const struct forecast_point *points, size_t count, int64_t now, int64_t goal,
                          bool falls, int32_t today, int32_t deadline);

#endif
