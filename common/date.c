#include "common/date.h"
#include <stdio.h>

#define FIRST_YEAR 1900
#define LAST_YEAR  2199

static const int16_t days_before_month[] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

static int year_of(int32_t date)
{
    return date / 10000;
}

static int month_of(int32_t date)
{
    return date / 100 % 100;
}

static int day_of(int32_t date)
{
    return date % 100;
}

static int32_t date_of(int year, int month, int day)
{
    return year * 10000 + month * 100 + day;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month)
{
    return days_before_month[month + 1] - days_before_month[month] + (month == 2 && is_leap(year));
}

bool date_valid(int64_t date, bool partial)
{
    if (date < FIRST_YEAR * 10000 || date >= (LAST_YEAR + 1) * 10000)
        return false;
    int32_t d = (int32_t)date;
    int month = month_of(d), day = day_of(d);
    if (month == 0)
        return partial && day == 0;
    if (month > 12)
        return false;
    return day == 0 ? partial : day <= month_length(year_of(d), month);
}

int32_t date_first_day(int32_t date)
{
    int month = month_of(date), day = day_of(date);
    return date_of(year_of(date), month == 0 ? 1 : month, day == 0 ? 1 : day);
}

int32_t date_last_day(int32_t date)
{
    int year = year_of(date), month = month_of(date), day = day_of(date);
    if (month == 0)
        return date_of(year, 12, 31);
    return day == 0 ? date_of(year, month, month_length(year, month)) : date;
}

int32_t date_add_months(int32_t day, int months)
{
    int count = year_of(day) * 12 + month_of(day) - 1 + months;
    int year = count / 12, month = count % 12 + 1;
    int length = month_length(year, month);
    return date_of(year, month, day_of(day) < length ? day_of(day) : length);
}

int32_t date_add_days(int32_t day, int days)
{
    return date_of_days(date_to_days(day) + days);
}

/* Days from 1 January of year 1 to 1 January of `year`. */
static int32_t days_before_year(int year)
{
    int y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400;
}

#define DAYS_BEFORE_1970 719162

int32_t date_to_days(int32_t day)
{
    int year = year_of(day), month = month_of(day);
    return days_before_year(year) - DAYS_BEFORE_1970 + days_before_month[month] +
           (month > 2 && is_leap(year)) + day_of(day) - 1;
}

int32_t date_of_days(int32_t days)
{
    int32_t since_one = days + DAYS_BEFORE_1970;
    int year = (int)((int64_t)since_one * 400 / 146097) + 1;
    if (days_before_year(year) > since_one)
        year--;
    else if (days_before_year(year + 1) <= since_one)
        year++;
    int rest = since_one - days_before_year(year), month = 1;
    while (rest >= month_length(year, month))
        rest -= month_length(year, month++);
    return date_of(year, month, rest + 1);
}

/* One run of digits; its length goes to *width. NULL when there is none or it is longer than a year. */
static const char *read_number(const char *p, int *number, int *width)
{
    *number = 0;
    *width = 0;
    while (*p >= '0' && *p <= '9') {
        if (++*width > 4)
            return NULL;
        *number = *number * 10 + (*p++ - '0');
    }
    return *width == 0 ? NULL : p;
}

/* Up to three numbers with separators between them; 0 when the text is something else. */
static int read_numbers(const char *p, int numbers[3], int widths[3])
{
    for (int n = 0; n < 3; n++) {
        p = read_number(p, &numbers[n], &widths[n]);
        if (p == NULL)
            return 0;
        if (*p == '\0')
            return n + 1;
        if (*p != '/' && *p != '-' && *p != '.')
            return 0;
        p++;
    }
    return 0;
}

bool date_parse(const char *text, int32_t *out)
{
    int n[3], widths[3];
    int count = read_numbers(text, n, widths);
    if (count == 0)
        return false;
    bool year_first = widths[0] == 4;
    int parts[3] = {0, 0, 0}; /* year, month, day */
    for (int i = 0; i < count; i++) {
        int part = year_first ? i : count - 1 - i;
        if ((widths[i] == 4) != (part == 0) || widths[i] == 3)
            return false;
        parts[part] = n[i];
    }
    /* A month or day written as 00 is not left out but wrong. */
    if ((count > 1 && parts[1] == 0) || (count > 2 && parts[2] == 0))
        return false;
    int32_t date = date_of(parts[0], parts[1], parts[2]);
    if (parts[1] > 12 || parts[2] > 31 || !date_valid(date, true))
        return false;
    *out = date;
    return true;
}

void date_format(int32_t date, bool iso, char out[DATE_TEXT])
{
    unsigned year = (unsigned)year_of(date) % 10000;
    unsigned month = (unsigned)month_of(date) % 100, day = (unsigned)day_of(date) % 100;
    if (month == 0)
        snprintf(out, DATE_TEXT, "%04u", year);
    else if (day == 0 && iso)
        snprintf(out, DATE_TEXT, "%04u-%02u", year, month);
    else if (day == 0)
        snprintf(out, DATE_TEXT, "%02u/%04u", month, year);
    else if (iso)
        snprintf(out, DATE_TEXT, "%04u-%02u-%02u", year, month, day);
    else
        snprintf(out, DATE_TEXT, "%02u/%02u/%04u", day, month, year);
}
