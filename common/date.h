/* Civil dates as int32 yyyymmdd; dd or mmdd may be 00 in a partial date. Pure; the civil day of now is
 * os.h's. */
#ifndef HV_DATE_H
#define HV_DATE_H

#include "common/lang.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DATE_MIN 0        /* before all dates */
#define DATE_MAX 99991231 /* after all dates */

/* A date that exists, years 1900 to 2199; partial ones only if `partial`. */
bool date_valid(int64_t date, bool partial);

/* First and last possible day of a partial date; a full one is both. */
int32_t date_first_day(int32_t date);
int32_t date_last_day(int32_t date);

/* The same day `months` later by the calendar, or that month's last day (31 August + 6 months: 28 or 29
 * February). */
int32_t date_add_months(int32_t day, int months);
int32_t date_add_days(int32_t day, int days);

/* Days since 1970-01-01 and back, of full dates. */
int32_t date_to_days(int32_t day);
int32_t date_of_days(int32_t days);

/* Reads dd/mm/yyyy, d/m/yyyy, mm/yyyy, yyyy, yyyy-mm-dd, yyyy-mm; '-' and '.' are taken for '/'. False when
 * the text is none of these or no such day exists. */
bool date_parse(const char *text, int32_t *out);

/* dd/mm/yyyy (mm/yyyy, yyyy); ISO with `iso`. */
#define DATE_TEXT 11
void date_format(int32_t date, bool iso, char out[DATE_TEXT]);

#endif
