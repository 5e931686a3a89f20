#include "common/number.h"
#include <stddef.h>
#include <string.h>

#define GROUP 3

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_unit(const char *text)
{
    static const char *const units[] = {"", "đ", "đồng", "Đ", "VND", "VNĐ", "vnd", "vnđ"};
    text += *text == ' ';
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(text, units[i]) == 0)
            return true;
    return false;
}

static bool add_digit(int64_t *n, char digit)
{
    return !__builtin_mul_overflow(*n, 10, n) && !__builtin_add_overflow(*n, digit - '0', n);
}

/* The separator between the first digits and a group of three; 0: none. */
static char separator_of(const char *text)
{
    size_t first = strspn(text, "0123456789");
    char c = text[first];
    return first > 0 && first <= GROUP && c != '\0' && strchr(".,' ", c) != NULL && is_digit(text[first + 1])
               ? c
               : '\0';
}

bool number_parse(const char *text, int64_t *out)
{
    bool negative = *text == '-';
    int64_t n = 0;
    text += *text == '-' || *text == '+';
    char separator = separator_of(text);
    if (!is_digit(*text))
        return false;
    while (is_digit(*text))
        if (!add_digit(&n, *text++))
            return false;
    while (separator != '\0' && *text == separator && is_digit(text[1])) {
        text++;
        for (int i = 0; i < GROUP; i++)
            if (!is_digit(*text) || !add_digit(&n, *text++))
                return false;
        if (is_digit(*text))
            return false;
    }
    if (!is_unit(text))
        return false;
    *out = negative ? -n : n;
    return true;
}
