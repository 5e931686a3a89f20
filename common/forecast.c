#include "common/forecast.h"
#include "common/date.h"

int32_t forecast_month(int32_t date)
{
    return date / 10000 * 12 + date / 100 % 100 - 1;
}

int32_t forecast_month_end(int32_t month)
{
    return date_last_day(month / 12 * 10000 + (month % 12 + 1) * 100);
}

/* The month of the newest point and the oldest one that is still taken. */
static bool bounds(const struct forecast_point *points, size_t count, int32_t *first, int32_t *last)
{
    size_t taken = 0;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || points[i].month > *last)
            *last = points[i].month;
    for (size_t i = 0; i < count; i++) {
        if (points[i].month <= *last - FORECAST_MONTHS)
            continue;
        if (taken++ == 0 || points[i].month < *first)
            *first = points[i].month;
    }
    return taken >= FORECAST_LEAST;
}

bool forecast_line(const struct forecast_point *points, size_t count, struct forecast_line *out)
{
    __int128 k = 0, x = 0, y = 0, xx = 0, xy = 0;
    int32_t first = 0, last = 0;
    if (!bounds(points, count, &first, &last))
        return false;
    for (size_t i = 0; i < count; i++) {
        __int128 m = points[i].month - first;
        if (points[i].month < first)
            continue;
        k++;
        x += m;
        y += points[i].n;
        xx += m * m;
        xy += m * points[i].n;
    }
    *out = (struct forecast_line){.origin = first,
                                  .last = last,
                                  .base = y * xx - x * xy,
                                  .slope = k * xy - x * y,
                                  .scale = k * xx - x * x};
    return out->scale > 0;
}

static int64_t nearest(__int128 over, __int128 under)
{
    __int128 size = over < 0 ? -over : over;
    __int128 whole = (2 * size + under) / (2 * under);
    return (int64_t)(over < 0 ? -whole : whole);
}

static __int128 at(const struct forecast_line *line, int32_t month)
{
    return line->base + line->slope * (month - line->origin);
}

int64_t forecast_value(const struct forecast_line *line, int32_t month)
{
    return nearest(at(line, month), line->scale);
}

int64_t forecast_gain(const struct forecast_line *line)
{
    return nearest(line->slope * 100, line->scale);
}

int32_t forecast_reaches(const struct forecast_line *line, int64_t goal, bool falls, int32_t from)
{
    int sign = falls ? -1 : 1;
    __int128 short_of = sign * (goal * line->scale - at(line, from)), step = sign * line->slope;
    if (short_of <= 0)
        return from;
    if (step <= 0 || short_of > step * FORECAST_LIMIT)
        return FORECAST_NEVER;
    return from + (int32_t)((short_of + step - 1) / step);
}

int64_t forecast_needed(int64_t now, int64_t goal, bool falls, int32_t months)
{
    __int128 gap = falls ? (__int128)now - goal : (__int128)goal - now;
    __int128 each = gap <= 0 ? 0 : (gap + months - 1) / months;
    return each > INT64_MAX ? INT64_MAX : (int64_t)each;
}
