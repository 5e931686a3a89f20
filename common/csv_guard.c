#include "common/csv_guard.h"
#include <string.h>

#define LONGEST_NUMBER 11 /* digits that Excel still shows all of; of 12 it makes 3,8163E+11 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits, and what stands between them in phone numbers, dates and house numbers. */
static bool is_digits(const char *p, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (is_digit(p[i]))
            any = true;
        else if (p[i] == '\0' || strchr(" +-./()", p[i]) == NULL)
            return false;
    }
    return any;
}

/* What Excel may take for a number without harm. */
static bool is_simple_number(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_digit(p[i]))
            return false;
    return n <= LONGEST_NUMBER && (n == 1 || p[0] != '0');
}

static bool needs_digits(const char *p, size_t n)
{
    return is_digits(p, n) && !is_simple_number(p, n);
}

/* A formula's first character, behind any number of marks: so that a text that has a mark of its own gets a
 * second one. */
static bool looks_marked(const char *p, size_t n, bool *mark)
{
    size_t i = 0;
    while (i < n && p[i] == '\'')
        i++;
    *mark = i > 0;
    return n - i > 1 && p[i] != '\0' && strchr("=+-@\t\r", p[i]) != NULL;
}

/* ="digits" */
static bool looks_guarded(const char *p, size_t n)
{
    return n >= 4 && p[0] == '=' && p[1] == '"' && p[n - 1] == '"' && needs_digits(p + 2, n - 3);
}

enum csv_guard csv_guard_of(const char *p, size_t n, bool plain)
{
    bool mark;
    if (!plain && needs_digits(p, n))
        return CSV_GUARD_DIGITS;
    if (!looks_marked(p, n, &mark))
        return CSV_GUARD_NONE;
    return !plain || mark || looks_guarded(p, n) ? CSV_GUARD_MARK : CSV_GUARD_NONE;
}

void csv_unguard(const char **p, size_t *n)
{
    bool mark;
    if (looks_guarded(*p, *n)) {
        *p += 2;
        *n -= 3;
    } else if (looks_marked(*p, *n, &mark) && mark) {
        ++*p;
        --*n;
    }
}
